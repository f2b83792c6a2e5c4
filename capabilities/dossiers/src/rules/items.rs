//! Reading what is typed into a part, and what may become of a row (DOS-01).

use std::collections::BTreeMap;

use chibo_kernel::text::{clean, clean_lines};
use chibo_kernel::{Day, Issue, Said};

use super::parts::{Field, Kind, Part, When};
use super::{LINE, TEXT, issue};

/// Values by field code, as stored: a day as `2026-11-22`, a choice by its code.
pub type Values = BTreeMap<String, String>;

/// A row as typed, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Values of open fields.
    pub shown: Values,
    /// Values of secret fields; those left empty are not in it.
    pub secret: Values,
    /// From which day, or on which.
    pub from: Day,
    /// First day no longer; [`Day::FOREVER`] while it lasts.
    pub to: Day,
}

/// Reads one value; an empty one is empty.
///
/// # Errors
/// What is wrong with it.
pub fn value(field: &Field, typed: &str, today: Day) -> Result<String, Issue> {
    let wrong = |key| issue(field.code, None, key);
    let text = match field.kind {
        Kind::Lines => clean_lines(typed).into_owned(),
        _ => clean(typed).into_owned(),
    };
    if text.is_empty() {
        return Ok(text);
    }
    match field.kind {
        Kind::Line if text.chars().count() > LINE => Err(wrong("dossiers-line-long")),
        Kind::Lines if text.chars().count() > TEXT => Err(wrong("dossiers-text-long")),
        Kind::Line | Kind::Lines => Ok(text),
        Kind::Day => Day::from_typed(&text, today).map(Day::iso).ok_or_else(|| wrong("dossiers-bad-day")),
        Kind::Year => {
            let year = text.parse::<i32>().ok().filter(|year| (1800..=today.year()).contains(year));
            year.map(|year| year.to_string()).ok_or_else(|| wrong("dossiers-bad-year"))
        }
        Kind::Money => {
            let digits: String = text.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}')).collect();
            let number = digits.parse::<u64>().ok().filter(|number| *number < 1_000_000_000_000_000);
            number.map(|number| number.to_string()).ok_or_else(|| wrong("dossiers-bad-money"))
        }
        Kind::Choice(choices) => {
            let known = choices.iter().any(|(code, _)| *code == text);
            if known { Ok(text) } else { Err(wrong("dossiers-bad-choice")) }
        }
    }
}

/// Reads a whole row. `kept` are codes of secret fields already filled: an empty answer keeps those.
///
/// # Errors
/// Everything that is wrong, field by field.
pub fn read(
    part: &Part,
    typed: impl Fn(&str) -> String,
    (from, to): (Option<Day>, Option<Day>),
    kept: &[&str],
    today: Day,
) -> Result<Draft, Vec<Issue>> {
    let (mut issues, mut shown, mut secret) = (Vec::new(), Values::new(), Values::new());
    for field in part.fields {
        match value(field, &typed(field.code), today) {
            Err(wrong) => issues.push(wrong),
            Ok(text) if text.is_empty() => {
                if field.must && !(field.secret && kept.contains(&field.code)) {
                    issues.push(issue(field.code, None, "dossiers-fill-in"));
                }
            }
            Ok(text) => {
                let values = if field.secret { &mut secret } else { &mut shown };
                values.insert(field.code.to_owned(), text);
            }
        }
    }
    let from = from.unwrap_or_else(|| {
        issues.push(issue("from", None, "dossiers-from-needed"));
        today
    });
    if from > today {
        let said = Said::new("dossiers-from-to-come").with("day", from);
        issues.push(Issue { field: Some("from".to_owned()), rule: None, said });
    }
    // Typed is the last day; stored the first day no longer.
    let to = to.map(|day| day.plus_days(1)).filter(|_| part.when == When::Span).unwrap_or(Day::FOREVER);
    if to <= from {
        issues.push(issue("to", None, "dossiers-to-before-from"));
    }
    if issues.is_empty() { Ok(Draft { shown, secret, from, to }) } else { Err(issues) }
}

/// Whether changing a row into this needs the written consent of the committee (DOS-01). Saying that something that was
/// still going on has ended, and nothing else, is not a correction.
pub fn is_correction(before: &Draft, after: &Draft) -> bool {
    let ended = before.to == Day::FOREVER && after.to != Day::FOREVER;
    let same = before.shown == after.shown && before.from == after.from && after.secret.is_empty();
    !(same && (ended || before.to == after.to))
}

