//! Lost dossiers.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

record! {
    /// A step after a dossier was lost (DOS-09).
    pub struct LostRow {
        /// Whose.
        person_id: Id<Person>,
        /// 1, 2, 3 …
        seq: u32,
        /// Which step.
        step: String,
        /// Which piece was made again; empty for other steps.
        item: String,
        /// On which day.
        on_day: Day,
        /// Who reported, who investigated.
        who: String,
        /// Number of the consent.
        number: String,
        /// Circumstances, finding, where it was found.
        note: String,
        /// When it was written down.
        recorded_at: Moment,
        /// By whom.
        recorded_by: String,
    }
}

queries! {
    /// Steps about a member's dossier.
    fn lost_of(person_id: Id<Person>) -> many<LostRow> =
        "SELECT person_id, seq, step, item, on_day, who, number, note, recorded_at, recorded_by FROM file_lost
         WHERE person_id = $1 ORDER BY seq";
    /// Whose dossier is lost: the last step neither made it whole nor found it.
    fn lost_now() -> many<Id<Person>> =
        "SELECT person_id FROM file_lost AS own WHERE step <> 'whole' AND step <> 'found'
         AND NOT EXISTS (SELECT 1 FROM file_lost AS later WHERE later.person_id = own.person_id AND later.seq > own.seq)
         ORDER BY person_id";
    /// Adds a step.
    fn insert_lost(person_id: Id<Person>, seq: u32, step: &str, item: &str, unit_id: Id<Unit>, on_day: Day, who: &str,
        number: &str, note: &str, rulebook: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO file_lost (person_id, seq, step, item, unit_id, on_day, who, number, note, rulebook, recorded_at,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
}
