//! The facts a score is computed from, out of what was entered.

use std::collections::{BTreeMap, BTreeSet};

use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_store::Tx;

use crate::rules::{Counts, Facts, Kind, Month, Presence, RollLine, excused_in_a_row};
use crate::store::{self, ItemRow, MeetingRow, RollRow};

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

/// Assignments due in the month before a meeting: all, done in time.
fn tasks(tx: &mut Tx<'_>, unit: Id<Unit>, on: Day) -> Result<(u32, u32), Problem> {
    let due = store::tasks_due(tx, unit, on.plus_months(-1), on)?;
    let counted = || due.iter().filter(|task| task.outcome != 3);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok((count(counted().count()), count(counted().filter(|task| task.outcome == 1).count())))
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
        tasks: tasks(tx, row.unit_id, on)?,
        ticks: row.ticks.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>(),
    })
}
