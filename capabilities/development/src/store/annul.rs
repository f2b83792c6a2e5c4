//! The table of decisions that were cancelled.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::rules::Candidate;

record! {
    /// A decision that was cancelled.
    pub struct AnnulmentRow {
        /// 1, 2, 3 …
        seq: u32,
        /// Code of the decision.
        decision: String,
        /// Code of the flaw.
        flaw: String,
        /// Code of where it begins again; empty for nowhere.
        redo: String,
        /// Number of the decision that cancels it.
        number: String,
        /// Its day.
        on_day: Day,
        /// Why.
        reason: String,
        /// The committee that cancelled it.
        unit_id: Id<Unit>,
        /// Written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

record! {
    /// The candidate a member was.
    pub struct WasRow {
        /// Candidate.
        candidate_id: Id<Candidate>,
    }
}

queries! {
    /// Adds a decision that was cancelled.
    fn insert_annulment(person_id: Id<Person>, seq: u32, decision: &str, flaw: &str, redo: &str, number: &str, on_day: Day,
        reason: &str, unit_id: Id<Unit>, rulebook: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO admission_annulment (person_id, seq, decision, flaw, redo, number, on_day, reason, unit_id, rulebook,
         recorded_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// Decisions about a member that were cancelled, in order.
    fn annulments_of(person_id: Id<Person>) -> many<AnnulmentRow> =
        "SELECT seq, decision, flaw, redo, number, on_day, reason, unit_id, recorded_at, recorded_by
         FROM admission_annulment WHERE person_id = $1 ORDER BY seq";
    /// The candidate a member was, the last where there were several.
    fn was(person_id: Id<Person>) -> one<WasRow> =
        "SELECT candidate_id FROM candidate_step WHERE person_id = $1 ORDER BY recorded_at DESC LIMIT 1";
}
