//! How days, months and codes are packed into the columns.

use chibo_kernel::{Day, Moment};

/// 1900-01-01, day 0 of the columns.
const DAY_ZERO: i32 = -25_567;
/// Open end of a period; not superseded.
pub(crate) const NEVER: u16 = u16::MAX;
/// January 1800, month 1 of the columns; 0 is "unknown".
const MONTH_ONE: i32 = 1800 * 12;
/// Months stay below this, so a table of months has no bounds to check.
pub(crate) const MONTHS: usize = 4096;

/// Days since 1900-01-01; earlier days count as that day, days after 5 June 2079 as that one.
pub(crate) fn pack_day(day: Day) -> u16 {
    if day == Day::FOREVER {
        return NEVER;
    }
    (day.number() - DAY_ZERO).clamp(0, i32::from(NEVER) - 1) as u16
}

/// A day that is asked about: never "for ever", which would match no open period.
pub(crate) fn pack_asked(day: Day) -> u16 {
    pack_day(day).min(NEVER - 1)
}

/// The Vietnam day of a moment; `NEVER` for "not superseded" and for "known now".
pub(crate) fn pack_moment(moment: Moment) -> u16 {
    if moment == Moment::FOREVER { NEVER } else { pack_asked(moment.day()) }
}

/// Calendar months since December 1799 (X-02: ages are counted by month); 0 when unknown.
pub(crate) fn pack_month(day: Option<Day>) -> u16 {
    day.map_or(0, |day| (day.month_number() - MONTH_ONE + 1).clamp(1, MONTHS as i32 - 1) as u16)
}

/// The kernel's month number of a packed month.
pub(crate) fn month_number(packed: u32) -> i32 {
    packed as i32 - 1 + MONTH_ONE
}

/// The first day of a packed month.
pub(crate) fn month_start(packed: u16) -> Option<Day> {
    let number = month_number(u32::from(packed));
    (packed > 0).then(|| Day::from_ymd(number.div_euclid(12), (number.rem_euclid(12) + 1) as u8, 1)).flatten()
}

/// Two codes in one byte: `low` in the lowest `bits`, `high` above; too large a code becomes the largest.
pub(crate) fn pack_two(low: u8, bits: u32, high: u8) -> u8 {
    let low_top = (1u8 << bits) - 1;
    let high_top = u8::MAX >> bits;
    low.min(low_top) | (high.min(high_top) << bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_keep_their_order_and_clamp_at_the_ends() {
        let day = |y, m, d| Day::from_ymd(y, m, d).unwrap();
        assert_eq!(pack_day(day(1900, 1, 1)), 0);
        assert_eq!(pack_day(day(1890, 1, 1)), 0);
        assert_eq!(pack_day(day(1900, 1, 2)), 1);
        assert_eq!(pack_day(day(3000, 1, 1)), NEVER - 1);
        assert_eq!(pack_day(Day::FOREVER), NEVER);
        assert_eq!(pack_asked(Day::FOREVER), NEVER - 1);
        assert_eq!(pack_moment(Moment::FOREVER), NEVER);
        assert_eq!(pack_moment(Moment::start_of(day(2025, 7, 1))), pack_day(day(2025, 7, 1)));
    }

    #[test]
    fn months_round_trip_to_their_first_day() {
        assert_eq!(pack_month(None), 0);
        assert_eq!(month_start(0), None);
        let born = Day::from_ymd(1958, 2, 17);
        assert_eq!(month_start(pack_month(born)), Day::from_ymd(1958, 2, 1));
        assert_eq!(pack_month(Day::from_ymd(1500, 2, 17)), 1);
    }

    #[test]
    fn two_codes_share_a_byte() {
        assert_eq!(pack_two(2, 2, 63), 2 | 63 << 2);
        assert_eq!(pack_two(9, 2, 200), 3 | 63 << 2);
        assert_eq!(pack_two(15, 4, 15), 255);
    }
}
