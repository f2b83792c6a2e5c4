//! The questions that count: cube, count, headcounts of all units, series over time.

use std::ops::Range;

use chibo_kernel::Day;

use super::plan::{Base, Ground, Lane, Plan, Run, instant};
use super::scan::{Sink, count_run, each_in_tail, row_passes, scan};
use super::tally::Tally;
use super::units::{allowed, common, merged};
use super::{Cube, Query, Scope, TooMuch};
use crate::columns::{NEVER, Segment, pack_asked};

impl Ground<'_> {
    /// Members by the dimensions of the query.
    pub fn cube(&self, query: &Query) -> Result<Cube, TooMuch> {
        let plan = Plan::new(self, query, Base::Cell)?;
        let mut tally = Tally::new(plan.cells, plan.rows);
        scan(&plan, self, Base::Cell, &mut tally);
        Ok(Cube::new(query.dims.clone(), plan.sizes, tally.finish()))
    }

    /// How many members; the dimensions of the query do not matter.
    pub fn count(&self, query: &Query) -> Result<u64, TooMuch> {
        let plan = Plan::new(self, &Query { dims: Vec::new(), ..query.clone() }, Base::Cell)?;
        let mut total = Total(0);
        if plan.sieves.is_empty() {
            let corrected = self.columns.corrected;
            let run = |run: &Run| u64::from(count_run(&self.columns.rows, *run, plan.at, corrected));
            total.0 = plan.runs.iter().map(run).sum();
            each_in_tail(&plan, self, Base::Cell, |_, _| total.0 += 1);
        } else {
            scan(&plan, self, Base::Cell, &mut total);
        }
        Ok(total.0)
    }

    /// The members of every subtree of the asked tree, by place, in one pass. Scope, permission and filters of the
    /// query decide who is counted at all.
    pub fn headcounts(&self, query: &Query) -> Result<Vec<u32>, TooMuch> {
        let plan = Plan::new(self, &Query { dims: Vec::new(), ..query.clone() }, Base::Place)?;
        let tree = self.tree(query);
        let mut counts = vec![0u32; tree.len() as usize];
        if plan.sieves.is_empty() {
            for run in &plan.runs {
                counts[run.base as usize] += count_run(&self.columns.rows, *run, plan.at, self.columns.corrected);
            }
            each_in_tail(&plan, self, Base::Place, |_, place| counts[place as usize] += 1);
        } else {
            let mut tally = Tally::Array(counts);
            scan(&plan, self, Base::Place, &mut tally);
            counts = match tally {
                Tally::Array(counts) => counts,
                Tally::Table(_) => Vec::new(),
            };
        }
        tree.sum_up(&mut counts);
        Ok(counts)
    }

    /// Headcounts on many days, in one pass. The branches are those standing in the scope *today*, abolished ones
    /// beside their successors, so that a unit made by a merger has a past. `Scope::Places` means today's tree here.
    /// Filters see persons as of `query.at`; filters on the branch keep only branches of the tree of that day.
    pub fn series(&self, query: &Query, days: &[Day]) -> Result<Vec<u64>, TooMuch> {
        let everywhere = Query { dims: Vec::new(), allowed: None, scope: Scope::Places(Vec::new()), ..query.clone() };
        let plan = Plan::new(self, &everywhere, Base::Cell)?;
        let by_branch = !plan.units.parts.is_empty();
        let asked = |unit: u32| !by_branch || plan.units.stands(unit).is_some_and(|at| plan.units.base(at).is_some());

        let mut days: Vec<(u16, usize)> = days.iter().map(|day| pack_asked(*day)).zip(0..).collect();
        days.sort_unstable();
        let steps = Steps::new(&days);
        let mut change = vec![0i64; days.len() + 1];
        let places = self.standing(query);
        let units = places.as_deref().map_or_else(
            || self.today.everyone().to_vec(),
            |places| places.iter().flat_map(|range| self.today.standing_in(range)).copied().collect(),
        );
        let known = instant(query.at).known;
        for rows in self.rows_of(units.iter().copied().filter(|unit| asked(*unit))) {
            steps.add(&self.columns.rows, rows, known, &plan.sieves, &mut change);
        }
        let inside = |unit: u32| match (&places, self.today.place(unit)) {
            (None, _) => true,
            (Some(places), Some(place)) => super::units::within(places, place),
            (Some(_), None) => false,
        };
        for (unit, row) in self.columns.tail_unit.iter().zip(0usize..) {
            if inside(*unit) && asked(*unit) {
                steps.add(&self.columns.tail, row..row + 1, known, &plan.sieves, &mut change);
            }
        }
        let mut counts = vec![0u64; days.len()];
        let mut running = 0;
        for ((_, given), change) in days.iter().zip(&change) {
            running += change;
            counts[*given] = running as u64;
        }
        Ok(counts)
    }

    /// The scope as ranges of today's places; `None` is everybody, units that stand nowhere too.
    fn standing(&self, query: &Query) -> Option<Vec<Range<u32>>> {
        let tree = self.today.tree();
        let scope = match &query.scope {
            Scope::Everywhere => None,
            Scope::Unit(unit) => {
                let place = self.today.place(*unit);
                Some(place.map(|place| place..tree.end(place)).into_iter().collect::<Vec<_>>())
            }
            Scope::Places(places) => Some(merged(places, tree.len())),
        };
        match (scope, allowed(query)) {
            (Some(scope), Some(allowed)) => Some(common(&scope, &allowed)),
            (scope, allowed) => scope.or(allowed),
        }
    }

    /// The loaded rows of units, neighbours together.
    fn rows_of(&self, units: impl Iterator<Item = u32>) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for slot in units.filter_map(|unit| self.columns.slot(unit)) {
            let rows = self.columns.rows_of(slot);
            let rows = rows.start as usize..rows.end as usize;
            match runs.last_mut() {
                Some(last) if last.end == rows.start => last.end = rows.end,
                _ => runs.push(rows),
            }
        }
        runs
    }
}

struct Total(u64);

impl Sink for Total {
    fn take(&mut self, _: &Segment, rows: &[u32], _: &[u32]) {
        self.0 += rows.len() as u64;
    }
}

/// For every day number, how many of the asked days lie before it.
struct Steps(Vec<u32>);

impl Steps {
    fn new(days: &[(u16, usize)]) -> Self {
        let mut before = vec![0u32; usize::from(NEVER) + 2];
        days.iter().for_each(|(day, _)| before[usize::from(*day) + 1] += 1);
        (1..before.len()).for_each(|i| before[i] += before[i - 1]);
        Self(before)
    }

    /// Notes for each row where it begins and ceases to be counted.
    fn add(&self, segment: &Segment, rows: Range<usize>, known: u16, sieves: &[Lane], change: &mut [i64]) {
        for row in rows {
            let superseded = segment.superseded[row];
            let believed =
                if known == NEVER { superseded == NEVER } else { segment.recorded[row] <= known && known < superseded };
            if believed && row_passes(segment, row, sieves) {
                change[self.0[usize::from(segment.from[row])] as usize] += 1;
                change[self.0[usize::from(segment.to[row])] as usize] -= 1;
            }
        }
    }
}
