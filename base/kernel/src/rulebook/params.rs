//! The parameters of a rule: whole numbers, exact ratios, terms, days, texts, lists. Never fractions.

use crate::calendar::{Counted, Coverage, WorkingDays};
use crate::day::Day;

use super::marks::day_of;

/// An exact ratio, written `{ ratio = [2, 3] }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    part: u32,
    whole: u32,
}

impl Ratio {
    /// `part` of `whole`; `None` of nothing.
    pub fn new(part: u32, whole: u32) -> Option<Self> {
        (whole > 0).then_some(Self { part, whole })
    }

    /// Numerator.
    pub const fn part(self) -> u32 {
        self.part
    }

    /// Denominator, never 0.
    pub const fn whole(self) -> u32 {
        self.whole
    }

    /// `count` is at least this share of `of` (X-12: in integers).
    pub const fn reached_by(self, count: u64, of: u64) -> bool {
        count as u128 * self.whole as u128 >= of as u128 * self.part as u128
    }

    /// `count` is more than this share of `of`.
    pub const fn exceeded_by(self, count: u64, of: u64) -> bool {
        count as u128 * self.whole as u128 > of as u128 * self.part as u128
    }

    /// The largest whole number that does not exceed this share of `amount`.
    pub const fn floor_of(self, amount: u64) -> u64 {
        (amount as u128 * self.part as u128 / self.whole as u128) as u64
    }
}

/// A length of time as the regulation counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// Working days (ngày làm việc), X-01.
    WorkingDays(u32),
    /// Calendar days (ngày).
    Days(u32),
    /// Months (tháng), X-02.
    Months(u32),
}

impl Term {
    /// The last day of the term that begins after `day`.
    pub fn after(self, day: Day, calendar: &WorkingDays) -> Counted<Day> {
        let far = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        let sure = |value| Counted { value, coverage: Coverage::Announced };
        match self {
            Self::WorkingDays(n) => calendar.add_working_days(day, far(n)),
            Self::Days(n) => sure(day.plus_days(far(n))),
            Self::Months(n) => sure(day.plus_months(far(n))),
        }
    }
}

/// A date that comes every year, written `{ day = 3, month = 2 }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayOfYear {
    /// Month, 1–12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
}

impl DayOfYear {
    /// The day in a year; 29/2 is 28/2 in common years.
    pub fn of(self, year: i32) -> Option<Day> {
        let exact = Day::from_ymd(year, self.month, self.day);
        exact.or_else(|| Day::from_ymd(year, self.month, self.day.saturating_sub(1)))
    }
}

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param {
    /// Whole number.
    Int(i64),
    /// Yes or no.
    Flag(bool),
    /// Text or code.
    Text(String),
    /// Calendar day.
    Day(Day),
    /// Exact ratio.
    Ratio(Ratio),
    /// Length of time.
    Term(Term),
    /// Date of every year.
    DayOfYear(DayOfYear),
    /// List.
    List(Vec<Param>),
}

impl Param {
    pub(super) fn read(value: &toml::Value) -> Result<Self, String> {
        match value {
            toml::Value::Integer(number) => Ok(Self::Int(*number)),
            toml::Value::Boolean(flag) => Ok(Self::Flag(*flag)),
            // A date of a table that is read a second time, as those of rules are, comes as text.
            toml::Value::String(text) => Ok(Day::from_iso(text)
                .filter(|day| day.iso() == *text)
                .map_or_else(|| Self::Text(text.clone()), Self::Day)),
            toml::Value::Float(_) => Err("fractions are not exact; write { ratio = [part, whole] }".to_owned()),
            toml::Value::Datetime(date) => {
                day_of(date).map(Self::Day).ok_or_else(|| format!("{date} is not a plain date"))
            }
            toml::Value::Array(list) => list.iter().map(Self::read).collect::<Result<_, _>>().map(Self::List),
            toml::Value::Table(table) => Self::read_table(table),
        }
    }

    fn read_table(table: &toml::Table) -> Result<Self, String> {
        let number = |value: &toml::Value| value.as_integer().and_then(|n| u32::try_from(n).ok());
        let entries: Vec<(&str, &toml::Value)> = table.iter().map(|(key, value)| (key.as_str(), value)).collect();
        let made = match entries.as_slice() {
            [("ratio", toml::Value::Array(pair))] => match pair.as_slice() {
                [part, whole] => number(part).zip(number(whole)).and_then(|(p, w)| Ratio::new(p, w)).map(Self::Ratio),
                _ => None,
            },
            [("working_days", n)] => number(n).map(|n| Self::Term(Term::WorkingDays(n))),
            [("calendar_days", n)] => number(n).map(|n| Self::Term(Term::Days(n))),
            [("months", n)] => number(n).map(|n| Self::Term(Term::Months(n))),
            [("day", day), ("month", month)] | [("month", month), ("day", day)] => {
                let small = |value| number(value).and_then(|n| u8::try_from(n).ok());
                let date = small(month).zip(small(day)).filter(|(m, d)| Day::from_ymd(2024, *m, *d).is_some());
                date.map(|(month, day)| Self::DayOfYear(DayOfYear { month, day }))
            }
            _ => None,
        };
        made.ok_or_else(|| {
            "expected { ratio = [a, b] }, { working_days = n }, { calendar_days = n }, { months = n } \
             or { day = d, month = m }"
                .to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Param, String> {
        let table: toml::Table = toml::from_str(&format!("x = {text}")).unwrap();
        Param::read(&table["x"])
    }

    #[test]
    fn every_kind_of_parameter_is_read() {
        assert_eq!(read("30"), Ok(Param::Int(30)));
        assert_eq!(read("{ ratio = [2, 3] }"), Ok(Param::Ratio(Ratio { part: 2, whole: 3 })));
        assert_eq!(read("{ working_days = 45 }"), Ok(Param::Term(Term::WorkingDays(45))));
        assert_eq!(read("{ month = 2, day = 3 }"), Ok(Param::DayOfYear(DayOfYear { month: 2, day: 3 })));
        assert_eq!(read("{ day = 3, month = 2 }"), Ok(Param::DayOfYear(DayOfYear { month: 2, day: 3 })));
        assert_eq!(read("2016-08-18"), Ok(Param::Day(Day::from_ymd(2016, 8, 18).unwrap())));
        assert_eq!(read("[30, 40]"), Ok(Param::List(vec![Param::Int(30), Param::Int(40)])));
    }

    #[test]
    fn inexact_and_impossible_parameters_are_refused() {
        for bad in [
            "0.5",
            "{ ratio = [1, 0] }",
            "{ ratio = [1, 2, 3] }",
            "{ months = -1 }",
            "{ weeks = 2 }",
            "{ day = 31, month = 2 }",
            "{ months = 1, working_days = 2 }",
            "2016-08-18T10:00:00",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn x_12_ratios_are_compared_in_integers() {
        let third = Ratio::new(1, 3).unwrap();
        assert!(third.reached_by(3, 9) && !third.exceeded_by(3, 9) && third.exceeded_by(4, 9));
        assert_eq!((third.floor_of(8), third.floor_of(u64::MAX)), (2, u64::MAX / 3));
        assert!(!third.reached_by(u64::MAX / 3 - 1, u64::MAX));
    }

    #[test]
    fn a_leap_day_has_a_place_in_every_year() {
        let leap = DayOfYear { month: 2, day: 29 };
        assert_eq!(leap.of(2025).map(Day::iso).as_deref(), Some("2025-02-28"));
        assert_eq!(leap.of(2024).map(Day::iso).as_deref(), Some("2024-02-29"));
    }
}
