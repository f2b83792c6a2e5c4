//! Quarterly briefings: opened with an agenda, written over, closed; tasks for branches (MTG-12).

use chibo_kernel::{Day, Id, Issue, Permission, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::{CLOSED, OPEN, changed, record};
use crate::rules::Month;
use crate::store::{self, BriefingRow};

/// What is written into an open briefing.
#[derive(Clone, Debug)]
pub struct Briefing {
    /// Held on.
    pub on: Day,
    /// Agenda, a line an item.
    pub agenda: String,
    /// Minutes.
    pub minutes: String,
    /// Branches whose secretary did not come.
    pub absent: Vec<Id<Unit>>,
}

fn one(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32) -> Result<BriefingRow, Problem> {
    op.permit(Permission::EditUnits, unit)?;
    store::briefings(op.tx(), unit)?.into_iter().find(|row| row.briefing_no == no).ok_or(Problem::NotFound)
}

/// Opens the briefing of a quarter; its number.
///
/// # Errors
/// A refusal when the quarter has one already.
pub fn open_briefing(
    op: &mut Op<'_, '_>,
    unit: Id<Unit>,
    quarter: Month,
    (on, agenda): (Day, &str),
) -> Result<u32, Problem> {
    op.permit(Permission::EditUnits, unit)?;
    let rows = store::briefings(op.tx(), unit)?;
    if rows.iter().any(|row| row.quarter == quarter.0) {
        let said = Said::new("meetings-briefing-twice");
        return Err(Problem::Refused(vec![Issue { field: Some("quarter".to_owned()), rule: Some("MTG-12"), said }]));
    }
    let no = rows.first().map_or(0, |row| row.briefing_no) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::add_briefing(op.tx(), unit, no, quarter.0, on, agenda, now, &by)?;
    record(op, unit, "meeting-briefing-opened", &json!({ "briefing": no, "quarter": quarter.code() }));
    Ok(no)
}

/// Writes an open briefing over, and closes it when asked.
///
/// # Errors
/// A refusal to close one of a day to come or without minutes; a conflict when somebody was faster or it is closed.
pub fn write_briefing(
    op: &mut Op<'_, '_>,
    (unit, no, version): (Id<Unit>, u32, u32),
    content: &Briefing,
    close: bool,
) -> Result<(), Problem> {
    let row = one(op, unit, no)?;
    if row.version != version || row.state != OPEN {
        return Err(changed());
    }
    let today = op.today();
    if close && content.on > today {
        return Err(Problem::field("on", Said::new("meetings-in-future").with("day", today)));
    }
    if close && content.minutes.trim().is_empty() {
        return Err(Problem::field("minutes", Said::new("meetings-briefing-no-minutes")));
    }
    let absent: Vec<String> = content.absent.iter().map(ToString::to_string).collect();
    let (now, by, state) = (op.now(), op.viewer().name.clone(), if close { CLOSED } else { OPEN });
    let (agenda, minutes, absent) = (&content.agenda, &content.minutes, absent.join(" "));
    if store::save_briefing(op.tx(), unit, no, version, content.on, state, agenda, minutes, &absent, now, &by)? == 0 {
        return Err(changed());
    }
    let facts = json!({ "briefing": no });
    if close {
        record(op, unit, "meeting-briefing-closed", &facts);
    } else {
        record(op, unit, "meeting-briefing-written", &facts);
    }
    Ok(())
}

/// Gives a branch something to do; `among` are those under the committee. The same task sent twice counts once.
///
/// # Errors
/// A refusal without a text or with a day that is over; absent for a branch of somebody else.
pub fn brief_task(
    op: &mut Op<'_, '_>,
    (unit, no): (Id<Unit>, u32),
    (branch, among): (Id<Unit>, &[Id<Unit>]),
    (what, due): (&str, Day),
) -> Result<u32, Problem> {
    let row = one(op, unit, no)?;
    if !among.contains(&branch) {
        return Err(Problem::NotFound);
    }
    if what.is_empty() {
        return Err(Problem::field("what", Said::new("meetings-briefing-no-what")));
    }
    if due < row.on_day {
        return Err(Problem::field("due", Said::new("meetings-briefing-due-early").with("day", row.on_day)));
    }
    let mut tasks = store::briefing_tasks(op.tx(), unit)?;
    tasks.retain(|task| task.briefing_no == no);
    if let Some(same) = tasks.iter().find(|task| (task.branch_id, task.what.as_str(), task.due) == (branch, what, due))
    {
        return Ok(same.task_no);
    }
    let task = tasks.last().map_or(0, |task| task.task_no) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::add_briefing_task(op.tx(), unit, no, task, branch, what, due, Day::FOREVER, now, &by)?;
    record(op, unit, "meeting-briefing-task", &json!({ "briefing": no, "task": task, "branch": branch.to_string() }));
    Ok(task)
}

/// A task is done today.
///
/// # Errors
/// Absent for one that is not there.
pub fn end_brief_task(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32, task: u32) -> Result<(), Problem> {
    one(op, unit, no)?;
    let tasks = store::briefing_tasks(op.tx(), unit)?;
    tasks.iter().find(|row| (row.briefing_no, row.task_no) == (no, task)).ok_or(Problem::NotFound)?;
    let (today, now, by) = (op.today(), op.now(), op.viewer().name.clone());
    if store::end_briefing_task(op.tx(), unit, no, task, today, now, &by)? > 0 {
        record(op, unit, "meeting-briefing-task-done", &json!({ "briefing": no, "task": task }));
    }
    Ok(())
}
