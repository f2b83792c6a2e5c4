//! What is done for candidates and members on probation.

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_members::actions as members;
use chibo_members::rules::NewMember;
use chibo_store::{Entry, Op, Param, Tx, Value};
use serde_json::json;

use crate::rules::{
    Candidate, Course, Deed, Ground, Recognition, Source, Step, Taken, Terms, check, check_recognition, passed,
};
use crate::store::{self, RecognitionRow, StepRow};

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
    if new.name.split(' ').count() < 2 || new.name.chars().count() > 120 {
        return Err(Problem::field("name", Said::new("development-name-needed")));
    }
    if new.birth > op.today().plus_months(-14 * 12) || new.birth < Day::PARTY_FOUNDED.plus_months(-12 * 20) {
        return Err(Problem::field("birth", Said::new("development-birth-wrong")));
    }
    let (id, now, by): (Id<Candidate>, _, _) = (op.fresh(), op.now(), op.viewer().name.clone());
    let NewCandidate { unit, name, birth, sex, source, workplace } = new;
    store::insert(op.tx(), id, *unit, name, *birth, *sex, source.code(), workplace, now, &by)?;
    record(op, *id.bytes(), *unit, "candidate-entered", &json!({ "name": name, "source": source.code() }));
    Ok(id)
}

/// A stored step as taken.
///
/// # Errors
/// A fault when the step cannot be read.
pub fn taken(code: &str, on: Day, votes: (u32, u32)) -> Result<Taken<Step>, Problem> {
    let step = Step::from_code(code).ok_or_else(|| Problem::fault(format!("a step {code}")))?;
    Ok(Taken { step, on, passed: !step.is_vote() || passed(votes) })
}

/// Stored steps as a course.
///
/// # Errors
/// A fault when a step cannot be read.
pub fn course(rows: &[StepRow]) -> Result<Course, Problem> {
    let read = |row: &StepRow| taken(&row.step, row.on_day, (row.votes_for, row.votes_base));
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
    let row = store::candidate(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditMembers, row.unit_id)?;
    let rows = store::steps_of(op.tx(), id)?;
    if u32::try_from(rows.len()).unwrap_or(u32::MAX) != deed.after {
        return Err(Problem::Conflict(Said::new("development-changed-since")));
    }
    let course = course(&rows)?;
    let terms = Terms::on(deed.on)?;
    let ground = Ground { birth: row.birth, official, today: op.today() };
    let issues = check(&course, deed, &ground, &terms);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let person = if deed.step == Step::Admitted { Some(admit(op, &row, &rows, &course, deed)?) } else { None };
    let (now, by) = (op.now(), op.viewer().name.clone());
    let (yes, base) = if deed.step.is_vote() { deed.votes } else { (0, 0) };
    let (code, on, number, note) = (deed.step.code(), deed.on, deed.number.as_str(), deed.note.as_str());
    store::insert_step(
        op.tx(),
        id,
        deed.after + 1,
        code,
        on,
        number,
        yes,
        base,
        note,
        person,
        &terms.version,
        now,
        &by,
    )?;
    let detail = json!({ "step": code, "on": on.iso(), "number": number, "for": yes, "of": base });
    record(op, *id.bytes(), row.unit_id, "candidate-step", &detail);
    Ok(person)
}

/// The candidate as a member: Party age counts from the decision, probation from the ceremony (MEM-30, MEM-40).
fn admit(
    op: &mut Op<'_, '_>,
    row: &store::CandidateRow,
    rows: &[StepRow],
    course: &Course,
    deed: &Deed<Step>,
) -> Result<Id<Person>, Problem> {
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

/// Steps of a member on probation that count, with their days.
///
/// # Errors
/// A fault when a step cannot be read.
pub fn counting(rows: &[RecognitionRow]) -> Result<Vec<(Recognition, Day)>, Problem> {
    let mut counting = Vec::new();
    for row in rows {
        let step = Recognition::from_code(&row.step).ok_or_else(|| Problem::fault(format!("a step {}", row.step)))?;
        if step == Recognition::Recognised || passed((row.votes_for, row.votes_base)) {
            counting.push((step, row.on_day));
        }
    }
    Ok(counting)
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

/// Takes a step from probation to recognition; recognised, the member is official from the computed day on, however
/// late it was decided (MEM-31).
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
    let rows = store::recognition_of(op.tx(), person)?;
    if u32::try_from(rows.len()).unwrap_or(u32::MAX) != deed.after {
        return Err(Problem::Conflict(Said::new("development-changed-since")));
    }
    if chibo_members::probation_of(op.tx(), person)?.is_none() {
        return Err(Problem::rule("MEM-31", Said::new("members-not-on-probation")));
    }
    let today = op.today();
    let ends = official_on(op.tx(), person, today)?;
    let issues = check_recognition(&counting(&rows)?, deed, (ends, official, today));
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    if deed.step == Recognition::Recognised {
        members::recognise(op, person, ends)?;
    }
    let terms = Terms::on(deed.on)?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    let (yes, base) = if deed.step == Recognition::Recognised { (0, 0) } else { deed.votes };
    let (code, on, number, note) = (deed.step.code(), deed.on, deed.number.as_str(), deed.note.as_str());
    store::insert_recognition(
        op.tx(),
        person,
        deed.after + 1,
        code,
        on,
        number,
        yes,
        base,
        note,
        &terms.version,
        now,
        &by,
    )?;
    let detail =
        json!({ "step": code, "on": on.iso(), "number": number, "for": yes, "of": base, "official": ends.iso() });
    record(op, *person.bytes(), unit, "recognition-step", &detail);
    Ok(())
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

/// A candidate of the demonstration with his steps.
pub struct Loaded {
    /// Who.
    pub candidate: NewCandidate,
    /// What was done, in order: step, day, number.
    pub steps: Vec<(Step, Day, String)>,
}

/// Adds many candidates, unchecked: the caller's plan is trusted. Only the program itself may do this.
///
/// # Errors
/// Denied for anybody else.
pub fn load(op: &mut Op<'_, '_>, loaded: &[Loaded]) -> Result<(), Problem> {
    if !op.viewer().system {
        return Err(Problem::Denied);
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    let ids: Vec<Id<Candidate>> = loaded.iter().map(|_| op.fresh()).collect();
    let rows = ids.iter().zip(loaded).map(|(id, one)| {
        let NewCandidate { unit, name, birth, sex, source, workplace } = &one.candidate;
        let (name, source, workplace) = (Value::Text(name), Value::Text(source.code()), Value::Text(workplace));
        [id.value(), unit.value(), name, birth.value(), sex.value(), source, workplace, now.value(), Value::Text(&by)]
    });
    store::bulk_candidates(op.tx(), rows)?;
    let version = Terms::on(op.today())?.version;
    let none: Option<Id<Person>> = None;
    let (now, by, version, none) = (&now, &by, &version, &none);
    let steps = ids.iter().zip(loaded).flat_map(|(id, one)| {
        one.steps.iter().enumerate().map(move |(at, (step, on, number))| {
            let (yes, base) = if step.is_vote() { (9, 10) } else { (0, 0) };
            [
                id.value(),
                Value::Int(at as i64 + 1),
                Value::Text(step.code()),
                on.value(),
                Value::Text(number),
                Value::Int(yes),
                Value::Int(base),
                Value::Text(""),
                none.value(),
                Value::Text(version),
                now.value(),
                Value::Text(by),
            ]
        })
    });
    store::bulk_steps(op.tx(), steps).map(drop)
}
