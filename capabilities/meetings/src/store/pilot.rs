//! Which branches may meet online, when.

use chibo_kernel::{Day, Id, Moment, Unit};
use chibo_store::{queries, record};

record! {
    /// A branch in the pilot, both days included.
    pub struct PilotRow {
        /// 1, 2, 3 … of the branch.
        pilot_no: u32,
        /// First day.
        from_day: Day,
        /// Last day.
        to_day: Day,
        /// By which decision.
        decision: String,
    }
}

queries! {
    /// Takes a branch into the pilot.
    fn add_pilot(unit_id: Id<Unit>, pilot_no: u32, from_day: Day, to_day: Day, decision: &str, recorded_at: Moment,
        recorded_by: &str) -> run =
        "INSERT INTO meeting_pilot (unit_id, pilot_no, from_day, to_day, decision, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// The times a branch was in the pilot.
    fn pilots(unit_id: Id<Unit>) -> many<PilotRow> =
        "SELECT pilot_no, from_day, to_day, decision FROM meeting_pilot WHERE unit_id = $1 ORDER BY pilot_no";
}
