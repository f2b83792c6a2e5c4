//! XLSX: rows out of calamine's cell stream, never a whole sheet in memory.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{
    CellErrorType, DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxCellFormulaMetadataRecord, XlsxCellReader,
    XlsxError,
};
use chibo_kernel::Said;
use chibo_kernel::text::legacy::Legacy;

use super::guard::{self, Part};
use super::limits::{Limits, Meter};
use super::merged::{Merged, merged_in};
use super::mirror::Mirror;
use super::source::Source;
use super::{RowSink, Walk};
use crate::cell::{CellRef, DateSystem, RowRef, Serial, Value};
use crate::{PaperProblem, cell_address};

/// The most columns any Excel has.
const COLUMNS_MOST: u32 = 16_384;
/// The most rows any Excel has.
const ROWS_MOST: u32 = 1_048_576;

/// An open workbook.
pub(crate) struct Workbook {
    xlsx: Xlsx<Mirror>,
    /// A second handle, for merged regions.
    source: Source,
    parts: Vec<Part>,
    /// Visible sheets, in their order.
    pub sheets: Vec<String>,
    /// Hidden sheets, which are not read.
    pub hidden: Vec<String>,
    meter: Arc<Meter>,
    limits: Limits,
    /// Text of an old font in a Unicode file.
    pub legacy: Option<Legacy>,
}

impl Workbook {
    /// Guards, then opens.
    pub fn open(mut source: Source, limits: Limits) -> Result<Self, PaperProblem> {
        let parts = guard::inspect(&mut source, &limits)?;
        let meter = Arc::new(Meter::default());
        let mirror = Mirror::new(source.again()?, parts.clone(), limits.clone(), Arc::clone(&meter));
        let xlsx = guarded(&meter, || Ok(Xlsx::new(mirror)?))?;
        meter.start_streaming();
        let (mut sheets, mut hidden, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        for sheet in xlsx.sheets_metadata() {
            if sheet.typ == SheetType::WorkSheet && seen.insert(sheet.name.clone()) {
                let list = if sheet.visible == SheetVisible::Visible { &mut sheets } else { &mut hidden };
                list.push(sheet.name.clone());
            }
        }
        if sheets.is_empty() {
            return Err(PaperProblem::refuse("papers-no-sheet"));
        }
        Ok(Self { xlsx, source, parts, sheets, hidden, meter, limits, legacy: None })
    }

    /// Every row with cells of every visible sheet, in order, until the sink breaks.
    pub fn walk(&mut self, sink: RowSink<'_>) -> Result<Walk, PaperProblem> {
        let system = if self.xlsx.has_1904_epoch() { DateSystem::From1904 } else { DateSystem::From1900 };
        let mut walk = Walk::default();
        for sheet in self.sheets.clone() {
            self.meter.progress();
            let xlsx = &mut self.xlsx;
            let cells = guarded(&self.meter, || Ok(xlsx.worksheet_cells_reader(&sheet)?))?;
            let mut rows = Rows {
                cells,
                meter: &self.meter,
                limits: &self.limits,
                legacy: self.legacy,
                sheet: &sheet,
                system,
                row: Vec::new(),
                in_order: true,
                number: None,
                waiting: None,
                ended: false,
            };
            if rows.run(&mut walk, sink)?.is_break() {
                walk.stopped = true;
                break;
            }
        }
        Ok(walk)
    }

    /// The merged cells of a sheet.
    pub fn merged(&mut self, sheet: &str) -> Result<Vec<Merged>, PaperProblem> {
        self.meter.progress();
        let xlsx = &mut self.xlsx;
        guarded(&self.meter, || Ok(xlsx.worksheet_cells_reader(sheet).map(drop)?))?;
        match self.parts.get(self.meter.part()) {
            Some(part) => merged_in(self.source.again()?, part),
            None => Ok(Vec::new()),
        }
    }
}

/// Calls the parser. It answers hostile files with errors, some with a panic (an overflowing cell address); neither
/// may end more than this file.
fn guarded<T>(meter: &Meter, call: impl FnOnce() -> Result<T, Stop>) -> Result<T, PaperProblem> {
    let broken = || meter.problem(PaperProblem::refuse("papers-zip-broken"));
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(Stop::Limit(problem))) => Err(problem),
        Ok(Err(Stop::Parser)) | Err(_) => Err(broken()),
    }
}

/// Why reading stopped.
enum Stop {
    /// The parser gave up, by itself or because the mirror refused to go on.
    Parser,
    /// A limit of ours.
    Limit(PaperProblem),
}

impl From<XlsxError> for Stop {
    fn from(_: XlsxError) -> Self {
        Self::Parser
    }
}

impl From<Said> for Stop {
    fn from(said: Said) -> Self {
        Self::Limit(PaperProblem::Refused(said))
    }
}

