//! Marks of studying taken back.

use chibo_kernel::{Day, Id, Moment, Unit};
use chibo_store::{queries, record};

record! {
    /// A mark taken back.
    pub struct UndoneRow {
        /// Committee that asked for it.
        committee_id: Id<Unit>,
        /// Which.
        study_no: u32,
        /// 1, 2, 3 … of this resolution in this branch.
        undone_no: u32,
        /// The meeting it was marked at.
        meeting_no: u32,
        /// Why it was wrong.
        reason: String,
    }
}

queries! {
    /// Keeps what a mark was before it goes.
    fn add_undone(unit_id: Id<Unit>, committee_id: Id<Unit>, study_no: u32, undone_no: u32, meeting_no: u32, on_day: Day,
        reason: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_study_undone (unit_id, committee_id, study_no, undone_no, meeting_no, on_day, reason, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// A branch has not studied a resolution after all.
    fn drop_studied(unit_id: Id<Unit>, committee_id: Id<Unit>, study_no: u32) -> run =
        "DELETE FROM meeting_studied WHERE unit_id = $1 AND committee_id = $2 AND study_no = $3";
    /// Marks of a branch that were taken back.
    fn undone(unit_id: Id<Unit>) -> many<UndoneRow> =
        "SELECT committee_id, study_no, undone_no, meeting_no, reason FROM meeting_study_undone WHERE unit_id = $1
         ORDER BY committee_id, study_no, undone_no";
}
