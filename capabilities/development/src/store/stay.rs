//! The table of remarks of branches where somebody on probation stays for a time.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

record! {
    /// A remark.
    pub struct RemarkRow {
        /// On which day.
        on_day: Day,
        /// Code of the opinion.
        opinion: String,
        /// Number of the paper.
        number: String,
        /// What it says.
        note: String,
        /// Where it was written down.
        unit_id: Id<Unit>,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// That somebody was remarked on.
    pub struct HeardRow {
        /// Member.
        person_id: Id<Person>,
        /// On which day.
        on_day: Day,
    }
}

queries! {
    /// Adds a remark.
    fn insert_remark(person_id: Id<Person>, seq: u32, unit_id: Id<Unit>, on_day: Day, opinion: &str, number: &str, note: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO recognition_remark (person_id, seq, unit_id, on_day, opinion, number, note, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Remarks on a member, in order.
    fn remarks_of(person_id: Id<Person>) -> many<RemarkRow> =
        "SELECT on_day, opinion, number, note, unit_id, recorded_at, recorded_by FROM recognition_remark
         WHERE person_id = $1 ORDER BY seq";
    /// The days of all remarks since one.
    fn remarked_since(on_day: Day) -> each<HeardRow> =
        "SELECT person_id, on_day FROM recognition_remark WHERE on_day >= $1 ORDER BY person_id, seq";
}
