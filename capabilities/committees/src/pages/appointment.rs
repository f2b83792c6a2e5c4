//! An appointment or an addition by the committee above is written down.

use chibo_kernel::{Issue, Permission, Person, Problem};
use chibo_organisation::kinds::Role;
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Reply, Visit};

use super::ground::{Ground, is_official};
use super::{fields, issues_of};
use crate::actions::{self, Place};
use crate::rules::{Candidate, Filling, Gathering, Way};

fn build(visit: &Visit<'_>, ground: &Ground, place: &Place, picked: Option<&Picked<Person>>) -> Form {
    let w = visit.w;
    let ways = Way::ALL.map(|way| (way.how().code().to_owned(), w.t(way.how().name_key()).to_owned()));
    let text = |name: &str, key: &str| Field::text(name, w.t(key));
    let above = if place.above == place.unit { String::new() } else { ground.units.name(place.above) };
    let mut fields = vec![
        Field::new("how", w.t("committees-how"), Answer::Radios(ways.into()))
            .value(Way::Appointed.how().code())
            .hint(w.t("committees-how-hint"))
            .required(),
        text("person", "committees-person").hint(w.t("committees-person-hint")).required(),
    ];
    fields.extend(picked.and_then(|picked| picked.choice("person", w.t("committees-pick-which"))));
    fields.extend([
        Field::new("role", w.t("committees-role"), fields::roles(visit, place.kind))
            .value(visit.query.get("role"))
            .required(),
        Field::new("from", w.t("committees-since"), Answer::Day).value(visit.today().to_string()).required(),
        text("number", "committees-number").hint(w.t("committees-number-hint")).required(),
        text("authority", "committees-authority").value(above).required(),
        text("proposal", "committees-proposal").hint(w.t("committees-proposal-hint")),
        text("consent", "committees-consent").hint(w.t("committees-consent-hint")),
    ]);
    let mut figures = fields::figures(visit);
    if let Some(first) = figures.first_mut() {
        first.hint = w.t("committees-addition-hint").to_owned();
    }
    fields.extend(figures);
    fields.push(text("votes-1", "committees-votes-of-addition"));
    Form::new(ground.address("/appointments"), w.t("committees-fill-send"), fields)
        .cancel(w.t("committees-cancel"), ground.address(""))
}

fn read(visit: &Visit<'_>, picked: &Picked<Person>, issues: &mut Vec<Issue>) -> Option<Filling> {
    let way = Way::from_code(visit.form.get("how"));
    if way.is_none() {
        issues.push(fields::missing("how", "committees-pick-how"));
    }
    let person = picked.one("person", "committees-person-not-found").map_err(|issue| issues.push(issue)).ok();
    let role = Role::from_code(visit.form.get("role"));
    if role.is_none() {
        issues.push(fields::missing("role", "committees-pick-role"));
    }
    let from = fields::day(visit, "from", issues);
    let figures = (way == Some(Way::Added)).then(|| fields::read_figures(visit, Gathering::Committee, issues));
    let votes = if figures.is_some() { fields::number(visit, "votes-1", issues) } else { 0 };
    let (person, line) = (person?, |name: &str| fields::line(visit, name));
    let official = is_official(&visit.house.census.view(visit.today()), person);
    Some(Filling {
        way: way?,
        role: role?,
        candidate: Candidate { person, votes, official },
        from: from?,
        number: line("number"),
        authority: line("authority"),
        proposal: line("proposal"),
        consent: line("consent"),
        figures,
    })
}

/// `GET /committees/units/{id}/appointments?role=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit, Permission::EditUnits)?;
    let place = ground.place()?;
    allowed(visit, &ground)?;
    fields::page(visit, &ground, visit.w.t("committees-fill"), &build(visit, &ground, &place, None), ("", false))
}

/// Only for whoever may write for the committee above.
fn allowed(visit: &Visit<'_>, ground: &Ground) -> Result<(), Problem> {
    if ground.may_above(visit) { Ok(()) } else { Err(Problem::Denied) }
}

/// `POST /committees/units/{id}/appointments`.
pub(super) fn fill(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit, Permission::EditUnits)?;
    let place = ground.place()?;
    allowed(visit, &ground)?;
    let mut issues = Vec::new();
    let picked = pick::person(visit, "person", ground.unit);
    let new = read(visit, &picked, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::fill(op, &place, &new)))? {
            Ok(()) => return Ok(Reply::done(ground.address(""), "saved")),
            Err(more) => issues = more,
        }
    }
    let form = build(visit, &ground, &place, Some(&picked)).refused(&visit.form, issues);
    fields::page(visit, &ground, visit.w.t("committees-fill"), &form, ("", false))
}
