//! A workbook of minutes is taken in: by the same acts as the forms, so by the same checks, and all of it or nothing.

use chibo_kernel::{Id, Issue, Problem, Unit};
use chibo_store::Op;
use serde_json::json;

use super::write::{Content, Item, Seat, write};
use super::{NewTask, Vote, assign, draft, record, take_vote};
use crate::rules::Kind;
use crate::store::{self, MeetingRow};

/// What a workbook brings, each with its row.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// The roll, whole.
    pub roll: Vec<Seat>,
    /// Assignments that are new.
    pub tasks: Vec<(u32, NewTask)>,
    /// Votes that are new.
    pub votes: Vec<(u32, Vote)>,
}

/// Where in a workbook something was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The roll.
    Roll,
    /// An assignment, by its row.
    Task(u32),
    /// A vote, by its row.
    Vote(u32),
}

/// A meeting as it stands, with another roll.
fn content(op: &mut Op<'_, '_>, row: &MeetingRow, roll: Vec<Seat>) -> Result<Content, Problem> {
    let items = store::items(op.tx(), row.unit_id, row.meeting_no)?;
    Ok(Content {
        kind: Kind::from_number(row.kind).ok_or_else(|| Problem::fault(format!("a kind {}", row.kind)))?,
        on: row.on_day,
        from: row.begins,
        to: row.ends,
        place: row.place.clone(),
        chair: row.chair_id,
        secretary: row.secretary_id,
        guests: row.guests.clone(),
        ideology: row.ideology,
        report: row.report.clone(),
        discussion: row.discussion.clone(),
        conclusion: row.conclusion.clone(),
        ticks: row.ticks.split_whitespace().map(str::to_owned).collect(),
        prepared: row.prepared == 1,
        noticed: row.noticed_on,
        documents: row.posted_documents,
        concluded: row.posted_conclusion,
        items: items.into_iter().map(|item| Item { part: item.part, topic: item.topic, title: item.title }).collect(),
        roll,
    })
}

/// Keeps what was refused where it stood; other problems end everything.
fn note<T>(found: &mut Vec<(Part, Issue)>, part: Part, outcome: Result<T, Problem>) -> Result<(), Problem> {
    match outcome {
        Ok(_) => Ok(()),
        Err(Problem::Refused(issues)) => {
            found.extend(issues.into_iter().map(|issue| (part, issue)));
            Ok(())
        }
        Err(other) => Err(other),
    }
}

/// Writes the roll and gives and takes down what is new; everything that was refused, with its place. The caller keeps the
/// transaction only when nothing was.
///
/// # Errors
/// A conflict when the meeting is closed or somebody was faster; absent for whoever may not write to the branch.
pub fn take_in(
    op: &mut Op<'_, '_>,
    (unit, no, version): (Id<Unit>, u32, u32),
    intake: &Intake,
) -> Result<Vec<(Part, Issue)>, Problem> {
    let row = draft(op, unit, no, version)?;
    let mut found = Vec::new();
    let content = content(op, &row, intake.roll.clone())?;
    let written = write(op, (unit, no, version), &content);
    let roll_fits = written.is_ok();
    note(&mut found, Part::Roll, written)?;
    // What follows is judged by the roll: without it nothing can be said.
    if roll_fits {
        let key = (unit, no, store::meeting(op.tx(), unit, no)?.ok_or(Problem::NotFound)?.version);
        for (row, task) in &intake.tasks {
            note(&mut found, Part::Task(*row), assign(op, key, task))?;
        }
        for (row, vote) in &intake.votes {
            note(&mut found, Part::Vote(*row), take_vote(op, key, vote))?;
        }
    }
    let detail = json!({ "no": no, "tasks": intake.tasks.len(), "votes": intake.votes.len() });
    record(op, unit, "meeting-workbook-taken", &detail);
    Ok(found)
}
