//! From one engine to the other and back (quality R11): nothing is lost, nothing is added, nothing is changed.

use chibo::compose;
use chibo_store::{Db, Keys, backup};
use chibo_testkit::{Folder, HandClock, TODAY, engines, fresh_engine, open, seeded};

use super::tables::{difference, tables};
use super::{assert_sound, small_city};

/// An empty database with the keys of every test database.
fn target(engine: &str, folder: &Folder) -> Db {
    let clock = std::sync::Arc::new(HandClock::at(TODAY));
    let db = open(fresh_engine(engine, folder).unwrap(), clock, Keys::generate(&*seeded(1))).unwrap();
    db.migrate(&compose::migrations()).unwrap();
    db
}

#[test]
fn r11_a_backup_restores_on_every_engine_to_the_same_content() {
    if engines().len() == 1 {
        println!("NOT TESTED here: PostgreSQL. CHIBO_TEST_POSTGRES names no server.");
    }
    for from in engines() {
        let source = small_city(from);
        let before = tables(&source.db);
        assert!(before["person"].len() == 1_000 && before["unit"].len() > 1_000, "a backup of nothing proves nothing");
        let file = source.folder.path().join("all.chibo");
        backup::backup(&source.db, &compose::migrations(), &file, &mut |_, _| Ok(())).unwrap();
        for to in engines() {
            let folder = Folder::new();
            let restored = target(to, &folder);
            backup::restore(&restored, &compose::migrations(), &file, &mut |_, _| Ok(())).unwrap();
            assert_eq!(difference(&before, &tables(&restored)), Vec::<String>::new(), "{from} to {to}");
            assert_sound(&restored);
            // The restored database goes on where the first one stopped.
            restored.migrate(&compose::migrations()).unwrap();
            println!("{from} to {to}: {} rows equal", before.values().map(Vec::len).sum::<usize>());
        }
    }
}

#[test]
fn r12_a_damaged_backup_is_refused_and_the_target_stays_empty() {
    let source = small_city("sqlite");
    let file = source.folder.path().join("all.chibo");
    backup::backup(&source.db, &compose::migrations(), &file, &mut |_, _| Ok(())).unwrap();
    let whole = std::fs::read(&file).unwrap();
    let folder = Folder::new();
    let restored = target("sqlite", &folder);
    let empty = tables(&restored);
    let damaged = folder.path().join("damaged.chibo");
    let mut places = vec![0, 6, 7, 8, 20, whole.len() - 33, whole.len() - 32, whole.len() - 1];
    places.extend((1..24).map(|n| whole.len() * n / 24));
    for place in places {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        std::fs::write(&damaged, &bytes).unwrap();
        let problem = backup::restore(&restored, &compose::migrations(), &damaged, &mut |_, _| Ok(())).unwrap_err();
        assert_eq!(problem.to_string(), "refused: store-backup-broken", "one bit at {place}");
        std::fs::write(&damaged, &whole[..place]).unwrap();
        let problem = backup::restore(&restored, &compose::migrations(), &damaged, &mut |_, _| Ok(())).unwrap_err();
        assert_eq!(problem.to_string(), "refused: store-backup-broken", "cut at {place}");
    }
    assert_eq!(difference(&empty, &tables(&restored)), Vec::<String>::new());
}
