//! A meeting is closed: the score is computed, everything is kept as it is; a correction is another closing with its reason.

use chibo_kernel::{Id, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::facts::{facts, roll_of};
use super::{CLOSED, OPEN, changed, draft, held, months, record};
use crate::rules::{Draft, Facts, Grade, Kind, Month, Score, Terms, check_close, score};
use crate::store::{self, ItemRow, MeetingRow, RollRow};

/// What is closed, as a text that can be read without this program.
fn sheet(score: &Score) -> String {
    let line = |line: &crate::rules::Line| json!({ "criterion": line.criterion, "item": line.item, "most": line.most, "got": line.got });
    json!({ "total": score.total, "lines": score.lines.iter().map(line).collect::<Vec<_>>() }).to_string()
}

fn kept(row: &MeetingRow, items: &[ItemRow], roll: &[RollRow]) -> String {
    let item = |item: &ItemRow| json!({ "part": item.part, "topic": item.topic, "title": item.title });
    let seat = |seat: &RollRow| {
        json!({ "person": seat.member_id.to_string(), "presence": seat.presence, "reason": seat.reason,
                "spoke": seat.spoke_on })
    };
    json!({
        "kind": row.kind, "month": Month(row.month).code(), "on": row.on_day.map(chibo_kernel::Day::iso),
        "from": row.begins, "to": row.ends, "place": row.place,
        "chair": row.chair_id.map(|id| id.to_string()), "secretary": row.secretary_id.map(|id| id.to_string()),
        "guests": row.guests, "ideology": row.ideology, "report": row.report, "discussion": row.discussion,
        "conclusion": row.conclusion, "ticks": row.ticks, "prepared": row.prepared,
        "noticed": row.noticed_on.map(chibo_kernel::Day::iso),
        "documents": row.posted_documents.map(chibo_kernel::Day::iso),
        "concluded": row.posted_conclusion.map(chibo_kernel::Day::iso),
        "items": items.iter().map(item).collect::<Vec<_>>(), "roll": roll.iter().map(seat).collect::<Vec<_>>(),
    })
    .to_string()
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
    let (items, roll) = (store::items(op.tx(), unit, no)?, store::roll(op.tx(), unit, no)?);
    let before = store::closings(op.tx(), unit, no)?;
    if !before.is_empty() && reason.trim().is_empty() {
        return Err(Problem::field("reason", Said::new("meetings-correction-reason")));
    }
    let today = op.today();
    let facts = facts(op.tx(), &row, (&items, &roll), today)?;
    let draft = draft_of(op, &row, &facts, &roll)?;
    let issues = check_close(&draft, today);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let terms = Terms::on(facts.on)?;
    let found = score(&facts, &terms);
    let grade = Grade::of(found.total, &terms);
    let (now, by) = (op.now(), op.viewer().name.clone());
    if store::set_state(op.tx(), unit, no, version, CLOSED, now, &by)? == 0 {
        return Err(changed());
    }
    let closing = u32::try_from(before.len()).unwrap_or(u32::MAX).saturating_add(1);
    let (sheet, kept) = (sheet(&found), kept(&row, &items, &roll));
    let (points, number) = (found.total, grade.number());
    store::add_closing(op.tx(), unit, no, closing, reason, points, number, &found.version, &sheet, &kept, now, &by)?;
    store::drop_drafts(op.tx(), unit, no)?;
    months::closed(op, unit, Month(row.month), &facts, (points, grade))?;
    let detail = json!({ "no": no, "closing": closing, "score": points, "reason": reason });
    record(op, unit, "meeting-closed", &detail);
    Ok(found)
}

/// Opens a closed meeting to correct it; what was closed stays as it was.
///
/// # Errors
/// A conflict when somebody was faster or it is open.
pub fn reopen(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32, version: u32) -> Result<(), Problem> {
    let row = held(op, unit, no, version)?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    if row.state != CLOSED || store::set_state(op.tx(), unit, no, version, OPEN, now, &by)? == 0 {
        return Err(changed());
    }
    record(op, unit, "meeting-reopened", &json!({ "no": no }));
    Ok(())
}
