//! Party age (tuổi Đảng, MEM-40): from the decision of the first admission, without the periods in which somebody was no
//! member or had no Party life: expelled, struck off, left, out of contact, interrupted. Pure.

use chibo_kernel::Day;
use chibo_kernel::calendar::full_months_between;

use crate::codes::Standing;

/// From when Party age counts, and the periods that do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyAge {
    since: Day,
    /// First day that does not count, first day that counts again; in order, apart from each other, none before `since`.
    gaps: Vec<(Day, Day)>,
}

/// Whether Party age stands still in this standing. Suspended and exempted members stay members; whoever is transferred
/// out is a member elsewhere: nobody gets that standing without a paper, and whoever lost his is interrupted (TRF-03).
pub const fn stands_still(standing: Standing) -> bool {
    matches!(standing, Standing::Left | Standing::Interrupted)
}

impl PartyAge {
    /// Counted from a day, without these periods; they may overlap and stand in any order.
    pub fn new(since: Day, gaps: impl IntoIterator<Item = (Day, Day)>) -> Self {
        let clipped = gaps.into_iter().map(|(from, to)| (from.max(since), to));
        let mut all: Vec<_> = clipped.filter(|(from, to)| from < to).collect();
        all.sort_unstable();
        let mut gaps: Vec<(Day, Day)> = Vec::with_capacity(all.len());
        for (from, to) in all {
            match gaps.last_mut() {
                Some((_, end)) if from <= *end => *end = to.max(*end),
                _ => gaps.push((from, to)),
            }
        }
        Self { since, gaps }
    }

    /// From the day of the admission decision and the standings believed of somebody. None for whoever never became
    /// official: only then the time on probation counts.
    pub fn of(admitted: Option<Day>, official: Option<Day>, standings: &[(Day, Day, Standing)]) -> Option<Self> {
        let is = |one: Standing| standings.iter().any(|(.., standing)| *standing == one);
        let counts =
            official.is_some() || !is(Standing::Probationary) || is(Standing::Official) || is(Standing::Exempted);
        let still = standings.iter().filter(|(.., standing)| stands_still(*standing));
        Some(Self::new(admitted.filter(|_| counts)?, still.map(|(from, to, _)| (*from, *to))))
    }

    /// The day of the first admission decision.
    pub const fn since(&self) -> Day {
        self.since
    }

    /// The periods that do not count, in order.
    pub fn gaps(&self) -> &[(Day, Day)] {
        &self.gaps
    }

    /// The day from which somebody admitted once and never gone would be as old in the Party on a day: what is asked by
    /// month or year goes by it.
    pub fn counted_from(&self, on: Day) -> Day {
        let before = self.gaps.iter().filter(|(from, _)| *from < on);
        before.fold(self.since, |start, (from, to)| after(start, *from, (*to).min(on)))
    }

    /// Full months of Party age on a day; 0 before the admission. It stands still in a gap.
    pub fn months(&self, on: Day) -> i32 {
        let gap = self.gaps.iter().find(|(from, to)| *from <= on && on < *to);
        let until = gap.map_or(on, |(from, _)| *from);
        full_months_between(self.counted_from(until), until).max(0)
    }

    /// The first day on which so many full months are reached; none while he is out and not that old yet.
    pub fn reaches(&self, months: i32) -> Option<Day> {
        let (mut start, mut begun) = (self.since, self.since);
        for (from, to) in &self.gaps {
            let day = start.plus_months(months);
            if day <= *from {
                return Some(day.max(begun));
            }
            if *to == Day::FOREVER {
                return None;
            }
            (start, begun) = (after(start, *from, *to), *to);
        }
        Some(start.plus_months(months).max(begun))
    }
}

