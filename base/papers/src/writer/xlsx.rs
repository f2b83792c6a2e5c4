//! XLSX by rust_xlsxwriter in constant memory: each row goes to a temporary file, strings stand in their cells.
//!
//! Formats are set by column, not by cell: the cells inherit them, and looking a format up for every cell would cost
//! more than writing it.

use std::borrow::Cow;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chibo_kernel::Moment;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::formula::printable;
use super::{Layout, Out, OutColumn, OutKind};
use crate::PaperProblem;
use crate::cell::Serial;

/// The usual 6 would make a large workbook an eighth smaller and take half as long again.
const COMPRESSION: u8 = 4;
/// Rows of a sheet.
const ROWS_MOST: u32 = 1_048_576;
/// Characters (UTF-16 units, as Excel counts) of a cell.
const TEXT_MOST: usize = 32_767;
/// Characters of a sheet name.
const NAME_MOST: usize = 31;

/// Writes a workbook.
pub(super) struct XlsxWriter {
    book: Workbook,
    sheet: Worksheet,
    layout: Layout,
    names: Vec<String>,
    heading_row: u32,
    next_row: u32,
    rows_most: u32,
}

impl XlsxWriter {
    /// Begins a workbook with its first sheet.
    pub fn start(layout: Layout, made: Moment) -> Result<Self, PaperProblem> {
        let mut book = Workbook::new();
        book.set_zip_compression_level(COMPRESSION);
        let stamp = ExcelDateTime::from_timestamp(made.0.div_euclid(1000)).map_err(PaperProblem::fault)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&stamp));
        let sheet = careful(|| book.new_worksheet_with_constant_memory())?;
        let mut writer =
            Self { book, sheet, layout, names: Vec::new(), heading_row: 0, next_row: 0, rows_most: ROWS_MOST };
        writer.begin_sheet()?;
        Ok(writer)
    }

    /// Ends the sheet and goes on with another table.
    pub fn next_table(&mut self, layout: Layout) -> Result<(), PaperProblem> {
        self.layout = layout;
        self.next_sheet()
    }

    pub fn row(&mut self, cells: &[Out<'_>]) -> Result<(), PaperProblem> {
        if self.next_row >= self.rows_most {
            self.next_sheet()?;
        }
        let row = self.next_row;
        self.next_row += 1;
        let (sheet, columns) = (&mut self.sheet, &self.layout.columns);
        careful(|| {
            for (index, (cell, _)) in cells.iter().zip(columns).enumerate() {
                write_cell(sheet, row, index as u16, *cell)?;
            }
            Ok(())
        })
    }

    pub fn finish(mut self, out: &mut (impl Write + Send)) -> Result<(), PaperProblem> {
        self.end_sheet()?;
        let (book, sheet) = (&mut self.book, self.sheet);
        careful(|| {
            book.push_worksheet(sheet);
            book.save_to_writer(out)
        })
    }

    fn next_sheet(&mut self) -> Result<(), PaperProblem> {
        self.end_sheet()?;
        let book = &mut self.book;
        let next = careful(|| book.new_worksheet_with_constant_memory())?;
        let done = std::mem::replace(&mut self.sheet, next);
        self.book.push_worksheet(done);
        self.begin_sheet()
    }

    fn begin_sheet(&mut self) -> Result<(), PaperProblem> {
        let name = free_name(&self.layout.sheet, &self.names);
        self.names.push(name.to_lowercase());
        let (sheet, layout) = (&mut self.sheet, &self.layout);
        self.heading_row = careful(|| {
            sheet.set_name(&name)?;
            for (index, column) in layout.columns.iter().enumerate() {
                sheet.set_column_width(index as u16, width(column))?;
                sheet.set_column_format(index as u16, &cell_format(column.kind))?;
            }
            let heading = write_about(sheet, layout)?;
            let format = heading_format();
            for (index, column) in layout.columns.iter().enumerate() {
                sheet.write_string_with_format(heading, index as u16, printable(&column.title).as_ref(), &format)?;
            }
            sheet.set_freeze_panes(heading + 1, layout.frozen_columns)?;
            Ok(heading)
        })?;
        self.next_row = self.heading_row + 1;
        Ok(())
    }

    /// The filter arrows go over the rows there are.
    fn end_sheet(&mut self) -> Result<(), PaperProblem> {
        let Some(last_column) = self.layout.columns.len().checked_sub(1) else { return Ok(()) };
        if self.next_row > self.heading_row + 1 {
            let (sheet, first, last) = (&mut self.sheet, self.heading_row, self.next_row - 1);
            careful(|| sheet.autofilter(first, 0, last, last_column as u16).map(drop))?;
        }
        Ok(())
    }
}

