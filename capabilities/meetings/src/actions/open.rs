//! The month's meeting is opened, from the last one where there is one.

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_store::{Op, Tx};
use serde_json::json;

use super::{draft, months, record};
use crate::rules::{Kind, Month, Terms};
use crate::store;

/// A meeting to be opened.
#[derive(Clone, Debug)]
pub struct New {
    /// Branch.
    pub unit: Id<Unit>,
    /// Kind.
    pub kind: Kind,
    /// Planned for; the month follows from it.
    pub on: Day,
    /// Minutes of the day it begins and ends.
    pub times: (u32, u32),
    /// Where.
    pub place: String,
    /// The number it was to get when the form was made: the same form sent twice opens one meeting.
    pub next: Option<u32>,
    /// Topics of the agenda: part, code of a required topic or nothing, title.
    pub items: Vec<(u8, String, String)>,
}

/// Farther ahead nobody plans a meeting.
const AHEAD_DAYS: i32 = 62;

fn check(op: &mut Op<'_, '_>, new: &New) -> Result<(), Problem> {
    let month = Month::of(new.on);
    if new.on > op.today().plus_days(AHEAD_DAYS) {
        return Err(super::refused("on", "MTG-08", Said::new("meetings-too-far").with("day", new.on)));
    }
    if new.times.1 <= new.times.0 {
        return Err(super::refused("to", "MTG-03", Said::new("meetings-end-before-start")));
    }
    if let Some(issue) = super::pilot::check(op.tx(), new.unit, new.on, (&new.place, &Terms::on(new.on)?))? {
        return Err(Problem::Refused(vec![issue]));
    }
    let regular = |row: &store::MeetingRow| Kind::from_number(row.kind).is_some_and(Kind::is_regular);
    let rows = store::meetings_of(op.tx(), new.unit, month.0, month.0)?;
    if new.kind.is_regular() && rows.iter().any(regular) {
        let said = Said::new("meetings-regular-twice").with("month", month.text());
        return Err(super::refused("kind", "MTG-01", said));
    }
    Ok(())
}

/// The number a branch's next meeting gets: none is given twice, not even that of a meeting taken out.
///
/// # Errors
/// Problems of the database.
pub(crate) fn next_no(tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<u32, Problem> {
    let last = store::last_no(tx, unit)?.flatten().unwrap_or(0).max(store::dropped_no(tx, unit)?.unwrap_or(0));
    Ok(u32::try_from(last).map_err(Problem::fault)? + 1)
}

/// The meeting the same form has opened already.
fn again(op: &mut Op<'_, '_>, new: &New) -> Result<Option<u32>, Problem> {
    let Some(no) = new.next else { return Ok(None) };
    let row = store::meeting(op.tx(), new.unit, no)?;
    let same = |row: &store::MeetingRow| {
        row.kind == new.kind.number()
            && row.month == Month::of(new.on).0
            && row.on_day == Some(new.on)
            && (row.begins, row.ends) == (Some(new.times.0), Some(new.times.1))
            && row.recorded_by == op.viewer().name
    };
    Ok(row.filter(same).map(|row| row.meeting_no))
}

/// Who chaired and who kept the minutes last time.
fn last_officers(op: &mut Op<'_, '_>, unit: Id<Unit>) -> Result<[Option<Id<Person>>; 2], Problem> {
    let no = store::last_no(op.tx(), unit)?.flatten().and_then(|no| u32::try_from(no).ok());
    let last = match no {
        Some(no) => store::meeting(op.tx(), unit, no)?,
        None => None,
    };
    Ok(last.map_or([None; 2], |row| [row.chair_id, row.secretary_id]))
}

/// Opens a meeting; its number within the branch.
///
/// # Errors
/// A second regular meeting of the month (MTG-01), a day too far ahead, an end before the beginning; absent for a branch out of
/// reach.
pub fn open(op: &mut Op<'_, '_>, new: &New) -> Result<u32, Problem> {
    op.permit(Permission::EditMembers, new.unit)?;
    if let Some(same) = again(op, new)? {
        return Ok(same);
    }
    check(op, new)?;
    let no = next_no(op.tx(), new.unit)?;
    let [chair, secretary] = last_officers(op, new.unit)?;
    let (now, by, month) = (op.now(), op.viewer().name.clone(), Month::of(new.on));
    let (from, to) = (Some(new.times.0), Some(new.times.1));
    let kind = new.kind.number();
    store::add_meeting(
        op.tx(),
        new.unit,
        no,
        kind,
        month.0,
        Some(new.on),
        from,
        to,
        &new.place,
        chair,
        secretary,
        now,
        &by,
    )?;
    for (seq, (part, topic, title)) in (1u32..).zip(&new.items) {
        store::add_item(op.tx(), new.unit, no, seq, *part, topic, title)?;
    }
    super::posting::link(op, new.unit, no)?;
    if new.kind.is_regular() {
        months::rebuild(op, new.unit, month)?;
    }
    record(op, new.unit, "meeting-opened", &json!({ "no": no, "month": month.code(), "on": new.on.iso() }));
    Ok(no)
}

/// Takes out a meeting that never took place and was never closed.
///
/// # Errors
/// A conflict when somebody was faster; a refusal for one that was closed once.
pub fn drop_open(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32, version: u32) -> Result<(), Problem> {
    let row = draft(op, unit, no, version)?;
    if !store::closings(op.tx(), unit, no)?.is_empty() {
        return Err(Problem::rule("MTG-20", Said::new("meetings-was-closed")));
    }
    if !store::tasks_given(op.tx(), unit, no)?.is_empty() {
        return Err(Problem::rule("MTG-11", Said::new("meetings-has-tasks")));
    }
    store::drop_items(op.tx(), unit, no)?;
    store::drop_roll(op.tx(), unit, no)?;
    for vote in store::votes(op.tx(), unit, no)? {
        store::drop_vote(op.tx(), unit, no, vote.seq)?;
    }
    store::drop_meeting(op.tx(), unit, no)?;
    store::drop_link(op.tx(), unit, no)?;
    store::drop_postings(op.tx(), unit, no)?;
    store::drop_visits(op.tx(), unit, no)?;
    store::drop_drafts(op.tx(), unit, no)?;
    let before = store::dropped_no(op.tx(), unit)?.and_then(|no| u32::try_from(no).ok()).unwrap_or(0);
    store::put_dropped_no(op.tx(), unit, before.max(no))?;
    months::rebuild(op, unit, Month(row.month))?;
    record(op, unit, "meeting-dropped", &json!({ "no": no }));
    Ok(())
}
