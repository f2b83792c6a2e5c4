//! A mark that a branch studied a resolution is taken back.

use chibo_kernel::{Id, Permission, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::record;
use crate::store;

/// Takes back the mark that a branch studied a resolution at a meeting; it is proposed again. The mark stays in the records
/// with the reason (MTG-08).
///
/// # Errors
/// A refusal without a reason; absent for what was not marked at this meeting.
pub fn unmark_studied(
    op: &mut Op<'_, '_>,
    (branch, meeting): (Id<Unit>, u32),
    (committee, no): (Id<Unit>, u32),
    reason: &str,
) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, branch)?;
    if reason.is_empty() {
        return Err(Problem::field("undo-reason", Said::new("meetings-study-undo-why")));
    }
    let known = store::studied_by(op.tx(), branch)?;
    let mark = |row: &store::StudiedRow| (row.committee_id, row.study_no, row.meeting_no) == (committee, no, meeting);
    let mark = known.into_iter().find(mark).ok_or(Problem::NotFound)?;
    let before = store::undone(op.tx(), branch)?;
    let same = before.iter().filter(|row| (row.committee_id, row.study_no) == (committee, no));
    let next = same.map(|row| row.undone_no).max().unwrap_or(0) + 1;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::add_undone(op.tx(), branch, committee, no, next, meeting, mark.on_day, reason, now, &by)?;
    store::drop_studied(op.tx(), branch, committee, no)?;
    let detail = json!({ "no": meeting, "committee": committee.to_string(), "study": no, "reason": reason });
    record(op, branch, "meeting-studied-undone", &detail);
    Ok(())
}
