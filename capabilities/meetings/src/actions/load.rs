//! Many closed meetings at once, for the demonstration.

use chibo_kernel::{Id, Person, Problem, Unit};
use chibo_store::{Op, Param, Value};

use crate::store;
pub use crate::store::{MeetingRow, MonthRow};

/// A closed meeting with its roll and its month.
#[derive(Clone, Debug)]
pub struct LoadedMeeting {
    /// The meeting.
    pub row: MeetingRow,
    /// Agenda: part, title.
    pub items: Vec<(u8, &'static str)>,
    /// Who was where: member, presence, spoke.
    pub roll: Vec<(Id<Person>, u8, bool)>,
    /// Its month.
    pub month: MonthRow,
}

fn meeting_values(row: &MeetingRow) -> [Value<'_>; 24] {
    [
        row.unit_id.value(),
        row.meeting_no.value(),
        row.kind.value(),
        row.month.value(),
        row.state.value(),
        row.version.value(),
        row.on_day.as_ref().map_or(Value::Null, Param::value),
        row.begins.as_ref().map_or(Value::Null, Param::value),
        row.ends.as_ref().map_or(Value::Null, Param::value),
        row.place.value(),
        row.chair_id.as_ref().map_or(Value::Null, Param::value),
        row.secretary_id.as_ref().map_or(Value::Null, Param::value),
        row.guests.value(),
        row.ideology.value(),
        row.report.value(),
        row.discussion.value(),
        row.conclusion.value(),
        row.ticks.value(),
        row.prepared.value(),
        row.noticed_on.as_ref().map_or(Value::Null, Param::value),
        row.posted_documents.as_ref().map_or(Value::Null, Param::value),
        row.posted_conclusion.as_ref().map_or(Value::Null, Param::value),
        row.recorded_at.value(),
        row.recorded_by.value(),
    ]
}

fn month_values(row: &MonthRow) -> [Value<'_>; 13] {
    [
        row.unit_id.value(),
        row.month.value(),
        row.met.value(),
        row.thematic.value(),
        row.late.value(),
        row.due.value(),
        row.present.value(),
        row.spoke.value(),
        row.score.value(),
        row.grade.value(),
        row.seen_score.value(),
        row.reason.value(),
        row.recorded_at.value(),
    ]
}

/// Whether anything was ever written about a branch.
///
/// # Errors
/// Problems of the database.
pub fn is_begun(op: &mut Op<'_, '_>, unit: Id<Unit>) -> Result<bool, Problem> {
    Ok(store::last_no(op.tx(), unit)?.flatten().is_some())
}

/// Writes them as they are: the caller answers for what they say.
///
/// # Errors
/// Problems of the database.
pub fn load(op: &mut Op<'_, '_>, meetings: &[LoadedMeeting]) -> Result<(), Problem> {
    store::load_meetings(op.tx(), meetings.iter().map(|meeting| meeting_values(&meeting.row)))?;
    store::load_months(op.tx(), meetings.iter().map(|meeting| month_values(&meeting.month)))?;
    let numbers: Vec<u32> = (1..=16).collect();
    let items = meetings
        .iter()
        .flat_map(|meeting| meeting.items.iter().zip(&numbers).map(move |(item, seq)| (&meeting.row, item, seq)));
    let values = items.map(|(row, (part, title), seq)| {
        [row.unit_id.value(), row.meeting_no.value(), seq.value(), part.value(), Value::Text(""), Value::Text(title)]
    });
    store::load_items(op.tx(), values)?;
    let seats = meetings.iter().flat_map(|meeting| meeting.roll.iter().map(move |seat| (&meeting.row, seat)));
    let values = seats.map(|(row, (person, presence, spoke))| {
        let spoke = if *spoke { "1" } else { "" };
        [
            row.unit_id.value(),
            row.meeting_no.value(),
            person.value(),
            presence.value(),
            Value::Text(""),
            Value::Text(spoke),
        ]
    });
    store::add_roll(op.tx(), values).map(drop)
}
