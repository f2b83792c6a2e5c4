//! Two records of one person become one and two again, over every table of every capability: no row is lost, undoing gives
//! everything back to the byte, and no column that refers to a person is forgotten (DPD-33).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use chibo::compose;
use chibo_kernel::{Id, Person, Viewer};
use chibo_members::actions::merge::Merging;
use chibo_members::twins::{Choices, Record};
use chibo_quality::actions::merge::{Declared, merge, undo};
use chibo_store::handover::{PersonColumn, PersonRows, outlook};
use chibo_store::reseal::SealedPlaces;
use chibo_store::{Db, Files, Value};
use chibo_testkit::{TestDb, engines};

use super::{small_city, tables};

/// A table as its migrations made it.
#[derive(Default)]
struct Schema {
    /// Name, kind, may be NULL.
    columns: Vec<(String, String, bool)>,
    key: Vec<String>,
}

fn schemas() -> BTreeMap<String, Schema> {
    let mut out = BTreeMap::<String, Schema>::new();
    for migration in compose::migrations() {
        let mut table = String::new();
        for line in migration.sql.lines().map(str::trim) {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                table = rest.split([' ', '(']).next().unwrap().to_owned();
                out.entry(table.clone()).or_default();
                continue;
            }
            let added = line.strip_prefix("ALTER TABLE ").and_then(|rest| rest.split_once(" ADD COLUMN "));
            let (table, line) = added.unwrap_or((&table, line));
            let Some(schema) = out.get_mut(table) else { continue };
            if let Some(key) = line.strip_prefix("PRIMARY KEY (") {
                schema.key = key.trim_end_matches([',', ')']).split(", ").map(str::to_owned).collect();
            }
            let Some((name, kind)) = line.split_once(" {") else { continue };
            if name.contains([' ', ')']) || line.starts_with("--") {
                continue;
            }
            let kind = kind.split('}').next().unwrap().to_owned();
            if line.contains("PRIMARY KEY") {
                schema.key = vec![name.to_owned()];
            }
            schema.columns.push((name.to_owned(), kind, !line.contains("NOT NULL")));
        }
    }
    out
}

fn declared_rows() -> Vec<PersonRows> {
    compose::capabilities().iter().flat_map(|one| &one.holds).flat_map(|hold| hold.rows.iter().copied()).collect()
}

fn declared_columns() -> Vec<PersonColumn> {
    declared_rows().iter().flat_map(|rows| rows.columns.iter().copied()).collect()
}

/// Tables no capability declares, and why a merge may pass them by.
const MOVES_OF_ITSELF: [(&str, &str); 10] = [
    ("person", "merged by members"),
    ("identity_key", "merged by members"),
    ("posting", "merged by members"),
    ("standing", "merged by members"),
    ("attainment", "merged by members"),
    ("person_merge", "the merge itself"),
    ("merge_row", "the merge itself"),
    ("finding", "closed with the merge"),
    ("quality_apart", "says that two records are of two people"),
    ("audit", "what was done is never rewritten"),
];

/// Columns of identifiers that are of no person. A new one is a person's until it is named here.
const OF_NO_PERSON: &[&str] = &[
    "about_id",
    "account_id",
    "act_id",
    "actor",
    "branch_id",
    "campaign_id",
    "candidate_id",
    "case_id",
    "committee_id",
    "contact_id",
    "created_by",
    "decider_id",
    "decision_id",
    "entered_by",
    "from_unit",
    "grant_id",
    "granted_by",
    "handler_id",
    "group_unit",
    "import_id",
    "into_unit",
    "item_id",
    "job_id",
    "merge_id",
    "model_id",
    "other_unit",
    "parent_id",
    "pilot_id",
    "place_id",
    "plan_id",
    "reconciliation_id",
    "report_id",
    "signed_by",
    "stay_id",
    "stream",
    "subject_id",
    "target_id",
    "task_id",
    "to_unit",
    "transfer_id",
    "undone",
    "unit_id",
];

