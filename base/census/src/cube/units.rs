//! From scope and permission to units: which branches are asked about, and what they add to the cell.

use std::ops::Range;
use std::sync::Arc;

use super::{Bounds, Codes, Dim, Query, Scope};
use crate::forest::{TodayPlaces, Tree, UnitNo};

/// The branch does not pass a filter.
const SKIP: u32 = u32::MAX;

/// What decides: something about the branch.
#[derive(Debug)]
enum What {
    Kind,
    Setting,
    /// The unit's subtree and where its children begin.
    Child(Range<u32>, Vec<u32>),
}

/// What each code of the branch adds to the cell number.
#[derive(Debug)]
pub(super) struct Part {
    what: What,
    adds: Vec<u32>,
}

impl Part {
    /// `None` for a dimension the branch does not decide.
    fn new(tree: &Tree, dim: Dim, adds: impl Fn(u32) -> u32) -> Option<Self> {
        let (what, codes) = match dim {
            Dim::Kind => (What::Kind, 256),
            Dim::Setting => (What::Setting, 256),
            Dim::Child(unit) => {
                let span = tree.span(unit).unwrap_or(0..0);
                let starts = child_places(tree, unit);
                let codes = starts.len() as u32 + 1;
                (What::Child(span, starts), codes)
            }
            _ => return None,
        };
        Some(Self { what, adds: (0..codes).map(adds).collect() })
    }

    /// A dimension to count by.
    pub fn dim(tree: &Tree, dim: Dim, size: u32, stride: u32) -> Option<Self> {
        Self::new(tree, dim, |code| if code < size { code * stride } else { SKIP })
    }

    /// A filter.
    pub fn filter(tree: &Tree, dim: Dim, codes: &Codes) -> Option<Self> {
        Self::new(tree, dim, |code| if codes.has(code) { 0 } else { SKIP })
    }

    fn adds(&self, tree: &Tree, place: u32) -> Option<u32> {
        let code = match &self.what {
            What::Kind => usize::from(tree.kind(place)),
            What::Setting => usize::from(tree.setting(place)),
            What::Child(span, starts) if span.contains(&place) => starts.partition_point(|start| *start <= place),
            What::Child(..) => return None,
        };
        self.adds.get(code).copied().filter(|adds| *adds != SKIP)
    }
}

/// Where the children of a unit begin in the asked tree.
pub(super) fn child_places(tree: &Tree, unit: UnitNo) -> Vec<u32> {
    tree.place_of(unit).map(|place| tree.children(place).collect()).unwrap_or_default()
}

/// The units a question is about.
#[derive(Debug)]
pub(super) struct Units {
    tree: Arc<Tree>,
    bounds: Bounds,
    today: Arc<TodayPlaces>,
    scope: Vec<Range<u32>>,
    allowed: Option<Vec<Range<u32>>>,
    pub parts: Vec<Part>,
}

impl Units {
    pub fn new(query: &Query, tree: Arc<Tree>, today: Arc<TodayPlaces>) -> Self {
        let scope = match &query.scope {
            Scope::Everywhere => vec![0..tree.len()],
            Scope::Unit(unit) => tree.span(*unit).into_iter().collect(),
            Scope::Places(places) => merged(places, tree.len()),
        };
        let bounds = query.bounds;
        let mut units = Self { scope, allowed: allowed(query), tree, bounds, today, parts: Vec::new() };
        // In today's own tree both are ranges of the same places.
        if Arc::ptr_eq(&units.tree, units.today.tree())
            && let Some(allowed) = units.allowed.take()
        {
            units.scope = common(&units.scope, &allowed);
        }
        units
    }

