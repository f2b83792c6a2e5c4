//! What is done for candidates and members on probation.

mod annul;
mod file;
mod former;
mod ground;
mod load;
mod recognise;
mod stay;

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_members::actions as members;
use chibo_members::rules::NewMember;
use chibo_store::{Entry, Op};
use serde_json::json;

use crate::rules::check_candidate;
use crate::rules::{
    Body, Candidate, Course, Deed, Electorate, Former, Ground, Introducer, Known, Source, Step, Taken, Terms, Vote,
    carried, check, check_introducers, helpers, uncovered,
};
use crate::store::{self, StepRow};

pub(crate) use annul::Found as Annullable;
pub use annul::annul;
pub(crate) use file::is_open;
pub use file::{answer, ask, asked_of, help, help_of, paper, recognition_paper};
pub(crate) use former::former_ground;
pub use former::{Left, former};
pub use ground::{List, move_away, note, on_list, review};
pub(crate) use ground::{known_of, month_of};
pub use load::{Loaded, LoadedStep, load};
pub(crate) use recognise::{last_probation, since, walked};
pub use recognise::{official_on, recognise, road};
pub use stay::{remark, remarked, stay_of};

/// Somebody to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCandidate {
    /// The branch that helps.
    pub unit: Id<Unit>,
    /// Full name.
    pub name: String,
    /// Day of birth.
    pub birth: Day,
    /// Sex.
    pub sex: u8,
    /// Where he was found.
    pub source: Source,
    /// Where he works or studies.
    pub workplace: String,
}

fn record(op: &mut Op<'_, '_>, stream: [u8; 16], unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    op.record(Entry { stream, action, unit: Some(unit), subject: Some(stream), detail: detail.to_string() });
}

/// Enters an outstanding person.
///
/// # Errors
/// Refusals by field; absent for branches out of reach.
pub fn enter(op: &mut Op<'_, '_>, new: &NewCandidate) -> Result<Id<Candidate>, Problem> {
    op.permit(Permission::EditMembers, new.unit)?;
    let issues = check_candidate(&new.name, new.birth, op.today());
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (id, now, by): (Id<Candidate>, _, _) = (op.fresh(), op.now(), op.viewer().name.clone());
    let NewCandidate { unit, name, birth, sex, source, workplace } = new;
    store::insert(op.tx(), id, *unit, name, *birth, *sex, source.code(), workplace, now, &by)?;
    record(op, *id.bytes(), *unit, "candidate-entered", &json!({ "name": name, "source": source.code() }));
    Ok(id)
}

/// Enters many, each as if alone, in one act.
///
/// # Errors
/// As entering one; then nobody is entered. Absent for branches into which nothing may be loaded.
pub fn enter_all(op: &mut Op<'_, '_>, all: &[NewCandidate]) -> Result<(), Problem> {
    for new in all {
        op.permit(Permission::Import, new.unit)?;
        enter(op, new)?;
    }
    Ok(())
}

/// A stored step as taken.
///
/// # Errors
/// A fault when the step cannot be read.
pub fn taken(code: &str, on: Day, (yes, base): (u32, u32), body: Option<&str>) -> Result<Taken<Step>, Problem> {
    let step = Step::from_code(code).ok_or_else(|| Problem::fault(format!("a step {code}")))?;
    let vote = Vote { yes, base, body: body.and_then(Body::from_code), ..Vote::default() };
    Ok(Taken { step, on, passed: !step.is_vote() || carried(step.decides(), &vote) })
}

/// Stored steps as a course.
///
/// # Errors
/// A fault when a step cannot be read.
pub fn course(rows: &[StepRow]) -> Result<Course, Problem> {
    let read = |row: &StepRow| taken(&row.step, row.on_day, (row.votes_for, row.votes_base), row.body.as_deref());
    rows.iter().map(read).collect::<Result<_, Problem>>().map(Course)
}

/// A step with the denominator of its vote: the branch's roll is that of the register on the day, a committee's
/// its size as told.
fn counted<S: Copy>(deed: &Deed<S>, is_vote: bool, of_branch: bool, branch: Electorate) -> Deed<S> {
    let mut deed = deed.clone();
    if of_branch {
        deed.vote.listed = branch.official;
    }
    deed.vote = if is_vote { deed.vote.reckoned(of_branch) } else { Vote::default() };
    deed
}

