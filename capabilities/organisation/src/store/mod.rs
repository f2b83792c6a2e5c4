//! The tables of organisations. History tables are written by `ledger` and by the bulk loader only.

pub mod consents;

use std::collections::HashMap;

use chibo_kernel::{Account, Day, Id, Moment, Person, Problem, Unit};
use chibo_store::{queries, record};

use crate::rules::{Reorganisation, UnitImport};

record! {
    /// What never changes of a unit's record.
    pub struct UnitRow {
        /// Unit.
        unit_id: Id<Unit>,
        /// Latitude, millionths of a degree.
        lat: Option<i64>,
        /// Longitude, millionths of a degree.
        lon: Option<i64>,
        /// Code of the administrative unit it serves; empty for none.
        admin_code: String,
        /// When the record was made.
        created_at: Moment,
    }
}

record! {
    /// Name and type of a unit during a period, as recorded.
    pub struct FactRow {
        /// Unit.
        unit_id: Id<Unit>,
        /// Written down.
        recorded_at: Moment,
        /// First day.
        valid_from: Day,
        /// First day no longer.
        valid_to: Day,
        /// No longer believed since.
        superseded_at: Moment,
        /// Full name.
        name: String,
        /// Short name.
        short_name: String,
        /// Number of the kind.
        kind: u8,
        /// Number of the setting.
        setting: u8,
        /// Dotted code, or empty.
        code: String,
    }
}

record! {
    /// The unit above during a period, as recorded.
    pub struct ParentRow {
        /// Unit.
        unit_id: Id<Unit>,
        /// Written down.
        recorded_at: Moment,
        /// First day.
        valid_from: Day,
        /// First day no longer.
        valid_to: Day,
        /// No longer believed since.
        superseded_at: Moment,
        /// The unit above; none for a root.
        parent_id: Option<Id<Unit>>,
    }
}

record! {
    /// A unit went into another.
    pub struct SuccessionRow {
        /// Ended.
        from_unit: Id<Unit>,
        /// Continues it.
        into_unit: Id<Unit>,
        /// On this day.
        on_day: Day,
        /// The main successor.
        main: bool,
        /// `merge`, `split` or `replace`.
        kind: String,
        /// By which decision.
        decision_id: Id<Reorganisation>,
    }
}

record! {
    /// A reorganisation decision.
    pub struct DecisionRow {
        /// Decision.
        decision_id: Id<Reorganisation>,
        /// Top of the subtree concerned.
        unit_id: Id<Unit>,
        /// Number of the document.
        number: String,
        /// Title.
        title: String,
        /// Who decided.
        authority: String,
        /// Signed on.
        signed_on: Day,
        /// In force from.
        effective_on: Day,
        /// `draft`, `signed`, `withdrawn` or `undone`.
        state: String,
        /// Written down.
        recorded_at: Moment,
        /// Name of who entered it.
        created_by: String,
        /// Counts as JSON.
        summary: String,
    }
}

record! {
    /// One step of a decision.
    pub struct StepRow {
        /// Decision.
        decision_id: Id<Reorganisation>,
        /// Order.
        step_no: i64,
        /// `establish`, `dissolve`, `succeed`, `reparent`, `retype`, `rename`.
        kind: String,
        /// Unit concerned.
        unit_id: Id<Unit>,
        /// Successor or new parent.
        other_unit: Option<Id<Unit>>,
        /// The rest as JSON.
        detail: String,
    }
}

record! {
    /// Who held an office during a period, as recorded.
    pub struct OfficeRow {
        /// Unit.
        unit_id: Id<Unit>,
        /// Who.
        person_id: Id<Person>,
        /// Number of the role.
        role: u8,
        /// Written down.
        recorded_at: Moment,
        /// First day.
        valid_from: Day,
        /// First day no longer.
        valid_to: Day,
        /// No longer believed since.
        superseded_at: Moment,
        /// `elected`, `appointed` or `added`.
        how: String,
        /// Number of the decision approving it; may be empty.
        decision_number: String,
    }
}

