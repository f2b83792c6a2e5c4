//! Reading spreadsheets: recognised by content, guarded before parsing, streamed row by row.

mod decode;
mod delimited;
mod encoding;
mod guard;
mod limits;
mod merged;
mod mirror;
mod source;
mod watch;
mod workbook;

use std::ops::ControlFlow;

use chibo_kernel::Said;
use chibo_kernel::text::legacy::{Legacy, detect};

use crate::cell::{RowRef, Value};
use crate::problem::PaperProblem;

pub use limits::Limits;
pub use merged::Merged;
pub use source::Source;

use delimited::Delimited;
use workbook::Workbook;

/// Takes one row; breaks to stop reading.
pub(crate) type RowSink<'s> = &'s mut dyn FnMut(&RowRef<'_, '_>) -> ControlFlow<()>;

/// What a file turned out to be: to be shown before anything is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Name of the file as uploaded, without control characters.
    pub name: String,
    /// A workbook (XLSX), else text (CSV, TSV).
    pub workbook: bool,
    /// Name of the encoding; `None` for a workbook in Unicode.
    pub encoding: Option<&'static str>,
    /// The separator of columns of a text file.
    pub separator: Option<char>,
    /// A line as it stands in the file and as it was decoded, when the text was written for an old font.
    pub sample: Option<(String, String)>,
    /// The sheets that are read.
    pub sheets: Vec<String>,
    /// Hidden sheets, which are not read.
    pub hidden: Vec<String>,
}

/// How far reading went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Rows handed over.
    pub rows: u64,
    /// Cells seen.
    pub cells: u64,
    /// The caller broke off.
    pub stopped: bool,
}

/// An open spreadsheet.
pub struct SheetSource {
    book: Book,
    facts: FileFacts,
}

enum Book {
    Workbook(Box<Workbook>),
    Delimited(Box<Delimited>),
}

/// Rows at the start of a workbook that are judged for old fonts.
const SAMPLE_ROWS: u32 = 200;

impl SheetSource {
    /// Opens a file by its content; the name is only shown. Nothing is parsed that could exceed the limits.
    ///
    /// # Errors
    /// `Refused` with a sentence for the one who uploads; `Fault` when the disk fails.
    pub fn open(source: impl Into<Source>, file_name: &str, limits: Limits) -> Result<Self, PaperProblem> {
        let mut source = source.into();
        // The mirror's places are 32 bits wide.
        let limits = Limits {
            inflated_bytes: limits.inflated_bytes.min(3 << 30),
            entries: limits.entries.min(0xfffe),
            ..limits
        };
        let length = source.length()?;
        if length > limits.file_bytes {
            return Err(PaperProblem::Refused(
                Said::new("papers-file-too-large").with("most", limits.file_bytes >> 20),
            ));
        }
        let name: String = file_name.chars().filter(|c| !c.is_control()).take(200).collect();
        match kind(&mut source)? {
            FileKind::Zip => Self::workbook(source, name, limits),
            FileKind::Text => Self::delimited(source, name, limits),
        }
    }

    /// Opens a file on disk; see [`SheetSource::open`].
    pub fn open_path(path: &std::path::Path, limits: Limits) -> Result<Self, PaperProblem> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self::open(Source::path(path)?, &name, limits)
    }

    /// What the file is.
    pub fn facts(&self) -> &FileFacts {
        &self.facts
    }

    /// Hands over every row that holds anything, sheet by sheet, one at a time; the sheet is never held. May be called
    /// again: each time reading starts anew.
    ///
    /// # Errors
    /// `Refused` when the file turns out to be broken, forged or beyond the limits; rows handed over before stay so.
    pub fn for_each_row(
        &mut self,
        mut sink: impl FnMut(&RowRef<'_, '_>) -> ControlFlow<()>,
    ) -> Result<Walk, PaperProblem> {
        match &mut self.book {
            Book::Workbook(book) => book.walk(&mut sink),
            Book::Delimited(book) => book.walk(&mut sink),
        }
    }

    /// The merged cells of a sheet: costs inflating the sheet once more, so ask only when a cell is missed.
    pub fn merged(&mut self, sheet: &str) -> Result<Vec<Merged>, PaperProblem> {
        match &mut self.book {
            Book::Workbook(book) => book.merged(sheet),
            Book::Delimited(_) => Ok(Vec::new()),
        }
    }

    fn workbook(source: Source, name: String, limits: Limits) -> Result<Self, PaperProblem> {
        let mut book = Workbook::open(source, limits)?;
        let mut text = String::new();
        book.walk(&mut |row| {
            for cell in row.cells {
                if let Value::Text(value) = &cell.value {
                    text.push_str(value);
                    text.push('\n');
                }
            }
            if row.number < SAMPLE_ROWS && text.len() < encoding::SAMPLE {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        book.legacy = detect(&text);
        let facts = FileFacts {
            name,
            workbook: true,
            encoding: book.legacy.map(|legacy| if legacy == Legacy::Tcvn3 { "TCVN3 (ABC)" } else { "VNI" }),
            separator: None,
            sample: book.legacy.and_then(|legacy| encoding::before_and_after(&text, legacy)),
            sheets: book.sheets.clone(),
            hidden: book.hidden.clone(),
        };
        Ok(Self { book: Book::Workbook(Box::new(book)), facts })
    }

    fn delimited(source: Source, name: String, limits: Limits) -> Result<Self, PaperProblem> {
        let book = Delimited::open(source, &name, limits)?;
        let facts = FileFacts {
            workbook: false,
            encoding: Some(encoding::name(&book.found)),
            separator: Some(char::from(book.separator)),
            sample: book.found.legacy.and_then(|legacy| encoding::before_and_after(&book.found.sample, legacy)),
            sheets: vec![name.clone()],
            hidden: Vec::new(),
            name,
        };
        Ok(Self { book: Book::Delimited(Box::new(book)), facts })
    }
}

enum FileKind {
    Zip,
    Text,
}

/// What the first bytes say; refuses what people upload by mistake with a sentence of its own.
fn kind(source: &mut Source) -> Result<FileKind, PaperProblem> {
    let first = source.bytes_at(0, 512)?;
    let text = String::from_utf8_lossy(&first).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    let refused = match first.as_slice() {
        [] => "papers-empty-file",
        [b'P', b'K', 3, 4, ..] => return Ok(FileKind::Zip),
        [b'P', b'K', 5, 6, ..] => "papers-zip-no-workbook",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "papers-old-excel",
        _ if text.starts_with("%pdf") => "papers-not-a-table",
        _ if text.starts_with("<html")
            || text.starts_with("<!doctype")
            || text.starts_with("<?xml")
            || text.starts_with("<table") =>
        {
            "papers-web-page"
        }
        _ if text.starts_with("{\\rtf") => "papers-not-a-table",
        _ => return Ok(FileKind::Text),
    };
    Err(PaperProblem::refuse(refused))
}