/// One sheet on its way.
struct Rows<'w, 'x> {
    cells: XlsxCellReader<'x, Mirror>,
    meter: &'w Meter,
    limits: &'w Limits,
    legacy: Option<Legacy>,
    sheet: &'w str,
    system: DateSystem,
    row: Vec<CellRef<'x>>,
    in_order: bool,
    /// Zero-based number of the row the parser is in.
    number: Option<u32>,
    /// First cell of that row, read while the row before was gathered.
    waiting: Option<XlsxCellFormulaMetadataRecord<'x>>,
    /// The parser has no more cells and must not be asked again.
    ended: bool,
}

impl<'x> Rows<'_, 'x> {
    fn run(&mut self, walk: &mut Walk, sink: RowSink<'_>) -> Result<ControlFlow<()>, PaperProblem> {
        loop {
            let meter = self.meter;
            let number = guarded(meter, || self.gather(walk))?;
            let Some(number) = number else { return Ok(ControlFlow::Continue(())) };
            if self.row.is_empty() {
                continue;
            }
            walk.rows += 1;
            if walk.rows > self.limits.rows {
                return Err(PaperProblem::Refused(Said::new("papers-too-many-rows").with("most", self.limits.rows)));
            }
            let row =
                RowRef { sheet: self.sheet, number: number + 1, system: self.system, typed: true, cells: &self.row };
            if sink(&row).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }

    /// Gathers the cells of one row; its zero-based number, or `None` when there are no more.
    fn gather(&mut self, walk: &mut Walk) -> Result<Option<u32>, Stop> {
        self.row.clear();
        self.in_order = true;
        let mut gathering = None;
        if let Some(first) = self.waiting.take() {
            gathering = Some(first.pos.0);
            self.keep(first)?;
        }
        while !self.ended {
            let Some(cell) = self.cells.next_cell_with_formula_metadata()? else {
                self.ended = true;
                break;
            };
            self.meter.progress();
            walk.cells += 1;
            if walk.cells > self.limits.cells {
                return Err(Said::new("papers-too-many-cells").with("most", self.limits.cells).into());
            }
            let (row, column) = cell.pos;
            if self.number != Some(row) && (row >= ROWS_MOST || self.number.is_some_and(|before| row < before))
                || column >= COLUMNS_MOST
            {
                return Err(Said::new("papers-sheet-order").into());
            }
            self.number = Some(row);
            if gathering.is_some_and(|current| current != row) {
                self.waiting = Some(cell);
                break;
            }
            gathering = Some(row);
            self.keep(cell)?;
        }
        if !self.in_order {
            self.row.sort_by_key(|cell| cell.column);
            self.row.dedup_by_key(|cell| cell.column);
        }
        Ok(gathering)
    }

    fn keep(&mut self, cell: XlsxCellFormulaMetadataRecord<'x>) -> Result<(), Stop> {
        let column = cell.pos.1;
        let formula = cell.formula.is_some();
        let value = value_of(cell.value, self.system, self.legacy);
        if matches!(value, Value::Empty) && !formula {
            return Ok(());
        }
        if column >= self.limits.columns {
            let place = cell_address(column, cell.pos.0 + 1);
            let said = Said::new("papers-too-many-columns").with("most", self.limits.columns);
            return Err(said.with("cell", place).with("sheet", self.sheet).into());
        }
        if self.row.len() >= COLUMNS_MOST as usize {
            return Err(Said::new("papers-sheet-order").into());
        }
        self.in_order &= self.row.last().is_none_or(|last| last.column < column);
        self.row.push(CellRef { column, value, formula });
        Ok(())
    }
}

fn value_of<'x>(value: DataRef<'x>, system: DateSystem, legacy: Option<Legacy>) -> Value<'x> {
    match value {
        DataRef::Empty => Value::Empty,
        DataRef::String(text) => text_of(Cow::Owned(text), legacy),
        DataRef::SharedString(text) => text_of(Cow::Borrowed(text), legacy),
        DataRef::Float(number) => Value::Number(number),
        DataRef::Int(number) => Value::Number(number as f64),
        DataRef::Bool(bool) => Value::Bool(bool),
        DataRef::DateTime(date) if date.is_duration() => Value::Number(date.as_f64()),
        DataRef::DateTime(date) => Value::Date(Serial { number: date.as_f64(), system }),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::Text(Cow::Owned(text)),
        DataRef::Error(error) => Value::Error(error_text(&error)),
    }
}

/// Text as it is handed on: empty text is no value, text of an old font becomes Unicode.
pub(crate) fn text_of(text: Cow<'_, str>, legacy: Option<Legacy>) -> Value<'_> {
    match legacy {
        _ if text.is_empty() => Value::Empty,
        Some(legacy) if !text.is_ascii() => Value::Text(Cow::Owned(legacy.decode(&text))),
        _ => Value::Text(text),
    }
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#DATA!",
    }
}
