//! What people say a file's headings mean, where the program does not know or guesses wrong.

use std::collections::HashMap;

use super::Column;
use crate::words::key;

/// Headings with the column they stand for; the heading counts, not the place, so that the next file of the same make is
/// understood as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(HashMap<String, String>);

impl Mapping {
    /// A heading as it is compared: without marks, spaces, case and punctuation.
    pub fn heading(title: &str) -> String {
        key(title)
    }

    /// Says what a heading (as [`Mapping::heading`] gives it) stands for: the key of a column, or nothing when it is not read.
    pub fn say(&mut self, heading: String, column: String) {
        self.0.insert(heading, column);
    }

    /// What was said of a heading: the place of its column, or `None` for one that is not read.
    pub(super) fn find(&self, heading: &str, columns: &[Column]) -> Option<Option<usize>> {
        let said = self.0.get(heading)?;
        if said.is_empty() {
            return Some(None);
        }
        // A column that is no longer known is as if nothing had been said.
        columns.iter().position(|column| column.key == said).map(Some)
    }
}

/// A heading as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Letters of its column in the sheet.
    pub letters: String,
    /// The heading.
    pub title: String,
    /// Key of the column it is read as.
    pub column: Option<&'static str>,
}
