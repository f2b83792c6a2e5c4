//! What goes into a candidate's file: who helps, who was asked about the background, which papers are there.

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said};
use chibo_members::actions as members;
use chibo_store::{Op, Tx};
use serde_json::json;

use super::record;
use crate::rules::{
    Asked, Candidate, Help, HelpAct, Outcome, Paper, Relation, Way, check_answer, check_help, check_request,
};
use crate::store::file::{self, CheckRow, HelpRow};
use crate::store::{self, CandidateRow};

/// Whether somebody is an official member on a day.
pub(super) fn is_official(tx: &mut Tx<'_>, person: Id<Person>, on: Day) -> Result<bool, Problem> {
    let standings = chibo_members::standings_of(tx, person)?;
    Ok(standings.iter().any(|(from, to, standing)| (*from..*to).contains(&on) && standing.is_official()))
}

pub(super) fn candidate(op: &mut Op<'_, '_>, id: Id<Candidate>) -> Result<CandidateRow, Problem> {
    let row = store::candidate(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditMembers, row.unit_id)?;
    Ok(row)
}

pub(super) fn next(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX).saturating_add(1)
}

/// Stored entries about help.
///
/// # Errors
/// A fault when an entry cannot be read.
pub fn help_of(rows: &[HelpRow]) -> Result<Vec<Help>, Problem> {
    let read = |row: &HelpRow| {
        let act = HelpAct::from_code(&row.act).ok_or_else(|| Problem::fault(format!("help {}", row.act)))?;
        Ok(Help { act, helper: row.helper_id, on: row.on_day, note: row.note.clone() })
    };
    rows.iter().map(read).collect()
}

/// Assigns a helper, ends his help, gives a task, writes a remark (MEM-04).
///
/// # Errors
/// Every reason at once with its rule.
pub fn help(op: &mut Op<'_, '_>, id: Id<Candidate>, new: &Help) -> Result<(), Problem> {
    let row = candidate(op, id)?;
    let rows = file::help_of(op.tx(), id)?;
    let official = match new.helper {
        Some(person) => is_official(op.tx(), person, new.on)?,
        None => false,
    };
    let issues = check_help(&help_of(&rows)?, new, official, op.today());
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (now, by, code) = (op.now(), op.viewer().name.clone(), new.act.code());
    file::insert_help(op.tx(), id, next(rows.len()), code, new.helper, new.on, &new.note, now, &by)?;
    record(op, *id.bytes(), row.unit_id, "candidate-help", &json!({ "act": code, "on": new.on.iso() }));
    Ok(())
}

/// Whether a request has no answer yet.
pub(crate) fn is_open(row: &CheckRow) -> bool {
    row.way == Way::Asked.code() && row.answered.is_none()
}

/// Stored requests.
///
/// # Errors
/// A fault when a request cannot be read.
pub fn asked_of(rows: &[CheckRow]) -> Result<Vec<Asked>, Problem> {
    let read = |row: &CheckRow| {
        let fault = || Problem::fault(format!("a request {} {}", row.relation, row.way));
        Ok(Asked {
            relation: Relation::from_code(&row.relation).ok_or_else(fault)?,
            name: row.full_name.clone(),
            way: Way::from_code(&row.way).ok_or_else(fault)?,
            place: row.place.clone(),
            abroad: row.abroad,
            on: row.on_day,
            note: row.note.clone(),
        })
    };
    rows.iter().map(read).collect()
}

/// Sends a request for verification, or notes why none is needed (MEM-14).
///
/// # Errors
/// Every reason at once with its rule.
pub fn ask(op: &mut Op<'_, '_>, id: Id<Candidate>, new: &Asked) -> Result<(), Problem> {
    let row = candidate(op, id)?;
    let issues = check_request(new, op.today());
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let seq = next(file::checks_of(op.tx(), id)?.len());
    let (now, by) = (op.now(), op.viewer().name.clone());
    let Asked { relation, name, way, place, abroad, on, note } = new;
    let (relation, way) = (relation.code(), way.code());
    file::insert_check(op.tx(), id, seq, relation, name, way, place, *abroad, *on, note, now, &by)?;
    record(op, *id.bytes(), row.unit_id, "candidate-verification", &json!({ "relation": relation, "way": way }));
    Ok(())
}

/// Writes down the answer to a request (MEM-15): day, verifier, outcome, words.
///
/// # Errors
/// Every reason at once with its rule; a conflict when it was answered already.
pub fn answer(
    op: &mut Op<'_, '_>,
    (id, seq): (Id<Candidate>, u32),
    (on, verifier, outcome, note): (Day, &str, Outcome, &str),
) -> Result<(), Problem> {
    let row = candidate(op, id)?;
    let rows = file::checks_of(op.tx(), id)?;
    let request = rows.iter().find(|row| row.seq == seq).ok_or(Problem::NotFound)?;
    if !is_open(request) {
        return Err(Problem::Conflict(Said::new("development-answered-already")));
    }
    let family: Vec<String> =
        rows.iter().map(|row| row.full_name.clone()).chain([row.full_name.clone()]).filter(|n| !n.is_empty()).collect();
    let issues = check_answer((request.on_day, on, op.today()), (verifier, outcome, note), &family);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    file::insert_answer(op.tx(), id, seq, on, outcome.code(), verifier, note, now, &by)?;
    let detail = json!({ "relation": request.relation, "outcome": outcome.code() });
    record(op, *id.bytes(), row.unit_id, "candidate-verified", &detail);
    Ok(())
}

fn check_paper(on: Day, today: Day, note: &str) -> Result<(), Problem> {
    if on > today {
        return Err(Problem::field("on", Said::new("development-day-to-come")));
    }
    if note.chars().count() > 200 {
        return Err(Problem::field("note", Said::new("development-paper-note-long")));
    }
    Ok(())
}

/// Says of papers of a candidate's file that they are there, or missing.
///
/// # Errors
/// Refusals by field.
pub fn paper(
    op: &mut Op<'_, '_>,
    id: Id<Candidate>,
    papers: &[Paper],
    (there, on, note): (bool, Day, &str),
) -> Result<(), Problem> {
    let row = candidate(op, id)?;
    check_paper(on, op.today(), note)?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    let first = next(file::papers_of(op.tx(), id)?.len());
    for (seq, paper) in (first..).zip(papers) {
        file::insert_paper(op.tx(), id, seq, paper.code(), there, on, note, now, &by)?;
    }
    let codes: Vec<_> = papers.iter().map(|paper| paper.code()).collect();
    record(op, *id.bytes(), row.unit_id, "candidate-papers", &json!({ "papers": codes, "there": there }));
    Ok(())
}

/// The same of a file on recognition.
///
/// # Errors
/// Refusals by field.
pub fn recognition_paper(
    op: &mut Op<'_, '_>,
    person: Id<Person>,
    papers: &[Paper],
    (there, on, note): (bool, Day, &str),
) -> Result<(), Problem> {
    let unit = members::home(op, person)?;
    op.permit(Permission::EditMembers, unit)?;
    check_paper(on, op.today(), note)?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    let first = next(file::recognition_papers_of(op.tx(), person)?.len());
    for (seq, paper) in (first..).zip(papers) {
        file::insert_recognition_paper(op.tx(), person, seq, paper.code(), there, on, note, now, &by)?;
    }
    let codes: Vec<_> = papers.iter().map(|paper| paper.code()).collect();
    record(op, *person.bytes(), unit, "recognition-papers", &json!({ "papers": codes, "there": there }));
    Ok(())
}
