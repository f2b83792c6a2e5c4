//! Sheets (2-HSĐV) of a selection of members in one file, with or without what is secret.

use std::collections::HashSet;

use chibo_kernel::{Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::Facts;
use chibo_organisation::UnitsToday;
use chibo_papers::document::{DOCX, PDF, bound_docx, bound_pdf};
use chibo_web::form::{Kind, again, boxed};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};
use serde_json::json;

use super::MENU;
use super::overview::{Ask, Found};
use super::sheet::{Opened, Subject, document};
use crate::actions;
use crate::store::{self, ItemRow};

/// Members on one page.
const ROWS: usize = 100;
/// Most sheets printed at once: each has several pages.
const MOST: usize = 100;

/// Those of the list whose sheet the viewer may take, by name.
fn listed(visit: &Visit<'_>, ask: Ask) -> Result<Vec<Id<Person>>, Problem> {
    let found = Found::new(visit, Permission::Export)?;
    let all = found.members(found.units.range(ask.unit), ask.standing);
    Ok(all.into_iter().map(|(_, person)| person).collect())
}

/// `GET /dossiers/sheets?unit=&state=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let listed = listed(visit, ask)?;
    page(visit, ask, &listed, None)
}

fn page(
    visit: &Visit<'_>,
    ask: Ask,
    listed: &[Id<Person>],
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let (units, page) = (UnitsToday::of(visit), visit.rows(listed.len(), ROWS));
    let columns = vec![Column::new("name", w.t("dossiers-member")), Column::new("unit", w.t("dossiers-branch"))];
    let mut table = Table::new(w.t("dossiers-list"), columns);
    table.empty = w.t("dossiers-nobody").to_owned();
    {
        let view = visit.house.census.view(visit.today());
        for person in listed.get(page.clone()).unwrap_or_default() {
            let Some(brief) = view.no(*person).and_then(|no| view.person(no)) else { continue };
            let home = brief.today.map(|(unit, _)| unit).or(brief.home).and_then(|unit| units.forest.id(unit));
            let mut link = String::new();
            chibo_web::table::link(&mut link, &brief.name, &format!("/dossiers/members/{person}"));
            table.rows.push(vec![
                boxed(visit, ("who", &person.to_string()), &w.t1("dossiers-sheets-choose", "name", &brief.name), &link),
                Cell::Text(home.map_or_else(String::new, |unit| units.name(unit))),
            ]);
        }
    }
    table.page(visit, &page, listed.len(), "dossiers-rows");
    let rows = table.html(visit);
    let body = if listed.is_empty() {
        rows
    } else {
        let mut form = form(visit, ask).about(rows);
        if let Some((_, issues)) = refused {
            form = form.refused(&visit.form, issues);
        }
        format!("<p>{}</p>{}", w.t1("dossiers-sheets-about", "most", w.n(MOST)), form.html(visit))
    };
    let crumbs = vec![Crumb::to(w.t("dossiers-title"), ask.address("/dossiers")), Crumb::here(w.t("dossiers-sheets"))];
    visit.page_html(status, Head::new(w.t("dossiers-sheets"), MENU).crumbs(crumbs).with_error(status != 200), &body)
}

fn form(visit: &Visit<'_>, ask: Ask) -> Form {
    let w = visit.w;
    let yes = |key: &str| vec![("yes".to_owned(), w.t(key).to_owned())];
    let formats = vec![("pdf".to_owned(), "PDF".to_owned()), ("docx".to_owned(), "DOCX".to_owned())];
    let mut fields = vec![
        Field::new("all", w.t("dossiers-sheets-for"), Kind::Checks(yes("dossiers-sheets-all"))),
        Field::new("format", w.t("dossiers-format"), Kind::Radios(formats)).value("pdf").required(),
    ];
    if visit.who().may_somewhere(Permission::RevealSecrets) {
        let open = Kind::Checks(yes("dossiers-print-open-yes"));
        fields.push(Field::new("open", w.t("dossiers-print-open"), open).hint(w.t("dossiers-sheets-open-hint")));
        fields.push(Field::new("reason", w.t("dossiers-reason"), Kind::Area).hint(w.t("dossiers-print-reason-hint")));
    }
    Form::new(ask.address("/dossiers/sheets"), w.t("dossiers-print-send"), fields)
}

