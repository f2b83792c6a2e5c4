//! The facts a score is computed from, out of what was entered.

use std::collections::{BTreeMap, BTreeSet};

use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_store::Tx;

use crate::rules::{Counts, Facts, Given, Kind, Month, Presence, RollLine, excused_in_a_row};
use crate::store::{self, ItemRow, MeetingRow, RollRow, TaskRow};

/// Stored lines of a roll, as rules see them.
///
/// # Errors
/// A fault when a presence is not one.
pub fn roll_of(rows: &[RollRow]) -> Result<Vec<RollLine>, Problem> {
    let line = |row: &RollRow| {
        let presence = Presence::from_number(row.presence);
        let presence = presence.ok_or_else(|| Problem::fault(format!("a presence {}", row.presence)))?;
        Ok(RollLine { person: row.member_id, presence, spoke: !row.spoke_on.is_empty() })
    };
    rows.iter().map(line).collect()
}

/// Where somebody was at a meeting: month and number of the meeting first.
type Held = ((i32, u32), Presence);

/// The most excused absences in a row of anybody in the branch's closed and open meetings of the year up to this one.
fn excused(tx: &mut Tx<'_>, unit: Id<Unit>, row: &MeetingRow) -> Result<u32, Problem> {
    let month = Month(row.month);
    let january = Month(month.0 - i32::from(month.number()) + 1);
    let meetings = store::meetings_of(tx, unit, january.0, month.0)?;
    let numbers = || meetings.iter().map(|meeting| meeting.meeting_no);
    let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else { return Ok(0) };
    // Meetings are entered in the order of their months nearly always; the month decides, not the number.
    let months: BTreeMap<u32, i32> = meetings.iter().map(|meeting| (meeting.meeting_no, meeting.month)).collect();
    let mut lines: BTreeMap<Id<Person>, Vec<Held>> = BTreeMap::new();
    for seen in store::presences(tx, unit, first, last)? {
        if let (Some(month), Some(presence)) = (months.get(&seen.meeting_no), Presence::from_number(seen.presence)) {
            lines.entry(seen.member_id).or_default().push(((*month, seen.meeting_no), presence));
        }
    }
    let row = |mut line: Vec<Held>| {
        line.sort_unstable_by_key(|(when, _)| *when);
        excused_in_a_row(line.into_iter().map(|(_, presence)| presence))
    };
    Ok(lines.into_values().map(row).max().unwrap_or(0))
}

/// The assignments a meeting answers for (item 7), as they stand: of everybody on its roll, whoever gave them.
///
/// # Errors
/// Problems of the database.
pub(crate) fn answered(
    tx: &mut Tx<'_>,
    row: &MeetingRow,
    roll: &[RollRow],
    today: Day,
) -> Result<Vec<TaskRow>, Problem> {
    let on = row.on_day.unwrap_or(today);
    let members: Vec<Id<Person>> = roll.iter().map(|seat| seat.member_id).collect();
    let mut tasks = store::tasks_of_many(tx, &members)?;
    tasks.retain(|task| (task.unit_id, task.meeting_no) != (row.unit_id, row.meeting_no));
    if tasks.is_empty() {
        return Ok(tasks);
    }
    let before = previous(tx, row, on)?;
    let mut days: BTreeMap<(Id<Unit>, u32), Day> = BTreeMap::new();
    for task in &tasks {
        let key = (task.unit_id, task.meeting_no);
        if let std::collections::btree_map::Entry::Vacant(place) = days.entry(key)
            && let Some(day) = store::meeting(tx, key.0, key.1)?.and_then(|meeting| meeting.on_day)
        {
            place.insert(day);
        }
    }
    tasks.retain(|task| {
        days.get(&(task.unit_id, task.meeting_no)).is_some_and(|day| given(task, *day).counts(before, on))
    });
    tasks.sort_by_key(|task| (task.due, task.task_id));
    Ok(tasks)
}

fn given(task: &TaskRow, on: Day) -> Given {
    Given { on, due: task.due, outcome: task.outcome, done: task.done_on }
}

/// Day of the branch's regular meeting before this one, looked for a year and a half back.
fn previous(tx: &mut Tx<'_>, row: &MeetingRow, on: Day) -> Result<Option<Day>, Problem> {
    let meetings = store::meetings_of(tx, row.unit_id, row.month - 18, row.month)?;
    let regular = meetings.iter().filter(|other| {
        other.meeting_no != row.meeting_no && Kind::from_number(other.kind).is_some_and(Kind::is_regular)
    });
    Ok(regular.filter_map(|other| other.on_day).filter(|day| *day < on).max())
}

/// How many there are, and how many were done in time by the day of the meeting.
fn kept_of(answered: &[TaskRow], on: Day) -> (u32, u32) {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (count(answered.len()), count(answered.iter().filter(|task| given(task, task.due).kept(on)).count()))
}

/// The facts of a meeting.
///
/// # Errors
/// Problems of the database; a fault when something stored cannot be read.
pub fn facts(
    tx: &mut Tx<'_>,
    row: &MeetingRow,
    (items, roll): (&[ItemRow], &[RollRow]),
    today: Day,
) -> Result<Facts, Problem> {
    let before = answered(tx, row, roll, today)?;
    facts_of(tx, row, (items, roll, &before), today)
}

/// The same, of a meeting whose assignments were looked up already.
pub(crate) fn facts_of(
    tx: &mut Tx<'_>,
    row: &MeetingRow,
    (items, roll, before): (&[ItemRow], &[RollRow], &[TaskRow]),
    today: Day,
) -> Result<Facts, Problem> {
    let on = row.on_day.unwrap_or(today);
    let count = |part: u8| u32::try_from(items.iter().filter(|item| item.part == part).count()).unwrap_or(u32::MAX);
    let minuted = [&row.report, &row.discussion, &row.conclusion].iter().all(|text| !text.trim().is_empty());
    Ok(Facts {
        kind: Kind::from_number(row.kind).ok_or_else(|| Problem::fault(format!("a kind {}", row.kind)))?,
        on,
        lasted: row.begins.zip(row.ends).map_or(0, |(from, to)| to.saturating_sub(from)),
        counts: Counts::of(&roll_of(roll)?),
        excused_in_a_row: excused(tx, row.unit_id, row)?,
        noticed: row.noticed_on.is_some_and(|day| day <= on),
        documents: row.posted_documents,
        prepared: row.prepared == 1,
        items: (count(1), count(2)),
        ideology: row.ideology,
        minuted,
        concluded: row.posted_conclusion,
        tasks: kept_of(before, on),
        ticks: row.ticks.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>(),
    })
}
