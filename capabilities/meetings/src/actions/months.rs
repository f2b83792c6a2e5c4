//! The row of a branch's month, kept beside every change of its meetings.

use chibo_kernel::{Id, Permission, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::record;
use crate::rules::{Facts, Grade, Month};
use crate::store::{self, MonthRow};

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

/// The regular meeting was opened.
pub(super) fn opened(op: &mut Op<'_, '_>, unit: Id<Unit>, month: Month) -> Result<(), Problem> {
    let mut row = now_of(op, unit, month)?;
    (row.met, row.reason) = (BEGUN, String::new());
    put(op, &row)
}

/// A meeting was taken out before it was closed.
pub(super) fn dropped(op: &mut Op<'_, '_>, unit: Id<Unit>, month: Month) -> Result<(), Problem> {
    let mut row = now_of(op, unit, month)?;
    if row.met == BEGUN {
        row.met = NOTHING;
        put(op, &row)?;
    }
    Ok(())
}

/// A meeting was closed: a regular one gives the month its figures, a thematic one its theme.
pub(super) fn closed(
    op: &mut Op<'_, '_>,
    unit: Id<Unit>,
    month: Month,
    facts: &Facts,
    (points, grade): (u32, Grade),
) -> Result<(), Problem> {
    let mut row = now_of(op, unit, month)?;
    if facts.kind.is_thematic() {
        row.thematic = 1;
    }
    if facts.kind.is_regular() {
        let late = op.today() > month.last().plus_days(2);
        (row.met, row.late) = (MET, u8::from(late));
        (row.due, row.present, row.spoke) = (facts.counts.due(), facts.counts.present, facts.counts.spoke);
        (row.score, row.grade, row.reason) = (points, grade.number(), String::new());
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
