//! Recording who takes and who leaves an office.

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Reply, Visit};

use super::edit::{page, subject};
use super::{issues_of, people};
use crate::actions;
use crate::forms::{self, missing, read_day};
use crate::kinds::Role;
use crate::pick::{self, Picked};
use crate::rules::{How, NewOffice};

fn roles(visit: &Visit<'_>) -> Answer {
    Answer::Select(
        Role::ALL.iter().map(|role| (role.code().to_owned(), visit.w.t(role.name_key()).to_owned())).collect(),
    )
}

fn ways(visit: &Visit<'_>) -> Answer {
    Answer::Radios(How::ALL.iter().map(|how| (how.code().to_owned(), visit.w.t(how.name_key()).to_owned())).collect())
}

fn appoint_form(visit: &Visit<'_>, unit: Id<Unit>, picked: Option<&Picked<Person>>) -> Form {
    let w = visit.w;
    let mut fields = vec![Field::text("person", w.t("units-person")).hint(w.t("units-person-hint")).required()];
    fields.extend(picked.and_then(|picked| picked.choice("person", w.t("units-pick-which"))));
    fields.push(Field::new("role", w.t("units-role"), roles(visit)).required());
    fields.push(Field::new("how", w.t("units-how"), ways(visit)).required().value(How::Elected.code()));
    fields.push(Field::text("decision", w.t("units-decision-number")));
    fields.push(forms::from(visit, "units-office-from-hint"));
    let back = format!("/units/{unit}?tab=people");
    Form::new(format!("/units/{unit}/offices"), w.t("units-appoint-send"), fields).cancel(w.t("units-cancel"), back)
}

/// `GET /units/{id}/offices`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, _) = subject(visit)?;
    page(visit, "units-appoint", Some(unit), &appoint_form(visit, unit, None))
}

/// `POST /units/{id}/offices`.
pub(super) fn appoint(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, _) = subject(visit)?;
    let mut issues = Vec::new();
    let picked = pick::person(visit, "person", unit);
    let person = picked.one("person", "units-person-not-found").map_err(|issue| issues.push(issue)).ok();
    let from = read_day(visit, "from", &mut issues);
    let role = Role::from_code(visit.form.get("role"));
    let how = How::from_code(visit.form.get("how"));
    if role.is_none() {
        issues.push(missing("role", "units-role-needed"));
    }
    if how.is_none() {
        issues.push(missing("how", "units-how-needed"));
    }
    if let (Some(person), Some(role), Some(how), true) = (person, role, how, issues.is_empty()) {
        let decision = clean(visit.form.get("decision")).to_string();
        let office = NewOffice { unit, person, role, from, to: Day::FOREVER, how, decision };
        match issues_of(visit.write(|op| actions::appoint(op, &office)))? {
            Ok(()) => return Ok(Reply::done(format!("/units/{unit}?tab=people"), "saved")),
            Err(more) => issues = more,
        }
    }
    page(visit, "units-appoint", Some(unit), &appoint_form(visit, unit, Some(&picked)).refused(&visit.form, issues))
}

/// Who and what the address or the form means.
fn named(pairs: &chibo_web::Pairs) -> Result<(Id<Person>, Role), Problem> {
    let person = pairs.get("person").parse().map_err(|_| Problem::NotFound)?;
    let role = pairs.get("role").parse().ok().and_then(Role::from_number).ok_or(Problem::NotFound)?;
    Ok((person, role))
}

fn end_form(visit: &Visit<'_>, unit: Id<Unit>, person: Id<Person>, role: Role) -> Form {
    let w = visit.w;
    let name = people::names(visit, &[person]).concat();
    let who = vec![(person.to_string(), format!("{name}, {}", w.t(role.name_key())))];
    let fields = vec![
        Field::new("who", w.t("units-person"), Answer::Radios(who)).value(person.to_string()),
        Field::hidden("person", person.to_string()),
        Field::hidden("role", role.number().to_string()),
        Field::new("on", w.t("units-office-left-on"), Answer::Day).required().value(visit.today().to_string()),
    ];
    let action = format!("/units/{unit}/offices/ending");
    let back = format!("/units/{unit}?tab=people");
    Form::new(action, w.t("units-office-end-send"), fields).cancel(w.t("units-cancel"), back)
}

/// `GET /units/{id}/offices/ending?person=&role=`.
pub(super) fn ending_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, _) = subject(visit)?;
    let (person, role) = named(&visit.query)?;
    page(visit, "units-office-end", Some(unit), &end_form(visit, unit, person, role))
}

/// `POST /units/{id}/offices/ending`.
pub(super) fn end(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, _) = subject(visit)?;
    let (person, role) = named(&visit.form)?;
    let mut issues = Vec::new();
    let on = read_day(visit, "on", &mut issues);
    if issues.is_empty() {
        match issues_of(visit.write(|op| actions::end_office(op, unit, person, role, on)))? {
            Ok(()) => return Ok(Reply::done(format!("/units/{unit}?tab=people"), "saved")),
            Err(more) => issues = more,
        }
    }
    page(visit, "units-office-end", Some(unit), &end_form(visit, unit, person, role).refused(&visit.form, issues))
}
