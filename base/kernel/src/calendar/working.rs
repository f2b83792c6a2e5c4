//! The working-day calendar itself: what is a working day, counting forward, backward and between.

use std::collections::{BTreeMap, BTreeSet};

use crate::day::Day;
use crate::problem::Said;
use crate::rulebook::{Mark, Words};

/// How much of an answer rests on announced data; the later variant is the worse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coverage {
    /// Every year touched has its holidays as announced.
    Announced,
    /// A year touched is not announced yet; its data is our projection.
    Projected,
    /// A year touched has no data: only weekly rest and fixed holidays are known there.
    Missing,
}

/// An answer with how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted<T> {
    /// The answer.
    pub value: T,
    /// The worst coverage of the years it touches.
    pub coverage: Coverage,
}

impl<T> Counted<T> {
    /// The note to show beside the answer, if one is due.
    pub fn note(&self) -> Option<Said> {
        match self.coverage {
            Coverage::Announced => None,
            Coverage::Projected => Some(Said::new("calendar-projected")),
            Coverage::Missing => Some(Said::new("calendar-missing")),
        }
    }
}

/// A holiday on the same date every year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// Id, by which a switchable one is switched.
    pub id: String,
    /// Month, 1–12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
    /// The first year it is kept.
    pub first_year: i32,
    /// Counts only while switched on (X-01: 24/11).
    pub on: bool,
    /// Confidence.
    pub mark: Mark,
    /// Name.
    pub name: Words,
    /// What is doubtful, for marks M and C.
    pub note: Option<Words>,
}

/// What is known of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// Announced or projected.
    pub coverage: Coverage,
    /// Confidence.
    pub mark: Mark,
    /// What is doubtful, for marks M and C.
    pub note: Option<Words>,
}

/// Working days (ngày làm việc) of state agencies, built from data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingDays {
    /// Weekly rest by weekday, Monday first. Never all seven.
    pub(super) rest: [bool; 7],
    pub(super) fixed: Vec<Fixed>,
    pub(super) off: BTreeMap<Day, Words>,
    pub(super) worked: BTreeSet<Day>,
    pub(super) years: BTreeMap<i32, Year>,
}

impl WorkingDays {
    /// The same calendar with one fixed holiday switched on or off; `None` when there is no such id.
    pub fn with_switch(mut self, id: &str, on: bool) -> Option<Self> {
        self.fixed.iter_mut().find(|holiday| holiday.id == id)?.on = on;
        Some(self)
    }

    /// The fixed holidays, with their switches.
    pub fn fixed(&self) -> &[Fixed] {
        &self.fixed
    }

    /// The years with data.
    pub fn years(&self) -> &BTreeMap<i32, Year> {
        &self.years
    }

    /// The name of the holiday the day belongs to, also when it falls on a weekly rest day.
    pub fn holiday(&self, day: Day) -> Option<&Words> {
        self.off.get(&day).or_else(|| {
            let (year, month, date) = day.ymd();
            let kept = |h: &&Fixed| h.on && h.month == month && h.day == date && h.first_year <= year;
            self.fixed.iter().find(kept).map(|h| &h.name)
        })
    }

    /// A weekly rest day on which work is made up for a swapped day off.
    pub fn is_swapped_in(&self, day: Day) -> bool {
        self.worked.contains(&day)
    }

    /// Whether work is done that day.
    pub fn is_working(&self, day: Day) -> bool {
        self.is_swapped_in(day) || (!self.rest[usize::from(day.weekday())] && self.holiday(day).is_none())
    }

    /// What is known of one year.
    pub fn coverage(&self, year: i32) -> Coverage {
        self.years.get(&year).map_or(Coverage::Missing, |known| known.coverage)
    }

    /// The worst coverage of the years from one day to another.
    pub fn coverage_of(&self, from: Day, to: Day) -> Coverage {
        let years = from.min(to).year()..=from.max(to).year();
        years.map(|year| self.coverage(year)).max().unwrap_or(Coverage::Missing)
    }

    /// The `n`-th working day after `day` (the day itself is not counted); the `-n`-th before when
    /// negative; the day itself for 0. Stops at the open end of time.
    pub fn add_working_days(&self, day: Day, n: i32) -> Counted<Day> {
        let (step, mut left, mut at) = (n.signum(), n.unsigned_abs(), day);
        while left > 0 && (OLDEST..Day::FOREVER).contains(&at) {
            at = at.plus_days(step);
            left -= u32::from(self.is_working(at));
        }
        Counted { value: at, coverage: self.coverage_of(day, at) }
    }

    /// Working days after `from` up to and including `to`: `add_working_days(from, n)` is `n` away.
    /// Negative when `to` is earlier: the days before `from` down to and including `to`.
    pub fn working_days_between(&self, from: Day, to: Day) -> Counted<i32> {
        let count = |first: Day, last: Day| {
            let days = (first.number()..=last.number()).map(Day::from_number);
            days.filter(|day| self.is_working(*day)).count() as i32
        };
        let value = match from <= to {
            true => count(from.plus_days(1), to),
            false => -count(to, from.plus_days(-1)),
        };
        Counted { value, coverage: self.coverage_of(from, to) }
    }
}

/// Counting backward ends here (the year 1000): no deadline lies earlier.
const OLDEST: Day = Day::from_number(-354_285);

#[cfg(test)]
#[path = "working_tests.rs"]
mod tests;
