//! From the value in a cell to the typed value of a column, with every doubt said.

use std::borrow::Cow;
use std::collections::HashMap;

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Said};

use super::cells::{Held, Slot};
use super::dates::{self, Read};
use super::{Column, Kind, Severity, When};
use crate::cell::{DateSystem, Serial, Value};
use crate::words::{key, quoted};

/// Names of codes, by key.
pub(super) type Names = HashMap<String, &'static str>;

/// What is common to all cells of a reading.
pub(super) struct Reader<'r> {
    /// Two-digit years lie in the hundred years up to this day.
    pub today: Day,
    /// Cells have types (XLSX); in CSV a number and its text look alike.
    pub typed: bool,
    /// How a plain number would count as a date.
    pub system: DateSystem,
    /// The names of the column's codes.
    pub names: &'r Names,
    /// Where doubts go.
    pub doubts: &'r mut Vec<(Said, Severity)>,
}

/// Numbers that a plain number cell may mean as a date: 1910-01-01 to 2100-01-01.
const SERIALS: std::ops::Range<f64> = 3_654.0..73_051.0;

/// The names a `Code` column's codes go by, the codes themselves included.
pub(super) fn names_of(kind: Kind) -> Names {
    let Kind::Code(codes) = kind else { return Names::new() };
    let mut names = Names::new();
    for (code, others) in codes {
        names.insert(key(code), code);
        for other in *others {
            names.entry(key(other)).or_insert(code);
        }
    }
    names
}

