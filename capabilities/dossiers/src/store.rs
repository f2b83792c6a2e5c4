//! The tables of dossiers.

use chibo_kernel::{Day, Id, Moment, Person, Unit};
use chibo_store::{queries, record};

use crate::rules::Item;

record! {
    /// A row of a part.
    pub struct ItemRow {
        item_id: Id<Item>, recorded_at: Moment, part: String, valid_from: Day, valid_to: Day, superseded_at: Moment,
        shown: String, sealed: Vec<u8>, filled: String, consent: String, recorded_by: String,
    }
}

record! {
    /// What was said of a document.
    pub struct PaperRow {
        code: String, slot: i32, recorded_at: Moment, superseded_at: Moment, state: String, number: String,
        on_day: Option<Day>, issuer: String, note: String, recorded_by: String,
    }
}

record! {
    /// A confirmed index.
    pub struct IndexRow {
        seq: u32, on_day: Day, signer: String, there: i64, missing: String, rulebook: String, recorded_at: Moment,
        recorded_by: String,
    }
}

record! {
    /// A scan of a document, or the photo.
    pub struct ScanRow {
        code: String, slot: i32, recorded_at: Moment, superseded_at: Moment, stored: String, digest: String,
        media: String, bytes: i64, recorded_by: String,
    }
}

record! {
    /// A change of name.
    pub struct NameRow {
        seq: u32, old_name: String, new_name: String, on_day: Day, paper: String, decision: String,
        recorded_at: Moment, recorded_by: String,
    }
}

record! {
    /// A step of a yearly supplement.
    pub struct SupplementRow {
        person_id: Id<Person>, year: i32, step: u8, recorded_at: Moment, superseded_at: Moment, unit_id: Id<Unit>,
        on_day: Day, changed: String, note: String, recorded_by: String,
    }
}

record! {
    /// How complete a dossier was last.
    pub struct SumRow {
        person_id: Id<Person>, recorded_at: Moment, needed: u32, there: u32, first_needed: u32, first_there: u32,
        tolerated: u32, confirmed: u8,
    }
}

record! {
    /// How many members of a branch have come to a step in a year.
    pub struct CountRow { unit_id: Id<Unit>, people: i64 }
}

