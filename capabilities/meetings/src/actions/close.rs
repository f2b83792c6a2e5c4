//! A meeting is closed: the score is computed, everything is kept as it is; a correction is another closing with its reason.

use chibo_kernel::{Day, Id, Moment, Problem, Said, Unit};
use chibo_store::{Op, Tx};
use serde_json::json;

use super::facts::{answered, facts_of, roll_of};
use super::{CLOSED, OPEN, changed, draft, held, months, record};
use crate::kept::{self, Kept};
use crate::rules::{Draft, Facts, Grade, Kind, Month, Score, Terms, check_close, score};
use crate::store::{self, ClosingRow, MeetingRow, RollRow};

/// Everything of a meeting as it stands now.
pub(crate) fn whole(tx: &mut Tx<'_>, row: &MeetingRow, today: Day) -> Result<Kept, Problem> {
    let (unit, no) = (row.unit_id, row.meeting_no);
    let roll = store::roll(tx, unit, no)?;
    let mut visits = store::visits_of(tx, unit)?;
    visits.retain(|visit| visit.meeting_no == no);
    Ok(Kept {
        items: store::items(tx, unit, no)?,
        votes: store::votes(tx, unit, no)?,
        tasks: store::tasks_given(tx, unit, no)?,
        before: answered(tx, row, &roll, today)?,
        roll,
        visits,
        row: row.clone(),
    })
}

fn regular_already(op: &mut Op<'_, '_>, row: &MeetingRow) -> Result<bool, Problem> {
    let others = store::meetings_of(op.tx(), row.unit_id, row.month, row.month)?;
    let regular = |other: &MeetingRow| {
        other.meeting_no != row.meeting_no && Kind::from_number(other.kind).is_some_and(Kind::is_regular)
    };
    Ok(others.iter().any(regular))
}

fn draft_of(op: &mut Op<'_, '_>, row: &MeetingRow, facts: &Facts, roll: &[RollRow]) -> Result<Draft, Problem> {
    Ok(Draft {
        kind: facts.kind,
        month: Month(row.month),
        on: row.on_day,
        from: row.begins,
        to: row.ends,
        roll: roll_of(roll)?,
        conclusion: row.conclusion.clone(),
        chaired: row.chair_id.is_some(),
        regular_already: regular_already(op, row)?,
        items: usize::try_from(facts.items.0 + facts.items.1).unwrap_or(usize::MAX),
    })
}

/// Closes a meeting; a second closing needs its reason.
///
/// # Errors
/// Every reason at once (MTG-01, MTG-03, MTG-08, MTG-10); a conflict when somebody was faster.
pub fn close(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32, version: u32, reason: &str) -> Result<Score, Problem> {
    let row = draft(op, unit, no, version)?;
    let before = store::closings(op.tx(), unit, no)?;
    if !before.is_empty() && reason.trim().is_empty() {
        return Err(super::refused("reason", "MTG-20", Said::new("meetings-correction-reason")));
    }
    let today = op.today();
    let whole = whole(op.tx(), &row, today)?;
    let facts = facts_of(op.tx(), &row, (&whole.items, &whole.roll, &whole.before), today)?;
    let draft = draft_of(op, &row, &facts, &whole.roll)?;
    let terms = Terms::on(facts.on)?;
    let mut issues = check_close(&draft, today);
    issues.extend(super::pilot::check(op.tx(), unit, facts.on, (&row.place, &terms))?);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let found = score(&facts, &terms);
    let (now, by) = (op.now(), op.viewer().name.clone());
    if store::set_state(op.tx(), unit, no, version, CLOSED, now, &by)? == 0 {
        return Err(changed());
    }
    let closing = add(op, &whole, before.len(), reason.trim(), (&found, &terms))?;
    store::drop_drafts(op.tx(), unit, no)?;
    months::rebuild(op, unit, Month(row.month))?;
    let detail = json!({ "no": no, "closing": closing, "score": found.total, "reason": reason.trim() });
    record(op, unit, "meeting-closed", &detail);
    Ok(found)
}

/// One more closing behind those there are; its number.
fn add(
    op: &mut Op<'_, '_>,
    whole: &Kept,
    before: usize,
    reason: &str,
    (found, terms): (&Score, &Terms),
) -> Result<u32, Problem> {
    let when = (op.now(), op.viewer().name.clone());
    add_at(op, whole, before, reason, (found, terms), when)
}

