//! The tables of reconciliations.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

/// A reconciliation (đối chiếu).
#[derive(Debug)]
pub enum Reconciliation {}

record! {
    /// A reconciliation.
    pub struct ReconciliationRow {
        /// Reconciliation.
        reconciliation_id: Id<Reconciliation>,
        /// Whose members.
        unit_id: Id<Unit>,
        /// Name of the file.
        file_name: String,
        /// Where it lies until it was compared.
        file_path: String,
        /// `waiting`, `done`, `failed`.
        state: String,
        /// Begun at.
        created_at: Moment,
        /// By whom.
        created_name: String,
        /// The results go on this day.
        expires_on: Day,
        /// Counts as JSON.
        facts: String,
    }
}

record! {
    /// Something that differs.
    pub struct LineRow {
        /// Its number.
        line_no: i64,
        /// `field`, `here`, `there`, `doubt`, `unread`.
        kind: String,
        /// Which field; of a doubt why it is one.
        field: String,
        /// Member.
        person_id: Option<Id<Person>>,
        /// Where he is at home; of a row without a member the unit it names.
        unit_id: Option<Id<Unit>>,
        /// Version of the record that was compared.
        version: i64,
        /// Row of the file; 0 without one.
        sheet_row: u32,
        /// Name.
        name: String,
        /// The value here.
        here: String,
        /// The value there.
        there: String,
        /// Taken over at; for ever away while it was not.
        taken_at: Moment,
    }
}

queries! {
    /// Adds a reconciliation.
    fn insert(reconciliation_id: Id<Reconciliation>, unit_id: Id<Unit>, file_name: &str, file_path: &str, created_at: Moment,
        created_name: &str, expires_on: Day) -> run =
        "INSERT INTO reconciliation (reconciliation_id, unit_id, file_name, file_path, state, created_at, created_name,
         expires_on, facts) VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7, '{}')";
    /// One.
    fn one(id: Id<Reconciliation>) -> one<ReconciliationRow> =
        "SELECT reconciliation_id, unit_id, file_name, file_path, state, created_at, created_name, expires_on, facts
         FROM reconciliation WHERE reconciliation_id = $1";
    /// All, the last first.
    fn all() -> many<ReconciliationRow> =
        "SELECT reconciliation_id, unit_id, file_name, file_path, state, created_at, created_name, expires_on, facts
         FROM reconciliation ORDER BY created_at DESC, reconciliation_id";
    /// It ended.
    fn end(id: Id<Reconciliation>, state: &str, facts: &str) -> run =
        "UPDATE reconciliation SET state = $2, facts = $3, file_path = '' WHERE reconciliation_id = $1";
    /// Takes it out.
    fn remove(id: Id<Reconciliation>) -> run = "DELETE FROM reconciliation WHERE reconciliation_id = $1";
    /// Takes its results out.
    fn clear(id: Id<Reconciliation>) -> run = "DELETE FROM reconciliation_line WHERE reconciliation_id = $1";
    /// Adds results.
    fn bulk_lines(reconciliation_id: Id<Reconciliation>, line_no: i64, kind: &str, field: &str, person_id: Option<Id<Person>>,
        unit_id: Option<Id<Unit>>, version: i64, sheet_row: u32, name: &str, here: &str, there: &str, taken_at: Moment)
        -> bulk = "reconciliation_line";
    /// Results of a kind, in order.
    fn lines(id: Id<Reconciliation>, kind: &str) -> each<LineRow> =
        "SELECT line_no, kind, field, person_id, unit_id, version, sheet_row, name, here, there, taken_at
         FROM reconciliation_line WHERE reconciliation_id = $1 AND kind = $2 ORDER BY line_no";
    /// One result.
    fn line(id: Id<Reconciliation>, line_no: i64) -> one<LineRow> =
        "SELECT line_no, kind, field, person_id, unit_id, version, sheet_row, name, here, there, taken_at
         FROM reconciliation_line WHERE reconciliation_id = $1 AND line_no = $2";
    /// A value was taken over.
    fn taken(id: Id<Reconciliation>, line_no: i64, at: Moment) -> run =
        "UPDATE reconciliation_line SET taken_at = $3 WHERE reconciliation_id = $1 AND line_no = $2";
    /// The record of a member has a new version by our own hand.
    fn followed(id: Id<Reconciliation>, person_id: Id<Person>, version: i64) -> run =
        "UPDATE reconciliation_line SET version = $3 WHERE reconciliation_id = $1 AND person_id = $2";
}