record! {
    /// That somebody holds an office.
    pub struct SeatRow {
        /// Unit.
        unit_id: Id<Unit>,
        /// Who.
        person_id: Id<Person>,
        /// Number of the role.
        role: u8,
    }
}

record! {
    /// A spreadsheet of units.
    pub struct ImportRow {
        /// Import.
        import_id: Id<UnitImport>,
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

queries! {
    /// A new unit's record.
    fn insert_unit(unit_id: Id<Unit>, lat: Option<i64>, lon: Option<i64>, admin_code: &str, created_at: Moment) -> run =
        "INSERT INTO unit (unit_id, lat, lon, admin_code, created_at) VALUES ($1, $2, $3, $4, $5)";
    /// Many units' records.
    fn bulk_units(unit_id: Id<Unit>, lat: Option<i64>, lon: Option<i64>, admin_code: String, created_at: Moment) -> bulk = "unit";
    /// A unit's record.
    fn unit(unit_id: Id<Unit>) -> one<UnitRow> =
        "SELECT unit_id, lat, lon, admin_code, created_at FROM unit WHERE unit_id = $1";

    /// Everything recorded about a unit's name and type.
    fn facts_of(unit_id: Id<Unit>) -> many<FactRow> =
        "SELECT unit_id, recorded_at, valid_from, valid_to, superseded_at, name, short_name, kind, setting, code
         FROM unit_fact WHERE unit_id = $1 ORDER BY recorded_at, valid_from";
    /// Everything recorded about all names and types, by unit.
    fn all_facts() -> each<FactRow> =
        "SELECT unit_id, recorded_at, valid_from, valid_to, superseded_at, name, short_name, kind, setting, code
         FROM unit_fact ORDER BY unit_id, recorded_at, valid_from";
    /// Believed facts with a code.
    fn holders_of(code: &str, believed: Moment) -> many<FactRow> =
        "SELECT unit_id, recorded_at, valid_from, valid_to, superseded_at, name, short_name, kind, setting, code
         FROM unit_fact WHERE code = $1 AND superseded_at = $2 ORDER BY unit_id, valid_from";
    /// Believed codes with their units.
    fn codes(believed: Moment) -> each<CodeRow> =
        "SELECT unit_id, code FROM unit_fact WHERE superseded_at = $1 AND code <> '' ORDER BY valid_from, unit_id";
    /// Adds facts.
    fn bulk_facts(unit_id: Id<Unit>, recorded_at: Moment, valid_from: Day, valid_to: Day, superseded_at: Moment,
        name: String, short_name: String, kind: u8, setting: u8, code: String) -> bulk = "unit_fact";
    /// Ends the belief in a fact.
    fn close_fact(unit_id: Id<Unit>, recorded_at: Moment, valid_from: Day, superseded_at: Moment) -> run =
        "UPDATE unit_fact SET superseded_at = $4 WHERE unit_id = $1 AND recorded_at = $2 AND valid_from = $3";

    /// Everything recorded about where a unit sits.
    fn parents_of(unit_id: Id<Unit>) -> many<ParentRow> =
        "SELECT unit_id, recorded_at, valid_from, valid_to, superseded_at, parent_id
         FROM unit_edge WHERE unit_id = $1 ORDER BY recorded_at, valid_from";
    /// Everything recorded about where all units sit, by unit.
    fn all_parents() -> each<ParentRow> =
        "SELECT unit_id, recorded_at, valid_from, valid_to, superseded_at, parent_id
         FROM unit_edge ORDER BY unit_id, recorded_at, valid_from";
    /// Units believed to sit under a unit on some day after another.
    fn children_after(parent_id: Id<Unit>, day: Day, believed: Moment) -> many<ParentRow> =
        "SELECT unit_id, recorded_at, valid_from, valid_to, superseded_at, parent_id
         FROM unit_edge WHERE parent_id = $1 AND valid_to > $2 AND superseded_at = $3 ORDER BY unit_id, valid_from";
    /// Adds edges.
    fn bulk_parents(unit_id: Id<Unit>, recorded_at: Moment, valid_from: Day, valid_to: Day, superseded_at: Moment,
        parent_id: Option<Id<Unit>>) -> bulk = "unit_edge";
    /// Ends the belief in an edge.
    fn close_parent(unit_id: Id<Unit>, recorded_at: Moment, valid_from: Day, superseded_at: Moment) -> run =
        "UPDATE unit_edge SET superseded_at = $4 WHERE unit_id = $1 AND recorded_at = $2 AND valid_from = $3";

    /// All successions.
    fn all_successions() -> each<SuccessionRow> =
        "SELECT from_unit, into_unit, on_day, main, kind, decision_id FROM unit_succession
         ORDER BY on_day, from_unit, into_unit";
    /// What a unit went into.
    fn successors(unit_id: Id<Unit>) -> many<SuccessionRow> =
        "SELECT from_unit, into_unit, on_day, main, kind, decision_id FROM unit_succession
         WHERE from_unit = $1 ORDER BY on_day, main DESC, into_unit";
    /// What a unit was made of.
    fn predecessors(unit_id: Id<Unit>) -> many<SuccessionRow> =
        "SELECT from_unit, into_unit, on_day, main, kind, decision_id FROM unit_succession
         WHERE into_unit = $1 ORDER BY on_day, main DESC, from_unit";
    /// Successions of a decision.
    fn successions_of(decision_id: Id<Reorganisation>) -> many<SuccessionRow> =
        "SELECT from_unit, into_unit, on_day, main, kind, decision_id FROM unit_succession
         WHERE decision_id = $1 ORDER BY from_unit, main DESC, into_unit";
    /// Adds successions.
    fn bulk_successions(from_unit: Id<Unit>, into_unit: Id<Unit>, on_day: Day, main: bool, kind: String,
        decision_id: Id<Reorganisation>) -> bulk = "unit_succession";

    /// Adds a decision.
    fn insert_decision(decision_id: Id<Reorganisation>, unit_id: Id<Unit>, number: &str, title: &str, authority: &str,
        signed_on: Day, effective_on: Day, state: &str, recorded_at: Moment, created_by: &str, summary: &str) -> run =
        "INSERT INTO decision (decision_id, unit_id, number, title, authority, signed_on, effective_on, state,
         recorded_at, created_by, summary) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// All decisions, the newest first.
    fn decisions() -> many<DecisionRow> =
        "SELECT decision_id, unit_id, number, title, authority, signed_on, effective_on, state, recorded_at, created_by,
         summary FROM decision ORDER BY effective_on DESC, number, decision_id";
    /// A decision.
    fn decision(decision_id: Id<Reorganisation>) -> one<DecisionRow> =
        "SELECT decision_id, unit_id, number, title, authority, signed_on, effective_on, state, recorded_at, created_by,
         summary FROM decision WHERE decision_id = $1";
    /// Adds steps.
    fn bulk_steps(decision_id: Id<Reorganisation>, step_no: i64, kind: String, unit_id: Id<Unit>,
        other_unit: Option<Id<Unit>>, detail: String) -> bulk = "decision_step";
    /// Steps of a decision, in order.
    fn steps_of(decision_id: Id<Reorganisation>) -> many<StepRow> =
        "SELECT decision_id, step_no, kind, unit_id, other_unit, detail FROM decision_step
         WHERE decision_id = $1 ORDER BY step_no";
    /// Steps of all decisions that concern a unit.
    fn steps_of_unit(unit_id: Id<Unit>) -> many<StepRow> =
        "SELECT decision_id, step_no, kind, unit_id, other_unit, detail FROM decision_step
         WHERE unit_id = $1 ORDER BY decision_id, step_no";

