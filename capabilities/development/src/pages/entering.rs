//! Entering somebody.

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Problem, Unit};
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::{MENU, missing};
use crate::actions::{self, NewCandidate};
use crate::rules::Source;

fn new_page(visit: &Visit<'_>, picked: Option<&Picked<Unit>>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let sources = Source::ALL.iter().map(|source| (source.code().to_owned(), w.t(source.word()).to_owned())).collect();
    let sexes = vec![
        ("1".to_owned(), w.t("development-male").to_owned()),
        ("2".to_owned(), w.t("development-female").to_owned()),
    ];
    let mut fields = vec![
        Field::text("name", w.t("development-name")).required(),
        Field::new("birth", w.t("development-birth"), Kind::Day).required(),
        Field::new("sex", w.t("development-sex"), Kind::Radios(sexes)).required(),
        Field::text("unit", w.t("development-branch"))
            .hint(w.t("development-branch-hint"))
            .value(visit.query.get("unit"))
            .required(),
    ];
    fields.extend(picked.and_then(|picked| picked.choice("unit", w.t("units-pick-which"))));
    fields.push(Field::new("source", w.t("development-source"), Kind::Select(sources)).required());
    fields.push(Field::text("workplace", w.t("development-workplace")));
    let mut form = Form::new("/development/candidates/new", w.t("development-new-send"), fields)
        .cancel(w.t("development-cancel"), "/development");
    let error = !issues.is_empty();
    if error {
        form = form.refused(&visit.form, issues);
    }
    let title = w.t("development-new");
    let crumbs = vec![Crumb::to(w.t("development-title"), "/development"), Crumb::here(title)];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(error);
    let body = format!("<section class=\"card\">{}</section>", form.html(visit));
    visit.page_html(if error { 422 } else { 200 }, head, &body)
}

/// `GET /development/candidates/new?unit=`.
pub(super) fn new_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    new_page(visit, None, Vec::new())
}

/// `POST /development/candidates/new`.
pub(super) fn enter(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut issues = Vec::new();
    let picked = pick::unit(visit, "unit");
    let unit = picked.one("unit", "development-branch-unknown").map_err(|issue| issues.push(issue)).ok();
    let name = clean(visit.form.get("name")).into_owned();
    if name.is_empty() {
        issues.push(missing("name", "development-name-needed"));
    }
    let birth = match visit.form.day("birth", visit.today()) {
        Ok(Some(day)) => Some(day),
        _ => {
            issues.push(missing("birth", "development-birth-needed"));
            None
        }
    };
    let sex = visit.form.get("sex").parse::<u8>().ok().filter(|sex| (1..=2).contains(sex));
    if sex.is_none() {
        issues.push(missing("sex", "development-sex-needed"));
    }
    let source = Source::from_code(visit.form.get("source"));
    if source.is_none() {
        issues.push(missing("source", "development-source-needed"));
    }
    if let (Some(unit), Some(birth), Some(sex), Some(source), true) = (unit, birth, sex, source, issues.is_empty()) {
        let new =
            NewCandidate { unit, name, birth, sex, source, workplace: clean(visit.form.get("workplace")).into_owned() };
        match visit.write(|op| actions::enter(op, &new)) {
            Ok(id) => return Ok(Reply::done(format!("/development/candidates/{id}"), "saved")),
            Err(Problem::Refused(more)) => issues = more,
            Err(other) => return Err(other),
        }
    }
    new_page(visit, Some(&picked), issues)
}
