//! What the papers are printed from: one candidate, one member on probation, as the register and the steps have them.

use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_papers::document::Issuer;
use chibo_store::Tx;
use chibo_web::Visit;

use crate::actions;
use crate::pages::base_of;
use crate::papers::{ByUnion, Cancelled, Case, Introduced, Relative, Taken};
use crate::rules::{
    About, Body, Candidate, Decision, Fact, Flaw, Help, HelpAct, IntroducerKind, Line, Outcome, Recognition, Redo,
    Relation, Step, Vote, helpers,
};
use crate::store::annul::{AnnulmentRow, annulments_of, was};
use crate::store::{self, CandidateRow, RecognitionRow, StepRow, file, ground};

/// The names the papers of a branch need: papers name them whether or not one may look into them.
#[derive(Default)]
struct Above {
    base_branch: bool,
    section: String,
    base: String,
    upper: String,
}

/// The name of what stands above a unit, and its id.
fn parent(units: &UnitsToday, unit: Option<Id<Unit>>) -> (String, Option<Id<Unit>>) {
    let place = unit.and_then(|unit| units.place(unit)).and_then(|place| units.tree.parent(place));
    let name = place.and_then(|place| units.tree.facts(place)).map_or_else(String::new, |facts| facts.name.clone());
    (name, place.and_then(|place| units.id(place)))
}

/// The organisation above a unit.
pub(super) fn above(units: &UnitsToday, unit: Id<Unit>) -> String {
    parent(units, Some(unit)).0
}

impl Above {
    fn of(units: &UnitsToday, unit: Id<Unit>) -> Self {
        let (first, next) = parent(units, Some(unit));
        let base = base_of(units, unit);
        if base == Some(unit) {
            let upper = parent(units, next).0;
            return Self { base_branch: true, section: String::new(), base: first, upper };
        }
        // A section committee stands between the branch and the base; where no base is known, what stands above is it.
        let base = base.or(next);
        let section = if base == next { String::new() } else { first };
        Self {
            base_branch: false,
            section,
            base: base.map_or_else(String::new, |base| units.name(base)),
            upper: parent(units, base).0,
        }
    }
}

fn name_of(visit: &Visit<'_>, person: Option<Id<Person>>) -> String {
    person.and_then(|person| visit.house.census.view(visit.today()).name_of(person)).unwrap_or_default()
}

fn taken(number: &str, on: Day, (yes, base): (u32, u32), (body, form): (Option<&str>, Option<&str>)) -> Taken {
    let form = chibo_kernel::votes::VotingForm::from_code(form.unwrap_or(""));
    let vote = Vote { yes, base, form, body: Body::from_code(body.unwrap_or("")), ..Vote::default() };
    Taken { number: number.to_owned(), on: Some(on), vote }
}

fn of_step(row: &StepRow) -> Taken {
    let how = (row.body.as_deref(), row.form.as_deref());
    taken(&row.number, row.on_day, (row.votes_for, row.votes_base), how)
}

fn of_recognition(row: &RecognitionRow) -> Taken {
    let how = (row.body.as_deref(), row.form.as_deref());
    taken(&row.number, row.on_day, (row.votes_for, row.votes_base), how)
}

/// The last vote of a step that still counts: what has to be done again (MEM-41) or came too late (MEM-22) is left as dots.
fn counted(rows: &[StepRow], step: Step) -> Taken {
    const ORDER: [Step; 3] = [Step::BranchVoted, Step::CommitteeVoted, Step::Decided];
    let rank = |step: Step| ORDER.iter().position(|one| *one == step);
    for row in rows.iter().rev() {
        let Some(done) = Step::from_code(&row.step) else { continue };
        if done == step {
            return of_step(row);
        }
        let from = if done == Step::Cancelled { Some(Step::Decided) } else { done.redone_from() };
        if from.and_then(rank).zip(rank(step)).is_some_and(|(from, step)| step >= from) {
            return Taken::default();
        }
    }
    Taken::default()
}

