//! A case with its steps, as the rules ask about it, and the committees it goes through.

use chibo_census::{Census, Codes, Query, Scope};
use chibo_kernel::votes::VotingForm;
use chibo_kernel::{AsOf, Day, Id, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_members::dims::official_standings;
use chibo_organisation::kinds::Kind as UnitKind;
use chibo_store::Tx;

use crate::rules::{
    CaseFile, Count, Course, Evidence, Facts, Ground, Kind, Levels, Opening, Phase, Removal, Step, Taken, Terms,
    occupies,
};
use crate::store::{self, CaseRow, RemovalRow, StateRow, StepRow};

/// A case with its steps.
pub(crate) struct File {
    /// As opened.
    pub row: CaseRow,
    /// Steps as stored.
    pub rows: Vec<StepRow>,
    /// What was asked.
    pub opening: Opening,
    /// Of a complaint: the removal it is about, where no case of here decided it.
    pub removal: Option<RemovalRow>,
    /// Where it stands.
    pub course: Course,
}

fn strange(what: &str, code: &str) -> Problem {
    Problem::fault(format!("{what} {code}"))
}

fn opening(row: &CaseRow, kind: Kind) -> Opening {
    Opening {
        ground: Ground::from_code(&row.ground),
        since: row.since_on,
        amount: row.amount,
        ends: row.ends_on,
        about: row.about_id,
        number: row.number.clone(),
        body: row.body.clone(),
        evidence: row.evidence.split(',').filter_map(Evidence::from_code).collect(),
        note: row.note.clone(),
        central: kind == Kind::Complaint && row.amount == 1,
        ..Opening::new(row.person_id, kind, row.on_day)
    }
}

/// A stored step as the rules know it.
pub(crate) fn taken(row: &StepRow) -> Result<Taken, Problem> {
    let step = Step::from_code(&row.step).ok_or_else(|| strange("a step", &row.step))?;
    let count = VotingForm::from_code(&row.voting).map(|form| Count {
        form,
        listed: row.listed,
        away: row.away,
        barred: row.barred,
        yes: row.votes_for,
        no: row.votes_against,
    });
    Ok(Taken { step, on: row.on_day, effective: row.effective_on, ends: row.ends_on, count })
}

impl File {
    /// Loads a case; `committee`: one stands between the member's branch and whoever decides.
    ///
    /// # Errors
    /// Absent when there is no such case.
    pub fn load(tx: &mut Tx<'_>, id: Id<CaseFile>, committee: impl FnOnce(&CaseRow) -> bool) -> Result<Self, Problem> {
        let row = store::case_file(tx, id)?.ok_or(Problem::NotFound)?;
        let rows = store::steps_of(tx, id)?;
        let committee = committee(&row);
        let mut file = Self::of(row, rows, committee)?;
        file.removal = store::removal_of(tx, id)?;
        file.opening.decided = file.removal.as_ref().map_or(Day::FOREVER, |removal| removal.decided_on);
        Ok(file)
    }

    /// From rows already read.
    ///
    /// # Errors
    /// A fault when something stored cannot be read.
    pub fn of(row: CaseRow, rows: Vec<StepRow>, committee: bool) -> Result<Self, Problem> {
        let kind = Kind::from_code(&row.kind).ok_or_else(|| strange("a kind", &row.kind))?;
        let steps = rows.iter().map(taken).collect::<Result<Vec<_>, Problem>>()?;
        let has = |step: Step| steps.iter().any(|taken: &Taken| taken.step == step);
        // What was decided went the way of its day, whatever stands above the branch today.
        let committee = if has(Step::Decided) { has(Step::CommitteeVoted) } else { committee };
        let opening = opening(&row, kind);
        let course = Course { steps, ..Course::new(kind, opening.ground, committee) };
        Ok(Self { row, rows, opening, removal: None, course })
    }

    /// What it is about.
    pub fn kind(&self) -> Kind {
        self.course.kind
    }
}

/// The committees of a branch as it stands today.
pub(crate) fn levels(census: &Census, branch: Id<Unit>, today: Day, terms: &Terms) -> Levels {
    let forest = census.forest();
    let (tree, places) = (forest.tree(AsOf::on(today)), forest.today(today));
    let kind = |place: u32| UnitKind::from_number(tree.kind(place));
    let place = forest.no(branch).and_then(|no| places.place(no));
    let mut path = place.map_or_else(Vec::new, |place| tree.path(place));
    let own = path.pop().and_then(kind).unwrap_or(UnitKind::Branch);
    let rung = |place: &u32| Some((forest.id(tree.unit(*place)?)?, kind(*place)?));
    let above: Vec<_> = path.iter().rev().filter_map(rung).collect();
    Levels::of((branch, own), &above, terms.at_base)
}

/// The unit above one that stands today.
pub(crate) fn above(census: &Census, unit: Id<Unit>, today: Day) -> Option<Id<Unit>> {
    let forest = census.forest();
    let tree = forest.tree(AsOf::on(today));
    let up = tree.parent(forest.today(today).place(forest.no(unit)?)?)?;
    forest.id(tree.unit(up)?)
}

/// Official members of a branch today.
fn official(census: &Census, branch: Id<Unit>, today: Day) -> u32 {
    let view = census.view(today);
    let Some(no) = view.forest().no(branch) else { return 0 };
    let members: Codes = official_standings();
    let query = Query { scope: Scope::Unit(no), members: Some(members), ..Query::at(AsOf::on(today)) };
    u32::try_from(view.count(&query)).unwrap_or(u32::MAX)
}

/// Kind and phase of a stored state.
pub(crate) fn stands(row: &StateRow) -> Result<(Kind, Phase), Problem> {
    let kind = Kind::from_code(&row.kind).ok_or_else(|| strange("a kind", &row.kind))?;
    Ok((kind, Phase::from_code(&row.phase).ok_or_else(|| strange("a phase", &row.phase))?))
}

/// What the cases of a member are judged by.
pub(crate) struct About {
    /// For the rules.
    pub facts: Facts,
    /// The newest removal by a case.
    pub removal: Option<Id<CaseFile>>,
    /// Who handled the last complaint about it.
    pub handler: Option<Id<Unit>>,
}

/// Reads what the cases of a member at home in a branch are judged by; `but`: the case itself.
pub(crate) fn about(
    tx: &mut Tx<'_>,
    census: &Census,
    (person, branch): (Id<Person>, Id<Unit>),
    but: Option<Id<CaseFile>>,
    (today, terms): (Day, &Terms),
) -> Result<About, Problem> {
    let states = store::states_of(tx, person)?;
    let standings = chibo_members::standings_of(tx, person)?;
    let now = standings.iter().find(|(from, to, _)| *from <= today && today < *to);
    let standing = now.map(|(.., standing)| *standing);
    let (mut busy, mut booked, mut removed) = (false, false, None);
    for state in states.iter().filter(|state| Some(state.case_id) != but) {
        let (kind, phase) = stands(state)?;
        busy |= occupies(kind, phase);
        booked |= kind.exempts() && state.begins_on <= today && state.over_on == Day::FOREVER;
        if matches!(kind, Kind::StrikingOff | Kind::Request | Kind::Expulsion) && phase != Phase::Withdrawn {
            removed = Some(state);
        }
    }
    let (mut removal, mut handler) = match removed {
        Some(state) => complaints(tx, state, &states, but, terms)?,
        None => (None, None),
    };
    let left = now.filter(|(.., standing)| *standing == Standing::Left).map(|(from, ..)| *from);
    // Out of the Party since after any removal of here: something else decided it.
    if let Some(left) = left.filter(|left| removal.and_then(|one| one.left).is_none_or(|ours| ours < *left)) {
        (removal, handler) = elsewhere(tx, left, &states, but)?;
        removed = None;
    }
    let born = chibo_members::born_of(tx, person)?.ok_or(Problem::NotFound)?;
    let official = official(census, branch, today);
    let setting = levels(census, branch, today, terms).setting;
    let facts = Facts { born, standing, busy, booked, official, removal, setting, today };
    Ok(About { facts, removal: removed.map(|state| state.case_id), handler })
}

/// A removal that no case of here decided, with what was complained about it.
fn elsewhere(
    tx: &mut Tx<'_>,
    left: Day,
    states: &[StateRow],
    but: Option<Id<CaseFile>>,
) -> Result<(Option<Removal>, Option<Id<Unit>>), Problem> {
    let (kind, none) = (Kind::StrikingOff, None);
    let begun = Removal { kind, left: Some(left), delivered: none, pending: false, final_: false, elsewhere: true };
    complained(tx, begun, states, but, |one| one.removal.as_ref().is_some_and(|removal| removal.left_on == left))
}

/// A removal by a case of here with what was complained about it.
fn complaints(
    tx: &mut Tx<'_>,
    removed: &StateRow,
    states: &[StateRow],
    but: Option<Id<CaseFile>>,
    terms: &Terms,
) -> Result<(Option<Removal>, Option<Id<Unit>>), Problem> {
    let file = File::load(tx, removed.case_id, |_| false)?;
    let left = file.course.last(Step::Decided).filter(|_| !file.course.phase(terms.limits).undecided());
    let left = left.filter(|_| removed.phase != Phase::Refused.code()).map(|taken| taken.effective);
    let delivered = file.course.last(Step::Delivered).map(|taken| taken.on);
    let kind = file.kind();
    let begun = Removal { kind, left, delivered, pending: false, final_: false, elsewhere: false };
    complained(tx, begun, states, but, |one| one.opening.about == Some(removed.case_id))
}

/// A removal with what came of the complaints about it, and who handled the last one.
fn complained(
    tx: &mut Tx<'_>,
    mut removal: Removal,
    states: &[StateRow],
    but: Option<Id<CaseFile>>,
    is_about: impl Fn(&File) -> bool,
) -> Result<(Option<Removal>, Option<Id<Unit>>), Problem> {
    let mut handler = None;
    for state in states.iter().filter(|state| Some(state.case_id) != but && state.kind == Kind::Complaint.code()) {
        let one = File::load(tx, state.case_id, |_| false)?;
        if !is_about(&one) {
            continue;
        }
        removal.pending |= state.is_open;
        if let Some(upheld) = one.course.last(Step::Upheld) {
            // The time to go on to the next instance begins with its answer.
            removal.delivered = Some(upheld.on);
            removal.final_ |= one.opening.central;
            handler = one.row.handler_id;
        }
    }
    Ok((Some(removal), handler))
}
