//! Entering a new member: first the branch, then the facts.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::form::Kind;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::names::Units;
use super::{branch, fields, issues_of};
use crate::actions;
use crate::codes;
use crate::rules::{self, Field as Level};

fn head(visit: &Visit<'_>) -> Head {
    let w = visit.w;
    Head::new(w.t("members-new"), "menu-members")
        .crumbs(vec![Crumb::to(w.t("members-title"), "/members"), Crumb::here(w.t("members-new"))])
}

/// The form, or the choice of a branch before it.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let units = branch::today(visit);
    match branch::chosen(visit, &units).or_else(|| branch::only(visit, &units)) {
        Some(unit) => {
            visit.permit(Permission::EditMembers, unit)?;
            visit.page_html(200, head(visit), &page(visit, &units, unit, form(visit, unit)))
        }
        None => branch::pick(visit, &units, head(visit)),
    }
}

fn page(visit: &Visit<'_>, units: &Units, unit: Id<Unit>, form: Form) -> String {
    let mut body = String::from("<p>");
    chibo_web::html::push(&mut body, visit.w.t("members-unit"));
    body.push_str(": <b>");
    chibo_web::html::push(&mut body, &units.name(unit));
    body.push_str("</b> <a href=\"/members/new?branch=\">");
    body.push_str(visit.w.t("members-branch-other"));
    body.push_str("</a></p>");
    body.push_str(&form.html(visit));
    body
}

fn form(visit: &Visit<'_>, unit: Id<Unit>) -> Form {
    let w = visit.w;
    let mut all = vec![Field::hidden("unit", unit.to_string())];
    all.extend(fields::facts(w, None));
    all.push(Field::new("admitted", w.t("members-admitted"), Kind::Day));
    all.push(Field::text("admission-decision", w.t("members-admission-decision")));
    all.push(Field::text("introducers", w.t("members-introducers")));
    all.push(Field::new("official", w.t("members-official"), Kind::Day));
    all.push(Field::new("posted", w.t("members-posted"), Kind::Day).hint(w.t("members-posted-hint")));
    for level in Level::ALL {
        all.push(Field::new(level.key(), w.t(level.key()), Kind::Select(fields::choices(w, level.list()))).value("0"));
    }
    all.push(
        Field::new(
            "academic-title",
            w.t("members-academic-title"),
            Kind::Select(fields::choices(w, codes::ACADEMIC_TITLES)),
        )
        .value("0"),
    );
    all.extend(fields::secrets(w, false));
    Form::new("/members/new", w.t("members-enter"), all).cancel(w.t("members-back"), "/members")
}

/// Writes the member.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (units, today) = (branch::today(visit), visit.today());
    let Some(unit) = branch::chosen(visit, &units) else { return branch::pick(visit, &units, head(visit)) };
    let (mut member, mut issues) = fields::read(&visit.form, today);
    member.admitted = fields::day(&visit.form, "admitted", today, &mut issues);
    member.official = fields::day(&visit.form, "official", today, &mut issues);
    let posted = fields::day(&visit.form, "posted", today, &mut issues);
    member.admission_decision = fields::text(&visit.form, "admission-decision");
    member.introducers = fields::text(&visit.form, "introducers");
    member.academic_title = number(visit, "academic-title", codes::ACADEMIC_TITLES.len());
    let since = posted.or(member.admitted).unwrap_or(today);
    if let Err(Problem::Refused(found)) = rules::check_posting(since, None, today) {
        issues.extend(found.into_iter().map(|issue| chibo_kernel::Issue { field: Some("posted".into()), ..issue }));
    }
    member.postings = vec![(unit, since)];
    member.standings = rules::standings_from_dates(member.admitted, member.official, since);
    for level in Level::ALL {
        let code = number(visit, level.key(), level.list().len());
        if code > 0 {
            member.attainments.push((level, code, since));
        }
    }
    let outcome =
        if issues.is_empty() { issues_of(visit.write(|op| actions::enter(op, &member)))? } else { Err(issues) };
    match outcome {
        Ok(id) => Ok(Reply::done(format!("/members/{id}"), "member-entered")),
        Err(issues) => {
            let form = form(visit, unit).refused(&visit.form, issues);
            visit.page_html(422, head(visit).with_error(true), &page(visit, &units, unit, form))
        }
    }
}

/// A code of a select box that cannot be anything else unless somebody tampers; then it is unknown.
fn number(visit: &Visit<'_>, name: &str, codes: usize) -> u8 {
    visit.form.get(name).parse().ok().filter(|code: &u8| usize::from(*code) < codes).unwrap_or(0)
}
