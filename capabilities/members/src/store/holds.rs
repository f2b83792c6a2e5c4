//! Statements of what stops transfers.

use chibo_kernel::{Day, Id, Moment, Person};
use chibo_store::{queries, record};

record! {
    /// A hold raised or lifted.
    pub struct HoldRow {
        /// What raised it: `hand`, or a case of a capability.
        source: String,
        /// 1, 2, 3 … of the source.
        seq: u32,
        /// 1 raised, 0 lifted.
        raised: u8,
        /// Code of what is going on; empty where nobody said.
        ground: String,
        /// Why.
        reason: String,
        /// On which day.
        on_day: Day,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// Everything raised and lifted of a member, by source.
    fn holds_of(person_id: Id<Person>) -> many<HoldRow> =
        "SELECT source, seq, raised, ground, reason, on_day, recorded_at, recorded_by FROM member_hold
         WHERE person_id = $1 ORDER BY source, seq";
    /// Raises or lifts one.
    fn add_hold(person_id: Id<Person>, source: &str, seq: u32, raised: u8, ground: &str, reason: &str, on_day: Day,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO member_hold (person_id, source, seq, raised, ground, reason, on_day, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}