#[test]
fn dpd_33_every_column_that_may_refer_to_a_person_goes_along_with_a_merge_or_is_named() {
    let declared: BTreeSet<_> = declared_columns().iter().map(|one| (one.table, one.column)).collect();
    let holds: Vec<_> = compose::capabilities().into_iter().flat_map(|one| one.holds).collect();
    let passed: BTreeSet<_> = MOVES_OF_ITSELF.iter().map(|(table, _)| *table).collect();
    let sums: BTreeSet<_> = holds.iter().flat_map(|hold| hold.sums.iter().copied()).collect();
    assert!(holds.iter().all(|hold| hold.sums.is_empty() || hold.follow.is_some()), "who makes the sums again?");
    let mut forgotten = Vec::new();
    for (table, schema) in schemas() {
        for (column, ..) in schema.columns.iter().filter(|(_, kind, _)| kind == "id") {
            let known = declared.contains(&(table.as_str(), column.as_str()))
                || passed.contains(table.as_str())
                || sums.contains(table.as_str())
                || OF_NO_PERSON.contains(&column.as_str());
            // A subject of the notices is whatever changed.
            if !known && table != "change_notice" {
                forgotten.push(format!("{table}.{column}"));
            }
        }
    }
    assert_eq!(forgotten, Vec::<String>::new(), "declare them in `holds` of the capability, or name them here");
}

#[test]
fn dpd_33_what_is_declared_is_what_the_schema_says() {
    let (schemas, mut seen) = (schemas(), BTreeSet::new());
    for rows in declared_rows() {
        for one in rows.columns {
            let schema = &schemas[one.table];
            assert_eq!(schema.key, one.key, "the key of {}", one.table);
            let has = |name: &str| schema.columns.iter().any(|(column, ..)| column == name);
            assert!(has(one.column), "{}.{}", one.table, one.column);
            assert!(rows.once.unwrap_or(&[]).iter().all(|name| has(name)), "{}", one.table);
            // A key that tells the person would be there twice: such rows are held once.
            assert!(rows.once.is_some() || !one.key.contains(&one.column), "{}.{}", one.table, one.column);
            assert!(seen.insert((one.table, one.column)), "{}.{} twice", one.table, one.column);
        }
    }
    for place in compose::sealed_places(&compose::capabilities()).columns {
        let sealed = declared_columns().into_iter().find(|one| one.table == place.table);
        assert!(
            sealed.is_none_or(|one| one.key.contains(&one.column)),
            "{} is sealed anew only with its key",
            place.table
        );
    }
}

/// Puts rows into a table as nobody but a test may: whatever its capability makes of them is not asked.
struct Rows<'d> {
    db: &'d Db,
    files: &'d Files,
    places: SealedPlaces,
    schemas: BTreeMap<String, Schema>,
}

/// A value as text of the engine's SQL.
fn literal(sqlite: bool, value: &Value<'_>) -> String {
    let hex = |bytes: &[u8]| bytes.iter().fold(String::new(), |out, byte| out + &format!("{byte:02x}"));
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Text(text) => format!("'{text}'"),
        Value::Bytes(bytes) if sqlite => format!("x'{}'", hex(bytes)),
        Value::Bytes(bytes) => format!("'\\x{}'", hex(bytes)),
    }
}

