//! The scan: pick the rows of the day, sieve them, number their cells. The hot loops of the product.

use super::dims::{Column, Instant};
use super::plan::{Base, Ground, Lane, Plan, Run};
use crate::columns::{MONTHS, NEVER, Segment};

/// Rows handled at once: small enough for the fastest memory.
const BATCH: usize = 2048;

/// Takes the rows found, with their cells.
pub(super) trait Sink {
    fn take(&mut self, segment: &Segment, rows: &[u32], cells: &[u32]);
}

/// Rows found and not yet handed on.
struct Batch {
    rows: [u32; BATCH],
    cells: [u32; BATCH],
    holds: [u8; BATCH],
    len: usize,
}

impl Batch {
    fn new() -> Self {
        Self { rows: [0; BATCH], cells: [0; BATCH], holds: [0; BATCH], len: 0 }
    }

    /// Appends the rows of a run that hold, without a branch per row; the run must fit.
    #[inline(always)]
    fn pick(&mut self, first: u32, count: usize, base: u32, holds: impl Iterator<Item = bool>) {
        // Two loops: the first is done many rows at a time, the second is as short as can be.
        let marks = &mut self.holds[..count];
        marks.iter_mut().zip(holds).for_each(|(mark, holds)| *mark = u8::from(holds));
        let start = self.len;
        let mut len = start;
        for (mark, row) in marks.iter().zip(first..) {
            self.rows[len & (BATCH - 1)] = row;
            len += usize::from(*mark);
        }
        self.cells[start..len].fill(base);
        self.len = len;
    }

    fn pick_run(&mut self, segment: &Segment, run: Run, at: Instant, test_known: bool) {
        let rows = run.start as usize..run.end as usize;
        let count = rows.len();
        let valid = segment.from[rows.clone()].iter().zip(&segment.to[rows.clone()]);
        let valid = valid.map(|(from, to)| (*from <= at.day) & (at.day < *to));
        if at.known_now() {
            if !test_known {
                return self.pick(run.start, count, run.base, valid);
            }
            let known = segment.superseded[rows].iter().map(|superseded| *superseded == NEVER);
            return self.pick(run.start, count, run.base, valid.zip(known).map(|(valid, known)| valid & known));
        }
        let known = segment.recorded[rows.clone()].iter().zip(&segment.superseded[rows]);
        let known = known.map(|(recorded, superseded)| (*recorded <= at.known) & (at.known < *superseded));
        self.pick(run.start, count, run.base, valid.zip(known).map(|(valid, known)| valid & known));
    }

    fn flush(&mut self, segment: &Segment, plan: &Plan, sink: &mut impl Sink) {
        for sieve in &plan.sieves {
            self.sieve(segment, sieve);
        }
        let (rows, cells) = (&self.rows[..self.len], &mut self.cells[..self.len]);
        for lane in &plan.lanes {
            match bytes(segment, lane.column) {
                Ok(column) => add_bytes(cells, rows, column, &lane.table),
                Err(column) => add_months(cells, rows, column, &lane.table),
            }
        }
        sink.take(segment, rows, cells);
        self.len = 0;
    }

    /// Keeps the rows whose table entry is not 0.
    fn sieve(&mut self, segment: &Segment, sieve: &Lane) {
        match bytes(segment, sieve.column) {
            Ok(column) => self.keep(|row| sieve.table[usize::from(column[row])]),
            Err(column) => self.keep(|row| sieve.table[usize::from(column[row]) & (MONTHS - 1)]),
        }
    }

    #[inline(always)]
    fn keep(&mut self, entry: impl Fn(usize) -> u32) {
        let mut kept = 0;
        for i in 0..self.len {
            let (row, cell) = (self.rows[i], self.cells[i]);
            self.rows[kept & (BATCH - 1)] = row;
            self.cells[kept & (BATCH - 1)] = cell;
            kept += entry(row as usize) as usize;
        }
        self.len = kept;
    }
}

/// The column as bytes, else as months.
fn bytes(segment: &Segment, column: Column) -> Result<&[u8], &[u16]> {
    match column {
        Column::Origin => Ok(&segment.origin),
        Column::Ethnicity => Ok(&segment.ethnicity),
        Column::Grade => Ok(&segment.grade),
        Column::Schooling => Ok(&segment.schooling),
        Column::Occupation => Ok(&segment.occupation),
        Column::Birth => Err(&segment.birth),
        Column::Admitted => Err(&segment.admitted),
        Column::Counted => Err(&segment.counted),
    }
}

/// The value of a column in one row, as an index into its table.
fn bytes_at(segment: &Segment, column: Column, row: usize) -> usize {
    match bytes(segment, column) {
        Ok(bytes) => usize::from(bytes[row]),
        Err(months) => usize::from(months[row]) & (MONTHS - 1),
    }
}

