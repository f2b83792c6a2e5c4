//! Spreadsheets of places: waiting, applied, undone or dropped.

use chibo_kernel::{Account, Id, Moment, Unit};
use chibo_store::{queries, record};

use crate::rules::{Place, PlaceImport};

record! {
    /// A spreadsheet of places.
    pub struct ImportRow {
        /// Import.
        import_id: Id<PlaceImport>,
        /// Under which unit it may write.
        unit_id: Id<Unit>,
        /// Name as uploaded.
        file_name: String,
        /// Name in the work folder.
        stored_as: String,
        /// `waiting`, `applied`, `undone` or `dropped`.
        state: String,
        /// Uploaded at.
        created_at: Moment,
        /// By whom.
        created_by: Option<Id<Account>>,
        /// Name of who uploaded it.
        created_name: String,
        /// Applied at; 0 before.
        applied_at: Moment,
        /// Counts as JSON.
        counts: String,
    }
}

record! {
    /// A place an import wrote.
    pub struct ImportPlace {
        /// Place.
        place_id: Id<Place>,
        /// Entered by the import (else only changed).
        is_new: bool,
    }
}

queries! {
    /// Keeps an upload.
    fn insert_import(import_id: Id<PlaceImport>, unit_id: Id<Unit>, file_name: &str, stored_as: &str,
        created_at: Moment, created_by: Option<Id<Account>>, created_name: &str) -> run =
        "INSERT INTO place_import (import_id, unit_id, file_name, stored_as, state, created_at, created_by, created_name,
         applied_at, counts) VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7, 0, '')";
    /// An upload.
    fn import(import_id: Id<PlaceImport>) -> one<ImportRow> =
        "SELECT import_id, unit_id, file_name, stored_as, state, created_at, created_by, created_name, applied_at, counts
         FROM place_import WHERE import_id = $1";
    /// The newest uploads.
    fn imports(most: i64) -> many<ImportRow> =
        "SELECT import_id, unit_id, file_name, stored_as, state, created_at, created_by, created_name, applied_at, counts
         FROM place_import ORDER BY created_at DESC, import_id LIMIT $1";
    /// Moves an upload to its next state, if it is still in the expected one.
    fn move_import(import_id: Id<PlaceImport>, from: &str, to: &str, applied_at: Moment, counts: &str) -> run =
        "UPDATE place_import SET state = $3, applied_at = $4, counts = $5 WHERE import_id = $1 AND state = $2";
    /// Notes which places an import wrote.
    fn bulk_import_places(import_id: Id<PlaceImport>, place_id: Id<Place>, is_new: bool) -> bulk = "place_import_place";
    /// Places an import wrote.
    fn import_places(import_id: Id<PlaceImport>) -> many<ImportPlace> =
        "SELECT place_id, is_new FROM place_import_place WHERE import_id = $1 ORDER BY place_id";
}
