//! Draws of closed meetings, and what observers gave.

use chibo_kernel::{Id, Moment, Unit};
use chibo_store::{queries, record};

record! {
    /// A draw.
    pub struct DrawRow {
        /// 1, 2, 3 … within the committee.
        draw_no: u32,
        /// Month drawn from.
        month: i32,
        /// How many were wanted.
        wanted: u32,
        /// How many there were to draw from.
        among: u32,
        /// The seed, in hexadecimal.
        seed: String,
        /// When.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// A meeting that was drawn.
    pub struct DrawnRow {
        /// Draw.
        draw_no: u32,
        /// Branch.
        branch_id: Id<Unit>,
        /// Meeting.
        meeting_no: u32,
        /// Its ticket, in hexadecimal.
        ticket: String,
        /// Points of the branch at the draw.
        own: u32,
        /// Points of the observer, 0 for none yet.
        seen: u32,
        /// His points by criterion.
        sheet: String,
        /// What he remarked.
        remark: String,
        /// Written down.
        recorded_at: Moment,
        /// By.
        recorded_by: String,
    }
}

queries! {
    /// Keeps a draw.
    fn add_draw(unit_id: Id<Unit>, draw_no: u32, month: i32, wanted: u32, among: u32, seed: &str, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO meeting_draw (unit_id, draw_no, month, wanted, among, seed, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Draws of a committee, the newest first.
    fn draws(unit_id: Id<Unit>) -> many<DrawRow> =
        "SELECT draw_no, month, wanted, among, seed, recorded_at, recorded_by FROM meeting_draw
         WHERE unit_id = $1 ORDER BY draw_no DESC";
    /// A draw.
    fn one_draw(unit_id: Id<Unit>, draw_no: u32) -> one<DrawRow> =
        "SELECT draw_no, month, wanted, among, seed, recorded_at, recorded_by FROM meeting_draw
         WHERE unit_id = $1 AND draw_no = $2";
    /// Keeps a drawn meeting.
    fn add_drawn(unit_id: Id<Unit>, draw_no: u32, branch_id: Id<Unit>, meeting_no: u32, ticket: &str, own: u32,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_drawn (unit_id, draw_no, branch_id, meeting_no, ticket, own, seen, sheet, remark, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, 0, '', '', $7, $8)";
    /// Meetings a committee drew, by draw and ticket.
    fn drawn(unit_id: Id<Unit>) -> many<DrawnRow> =
        "SELECT draw_no, branch_id, meeting_no, ticket, own, seen, sheet, remark, recorded_at, recorded_by
         FROM meeting_drawn WHERE unit_id = $1 ORDER BY draw_no, ticket, branch_id";
    /// What an observer gave a drawn meeting.
    fn put_seen(unit_id: Id<Unit>, draw_no: u32, branch_id: Id<Unit>, own: u32, seen: u32, sheet: &str, remark: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "UPDATE meeting_drawn SET own = $4, seen = $5, sheet = $6, remark = $7, recorded_at = $8, recorded_by = $9
         WHERE unit_id = $1 AND draw_no = $2 AND branch_id = $3";
}
