//! A defect with its place.

use std::fmt;
use std::sync::Arc;

use chibo_kernel::Said;

use crate::cell::column_letters;

/// Whether a row with the defect can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The value was read, perhaps not as meant: somebody should look.
    Warning,
    /// The row is refused.
    Error,
}

/// The column of a defect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Zero-based column of the sheet.
    pub column: u32,
    /// Its heading as it stands in the file.
    pub title: Arc<str>,
}

impl Place {
    /// The letters of the column.
    pub fn letters(&self) -> String {
        column_letters(self.column)
    }
}

/// One defect: where, what is wrong, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowIssue {
    /// Name of the sheet.
    pub sheet: Arc<str>,
    /// Row as Excel numbers it; 0 when the whole sheet is meant.
    pub row: u32,
    /// The column, when one is concerned.
    pub place: Option<Place>,
    /// What is wrong and what to do.
    pub said: Said,
    /// How grave it is.
    pub severity: Severity,
}

impl RowIssue {
    /// The address of the cell (`B7`), else the row (`7`), else nothing.
    pub fn address(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for RowIssue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            f.write_str(&place.letters())?;
        }
        if self.row > 0 { write!(f, "{}", self.row) } else { Ok(()) }
    }
}
