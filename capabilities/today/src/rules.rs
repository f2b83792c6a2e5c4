//! Counting duties: by how pressing they are, by day. Totals are the sums of their parts (TSK-10).

use std::collections::BTreeMap;

use chibo_kernel::Day;
use chibo_web::Pressing;

/// Numbers of duties by how pressing they are, in the order of [`Pressing::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally(pub [usize; 4]);

impl Tally {
    /// Counts one.
    pub fn add(&mut self, pressing: Pressing) {
        for (slot, one) in self.0.iter_mut().zip(Pressing::ALL) {
            *slot += usize::from(one == pressing);
        }
    }

    /// Number of one degree.
    pub fn of(&self, pressing: Pressing) -> usize {
        self.0.iter().zip(Pressing::ALL).find(|(_, one)| *one == pressing).map_or(0, |(count, _)| *count)
    }

    /// All of them.
    pub fn all(&self) -> usize {
        self.0.iter().sum()
    }

    /// The tally of some days.
    pub fn of_days(days: impl Iterator<Item = Day>, today: Day) -> Self {
        let mut tally = Self::default();
        days.for_each(|due| tally.add(Pressing::of(due, today)));
        tally
    }
}

/// How many fall due on each of the days from `today` on, days without any among them.
pub fn by_day(dues: impl Iterator<Item = Day>, today: Day, days: u16) -> Vec<(Day, usize)> {
    let end = today.plus_days(i32::from(days));
    let mut counts: BTreeMap<Day, usize> = (0..i32::from(days)).map(|after| (today.plus_days(after), 0)).collect();
    for due in dues.filter(|due| (today..end).contains(due)) {
        *counts.entry(due).or_default() += 1;
    }
    counts.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::from_ymd(2026, 11, 26).unwrap()
    }

    #[test]
    fn tsk_10_all_is_the_sum_of_the_degrees() {
        let dues = [-3, -1, 0, 7, 8, 30, 31, 400].map(|days| today().plus_days(days));
        let tally = Tally::of_days(dues.into_iter().chain([Day::FOREVER]), today());
        assert_eq!(tally.0, [2, 2, 2, 3]);
        assert_eq!(tally.all(), 9);
        assert_eq!(Pressing::ALL.map(|degree| tally.of(degree)), tally.0);
    }

    #[test]
    fn days_without_duties_are_in_the_digest_too() {
        let dues = [-1, 0, 0, 2, 3].map(|days| today().plus_days(days));
        let counts: Vec<_> = by_day(dues.into_iter(), today(), 3).into_iter().map(|(_, count)| count).collect();
        assert_eq!(counts, [2, 0, 1]);
    }
}
