//! What forms about committees ask, and how the answers are read.

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Issue, Problem};
use chibo_web::form::Kind as Answer;
pub(super) use chibo_web::form::missing;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::MENU;
use super::ground::Ground;
use crate::rules::{Figures, Gathering};

/// The page around a form, with more HTML below it that may be wrong too.
pub(super) fn page(
    visit: &Visit<'_>,
    ground: &Ground,
    title: &str,
    form: &Form,
    (below, wrong): (&str, bool),
) -> Result<Reply, Problem> {
    let w = visit.w;
    let crumbs = vec![
        Crumb::to(w.t("committees-title"), "/committees"),
        Crumb::to(ground.name.clone(), ground.address("")),
        Crumb::here(title),
    ];
    let status = if wrong || !form.issues.is_empty() { 422 } else { 200 };
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(status == 422);
    let mut body = form.html(visit);
    body.push_str(below);
    visit.page_html(status, head, &body)
}

/// A line of text.
pub(super) fn line(visit: &Visit<'_>, name: &str) -> String {
    clean(visit.form.get(name)).into_owned()
}

/// A day that must be given.
pub(super) fn day(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    let day = optional_day(visit, name, issues)?;
    if day.is_none() {
        issues.push(missing(name, "committees-day-needed"));
    }
    day
}

/// A day that may be left out: `None` when it could not be read, `Some(None)` when it was left out.
pub(super) fn optional_day(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Option<Day>> {
    match visit.form.day(name, visit.today()) {
        Ok(day) => Some(day),
        Err(Problem::Refused(more)) => {
            issues.extend(more);
            None
        }
        Err(_) => {
            issues.push(missing(name, "committees-day-needed"));
            None
        }
    }
}

/// A whole number; 0 when it is left out.
pub(super) fn number(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> u32 {
    let typed: String = visit.form.get(name).chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    if typed.is_empty() {
        return 0;
    }
    typed.parse().unwrap_or_else(|_| {
        issues.push(missing(name, "committees-not-a-number"));
        0
    })
}

/// A question for a whole number.
pub(super) fn count(visit: &Visit<'_>, name: &str, key: &str, value: u32) -> Field {
    let value = if value == 0 { String::new() } else { value.to_string() };
    Field::text(name, visit.w.t(key)).value(value)
}

/// The questions for what the counting board wrote down.
pub(super) fn figures(visit: &Visit<'_>) -> Vec<Field> {
    let ask = |name: &str, key: &str| count(visit, name, key, 0);
    let hint = |name: &str, key: &str, hint: &str| ask(name, key).hint(visit.w.t(hint));
    vec![
        hint("summoned", "committees-summoned", "committees-summoned-hint"),
        hint("barred", "committees-barred", "committees-barred-hint"),
        hint("elsewhere", "committees-elsewhere", "committees-elsewhere-hint"),
        hint("excused", "committees-excused", "committees-excused-hint"),
        ask("present", "committees-present"),
        ask("issued", "committees-issued"),
        ask("returned", "committees-returned"),
        ask("valid", "committees-valid"),
    ]
}

/// Reads them.
pub(super) fn read_figures(visit: &Visit<'_>, gathering: Gathering, issues: &mut Vec<Issue>) -> Figures {
    let mut read = |name: &str| number(visit, name, issues);
    Figures {
        gathering,
        summoned: read("summoned"),
        barred: read("barred"),
        elsewhere: read("elsewhere"),
        excused: read("excused"),
        present: read("present"),
        issued: read("issued"),
        returned: read("returned"),
        valid: read("valid"),
    }
}

/// The offices of a kind to choose from.
pub(super) fn roles(visit: &Visit<'_>, kind: chibo_organisation::kinds::Kind) -> Answer {
    let word = |role: &chibo_organisation::kinds::Role| (role.code().to_owned(), visit.w.t(role.name_key()).to_owned());
    Answer::Select(crate::rules::offices_of(kind).iter().map(word).collect())
}
