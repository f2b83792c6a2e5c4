//! CSV as Excel opens it: UTF-8 with byte order mark, CRLF.

use std::fmt::Write as _;
use std::io::Write;

use csv::{Terminator, Writer, WriterBuilder};

use super::formula::guarded;
use super::{Layout, Out, OutKind};
use crate::PaperProblem;

/// Writes rows as they come.
pub(super) struct CsvWriter<W: Write> {
    file: Writer<W>,
    kinds: Vec<OutKind>,
    number: String,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the mark and the heading.
    pub fn start(layout: &Layout, separator: u8, mut out: W) -> Result<Self, PaperProblem> {
        out.write_all(b"\xef\xbb\xbf")?;
        let file =
            WriterBuilder::new().delimiter(separator).terminator(Terminator::CRLF).flexible(true).from_writer(out);
        let mut writer = Self { file, kinds: Vec::new(), number: String::new() };
        writer.heading(layout)?;
        Ok(writer)
    }

    fn heading(&mut self, layout: &Layout) -> Result<(), PaperProblem> {
        self.kinds = layout.columns.iter().map(|column| column.kind).collect();
        for column in &layout.columns {
            self.file.write_field(guarded(&column.title).as_bytes()).map_err(PaperProblem::fault)?;
        }
        self.end_row()
    }

    pub fn next_table(&mut self, layout: &Layout) -> Result<(), PaperProblem> {
        self.end_row()?;
        self.heading(layout)
    }

    pub fn row(&mut self, cells: &[Out<'_>]) -> Result<(), PaperProblem> {
        for (index, kind) in self.kinds.iter().enumerate() {
            self.number.clear();
            let written = match cells.get(index).copied().unwrap_or(Out::Empty) {
                Out::Empty => self.file.write_field(b""),
                Out::Text(text) => self.file.write_field(guarded(text).as_bytes()),
                number => {
                    push(&mut self.number, number, *kind);
                    self.file.write_field(self.number.as_bytes())
                }
            };
            written.map_err(PaperProblem::fault)?;
        }
        self.end_row()
    }

    fn end_row(&mut self) -> Result<(), PaperProblem> {
        self.file.write_record(None::<&[u8]>).map_err(PaperProblem::fault)
    }

    pub fn finish(self) -> Result<W, PaperProblem> {
        self.file.into_inner().map_err(|error| PaperProblem::fault(error.error()))
    }
}

fn push(text: &mut String, cell: Out<'_>, kind: OutKind) {
    // Writing to a String cannot fail.
    let _ = match (cell, kind) {
        (Out::Whole(number), _) => write!(text, "{number}"),
        (Out::Number(number), _) if !number.is_finite() => Ok(()),
        (Out::Number(number), OutKind::Percent) => write!(text, "{:.2}%", number * 100.0),
        (Out::Number(number), OutKind::Decimal(places)) => write!(text, "{number:.*}", usize::from(places)),
        (Out::Number(number), _) => write!(text, "{number}"),
        (Out::Day(day), _) => write!(text, "{day}"),
        (Out::Empty | Out::Text(_), _) => Ok(()),
    };
}