fn add_bytes(cells: &mut [u32], rows: &[u32], column: &[u8], table: &[u32]) {
    // A table of known length needs no check per row.
    let Ok(table) = <&[u32; 256]>::try_from(table) else { return };
    for (cell, row) in cells.iter_mut().zip(rows) {
        *cell = cell.wrapping_add(table[usize::from(column[*row as usize])]);
    }
}

fn add_months(cells: &mut [u32], rows: &[u32], column: &[u16], table: &[u32]) {
    let Ok(table) = <&[u32; MONTHS]>::try_from(table) else { return };
    for (cell, row) in cells.iter_mut().zip(rows) {
        *cell = cell.wrapping_add(table[usize::from(column[*row as usize]) & (MONTHS - 1)]);
    }
}

/// Hands every row the plan is about to the sink.
pub(super) fn scan(plan: &Plan, ground: &Ground<'_>, base: Base, sink: &mut impl Sink) {
    let columns = ground.columns;
    let mut batch = Batch::new();
    for run in &plan.runs {
        let mut start = run.start;
        while start < run.end {
            if BATCH - batch.len < BATCH / 4 {
                batch.flush(&columns.rows, plan, sink);
            }
            let end = run.end.min(start + (BATCH - batch.len) as u32);
            batch.pick_run(&columns.rows, Run { start, end, ..*run }, plan.at, columns.corrected);
            start = end;
        }
    }
    batch.flush(&columns.rows, plan, sink);
    each_in_tail(plan, ground, base, |row, base| {
        if batch.len == BATCH - 1 {
            batch.flush(&columns.tail, plan, sink);
        }
        batch.pick(row, 1, base, std::iter::once(true));
    });
    batch.flush(&columns.tail, plan, sink);
}

/// The rows of the tail that hold and lie in the scope, with their base.
pub(super) fn each_in_tail(plan: &Plan, ground: &Ground<'_>, base: Base, mut take: impl FnMut(u32, u32)) {
    let (tail, units) = (&ground.columns.tail, &ground.columns.tail_unit);
    if tail.len() as u64 > plan.units.most() * 16 {
        // Few units: asking each for its rows is shorter than asking each row for its unit.
        return plan.units.each(|unit, _| {
            for row in ground.columns.tail_of(unit).filter(|row| row_holds(tail, *row as usize, plan.at)) {
                if let Some(base) = plan.tail_base(unit, base) {
                    take(row, base);
                }
            }
        });
    }
    let (mut start, len) = (0, tail.len() as u32);
    let mut found = Batch::new();
    while start < len {
        let end = len.min(start + BATCH as u32);
        found.len = 0;
        found.pick_run(tail, Run { start, end, base: 0 }, plan.at, true);
        for row in &found.rows[..found.len] {
            if let Some(base) = plan.tail_base(units[*row as usize], base) {
                take(*row, base);
            }
        }
        start = end;
    }
}

/// Whether one row holds.
pub(super) fn row_holds(segment: &Segment, row: usize, at: Instant) -> bool {
    let superseded = segment.superseded[row];
    let believed =
        if at.known_now() { superseded == NEVER } else { segment.recorded[row] <= at.known && at.known < superseded };
    believed && segment.from[row] <= at.day && at.day < segment.to[row]
}

/// Whether one row passes every filter on its columns.
pub(super) fn row_passes(segment: &Segment, row: usize, sieves: &[Lane]) -> bool {
    sieves.iter().all(|sieve| sieve.table[bytes_at(segment, sieve.column, row)] != 0)
}

/// How many rows of a run hold, eight or more at a time.
pub(super) fn count_run(segment: &Segment, run: Run, at: Instant, test_known: bool) -> u32 {
    let rows = run.start as usize..run.end as usize;
    let valid = segment.from[rows.clone()].iter().zip(&segment.to[rows.clone()]);
    let valid = valid.map(|(from, to)| (*from <= at.day) & (at.day < *to));
    if at.known_now() {
        if !test_known {
            return sum(valid);
        }
        let known = segment.superseded[rows].iter().map(|superseded| *superseded == NEVER);
        return sum(valid.zip(known).map(|(valid, known)| valid & known));
    }
    let known = segment.recorded[rows.clone()].iter().zip(&segment.superseded[rows]);
    let known = known.map(|(recorded, superseded)| (*recorded <= at.known) & (at.known < *superseded));
    sum(valid.zip(known).map(|(valid, known)| valid & known))
}

#[inline(always)]
fn sum(holds: impl Iterator<Item = bool>) -> u32 {
    holds.map(u32::from).sum()
}
