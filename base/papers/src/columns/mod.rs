//! Reading in the words of import: a list of columns, a heading found among title rows, typed cells, named defects.

mod cells;
mod dates;
mod heading;
mod issue;
mod mapping;
mod parse;
mod table;

pub use cells::Cells;
pub use dates::When;
pub use issue::{Place, RowIssue, Severity};
pub use mapping::{Mapping, Title};
pub use table::{Step, Table};

/// What a column holds and how strictly it is read.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text, cleaned (NFC, one space).
    Text {
        /// Characters at most.
        max: usize,
    },
    /// A calendar day: date cell, or text as people type it.
    Day,
    /// A year, a month of a year or a day, as old files know no better.
    MonthOrYear,
    /// A whole number.
    Int {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// A number that is a name, such as the citizen's identity number (CCCD): digits only, a fixed count of them.
    Digits {
        /// How many.
        len: usize,
        /// Up to two zeros that a spreadsheet took away in front are put back, with a warning.
        restore_zeros: bool,
    },
    /// One of a list: code and the names it goes by, compared without marks, case and punctuation.
    Code(&'static [(&'static str, &'static [&'static str])]),
    /// Yes or no (`x`, `có`, `1` …).
    Bool,
}

/// One column an import knows.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in code.
    pub key: &'static str,
    /// Headings it goes by, the preferred one first; compared without marks, spaces, case, asterisks and what stands
    /// in brackets.
    pub titles: &'static [&'static str],
    /// What it holds.
    pub kind: Kind,
    /// The file must have it and no row may leave it empty.
    pub required: bool,
}

impl Column {
    /// The preferred heading.
    pub fn title(&self) -> &'static str {
        self.titles.first().copied().unwrap_or(self.key)
    }
}
