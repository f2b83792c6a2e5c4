//! The yearly round of supplements: a branch with a box beside every member, or the units below with their numbers.

use std::collections::HashMap;
use std::fmt::Write;

use chibo_census::cube::ListOrder;
use chibo_census::{Query, Scope};
use chibo_kernel::{AsOf, Id, Issue, Moment, Permission, Person, Problem, Unit};
use chibo_members::dims::member_standings;
use chibo_organisation::UnitsToday;
use chibo_web::form::{Kind as Ask, again, boxed};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Pairs, Reply, Table, Visit, html};

use super::{MENU, more};
use crate::actions::{self, taken};
use crate::rules::supplement::{Step, UNCHANGED};
use crate::rules::terms::Terms;
use crate::store;

/// Members of one branch shown at once; branches have some dozens.
const MOST: usize = 500;

/// The address of a round.
pub(crate) fn address(unit: Option<Id<Unit>>, year: i32) -> String {
    let unit = unit.map_or_else(String::new, |unit| unit.to_string());
    format!("/dossiers/supplements{}", Pairs::default().with(&[("unit", &unit), ("year", &year.to_string())]))
}

struct Asked {
    unit: Option<Id<Unit>>,
    year: i32,
    units: UnitsToday,
}

fn asked(visit: &Visit<'_>, pairs: &Pairs) -> Result<Asked, Problem> {
    let units = UnitsToday::of(visit);
    let this = visit.today().year();
    let year = pairs.get("year").parse().ok().filter(|year| (1930..=this).contains(year)).unwrap_or(this);
    let unit = match pairs.some("unit") {
        Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
        // Whoever has one branch means that.
        None => match visit.who().units.as_slice() {
            [only] if units.parts(visit, Some(*only)).is_empty() => Some(*only),
            _ => None,
        },
    };
    unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewMembers, unit))?;
    Ok(Asked { unit, year, units })
}

/// `GET /dossiers/supplements?unit=&year=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let asked = asked(visit, &visit.query)?;
    page(visit, &asked, None)
}

fn page(visit: &Visit<'_>, asked: &Asked, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let mut out = format!("<p>{}</p>", w.t("dossiers-round-about"));
    let this = visit.today().year();
    let chip = |year: i32| (year.to_string(), address(asked.unit, year), year == asked.year);
    out.push_str(&html::chips(w.t("dossiers-year"), [this - 2, this - 1, this].map(chip)));
    if let Some((from, to)) = Terms::on(visit.today())?.supplement(asked.year) {
        let days = w.with("dossiers-round-days", &[("from", w.day(from)), ("to", w.day(to))]);
        let _ = write!(out, "<p class=\"quiet\">{days}</p>");
    }
    let parts = asked.units.parts(visit, asked.unit);
    match asked.unit.filter(|_| parts.is_empty()) {
        Some(unit) => branch(&mut out, visit, asked, unit, refused)?,
        None => out.push_str(&by_unit(visit, asked, &parts)?),
    }
    let title = w.t1("dossiers-round-of", "year", asked.year);
    let mut crumbs = vec![Crumb::to(w.t("dossiers-title"), "/dossiers")];
    if let Some(unit) = asked.unit {
        crumbs.push(Crumb::to(w.t("dossiers-round"), address(None, asked.year)));
        crumbs.push(Crumb::here(asked.units.name(unit)));
    } else {
        crumbs.push(Crumb::here(w.t("dossiers-round")));
    }
    visit.page_html(status, Head::new(title, MENU).crumbs(crumbs).with_error(status != 200), &out)
}

/// Members of a branch, by name.
fn members(visit: &Visit<'_>, asked: &Asked, unit: Id<Unit>) -> Vec<(Id<Person>, String)> {
    let view = visit.house.census.view(visit.today());
    let query = Query {
        scope: Scope::Places(vec![asked.units.range(Some(unit))]),
        members: Some(member_standings()),
        ..Query::at(AsOf::on(visit.today()))
    };
    let all = view.list(&query, ListOrder::Name, None, MOST).into_iter();
    all.filter_map(|no| Some((view.id(no)?, view.name(no)))).collect()
}

