//! Asking for a transfer.

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Permission, Person, Problem, Unit};
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::{MENU, missing};
use crate::actions;
use crate::rules::Request;

/// What the typed names mean.
struct Named {
    from: Picked<Unit>,
    person: Picked<Person>,
    to: Picked<Unit>,
}

fn page(visit: &Visit<'_>, named: Option<&Named>, issues: Vec<Issue>) -> Result<Reply, Problem> {
    let w = visit.w;
    let which = w.t("units-pick-which");
    let mut fields = vec![
        Field::text("from", w.t("transfers-from"))
            .hint(w.t("transfers-from-hint"))
            .value(visit.query.get("unit"))
            .required(),
    ];
    fields.extend(named.and_then(|named| named.from.choice("from", which)));
    fields.push(Field::text("person", w.t("transfers-member")).hint(w.t("transfers-member-hint")).required());
    fields.extend(named.and_then(|named| named.person.choice("person", which)));
    fields.push(Field::text("to", w.t("transfers-to")).hint(w.t("transfers-to-hint")).required());
    fields.extend(named.and_then(|named| named.to.choice("to", which)));
    fields.push(Field::new("cause", w.t("transfers-cause"), Kind::Day).hint(w.t("transfers-cause-hint")).required());
    fields.push(Field::new("reason", w.t("transfers-reason"), Kind::Area).hint(w.t("transfers-reason-hint")));
    let mut form =
        Form::new("/transfers/new", w.t("transfers-new-send"), fields).cancel(w.t("transfers-cancel"), "/transfers");
    let error = !issues.is_empty();
    if error {
        form = form.refused(&visit.form, issues);
    }
    let title = w.t("transfers-new");
    let crumbs = vec![Crumb::to(w.t("transfers-title"), "/transfers"), Crumb::here(title)];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(error);
    let body = format!("<section class=\"card\">{}</section>", form.html(visit));
    visit.page_html(if error { 422 } else { 200 }, head, &body)
}

/// `GET /transfers/new?unit=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, None, Vec::new())
}

/// `POST /transfers/new`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut issues = Vec::new();
    let from = pick::unit(visit, "from");
    let person = match &from {
        Picked::One(unit) if visit.permit(Permission::EditMembers, *unit).is_ok() => {
            pick::person(visit, "person", *unit)
        }
        _ => Picked::Nothing,
    };
    let named = Named { person, to: pick::any_unit(visit, "to"), from };
    let from = named.from.one("from", "transfers-branch-unknown").map_err(|issue| issues.push(issue)).ok();
    let mut who: Option<Id<Person>> = None;
    if from.is_some() {
        who = named.person.one("person", "transfers-member-unknown").map_err(|issue| issues.push(issue)).ok();
    }
    let to = named.to.one("to", "transfers-branch-unknown").map_err(|issue| issues.push(issue)).ok();
    let cause = match visit.form.day("cause", visit.today()) {
        Ok(Some(day)) => Some(day),
        _ => {
            issues.push(missing("cause", "transfers-day-needed"));
            None
        }
    };
    if let (Some(person), Some(to), Some(cause)) = (who, to, cause) {
        let new = Request { person, to, cause, reason: clean(visit.form.get("reason")).into_owned() };
        match visit.write(|op| actions::request(op, &new)) {
            Ok(id) => return Ok(Reply::done(format!("/transfers/{id}"), "saved")),
            Err(Problem::Refused(more)) => issues = more,
            Err(other) => return Err(other),
        }
    }
    page(visit, Some(&named), issues)
}
