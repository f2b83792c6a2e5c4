//! From rows of a sheet to typed rows of an import.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Said};

use super::cells::{Cells, Held, Slot};
use super::heading::{Heading, ROWS, Titles, as_titles, is_numbering};
use super::parse::{Names, Reader, names_of};
use super::{Column, Mapping, RowIssue, Severity, Title};
use crate::cell::{RowRef, Value};
use crate::reader::Merged;

/// What a row was.
#[derive(Debug)]
pub enum Step<'t> {
    /// A title, the heading, a blank row: nothing to import.
    Skip,
    /// A row of data; look at [`Cells::refused`].
    Row(&'t mut Cells),
    /// The heading has errors or was not found: nothing more will come out of this sheet.
    Unusable,
}

/// Reads the rows of a file as one import understands them. Give it every row of [`for_each_row`] in order.
///
/// [`for_each_row`]: crate::SheetSource::for_each_row
pub struct Table {
    columns: &'static [Column],
    today: Day,
    titles: Titles,
    names: Vec<Names>,
    merged: HashMap<String, Vec<Merged>>,
    sheet: Arc<str>,
    state: State,
    cells: Cells,
    doubts: Vec<(Said, Severity)>,
    issues: Vec<RowIssue>,
    /// Columns whose letters were put together once already: said once, not for every cell.
    normalised: HashSet<usize>,
    headings: usize,
    seen: Vec<Title>,
}

enum State {
    Seeking,
    /// The heading stands in this row.
    Reading(u32),
    Unusable,
}

impl Table {
    /// A reading of these columns; two-digit years lie in the hundred years up to `today`.
    pub fn new(columns: &'static [Column], today: Day) -> Self {
        let slots = columns.iter().map(|_| Slot::default()).collect();
        let sheet: Arc<str> = Arc::from("");
        Self {
            columns,
            today,
            titles: Titles::new(columns),
            names: columns.iter().map(|column| names_of(column.kind)).collect(),
            merged: HashMap::new(),
            cells: Cells {
                sheet: Arc::clone(&sheet),
                row: 0,
                slots,
                places: vec![None; columns.len()],
                issues: Vec::new(),
            },
            sheet,
            state: State::Seeking,
            doubts: Vec::new(),
            issues: Vec::new(),
            normalised: HashSet::new(),
            headings: 0,
            seen: Vec::new(),
        }
    }

    /// With what people said of headings.
    pub fn mapped(mut self, mapping: Mapping) -> Self {
        self.titles.mapped(mapping);
        self
    }

    /// The headings of the first sheet that has any, with what they are read as; while none is found, those of the row that
    /// looks most like one.
    pub fn titles(&self) -> &[Title] {
        &self.seen
    }

    /// With the merged cells of a sheet, so that an empty required cell can be explained.
    pub fn with_merged(mut self, sheet: &str, merged: Vec<Merged>) -> Self {
        self.merged.insert(sheet.to_owned(), merged);
        self
    }

    /// Position of a column by its key.
    pub fn index(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// Takes the next row.
    pub fn read(&mut self, row: &RowRef<'_, '_>) -> Step<'_> {
        if row.sheet != &*self.sheet {
            self.sheet = Arc::from(row.sheet);
            self.cells.sheet = Arc::clone(&self.sheet);
            self.state = State::Seeking;
            self.normalised.clear();
        }
        match self.state {
            State::Unusable => Step::Unusable,
            State::Seeking => self.seek(row),
            State::Reading(heading) if row.number == heading + 1 && is_numbering(row) => Step::Skip,
            State::Reading(_) if row.is_blank() => Step::Skip,
            State::Reading(_) => self.data(row),
        }
    }

    /// What is wrong with headings; complete after the last row.
    pub fn heading_issues(&self) -> &[RowIssue] {
        &self.issues
    }

    /// After the last row: everything wrong with headings, also that no sheet has one.
    pub fn finish(mut self) -> Vec<RowIssue> {
        if self.headings == 0 {
            let titles: Vec<&str> = self.columns.iter().filter(|column| column.required).map(Column::title).collect();
            let said = Said::new("papers-heading-missing").with("rows", ROWS).with("titles", titles.join(", "));
            let sheet = self.sheet;
            self.issues.push(RowIssue { sheet, row: 0, place: None, said, severity: Severity::Error });
        }
        self.issues
    }

    fn seek(&mut self, row: &RowRef<'_, '_>) -> Step<'_> {
        if row.number > ROWS {
            self.state = State::Unusable;
            return Step::Unusable;
        }
        let Some(Heading { row, places, issues, titles }) = self.titles.read(row, self.columns) else {
            let texts = as_titles(row);
            if self.headings == 0 && texts.len() > self.seen.len() {
                self.seen = texts;
            }
            return Step::Skip;
        };
        if self.headings == 0 {
            self.seen = titles;
        }
        self.headings += 1;
        let usable = issues.iter().all(|(_, _, severity)| *severity != Severity::Error);
        let sheet = &self.sheet;
        self.issues.extend(issues.into_iter().map(|(place, said, severity)| RowIssue {
            sheet: Arc::clone(sheet),
            row,
            place,
            said,
            severity,
        }));
        self.cells.places = places;
        self.state = if usable { State::Reading(row) } else { State::Unusable };
        if usable { Step::Skip } else { Step::Unusable }
    }

    fn data(&mut self, row: &RowRef<'_, '_>) -> Step<'_> {
        self.cells.row = row.number;
        self.cells.issues.clear();
        for (index, column) in self.columns.iter().enumerate() {
            let place = self.cells.places[index].as_ref().map(|place| place.column);
            let slot = &mut self.cells.slots[index];
            slot.held = Held::Empty;
            let cell = place.and_then(|place| row.cell(place));
            if let Some(cell) = cell {
                let mut reader = Reader {
                    today: self.today,
                    typed: row.typed,
                    system: row.system,
                    names: &self.names[index],
                    doubts: &mut self.doubts,
                };
                reader.read(column, &cell.value, slot);
                if cell.formula {
                    self.doubts.push((Said::new("papers-cell-formula"), Severity::Warning));
                }
                if needs_composing(&cell.value) && self.normalised.insert(index) {
                    self.doubts.push((Said::new("papers-text-normalised"), Severity::Warning));
                }
            }
            let unread = self.doubts.iter().any(|(_, severity)| *severity == Severity::Error);
            if column.required && slot.held == Held::Empty && !unread {
                let hidden = place.is_some_and(|place| self.is_hidden(row, place));
                let key = if hidden { "papers-cell-merged" } else { "papers-cell-required" };
                self.doubts.push((Said::new(key).with("title", column.title()), Severity::Error));
            }
            for (said, severity) in self.doubts.drain(..) {
                self.cells.add(index, said, severity);
            }
        }
        Step::Row(&mut self.cells)
    }

    fn is_hidden(&self, row: &RowRef<'_, '_>, column: u32) -> bool {
        let merged = self.merged.get(row.sheet).map(Vec::as_slice).unwrap_or_default();
        merged.iter().any(|merged| merged.hides(row.number - 1, column))
    }
}

/// Letters whose marks stand apart (NFD), as files from other systems have them.
fn needs_composing(value: &Value<'_>) -> bool {
    match value {
        // In UTF-8 the marks U+0300 to U+036F, and little else, begin with one of two bytes.
        Value::Text(text) if text.bytes().any(|byte| matches!(byte, 0xcc | 0xcd)) => {
            text.contains(|c: char| matches!(c, '\u{300}'..='\u{36f}')) && clean(text) != text.trim()
        }
        _ => false,
    }
}
