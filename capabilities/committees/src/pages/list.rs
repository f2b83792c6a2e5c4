//! The committees of the city: figures, who has something to deal with, by unit; every number opens its list.

use askama::Template;
use chibo_kernel::{Permission, Problem};
use chibo_organisation::kinds::Kind;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, doubt, html};

use super::MENU;
use super::ask::Ask;
use super::ground::kind_name;
use super::survey::{Line, Survey, vacancies};
use crate::rules::{Concern, WITH_TERMS};

/// Units on one page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage<'a> {
    w: Tongue<'a>,
    kinds: Vec<(String, String, bool)>,
    figures: Vec<(&'a str, String, String)>,
    list: String,
    parts: String,
    notes: String,
}

/// `GET /committees?unit=&kind=&show=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?;
    let survey = Survey::take(visit, ask.unit)?;
    let fitting: Vec<&Line> = survey.lines.iter().filter(|line| ask.fits(line)).collect();
    let doubtful = survey.numbers.doubtful();
    let page = ListPage {
        w,
        kinds: kinds(visit, ask, &survey),
        figures: figures(visit, ask, &survey),
        list: list(visit, &survey, &fitting),
        parts: by_part(visit, ask, &survey),
        notes: doubt::card(w.t("committees-notes"), &doubt::notes(w, doubtful)),
    };
    visit.page(head(visit, ask, &survey), &page)
}

fn head(visit: &Visit<'_>, ask: Ask, survey: &Survey) -> Head {
    let w = visit.w;
    let title = match ask.unit {
        Some(unit) => w.t1("committees-title-of", "unit", survey.units.name(unit)),
        None => w.t("committees-title").to_owned(),
    };
    let mut head = Head::new(title, MENU);
    if let Some(unit) = ask.unit {
        let crumbs = vec![Crumb::to(w.t("committees-title"), "/committees"), Crumb::here(survey.units.name(unit))];
        head = head.crumbs(crumbs);
    }
    if ask.kind.is_some() || ask.concern.is_some() {
        let whole = Ask { kind: None, concern: None, ..ask };
        head = head.action(w.t("committees-no-filter"), whole.address("/committees"), false);
    }
    let together = Ask { kind: None, concern: None, ..ask }.address("/committees/concurrent");
    head = head.action(w.t("committees-concurrent"), together, false);
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("committees-export"), ask.address("/committees/export.xlsx"), false);
    }
    head
}

/// The kinds there are, to choose one.
fn kinds(visit: &Visit<'_>, ask: Ask, survey: &Survey) -> Vec<(String, String, bool)> {
    let w = visit.w;
    let mut kinds: Vec<Kind> = WITH_TERMS.to_vec();
    kinds.sort_by_key(|kind| kind.rank());
    kinds.retain(|kind| survey.lines.iter().any(|line| line.kind == *kind));
    let chip = |kind: Option<Kind>| {
        let name = kind.map_or_else(|| w.t("committees-every-kind"), |kind| kind_name(w, kind, visit.today()));
        (name.to_owned(), Ask { kind, ..ask }.address("/committees"), kind == ask.kind)
    };
    std::iter::once(None).chain(kinds.into_iter().map(Some)).map(chip).collect()
}

/// By concern, within the kind and unit asked for.
fn figures<'a>(visit: &Visit<'a>, ask: Ask, survey: &Survey) -> Vec<(&'a str, String, String)> {
    let w = visit.w;
    let figure = |concern: Option<Concern>| {
        let within = Ask { concern, ..ask };
        let count = survey.lines.iter().filter(|line| within.fits(line)).count();
        let word = concern.map_or("committees-units", Concern::word);
        (w.t(word), w.n(count), within.address("/committees"))
    };
    std::iter::once(None).chain(Concern::ALL.map(Some)).map(figure).collect()
}

fn list(visit: &Visit<'_>, survey: &Survey, lines: &[&Line]) -> String {
    let w = visit.w;
    let page = visit.rows(lines.len(), ROWS);
    let columns = vec![
        Column::new("unit", w.t("committees-unit")),
        Column::new("kind", w.t("committees-kind")),
        Column::new("term", w.t("committees-term")),
        Column::new("to", w.t("committees-ends-on")),
        Column::number("seats", w.t("committees-seats-held")),
        Column::new("vacant", w.t("committees-vacant")),
        Column::new("state", w.t("committees-concerns")),
    ];
    let mut table = Table::new(w.t("committees-list"), columns);
    table.empty = w.t("committees-nobody").to_owned();
    table.rows = lines.get(page.clone()).unwrap_or_default().iter().map(|line| row(visit, survey, line)).collect();
    table.page(visit, &page, lines.len(), "committees-rows");
    table.html(visit)
}

fn row(visit: &Visit<'_>, survey: &Survey, line: &Line) -> Vec<Cell> {
    let w = visit.w;
    let (term, seats) = (line.term, line.holding.seats);
    let href = format!("/committees/units/{}", line.unit);
    let held = match term.map(|term| term.fixed.committee).filter(|fixed| *fixed > 0) {
        Some(fixed) => w.t2("committees-of", ("held", w.n(seats.committee())), ("fixed", w.n(fixed))),
        None => w.n(seats.committee()),
    };
    vec![
        Cell::LinkWith(survey.units.name(line.unit), href, survey.units.above(visit, line.unit)),
        Cell::Text(kind_name(w, line.kind, visit.today()).to_owned()),
        Cell::Text(term.map_or_else(String::new, |term| w.t1("committees-term-no", "ordinal", term.ordinal))),
        Cell::Text(term.map_or_else(String::new, |term| w.day(term.to))),
        Cell::Text(held),
        Cell::Text(vacancies(w, &line.vacant)),
        Cell::Html(tags(w, line)),
    ]
}

fn tags(w: Tongue<'_>, line: &Line) -> String {
    let mut out = String::new();
    for concern in line.concerns.each() {
        out.push_str("<span class=\"tag ");
        out.push_str(concern.colour());
        out.push_str("\">");
        html::push(&mut out, w.t(concern.word()));
        out.push_str("</span> ");
    }
    if out.is_empty() {
        html::push(&mut out, w.t("committees-in-order"));
    }
    out
}

/// By unit one level down, within the kind asked for.
fn by_part(visit: &Visit<'_>, ask: Ask, survey: &Survey) -> String {
    let w = visit.w;
    let mut columns = vec![Column::new("part", w.t("committees-unit")), Column::number("all", w.t("committees-units"))];
    columns.extend(Concern::ALL.map(|concern| Column::number(concern.code(), w.t(concern.word()))));
    let mut table = Table::new(w.t("committees-by-part"), columns);
    for part in survey.units.parts(visit, ask.unit) {
        let (Some(facts), Some(unit)) = (survey.units.tree.facts(part), survey.units.id(part)) else { continue };
        let first = survey.lines.partition_point(|line| line.place < part);
        let end = survey.lines.partition_point(|line| line.place < survey.units.tree.end(part));
        let inside = survey.lines.get(first..end).unwrap_or_default();
        let number = |concern: Option<Concern>| {
            let within = Ask { unit: Some(unit), concern, ..ask };
            let count = inside.iter().filter(|line| within.fits(line)).count();
            if count == 0 { Cell::Text(w.n(0)) } else { Cell::Link(w.n(count), within.address("/committees")) }
        };
        let mut row = vec![Cell::Text(facts.name.clone()), number(None)];
        row.extend(Concern::ALL.map(|concern| number(Some(concern))));
        table.rows.push(row);
    }
    if table.rows.len() < 2 { String::new() } else { table.html(visit) }
}