    /// Everything recorded about offices in a unit.
    fn offices_of(unit_id: Id<Unit>) -> many<OfficeRow> =
        "SELECT unit_id, person_id, role, recorded_at, valid_from, valid_to, superseded_at, how, decision_number
         FROM office WHERE unit_id = $1 ORDER BY role, person_id, recorded_at, valid_from";
    /// Everything recorded about a person's offices.
    fn offices_held(person_id: Id<Person>) -> many<OfficeRow> =
        "SELECT unit_id, person_id, role, recorded_at, valid_from, valid_to, superseded_at, how, decision_number
         FROM office WHERE person_id = $1 ORDER BY valid_from, role, unit_id, recorded_at";
    /// Who holds which office in all units on a day, as known at a moment; `$3` is "still believed". In the order of
    /// the key, so that nothing is sorted: by unit, by person, the highest office first.
    fn seats_on(day: Day, known: Moment, believed: Moment) -> each<SeatRow> =
        "SELECT unit_id, person_id, role FROM office
         WHERE valid_from <= $1 AND valid_to > $1 AND recorded_at <= $2 AND (superseded_at > $2 OR superseded_at = $3)
         ORDER BY unit_id, person_id, role";
    /// Adds offices.
    fn bulk_offices(unit_id: Id<Unit>, person_id: Id<Person>, role: u8, recorded_at: Moment, valid_from: Day,
        valid_to: Day, superseded_at: Moment, how: String, decision_number: String) -> bulk = "office";
    /// Ends the belief in an office.
    fn close_office(unit_id: Id<Unit>, person_id: Id<Person>, role: u8, recorded_at: Moment, valid_from: Day,
        superseded_at: Moment) -> run =
        "UPDATE office SET superseded_at = $6
         WHERE unit_id = $1 AND person_id = $2 AND role = $3 AND recorded_at = $4 AND valid_from = $5";

