//! Closed meetings are drawn by lot, and an observer's points stand beside the branch's own (MTG-12).

use chibo_kernel::{Id, Issue, Permission, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::{CLOSED, observe, record};
use crate::rules::observed::{Criterion, criteria, observed, text};
use crate::rules::{Kind, Month, Seed, WANTED, draw};
use crate::store::{self, DrawnRow};

/// The closed regular meeting of a branch's month, with its number and its last points.
fn closed(op: &mut Op<'_, '_>, branch: Id<Unit>, month: Month) -> Result<Option<(u32, u32)>, Problem> {
    let rows = store::meetings_of(op.tx(), branch, month.0, month.0)?;
    let regular = |row: &&store::MeetingRow| Kind::from_number(row.kind).is_some_and(Kind::is_regular);
    let Some(row) = rows.iter().filter(|row| row.state == CLOSED).find(regular) else { return Ok(None) };
    let closings = store::closings(op.tx(), branch, row.meeting_no)?;
    Ok(closings.last().map(|closing| (row.meeting_no, closing.score)))
}

/// Draws among branches that met in a month; the number of the draw. `among` are those under the committee.
///
/// # Errors
/// A refusal for a number nobody draws, for a month to come, and when nobody has met; absent for whoever does not stand above.
pub fn draw_meetings(
    op: &mut Op<'_, '_>,
    committee: Id<Unit>,
    month: Month,
    among: &[Id<Unit>],
    wanted: u32,
) -> Result<u32, Problem> {
    op.permit(Permission::EditUnits, committee)?;
    if !WANTED.contains(&wanted) {
        let said = Said::new("meetings-draw-wanted").with("least", WANTED.start()).with("most", WANTED.end());
        return Err(Problem::field("wanted", said));
    }
    let seed = Seed(op.random());
    let mut found = Vec::new();
    // A branch whose meeting was opened again for a correction has none now: the next ticket takes its place.
    for (branch, ticket) in draw(seed, month, among, u32::MAX) {
        if found.len() >= usize::try_from(wanted).unwrap_or(usize::MAX) {
            break;
        }
        if let Some((no, own)) = closed(op, branch, month)? {
            found.push((branch, ticket, no, own));
        }
    }
    if found.is_empty() {
        let said = Said::new("meetings-draw-nothing").with("month", month.text());
        return Err(Problem::Refused(vec![Issue { field: Some("month".to_owned()), rule: Some("MTG-12"), said }]));
    }
    let no = store::draws(op.tx(), committee)?.first().map_or(0, |row| row.draw_no) + 1;
    let (now, by, count) = (op.now(), op.viewer().name.clone(), u32::try_from(among.len()).unwrap_or(u32::MAX));
    store::add_draw(op.tx(), committee, no, month.0, wanted, count, &seed.text(), now, &by)?;
    for (branch, ticket, meeting, own) in &found {
        store::add_drawn(op.tx(), committee, no, *branch, *meeting, &format!("{ticket:016x}"), *own, now, &by)?;
    }
    let detail = json!({ "draw": no, "month": month.code(), "wanted": wanted, "among": count, "seed": seed.text() });
    record(op, committee, "meeting-drawn", &detail);
    Ok(no)
}

/// The criteria of a branch's last closing of a meeting.
///
/// # Errors
/// Absent without a closing; a fault when what was kept cannot be read.
pub fn closed_criteria(
    tx: &mut chibo_store::Tx<'_>,
    branch: Id<Unit>,
    no: u32,
) -> Result<(u32, Vec<Criterion>), Problem> {
    let closing = store::closings(tx, branch, no)?.pop().ok_or(Problem::NotFound)?;
    let sheet: serde_json::Value = serde_json::from_str(&closing.sheet).map_err(Problem::fault)?;
    let lines = sheet.get("lines").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    let number = |line: &serde_json::Value, name: &str| {
        u32::try_from(line.get(name).and_then(serde_json::Value::as_u64).unwrap_or(0)).unwrap_or(0)
    };
    let item = |line: &serde_json::Value| {
        (u8::try_from(number(line, "criterion")).unwrap_or(0), number(line, "most"), number(line, "got"))
    };
    Ok((closing.score, criteria(lines.iter().map(item))))
}

/// What an observer gave a drawn meeting; it also stands as the month's second score.
///
/// # Errors
/// Every wrong box at once; absent when it was not drawn or for whoever does not stand above.
pub fn score_drawn(
    op: &mut Op<'_, '_>,
    (committee, draw_no, branch): (Id<Unit>, u32, Id<Unit>),
    typed: impl Fn(&str) -> String,
    remark: &str,
) -> Result<u32, Problem> {
    op.permit(Permission::EditUnits, committee)?;
    let drawn: Vec<DrawnRow> = store::drawn(op.tx(), committee)?;
    let row = drawn.into_iter().find(|row| row.draw_no == draw_no && row.branch_id == branch);
    let row = row.ok_or(Problem::NotFound)?;
    let month = store::one_draw(op.tx(), committee, draw_no)?.ok_or(Problem::NotFound)?.month;
    let (own, criteria) = closed_criteria(op.tx(), branch, row.meeting_no)?;
    let (total, points) = observed(&criteria, typed).map_err(Problem::Refused)?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::put_seen(op.tx(), committee, draw_no, branch, own, total, &text(&points), remark.trim(), now, &by)?;
    observe(op, branch, Month(month), total)?;
    record(op, committee, "meeting-drawn-scored", &json!({ "draw": draw_no, "no": row.meeting_no, "points": total }));
    Ok(total)
}
