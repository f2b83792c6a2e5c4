//! Days, months and years as they stand in old files.

use chibo_kernel::Day;

/// A date known to the day, the month or the year only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The year.
    Year(i32),
    /// Year and month (1–12).
    Month(i32, u8),
    /// The day.
    Day(Day),
}

impl When {
    /// The year.
    pub fn year(self) -> i32 {
        match self {
            Self::Year(year) | Self::Month(year, _) => year,
            Self::Day(day) => day.year(),
        }
    }

    /// The first day it can mean.
    pub fn first_day(self) -> Option<Day> {
        match self {
            Self::Year(year) => Day::from_ymd(year, 1, 1),
            Self::Month(year, month) => Day::from_ymd(year, month, 1),
            Self::Day(day) => Some(day),
        }
    }
}

/// Years that are believed when they stand alone.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;

/// A day read from text, and whether it was put right on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// As written.
    Plain(Day),
    /// The century was supplied.
    ShortYear(Day),
    /// A zero in front was supplied.
    LostZero(Day),
}

/// A day from clean text.
pub(super) fn day_from_text(text: &str, today: Day) -> Option<Read> {
    let text = without_time(text);
    let words;
    let text = if text.chars().any(char::is_alphabetic) {
        words = from_words(text)?;
        words.as_str()
    } else {
        text
    };
    if text.len() == 7 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Day::from_typed(&format!("0{text}"), today).map(Read::LostZero);
    }
    let day = Day::from_typed(text, today)?;
    let short =
        text.rsplit(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty()).is_some_and(|part| part.len() == 2);
    let year_first =
        text.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty()).is_some_and(|part| part.len() == 4);
    Some(if short && !year_first { Read::ShortYear(day) } else { Read::Plain(day) })
}

/// A day from a number in a cell that is not formatted as a date.
pub(super) fn day_from_digits(number: f64, today: Day) -> Option<Day> {
    if number.fract() != 0.0 || !(1_000_000.0..100_000_000.0).contains(&number) {
        return None;
    }
    Day::from_typed(&format!("{:08}", number as i64), today)
}

/// A day, month or year from clean text.
pub(super) fn when_from_text(text: &str, today: Day) -> Option<(When, Option<Read>)> {
    let text = without_time(text);
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<i32>().ok();
    match parts.as_slice() {
        [year] if year.len() == 4 => {
            number(year).filter(|year| YEARS.contains(year)).map(|year| (When::Year(year), None))
        }
        [year, month] if year.len() == 4 => month_of(number(year)?, number(month)?).map(|when| (when, None)),
        [month, year] if year.len() == 4 => month_of(number(year)?, number(month)?).map(|when| (when, None)),
        _ => day_from_text(text, today).map(|read| {
            let (Read::Plain(day) | Read::ShortYear(day) | Read::LostZero(day)) = read;
            (When::Day(day), Some(read))
        }),
    }
}

/// A month or year from a number: 1958, or 2.1958 where `02.1958` was typed.
pub(super) fn when_from_number(number: f64) -> Option<When> {
    if number.fract() == 0.0 {
        let year = number as i32;
        return YEARS.contains(&year).then_some(When::Year(year));
    }
    let ten_thousandths = (number * 10_000.0).round();
    if (ten_thousandths - number * 10_000.0).abs() > 1e-6 * ten_thousandths.abs() {
        return None;
    }
    let whole = ten_thousandths as i64;
    month_of(i32::try_from(whole % 10_000).ok()?, i32::try_from(whole / 10_000).ok()?)
}

fn month_of(year: i32, month: i32) -> Option<When> {
    let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    YEARS.contains(&year).then_some(When::Month(year, month))
}

/// `03/02/1958 00:00:00` and `1958-02-03T00:00` → the day.
fn without_time(text: &str) -> &str {
    let text = text.trim();
    match text.find(':') {
        Some(colon) => {
            let head = &text[..colon];
            head.rfind([' ', 'T']).map_or(text, |gap| head[..gap].trim_end())
        }
        None => text,
    }
}

/// `ngày 3 tháng 2 năm 1958` → `3/2/1958`.
fn from_words(text: &str) -> Option<String> {
    if !crate::words::key(text).contains("thang") {
        return None;
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    (parts.len() == 3).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::from_ymd(2026, 11, 22).unwrap()
    }

    #[test]
    fn days_as_people_type_them() {
        let wanted = Day::from_ymd(1958, 2, 3).unwrap();
        for text in [
            "3/2/1958",
            "03.02.1958",
            "1958-02-03",
            "1958-02-03T00:00:00",
            "03/02/1958 00:00:00",
            "ngày 03 tháng 02 năm 1958",
        ] {
            assert_eq!(day_from_text(text, today()), Some(Read::Plain(wanted)), "{text}");
        }
        assert_eq!(day_from_text("3/2/58", today()), Some(Read::ShortYear(wanted)));
        assert_eq!(day_from_text("3021958", today()), Some(Read::LostZero(wanted)));
        assert_eq!(day_from_digits(3_021_958.0, today()), Some(wanted));
        for text in ["", "1958", "31/2/1958", "3 tháng 2", "không rõ", "12345678901", "ệ:", ":"] {
            assert_eq!(day_from_text(text, today()), None, "{text}");
        }
    }

    #[test]
    fn months_and_years_alone() {
        for (text, when) in [
            ("1958", Some(When::Year(1958))),
            ("02/1958", Some(When::Month(1958, 2))),
            ("1958-2", Some(When::Month(1958, 2))),
            ("T2/1958", Some(When::Month(1958, 2))),
            ("13/1958", None),
            ("58", None),
            ("3/2/1958", Day::from_ymd(1958, 2, 3).map(When::Day)),
        ] {
            assert_eq!(when_from_text(text, today()).map(|(when, _)| when), when, "{text}");
        }
        assert_eq!(when_from_number(1958.0), Some(When::Year(1958)));
        assert_eq!(when_from_number(2.1958), Some(When::Month(1958, 2)));
        assert_eq!(when_from_number(12.196), Some(When::Month(1960, 12)));
        assert_eq!(when_from_number(13.1958), None);
        assert_eq!(when_from_number(58.0), None);
    }
}
