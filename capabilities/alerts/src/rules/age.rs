//! Since when a breach has held: since the first of the month ends, counted backwards from the day, on which it held
//! without a gap, at most 24 months.

use chibo_kernel::Day;

/// How many month ends are looked at.
pub const MONTHS: usize = 24;

/// The last days of the months before a day, the latest first. A day that is itself the last of its month is not among
/// them.
pub fn month_ends(day: Day) -> [Day; MONTHS] {
    let (_, _, of_month) = day.ymd();
    let first = day.plus_days(1 - i32::from(of_month));
    let mut back = 0;
    [(); MONTHS].map(|()| {
        let end = first.plus_months(-back).plus_days(-1);
        back += 1;
        end
    })
}

/// How long a breach has held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// On how many month ends in a row, counted backwards from the day.
    pub months: usize,
    /// The earliest of them; none when it began after the last month end.
    pub first: Option<Day>,
}

impl Since {
    /// It held on the month end before, too.
    pub fn held(&mut self, end: Day) {
        self.months += 1;
        self.first = Some(end);
    }

    /// It held on every month end looked at: it may be older.
    pub const fn is_older(self) -> bool {
        self.months >= MONTHS
    }

    /// Its class of age.
    pub const fn age(self) -> Age {
        match self.months {
            0 => Age::Month,
            1..=3 => Age::Quarter,
            4..=12 => Age::Year,
            _ => Age::Longer,
        }
    }
}

/// Classes of age, the youngest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Age {
    /// Since the last month end.
    Month,
    /// For one to three month ends.
    Quarter,
    /// For four to twelve.
    Year,
    /// For more than twelve.
    Longer,
}

impl Age {
    /// Every class.
    pub const ALL: &'static [Age] = &[Self::Month, Self::Quarter, Self::Year, Self::Longer];

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Month => "alerts-age-month",
            Self::Quarter => "alerts-age-quarter",
            Self::Year => "alerts-age-year",
            Self::Longer => "alerts-age-longer",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    #[test]
    fn month_ends_go_back_from_the_day_without_the_day_itself() {
        let ends = month_ends(day("2026-03-31"));
        assert_eq!(ends[..3], [day("2026-02-28"), day("2026-01-31"), day("2025-12-31")]);
        assert_eq!(ends[23], day("2024-03-31"));
        assert_eq!(month_ends(day("2026-04-01"))[0], day("2026-03-31"));
        assert!(ends.windows(2).all(|pair| pair[1] < pair[0] && pair[0].plus_days(1).ymd().2 == 1));
    }

    #[test]
    fn ages_part_at_three_and_at_twelve_months() {
        let mut since = Since::default();
        let mut ages = vec![since.age()];
        for end in month_ends(day("2026-11-22")) {
            since.held(end);
            ages.push(since.age());
        }
        assert_eq!(ages[..2], [Age::Month, Age::Quarter]);
        assert_eq!(ages[3..5], [Age::Quarter, Age::Year]);
        assert_eq!(ages[12..14], [Age::Year, Age::Longer]);
        assert!(since.is_older());
        assert_eq!(since.first, Some(day("2024-11-30")));
    }
}
