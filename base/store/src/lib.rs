//! Storage for Chi Bộ: one SQL text on SQLite and PostgreSQL.
//!
//! Tour: `value` and `statement` type the SQL (`queries!`, `record!`, `bulk!`); `sqlite` and `pg` run it;
//! `db` gives reads and writes with permission, audit and change notices in the same transaction;
//! `notices` gives those to readers outside;
//! `migrate` keeps the schema; `audit` chains what was done; `jobs` is the work list; `seal` encrypts
//! secret fields, `reseal` moves them to a new key; `files` keeps sealed files beside the database;
//! `handover` hands rows about a person to another record of his; `once` knows what was sent already; `backup` moves all of
//! it out and in.

pub mod audit;
pub mod backup;
pub mod catalogue;
pub mod change;
pub mod db;
pub mod files;
pub mod handover;
pub mod jobs;
pub mod migrate;
pub mod notices;
pub mod once;
pub mod op;
pub mod pg;
pub mod reseal;
pub mod seal;
pub mod sqlite;
pub mod statement;
pub mod value;

pub use audit::Entry;
pub use change::Change;
pub use db::{Db, Engine, OpenOptions};
pub use files::Files;
pub use migrate::Migration;
pub use op::Op;
pub use seal::Keys;
pub use statement::{Record, Row, Statement, Tx};
pub use value::{Column, Param, SqlType, Value};

/// Migrations of the tables this crate owns.
pub const MIGRATIONS: &[Migration] = &[
    Migration { capability: "store", version: 1, name: "base", sql: include_str!("../migrations/0001_base.sql") },
    Migration { capability: "store", version: 2, name: "files", sql: include_str!("../migrations/0002_files.sql") },
    Migration { capability: "store", version: 3, name: "once", sql: include_str!("../migrations/0003_once.sql") },
];

/// Every statement of this crate, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    [
        audit::store::STATEMENTS,
        jobs::store::STATEMENTS,
        db::store::STATEMENTS,
        files::store::STATEMENTS,
        migrate::store::STATEMENTS,
        notices::store::STATEMENTS,
        once::store::STATEMENTS,
    ]
    .concat()
}
