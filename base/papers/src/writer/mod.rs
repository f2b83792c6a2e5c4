//! Writing spreadsheets: rows streamed to XLSX or CSV, never a live formula.

pub(crate) mod formula;

mod csv;
mod xlsx;

use std::io::Write;

use chibo_kernel::{Day, Moment};

use crate::PaperProblem;

/// Which file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excel workbook.
    Xlsx,
    /// UTF-8 with byte order mark, comma.
    Csv,
    /// UTF-8 with byte order mark, semicolon: what Excel with Vietnamese settings opens in columns by double click.
    CsvSemicolon,
}

impl Format {
    /// Ending of the file name, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv | Self::CsvSemicolon => "csv",
        }
    }

    /// Media type for the answer to the browser.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv | Self::CsvSemicolon => "text/csv; charset=utf-8",
        }
    }
}

/// What a column holds, which decides how Excel shows it and what typing into it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutKind {
    /// Text, marked as text: an identity number or telephone number keeps its zeros even when edited.
    Text,
    /// Whole numbers, thousands grouped.
    Whole,
    /// Numbers with this many decimals (0–6).
    Decimal(u8),
    /// Days, as real dates shown dd/mm/yyyy.
    Day,
    /// Shares: 0.25 is shown as 25.00%.
    Percent,
}

/// One column to be written.
#[derive(Clone, Debug)]
pub struct OutColumn {
    /// Heading, in the reader's language.
    pub title: String,
    /// What it holds.
    pub kind: OutKind,
    /// Width in characters; 0 for a width by kind and heading.
    pub width: f64,
}

impl OutColumn {
    /// A column as wide as its kind needs.
    pub fn new(title: impl Into<String>, kind: OutKind) -> Self {
        Self { title: title.into(), kind, width: 0.0 }
    }

    /// With a width in characters.
    pub fn wide(mut self, width: f64) -> Self {
        self.width = width;
        self
    }
}

/// What stands above the table of a workbook: what it is, as of which day, who made it when, with which filter.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The title.
    pub title: String,
    /// Label and value, a line each, in the reader's language.
    pub lines: Vec<(String, String)>,
}

/// A table to be written.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Name of the sheet; cut and cleaned as Excel demands.
    pub sheet: String,
    /// The block above the table; workbooks only.
    pub about: Option<About>,
    /// The columns in the caller's order.
    pub columns: Vec<OutColumn>,
    /// How many columns on the left stay in sight when scrolling.
    pub frozen_columns: u16,
    /// Places of the columns that are written, in the caller's order; none for all. Rows always come whole.
    pub chosen: Option<Vec<usize>>,
}

impl Layout {
    /// A table without a block above it and with its first column frozen.
    pub fn new(sheet: impl Into<String>, columns: Vec<OutColumn>) -> Self {
        Self { sheet: sheet.into(), about: None, columns, frozen_columns: 1, chosen: None }
    }

    /// With only some of its columns; places beyond them are nothing.
    pub fn choosing(mut self, places: Vec<usize>) -> Self {
        self.chosen = Some(places);
        self
    }

    /// The layout as it is written, and the places its rows are taken from.
    fn narrowed(mut self) -> (Self, Option<Vec<usize>>) {
        let Some(mut places) = self.chosen.take() else { return (self, None) };
        places.retain(|place| *place < self.columns.len());
        self.columns = places.iter().filter_map(|place| self.columns.get(*place).cloned()).collect();
        self.frozen_columns = self.frozen_columns.min(1);
        (self, Some(places))
    }

    /// With a block above the table.
    pub fn about(mut self, about: About) -> Self {
        self.about = Some(about);
        self
    }
}

/// One cell to be written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Out<'a> {
    /// Nothing.
    Empty,
    /// Text. Cut at 32,767 characters in a workbook, as Excel does.
    Text(&'a str),
    /// A whole number.
    Whole(i64),
    /// Any number; a share in a percent column.
    Number(f64),
    /// A day; before 1900 it is written as text, for Excel knows no such date.
    Day(Day),
}

/// Writes one file, row by row.
pub struct SheetWriter<W: Write + Send> {
    inner: Inner<W>,
    /// Where the cells of a row are taken from; none for all of them.
    chosen: Option<Vec<usize>>,
}

enum Inner<W: Write + Send> {
    Xlsx(Box<xlsx::XlsxWriter>, W),
    Csv(Box<csv::CsvWriter<W>>),
}

impl<W: Write + Send> SheetWriter<W> {
    /// Begins a file. Rows of a workbook wait in a temporary file and reach `out` on [`finish`](Self::finish), those of
    /// a CSV file at once. `made` is stamped into a workbook, so that the same rows give the same bytes.
    pub fn start(format: Format, layout: Layout, made: Moment, out: W) -> Result<Self, PaperProblem> {
        let (layout, chosen) = layout.narrowed();
        let inner = match format {
            Format::Xlsx => Inner::Xlsx(Box::new(xlsx::XlsxWriter::start(layout, made)?), out),
            Format::Csv => Inner::Csv(Box::new(csv::CsvWriter::start(&layout, b',', out)?)),
            Format::CsvSemicolon => Inner::Csv(Box::new(csv::CsvWriter::start(&layout, b';', out)?)),
        };
        Ok(Self { inner, chosen })
    }

    /// Writes a row; cells beyond the columns are left out. A workbook goes on in another sheet after 1,048,576 rows.
    pub fn row(&mut self, cells: &[Out<'_>]) -> Result<(), PaperProblem> {
        let some: Vec<Out<'_>>;
        let cells = match &self.chosen {
            None => cells,
            Some(places) => {
                some = places.iter().map(|place| cells.get(*place).copied().unwrap_or(Out::Empty)).collect();
                &some
            }
        };
        match &mut self.inner {
            Inner::Xlsx(book, _) => book.row(cells),
            Inner::Csv(file) => file.row(cells),
        }
    }

    /// Goes on with another table: another sheet of a workbook, after an empty line in a CSV file.
    pub fn next_table(&mut self, layout: Layout) -> Result<(), PaperProblem> {
        let (layout, chosen) = layout.narrowed();
        self.chosen = chosen;
        match &mut self.inner {
            Inner::Xlsx(book, _) => book.next_table(layout),
            Inner::Csv(file) => file.next_table(&layout),
        }
    }

    /// Completes the file and gives back where it went.
    pub fn finish(self) -> Result<W, PaperProblem> {
        match self.inner {
            Inner::Xlsx(book, mut out) => {
                book.finish(&mut out)?;
                Ok(out)
            }
            Inner::Csv(file) => file.finish(),
        }
    }
}
