//! What is done for candidates and members on probation.

mod file;
mod load;

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_members::actions as members;
use chibo_members::codes::Standing;
use chibo_members::rules::NewMember;
use chibo_store::{Entry, Op, Tx};
use serde_json::json;

use crate::rules::check_candidate;
use crate::rules::{
    Body, Candidate, Course, Deed, Ground, Introducer, Line, Recognition, Road, Source, Step, Taken, Terms, Vote,
    carried, check, check_introducers, check_recognition, helpers,
};
use crate::store::{self, RecognitionRow, StepRow};

pub use file::{answer, ask, asked_of, former, help, help_of, paper, recognition_paper};
pub(crate) use file::{former_ground, is_open};
pub use load::{Loaded, LoadedStep, load};

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
    let vote = Vote { yes, base, form: None, body: body.and_then(Body::from_code) };
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

/// Takes a step; at the ceremony the candidate becomes a member on probation. `official`: official members of the
/// branch, by the caller's census.
///
/// # Errors
/// Every reason at once with its rule; a conflict when another step came in between.
pub fn take(
    op: &mut Op<'_, '_>,
    id: Id<Candidate>,
    deed: &Deed<Step>,
    official: u32,
) -> Result<Option<Id<Person>>, Problem> {
    let (row, rows, course) = start(op, id, deed.after)?;
    let terms = Terms::on(deed.on)?;
    let ground = ground(op, &row, deed.on, official)?;
    let mut issues = check(&course, deed, &ground, &terms);
    if deed.step == Step::Introduced {
        issues.extend(check_introducers(&[], deed.on, &|_| false, &terms));
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let person = if deed.step == Step::Admitted { Some(admit(op, &row, &rows, &course, deed)?) } else { None };
    save(op, &row, deed, person, &terms)?;
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
    let ground = ground(op, &row, deed.on, 0)?;
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
fn ground(op: &mut Op<'_, '_>, row: &store::CandidateRow, on: Day, official: u32) -> Result<Ground, Problem> {
    let (id, today) = (row.candidate_id, op.today());
    let help = help_of(&store::file::help_of(op.tx(), id)?)?;
    let helping = |helper: &crate::rules::Helper| helper.from <= on && helper.to.is_none_or(|to| on < to);
    let checks = store::file::checks_of(op.tx(), id)?;
    let unanswered = checks.iter().filter(|row| file::is_open(row)).count();
    let uncovered = !crate::rules::uncovered(&asked_of(&checks)?).is_empty();
    let former = match store::file::former_of(op.tx(), id)? {
        Some(former) => Some(former_ground(op.tx(), former.former_id)?),
        None => None,
    };
    Ok(Ground {
        birth: row.birth,
        official,
        today,
        helped: helpers(&help).iter().any(helping),
        unanswered: u32::try_from(unanswered).unwrap_or(u32::MAX),
        uncovered,
        former: former.flatten(),
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
    }
    let detail = json!({ "step": code, "on": on.iso(), "number": number, "for": yes, "of": base });
    record(op, *id.bytes(), row.unit_id, "candidate-step", &detail);
    Ok(())
}

/// The candidate as a member: Party age counts from the decision, probation from the ceremony (MEM-30, MEM-40). A former
/// member becomes one again (MEM-27).
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

/// Stored steps of a member on probation as a road.
///
/// # Errors
/// A fault when a step cannot be read.
pub fn road(rows: &[RecognitionRow]) -> Result<Road, Problem> {
    let read = |row: &RecognitionRow| {
        let step = Recognition::from_code(&row.step).ok_or_else(|| Problem::fault(format!("a step {}", row.step)))?;
        let body = row.body.as_deref().and_then(Body::from_code);
        let vote = Vote { yes: row.votes_for, base: row.votes_base, form: None, body };
        Ok(Taken { step, on: row.on_day, passed: carried(step.decides(), &vote) })
    };
    rows.iter().map(read).collect::<Result<_, Problem>>().map(Road)
}

/// The day probation ends: twelve months after the ceremony, or after the admission where no ceremony is known.
///
/// # Errors
/// Not found for somebody without an admission.
pub fn official_on(tx: &mut Tx<'_>, person: Id<Person>, today: Day) -> Result<Day, Problem> {
    let admitted = chibo_members::admitted_of(tx, &[person])?.get(&person).copied().ok_or(Problem::NotFound)?;
    let began = chibo_members::probation_of(tx, person)?.map_or(admitted, |began| began.max(admitted));
    Ok(Terms::on(today)?.official_on(began))
}

/// Takes a step from probation. Recognised, the member is official from the computed day on, however late it was decided
/// (MEM-31); struck off, he has left from the day of the decision (MEM-34).
///
/// # Errors
/// Every reason at once with its rule; a conflict when another step came in between.
pub fn recognise(
    op: &mut Op<'_, '_>,
    person: Id<Person>,
    deed: &Deed<Recognition>,
    official: u32,
) -> Result<(), Problem> {
    let unit = members::home(op, person)?;
    op.permit(Permission::EditMembers, unit)?;
    let all = store::recognition_of(op.tx(), person)?;
    if u32::try_from(all.len()).unwrap_or(u32::MAX) != deed.after {
        return Err(Problem::Conflict(Said::new("development-changed-since")));
    }
    let Some(began) = chibo_members::probation_of(op.tx(), person)? else {
        return Err(Problem::rule("MEM-31", Said::new("members-not-on-probation")));
    };
    let (today, terms) = (op.today(), Terms::on(deed.on)?);
    let ends = official_on(op.tx(), person, today)?;
    let issues = check_recognition(&road(since(&all, began))?, deed, (ends, official, today), &terms);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let vote = Vote { body: deed.vote.body.filter(|_| deed.step.decides()), ..deed.vote };
    let carried = carried(deed.step.decides(), &vote);
    match deed.step {
        Recognition::Recognised if carried => members::recognise(op, person, ends)?,
        Recognition::StruckOff if carried => members::set_standing(op, person, Standing::Left.number(), deed.on)?,
        _ => {}
    }
    let (now, by, seq) = (op.now(), op.viewer().name.clone(), deed.after + 1);
    let (code, on, number, note) = (deed.step.code(), deed.on, deed.number.as_str(), deed.note.as_str());
    let (yes, base, version) = (vote.yes, vote.base, terms.version.as_str());
    store::insert_recognition(op.tx(), person, seq, code, on, number, yes, base, note, version, now, &by)?;
    let (body, form) = (vote.body.map_or("", Body::code), vote.form.map_or("", |form| form.code()));
    store::insert_recognition_vote(op.tx(), person, seq, body, form)?;
    let mut detail = json!({ "step": code, "on": on.iso(), "number": number, "for": yes, "of": base });
    if deed.step.line() == Line::Recognition {
        detail["official"] = ends.iso().into();
    }
    record(op, *person.bytes(), unit, "recognition-step", &detail);
    Ok(())
}

/// The steps of the probation that began on a day: somebody admitted again has older ones.
pub(crate) fn since(rows: &[RecognitionRow], began: Day) -> &[RecognitionRow] {
    let first = rows.iter().position(|row| row.on_day >= began).unwrap_or(rows.len());
    rows.get(first..).unwrap_or_default()
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
