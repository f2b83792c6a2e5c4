//! What is known about candidates, where they move to, the monthly lists of branches.

use chibo_kernel::{Day, Id, Issue, Permission, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::file::{candidate, next};
use super::{ground as judged_by, record, save, start, take};
use crate::rules::{Candidate, Deed, Electorate, Fact, Known, Noted, Step, Terms, Vote, check, check_fact};
use crate::store::ground::{self, FactRow};

/// Stored facts.
///
/// # Errors
/// A fault when a fact cannot be read.
pub(crate) fn known_of(rows: &[FactRow]) -> Result<Known, Problem> {
    let read = |row: &FactRow| {
        let fact = Fact::from_code(&row.fact).ok_or_else(|| Problem::fault(format!("a fact {}", row.fact)))?;
        let (number, note) = (row.number.clone(), row.note.clone());
        Ok(Noted { fact, months: row.months, on: row.on_day, number, note })
    };
    rows.iter().map(read).collect::<Result<_, Problem>>().map(Known)
}

/// Writes down something about a candidate (MEM-01, MEM-02, MEM-06, MEM-14, MEM-17, MEM-23, MEM-24).
///
/// # Errors
/// Every reason at once with its rule.
pub fn note(op: &mut Op<'_, '_>, id: Id<Candidate>, new: &Noted) -> Result<(), Problem> {
    let row = candidate(op, id)?;
    let issues = check_fact(new, op.today());
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let seq = next(ground::facts_of(op.tx(), id)?.len());
    let (now, by, code) = (op.now(), op.viewer().name.clone(), new.fact.code());
    let months = if new.fact.needs_months() { new.months } else { 0 };
    ground::insert_fact(op.tx(), id, seq, code, months, new.on, &new.number, &new.note, now, &by)?;
    record(op, *id.bytes(), row.unit_id, "candidate-fact", &json!({ "fact": code, "on": new.on.iso() }));
    Ok(())
}

/// Notes that a candidate moves to another branch (MEM-22). The file goes there by a step of its own.
///
/// # Errors
/// Every reason at once with its rule; a conflict when another step came in between.
pub fn move_away(op: &mut Op<'_, '_>, id: Id<Candidate>, deed: &Deed<Step>, to: Id<Unit>) -> Result<(), Problem> {
    let (row, _, course) = start(op, id, deed.after)?;
    let (terms, known) = (Terms::on(deed.on)?, Known::default());
    let ground = judged_by(op, &row, (deed.on, &known), Electorate::default())?;
    let mut issues = check(&course, deed, &ground, &terms);
    if to == row.unit_id {
        let said = Said::new("development-move-same");
        issues.push(Issue { field: Some("to".to_owned()), rule: Some("MEM-22"), said });
    }
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    save(op, &row, deed, None, &terms)?;
    ground::insert_move(op.tx(), id, deed.after + 1, row.unit_id, to).map(drop)
}

/// A resolution of a branch about its list (MEM-03).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Whether they come onto the list; otherwise they leave it.
    pub enter: bool,
    /// Day of the resolution.
    pub on: Day,
    /// Its number.
    pub number: String,
    /// Why they leave.
    pub note: String,
}

/// Several candidates of one branch come onto the list or leave it by one resolution (MEM-03).
///
/// # Errors
/// As taking the step for each; then nothing is written. Absent for candidates of other branches.
pub fn on_list(op: &mut Op<'_, '_>, unit: Id<Unit>, who: &[Id<Candidate>], list: &List) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    for id in who {
        let row = candidate(op, *id)?;
        if row.unit_id != unit {
            return Err(Problem::NotFound);
        }
        let rows = crate::store::steps_of(op.tx(), *id)?;
        let deed = Deed {
            step: if list.enter { Step::Listed } else { Step::Stopped },
            after: u32::try_from(rows.len()).map_err(Problem::fault)?,
            on: list.on,
            number: list.number.clone(),
            vote: Vote::default(),
            consent: String::new(),
            note: list.note.clone(),
        };
        if let Err(problem) = take(op, *id, &deed, Electorate::default()) {
            return Err(named(problem, &row.full_name));
        }
    }
    let detail = json!({ "enter": list.enter, "number": list.number, "people": who.len() });
    record(op, *unit.bytes(), unit, "candidate-list-resolved", &detail);
    Ok(())
}

/// A refusal that says whom of several it concerns.
fn named(problem: Problem, name: &str) -> Problem {
    match problem {
        Problem::Refused(mut issues) => {
            let said = Said::new("development-monthly-of").with("name", name);
            issues.insert(0, Issue { field: Some("who".to_owned()), rule: Some("MEM-03"), said });
            Problem::Refused(issues)
        }
        other => other,
    }
}

/// The month of a day as reviews are kept.
pub(crate) fn month_of(day: Day) -> u32 {
    let (year, month, _) = day.ymd();
    u32::try_from(year).unwrap_or(0) * 100 + u32::from(month)
}

/// A base committee reviewed the lists of its branches (MEM-03).
///
/// # Errors
/// Refusals by field; absent for units out of reach.
pub fn review(op: &mut Op<'_, '_>, unit: Id<Unit>, on: Day, (number, note): (&str, &str)) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let field = |name: &str, key| Problem::field(name, Said::new(key));
    if on > op.today() {
        return Err(field("reviewed", "development-day-to-come"));
    }
    if number.is_empty() {
        return Err(field("conclusion", "development-number-needed"));
    }
    if number.chars().count() > 60 {
        return Err(field("conclusion", "development-number-long"));
    }
    if note.chars().count() > 2_000 {
        return Err(field("remark", "development-note-long"));
    }
    let month = month_of(on);
    let before = ground::reviews(op.tx(), month)?.iter().filter(|row| row.unit_id == unit).count();
    let (now, by) = (op.now(), op.viewer().name.clone());
    ground::insert_review(op.tx(), unit, month, next(before), on, number, note, now, &by)?;
    record(op, *unit.bytes(), unit, "candidate-lists-reviewed", &json!({ "month": month, "number": number }));
    Ok(())
}
