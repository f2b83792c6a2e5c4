//! What stands in one cell, and where.

use chibo_kernel::Day;
use std::borrow::Cow;

/// The value of a cell as the file holds it, before anyone decides what it means.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// Text, not cleaned yet. Bytes that could not be decoded are U+FFFD.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// A number shown as a date or time.
    Date(Serial),
    /// An error value such as `#N/A`.
    Error(&'static str),
}

/// Which day a date serial counts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateSystem {
    /// Excel for Windows: 1 = 1900-01-01, with a 29 February 1900 that never was (60).
    #[default]
    From1900,
    /// Old Excel for Mac: 0 = 1904-01-01.
    From1904,
}

/// A date as Excel stores it: days (and a fraction of the day) since the start of its system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Serial {
    /// Days since the start.
    pub number: f64,
    /// Which start.
    pub system: DateSystem,
}

/// 1970-01-01 as a serial of the 1900 system.
const EPOCH_1900: i32 = 25_569;
/// 1970-01-01 as a serial of the 1904 system.
const EPOCH_1904: i32 = 24_107;
/// 9999-12-31, the last day Excel knows, as a serial of the 1900 system.
const LAST_SERIAL: f64 = 2_958_465.0;

impl Serial {
    /// The calendar day; `None` outside 1900–9999 and for the 29 February 1900 that never was.
    pub fn day(self) -> Option<Day> {
        if !self.number.is_finite() || self.number < 0.0 || self.number >= LAST_SERIAL + 1.0 {
            return None;
        }
        let whole = self.number.floor() as i32;
        let number = match self.system {
            DateSystem::From1904 => whole - EPOCH_1904,
            DateSystem::From1900 if whole == 60 || whole == 0 => return None,
            DateSystem::From1900 if whole < 60 => whole - EPOCH_1900 + 1,
            DateSystem::From1900 => whole - EPOCH_1900,
        };
        Some(Day::from_number(number)).filter(|day| *day <= Day::FOREVER)
    }

    /// The serial of a day in the 1900 system; `None` before 1900-01-01.
    pub fn of(day: Day) -> Option<f64> {
        let number = day.number() + EPOCH_1900;
        match number {
            ..=1 => None,
            2..=60 => Some(f64::from(number - 1)),
            _ => Some(f64::from(number)),
        }
    }
}

/// One cell of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct CellRef<'a> {
    /// Zero-based column.
    pub column: u32,
    /// The value; for a formula the value computed last by the program that saved the file.
    pub value: Value<'a>,
    /// The value comes from a formula.
    pub formula: bool,
}

/// One row that holds at least one cell. Cells stand in column order; empty ones may be absent.
#[derive(Debug)]
pub struct RowRef<'r, 'a> {
    /// Name of the sheet (the file name for CSV).
    pub sheet: &'r str,
    /// The row as Excel numbers it, from 1.
    pub number: u32,
    /// How date serials of this workbook count.
    pub system: DateSystem,
    /// Whether cells have types (XLSX) or are all text (CSV).
    pub typed: bool,
    /// The cells.
    pub cells: &'r [CellRef<'a>],
}

impl<'r, 'a> RowRef<'r, 'a> {
    /// The cell in a column, when there is one.
    pub fn cell(&self, column: u32) -> Option<&'r CellRef<'a>> {
        match self.cells.get(column as usize) {
            Some(cell) if cell.column == column => Some(cell),
            _ => self.cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|at| &self.cells[at]),
        }
    }

    /// No cell holds anything but blanks.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| match &cell.value {
            Value::Empty => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        })
    }
}

/// The letters of a zero-based column: 0 → `A`, 26 → `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// The address people see: zero-based column and row from 1 → `B7`.
pub fn cell_address(column: u32, row: u32) -> String {
    format!("{}{row}", column_letters(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: f64, system: DateSystem) -> Option<String> {
        Serial { number, system }.day().map(Day::iso)
    }

    #[test]
    fn serials_count_as_excel_does() {
        use DateSystem::{From1900, From1904};
        for (number, system, iso) in [
            (1.0, From1900, "1900-01-01"),
            (59.0, From1900, "1900-02-28"),
            (61.0, From1900, "1900-03-01"),
            (45_839.75, From1900, "2025-07-01"),
            (2_958_465.0, From1900, "9999-12-31"),
            (0.0, From1904, "1904-01-01"),
            (44_377.0, From1904, "2025-07-01"),
        ] {
            assert_eq!(day(number, system).as_deref(), Some(iso), "{number}");
        }
        for number in [0.0, 60.0, -1.0, f64::NAN, 2_958_466.0] {
            assert_eq!(day(number, From1900), None, "{number}");
        }
    }

    #[test]
    fn a_day_and_its_serial_are_inverse() {
        for number in (1..59).chain(61..80).chain(40_000..40_400) {
            let day = Serial { number: f64::from(number), system: DateSystem::From1900 }.day();
            assert_eq!(day.and_then(Serial::of), Some(f64::from(number)));
        }
    }

    #[test]
    fn columns_are_lettered_as_in_excel() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(column), letters);
        }
        assert_eq!(cell_address(1, 7), "B7");
    }
}
