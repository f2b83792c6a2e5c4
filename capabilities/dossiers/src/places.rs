//! How many dossiers stand where, by place in the tree: kept while neither a member, the tree nor a dossier changes, so that the
//! figures of a city with all its parts are differences of a few numbers instead of a quarter of a million look-ups each.

use std::ops::Range;
use std::sync::Arc;

use chibo_census::cube::ListOrder;
use chibo_census::{Census, Query};
use chibo_kernel::{AsOf, Day};
use chibo_members::dims::member_standings;

use crate::sums::{Standing, Sum, Sums};

/// More than anybody has.
const EVERYBODY: usize = u32::MAX as usize;

/// How many dossiers stand where, and how many documents are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// By standing, in the order of [`Standing::ALL`].
    pub by: [usize; 4],
    /// Documents wanted in the dossiers that were opened.
    pub needed: u64,
    /// Of them there.
    pub there: u64,
}

impl Tally {
    fn add(&mut self, sum: Option<&Sum>) {
        if let Some(count) = self.by.get_mut(Standing::of(sum) as usize) {
            *count += 1;
        }
        self.needed += sum.map_or(0, |sum| u64::from(sum.needed));
        self.there += sum.map_or(0, |sum| u64::from(sum.there));
    }

    fn plus(self, other: Self) -> Self {
        let by = std::array::from_fn(|at| self.at(at) + other.at(at));
        Self { by, needed: self.needed + other.needed, there: self.there + other.there }
    }

    /// What is left of a running total after an earlier one.
    fn minus(self, earlier: Self) -> Self {
        let by = std::array::from_fn(|at| self.at(at).saturating_sub(earlier.at(at)));
        let less = |now: u64, then: u64| now.saturating_sub(then);
        Self { by, needed: less(self.needed, earlier.needed), there: less(self.there, earlier.there) }
    }

    fn at(&self, standing: usize) -> usize {
        self.by.get(standing).copied().unwrap_or(0)
    }

    /// Members whose dossier stands so; of no standing all.
    pub fn of(&self, standing: Option<Standing>) -> usize {
        standing.map_or_else(|| self.all(), |standing| self.at(standing as usize))
    }

    /// Members.
    pub fn all(&self) -> usize {
        self.by.iter().sum()
    }

    /// Dossiers with everything that is wanted.
    pub fn whole(&self) -> usize {
        self.by[2] + self.by[3]
    }
}

/// What running totals were made from: the state of the register, the day, the state of the dossiers.
pub(crate) type Made = (u64, Day, u64);

/// Running totals over the places of today's tree.
#[derive(Debug)]
pub(crate) struct Places {
    /// What they were made from.
    pub made: Made,
    /// Of everything before a place; one more than there are places.
    before: Vec<Tally>,
}

impl Places {
    /// Reckons them: every member who counts today, where he stands today.
    pub fn reckon(census: &Census, today: Day, version: u64, sums: &Sums) -> Self {
        let view = census.view(today);
        let query = Query { members: Some(member_standings()), ..Query::at(AsOf::on(today)) };
        let mut own: Vec<Tally> = Vec::new();
        for no in view.list(&query, ListOrder::Place, None, EVERYBODY) {
            let found =
                view.person(no).and_then(|brief| Some((view.places().place(brief.today?.0)? as usize, brief.id)));
            let Some((place, id)) = found else { continue };
            if own.len() <= place {
                own.resize(place + 1, Tally::default());
            }
            own.iter_mut().skip(place).take(1).for_each(|tally| tally.add(sums.get(&id)));
        }
        Self { made: (view.epoch(), today, version), before: running(&own) }
    }

    /// How the dossiers of these places stand, as far as they are allowed; none given is everywhere.
    pub fn tally(&self, places: &Range<u32>, allowed: Option<&[Range<u32>]>) -> Tally {
        let Some(allowed) = allowed else { return self.between(places) };
        let parts = disjoint(allowed.iter().map(|range| range.start.max(places.start)..range.end.min(places.end)));
        parts.iter().fold(Tally::default(), |sum, part| sum.plus(self.between(part)))
    }

    fn between(&self, places: &Range<u32>) -> Tally {
        let upto = |place: u32| {
            let found = self.before.get(place as usize).or(self.before.last());
            found.copied().unwrap_or_default()
        };
        upto(places.end).minus(upto(places.start))
    }
}

/// Running totals: first nothing, last everything.
fn running(own: &[Tally]) -> Vec<Tally> {
    let mut before = Vec::with_capacity(own.len() + 1);
    let mut sum = Tally::default();
    before.push(sum);
    for tally in own {
        sum = sum.plus(*tally);
        before.push(sum);
    }
    before
}

/// The same places, each once: rights on a unit and on a part of it overlap.
fn disjoint(ranges: impl Iterator<Item = Range<u32>>) -> Vec<Range<u32>> {
    let mut sorted: Vec<_> = ranges.filter(|range| range.start < range.end).collect();
    sorted.sort_unstable_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<u32>> = Vec::with_capacity(sorted.len());
    for range in sorted {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// The running totals as of now, made anew only when something they were made from has changed.
pub(crate) fn fresh(kept: Option<Arc<Places>>, census: &Census, today: Day, version: u64, sums: &Sums) -> Arc<Places> {
    // The view is let go before the next one is taken: two at once on one thread block a commit between them.
    let epoch = census.view(today).epoch();
    match kept {
        Some(kept) if kept.made == (epoch, today, version) => kept,
        _ => Arc::new(Places::reckon(census, today, version, sums)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tally(code: u8) -> Tally {
        let sum = Sum { needed: 4, there: u32::from(code % 5), confirmed: code > 100, ..Sum::default() };
        let mut tally = Tally::default();
        (0..code % 3).for_each(|_| tally.add(code.is_multiple_of(2).then_some(&sum)));
        tally
    }

    proptest! {
        #[test]
        fn dos_03_figures_of_places_are_the_sums_of_their_dossiers(
            codes in proptest::collection::vec(any::<u8>(), 0..30),
            places in (0u32..40, 0u32..40),
            allowed in proptest::option::of(proptest::collection::vec((0u32..40, 0u32..40), 0..5)),
        ) {
            let own: Vec<Tally> = codes.iter().map(|code| tally(*code)).collect();
            let made = Places { made: (0, Day::FOREVER, 0), before: running(&own) };
            let range = places.0.min(places.1)..places.0.max(places.1);
            let allowed: Option<Vec<_>> = allowed.map(|all| all.into_iter().map(|(a, b)| a.min(b)..a.max(b)).collect());
            let may = |place: u32| allowed.as_ref().is_none_or(|all| all.iter().any(|range| range.contains(&place)));
            let one_by_one = (0u32..).zip(&own).filter(|(place, _)| range.contains(place) && may(*place));
            let expected = one_by_one.fold(Tally::default(), |sum, (_, tally)| sum.plus(*tally));
            prop_assert_eq!(made.tally(&range, allowed.as_deref()), expected);
        }
    }
}
