//! CSV and TSV: rows out of the csv crate's record stream.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;

use chibo_kernel::Said;
use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::decode::Decoded;
use super::encoding::{self, Found};
use super::limits::{Limits, Meter};
use super::source::Source;
use super::workbook::text_of;
use super::{RowSink, Walk};
use crate::PaperProblem;
use crate::cell::{CellRef, DateSystem, RowRef, Value};
use crate::writer::formula;

/// An open text file.
pub(crate) struct Delimited {
    source: Source,
    /// Its encoding.
    pub found: Found,
    /// Its separator.
    pub separator: u8,
    name: String,
    limits: Limits,
}

impl Delimited {
    /// Recognises encoding and separator.
    pub fn open(mut source: Source, name: &str, limits: Limits) -> Result<Self, PaperProblem> {
        let found = encoding::recognise(&mut source)?;
        let separator = encoding::separator(&found.sample);
        Ok(Self { source, found, separator, name: name.to_owned(), limits })
    }

    /// Every row that holds anything, until the sink breaks.
    pub fn walk(&mut self, sink: RowSink<'_>) -> Result<Walk, PaperProblem> {
        let meter = Arc::new(Meter::default());
        let decoded = Decoded::new(self.source.again()?, &self.found, self.limits.gap_bytes, Arc::clone(&meter))?;
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .terminator(Terminator::Any(b'\n'))
            .buffer_capacity(64 << 10)
            .from_reader(decoded);
        let named_separator = self.found.sample.starts_with("sep=");
        let mut record = ByteRecord::new();
        let mut cells = Vec::new();
        let mut walk = Walk::default();
        // Line ends inside quotes: they make lines, not rows.
        let mut inner = 0_u64;
        loop {
            let more =
                reader.read_byte_record(&mut record).map_err(|error| meter.problem(PaperProblem::fault(error)))?;
            if !more {
                return Ok(walk);
            }
            meter.progress();
            inner += record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
            let number = (reader.position().line() - 1).saturating_sub(inner);
            if named_separator && number == 1 {
                continue;
            }
            let mut row = emptied(cells);
            self.fill(&record, &mut row)?;
            let flow = self.hand_over(number, &row, &mut walk, sink)?;
            cells = emptied(row);
            if flow.is_break() {
                walk.stopped = true;
                return Ok(walk);
            }
        }
    }

    fn fill<'r>(&self, record: &'r ByteRecord, row: &mut Vec<CellRef<'r>>) -> Result<(), PaperProblem> {
        for (column, field) in record.iter().enumerate() {
            let text = match std::str::from_utf8(field) {
                Ok(text) => Cow::Borrowed(formula::unguarded(text)),
                // Wrong bytes become U+FFFD, which is named cell by cell when the column is read.
                Err(_) => String::from_utf8_lossy(field),
            };
            let value = text_of(text, self.found.legacy);
            if value == Value::Empty {
                continue;
            }
            if column >= self.limits.columns as usize {
                let said = Said::new("papers-too-many-columns").with("most", self.limits.columns);
                let place = crate::cell_address(column as u32, 1);
                return Err(PaperProblem::Refused(said.with("cell", place).with("sheet", &self.name)));
            }
            row.push(CellRef { column: column as u32, value, formula: false });
        }
        Ok(())
    }

    fn hand_over(
        &self,
        number: u64,
        cells: &[CellRef<'_>],
        walk: &mut Walk,
        sink: RowSink<'_>,
    ) -> Result<ControlFlow<()>, PaperProblem> {
        if cells.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        walk.rows += 1;
        walk.cells += cells.len() as u64;
        if walk.rows > self.limits.rows {
            return Err(PaperProblem::Refused(Said::new("papers-too-many-rows").with("most", self.limits.rows)));
        }
        if walk.cells > self.limits.cells {
            return Err(PaperProblem::Refused(Said::new("papers-too-many-cells").with("most", self.limits.cells)));
        }
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        Ok(sink(&RowRef { sheet: &self.name, number, system: DateSystem::From1900, typed: false, cells }))
    }
}

/// The same memory for cells that borrow from another record.
fn emptied<'b>(mut cells: Vec<CellRef<'_>>) -> Vec<CellRef<'b>> {
    cells.clear();
    cells.into_iter().map(|cell| CellRef { column: cell.column, value: Value::Empty, formula: false }).collect()
}
