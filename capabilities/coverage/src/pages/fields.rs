//! How answers of forms are read, and the page around a form.

use chibo_kernel::text::{clean, clean_lines};
use chibo_kernel::{Day, Issue, Problem, Said};
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use crate::rules::issue;

/// The page around a form; `above` are the steps to it.
pub(super) fn page(
    visit: &Visit<'_>,
    (title, menu): (&str, &'static str),
    mut above: Vec<Crumb>,
    form: &Form,
) -> Result<Reply, Problem> {
    above.push(Crumb::here(title));
    let status = if form.issues.is_empty() { 200 } else { 422 };
    let head = Head::new(title, menu).crumbs(above).with_error(status == 422);
    visit.page_html(status, head, &form.html(visit))
}

/// A question about a day.
pub(super) fn day_field(visit: &Visit<'_>, name: &str, key: &str, day: Day) -> Field {
    Field::new(name, visit.w.t(key), chibo_web::form::Kind::Day).required().value(day.to_string())
}

/// What the form saw: carried along, also when it comes back with errors.
pub(super) fn seen(visit: &Visit<'_>, now: usize) -> Field {
    Field::hidden("after", visit.form.some("after").map_or_else(|| now.to_string(), str::to_owned))
}

/// A line of text.
pub(super) fn line(visit: &Visit<'_>, name: &str) -> String {
    clean(visit.form.get(name)).into_owned()
}

/// A text of several lines.
pub(super) fn lines(visit: &Visit<'_>, name: &str) -> String {
    clean_lines(visit.form.get(name)).into_owned()
}

/// A day that must be given.
pub(super) fn day(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    match visit.form.day(name, visit.today()) {
        Ok(Some(day)) => return Some(day),
        Err(Problem::Refused(more)) => issues.extend(more),
        Ok(None) | Err(_) => issues.push(issue(name, "coverage-day-needed")),
    }
    None
}

/// A whole number as people type it, `1.200` or `1200`; none for anything else.
fn read_number(text: &str) -> Option<u32> {
    let plain: String = text.chars().filter(|c| !matches!(c, '.' | ' ' | '\u{a0}')).collect();
    let digits = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit());
    plain.parse().ok().filter(|_| digits)
}

/// A whole number that may be left out: `None` when it could not be read, `Some(None)` when it was left out.
pub(super) fn number(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Option<u32>> {
    let typed = line(visit, name);
    if typed.is_empty() {
        return Some(None);
    }
    let number = read_number(&typed);
    if number.is_none() {
        let said = Said::new("coverage-number-unreadable").with("text", &typed);
        issues.push(Issue { field: Some(name.to_owned()), rule: None, said });
    }
    number.map(Some)
}

/// A whole number that must be given.
pub(super) fn must(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<u32> {
    let number = number(visit, name, issues)?;
    if number.is_none() {
        issues.push(issue(name, "coverage-count-needed"));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::read_number;

    #[test]
    fn numbers_are_read_with_and_without_points() {
        assert_eq!([read_number("1.200"), read_number("1200"), read_number("0")], [Some(1200), Some(1200), Some(0)]);
        for text in ["", ".", "-1", "1,5", "12a", "99999999999"] {
            assert_eq!(read_number(text), None, "{text}");
        }
    }
}
