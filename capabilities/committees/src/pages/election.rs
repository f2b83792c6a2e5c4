//! A count is written down: figures and the votes of every candidate.

use chibo_kernel::{Issue, Permission, Person, Problem};
use chibo_organisation::kinds::Role;
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Reply, Visit};

use super::ground::{Ground, is_official};
use super::{fields, issues_of};
use crate::actions::{self, Place};
use crate::rules::{Candidate, Election, Gathering};

/// Candidates on one form, unless the address asks for more.
const ROWS: usize = 8;
/// Most candidates on one form.
const MOST: usize = 60;

/// A row of the form that names somebody.
struct Named {
    /// 1, 2, 3 …
    row: usize,
    picked: Picked<Person>,
}

fn rows(visit: &Visit<'_>) -> usize {
    let asked = visit.form.some("rows").or_else(|| visit.query.some("rows"));
    asked.and_then(|rows| rows.parse().ok()).unwrap_or(ROWS).clamp(1, MOST)
}

fn build(visit: &Visit<'_>, ground: &Ground, place: &Place, named: &[Named]) -> Form {
    let w = visit.w;
    let gatherings = Gathering::ALL.map(|gathering| (gathering.code().to_owned(), w.t(gathering.word()).to_owned()));
    let mut fields = vec![
        Field::hidden("rows", rows(visit).to_string()),
        Field::new("role", w.t("committees-role"), fields::roles(visit, place.kind))
            .value(visit.query.get("role"))
            .required(),
        Field::new("gathering", w.t("committees-gathering"), Answer::Radios(gatherings.into()))
            .value(Gathering::Congress.code())
            .required(),
        Field::new("on", w.t("committees-elected-on"), Answer::Day).value(visit.today().to_string()).required(),
        fields::count(visit, "seats", "committees-seats", 1).required(),
    ];
    fields.extend(fields::figures(visit));
    for row in 1..=rows(visit) {
        let (person, votes) = (format!("person-{row}"), format!("votes-{row}"));
        let ask = Field::text(person.clone(), w.t1("committees-candidate", "row", row));
        fields.push(if row == 1 { ask.hint(w.t("committees-person-hint")).required() } else { ask });
        let own = named.iter().find(|named| named.row == row);
        fields.extend(own.and_then(|own| own.picked.choice(&person, w.t("committees-pick-which"))));
        fields.push(Field::text(votes, w.t1("committees-votes", "row", row)));
    }
    Form::new(ground.address("/elections"), w.t("committees-elect-send"), fields)
        .cancel(w.t("committees-cancel"), ground.address(""))
}

/// The rows that name somebody or have votes.
fn read_rows(visit: &Visit<'_>, ground: &Ground) -> Vec<Named> {
    let filled = |row: &usize| {
        let has = |name: &str| visit.form.some(&format!("{name}-{row}")).is_some();
        has("person") || has("votes")
    };
    let named = |row| Named { row, picked: pick::person(visit, &format!("person-{row}"), ground.unit) };
    (1..=rows(visit)).filter(filled).map(named).collect()
}

fn candidates(visit: &Visit<'_>, named: &[Named], issues: &mut Vec<Issue>) -> Vec<Candidate> {
    let mut found = Vec::with_capacity(named.len());
    for one in named {
        let field = format!("person-{}", one.row);
        let votes = fields::number(visit, &format!("votes-{}", one.row), issues);
        match one.picked.one(&field, "committees-person-not-found") {
            Ok(person) => found.push(Candidate { person, votes, official: None }),
            Err(issue) => issues.push(issue),
        }
    }
    let view = visit.house.census.view(visit.today());
    found.iter_mut().for_each(|candidate| candidate.official = is_official(&view, candidate.person));
    found
}

fn read(visit: &Visit<'_>, named: &[Named], issues: &mut Vec<Issue>) -> Option<Election> {
    let role = Role::from_code(visit.form.get("role"));
    if role.is_none() {
        issues.push(fields::missing("role", "committees-pick-role"));
    }
    let gathering = Gathering::from_code(visit.form.get("gathering"));
    if gathering.is_none() {
        issues.push(fields::missing("gathering", "committees-pick-gathering"));
    }
    let on = fields::day(visit, "on", issues);
    let seats = fields::number(visit, "seats", issues);
    let figures = fields::read_figures(visit, gathering.unwrap_or(Gathering::Congress), issues);
    let candidates = candidates(visit, named, issues);
    gathering?;
    Some(Election { role: role?, on: on?, seats, figures, candidates })
}

/// Rules number the candidates one after the other; the form may have left rows empty between them.
fn in_rows(issues: Vec<Issue>, named: &[Named]) -> Vec<Issue> {
    let row_of = |field: &str| {
        let (name, place) = field.rsplit_once('-')?;
        let place: usize = place.parse().ok()?;
        let own = named.get(place.checked_sub(1)?)?;
        Some(format!("{name}-{}", own.row))
    };
    let mend = |mut issue: Issue| {
        if let Some(field) = issue.field.as_deref().and_then(row_of) {
            issue.field = Some(field);
        }
        issue
    };
    issues.into_iter().map(mend).collect()
}

/// `GET /committees/units/{id}/elections?role=&rows=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit, Permission::EditUnits)?;
    let place = ground.place()?;
    fields::page(visit, &ground, visit.w.t("committees-elect"), &build(visit, &ground, &place, &[]), ("", false))
}

/// `POST /committees/units/{id}/elections`.
pub(super) fn elect(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit, Permission::EditUnits)?;
    let place = ground.place()?;
    let mut issues = Vec::new();
    let named = read_rows(visit, &ground);
    let new = read(visit, &named, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::elect(op, &place, &new)))? {
            Ok(found) => {
                let key = if found.elected == 0 { "none-elected" } else { "saved" };
                return Ok(Reply::done(ground.address(""), key));
            }
            Err(more) => issues = in_rows(more, &named),
        }
    }
    let form = build(visit, &ground, &place, &named).refused(&visit.form, issues);
    fields::page(visit, &ground, visit.w.t("committees-elect"), &form, ("", false))
}