/// Takes a step; at the ceremony the candidate becomes a member on probation, and a file that is forwarded belongs to the
/// branch he moves to. `branch`: who may vote there on the day, by the caller's census.
///
/// # Errors
/// Every reason at once with its rule; a conflict when another step came in between.
pub fn take(
    op: &mut Op<'_, '_>,
    id: Id<Candidate>,
    deed: &Deed<Step>,
    branch: Electorate,
) -> Result<Option<Id<Person>>, Problem> {
    let (row, rows, course) = start(op, id, deed.after)?;
    let deed = &counted(deed, deed.step.is_vote(), deed.step == Step::BranchVoted, branch);
    let terms = Terms::on(deed.on)?;
    let known = known_of(&store::ground::facts_of(op.tx(), id)?)?;
    let ground = ground(op, &row, (deed.on, &known), branch)?;
    let mut issues = check(&course, deed, &ground, &terms);
    if deed.step == Step::Moved {
        // Where to is asked on a page of its own.
        issues.push(chibo_kernel::Issue {
            field: None,
            rule: Some("MEM-22"),
            said: Said::new("development-move-page"),
        });
    }
    if deed.step == Step::Introduced {
        issues.extend(check_introducers(&[], deed.on, &|_| false, &terms));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let person = if deed.step == Step::Admitted { Some(admit(op, &row, &rows, &course, deed)?) } else { None };
    save(op, &row, deed, person, &terms)?;
    if deed.step == Step::Forwarded
        && let Some(last) = store::ground::moves_of(op.tx(), id)?.last()
    {
        store::ground::set_unit(op.tx(), id, last.to_unit)?;
        let moved = json!({ "from": last.from_unit.to_string(), "to": last.to_unit.to_string() });
        record(op, *id.bytes(), last.to_unit, "candidate-forwarded", &moved);
    }
    Ok(person)
}

/// Takes the step of introduction with those who introduce (MEM-10…12).
///
/// # Errors
/// Every reason at once with its rule; a conflict when another step came in between.
pub fn introduce(
    op: &mut Op<'_, '_>,
    id: Id<Candidate>,
    deed: &Deed<Step>,
    introducers: &[Introducer],
) -> Result<(), Problem> {
    let (row, _, course) = start(op, id, deed.after)?;
    let terms = Terms::on(deed.on)?;
    let known = Known::default();
    let ground = ground(op, &row, (deed.on, &known), Electorate::default())?;
    let mut issues = check(&course, deed, &ground, &terms);
    let mut officials = Vec::new();
    for person in introducers.iter().filter_map(|one| one.person) {
        if file::is_official(op.tx(), person, deed.on)? {
            officials.push(person);
        }
    }
    issues.extend(check_introducers(introducers, deed.on, &|person| officials.contains(&person), &terms));
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    save(op, &row, deed, None, &terms)?;
    for (seq, one) in (1..).zip(introducers) {
        let (kind, step) = (one.kind.code(), deed.after + 1);
        store::file::insert_introducer(op.tx(), id, step, seq, kind, one.person, one.since, &one.number)?;
    }
    Ok(())
}

/// The candidate and his course, when nothing came in between and the viewer may act.
fn start(
    op: &mut Op<'_, '_>,
    id: Id<Candidate>,
    after: u32,
) -> Result<(store::CandidateRow, Vec<StepRow>, Course), Problem> {
    let row = store::candidate(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditMembers, row.unit_id)?;
    let rows = store::steps_of(op.tx(), id)?;
    if u32::try_from(rows.len()).unwrap_or(u32::MAX) != after {
        return Err(Problem::Conflict(Said::new("development-changed-since")));
    }
    let course = course(&rows)?;
    Ok((row, rows, course))
}

/// What the step is judged by.
fn ground<'g>(
    op: &mut Op<'_, '_>,
    row: &store::CandidateRow,
    (on, known): (Day, &'g Known),
    branch: Electorate,
) -> Result<Ground<'g>, Problem> {
    let (id, today) = (row.candidate_id, op.today());
    let help = help_of(&store::file::help_of(op.tx(), id)?)?;
    let helping = |helper: &crate::rules::Helper| helper.from <= on && helper.to.is_none_or(|to| on < to);
    let checks = store::file::checks_of(op.tx(), id)?;
    let unanswered = checks.iter().filter(|row| file::is_open(row)).count();
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let former: Option<Former> = match store::file::former_of(op.tx(), id)? {
        Some(former) => former_ground(op.tx(), former.former_id, Some(id))?,
        None => None,
    };
    Ok(Ground {
        birth: row.birth,
        branch,
        today,
        helped: helpers(&help).iter().any(helping),
        unanswered: count(unanswered),
        uncovered: uncovered(&asked_of(&checks)?, known).map(|open| count(open.len())),
        former,
        known,
    })
}

