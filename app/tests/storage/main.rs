//! What is stored means the same on both engines: statements, schema, the way from one engine to the other, and the
//! loading of the demonstration from wherever it stopped. PostgreSQL takes part when `CHIBO_TEST_POSTGRES` names one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // the functions that tests share

mod arrivals;
mod catalogue;
mod handover;
mod keys;
mod loading;
mod moving;
#[path = "../shared/tables.rs"]
mod tables;

use chibo::compose;
use chibo::demo::{Plan, load};
use chibo_testkit::TestDb;

/// A new, migrated, empty database.
fn empty(engine: &str) -> TestDb {
    TestDb::new(engine, &compose::migrations()).unwrap()
}

/// A database with the smallest city.
fn small_city(engine: &str) -> TestDb {
    let test = empty(engine);
    load::fill(&test.db, &Plan::new(1_000), &mut |_, _, _| Ok(())).unwrap();
    test
}

/// Every invariant holds.
fn assert_sound(db: &chibo_store::Db) {
    for check in chibo::check::run(db).unwrap() {
        assert_eq!(check.faults, Vec::<String>::new(), "{} {}", check.id, check.what);
        // The demonstration is not imported, so the check of imports has nothing to look at.
        assert!(check.seen > 0 || check.id == "I2", "{} looked at nothing", check.id);
    }
}
