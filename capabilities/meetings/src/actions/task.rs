//! Assignments: given at a meeting, ended at a later one; they follow the member.

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_members::actions as members;
use chibo_store::Op;
use serde_json::json;

use super::{changed, draft, members_on, record};
use crate::rules::Task;
use crate::store;

/// What became of an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, on a day.
    Done(Day),
    /// Dropped, with a reason.
    Dropped,
}

/// An assignment to be given.
#[derive(Clone, Debug)]
pub struct NewTask {
    /// Whose it is.
    pub person: Id<Person>,
    /// What.
    pub what: String,
    /// What comes out.
    pub product: String,
    /// Last day.
    pub due: Day,
    /// How many assignments its form saw given: the same form sent twice gives one.
    pub seen: Option<usize>,
}

/// Gives an assignment at an open meeting (MTG-11).
///
/// # Errors
/// A refusal without what, by when or for somebody who is not of the branch.
pub fn assign(
    op: &mut Op<'_, '_>,
    (unit, no, version): (Id<Unit>, u32, u32),
    new: &NewTask,
) -> Result<Id<Task>, Problem> {
    let (what, product, due, person) = (new.what.trim(), new.product.trim(), new.due, new.person);
    let row = draft(op, unit, no, version)?;
    let on = row.on_day.unwrap_or_else(|| op.today());
    if what.is_empty() {
        return Err(Problem::field("what", Said::new("meetings-no-what")));
    }
    let before = store::tasks_given(op.tx(), unit, no)?;
    let same = before
        .iter()
        .find(|row| (row.member_id, row.what.as_str(), row.product.as_str(), row.due) == (person, what, product, due));
    if let (Some(same), true) = (same, new.seen.is_some_and(|seen| before.len() > seen)) {
        return Ok(same.task_id);
    }
    if due < on {
        return Err(Problem::field("due", Said::new("meetings-due-before").with("day", on)));
    }
    if !members_on(op, unit, on)?.iter().any(|member| member.id == person) {
        return Err(Problem::field("member", Said::new("meetings-not-a-member")));
    }
    let (id, now, by): (Id<Task>, _, _) = (op.fresh(), op.now(), op.viewer().name.clone());
    store::add_task(op.tx(), unit, id, no, person, what, product, due, now, &by)?;
    record(op, unit, "meeting-assigned", &json!({ "no": no, "task": id.to_string(), "due": due.iso() }));
    Ok(id)
}

/// Ends an assignment: the branch that gave it may, and the branch the member belongs to now.
///
/// # Errors
/// A conflict when it was ended already; a refusal for a day to come or a drop without a reason.
pub fn end(op: &mut Op<'_, '_>, (unit, id): (Id<Unit>, Id<Task>), outcome: Outcome, note: &str) -> Result<(), Problem> {
    let row = store::task(op.tx(), unit, id)?.ok_or(Problem::NotFound)?;
    if op.permit(Permission::EditMembers, unit).is_err() {
        let home = members::home(op, row.member_id)?;
        op.permit(Permission::EditMembers, home)?;
    }
    let (number, on) = match outcome {
        Outcome::Done(day) if day > op.today() => {
            return Err(Problem::field("done", Said::new("meetings-in-future").with("day", op.today())));
        }
        Outcome::Done(day) => (if day <= row.due { 1 } else { 2 }, Some(day)),
        Outcome::Dropped if note.trim().is_empty() => {
            return Err(Problem::field("note", Said::new("meetings-drop-reason")));
        }
        Outcome::Dropped => (3, None),
    };
    let (now, by) = (op.now(), op.viewer().name.clone());
    if store::end_task(op.tx(), unit, id, number, on, note.trim(), now, &by)? == 0 {
        return Err(changed());
    }
    record(op, unit, "meeting-task-ended", &json!({ "task": id.to_string(), "outcome": number }));
    Ok(())
}