/// The same on the road from probation.
fn counted_later(rows: &[RecognitionRow], step: Recognition) -> Taken {
    let order = Line::Recognition.steps();
    let rank = |step: Recognition| order.iter().position(|one| *one == step);
    for row in rows.iter().rev() {
        let Some(done) = Recognition::from_code(&row.step) else { continue };
        if done == step {
            return of_recognition(row);
        }
        if done.redone_from().and_then(rank).zip(rank(step)).is_some_and(|(from, step)| step >= from) {
            return Taken::default();
        }
    }
    Taken::default()
}

const fn sex(code: u8) -> &'static str {
    match code {
        1 => "Nam",
        2 => "Nữ",
        _ => "",
    }
}

const fn schooling(fact: Fact) -> &'static str {
    match fact {
        Fact::Literate => "biết đọc, biết viết",
        Fact::Primary => "tốt nghiệp tiểu học",
        Fact::LowerCompleted => "hoàn thành chương trình trung học cơ sở",
        Fact::LowerCertificate => "tốt nghiệp trung học cơ sở trở lên",
        _ => "",
    }
}

/// Who helps now.
fn helping(visit: &Visit<'_>, tx: &mut Tx<'_>, id: Id<Candidate>) -> Result<Vec<String>, Problem> {
    let entry = |row: file::HelpRow| {
        let act = HelpAct::from_code(&row.act)?;
        Some(Help { act, helper: row.helper_id, on: row.on_day, note: row.note })
    };
    let entries: Vec<Help> = file::help_of(tx, id)?.into_iter().filter_map(entry).collect();
    let now = helpers(&entries).into_iter().filter(|helper| helper.to.is_none());
    Ok(now.map(|helper| name_of(visit, Some(helper.person))).collect())
}

/// Members and a union of the last introduction.
fn introduced(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    id: Id<Candidate>,
) -> Result<(Vec<Introduced>, Option<ByUnion>), Problem> {
    let mut rows = file::introducers_of(tx, id)?;
    let last = rows.iter().map(|row| row.step_seq).max();
    rows.retain(|row| Some(row.step_seq) == last);
    let (mut members, mut union) = (Vec::new(), None);
    for row in rows {
        match IntroducerKind::from_code(&row.kind) {
            Some(IntroducerKind::Member) => {
                members.push(Introduced { name: name_of(visit, row.introducer_id), since: Some(row.since) });
            }
            Some(kind) => {
                union = Some(ByUnion { youth: kind == IntroducerKind::Youth, number: row.number, on: row.since });
            }
            None => {}
        }
    }
    Ok((members, union))
}

/// Schooling in words, and the number of the consent where his political history needs one (MEM-06).
fn known(tx: &mut Tx<'_>, id: Id<Candidate>) -> Result<(&'static str, String), Problem> {
    let (mut school, mut consent) = ("", String::new());
    for row in ground::facts_of(tx, id)? {
        let Some(fact) = Fact::from_code(&row.fact) else { continue };
        match fact.about() {
            About::Schooling => school = schooling(fact),
            About::Politics if fact == Fact::PoliticsExceeds => consent = row.number,
            About::Politics => consent.clear(),
            _ => {}
        }
    }
    Ok((school, consent))
}

fn relatives(tx: &mut Tx<'_>, id: Id<Candidate>, name: &str) -> Result<Vec<Relative>, Problem> {
    let relative = |row: file::CheckRow| {
        let relation = Relation::from_code(&row.relation)?;
        let own = relation == Relation::Own && row.full_name.is_empty();
        Some(Relative {
            relation,
            name: if own { name.to_owned() } else { row.full_name },
            place: row.place,
            outcome: row.outcome.as_deref().and_then(Outcome::from_code),
            verifier: row.verifier.unwrap_or_default(),
        })
    };
    Ok(file::checks_of(tx, id)?.into_iter().filter_map(relative).collect())
}