impl Rows<'_> {
    /// One row of somebody: columns of `shared` say `same`, all others `own`. Whether there was room: of some a member has
    /// one only, and the city gave him one.
    fn put(&self, at: &PersonColumn, person: Id<Person>, shared: &[&str], [same, own]: [u8; 2]) -> bool {
        let schema = &self.schemas[at.table];
        let number = |name: &str| if shared.contains(&name) { same } else { own };
        let texts: Vec<String> = schema.columns.iter().map(|(name, ..)| number(name).to_string()).collect();
        let ids: Vec<[u8; 16]> = schema.columns.iter().map(|(name, ..)| [number(name); 16]).collect();
        let mut values: Vec<Value<'_>> = Vec::new();
        for (place, (name, kind, optional)) in schema.columns.iter().enumerate() {
            values.push(match kind.as_str() {
                _ if name == at.column => Value::Bytes(person.bytes()),
                _ if *optional => Value::Null,
                "id" => Value::Bytes(&ids[place]),
                "int" => Value::Int(i64::from(number(name))),
                "text" => Value::Text(&texts[place]),
                "bytes" if at.key.contains(&name.as_str()) => Value::Bytes(&ids[place]),
                "bytes" => Value::Bytes(&[]),
                other => panic!("{}.{name}: {other}", at.table),
            });
        }
        let of = |names: &[&str]| -> Vec<Value<'_>> {
            let place = |name: &&str| schema.columns.iter().position(|(column, ..)| column == *name).unwrap();
            names.iter().map(|name| values[place(name)]).collect()
        };
        let mut secret = BTreeMap::<&str, Vec<u8>>::new();
        for place in self.places.columns.iter().filter(|place| place.table == at.table) {
            let about = (place.about)(&of(place.key));
            let plain = format!("secret {own}");
            secret.insert(place.column, self.db.keys().seal(plain.as_bytes(), &about, self.db.random()).unwrap());
        }
        for place in self.places.files.iter().filter(|place| place.table == at.table) {
            let owner = chibo_store::reseal::seal_owner(&of(place.owner));
            let scan = format!("scan {own}");
            let kept = self.files.keep(self.db.keys(), &owner, scan.as_bytes(), self.db.random()).unwrap();
            secret.insert(place.stored, kept.stored.into_bytes());
            secret.insert(place.digest, kept.digest.into_bytes());
        }
        let mut list = String::new();
        for ((name, kind, _), value) in schema.columns.iter().zip(&values) {
            let value = match (secret.get(name.as_str()), kind.as_str()) {
                (Some(bytes), "text") => Value::Text(std::str::from_utf8(bytes).unwrap()),
                (Some(bytes), _) => Value::Bytes(bytes),
                (None, _) => *value,
            };
            let _ = write!(list, "{}{}", if list.is_empty() { "" } else { ", " }, literal(self.db.is_sqlite(), &value));
        }
        let names: Vec<_> = schema.columns.iter().map(|(name, ..)| name.as_str()).collect();
        let sql = format!("INSERT INTO {} ({}) VALUES ({list})", at.table, names.join(", "));
        match self.db.quiet_write(|tx| tx.raw(&sql)) {
            Ok(()) => true,
            Err(problem) => {
                let text = problem.to_string().to_lowercase();
                assert!(text.contains("unique") || text.contains("duplicate"), "{sql}: {text}");
                false
            }
        }
    }
}

/// Rows of the tables a merge hands over, readable: sealed values opened for whom they are declared.
fn readable(db: &Db, schemas: &BTreeMap<String, Schema>, places: &SealedPlaces) -> BTreeMap<String, Vec<String>> {
    let all = tables::tables(db);
    let mut out = BTreeMap::new();
    for table in declared_columns().iter().map(|one| one.table).collect::<BTreeSet<_>>() {
        let names: Vec<_> = schemas[table].columns.iter().map(|(name, ..)| name.as_str()).collect();
        let mut rows: Vec<String> = all[table].iter().map(|bytes| row(db, places, table, &names, bytes)).collect();
        rows.sort();
        out.insert(table.to_owned(), rows);
    }
    out
}

fn row(db: &Db, places: &SealedPlaces, table: &str, names: &[&str], bytes: &[u8]) -> String {
    let (mut at, mut values) = (0, Vec::new());
    while at < bytes.len() {
        let kind = bytes[at];
        let length = |at: usize| u32::from_be_bytes(bytes[at + 1..at + 5].try_into().unwrap()) as usize;
        let (value, end) = match kind {
            b'N' => (Value::Null, at + 1),
            b'I' => (Value::Int(i64::from_be_bytes(bytes[at + 1..at + 9].try_into().unwrap())), at + 9),
            b'S' => {
                let end = at + 5 + length(at);
                (Value::Text(std::str::from_utf8(&bytes[at + 5..end]).unwrap()), end)
            }
            _ => {
                let end = at + 5 + length(at);
                (Value::Bytes(&bytes[at + 5..end]), end)
            }
        };
        values.push(value);
        at = end;
    }
    assert_eq!(values.len(), names.len(), "{table}");
    let of = |wanted: &[&str]| -> Vec<Value<'_>> {
        wanted.iter().map(|name| values[names.iter().position(|column| column == name).unwrap()]).collect()
    };
    let mut out = String::new();
    for (name, value) in names.iter().zip(&values) {
        let sealed = places.columns.iter().find(|place| place.table == table && place.column == *name);
        match (sealed, value) {
            (Some(place), Value::Bytes(sealed)) if !sealed.is_empty() => {
                let plain = db.keys().open(sealed, &(place.about)(&of(place.key))).unwrap();
                let _ = write!(out, "{name}={} ", String::from_utf8_lossy(&plain));
            }
            _ => {
                let _ = write!(out, "{name}={value:?} ");
            }
        }
    }
    out
}

