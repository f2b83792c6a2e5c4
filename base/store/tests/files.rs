//! Sealed files beside the database: noted with their row, in every backup, back with every restore, swept without a row.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::sync::Arc;

use chibo_kernel::{Problem, Viewer};
use chibo_store::files::{self, Kept, SWEEP};
use chibo_store::{Db, Files, Keys, MIGRATIONS, backup, jobs};
use chibo_testkit::{Folder, TestDb, engines, fresh_engine, open, seeded};

const OWNER: &[u8] = b"person-000000001";

fn keep(db: &Db, content: &[u8]) -> Kept {
    Files::of(db).unwrap().keep(db.keys(), OWNER, content, db.random()).unwrap()
}

fn note(db: &Db, kept: &Kept) {
    db.write(&Viewer::program("t"), |op| files::note(op, kept)).unwrap();
}

fn back(db: &Db, kept: &Kept) -> Result<Vec<u8>, Problem> {
    Files::of(db).unwrap().open(db.keys(), OWNER, &kept.stored, &kept.digest)
}

#[test]
fn r11_files_are_in_the_backup_and_back_with_the_restore_between_engines() {
    for from in engines() {
        for into in engines() {
            let world = TestDb::new(from, MIGRATIONS).unwrap();
            let (one, two) = (keep(&world.db, b"first scan"), keep(&world.db, &[7; 300_000]));
            let orphan = keep(&world.db, b"no row speaks of it");
            note(&world.db, &one);
            note(&world.db, &two);
            let file = world.folder.path().join("backup.chibo");
            let mut quiet = |_: u64, _: &str| Ok(());
            backup::backup(&world.db, MIGRATIONS, &file, &mut quiet).unwrap();

            let folder = Folder::new();
            let keys = Keys::generate(&*seeded(1));
            let copy = open(fresh_engine(into, &folder).unwrap(), world.clock.clone(), keys).unwrap();
            copy.migrate(MIGRATIONS).unwrap();
            copy.put_beside(Arc::new(Files::at(folder.path().join("files"))));
            backup::restore(&copy, MIGRATIONS, &file, &mut quiet).unwrap();
            assert_eq!(back(&copy, &one).unwrap(), b"first scan");
            assert_eq!(back(&copy, &two).unwrap(), [7; 300_000]);
            assert!(back(&copy, &orphan).is_err());
            assert!(Files::of(&copy).unwrap().missing(&copy).unwrap().is_empty());

            // A backup that would lack a file says so and leaves none behind.
            let area = folder.path().join("files").join(&one.stored[..2]).join(&one.stored);
            std::fs::remove_file(area).unwrap();
            let later = folder.path().join("later.chibo");
            let refused = backup::backup(&copy, MIGRATIONS, &later, &mut quiet);
            assert!(matches!(refused, Err(Problem::Refused(_))), "{refused:?}");
            assert!(!later.exists());
        }
    }
}

#[test]
fn the_sweep_is_ordered_once_with_the_first_file_and_leaves_what_rows_speak_of() {
    for engine in engines() {
        let world = TestDb::new(engine, MIGRATIONS).unwrap();
        let (one, two) = (keep(&world.db, b"one"), keep(&world.db, b"two"));
        note(&world.db, &one);
        note(&world.db, &two);
        assert_eq!(world.db.read(|tx| jobs::waiting(tx, SWEEP)).unwrap(), Some(1));
        assert!(!jobs::run_next(&world.db, &files::handlers()).unwrap(), "not before a day has passed");
        world.clock.pass(25 * 3_600_000);
        while jobs::run_next(&world.db, &files::handlers()).unwrap() {}
        assert!(back(&world.db, &one).is_ok() && back(&world.db, &two).is_ok());
        assert_eq!(world.db.read(jobs::open_count).unwrap(), Some(0));
    }
}
