//! The house is in order: sizes, names, imports that point down, SQL that stays where it belongs, words in both
//! languages, nothing of one machine in what everybody gets. Only the standard library.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // the functions that tests share

#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/floors.rs"]
mod floors;
#[path = "tidy/origins.rs"]
mod origins;
#[path = "tidy/sql.rs"]
mod sql;
#[path = "tidy/words.rs"]
mod words;

/// Fails with every line, not only the first.
pub fn nothing_in(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n  {}", faults.join("\n  "));
}