queries! {
    /// Rows of every part of a member, those no longer believed too.
    fn items_of(person_id: Id<Person>) -> many<ItemRow> =
        "SELECT item_id, recorded_at, part, valid_from, valid_to, superseded_at, shown, sealed, filled, consent,
         recorded_by FROM dossier_item WHERE person_id = $1 ORDER BY part, valid_from, recorded_at, item_id";
    /// Versions of one row, the newest last.
    fn versions_of(person_id: Id<Person>, item_id: Id<Item>) -> many<ItemRow> =
        "SELECT item_id, recorded_at, part, valid_from, valid_to, superseded_at, shown, sealed, filled, consent,
         recorded_by FROM dossier_item WHERE person_id = $1 AND item_id = $2 ORDER BY recorded_at";
    /// Adds a version of a row.
    fn insert_item(person_id: Id<Person>, item_id: Id<Item>, recorded_at: Moment, part: &str, valid_from: Day,
        valid_to: Day, superseded_at: Moment, shown: &str, sealed: &[u8], filled: &str, consent: &str,
        recorded_by: &str) -> run =
        "INSERT INTO dossier_item (person_id, item_id, recorded_at, part, valid_from, valid_to, superseded_at, shown,
         sealed, filled, consent, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// Adds many rows.
    fn load_items(person_id: Id<Person>, item_id: Id<Item>, recorded_at: Moment, part: &str, valid_from: Day,
        valid_to: Day, superseded_at: Moment, shown: &str, sealed: &[u8], filled: &str, consent: &str,
        recorded_by: &str) -> bulk = "dossier_item";
    /// Stops believing a version.
    fn supersede_item(person_id: Id<Person>, item_id: Id<Item>, recorded_at: Moment, at: Moment, believed: Moment) -> run =
        "UPDATE dossier_item SET superseded_at = $4
         WHERE person_id = $1 AND item_id = $2 AND recorded_at = $3 AND superseded_at = $5";
    /// Everything said of a member's documents.
    fn papers_of(person_id: Id<Person>) -> many<PaperRow> =
        "SELECT code, slot, recorded_at, superseded_at, state, number, on_day, issuer, note, recorded_by
         FROM dossier_paper WHERE person_id = $1 ORDER BY code, slot, recorded_at";
    /// Says something of a document.
    fn insert_paper(person_id: Id<Person>, code: &str, slot: i32, recorded_at: Moment, superseded_at: Moment,
        state: &str, number: &str, on_day: Option<Day>, issuer: &str, note: &str, recorded_by: &str) -> run =
        "INSERT INTO dossier_paper (person_id, code, slot, recorded_at, superseded_at, state, number, on_day, issuer, note,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Says it of many.
    fn load_papers(person_id: Id<Person>, code: &str, slot: i32, recorded_at: Moment, superseded_at: Moment,
        state: &str, number: &str, on_day: Option<Day>, issuer: &str, note: &str, recorded_by: &str) -> bulk =
        "dossier_paper";
    /// Stops believing what was said last of a document.
    fn supersede_paper(person_id: Id<Person>, code: &str, slot: i32, at: Moment, believed: Moment) -> run =
        "UPDATE dossier_paper SET superseded_at = $4
         WHERE person_id = $1 AND code = $2 AND slot = $3 AND superseded_at = $5";
    /// Confirmed indexes of a member, the newest last.
    fn indexes_of(person_id: Id<Person>) -> many<IndexRow> =
        "SELECT seq, on_day, signer, there, missing, rulebook, recorded_at, recorded_by FROM dossier_index
         WHERE person_id = $1 ORDER BY seq";
    /// Confirms an index.
    fn insert_index(person_id: Id<Person>, seq: u32, on_day: Day, signer: &str, there: u32, missing: &str, rulebook: &str,
        recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO dossier_index (person_id, seq, on_day, signer, there, missing, rulebook, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Scans of a member, replaced ones too.
    fn scans_of(person_id: Id<Person>) -> many<ScanRow> =
        "SELECT code, slot, recorded_at, superseded_at, stored, digest, media, bytes, recorded_by FROM dossier_scan
         WHERE person_id = $1 ORDER BY code, slot, recorded_at";
    /// The newest scan of a document.
    fn scan_of(person_id: Id<Person>, code: &str, slot: i32, believed: Moment) -> one<ScanRow> =
        "SELECT code, slot, recorded_at, superseded_at, stored, digest, media, bytes, recorded_by FROM dossier_scan
         WHERE person_id = $1 AND code = $2 AND slot = $3 AND superseded_at = $4";
    /// Adds a scan.
    fn insert_scan(person_id: Id<Person>, code: &str, slot: i32, recorded_at: Moment, superseded_at: Moment,
        stored: &str, digest: &str, media: &str, bytes: i64, recorded_by: &str) -> run =
        "INSERT INTO dossier_scan (person_id, code, slot, recorded_at, superseded_at, stored, digest, media, bytes,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// A newer scan takes its place.
    fn supersede_scan(person_id: Id<Person>, code: &str, slot: i32, at: Moment, believed: Moment) -> run =
        "UPDATE dossier_scan SET superseded_at = $4
         WHERE person_id = $1 AND code = $2 AND slot = $3 AND superseded_at = $5";
    /// Changes of name, the newest last.
    fn names_of(person_id: Id<Person>) -> many<NameRow> =
        "SELECT seq, old_name, new_name, on_day, paper, decision, recorded_at, recorded_by FROM dossier_name
         WHERE person_id = $1 ORDER BY seq";
    /// Adds one.
    fn insert_name(person_id: Id<Person>, seq: u32, old_name: &str, new_name: &str, on_day: Day, paper: &str,
        decision: &str, recorded_at: Moment, recorded_by: &str) -> run =
        "INSERT INTO dossier_name (person_id, seq, old_name, new_name, on_day, paper, decision, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Supplements of a member, the newest year first.
    fn supplements_of(person_id: Id<Person>) -> many<SupplementRow> =
        "SELECT person_id, year, step, recorded_at, superseded_at, unit_id, on_day, changed, note, recorded_by
         FROM dossier_supplement WHERE person_id = $1 ORDER BY year DESC, step, recorded_at";
    /// Believed steps of a year in a branch.
    fn supplements_in(year: i32, unit_id: Id<Unit>, believed: Moment) -> many<SupplementRow> =
        "SELECT person_id, year, step, recorded_at, superseded_at, unit_id, on_day, changed, note, recorded_by
         FROM dossier_supplement WHERE year = $1 AND unit_id = $2 AND superseded_at = $3 ORDER BY person_id, step";
    /// How many members of each branch have come to a step in a year.
    fn supplement_counts(year: i32, step: u8, believed: Moment) -> each<CountRow> =
        "SELECT unit_id, CAST(COUNT(*) AS BIGINT) FROM dossier_supplement
         WHERE year = $1 AND step = $2 AND superseded_at = $3 GROUP BY unit_id";
    /// Takes a step.
    fn insert_supplement(person_id: Id<Person>, year: i32, step: u8, recorded_at: Moment, superseded_at: Moment,
        unit_id: Id<Unit>, on_day: Day, changed: &str, note: &str, recorded_by: &str) -> run =
        "INSERT INTO dossier_supplement (person_id, year, step, recorded_at, superseded_at, unit_id, on_day, changed, note,
         recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// Stops believing a step.
    fn supersede_supplement(person_id: Id<Person>, year: i32, step: u8, at: Moment, believed: Moment) -> run =
        "UPDATE dossier_supplement SET superseded_at = $4
         WHERE person_id = $1 AND year = $2 AND step = $3 AND superseded_at = $5";
    /// Sums changed since a moment.
    fn sums_since(at: Moment) -> each<SumRow> =
        "SELECT person_id, recorded_at, needed, there, first_needed, first_there, tolerated, confirmed FROM dossier_sum
         WHERE recorded_at >= $1 ORDER BY recorded_at, person_id";
    /// Keeps how complete a dossier is.
    fn keep_sum(person_id: Id<Person>, recorded_at: Moment, needed: u32, there: u32, first_needed: u32, first_there: u32,
        tolerated: u32, confirmed: u8) -> run =
        "INSERT INTO dossier_sum (person_id, recorded_at, needed, there, first_needed, first_there, tolerated, confirmed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (person_id) DO UPDATE SET recorded_at = excluded.recorded_at, needed = excluded.needed,
         there = excluded.there, first_needed = excluded.first_needed, first_there = excluded.first_there,
         tolerated = excluded.tolerated, confirmed = excluded.confirmed";
}