/// A candidate.
pub(super) fn candidate(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    units: &UnitsToday,
    row: &CandidateRow,
) -> Result<Case, Problem> {
    let id = row.candidate_id;
    let rows = store::steps_of(tx, id)?;
    let last = |step: Step| rows.iter().rev().find(|row| row.step == step.code());
    let (members, union) = introduced(visit, tx, id)?;
    let (schooling, political) = known(tx, id)?;
    let former = file::former_of(tx, id)?;
    let older = last(Step::BranchVoted).and_then(|row| row.consent.clone()).filter(|consent| !consent.is_empty());
    let consent = former.as_ref().map(|former| former.consent.clone()).or(older).unwrap_or(political);
    let moved = ground::moves_of(tx, id)?.pop();
    let Above { base_branch, section, base, upper } = Above::of(units, row.unit_id);
    Ok(Case {
        name: row.full_name.clone(),
        birth: row.birth.to_string(),
        sex: sex(row.sex),
        schooling,
        workplace: row.workplace.clone(),
        branch: units.name(row.unit_id),
        base_branch,
        section,
        base,
        upper,
        introducers: last(Step::Introduced).map_or_else(String::new, |row| row.note.clone()),
        members,
        union,
        helpers: helping(visit, tx, id)?,
        certified: last(Step::Certified).map(of_step).unwrap_or_default(),
        relatives: relatives(tx, id, &row.full_name)?,
        consent,
        former: former.is_some(),
        moved_from: moved.map_or_else(String::new, |moved| units.name(moved.from_unit)),
        voted: counted(&rows, Step::BranchVoted),
        committee: counted(&rows, Step::CommitteeVoted),
        decided: counted(&rows, Step::Decided),
        ..Case::default()
    })
}

/// A member on probation, or one whose probation has ended, with the votes of a line.
pub(super) fn member(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    units: &UnitsToday,
    (person, unit, line): (Id<Person>, Id<Unit>, Line),
) -> Result<Case, Problem> {
    let known = chibo_members::printed_of(tx, person)?.ok_or(Problem::NotFound)?;
    let rows = store::recognition_of(tx, person)?;
    // Somebody admitted again has an older road behind him.
    let standings = chibo_members::standings_of(tx, person)?;
    let began = standings.iter().rev().find(|(.., standing)| *standing == Standing::Probationary);
    let rows = began.map_or(rows.as_slice(), |(day, ..)| actions::since(&rows, *day));
    let helpers = match was(tx, person)? {
        Some(row) => helping(visit, tx, row.candidate_id)?,
        None => Vec::new(),
    };
    let [voted, committee, decided] = line.steps().map(|step| counted_later(rows, step));
    let Above { base_branch, section, base, upper } = Above::of(units, unit);
    Ok(Case {
        name: known.name,
        birth: known.birth,
        home_town: known.home_town,
        branch: units.name(unit),
        base_branch,
        section,
        base,
        upper,
        helpers,
        voted,
        committee,
        decided,
        admitted: known.admitted,
        ends: actions::official_on(tx, person, visit.today()).ok(),
        ..Case::default()
    })
}

/// The cases of what was cancelled about a member, in order (MEM-41).
pub(super) fn cancelled(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    units: &UnitsToday,
    (person, unit): (Id<Person>, Id<Unit>),
) -> Result<Vec<Case>, Problem> {
    let rows = annulments_of(tx, person)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let case = member(visit, tx, units, (person, unit, Line::Recognition))?;
    let admission = match was(tx, person)? {
        Some(row) => store::steps_of(tx, row.candidate_id)?,
        None => Vec::new(),
    };
    let recognition = store::recognition_of(tx, person)?;
    let one = |row: AnnulmentRow| {
        let of_admission = row.decision == Decision::Admission.code();
        let first = admission.iter().rev().find(|step| step.step == Step::Decided.code() && step.on_day <= row.on_day);
        let second = recognition
            .iter()
            .rev()
            .find(|step| step.step == Recognition::Recognised.code() && step.on_day <= row.on_day);
        let decided = if of_admission { first.map(of_step) } else { second.map(of_recognition) };
        let cancelled = Cancelled {
            admission: of_admission,
            standard: row.flaw == Flaw::Standard.code(),
            redo: Redo::from_code(&row.redo),
            by: Taken { number: row.number, on: Some(row.on_day), vote: Vote::default() },
            issuer: Issuer { superior: above(units, row.unit_id), name: units.name(row.unit_id) },
            reason: row.reason,
        };
        Case { decided: decided.unwrap_or_default(), cancelled: Some(cancelled), ..case.clone() }
    };
    Ok(rows.into_iter().map(one).collect())
}
