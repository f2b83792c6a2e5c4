//! Reads the `[calendar]` table of a rulebook file.

use serde::Deserialize;
use toml::value::Datetime;

use super::working::{Coverage, Fixed, WorkingDays, Year};
use crate::day::Day;
use crate::rulebook::{Mark, RulebookError, Words, day_of, note_missing};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCalendar {
    weekly_rest: Vec<String>,
    #[serde(default)]
    fixed: Vec<RawFixed>,
    #[serde(default)]
    year: Vec<RawYear>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFixed {
    id: String,
    month: u8,
    day: u8,
    first_year: Option<i32>,
    on: Option<bool>,
    mark: Mark,
    vi: String,
    en: String,
    note: Option<Words>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawYear {
    year: i32,
    status: String,
    mark: Mark,
    note: Option<Words>,
    #[serde(default)]
    off: Vec<RawOff>,
    #[serde(default)]
    worked: Vec<Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOff {
    from: Datetime,
    to: Option<Datetime>,
    vi: String,
    en: String,
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// No holiday is longer; a longer one is a slip in the data.
const LONGEST_HOLIDAY: i32 = 16;

impl WorkingDays {
    /// Builds the calendar from the `[calendar]` table of `file`; every mistake at once.
    pub fn from_table(file: &str, table: toml::Table) -> Result<Self, Vec<RulebookError>> {
        let fault = |what: String| RulebookError { file: file.to_owned(), rule: Some("X-01".to_owned()), what };
        let raw: RawCalendar = table.try_into().map_err(|e: toml::de::Error| vec![fault(e.message().to_owned())])?;
        let (mut made, mut wrong) = (Self::default(), Vec::new());
        for name in &raw.weekly_rest {
            match WEEKDAYS.iter().position(|weekday| weekday == name) {
                Some(weekday) => made.rest[weekday] = true,
                None => wrong.push(format!("unknown weekday `{name}` in weekly_rest")),
            }
        }
        if made.rest == [true; 7] {
            wrong.push("weekly_rest leaves no day to work on".to_owned());
        }
        raw.fixed.into_iter().for_each(|fixed| made.add_fixed(fixed, &mut wrong));
        raw.year.into_iter().for_each(|year| made.add_year(year, &mut wrong));
        if wrong.is_empty() { Ok(made) } else { Err(wrong.into_iter().map(fault).collect()) }
    }

    fn add_fixed(&mut self, raw: RawFixed, wrong: &mut Vec<String>) {
        // 2024 is a leap year: every date that exists at all exists in it.
        if Day::from_ymd(2024, raw.month, raw.day).is_none() {
            wrong.push(format!("fixed holiday `{}`: no such date", raw.id));
        }
        if self.fixed.iter().any(|other| other.id == raw.id) {
            wrong.push(format!("fixed holiday `{}` is given twice", raw.id));
        }
        if note_missing(raw.mark, raw.note.as_ref()) {
            wrong.push(format!("fixed holiday `{}`: marks M and C need a note in both languages", raw.id));
        }
        self.fixed.push(Fixed {
            id: raw.id,
            month: raw.month,
            day: raw.day,
            first_year: raw.first_year.unwrap_or(i32::MIN),
            on: raw.on.unwrap_or(true),
            mark: raw.mark,
            name: Words { vi: raw.vi, en: raw.en },
            note: raw.note,
        });
    }

    fn add_year(&mut self, raw: RawYear, wrong: &mut Vec<String>) {
        let year = raw.year;
        let coverage = match raw.status.as_str() {
            "announced" => Coverage::Announced,
            "projected" => Coverage::Projected,
            other => {
                wrong.push(format!("{year}: status `{other}` is neither announced nor projected"));
                Coverage::Missing
            }
        };
        if note_missing(raw.mark, raw.note.as_ref()) {
            wrong.push(format!("{year}: marks M and C need a note in both languages"));
        }
        for off in raw.off {
            self.add_off(year, off, wrong);
        }
        for date in raw.worked {
            match day_of(&date).filter(|day| day.year() == year) {
                Some(day) if self.rest[usize::from(day.weekday())] => {
                    self.worked.insert(day);
                }
                _ => wrong.push(format!("{year}: worked day {date} is not a weekly rest day of that year")),
            }
        }
        if self.years.insert(year, Year { coverage, mark: raw.mark, note: raw.note }).is_some() {
            wrong.push(format!("{year} is given twice"));
        }
    }

    fn add_off(&mut self, year: i32, off: RawOff, wrong: &mut Vec<String>) {
        let last = off.to.as_ref().unwrap_or(&off.from);
        let (Some(from), Some(to)) = (day_of(&off.from), day_of(last)) else {
            wrong.push(format!("{year}: `{}` needs plain dates", off.en));
            return;
        };
        if from > to || to.number() - from.number() >= LONGEST_HOLIDAY || from.year() != year || to.year() != year {
            wrong.push(format!("{year}: `{}` runs backward, too long or outside the year", off.en));
            return;
        }
        for day in (from.number()..=to.number()).map(Day::from_number) {
            self.off.insert(day, Words { vi: off.vi.clone(), en: off.en.clone() });
        }
    }
}
