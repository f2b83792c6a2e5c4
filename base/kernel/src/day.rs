//! Calendar days, moments, and the pair that every answer can be asked with: `AsOf`.

use std::fmt;
use time::{Date, Month};

/// A calendar day, counted from 1970-01-01 (day 0); earlier days are negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

const UNIX_JULIAN: i32 = 2_440_588;

impl Day {
    /// The open end of a period: 9999-12-31. No real fact lies on it.
    pub const FOREVER: Day = Day(2_932_896);
    /// The founding day of the Party, 3 February 1930: no membership is older.
    pub const PARTY_FOUNDED: Day = Day(-14_577);

    /// From the stored number.
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// The stored number: days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// A day by year, month (1–12) and day of the month; `None` when there is no such day.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = Month::try_from(month).ok()?;
        let date = Date::from_calendar_date(year, month, day).ok()?;
        (1000..=9999).contains(&year).then(|| Self(date.to_julian_day() - UNIX_JULIAN))
    }

    /// Year, month (1–12), day of the month.
    pub fn ymd(self) -> (i32, u8, u8) {
        match Date::from_julian_day(self.0.saturating_add(UNIX_JULIAN)) {
            Ok(date) => (date.year(), date.month() as u8, date.day()),
            Err(_) => (9999, 12, 31),
        }
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// Months since January of year 0: the unit in which ages and spans are counted.
    pub fn month_number(self) -> i32 {
        let (year, month, _) = self.ymd();
        year * 12 + i32::from(month) - 1
    }

    /// This many days later (earlier when negative).
    pub const fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// This many calendar months later; a day the month does not have becomes its last day.
    pub fn plus_months(self, months: i32) -> Self {
        let (_, _, day) = self.ymd();
        let number = self.month_number() + months;
        let (year, month) = (number.div_euclid(12), (number.rem_euclid(12) + 1) as u8);
        (0..4).find_map(|back| Self::from_ymd(year, month, day.saturating_sub(back))).unwrap_or(Self::FOREVER)
    }

    /// 0 = Monday … 6 = Sunday.
    pub const fn weekday(self) -> u8 {
        (self.0 + 3).rem_euclid(7) as u8
    }

    /// ISO form `2025-07-01`, the one used in addresses and files.
    pub fn iso(self) -> String {
        let (year, month, day) = self.ymd();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Reads the ISO form.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        Self::from_ymd(year, month, parts.next()?.parse().ok()?)
    }

    /// Reads a day as people type it: `3/2/1958`, `03-02-58`, `03.02.1958`, `03021958`, or ISO.
    /// Two-digit years lie in the hundred years up to and including `today`.
    pub fn from_typed(text: &str, today: Day) -> Option<Self> {
        let text = text.trim();
        if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
            return Self::from_ymd(text[4..].parse().ok()?, text[2..4].parse().ok()?, text[..2].parse().ok()?);
        }
        let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|p| !p.is_empty()).collect();
        let [first, month, last] = parts.as_slice() else { return None };
        if first.len() == 4 {
            return Self::from_ymd(first.parse().ok()?, month.parse().ok()?, last.parse().ok()?);
        }
        let day = first.parse().ok()?;
        let month = month.parse().ok()?;
        match last.len() {
            4 => Self::from_ymd(last.parse().ok()?, month, day),
            2 => {
                let short: i32 = last.parse().ok()?;
                let century = today.year() / 100 * 100;
                [century, century - 100]
                    .iter()
                    .find_map(|c| Self::from_ymd(c + short, month, day).filter(|d| *d <= today))
            }
            _ => None,
        }
    }
}

/// Vietnamese print form, dd/mm/yyyy.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{day:02}/{month:02}/{year:04}")
    }
}

/// A point in time: milliseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

const DAY_MS: i64 = 86_400_000;
/// Asia/Ho_Chi_Minh is UTC+7 all year; all legal days are counted there.
const VIETNAM_MS: i64 = 7 * 3_600_000;