fn save(
    op: &mut Op<'_, '_>,
    row: &store::CandidateRow,
    deed: &Deed<Step>,
    person: Option<Id<Person>>,
    terms: &Terms,
) -> Result<(), Problem> {
    let (id, seq) = (row.candidate_id, deed.after + 1);
    let (now, by) = (op.now(), op.viewer().name.clone());
    let body = deed.vote.body.filter(|_| deed.step.decides());
    let vote = if deed.step.is_vote() { Vote { body, ..deed.vote } } else { Vote::default() };
    let (code, on, number, note) = (deed.step.code(), deed.on, deed.number.as_str(), deed.note.as_str());
    let (yes, base, version) = (vote.yes, vote.base, terms.version.as_str());
    store::insert_step(op.tx(), id, seq, code, on, number, yes, base, note, person, version, now, &by)?;
    if deed.step.is_vote() {
        let (body, form) = (vote.body.map_or("", Body::code), vote.form.map_or("", |form| form.code()));
        store::insert_vote(op.tx(), id, seq, body, form, &deed.consent)?;
        store::ground::insert_roll(op.tx(), id, seq, vote.listed, vote.away, vote.barred, vote.no)?;
    }
    let detail = json!({ "step": code, "on": on.iso(), "number": number, "for": yes, "of": base });
    record(op, *id.bytes(), row.unit_id, "candidate-step", &detail);
    Ok(())
}

/// The candidate as a member: Party age counts from the decision, probation from the ceremony (MEM-30, MEM-40). A former
/// member becomes one again (MEM-27), as does who was admitted here wrongly, with new dates (MEM-41).
fn admit(
    op: &mut Op<'_, '_>,
    row: &store::CandidateRow,
    rows: &[StepRow],
    course: &Course,
    deed: &Deed<Step>,
) -> Result<Id<Person>, Problem> {
    if let Some(former) = store::file::former_of(op.tx(), row.candidate_id)? {
        members::readmit(op, former.former_id, row.unit_id, deed.on)?;
        return Ok(former.former_id);
    }
    if let Some(person) = rows.iter().find_map(|row| row.person_id) {
        members::admit_anew(op, person, row.unit_id, (course.day(Step::Decided), deed.on))?;
        return Ok(person);
    }
    let decided = rows.iter().rev().find(|row| row.step == Step::Decided.code());
    let introduced = rows.iter().rev().find(|row| row.step == Step::Introduced.code());
    let member = NewMember {
        name: row.full_name.clone(),
        birth: Some(row.birth),
        sex: row.sex,
        workplace: row.workplace.clone(),
        admitted: course.day(Step::Decided),
        admission_decision: decided.map(|row| row.number.clone()).unwrap_or_default(),
        introducers: introduced.map(|row| row.note.clone()).unwrap_or_default(),
        postings: vec![(row.unit_id, deed.on)],
        standings: vec![(1, deed.on)],
        ..NewMember::default()
    };
    members::enter(op, &member)
}

/// Sets how many admissions a unit wants in a year.
///
/// # Errors
/// Refusals by field; absent for units out of reach.
pub fn target(op: &mut Op<'_, '_>, unit: Id<Unit>, year: i64, wanted: u32) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    if !(2000..=2100).contains(&year) {
        return Err(Problem::field("year", Said::new("development-year-wrong")));
    }
    if wanted > 100_000 {
        return Err(Problem::field("wanted", Said::new("development-wanted-wrong")));
    }
    let before = store::targets(op.tx(), year)?;
    let version = before.iter().filter(|row| row.unit_id == unit).map(|row| row.version).max().unwrap_or(0) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_target(op.tx(), unit, year, version, wanted, now, &by)?;
    record(op, *unit.bytes(), unit, "admission-target-set", &json!({ "year": year, "wanted": wanted }));
    Ok(())
}
