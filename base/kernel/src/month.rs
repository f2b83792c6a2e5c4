//! A calendar month: what meetings and fees are counted by.

use crate::day::Day;

/// A month (tháng); the stored number counts from January of year 0, as [`Day::month_number`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub i32);

impl Month {
    /// The month of a day.
    pub fn of(day: Day) -> Self {
        Self(day.month_number())
    }

    /// From the form in addresses, `2026-11`.
    pub fn from_code(code: &str) -> Option<Self> {
        let (year, month) = code.split_once('-')?;
        Day::from_ymd(year.parse().ok()?, month.parse().ok()?, 1).map(Self::of)
    }

    /// As people type it, `11/2026` or `2026-11`; years in which the Party can have had members only.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (year, month) = match text.split_once('/') {
            Some((month, year)) => (year, month),
            None => text.split_once('-')?,
        };
        let (year, month): (i32, i32) = (year.trim().parse().ok()?, month.trim().parse().ok()?);
        ((1930..=9000).contains(&year) && (1..=12).contains(&month)).then_some(Self(year * 12 + month - 1))
    }

    /// As in addresses: `2026-11`.
    pub fn code(self) -> String {
        format!("{:04}-{:02}", self.year(), self.number())
    }

    /// As read: `11/2026`.
    pub fn text(self) -> String {
        format!("{:02}/{:04}", self.number(), self.year())
    }

    /// The year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 to 12.
    pub const fn number(self) -> u8 {
        self.0.rem_euclid(12) as u8 + 1
    }

    /// The quarter of the year, 1 to 4.
    pub const fn quarter(self) -> u8 {
        (self.number() - 1) / 3 + 1
    }

    /// The first month of its quarter.
    pub const fn quarter_start(self) -> Self {
        Self(self.0.div_euclid(3) * 3)
    }

    /// Its first day.
    pub fn first(self) -> Day {
        Day::from_ymd(self.year(), self.number(), 1).unwrap_or(Day::FOREVER)
    }

    /// Its last day.
    pub fn last(self) -> Day {
        let next = self.plus(1);
        Day::from_ymd(next.year(), next.number(), 1).map_or(Day::FOREVER, |first| first.plus_days(-1))
    }

    /// So many months later (earlier when negative).
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// The twelve months of a year.
    pub fn of_year(year: i32) -> impl Iterator<Item = Self> {
        (0..12).map(move |month| Self(year * 12 + month))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_last_month_of_all_ends_with_time() {
        assert_eq!(Month::of(Day::FOREVER).last(), Day::FOREVER);
        assert_eq!(Month::of(Day::FOREVER).plus(1).first(), Day::FOREVER);
    }

    proptest! {
        #[test]
        fn a_day_lies_between_the_first_and_the_last_of_its_month(number in -14_577..100_000i32) {
            let day = Day::from_number(number);
            let month = Month::of(day);
            prop_assert!(month.first() <= day && day <= month.last());
            prop_assert_eq!(month.last().plus_days(1), month.plus(1).first());
            prop_assert_eq!(Month::from_code(&month.code()), Some(month));
            prop_assert_eq!(Month::parse(&month.text()), Some(month));
            prop_assert_eq!(month.quarter_start().quarter(), month.quarter());
            prop_assert!(Month::of_year(month.year()).any(|one| one == month));
        }
    }
}