impl Reader<'_> {
    /// Reads a value into the slot; the slot stays empty when the value cannot be read.
    pub fn read(&mut self, column: &Column, value: &Value<'_>, slot: &mut Slot) {
        slot.held = match value {
            Value::Empty => Held::Empty,
            Value::Error(error) => self.refuse(Said::new("papers-cell-error").with("value", error)),
            value => match column.kind {
                Kind::Text { max } => self.text(value, max, slot),
                Kind::Day => self.day(value),
                Kind::MonthOrYear => self.when(value),
                Kind::Int { min, max } => self.int(value, min, max),
                Kind::Digits { len, restore_zeros } => self.digits(value, len, restore_zeros, slot),
                Kind::Code(codes) => self.code(value, codes),
                Kind::Bool => self.bool(value),
            },
        };
    }

    fn refuse(&mut self, said: Said) -> Held {
        self.doubts.push((said, Severity::Error));
        Held::Empty
    }

    fn warn(&mut self, said: Said) {
        self.doubts.push((said, Severity::Warning));
    }

    /// The value as clean text; `None` when it is empty, a dash, or could not be decoded.
    fn plain<'v>(&mut self, value: &'v Value<'_>) -> Option<Cow<'v, str>> {
        let text = match value {
            Value::Text(text) => clean(text),
            Value::Number(number) => Cow::Owned(number_text(*number)),
            Value::Bool(yes) => Cow::Borrowed(if *yes { "TRUE" } else { "FALSE" }),
            Value::Date(serial) => match serial.day() {
                Some(day) => Cow::Owned(day.to_string()),
                None => Cow::Owned(number_text(serial.number)),
            },
            Value::Empty | Value::Error(_) => return None,
        };
        if text.contains('\u{fffd}') {
            self.refuse(Said::new("papers-text-undecodable").with("value", quoted(&text)));
            return None;
        }
        (!matches!(text.as_ref(), "" | "-" | "–" | "—")).then_some(text)
    }

    fn text(&mut self, value: &Value<'_>, max: usize, slot: &mut Slot) -> Held {
        let Some(text) = self.plain(value) else { return Held::Empty };
        if text.len() > max && text.chars().count() > max {
            let said = Said::new("papers-text-too-long").with("most", max).with("count", text.chars().count());
            return self.refuse(said.with("value", quoted(&text)));
        }
        slot.text.clear();
        slot.text.push_str(&text);
        Held::Text
    }

    fn day(&mut self, value: &Value<'_>) -> Held {
        match value {
            Value::Date(serial) => match serial.day() {
                Some(day) => Held::Day(day),
                None => self.refuse(Said::new("papers-day-unreadable").with("value", number_text(serial.number))),
            },
            Value::Number(number) => self.day_of_number(*number),
            _ => {
                let Some(text) = self.plain(value) else { return Held::Empty };
                match dates::day_from_text(&text, self.today) {
                    Some(read) => Held::Day(self.said_day(&text, read)),
                    None if is_year(&text) => self.refuse(Said::new("papers-day-only-year").with("value", &text)),
                    None => self.refuse(Said::new("papers-day-unreadable").with("value", quoted(&text))),
                }
            }
        }
    }

    fn day_of_number(&mut self, number: f64) -> Held {
        let text = number_text(number);
        if is_year(&text) {
            return self.refuse(Said::new("papers-day-only-year").with("value", text));
        }
        let serial = Serial { number, system: self.system };
        let day = dates::day_from_digits(number, self.today)
            .or_else(|| SERIALS.contains(&number).then(|| serial.day()).flatten());
        match day {
            Some(day) => {
                self.warn(Said::new("papers-day-from-number").with("value", text).with("day", day));
                Held::Day(day)
            }
            None => self.refuse(Said::new("papers-day-unreadable").with("value", text)),
        }
    }

    fn said_day(&mut self, text: &str, read: Read) -> Day {
        let (key, day) = match read {
            Read::Plain(day) => return day,
            Read::ShortYear(day) => ("papers-day-two-digit-year", day),
            Read::LostZero(day) => ("papers-day-from-number", day),
        };
        self.warn(Said::new(key).with("value", quoted(text)).with("day", day));
        day
    }

    fn when(&mut self, value: &Value<'_>) -> Held {
        match value {
            Value::Date(_) => match self.day(value) {
                Held::Day(day) => Held::When(When::Day(day)),
                other => other,
            },
            Value::Number(number) => match dates::when_from_number(*number) {
                Some(when) => Held::When(when),
                None => match self.day_of_number(*number) {
                    Held::Day(day) => Held::When(When::Day(day)),
                    other => other,
                },
            },
            _ => {
                let Some(text) = self.plain(value) else { return Held::Empty };
                match dates::when_from_text(&text, self.today) {
                    Some((when, read)) => {
                        if let Some(read) = read {
                            self.said_day(&text, read);
                        }
                        Held::When(when)
                    }
                    None => self.refuse(Said::new("papers-when-unreadable").with("value", quoted(&text))),
                }
            }
        }
    }

    fn int(&mut self, value: &Value<'_>, min: i64, max: i64) -> Held {
        let number = match value {
            Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => Some(*number as i64),
            Value::Number(_) | Value::Date(_) => None,
            _ => match self.plain(value) {
                None => return Held::Empty,
                Some(text) => whole_number(&text),
            },
        };
        match number {
            Some(number) if (min..=max).contains(&number) => Held::Int(number),
            Some(number) => {
                let said = Said::new("papers-int-range").with("value", number).with("least", min).with("most", max);
                self.refuse(said)
            }
            None => {
                let shown = self.plain(value).map(|text| quoted(&text)).unwrap_or_default();
                self.refuse(Said::new("papers-int-unreadable").with("value", shown))
            }
        }
    }

    fn digits(&mut self, value: &Value<'_>, len: usize, restore: bool, slot: &mut Slot) -> Held {
        let Some(text) = self.plain(value) else { return Held::Empty };
        slot.text.clear();
        slot.text.extend(text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\'')));
        let count = slot.text.len();
        let only_digits = slot.text.bytes().all(|byte| byte.is_ascii_digit());
        // As a number the cell cannot have held zeros in front; as text nobody took them away.
        let was_number = matches!(value, Value::Number(_)) || (!self.typed && only_digits);
        if only_digits && count == len {
            return Held::Text;
        }
        if only_digits && restore && was_number && count < len && count + 2 >= len && !slot.text.starts_with('0') {
            for _ in count..len {
                slot.text.insert(0, '0');
            }
            self.warn(Said::new("papers-digits-restored").with("value", quoted(&text)).with("digits", &slot.text));
            return Held::Text;
        }
        let key = match (only_digits, text.contains(['E', 'e']) && text.starts_with(|c: char| c.is_ascii_digit())) {
            (true, _) => "papers-digits-count",
            (false, true) => "papers-digits-rounded",
            (false, false) => "papers-digits-other",
        };
        self.refuse(Said::new(key).with("value", quoted(&text)).with("count", count).with("wanted", len))
    }

    fn code(&mut self, value: &Value<'_>, codes: &'static [(&'static str, &'static [&'static str])]) -> Held {
        let Some(text) = self.plain(value) else { return Held::Empty };
        if let Some(code) = self.names.get(&key(&text)) {
            return Held::Code(code);
        }
        let some: Vec<&str> =
            codes.iter().take(5).map(|(code, names)| names.first().copied().unwrap_or(code)).collect();
        let more = if codes.len() > some.len() { ", …" } else { "" };
        let said = Said::new("papers-code-unknown").with("value", quoted(&text));
        self.refuse(said.with("allowed", format!("{}{more}", some.join(", "))))
    }

    fn bool(&mut self, value: &Value<'_>) -> Held {
        if let Value::Bool(yes) = value {
            return Held::Bool(*yes);
        }
        let Some(text) = self.plain(value) else { return Held::Empty };
        match key(&text).as_str() {
            "x" | "co" | "yes" | "y" | "true" | "1" | "v" | "dung" => Held::Bool(true),
            "khong" | "no" | "n" | "false" | "0" | "k" | "sai" => Held::Bool(false),
            _ if matches!(text.as_ref(), "✓" | "✔" | "☑" | "√") => Held::Bool(true),
            _ => self.refuse(Said::new("papers-bool-unreadable").with("value", quoted(&text))),
        }
    }
}

/// The number as one would type it: no exponent, no `.0`.
fn number_text(number: f64) -> String {
    if number == 0.0 { "0".to_owned() } else { number.to_string() }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: i32| (1850..=2150).contains(&year))
}

/// `1 250`, `1.250` and `1,250` are all 1250; `1.25` is not a whole number.
fn whole_number(text: &str) -> Option<i64> {
    let text = text.replace(' ', "");
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let mark = if text.contains('.') { '.' } else { ',' };
    let mut groups = text.split(mark);
    let first = groups.next().filter(|first| (1..=4).contains(&first.len()))?;
    let rest: Vec<&str> = groups.collect();
    let grouped = !rest.is_empty() && rest.iter().all(|group| group.len() == 3);
    grouped.then(|| format!("{first}{}", rest.concat()).parse().ok()).flatten()
}
