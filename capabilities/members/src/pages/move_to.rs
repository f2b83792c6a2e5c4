//! The branch of a member corrected by the paper that decided it. Moving him is a transfer, with its own way (TRF-02).

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::form::Kind;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::names::Units;
use super::person::Seen;
use super::{branch, fields, issue, issues_of, paper};
use crate::actions;

fn head(visit: &Visit<'_>, seen: &Seen) -> Head {
    let (w, p) = (visit.w, &seen.person);
    let crumbs = vec![
        Crumb::to(w.t("members-title"), "/members"),
        Crumb::to(&p.full_name, format!("/members/{}", p.person_id)),
        Crumb::here(w.t("members-move")),
    ];
    Head::new(w.t("members-move"), "menu-members").crumbs(crumbs)
}

/// The form, or the choice of a branch before it.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit, visit.id("id")?)?;
    seen.permit(visit, Permission::EditMembers)?;
    let units = branch::today(visit);
    match branch::chosen(visit, &units) {
        Some(unit) => {
            visit.page_html(200, head(visit, &seen), &page(visit, &units, &seen, unit, form(visit, &seen, unit)))
        }
        None => branch::pick(visit, &units, head(visit, &seen)),
    }
}

fn page(visit: &Visit<'_>, units: &Units, seen: &Seen, unit: Id<Unit>, form: Form) -> String {
    let w = visit.w;
    let mut body = format!("<div class=\"note\">{}</div><dl class=\"facts\">", w.t("members-move-hint"));
    super::person::fact(&mut body, w.t("members-name"), &seen.person.full_name);
    super::person::fact(&mut body, w.t("members-move-from"), &units.name(seen.home));
    super::person::fact(&mut body, w.t("members-move-to"), &units.name(unit));
    body.push_str("</dl>");
    body.push_str(&form.html(visit));
    body
}

fn form(visit: &Visit<'_>, seen: &Seen, unit: Id<Unit>) -> Form {
    let (w, place) = (visit.w, format!("/members/{}/postings", seen.person.person_id));
    let from = Field::new("from", w.t("members-from"), Kind::Day).value(visit.today().to_string()).required();
    let mut asked = vec![Field::hidden("unit", unit.to_string()), from];
    asked.extend(paper::questions(visit));
    Form::new(place.clone(), w.t("members-move-do"), asked).cancel(w.t("members-branch-other"), place)
}

/// Writes the posting.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.id("id")?;
    let seen = Seen::load(visit, id)?;
    seen.permit(visit, Permission::EditMembers)?;
    let units = branch::today(visit);
    let Some(unit) = branch::chosen(visit, &units) else { return branch::pick(visit, &units, head(visit, &seen)) };
    let mut issues = Vec::new();
    let from = fields::day(&visit.form, "from", visit.today(), &mut issues);
    if from.is_none() && issues.is_empty() {
        issues.push(issue("from", "members-no-day"));
    }
    let paper = paper::answer(visit, &mut issues);
    let outcome = match (from, paper) {
        (Some(from), Some(paper)) => issues_of(visit.write(|op| actions::correct_posting(op, id, unit, from, &paper)))?,
        _ => Err(issues),
    };
    match outcome {
        Ok(()) => Ok(Reply::done(format!("/members/{id}"), "member-posting-corrected")),
        Err(issues) => {
            let form = form(visit, &seen, unit).refused(&visit.form, issues);
            visit.page_html(422, head(visit, &seen).with_error(true), &page(visit, &units, &seen, unit, form))
        }
    }
}
