//! The key ring turns for the whole program: everything the demonstration sealed opens for whom it was declared.

use std::collections::BTreeMap;
use std::sync::Arc;

use chibo::compose;
use chibo::demo::{Plan, load};
use chibo_kernel::Viewer;
use chibo_store::{Db, Engine, Files, Keys, jobs, reseal};
use chibo_testkit::{Folder, HandClock, TODAY, engines, fresh_engine, open, seeded};

fn opened(engine: &Engine, folder: &Folder, keys: &Keys) -> Db {
    let db = open(engine.clone(), Arc::new(HandClock::at(TODAY)), keys.clone()).unwrap();
    db.migrate(&compose::migrations()).unwrap();
    db.put_beside(Arc::new(Files::at(folder.path().join("files"))));
    db.put_beside(Arc::new(compose::sealed_places(&compose::capabilities())));
    db
}

fn counts(db: &Db) -> BTreeMap<u32, u64> {
    reseal::under_keys(db, &compose::sealed_places(&compose::capabilities())).unwrap()
}

#[test]
fn dpd_05_a_new_key_takes_over_everything_the_program_seals() {
    for name in engines() {
        let folder = Folder::new();
        let engine = fresh_engine(name, &folder).unwrap();
        let mut keys = Keys::generate(&*seeded(1));
        let db = opened(&engine, &folder, &keys);
        load::fill(&db, &Plan::new(1_000), &mut |_, _, _| Ok(())).unwrap();
        let before = counts(&db);
        assert!(before.len() == 1 && before[&1] > 1_000, "{name}: {before:?}");
        drop(db);

        keys.rotate(&*seeded(3));
        let db = opened(&engine, &folder, &keys);
        assert!(reseal::ask(&db, &Viewer::program("test")).unwrap());
        while jobs::run_next(&db, &reseal::handlers()).unwrap() {}
        // A value that does not open for the declared owner would have stopped the job and stayed.
        assert_eq!(counts(&db), BTreeMap::from([(2, before[&1])]), "{name}");
        assert!(db.verify_audit().unwrap().broken.is_empty());
        super::assert_sound(&db);
    }
}

/// Columns of bytes that are no secrets: hashes, and heads of the audit chain.
const PLAIN: [&str; 8] = ["prev", "hash", "mac", "digest", "token_hash", "code_hash", "guess_key", "key_hash"];

#[test]
fn dpd_05_every_column_of_bytes_is_declared_sealed_or_is_a_hash() {
    let places = compose::sealed_places(&compose::capabilities());
    let mut seen = 0;
    for migration in compose::migrations() {
        let mut table = "";
        for line in migration.sql.lines().map(str::trim) {
            table = line.strip_prefix("CREATE TABLE ").and_then(|rest| rest.split(' ').next()).unwrap_or(table);
            let Some((column, "{bytes}")) =
                line.split_once(' ').map(|(name, kind)| (name, kind.split([' ', ',']).next().unwrap_or("")))
            else {
                continue;
            };
            seen += 1;
            let sealed = places.columns.iter().any(|place| place.table == table && place.column == column);
            assert!(
                sealed || PLAIN.contains(&column),
                "{table}.{column}: declare it in `Capability::sealed`, or name it as a hash"
            );
        }
    }
    assert!(seen > 12, "{seen}");
}
