//! Members of a unit that ends or is divided: who goes where, by name or by where they live.

use std::collections::{BTreeMap, HashMap};

use chibo_census::columns::Brief;
use chibo_census::cube::ListOrder;
use chibo_census::{Query, Scope};
use chibo_kernel::{AsOf, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::dims::member_standings;
use chibo_web::form::{Kind, boxed};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::forms::{sent_version, shown, version};
use super::{Bench, MENU, again};
use crate::actions;
use crate::rules::{Operation, State};

/// Members one page names; a branch has far fewer.
const MOST: usize = 2_000;
/// Targets offered.
const TARGETS: usize = 300;

/// A member of the unit.
struct Someone {
    person: Id<Person>,
    name: String,
}

/// The unit of the address, or the plan's own, if the viewer may see its members.
fn unit_of(visit: &Visit<'_>, bench: &Bench) -> Result<Id<Unit>, Problem> {
    let unit: Id<Unit> = match visit.query.some("unit") {
        Some(unit) => unit.parse().map_err(|_| Problem::NotFound)?,
        None => bench.plan.unit_id,
    };
    visit.permit(Permission::ViewMembers, unit).map_err(|_| Problem::NotFound)?;
    Ok(unit)
}

/// Members posted to the unit itself, by name.
fn members_of(visit: &Visit<'_>, unit: Id<Unit>) -> Vec<Someone> {
    let view = visit.house.census.view(visit.today());
    let Some(no) = view.forest().no(unit) else { return Vec::new() };
    let at = AsOf::on(visit.today());
    let query = Query { scope: Scope::Unit(no), members: Some(member_standings()), ..Query::at(at) };
    let someone = |brief: Brief| {
        let here = brief.today.as_ref().is_some_and(|(home, _)| *home == no);
        here.then_some(Someone { person: brief.id, name: brief.name })
    };
    let listed = view.list(&query, ListOrder::Name, None, MOST);
    listed.into_iter().filter_map(|person| view.person(person).and_then(someone)).collect()
}

/// Units members may be sent to: those the plan names for this unit or brings, then its neighbours that stay.
fn targets(visit: &Visit<'_>, bench: &Bench, unit: Id<Unit>) -> Vec<(String, String)> {
    let holds = |kind: chibo_organisation::kinds::Kind| kind.declared().holds_members;
    let mut found: Vec<Id<Unit>> = Vec::new();
    for line in &bench.lines {
        match line {
            Operation::Join { from, into, .. } if *from == unit => found.push(*into),
            Operation::Establish(new) if holds(new.facts.kind) => found.push(new.id),
            Operation::Restore { unit, facts, .. } if holds(facts.kind) => found.push(*unit),
            _ => {}
        }
    }
    let above = bench.before.get(unit).and_then(|standing| standing.parent);
    let beside = bench.before.units().filter(|(other, standing)| {
        let stays = *other != unit && !bench.compiled.ends.contains_key(other);
        stays && standing.parent == above && holds(standing.facts.kind)
    });
    found.extend(beside.map(|(other, _)| other));
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|target| seen.insert(*target));
    found.truncate(TARGETS);
    found.into_iter().map(|target| (target.to_string(), bench.full_name(visit, target))).collect()
}

/// `GET /restructuring/{id}/members?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    page(visit, &bench, unit_of(visit, &bench)?, None)
}

fn page(
    visit: &Visit<'_>,
    bench: &Bench,
    unit: Id<Unit>,
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let members = members_of(visit, unit);
    let into: HashMap<Id<Person>, Id<Unit>> =
        bench.members.iter().filter(|row| row.from_unit == unit).map(|row| (row.person_id, row.into_unit)).collect();
    let table = table(visit, bench, unit, &members, &into);
    let title = w.t1("plans-members-of", "unit", bench.full_name(visit, unit));
    let head = Head::new(title.clone(), MENU)
        .crumbs(vec![
            Crumb::to(w.t("plans-title"), "/restructuring"),
            Crumb::to(bench.plan.title.as_str(), bench.address("")),
            Crumb::here(title),
        ])
        .with_error(refused.is_some());
    if bench.state != State::Draft || members.is_empty() {
        return visit.page_html(200, head, &table);
    }
    let form = Form::new(
        bench.address(&format!("/members?unit={unit}")),
        w.t("plans-assign-send"),
        fields(visit, bench, unit),
    );
    let (status, form) = shown(visit, form.about(table), refused);
    visit.page_html(status, head, &form.html(visit))
}