/// `POST /dossiers/sheets` with the query of the list.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let listed = listed(visit, ask)?;
    match written(visit, &listed) {
        Ok(reply) => Ok(reply),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, ask, &listed, Some(refused))
        }
    }
}

/// Those the form names, in the order of the list.
fn chosen(visit: &Visit<'_>, listed: &[Id<Person>]) -> Result<Vec<Id<Person>>, Problem> {
    let everybody = visit.form.get("all") == "yes";
    let who: HashSet<Id<Person>> = visit.form.all("who").filter_map(|id| id.parse().ok()).collect();
    let some: Vec<_> = listed.iter().copied().filter(|person| everybody || who.contains(person)).collect();
    match some.len() {
        0 => Err(Problem::field("all", Said::new("dossiers-sheets-none-chosen"))),
        many if many > MOST => Err(Problem::field("all", Said::new("dossiers-sheets-many").with("most", MOST))),
        _ => Ok(some),
    }
}

/// A member as the sheet needs him, sealed fields sealed.
struct Loaded {
    person: Id<Person>,
    home: Id<Unit>,
    facts: Facts,
    items: Vec<ItemRow>,
}

fn written(visit: &Visit<'_>, listed: &[Id<Person>]) -> Result<Reply, Problem> {
    let format = match visit.form.get("format") {
        "pdf" => "pdf",
        "docx" => "docx",
        _ => return Err(Problem::field("format", Said::new("dossiers-bad-choice"))),
    };
    let (persons, today) = (chosen(visit, listed)?, visit.today());
    let loaded = visit.read(|tx| {
        let load = |person: Id<Person>| {
            let home = chibo_members::actions::home_of(tx, person, today)?;
            let facts = chibo_members::facts_of(tx, person)?.ok_or(Problem::NotFound)?;
            Ok(Loaded { person, home, facts, items: store::items_of(tx, person)? })
        };
        persons.into_iter().map(load).collect::<Result<Vec<_>, Problem>>()
    })?;
    let opened = taken(visit, &loaded, format)?;
    let units = UnitsToday::of(visit);
    let mut documents = Vec::with_capacity(loaded.len());
    for (one, opened) in loaded.iter().zip(opened) {
        let subject = Subject { person: one.person, home: one.home, facts: &one.facts, items: &one.items };
        documents.push(document(visit, &units, &subject, opened)?);
    }
    let title = visit.w.t("dossiers-print-sheet");
    let (kind, body) = match format {
        "docx" => (DOCX, bound_docx(title, &documents)?),
        _ => (PDF, bound_pdf(title, &documents, &chibo_web::fonts())?),
    };
    Ok(Reply::File { name: format!("phieu-dang-vien-{}.{format}", today.iso()), kind, body })
}

/// What is opened, and the entries of each member: all in one write, before anything leaves the house. Secrets are opened
/// of those members only whose secrets the viewer may open; the sheets of others keep them sealed. Not by `Visit::write`:
/// the same sheets may be printed again from the same form, each time with entries of their own.
fn taken(visit: &Visit<'_>, loaded: &[Loaded], format: &str) -> Result<Vec<Opened>, Problem> {
    let (open, reason) = (visit.form.get("open") == "yes", visit.form.get("reason").to_owned());
    let may = |one: &Loaded| visit.permit(Permission::RevealSecrets, one.home).is_ok();
    if open && !loaded.iter().any(may) {
        return Err(Problem::field("open", Said::new("dossiers-sheets-may-not-open")));
    }
    visit.house.db.write(visit.who(), |op| {
        let mut all = Vec::with_capacity(loaded.len());
        for one in loaded {
            op.permit(Permission::Export, one.home)?;
            all.push(match open && may(one) {
                true => Opened::open(op, one.person, &reason)?,
                false => Opened::sealed(&one.facts),
            });
            let detail = json!({ "format": format, "with": loaded.len() });
            actions::record(op, one.person, one.home, "dossier-sheet-printed", &detail);
        }
        Ok(all)
    })
}