fn add_at(
    op: &mut Op<'_, '_>,
    whole: &Kept,
    before: usize,
    reason: &str,
    (found, terms): (&Score, &Terms),
    (now, by): (Moment, String),
) -> Result<u32, Problem> {
    let (unit, no) = (whole.row.unit_id, whole.row.meeting_no);
    let closing = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1);
    let (points, number) = (found.total, Grade::of(found.total, terms).number());
    let (sheet, text) = (kept::sheet(found), whole.text());
    store::add_closing(op.tx(), unit, no, closing, reason, points, number, &found.version, &sheet, &text, now, &by)?;
    Ok(closing)
}

/// The closings of a closed meeting. One that a loader wrote has none: what it was is kept now as its first, so that whatever comes
/// next corrects something.
fn closings_of(op: &mut Op<'_, '_>, row: &MeetingRow) -> Result<Vec<ClosingRow>, Problem> {
    let (unit, no, today) = (row.unit_id, row.meeting_no, op.today());
    let known = store::closings(op.tx(), unit, no)?;
    if !known.is_empty() {
        return Ok(known);
    }
    let whole = whole(op.tx(), row, today)?;
    let facts = facts_of(op.tx(), row, (&whole.items, &whole.roll, &whole.before), today)?;
    let terms = Terms::on(facts.on)?;
    let found = score(&facts, &terms);
    add_at(op, &whole, 0, "", (&found, &terms), (row.recorded_at, row.recorded_by.clone()))?;
    store::closings(op.tx(), unit, no)
}

/// Says on which day the conclusion of a closed meeting was posted: usually after it was closed (MTG-04), so it needs no
/// correction; the sheet gets that one line anew and is kept as one more closing.
///
/// # Errors
/// A refusal for a day before the meeting or after today, or when a day stands there already; a conflict when somebody was
/// faster or it is open.
pub fn posted(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32, version: u32, day: Day) -> Result<(), Problem> {
    let row = held(op, unit, no, version)?;
    if row.state != CLOSED {
        return Err(changed());
    }
    let (today, on) = (op.today(), row.on_day.unwrap_or(day));
    if day > today {
        return Err(Problem::field("posted", Said::new("meetings-in-future").with("day", today)));
    }
    if day < on {
        return Err(Problem::field("posted", Said::new("meetings-posted-before").with("day", on)));
    }
    if row.posted_conclusion.is_some() {
        return Err(Problem::field("posted", Said::new("meetings-posted-already")));
    }
    conclusion_posted(op, &row, day)
}

/// The same for a day that was checked: also for one that follows from what was posted.
pub(super) fn conclusion_posted(op: &mut Op<'_, '_>, row: &MeetingRow, day: Day) -> Result<(), Problem> {
    let (unit, no, on) = (row.unit_id, row.meeting_no, row.on_day.unwrap_or(day));
    let before = closings_of(op, row)?;
    let terms = Terms::on(on)?;
    let last = before.last().ok_or_else(|| Problem::fault("a closed meeting without a closing"))?;
    let (mut whole, old) = (Kept::read(unit, no, last)?, kept::score(last)?);
    let found = old.posted(&terms, on, day);
    whole.row.posted_conclusion = Some(day);
    let (now, by) = (op.now(), op.viewer().name.clone());
    if store::put_posted(op.tx(), unit, no, row.version, day, now, &by)? == 0 {
        return Err(changed());
    }
    let closing = add(op, &whole, before.len(), "", (&found, &terms))?;
    months::rebuild(op, unit, Month(row.month))?;
    record(
        op,
        unit,
        "meeting-posted",
        &json!({ "no": no, "closing": closing, "day": day.iso(), "score": found.total }),
    );
    Ok(())
}

/// Opens a closed meeting to correct it; what was closed stays as it was.
///
/// # Errors
/// A conflict when somebody was faster or it is open.
pub fn reopen(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32, version: u32) -> Result<(), Problem> {
    let row = held(op, unit, no, version)?;
    if row.state != CLOSED {
        return Err(changed());
    }
    closings_of(op, &row)?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    if store::set_state(op.tx(), unit, no, version, OPEN, now, &by)? == 0 {
        return Err(changed());
    }
    record(op, unit, "meeting-reopened", &json!({ "no": no }));
    Ok(())
}