impl Moment {
    /// Not superseded yet; also "known now and ever after".
    pub const FOREVER: Moment = Moment(i64::MAX);

    /// The calendar day in Vietnam.
    pub const fn day(self) -> Day {
        Day(((self.0.saturating_add(VIETNAM_MS)).div_euclid(DAY_MS)) as i32)
    }

    /// The first moment of a day in Vietnam.
    pub const fn start_of(day: Day) -> Self {
        Moment(day.0 as i64 * DAY_MS - VIETNAM_MS)
    }

    /// The last moment of a day in Vietnam.
    pub const fn end_of(day: Day) -> Self {
        Moment(Self::start_of(day).0 + DAY_MS - 1)
    }

    /// Hour and minute of the day in Vietnam.
    pub const fn hour_minute(self) -> (u8, u8) {
        let minutes = (self.0 + VIETNAM_MS).rem_euclid(DAY_MS) / 60_000;
        ((minutes / 60) as u8, (minutes % 60) as u8)
    }

    /// This many milliseconds later.
    pub const fn plus_ms(self, ms: i64) -> Self {
        Moment(self.0.saturating_add(ms))
    }
}

/// `22/11/2026 14:05`, Vietnam time.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.hour_minute();
        write!(f, "{} {hour:02}:{minute:02}", self.day())
    }
}

/// Which day is asked about, and with which knowledge: what was true on `day` as recorded by `known`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AsOf {
    /// The day the answer is about.
    pub day: Day,
    /// Only what had been recorded at this moment counts.
    pub known: Moment,
}

impl AsOf {
    /// What is true on `day`, as known now.
    pub const fn on(day: Day) -> Self {
        Self { day, known: Moment::FOREVER }
    }
}

/// The clock is a parameter: real in the program, set by hand in tests.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Moment;
    /// Today in Vietnam.
    fn today(&self) -> Day {
        self.now().day()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u8, d: u8) -> Day {
        Day::from_ymd(y, m, d).unwrap()
    }

    #[test]
    fn constants_are_the_days_they_say() {
        assert_eq!(Day::FOREVER.iso(), "9999-12-31");
        assert_eq!(Day::PARTY_FOUNDED.iso(), "1930-02-03");
        assert_eq!(day(1970, 1, 1).number(), 0);
        assert_eq!(day(2025, 7, 1).weekday(), 1);
    }

    #[test]
    fn typed_days_in_every_usual_form() {
        let today = day(2026, 11, 22);
        for text in ["3/2/1958", "03-02-58", "03.02.1958", "03021958", "1958-02-03", " 3 2 1958 "] {
            assert_eq!(Day::from_typed(text, today), Some(day(1958, 2, 3)), "{text}");
        }
        assert_eq!(Day::from_typed("1/1/26", today), Some(day(2026, 1, 1)));
        assert_eq!(Day::from_typed("1/1/27", today), Some(day(1927, 1, 1)));
        for text in ["", "31/2/2020", "1/13/2020", "x/y/z", "1/1", "1/1/202", "00/00/0000"] {
            assert_eq!(Day::from_typed(text, today), None, "{text}");
        }
    }

    #[test]
    fn x_02_months_are_counted_by_calendar_month() {
        assert_eq!(day(2024, 1, 31).plus_months(1), day(2024, 2, 29));
        assert_eq!(day(2024, 2, 29).plus_months(12), day(2025, 2, 28));
        assert_eq!(day(2025, 3, 31).plus_months(-1), day(2025, 2, 28));
    }

    #[test]
    fn the_day_turns_at_midnight_in_vietnam() {
        let start = Moment::start_of(day(2025, 7, 1));
        assert_eq!(start.day(), day(2025, 7, 1));
        assert_eq!(start.plus_ms(-1).day(), day(2025, 6, 30));
        assert_eq!(Moment::end_of(day(2025, 7, 1)).day(), day(2025, 7, 1));
        assert_eq!(start.hour_minute(), (0, 0));
    }
}