/// The library answers a full disk under its temporary file with a panic; here it is a fault like any other.
fn careful<T>(call: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, PaperProblem> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(answer) => answer.map_err(PaperProblem::fault),
        Err(_) => Err(PaperProblem::fault("the temporary file of the workbook cannot be written")),
    }
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: Out<'_>) -> Result<(), XlsxError> {
    match cell {
        Out::Empty | Out::Text("") => return Ok(()),
        Out::Text(text) => sheet.write_string(row, column, fitting(text))?,
        // Beyond 15 digits Excel would round.
        Out::Whole(number) if number.unsigned_abs() > 999_999_999_999_999 => {
            sheet.write_string(row, column, number.to_string())?
        }
        Out::Whole(number) => sheet.write_number(row, column, number as f64)?,
        Out::Number(number) if !number.is_finite() => return Ok(()),
        Out::Number(number) => sheet.write_number(row, column, number)?,
        Out::Day(day) => match Serial::of(day) {
            Some(serial) => sheet.write_number(row, column, serial)?,
            None => sheet.write_string(row, column, day.to_string())?,
        },
    };
    Ok(())
}

/// The text without what XML forbids, and not longer than a cell may be.
fn fitting(text: &str) -> Cow<'_, str> {
    let text = printable(text);
    if text.len() <= TEXT_MOST {
        return text;
    }
    let mut units = 0;
    let fits = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > TEXT_MOST
    });
    match fits {
        Some((end, _)) => Cow::Owned(text[..end].to_owned()),
        None => text,
    }
}

fn write_about(sheet: &mut Worksheet, layout: &Layout) -> Result<u32, XlsxError> {
    let Some(about) = &layout.about else { return Ok(0) };
    sheet.write_string_with_format(
        0,
        0,
        printable(&about.title).as_ref(),
        &Format::new().set_bold().set_font_size(14),
    )?;
    let mut row = 1;
    for (label, value) in &about.lines {
        let line = format!("{label}: {value}");
        sheet.write_string_with_format(row, 0, fitting(&line).as_ref(), &Format::new().set_italic())?;
        row += 1;
    }
    Ok(row + 1)
}

fn heading_format() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_align(FormatAlign::Center)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xE8_EC_F1))
}

fn cell_format(kind: OutKind) -> Format {
    let format = Format::new();
    match kind {
        OutKind::Text => format.set_num_format("@"),
        OutKind::Whole => format.set_num_format("#,##0"),
        OutKind::Decimal(0) => format.set_num_format("#,##0"),
        OutKind::Decimal(places) => format.set_num_format(format!("#,##0.{}", "0".repeat(usize::from(places.min(6))))),
        OutKind::Day => format.set_num_format("dd/mm/yyyy"),
        OutKind::Percent => format.set_num_format("0.00%"),
    }
}

fn width(column: &OutColumn) -> f64 {
    if column.width > 0.0 {
        return column.width.min(255.0);
    }
    let by_kind: f64 = match column.kind {
        OutKind::Text => 18.0,
        OutKind::Day => 12.0,
        OutKind::Whole | OutKind::Decimal(_) | OutKind::Percent => 11.0,
    };
    // Headings wrap, so half their length is enough.
    by_kind.max((column.title.chars().count() as f64 / 2.0).min(40.0))
}

/// A name Excel accepts and no other sheet has.
fn free_name(wanted: &str, taken: &[String]) -> String {
    let clean: String =
        wanted.chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
    let clean = clean.trim().trim_matches('\'').trim();
    let base = if clean.is_empty() || clean.eq_ignore_ascii_case("history") { "Sheet" } else { clean };
    (1..).map(|number| numbered(base, number)).find(|name| !taken.contains(&name.to_lowercase())).unwrap_or_default()
}

fn numbered(base: &str, number: u32) -> String {
    let ending = if number == 1 { String::new() } else { format!(" ({number})") };
    let mut units = ending.len();
    let fits = base.chars().take_while(|c| {
        units += c.len_utf16();
        units <= NAME_MOST
    });
    let name: String = fits.collect();
    format!("{}{ending}", name.trim_end().trim_end_matches('\''))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_what_excel_accepts() {
        let taken = ["đảng viên".to_owned()];
        assert_eq!(free_name("Đảng viên", &taken), "Đảng viên (2)");
        assert_eq!(free_name("a/b:c[d]*?'", &[]), "a b c d");
        assert_eq!(free_name(" ", &[]), "Sheet");
        let long = free_name(&"Đảng bộ ".repeat(9), &[]);
        assert!(long.chars().count() <= NAME_MOST && !long.ends_with(' '));
    }

    #[test]
    fn a_full_sheet_goes_on_in_the_next() {
        let layout = Layout::new("Tờ", vec![OutColumn::new("Số", OutKind::Whole)]);
        let mut writer = XlsxWriter::start(layout, Moment(0)).unwrap();
        writer.rows_most = 4;
        for number in 0..7 {
            writer.row(&[Out::Whole(number)]).unwrap();
        }
        let mut bytes = Vec::new();
        writer.finish(&mut bytes).unwrap();
        let mut source = crate::SheetSource::open(bytes, "x", crate::Limits::default()).unwrap();
        assert_eq!(source.facts().sheets, ["Tờ", "Tờ (2)", "Tờ (3)"]);
        let walk = source.for_each_row(|_| std::ops::ControlFlow::Continue(())).unwrap();
        assert_eq!(walk.rows, 7 + 3);
    }

    #[test]
    fn text_is_cut_where_excel_cuts() {
        assert_eq!(fitting(&"ệ".repeat(40_000)).chars().count(), TEXT_MOST);
        assert_eq!(fitting("a\u{0}b"), "ab");
    }
}