    /// Every unit asked about with its place in the asked tree. In the order of one of the trees.
    pub fn each(&self, mut take: impl FnMut(UnitNo, u32)) {
        if self.bounds == Bounds::Now {
            // Permission is part of the scope already: both are ranges of today's places.
            let standing = |place: u32| self.today.standing_in(&(place..place + 1));
            let places = self.scope.iter().cloned().flatten();
            return places.for_each(|place| standing(place).iter().for_each(|unit| take(*unit, place)));
        }
        let places = self.scope.iter().cloned().flatten();
        let of = |place: u32| self.tree.order()[place as usize];
        let Some(allowed) = &self.allowed else {
            return places.for_each(|place| take(of(place), place));
        };
        if size(allowed) < size(&self.scope) {
            let standing = allowed.iter().flat_map(|range| self.today.standing_in(range));
            standing.for_each(|unit| {
                self.tree.place_of(*unit).filter(|place| within(&self.scope, *place)).into_iter().for_each(|place| {
                    take(*unit, place);
                });
            });
        } else {
            let allowed = |unit| self.today.place(unit).is_some_and(|place| within(allowed, place));
            places.map(|place| (of(place), place)).filter(|(unit, _)| allowed(*unit)).for_each(|(u, p)| take(u, p));
        }
    }

    /// At most so many units are asked about.
    pub fn most(&self) -> u64 {
        if self.bounds == Bounds::Now {
            return self.scope.iter().map(|range| self.today.standing_in(range).len() as u64).sum();
        }
        let allowed = self.allowed.as_ref().map_or(u64::MAX, |allowed| size(allowed));
        size(&self.scope).min(allowed)
    }

    /// Where a unit stands in the asked tree.
    pub fn stands(&self, unit: UnitNo) -> Option<u32> {
        match self.bounds {
            Bounds::Then => self.tree.place_of(unit),
            Bounds::Now => self.today.place(unit),
        }
    }

    /// The place in the asked tree, if the unit is asked about.
    pub fn place(&self, unit: UnitNo) -> Option<u32> {
        let place = self.stands(unit).filter(|place| within(&self.scope, *place))?;
        let may = self.allowed.as_ref().is_none_or(|allowed| {
            self.today.place(unit).is_some_and(|today| within(allowed, today)) //
        });
        may.then_some(place)
    }

    /// What the branch at a place adds to the cell number; `None` when a filter leaves it out.
    pub fn base(&self, place: u32) -> Option<u32> {
        self.parts.iter().try_fold(0, |base, part| Some(base + part.adds(&self.tree, place)?))
    }
}

/// The viewer's ranges; `None` for somebody who may look everywhere.
pub(super) fn allowed(query: &Query) -> Option<Vec<Range<u32>>> {
    let ranges = merged(query.allowed.as_ref()?, u32::MAX);
    (ranges != [0..u32::MAX]).then_some(ranges)
}

/// Ascending, disjoint, within `0..end`.
pub(super) fn merged(ranges: &[Range<u32>], end: u32) -> Vec<Range<u32>> {
    let mut ranges: Vec<_> = ranges.iter().map(|r| r.start..r.end.min(end)).filter(|r| !r.is_empty()).collect();
    ranges.sort_unstable_by_key(|range| range.start);
    let mut merged: Vec<Range<u32>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// What both have; both ascending and disjoint.
pub(super) fn common(a: &[Range<u32>], b: &[Range<u32>]) -> Vec<Range<u32>> {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut both = Vec::new();
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        let range = x.start.max(y.start)..x.end.min(y.end);
        if !range.is_empty() {
            both.push(range);
        }
        if x.end <= y.end {
            a.next()
        } else {
            b.next()
        };
    }
    both
}

/// Whether a place lies in ascending disjoint ranges.
pub(super) fn within(ranges: &[Range<u32>], place: u32) -> bool {
    let next = ranges.partition_point(|range| range.end <= place);
    ranges.get(next).is_some_and(|range| range.start <= place)
}

fn size(ranges: &[Range<u32>]) -> u64 {
    ranges.iter().map(|range| u64::from(range.end - range.start)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ranges() -> impl Strategy<Value = Vec<Range<u32>>> {
        proptest::collection::vec((0u32..40, 0u32..12).prop_map(|(start, len)| start..start + len), 0..6)
    }

    proptest! {
        #[test]
        fn ranges_are_sets_of_places(a in ranges(), b in ranges()) {
            let (x, y) = (merged(&a, 45), merged(&b, 45));
            let both = common(&x, &y);
            for place in 0..60 {
                let inside = |ranges: &[Range<u32>]| place < 45 && ranges.iter().any(|range| range.contains(&place));
                prop_assert_eq!(within(&x, place), inside(&a));
                prop_assert_eq!(within(&both, place), inside(&a) && inside(&b));
            }
        }
    }
}
