//! Ages and spans of 12, 36, 60 months are counted by month, not by year.

use crate::day::Day;

/// Calendar months from the month of `from` to the month of `to`; the day of the month plays no part.
pub fn months_between(from: Day, to: Day) -> i32 {
    to.month_number() - from.month_number()
}

/// Completed months: the largest `n` with `from.plus_months(n) <= to`; negative when `to` is earlier.
/// For spans that run from an act: certificates, probation, the 12 months of introducers.
pub fn full_months_between(from: Day, to: Day) -> i32 {
    if to < from {
        return -full_months_between(to, from);
    }
    let months = months_between(from, to);
    if from.plus_months(months) > to { months - 1 } else { months }
}

/// Age in years counted by month (tuổi tính theo tháng): full from the month of birth on, whatever the
/// day. A birth date known only by its month is therefore enough.
pub fn age_in_years(birth: Day, on: Day) -> i32 {
    months_between(birth, on).div_euclid(12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    #[test]
    fn x_02_age_turns_with_the_month_of_birth_not_with_the_year() {
        assert_eq!(age_in_years(day("2008-11-30"), day("2026-10-31")), 17);
        assert_eq!(age_in_years(day("2008-11-30"), day("2026-11-01")), 18);
        assert_eq!(age_in_years(day("1966-12-31"), day("2026-11-22")), 59);
        assert_eq!(age_in_years(day("2026-12-01"), day("2026-11-22")), -1);
    }

    #[test]
    fn x_02_spans_are_full_when_the_same_day_of_the_month_is_reached() {
        assert_eq!(full_months_between(day("2021-03-15"), day("2026-03-14")), 59);
        assert_eq!(full_months_between(day("2021-03-15"), day("2026-03-15")), 60);
        assert_eq!(full_months_between(day("2024-02-29"), day("2025-02-28")), 12);
        assert_eq!(full_months_between(day("2025-01-31"), day("2025-02-28")), 1);
        assert_eq!(full_months_between(day("2026-03-15"), day("2021-03-15")), -60);
    }

    proptest! {
        #[test]
        fn x_02_full_months_are_the_most_that_fit(from in -15_000..20_000i32, length in 0..20_000i32) {
            let (from, to) = (Day::from_number(from), Day::from_number(from + length));
            let naive = (0..=1_000).take_while(|n| from.plus_months(*n) <= to).last();
            prop_assert_eq!(Some(full_months_between(from, to)), naive);
        }
    }
}
