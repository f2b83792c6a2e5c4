//! The books of a month added up by place in today's tree: only month rows are read.

use std::ops::Range;

use chibo_kernel::{Id, Moment, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind;
use chibo_web::Visit;

use crate::actions::books::totals_of;
use crate::rules::{Month, Totals};
use crate::store;

/// Branches with their totals.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    /// Branches that keep a book.
    pub branches: u32,
    /// Books written.
    pub books: u32,
    /// Books closed.
    pub closed: u32,
    /// What the books say.
    pub totals: Totals,
}

/// A branch in the export.
pub(crate) struct BranchLine {
    /// The branch.
    pub unit: Id<Unit>,
    /// Its totals; none without a book.
    pub sum: Sum,
}

/// By place.
pub(crate) struct Sums {
    /// The organisation.
    pub units: UnitsToday,
    by_place: Vec<Sum>,
    allowed: Vec<Range<u32>>,
}

/// Whether what stands at a place has members of its own.
fn is_branch(units: &UnitsToday, place: u32) -> bool {
    Kind::from_number(units.tree.kind(place)).is_some_and(|kind| kind.holds_members() && kind != Kind::History)
}

impl Sums {
    /// Of a month, as far as the viewer may see figures.
    pub fn of(visit: &Visit<'_>, month: Month, permission: Permission) -> Result<Self, Problem> {
        let units = UnitsToday::of(visit);
        let mut by_place = vec![Sum::default(); units.tree.len() as usize];
        for (place, sum) in (0u32..).zip(&mut by_place) {
            sum.branches = u32::from(is_branch(&units, place));
        }
        visit.read(|tx| {
            store::books_in(tx, month.0, Moment::FOREVER, |row| {
                let place = units.place(row.unit_id).and_then(|place| by_place.get_mut(place as usize));
                if let Some(sum) = place {
                    sum.books += 1;
                    sum.closed += u32::from(row.closed);
                    sum.totals += totals_of(&row);
                }
                Ok(())
            })
        })?;
        Ok(Self { units, by_place, allowed: visit.who().ranges(permission) })
    }

    /// Everything at these places the viewer may see.
    pub fn within(&self, range: &Range<u32>) -> Sum {
        let mut all = Sum::default();
        self.each(range, |_, sum| {
            all.branches += sum.branches;
            all.books += sum.books;
            all.closed += sum.closed;
            all.totals += sum.totals;
        });
        all
    }

    /// Every place of a range the viewer may see.
    fn each(&self, range: &Range<u32>, mut take: impl FnMut(u32, &Sum)) {
        for allowed in &self.allowed {
            let (start, end) = (range.start.max(allowed.start), range.end.min(allowed.end));
            for place in start..end {
                if let Some(sum) = self.by_place.get(place as usize) {
                    take(place, sum);
                }
            }
        }
    }

    /// The branches of a range, in the order of the tree.
    pub fn branches(&self, range: &Range<u32>) -> Vec<BranchLine> {
        let mut found = Vec::new();
        self.each(range, |place, sum| {
            if let Some(unit) = self.units.id(place).filter(|_| sum.branches > 0 || sum.books > 0) {
                found.push(BranchLine { unit, sum: *sum });
            }
        });
        found
    }

    /// Whether what stands at a place keeps a book itself.
    pub fn is_branch(&self, place: u32) -> bool {
        is_branch(&self.units, place)
    }
}

/// Members liable and paid, by place, of several months: what a grid shows.
pub(crate) struct Grid {
    months: Vec<(Month, Vec<(i64, i64)>)>,
}

impl Grid {
    /// Of these months; sums run from the first place, so that a range is a difference.
    pub fn of(visit: &Visit<'_>, sums: &Sums, months: &[Month]) -> Result<Self, Problem> {
        let places = sums.by_place.len();
        let mut grid = Vec::with_capacity(months.len());
        for month in months {
            let mut at = vec![(0i64, 0i64); places + 1];
            visit.read(|tx| {
                store::grid_in(tx, month.0, Moment::FOREVER, |row| {
                    let place = sums
                        .units
                        .place(row.unit_id)
                        .filter(|place| visit.who().system || sums.allowed.iter().any(|range| range.contains(place)));
                    if let Some((liable, payers)) = place.and_then(|place| at.get_mut(place as usize + 1)) {
                        *liable += row.liable;
                        *payers += row.payers;
                    }
                    Ok(())
                })
            })?;
            let mut run = (0, 0);
            for cell in &mut at {
                run = (run.0 + cell.0, run.1 + cell.1);
                *cell = run;
            }
            grid.push((*month, at));
        }
        Ok(Self { months: grid })
    }

    /// Liable and paid of a range, by month.
    pub fn row(&self, range: &Range<u32>) -> Vec<(Month, i64, i64)> {
        let cell = |(month, at): &(Month, Vec<(i64, i64)>)| {
            let end = at.get(range.end as usize).copied().unwrap_or_default();
            let start = at.get(range.start as usize).copied().unwrap_or_default();
            (*month, end.0 - start.0, end.1 - start.1)
        };
        self.months.iter().map(cell).collect()
    }
}
