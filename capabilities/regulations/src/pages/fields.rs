//! What forms about regulations ask, and how the answers are read.

use chibo_kernel::text::{clean, clean_lines};
use chibo_kernel::{Day, Id, Issue, Period, Problem, Unit};
use chibo_web::form::Kind as Answer;
pub(super) use chibo_web::form::missing;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::MENU;

/// The page around a form; under a unit, or under the texts for kinds.
pub(super) fn page(
    visit: &Visit<'_>,
    title: &str,
    unit: Option<(Id<Unit>, String)>,
    form: &Form,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let above = match unit {
        Some((unit, name)) => Crumb::to(name, format!("/regulations/units/{unit}")),
        None => Crumb::to(w.t("regulations-models"), "/regulations/models"),
    };
    let crumbs = vec![Crumb::to(w.t("regulations-title"), "/regulations"), above, Crumb::here(title)];
    let status = if form.issues.is_empty() { 200 } else { 422 };
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(status == 422);
    visit.page_html(status, head, &form.html(visit))
}

/// First day, and first day no longer.
pub(super) fn period(visit: &Visit<'_>, from: Option<Day>) -> [Field; 2] {
    let w = visit.w;
    let from = from.map_or_else(String::new, |day| day.to_string());
    [
        Field::new("from", w.t("regulations-from"), Answer::Day).required().value(from),
        Field::new("to", w.t("regulations-to"), Answer::Day).hint(w.t("regulations-to-hint")),
    ]
}

/// The text itself.
pub(super) fn body(visit: &Visit<'_>, text: String) -> Field {
    let w = visit.w;
    Field::new("body", w.t("regulations-body"), Answer::Area).hint(w.t("regulations-body-hint")).required().value(text)
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
    let day = optional_day(visit, name, issues)?;
    if day.is_none() {
        issues.push(missing(name, "regulations-day-needed"));
    }
    day
}

/// A day that may be left out: `None` when it could not be read, `Some(None)` when it was left out.
fn optional_day(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Option<Day>> {
    match visit.form.day(name, visit.today()) {
        Ok(day) => Some(day),
        Err(Problem::Refused(more)) => {
            issues.extend(more);
            None
        }
        Err(_) => {
            issues.push(missing(name, "regulations-day-needed"));
            None
        }
    }
}

/// When it holds.
pub(super) fn read_period(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Period> {
    let from = day(visit, "from", issues);
    let to = optional_day(visit, "to", issues);
    let (from, to) = (from?, to?.unwrap_or(Day::FOREVER));
    let period = Period::new(from, to);
    if period.is_none() {
        issues.push(missing("to", "regulations-to-before-from"));
    }
    period
}
