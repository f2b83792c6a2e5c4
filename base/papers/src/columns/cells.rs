//! One row as typed values.

use std::sync::Arc;

use chibo_kernel::{Day, Said};

use super::{Place, RowIssue, Severity, When};

/// What was read from one cell. Text lies in the slot's own buffer, which is used again for the next row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Held {
    /// Nothing stood there, or nothing readable.
    #[default]
    Empty,
    /// Text or digits.
    Text,
    Day(Day),
    When(When),
    Int(i64),
    Code(&'static str),
    Bool(bool),
}

#[derive(Debug, Default)]
pub(super) struct Slot {
    pub held: Held,
    pub text: String,
}

/// A row, its values by the position of the column in the import's list. A getter gives `None` for an empty cell, an
/// unreadable one (there is an issue then) and a column of another kind.
#[derive(Debug)]
pub struct Cells {
    pub(super) sheet: Arc<str>,
    pub(super) row: u32,
    pub(super) slots: Vec<Slot>,
    pub(super) places: Vec<Option<Place>>,
    pub(super) issues: Vec<RowIssue>,
}

impl Cells {
    /// Name of the sheet.
    pub fn sheet(&self) -> &str {
        &self.sheet
    }

    /// Row as Excel numbers it.
    pub fn row(&self) -> u32 {
        self.row
    }

    /// Whether the file has the column at all: an absent column changes nothing, an empty cell may clear a value.
    pub fn has(&self, column: usize) -> bool {
        self.places.get(column).is_some_and(Option::is_some)
    }

    /// Clean text, or the digits of a `Digits` column.
    pub fn text(&self, column: usize) -> Option<&str> {
        self.slots.get(column).filter(|slot| slot.held == Held::Text).map(|slot| slot.text.as_str())
    }

    /// The day of a `Day` column.
    pub fn day(&self, column: usize) -> Option<Day> {
        match self.held(column) {
            Held::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The date of a `MonthOrYear` column.
    pub fn when(&self, column: usize) -> Option<When> {
        match self.held(column) {
            Held::When(when) => Some(when),
            _ => None,
        }
    }

    /// The number of an `Int` column.
    pub fn int(&self, column: usize) -> Option<i64> {
        match self.held(column) {
            Held::Int(number) => Some(number),
            _ => None,
        }
    }

    /// The code of a `Code` column.
    pub fn code(&self, column: usize) -> Option<&'static str> {
        match self.held(column) {
            Held::Code(code) => Some(code),
            _ => None,
        }
    }

    /// The answer of a `Bool` column.
    pub fn yes(&self, column: usize) -> Option<bool> {
        match self.held(column) {
            Held::Bool(yes) => Some(yes),
            _ => None,
        }
    }

    /// The values in the order of the columns, as one would write them: for the sample rows of a preview.
    pub fn shown(&self) -> Vec<String> {
        let shown = |slot: &Slot| match slot.held {
            Held::Empty => String::new(),
            Held::Text => slot.text.clone(),
            Held::Day(day) | Held::When(When::Day(day)) => day.to_string(),
            Held::When(When::Month(year, month)) => format!("{month:02}/{year}"),
            Held::When(When::Year(year)) => year.to_string(),
            Held::Int(number) => number.to_string(),
            Held::Code(code) => code.to_owned(),
            Held::Bool(yes) => if yes { "x" } else { "" }.to_owned(),
        };
        self.slots.iter().map(shown).collect()
    }

    /// The defects found so far.
    pub fn issues(&self) -> &[RowIssue] {
        &self.issues
    }

    /// Takes the defects out, to be kept.
    pub fn take_issues(&mut self) -> Vec<RowIssue> {
        std::mem::take(&mut self.issues)
    }

    /// The row cannot be imported.
    pub fn refused(&self) -> bool {
        self.issues.iter().any(|issue| issue.severity == Severity::Error)
    }

    /// Adds a defect the importer found in a column; the place is filled in.
    pub fn error(&mut self, column: usize, said: Said) {
        self.add(column, said, Severity::Error);
    }

    /// Adds a warning of the importer.
    pub fn warn(&mut self, column: usize, said: Said) {
        self.add(column, said, Severity::Warning);
    }

    /// Adds a defect of the row as a whole.
    pub fn row_error(&mut self, said: Said) {
        let (sheet, row) = (Arc::clone(&self.sheet), self.row);
        self.issues.push(RowIssue { sheet, row, place: None, said, severity: Severity::Error });
    }

    pub(super) fn add(&mut self, column: usize, said: Said, severity: Severity) {
        let place = self.places.get(column).cloned().flatten();
        self.issues.push(RowIssue { sheet: Arc::clone(&self.sheet), row: self.row, place, said, severity });
    }

    fn held(&self, column: usize) -> Held {
        self.slots.get(column).map(|slot| slot.held).unwrap_or_default()
    }
}
