//! Months of branches.

use chibo_kernel::{Id, Moment, Unit};
use chibo_store::{queries, record};

record! {
    /// A branch's month.
    pub struct MonthRow {
        /// Branch.
        unit_id: Id<Unit>,
        /// Month.
        month: i32,
        /// 0 nothing, 1 open, 2 closed, 3 none with a reason.
        met: u8,
        /// 1 with a thematic part.
        thematic: u8,
        /// 1 closed after the month had ended.
        late: u8,
        /// Had to be there.
        due: u32,
        /// Were there.
        present: u32,
        /// Spoke.
        spoke: u32,
        /// Out of 100.
        score: u32,
        /// Number of the grade, 0 for none.
        grade: u8,
        /// Score of an observer from above, 0 for none.
        seen_score: u32,
        /// Why there was none.
        reason: String,
        /// Written down.
        recorded_at: Moment,
    }
}

queries! {
    /// What a branch's month was.
    fn put_month(unit_id: Id<Unit>, month: i32, met: u8, thematic: u8, late: u8, due: u32, present: u32, spoke: u32,
        score: u32, grade: u8, seen_score: u32, reason: &str, recorded_at: Moment) -> run =
        "INSERT INTO meeting_month (unit_id, month, met, thematic, late, due, present, spoke, score, grade, seen_score, reason,
         recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT (unit_id, month) DO UPDATE SET met = excluded.met, thematic = excluded.thematic, late = excluded.late,
         due = excluded.due, present = excluded.present, spoke = excluded.spoke, score = excluded.score,
         grade = excluded.grade, seen_score = excluded.seen_score, reason = excluded.reason,
         recorded_at = excluded.recorded_at";
    /// A branch's month.
    fn month(unit_id: Id<Unit>, month: i32) -> one<MonthRow> =
        "SELECT unit_id, month, met, thematic, late, due, present, spoke, score, grade, seen_score, reason, recorded_at
         FROM meeting_month WHERE unit_id = $1 AND month = $2";
    /// Months of a branch.
    fn months_of(unit_id: Id<Unit>, from: i32, until: i32) -> many<MonthRow> =
        "SELECT unit_id, month, met, thematic, late, due, present, spoke, score, grade, seen_score, reason, recorded_at
         FROM meeting_month WHERE unit_id = $1 AND month >= $2 AND month <= $3 ORDER BY month";
    /// Months of all branches written down since a moment.
    fn months_since(recorded_at: Moment) -> each<MonthRow> =
        "SELECT unit_id, month, met, thematic, late, due, present, spoke, score, grade, seen_score, reason, recorded_at
         FROM meeting_month WHERE recorded_at >= $1";
    /// Many months at once, for a loader.
    fn load_months(unit_id: Id<Unit>, month: i32, met: u8, thematic: u8, late: u8, due: u32, present: u32, spoke: u32,
        score: u32, grade: u8, seen_score: u32, reason: &str, recorded_at: Moment) -> bulk = "meeting_month";
}