fn branch(
    out: &mut String,
    visit: &Visit<'_>,
    asked: &Asked,
    unit: Id<Unit>,
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<(), Problem> {
    let w = visit.w;
    let members = members(visit, asked, unit);
    let rows = visit.read(|tx| {
        let of = |tx: &mut chibo_store::Tx<'_>, id: Id<Person>| store::supplements_of(tx, id);
        members.iter().map(|(id, _)| of(tx, *id)).collect::<Result<Vec<_>, Problem>>()
    })?;
    let may_edit = visit.permit(Permission::EditMembers, unit).is_ok();
    let mut columns = vec![Column::new("name", w.t("dossiers-member"))];
    columns.extend(Step::ALL.map(|step| Column::new(step.code(), w.t(step.word()))));
    columns.push(Column::new("changed", w.t("dossiers-changed")));
    let mut table = Table::new(w.t1("dossiers-round-of", "year", asked.year), columns);
    table.empty = w.t("dossiers-nobody").to_owned();
    for ((id, name), rows) in members.iter().zip(&rows) {
        let steps = taken(rows, asked.year);
        let href = format!("/dossiers/members/{id}?show=more");
        let mut link = String::new();
        chibo_web::table::link(&mut link, name, &href);
        let box_of = || boxed(visit, ("who", &id.to_string()), &w.t1("dossiers-choose-one", "name", name), &link);
        let mut cells = vec![if may_edit { box_of() } else { Cell::Html(link.clone()) }];
        cells.extend(Step::ALL.map(|step| {
            Cell::Text(steps.iter().find(|(other, _)| *other == step).map_or_else(String::new, |(_, day)| w.day(*day)))
        }));
        let of = |row: &&store::SupplementRow| {
            row.year == asked.year && row.step == Step::Received.number() && row.superseded_at == Moment::FOREVER
        };
        let changed = rows.iter().find(of).map_or("", |row| row.changed.as_str());
        cells.push(Cell::Text(if changed == UNCHANGED {
            w.t("dossiers-unchanged").to_owned()
        } else {
            changed.to_owned()
        }));
        table.rows.push(cells);
    }
    if !may_edit || members.is_empty() {
        out.push_str(&table.html(visit));
        return Ok(());
    }
    let mut form = form(visit, asked, unit).about(table.html(visit));
    if let Some((_, issues)) = refused {
        form = form.refused(&visit.form, issues);
    }
    out.push_str(&form.html(visit));
    Ok(())
}

fn form(visit: &Visit<'_>, asked: &Asked, unit: Id<Unit>) -> Form {
    let w = visit.w;
    let steps = Step::ALL.map(|step| {
        let word = if step == Step::Received { "dossiers-received-unchanged" } else { step.word() };
        (step.code().to_owned(), w.t(word).to_owned())
    });
    let all = vec![("yes".to_owned(), w.t("dossiers-whole-branch-yes").to_owned())];
    let fields = vec![
        Field::hidden("unit", unit.to_string()),
        Field::hidden("year", asked.year.to_string()),
        Field::new("all", w.t("dossiers-whole-branch"), Ask::Checks(all)).hint(w.t("dossiers-whole-branch-hint")),
        Field::new("step", w.t("dossiers-step"), Ask::Radios(steps.into())).value(Step::Received.code()).required(),
        Field::new("on", w.t("dossiers-on"), Ask::Day).value(visit.today().to_string()).required(),
    ];
    Form::new("/dossiers/supplements", w.t("dossiers-round-send"), fields)
}

/// `POST /dossiers/supplements`: a step for the ticked members, or for everybody of the branch who has not come to it.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let asked = asked(visit, &visit.form)?;
    let unit = asked.unit.ok_or_else(|| Problem::field("unit", chibo_kernel::Said::new("dossiers-which-branch")))?;
    visit.permit(Permission::EditMembers, unit)?;
    let done = more::deed(visit).and_then(|deed| {
        let here = members(visit, &asked, unit);
        let mut who: Vec<Id<Person>> = visit.form.all("who").filter_map(|id| id.parse().ok()).collect();
        who.retain(|id| here.iter().any(|(other, _)| other == id));
        if visit.form.get("all") == "yes" {
            // Who has come there already is left alone.
            who = visit.read(|tx| {
                let mut open = Vec::new();
                for (id, _) in &here {
                    let steps = taken(&store::supplements_of(tx, *id)?, asked.year);
                    let ready = deed.step != Step::Forwarded || steps.iter().any(|(step, _)| *step == Step::Received);
                    if ready && !steps.iter().any(|(step, _)| *step >= deed.step) {
                        open.push(*id);
                    }
                }
                Ok(open)
            })?;
        }
        if who.is_empty() {
            return Err(Problem::field("all", chibo_kernel::Said::new("dossiers-nobody-chosen")));
        }
        visit.write(|op| actions::take_step(op, &who, &deed))
    });
    match done {
        Ok(()) => Ok(Reply::done(address(asked.unit, asked.year), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &asked, Some(refused))
        }
    }
}

/// Units one level down: members, and how many have come to each step.
fn by_unit(visit: &Visit<'_>, asked: &Asked, parts: &[u32]) -> Result<String, Problem> {
    let w = visit.w;
    let counts = visit.read(|tx| {
        let mut counts: [HashMap<u32, i64>; 3] = Default::default();
        for (step, counts) in Step::ALL.into_iter().zip(&mut counts) {
            store::supplement_counts(tx, asked.year, step.number(), Moment::FOREVER, |row| {
                if let Some(place) = asked.units.place(row.unit_id) {
                    *counts.entry(place).or_default() += row.people;
                }
                Ok(())
            })?;
        }
        Ok(counts)
    })?;
    let heads = {
        let view = visit.house.census.view(visit.today());
        view.headcounts(&Query { members: Some(member_standings()), ..Query::at(AsOf::on(visit.today())) })
    };
    let mut columns =
        vec![Column::new("unit", w.t("dossiers-unit")), Column::number("members", w.t("dossiers-members"))];
    columns.extend(Step::ALL.map(|step| Column::number(step.code(), w.t(step.word()))));
    columns.push(Column::number("share", w.t("dossiers-received-share")));
    let mut table = Table::new(w.t1("dossiers-round-of", "year", asked.year), columns);
    table.empty = w.t("dossiers-nobody").to_owned();
    for place in parts {
        let (Some(unit), Some(facts)) = (asked.units.id(*place), asked.units.tree.facts(*place)) else { continue };
        let here = *place..asked.units.tree.end(*place);
        if visit.permit(Permission::ViewMembers, unit).is_err() {
            continue;
        }
        let members = heads.get(*place as usize).copied().unwrap_or(0);
        let sum =
            |counts: &HashMap<u32, i64>| counts.iter().filter(|(at, _)| here.contains(at)).map(|(_, n)| n).sum::<i64>();
        let done: Vec<i64> = counts.iter().map(sum).collect();
        let mut row = vec![Cell::Link(facts.name.clone(), address(Some(unit), asked.year)), Cell::Text(w.n(members))];
        row.extend(done.iter().map(|count| Cell::Text(w.n(*count))));
        let received = done.get(1).copied().unwrap_or(0).unsigned_abs();
        row.push(Cell::Text(w.percent(received.min(u64::from(members)), u64::from(members))));
        table.rows.push(row);
    }
    Ok(table.html(visit))
}
