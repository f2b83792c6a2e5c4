//! Which branches may take minutes along without network.

use chibo_kernel::{Id, Moment, Unit};
use chibo_store::queries;

queries! {
    /// Says whether a branch may.
    fn put_offline(unit_id: Id<Unit>, allowed: u8, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO meeting_offline (unit_id, allowed, recorded_at, recorded_by) VALUES ($1, $2, $3, $4)
         ON CONFLICT (unit_id) DO UPDATE SET allowed = excluded.allowed, recorded_at = excluded.recorded_at,
         recorded_by = excluded.recorded_by";
    /// Whether a branch may: 1 for yes.
    fn offline(unit_id: Id<Unit>) -> one<i64> = "SELECT allowed FROM meeting_offline WHERE unit_id = $1";
}
