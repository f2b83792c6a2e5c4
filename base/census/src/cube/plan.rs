//! The plan of a question: runs of rows, and one table per column asked about.

use std::sync::Arc;

use chibo_kernel::{AsOf, Day};

use super::dims::{Column, Instant};
use super::units::{Part, Units, child_places};
use super::{Bounds, Codes, Dim, Query, TooMuch};
use crate::columns::{Columns, MONTHS, pack_asked, pack_moment};
use crate::forest::{Forest, TodayPlaces, Tree, UnitNo};

/// What a question is answered from.
pub(crate) struct Ground<'a> {
    pub columns: &'a Columns,
    pub forest: &'a Forest,
    pub today: Arc<TodayPlaces>,
}

impl Ground<'_> {
    /// The tree a question tells units apart by.
    pub fn tree(&self, query: &Query) -> Arc<Tree> {
        match query.bounds {
            Bounds::Then => self.forest.tree(query.at),
            Bounds::Now => self.today.tree().clone(),
        }
    }
}

/// Neighbouring rows whose branches add the same to the cell number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub start: u32,
    pub end: u32,
    pub base: u32,
}

/// A column and what each of its values means.
#[derive(Debug)]
pub(super) struct Lane {
    pub column: Column,
    /// One entry per value the column can hold.
    pub table: Vec<u32>,
}

/// How to answer.
#[derive(Debug)]
pub(super) struct Plan {
    pub at: Instant,
    pub units: Units,
    pub runs: Vec<Run>,
    /// Columns a row must pass: a table entry of 0 keeps it out.
    pub sieves: Vec<Lane>,
    /// Columns that add to the cell number.
    pub lanes: Vec<Lane>,
    pub sizes: Vec<u32>,
    pub cells: u32,
    /// Rows in all runs.
    pub rows: u64,
}

/// What a run's base is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Base {
    /// The branch's share of the cell number.
    Cell,
    /// The branch's place in the asked tree.
    Place,
}

pub(super) fn instant(at: AsOf) -> Instant {
    Instant { day: pack_asked(at.day), known: pack_moment(at.known) }
}

impl Plan {
    pub fn new(ground: &Ground<'_>, query: &Query, base: Base) -> Result<Self, TooMuch> {
        if query.dims.len() > 7 {
            return Err(TooMuch::Dims(query.dims.len()));
        }
        let tree = ground.tree(query);
        let size = |dim: &Dim| {
            let children = if let Dim::Child(unit) = dim { child_places(&tree, *unit).len() } else { 0 };
            dim.size(&ground.columns.tops, ground.forest.tops(), children)
        };
        let sizes: Vec<u32> = query.dims.iter().map(size).collect();
        let cells = sizes.iter().try_fold(1u32, |cells, size| cells.checked_mul(*size));
        let cells = cells.filter(|cells| *cells < u32::MAX).ok_or(TooMuch::Cells)?;

        let mut units = Units::new(query, tree.clone(), ground.today.clone());
        let mut lanes =
            Lanes { columns: ground.columns, month: month(query.at.day), sieves: Vec::new(), lanes: Vec::new() };
        let mut stride = cells;
        for (dim, size) in query.dims.iter().zip(&sizes) {
            stride /= size;
            match Part::dim(&tree, *dim, *size, stride) {
                Some(part) => units.parts.push(part),
                None => lanes.count_by(*dim, stride),
            }
        }
        let members = query.members.iter().map(|codes| (Dim::Standing, codes));
        for (dim, codes) in members.chain(query.filters.iter().map(|(dim, codes)| (*dim, codes))) {
            match Part::filter(&tree, dim, codes) {
                Some(part) => units.parts.push(part),
                None => lanes.keep(dim, codes),
            }
        }
        let (sieves, lanes) = (lanes.sieves, lanes.lanes);
        let mut plan = Self { at: instant(query.at), units, runs: Vec::new(), sieves, lanes, sizes, cells, rows: 0 };
        plan.lay_runs(ground.columns, base);
        Ok(plan)
    }

    fn lay_runs(&mut self, columns: &Columns, base_is: Base) {
        let (runs, units) = (&mut self.runs, &self.units);
        let mut total = 0;
        let mut lay = |unit: UnitNo, place: u32| {
            let Some(slot) = columns.slot(unit) else { return };
            let rows = columns.rows_of(slot);
            if rows.is_empty() {
                return;
            }
            let Some(base) = units.base(place) else { return };
            let base = if base_is == Base::Place { place } else { base };
            total += u64::from(rows.end - rows.start);
            match runs.last_mut() {
                Some(last) if last.end == rows.start && last.base == base => last.end = rows.end,
                _ => runs.push(Run { start: rows.start, end: rows.end, base }),
            }
        };
        if units.most() > columns.slots().len() as u64 / 8 {
            // A large part of another day's tree: rows are read in their own order, not in that of the tree.
            columns
                .slots()
                .iter()
                .filter_map(|unit| Some((*unit, units.place(*unit)?)))
                .for_each(|(unit, place)| lay(unit, place));
        } else {
            units.each(lay);
        }
        self.rows = total;
    }

    /// The base of a unit in the tail, if it is asked about.
    pub fn tail_base(&self, unit: u32, base_is: Base) -> Option<u32> {
        let place = self.units.place(unit)?;
        let base = self.units.base(place)?;
        Some(if base_is == Base::Place { place } else { base })
    }
}

fn month(day: Day) -> i32 {
    day.month_number()
}

struct Lanes<'a> {
    columns: &'a Columns,
    month: i32,
    sieves: Vec<Lane>,
    lanes: Vec<Lane>,
}

impl Lanes<'_> {
    /// Values that occur in a column.
    fn values(&self, column: Column) -> std::ops::Range<u32> {
        let top = match column {
            Column::Birth => self.columns.tops.birth,
            Column::Admitted => self.columns.tops.admitted,
            Column::Counted => self.columns.tops.counted,
            _ => 255,
        };
        0..u32::from(top).min(MONTHS as u32 - 1) + 1
    }

    /// Two dimensions of one byte share a table.
    fn count_by(&mut self, dim: Dim, stride: u32) {
        let Some(column) = dim.column() else { return };
        let values = self.values(column);
        let at = self.lanes.iter().position(|lane| lane.column == column).unwrap_or_else(|| {
            self.lanes.push(Lane { column, table: vec![0; column.values()] });
            self.lanes.len() - 1
        });
        let table = &mut self.lanes[at].table;
        for value in values {
            let entry = &mut table[value as usize];
            // Values that do not occur may name cells beyond the last one.
            *entry = entry.wrapping_add(dim.code(value, self.month).wrapping_mul(stride));
        }
    }

    /// A filter that keeps everything is none.
    fn keep(&mut self, dim: Dim, codes: &Codes) {
        let Some(column) = dim.column() else { return };
        let mut table = vec![0u32; column.values()];
        let mut all = true;
        for value in self.values(column) {
            let kept = codes.has(dim.code(value, self.month));
            table[value as usize] = u32::from(kept);
            let size = dim.size(&self.columns.tops, (0, 0), 0);
            all &= kept || dim.code(value, self.month) >= size;
        }
        if !all {
            self.sieves.push(Lane { column, table });
        }
    }
}