/// Where a new row of a part that holds until the next one finds its place among those believed, given by their days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A row begins on that day already: it must be corrected instead.
    Taken,
    /// The row before, by its number, ends where the new one begins; the new one lasts until this day.
    After(Option<usize>, Day),
}

/// Finds that place.
pub fn place(rows: &[(Day, Day)], from: Day) -> Place {
    if rows.iter().any(|(begin, _)| *begin == from) {
        return Place::Taken;
    }
    let before = rows.iter().rposition(|(begin, end)| *begin < from && from < *end);
    let next = rows.iter().map(|(begin, _)| *begin).filter(|begin| *begin > from).min();
    Place::After(before, next.unwrap_or(Day::FOREVER))
}

/// Pieces of a filled-in list of codes.
pub fn codes(filled: &str) -> Vec<&str> {
    filled.split(',').filter(|code| !code.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn draft(to: Day) -> Draft {
        let shown = Values::from([("what".to_owned(), "Giáo viên".to_owned())]);
        Draft { shown, secret: Values::new(), from: day("2010-01-01"), to }
    }

    #[test]
    fn values_are_read_by_kind() {
        let today = day("2026-11-22");
        let of = |part: &str, field: &str, typed: &str| {
            value(Part::of(part).unwrap().field(field).unwrap(), typed, today).map_err(|issue| issue.said.key)
        };
        assert_eq!(of("economy", "income", "12.500.000"), Ok("12500000".into()));
        assert_eq!(of("economy", "income", "nhiều"), Err("dossiers-bad-money"));
        assert_eq!(of("family", "born", "2027"), Err("dossiers-bad-year"));
        assert_eq!(of("family", "relation", "friend"), Err("dossiers-bad-choice"));
        assert_eq!(of("work", "what", " Dạy  học "), Ok("Dạy học".into()));
        assert_eq!(of("work", "what", &"a".repeat(201)), Err("dossiers-line-long"));
    }

    #[test]
    fn everything_wrong_is_said_at_once_and_kept_secrets_may_stay_empty() {
        let today = day("2026-11-22");
        let part = Part::of("discipline").unwrap();
        let keys = |issues: Vec<Issue>| issues.iter().filter_map(|i| i.field.clone()).collect::<Vec<_>>();
        let none = read(part, |_| String::new(), (None, None), &[], today);
        assert_eq!(keys(none.unwrap_err()), ["side", "measure", "number", "from"]);
        let typed = |code: &str| if code == "side" { "party".to_owned() } else { String::new() };
        let kept = read(part, typed, (Some(day("2020-01-01")), None), &["measure", "number"], today).unwrap();
        assert!(kept.secret.is_empty());
        let late = read(part, typed, (Some(day("2027-01-01")), None), &["measure", "number"], today);
        assert_eq!(keys(late.unwrap_err()), ["from"]);
    }

    #[test]
    fn dos_01_ending_what_went_on_is_no_correction_and_everything_else_is() {
        assert!(!is_correction(&draft(Day::FOREVER), &draft(day("2020-01-01"))));
        assert!(!is_correction(&draft(Day::FOREVER), &draft(Day::FOREVER)));
        assert!(is_correction(&draft(day("2020-01-01")), &draft(day("2021-01-01"))));
        assert!(is_correction(&draft(day("2020-01-01")), &draft(Day::FOREVER)));
        let mut other = draft(day("2020-01-01"));
        other.shown.insert("what".into(), "Hiệu trưởng".into());
        assert!(is_correction(&draft(Day::FOREVER), &other));
        let mut secret = draft(Day::FOREVER);
        secret.secret.insert("x".into(), "y".into());
        assert!(is_correction(&draft(Day::FOREVER), &secret));
    }

    #[test]
    fn a_new_row_ends_the_one_before_and_lasts_until_the_next() {
        let rows = [(day("2000-01-01"), day("2010-01-01")), (day("2010-01-01"), Day::FOREVER)];
        assert_eq!(place(&rows, day("2005-01-01")), Place::After(Some(0), day("2010-01-01")));
        assert_eq!(place(&rows, day("2020-01-01")), Place::After(Some(1), Day::FOREVER));
        assert_eq!(place(&rows, day("1990-01-01")), Place::After(None, day("2000-01-01")));
        assert_eq!(place(&rows, day("2010-01-01")), Place::Taken);
        assert_eq!(place(&[], day("2010-01-01")), Place::After(None, Day::FOREVER));
    }
}
