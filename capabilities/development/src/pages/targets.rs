//! How many admissions a unit wants in a year.

use chibo_kernel::{Id, Issue, Problem, Unit};
use chibo_organisation::pick::{self, Picked};
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::{MENU, missing};
use crate::actions;

fn page(visit: &Visit<'_>, picked: Option<&Picked<Unit>>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut fields = vec![
        Field::text("unit", w.t("development-unit"))
            .hint(w.t("development-branch-hint"))
            .value(visit.query.get("unit"))
            .required(),
    ];
    fields.extend(picked.and_then(|picked| picked.choice("unit", w.t("units-pick-which"))));
    fields.push(Field::text("year", w.t("development-year")).value(visit.today().year().to_string()).required());
    fields.push(Field::text("wanted", w.t("development-wanted")).required());
    let mut form = Form::new("/development/targets", w.t("development-target-send"), fields)
        .cancel(w.t("development-cancel"), "/development");
    let error = !issues.is_empty();
    if error {
        form = form.refused(&visit.form, issues);
    }
    let title = w.t("development-targets-set");
    let crumbs = vec![Crumb::to(w.t("development-title"), "/development"), Crumb::here(title)];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(error);
    let body = format!("<section class=\"card\">{}</section>", form.html(visit));
    visit.page_html(if error { 422 } else { 200 }, head, &body)
}

/// `GET /development/targets?unit=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, None, Vec::new())
}

/// `POST /development/targets`.
pub(super) fn set(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut issues = Vec::new();
    let picked = pick::unit(visit, "unit");
    let unit: Option<Id<Unit>> =
        picked.one("unit", "development-branch-unknown").map_err(|issue| issues.push(issue)).ok();
    let year = visit.form.get("year").trim().parse::<i64>().ok();
    if year.is_none() {
        issues.push(missing("year", "development-year-wrong"));
    }
    let wanted = visit.form.get("wanted").trim().parse::<u32>().ok();
    if wanted.is_none() {
        issues.push(missing("wanted", "development-wanted-wrong"));
    }
    if let (Some(unit), Some(year), Some(wanted)) = (unit, year, wanted) {
        match visit.write(|op| actions::target(op, unit, year, wanted)) {
            Ok(()) => return Ok(Reply::done("/development", "saved")),
            Err(Problem::Refused(more)) => issues = more,
            Err(other) => return Err(other),
        }
    }
    page(visit, Some(&picked), issues)
}
