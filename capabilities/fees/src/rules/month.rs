//! A calendar month: what fees are counted by.

use chibo_kernel::Day;

/// A month (tháng), counted from January of year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub i32);

impl Month {
    /// The month of a day.
    pub fn of(day: Day) -> Self {
        Self(day.month_number())
    }

    /// From the form in addresses, `2026-11`, or as people type it, `11/2026`.
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

    /// 1–12.
    pub const fn number(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }

    /// Its first day.
    pub fn first(self) -> Day {
        Day::from_ymd(self.year(), u8::try_from(self.number()).unwrap_or(1), 1).unwrap_or(Day::FOREVER)
    }

    /// Its last day.
    pub fn last(self) -> Day {
        self.plus(1).first().plus_days(-1)
    }

    /// So many months later.
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// The twelve months of a year.
    pub fn of_year(year: i32) -> impl Iterator<Item = Self> {
        (0..12).map(move |month| Self(year * 12 + month))
    }
}
