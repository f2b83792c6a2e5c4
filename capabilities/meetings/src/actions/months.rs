//! The row of a branch's month, kept beside every change of its meetings.

use chibo_kernel::{Day, Id, Permission, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::facts::roll_of;
use super::{CLOSED, OPEN, record};
use crate::kept::Kept;
use crate::rules::{Counts, Kind, Month, Terms};
use crate::store::{self, MeetingRow, MonthRow};

/// Nothing is known of the month.
pub(crate) const NOTHING: u8 = 0;
/// A regular meeting is open.
pub(crate) const BEGUN: u8 = 1;
/// A regular meeting is closed.
pub(crate) const MET: u8 = 2;
/// It was said that there is none.
pub(crate) const NONE: u8 = 3;

fn now_of(op: &mut Op<'_, '_>, unit: Id<Unit>, month: Month) -> Result<MonthRow, Problem> {
    let now = op.now();
    let empty = MonthRow {
        unit_id: unit,
        month: month.0,
        met: NOTHING,
        thematic: 0,
        late: 0,
        due: 0,
        present: 0,
        spoke: 0,
        score: 0,
        grade: 0,
        seen_score: 0,
        reason: String::new(),
        recorded_at: now,
    };
    Ok(store::month(op.tx(), unit, month.0)?.unwrap_or(empty))
}

fn put(op: &mut Op<'_, '_>, row: &MonthRow) -> Result<(), Problem> {
    let now = op.now();
    store::put_month(
        op.tx(),
        row.unit_id,
        row.month,
        row.met,
        row.thematic,
        row.late,
        row.due,
        row.present,
        row.spoke,
        row.score,
        row.grade,
        row.seen_score,
        &row.reason,
        now,
    )
    .map(drop)
}

/// A meeting of the month with what its last closing said.
struct Closed {
    kind: Kind,
    counts: Counts,
    points: u32,
    grade: u8,
    /// Day of the first closing.
    first: Day,
}

/// What a meeting last was when it was closed; nothing for one that never was. Those a loader wrote have no closings: they are
/// as they stand, and what the month says of them stays.
fn closed(op: &mut Op<'_, '_>, row: &MeetingRow, old: &MonthRow) -> Result<Option<Closed>, Problem> {
    let (unit, no) = (row.unit_id, row.meeting_no);
    let closings = store::closings(op.tx(), unit, no)?;
    let kind = |number: u8| Kind::from_number(number).ok_or_else(|| Problem::fault(format!("a kind {number}")));
    if let (Some(first), Some(last)) = (closings.first(), closings.last()) {
        let kept = Kept::read(unit, no, last)?;
        return Ok(Some(Closed {
            kind: kind(kept.row.kind)?,
            counts: Counts::of(&roll_of(&kept.roll)?),
            points: last.score,
            grade: last.grade,
            first: first.recorded_at.day(),
        }));
    }
    if row.state != CLOSED {
        return Ok(None);
    }
    let counts = Counts::of(&roll_of(&store::roll(op.tx(), unit, no)?)?);
    let (kind, first) = (kind(row.kind)?, row.recorded_at.day());
    Ok(Some(Closed { kind, counts, points: old.score, grade: old.grade, first }))
}

/// Makes the row of a month anew from all closings of its meetings: after an opening, a closing, a correction, a change of kind,
/// a removal.
pub(super) fn rebuild(op: &mut Op<'_, '_>, unit: Id<Unit>, month: Month) -> Result<(), Problem> {
    let old = now_of(op, unit, month)?;
    let mut row = MonthRow {
        met: if old.reason.is_empty() { NOTHING } else { NONE },
        thematic: 0,
        late: 0,
        due: 0,
        present: 0,
        spoke: 0,
        score: 0,
        grade: 0,
        ..old.clone()
    };
    for meeting in store::meetings_of(op.tx(), unit, month.0, month.0)? {
        let closed = closed(op, &meeting, &old)?;
        if let Some(closed) = &closed {
            row.thematic |= u8::from(closed.kind.is_thematic());
        }
        match closed.filter(|closed| closed.kind.is_regular()) {
            Some(closed) => {
                let by = Terms::on(month.last())?.close_by(month);
                (row.met, row.late) = (MET, u8::from(closed.first > by));
                (row.due, row.present, row.spoke) = (closed.counts.due(), closed.counts.present, closed.counts.spoke);
                (row.score, row.grade) = (closed.points, closed.grade);
            }
            None if meeting.state == OPEN && Kind::from_number(meeting.kind).is_some_and(Kind::is_regular) => {
                row.met = if row.met == MET { MET } else { BEGUN };
            }
            None => {}
        }
    }
    if matches!(row.met, BEGUN | MET) {
        row.reason = String::new();
    }
    if row.met != MET {
        row.seen_score = 0;
    }
    put(op, &row)
}

/// Says why a branch has no meeting in a month (MTG-01).
///
/// # Errors
/// A refusal without a reason or for a month that had its meeting.
pub fn say_none(op: &mut Op<'_, '_>, unit: Id<Unit>, month: Month, reason: &str) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    if reason.trim().chars().count() < 5 {
        return Err(Problem::field("none-reason", Said::new("meetings-none-reason")));
    }
    if month > Month::of(op.today()) {
        return Err(Problem::field("none-month", Said::new("meetings-in-future").with("day", op.today())));
    }
    let mut row = now_of(op, unit, month)?;
    if matches!(row.met, BEGUN | MET) {
        return Err(Problem::rule("MTG-01", Said::new("meetings-month-has-one").with("month", month.text())));
    }
    (row.met, row.reason) = (NONE, reason.trim().to_owned());
    put(op, &row)?;
    record(op, unit, "meeting-none", &json!({ "month": month.code(), "reason": reason.trim() }));
    Ok(())
}

/// The score an observer from above gave a month's meeting; it stands beside the branch's own.
///
/// # Errors
/// A refusal for a month without a closed meeting or a score above 100; absent for whoever does not stand above.
pub fn observe(op: &mut Op<'_, '_>, unit: Id<Unit>, month: Month, points: u32) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    let mut row = now_of(op, unit, month)?;
    if row.met != MET {
        return Err(Problem::rule("MTG-12", Said::new("meetings-not-closed").with("month", month.text())));
    }
    if !(1..=100).contains(&points) {
        return Err(Problem::field("points", Said::new("meetings-points-range")));
    }
    row.seen_score = points;
    put(op, &row)?;
    record(op, unit, "meeting-observed", &json!({ "month": month.code(), "points": points }));
    Ok(())
}