/// Members of the small city who belong somewhere.
fn people(test: &TestDb) -> Vec<Id<Person>> {
    let mut people = Vec::new();
    let each = |tx: &mut chibo_store::Tx<'_>| {
        chibo_members::store::facts_after(tx, &[], 60, |row| {
            people.push(row.person_id);
            Ok(())
        })
    };
    test.db.read(each).unwrap();
    let believed = |id: &Id<Person>| test.db.read(|tx| Record::read(tx, test.db.keys(), *id)).unwrap();
    people.retain(|id| !believed(id).lines.postings.is_empty());
    people
}

/// How many rows there are of somebody.
fn count(db: &Db, rows: &[PersonRows], person: Id<Person>) -> u64 {
    db.read(|tx| outlook(tx, rows, person, Id::from_bytes([0xee; 16]))).unwrap()[0]
}

#[test]
fn dpd_33_a_merge_over_every_capability_loses_no_row_and_is_undone_to_the_byte() {
    for engine in engines() {
        let test = small_city(engine);
        let files = Arc::new(Files::at(test.folder.path().join("files")));
        test.db.put_beside(files.clone());
        let places = compose::sealed_places(&compose::capabilities());
        let rows = Rows { db: &test.db, files: &files, places, schemas: schemas() };
        let people = people(&test);
        // One twin has what the other has as well; then one whose twin has nothing but what the city gave him.
        let left = merged_and_undone(&rows, engine, [people[0], people[1]], true);
        let less = merged_and_undone(&rows, engine, [people[2], people[3]], false);
        assert!(left > 30 && less < left, "{engine}: {left}, {less}");
        assert_eq!(files.missing(&test.db).unwrap(), Vec::<String>::new());
        assert!(test.db.verify_audit().unwrap().broken.is_empty());
    }
}

/// Fills every declared column, merges, undoes; gives how many rows stayed with the record that went.
fn merged_and_undone(rows: &Rows<'_>, engine: &str, [kept, gone]: [Id<Person>; 2], both: bool) -> u64 {
    let (db, places, all) = (rows.db, &rows.places, declared_rows());
    let declared = Declared::of(&compose::capabilities());
    let (mut base, mut there) = (if both { 1 } else { 2 }, 0);
    for some in &all {
        let once = some.once.unwrap_or(&[]);
        for column in some.columns {
            // Two groups of the record that goes; the second one the other record may have as well.
            let mut put =
                vec![rows.put(column, gone, once, [200, base]), rows.put(column, gone, once, [201, base + 50])];
            if both {
                put.push(rows.put(column, kept, once, [201, base + 100]));
            }
            there += put.into_iter().filter(|put| *put).count();
            base = (base + 2) % 50;
        }
    }
    assert!(there > if both { 150 } else { 100 }, "{engine}: {there} rows");
    let before = readable(db, &rows.schemas, places);
    let (of_kept, of_gone) = (count(db, &all, kept), count(db, &all, gone));
    let program = Viewer::program("test");
    let record = |id| db.read(|tx| Record::read(tx, db.keys(), id)).unwrap();
    let (k, g) = (record(kept), record(gone));
    let order = Merging {
        kept: (kept, k.mark()),
        gone: (gone, g.mark()),
        chosen: Choices::new(),
        reason: "Đã đối chiếu lý lịch gốc".to_owned(),
    };
    let id = db.write(&program, |op| merge(op, &order, &declared)).unwrap();
    let between = readable(db, &rows.schemas, places);
    let sizes = |all: &BTreeMap<String, Vec<String>>| all.values().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(sizes(&between), sizes(&before), "{engine}: no declared table loses a row");
    let (all_of_kept, left) = (count(db, &all, kept), count(db, &all, gone));
    assert_eq!(all_of_kept + left, of_kept + of_gone, "{engine}");
    assert!(all_of_kept > of_kept + 40, "{engine}: {left} stay, {all_of_kept} of {of_kept}");
    db.write(&program, |op| undo(op, id, "Hai người khác nhau", &declared)).unwrap();
    let after = readable(db, &rows.schemas, places);
    for (table, rows) in &before {
        assert_eq!(Some(rows), after.get(table), "{engine}: {table}");
    }
    assert_eq!((count(db, &all, kept), count(db, &all, gone)), (of_kept, of_gone), "{engine}");
    left
}