fn fields(visit: &Visit<'_>, bench: &Bench, unit: Id<Unit>) -> Vec<Field> {
    let w = visit.w;
    let mut ways = vec![
        ("chosen".to_owned(), w.t("plans-way-chosen").to_owned()),
        ("clear".to_owned(), w.t("plans-way-clear").to_owned()),
    ];
    let opens = visit.permit(Permission::RevealSecrets, unit).is_ok();
    if opens {
        ways.insert(1, ("residence".to_owned(), w.t("plans-way-residence").to_owned()));
    }
    let mut fields = vec![
        version(bench),
        Field::new("way", w.t("plans-way"), Kind::Radios(ways)).value("chosen").required(),
        Field::new("into", w.t("plans-into"), Kind::Select(targets(visit, bench, unit))),
    ];
    if opens {
        fields.push(Field::text("place", w.t("plans-place")).hint(w.t("plans-place-hint")));
    }
    fields
}

fn table(
    visit: &Visit<'_>,
    bench: &Bench,
    unit: Id<Unit>,
    members: &[Someone],
    into: &HashMap<Id<Person>, Id<Unit>>,
) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("name", w.t("plans-member")),
        Column::new("into", w.t("plans-into")),
        Column::new("by", w.t("plans-by")),
    ];
    let mut table = Table::new(w.t("plans-members-list"), columns);
    table.empty = w.t("plans-no-members").to_owned();
    let heir = bench.compiled.ends.get(&unit).copied();
    let mut names: BTreeMap<Id<Unit>, String> = BTreeMap::new();
    let mut name = |unit: Id<Unit>| names.entry(unit).or_insert_with(|| bench.name(visit, unit)).clone();
    let draft = bench.state == State::Draft;
    for someone in members {
        let (target, by) = match (into.get(&someone.person), heir) {
            (Some(target), _) => (name(*target), Cell::Tag(w.t("plans-by-name").to_owned(), "gold")),
            (None, Some(Some(heir))) => (name(heir), Cell::Tag(w.t("plans-by-line").to_owned(), "")),
            (None, Some(None)) => {
                (w.t("plans-nobody-decided").to_owned(), Cell::Tag(w.t("plans-by-nobody").to_owned(), "bad"))
            }
            (None, None) => (name(unit), Cell::Tag(w.t("plans-stays").to_owned(), "")),
        };
        let id = someone.person.to_string();
        let who = if draft { boxed(visit, ("who", &id), &someone.name, "") } else { Cell::Text(someone.name.clone()) };
        table.rows.push(vec![who, Cell::Text(target), by]);
    }
    table.html(visit)
}

/// `POST /restructuring/{id}/members?unit=`.
pub(super) fn assign(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    let unit = unit_of(visit, &bench)?;
    let all: Vec<Id<Person>> = members_of(visit, unit).into_iter().map(|someone| someone.person).collect();
    match done(visit, &bench, unit, &all) {
        Ok(()) => Ok(Reply::done(bench.address(&format!("/members?unit={unit}")), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &Bench::load(visit)?, unit, Some(refused))
        }
    }
}

fn done(visit: &Visit<'_>, bench: &Bench, unit: Id<Unit>, all: &[Id<Person>]) -> Result<(), Problem> {
    let form = &visit.form;
    let chosen: Vec<Id<Person>> =
        form.all("who").filter_map(|id| id.parse().ok()).filter(|id| all.contains(id)).collect();
    let (plan, version) = (bench.plan.plan_id, sent_version(visit));
    let target = || {
        let offered = targets(visit, bench, unit);
        let known = offered.iter().any(|(id, _)| id == form.get("into"));
        let into = form.get("into").parse::<Id<Unit>>().ok().filter(|_| known);
        into.ok_or_else(|| Problem::field("into", Said::new("plans-target-needed")))
    };
    match form.get("way") {
        "clear" => visit.write(|op| actions::assign(op, plan, version, &chosen, (unit, None))),
        "residence" => {
            let into = target()?;
            let place = form.get("place");
            visit.write(|op| actions::assign_by_residence(op, plan, version, (all, place), (unit, into)).map(drop))
        }
        _ => {
            let into = target()?;
            visit.write(|op| actions::assign(op, plan, version, &chosen, (unit, Some(into))))
        }
    }
}
