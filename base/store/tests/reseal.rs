//! Turning the key ring: columns and files are sealed anew under the newest key, once, and what is changed meanwhile stays.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::sync::Arc;

use chibo_kernel::Viewer;
use chibo_store::reseal::{self, Sealed, SealedFiles, SealedPlaces, seal_owner};
use chibo_store::{Db, Engine, Files, Keys, MIGRATIONS, Migration, jobs, queries};
use chibo_testkit::{Folder, HandClock, TODAY, engines, fresh_engine, open, seeded};

const OWN: Migration = Migration {
    capability: "test",
    version: 1,
    name: "test",
    sql: "-- owner: local\nCREATE TABLE thing (thing_id {id} NOT NULL PRIMARY KEY, no {int} NOT NULL, sealed {bytes} NOT NULL) {clustered};
          -- owner: local\nCREATE TABLE scan (owner_id {id} NOT NULL PRIMARY KEY, stored {text} NOT NULL, digest {text} NOT NULL) {clustered};",
};

mod own {
    use super::queries;

    queries! {
        fn add(thing_id: &[u8], no: i64, sealed: &[u8]) -> run = "INSERT INTO thing (thing_id, no, sealed) VALUES ($1, $2, $3)";
        fn sealed(thing_id: &[u8]) -> one<Vec<u8>> = "SELECT sealed FROM thing WHERE thing_id = $1";
        fn scan(owner_id: &[u8], stored: &str, digest: &str) -> run =
            "INSERT INTO scan (owner_id, stored, digest) VALUES ($1, $2, $3)";
    }
}

fn places() -> SealedPlaces {
    SealedPlaces {
        columns: vec![Sealed {
            table: "thing",
            column: "sealed",
            key: &["thing_id", "no"],
            about: |key| seal_owner(&key[..1]),
        }],
        files: vec![SealedFiles { table: "scan", owner: &["owner_id"], stored: "stored", digest: "digest" }],
    }
}

fn opened(engine: &Engine, folder: &Folder, keys: &Keys) -> Db {
    let db = open(engine.clone(), Arc::new(HandClock::at(TODAY)), keys.clone()).unwrap();
    db.migrate(&[MIGRATIONS, &[OWN]].concat()).unwrap();
    db.put_beside(Arc::new(Files::at(folder.path().join("files"))));
    db.put_beside(Arc::new(places()));
    db
}

#[test]
fn dpd_05_columns_and_files_move_to_the_newest_key_and_the_old_one_can_go() {
    for name in engines() {
        let folder = Folder::new();
        let engine = fresh_engine(name, &folder).unwrap();
        let mut keys = Keys::generate(&*seeded(1));
        let db = opened(&engine, &folder, &keys);
        let id = |n: u8| [n; 16];
        let kept = Files::of(&db).unwrap().keep(&keys, &id(1), b"a scan", db.random()).unwrap();
        db.quiet_write(|tx| {
            for n in 1..=3 {
                let sealed = keys.seal(&[n; 9], &id(n), [n; 24])?;
                own::add(tx, &id(n), i64::from(n), &sealed)?;
            }
            own::add(tx, &id(4), 4, &[])?;
            own::scan(tx, &id(1), &kept.stored, &kept.digest).map(drop)
        })
        .unwrap();
        assert_eq!(
            reseal::under_keys(&db, &places()).unwrap(),
            BTreeMap::from([(1, 4)]),
            "{name}: what is empty is not sealed"
        );
        assert!(!reseal::ask(&db, &Viewer::program("t")).unwrap(), "one key: nothing to do");
        drop(db);

        keys.rotate(&*seeded(3));
        let db = opened(&engine, &folder, &keys);
        assert!(reseal::ask(&db, &Viewer::program("t")).unwrap());
        assert!(reseal::ask(&db, &Viewer::program("t")).unwrap(), "asked for twice, waits once");
        let mut ran = 0;
        while jobs::run_next(&db, &reseal::handlers()).unwrap() {
            ran += 1;
        }
        assert_eq!(ran, 1);
        assert_eq!(reseal::under_keys(&db, &places()).unwrap(), BTreeMap::from([(2, 4)]), "{name}");
        assert!(!reseal::ask(&db, &Viewer::program("t")).unwrap(), "done is remembered");
        drop(db);

        assert!(keys.retire(1) && !keys.retire(2) && !keys.retire(1));
        let keys = Keys::from_text(&keys.to_text()).unwrap();
        let db = opened(&engine, &folder, &keys);
        for n in 1..=3 {
            let sealed = db.read(|tx| own::sealed(tx, &id(n))).unwrap().unwrap();
            assert_eq!(keys.open(&sealed, &id(n)).unwrap(), [n; 9], "{name}: opens without the old key");
        }
        assert_eq!(Files::of(&db).unwrap().open(&keys, &id(1), &kept.stored, &kept.digest).unwrap(), b"a scan");
    }
}