    /// Keeps an upload.
    fn insert_import(import_id: Id<UnitImport>, unit_id: Id<Unit>, file_name: &str, stored_as: &str,
        created_at: Moment, created_by: Option<Id<Account>>, created_name: &str) -> run =
        "INSERT INTO unit_import (import_id, unit_id, file_name, stored_as, state, created_at, created_by, created_name,
         applied_at, counts) VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7, 0, '')";
    /// An upload.
    fn import(import_id: Id<UnitImport>) -> one<ImportRow> =
        "SELECT import_id, unit_id, file_name, stored_as, state, created_at, created_by, created_name, applied_at, counts
         FROM unit_import WHERE import_id = $1";
    /// The newest uploads.
    fn imports(most: i64) -> many<ImportRow> =
        "SELECT import_id, unit_id, file_name, stored_as, state, created_at, created_by, created_name, applied_at, counts
         FROM unit_import ORDER BY created_at DESC, import_id LIMIT $1";
    /// Moves an upload to its next state, if it is still in the expected one.
    fn move_import(import_id: Id<UnitImport>, from: &str, to: &str, applied_at: Moment, counts: &str) -> run =
        "UPDATE unit_import SET state = $3, applied_at = $4, counts = $5 WHERE import_id = $1 AND state = $2";
    /// Notes which units an import wrote.
    fn bulk_import_units(import_id: Id<UnitImport>, unit_id: Id<Unit>, is_new: bool) -> bulk = "unit_import_unit";
    /// Units an import wrote.
    fn import_units(import_id: Id<UnitImport>) -> each<ImportUnit> =
        "SELECT unit_id, is_new FROM unit_import_unit WHERE import_id = $1 ORDER BY unit_id";
}

record! {
    /// A unit an import wrote.
    pub struct ImportUnit {
        /// Unit.
        unit_id: Id<Unit>,
        /// Established by the import (else only changed).
        is_new: bool,
    }
}

record! {
    /// A code and its holder.
    pub struct CodeRow {
        /// Unit.
        unit_id: Id<Unit>,
        /// Dotted code.
        code: String,
    }
}

/// Every believed code with its unit, the latest holder of each.
pub(crate) fn believed_codes(tx: &mut chibo_store::Tx<'_>) -> Result<HashMap<String, Id<Unit>>, Problem> {
    let mut found = HashMap::new();
    codes(tx, Moment::FOREVER, |row| {
        found.insert(row.code, row.unit_id);
        Ok(())
    })?;
    Ok(found)
}