/// Where counting begins after a gap: what was full before it, months and days, is full on the day it ends.
fn after(start: Day, from: Day, to: Day) -> Day {
    let months = full_months_between(start, from);
    let rest = from.number() - start.plus_months(months).number();
    to.plus_days(-rest).plus_months(-months).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn at(number: i32) -> Day {
        day("1990-01-01").plus_days(number)
    }

    #[test]
    fn mem_40_whoever_was_out_two_years_is_two_years_younger() {
        let age = PartyAge::new(day("1980-02-03"), [(day("1990-01-01"), day("1992-01-01"))]);
        assert_eq!(age.months(day("2026-11-20")), 46 * 12 + 9 - 24);
        assert_eq!(age.months(day("1991-06-30")), 9 * 12 + 10);
        assert_eq!(age.reaches(30 * 12), Some(day("2012-02-03")));
        assert_eq!(age.counted_from(day("2026-11-20")), day("1982-02-03"));
    }

    #[test]
    fn mem_40_left_and_interrupted_stand_still_and_suspended_exempted_and_transferred_out_go_on() {
        let still: Vec<_> = Standing::ALL.iter().filter(|standing| stands_still(**standing)).collect();
        assert_eq!(still, [&Standing::Interrupted, &Standing::Left]);
    }

    #[test]
    fn mem_40_only_whoever_became_official_has_a_party_age() {
        let admitted = Some(day("2025-03-01"));
        let probation = (day("2025-03-01"), Day::FOREVER, Standing::Probationary);
        assert_eq!(PartyAge::of(admitted, None, &[probation]), None);
        let official = (day("2026-03-01"), Day::FOREVER, Standing::Official);
        let both = [(probation.0, official.0, Standing::Probationary), official];
        assert_eq!(PartyAge::of(admitted, None, &both).unwrap().months(day("2026-09-01")), 18);
        assert_eq!(PartyAge::of(None, None, &both), None, "no decision is known");
    }

    #[test]
    fn mem_40_whoever_is_out_reaches_no_further_badge() {
        let age = PartyAge::new(day("1990-01-01"), [(day("2010-01-01"), Day::FOREVER)]);
        assert_eq!(age.reaches(20 * 12), Some(day("2010-01-01")));
        assert_eq!(age.reaches(20 * 12 + 1), None);
        assert_eq!(age.months(day("2030-01-01")), 240);
    }

    prop_compose! {
        fn gaps()(all in proptest::collection::vec((-2_000i32..12_000, 0i32..2_500, any::<bool>()), 0..6)) -> Vec<(Day, Day)> {
            let end = |from, long, open: bool| if open && long > 2_000 { Day::FOREVER } else { at(from + long) };
            all.into_iter().map(|(from, long, open)| (at(from), end(from, long, open))).collect()
        }
    }

    proptest! {
        #[test]
        fn mem_40_it_is_never_negative_never_falls_and_never_exceeds_the_time_since_admission(
            gaps in gaps(), first in -500i32..15_000, more in 0i32..800,
        ) {
            let age = PartyAge::new(at(0), gaps);
            let (one, other) = (age.months(at(first)), age.months(at(first + more)));
            prop_assert!(0 <= one && one <= other, "{one} {other}");
            prop_assert!(one <= full_months_between(at(0), at(first)).max(0));
        }

        #[test]
        fn mem_40_no_gap_counts_twice_however_it_is_told(gaps in gaps(), cut in 1i32..400, on in 0i32..15_000) {
            let once = PartyAge::new(at(0), gaps.clone());
            // The same gaps again, backwards and cut in two pieces.
            let pieces = gaps.iter().rev().flat_map(|(from, to)| {
                let middle = from.plus_days(cut).min(*to);
                [(*from, middle), (middle, *to), (*from, *to)]
            });
            let told = PartyAge::new(at(0), pieces);
            prop_assert_eq!(&told, &once);
            prop_assert_eq!(told.months(at(on)), once.months(at(on)));
            prop_assert!(once.gaps().windows(2).all(|two| two[0].1 < two[1].0));
        }

        #[test]
        fn mem_40_months_are_reached_on_the_first_day_that_has_them(gaps in gaps(), months in 1i32..400) {
            let age = PartyAge::new(at(0), gaps);
            if let Some(day) = age.reaches(months) {
                prop_assert!(age.months(day) >= months);
                prop_assert!(age.months(day.plus_days(-1)) < months);
            } else {
                prop_assert!(age.months(at(60_000)) < months);
            }
        }

        #[test]
        fn mem_40_another_gap_makes_nobody_older(gaps in gaps(), from in 0i32..9_000, long in 1i32..900, on in 0i32..15_000) {
            let (less, more) = (PartyAge::new(at(0), gaps.clone()), PartyAge::new(at(0), gaps.into_iter().chain([(at(from), at(from + long))])));
            // Months have different lengths: a gap may end at a day where one month more is full.
            prop_assert!(more.months(at(on)) <= less.months(at(on)) + 1);
        }
    }
}
