//! The list of places, a page at a time; every filter is part of the address.

use askama::Template;
use chibo_kernel::{Permission, Problem};
use chibo_web::form::option;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::MENU;
use super::ask::{Ask, Planned};
use super::plans::Plans;
use super::scene::{Scene, dated};
use super::survey::{Line, Survey};
use crate::rules::{PlaceKind, State, Target};
use crate::store;

/// Places on one page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage<'a> {
    w: Tongue<'a>,
    kept: Vec<(String, String)>,
    asked: &'a str,
    kinds: String,
    states: String,
    planned: String,
    part: Option<String>,
    table: String,
}

/// `GET /coverage/places?unit=&kind=&state=&plan=&year=&q=&box=&after=&day=&known=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?;
    let scene = Scene::counted(visit, visit.as_of())?;
    let (all, plans) = visit.read(|tx| Ok((store::histories(tx)?, Plans::load(tx, scene.at)?)))?;
    let survey = Survey::take(visit, &scene, &all)?;
    let lines = ask.fitting(&scene, &survey.lines, &plans);
    let kept = visit.query.0.iter().filter(|(name, _)| matches!(name.as_str(), "unit" | "year" | "day" | "known"));
    let page = ListPage {
        w,
        kept: kept.cloned().collect(),
        asked: &ask.words,
        kinds: kinds(w, &ask),
        states: states(w, &ask),
        planned: planned(w, &ask),
        part: ask.part.map(|_| Ask { part: None, ..ask.clone() }.list(visit)),
        table: table(visit, &scene, &ask, &lines, &plans),
    };
    visit.page(head(visit, &scene, &ask), &page)
}

fn head(visit: &Visit<'_>, scene: &Scene, ask: &Ask) -> Head {
    let w = visit.w;
    let title = match ask.unit {
        Some(unit) => w.t1("coverage-list-of", "unit", scene.name(unit)),
        None => w.t("coverage-list").to_owned(),
    };
    let above = Crumb::to(w.t("coverage-title"), ask.whole().address(visit, "/coverage"));
    let mut head = Head::new(title.clone(), MENU).crumbs(vec![above, Crumb::here(title)]).as_of(scene.at);
    if ask.is_narrow() {
        head = head.action(w.t("coverage-no-filter"), ask.whole().list(visit), false);
    }
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("coverage-export"), ask.address(visit, "/coverage/export.xlsx"), false);
    }
    head
}

fn every(out: &mut String, w: Tongue<'_>, chosen: bool) {
    option(out, "", w.t("coverage-every"), chosen);
}

fn kinds(w: Tongue<'_>, ask: &Ask) -> String {
    let mut out = String::new();
    every(&mut out, w, ask.kind.is_none());
    PlaceKind::ALL.iter().for_each(|kind| option(&mut out, kind.code(), w.t(kind.word()), ask.kind == Some(*kind)));
    out
}

fn states(w: Tongue<'_>, ask: &Ask) -> String {
    let mut out = String::new();
    every(&mut out, w, ask.states.is_empty());
    State::ALL.iter().for_each(|state| option(&mut out, state.code(), w.t(state.word()), ask.states == [*state]));
    out
}

fn planned(w: Tongue<'_>, ask: &Ask) -> String {
    let mut out = String::new();
    every(&mut out, w, ask.planned.is_none());
    Planned::ALL.iter().for_each(|one| option(&mut out, one.code(), w.t(one.word()), ask.planned == Some(*one)));
    out
}

fn table(visit: &Visit<'_>, scene: &Scene, ask: &Ask, lines: &[&Line<'_>], plans: &Plans) -> String {
    let w = visit.w;
    let mut table = Table::new(
        w.t("coverage-list"),
        vec![
            Column::new("name", w.t("coverage-name")),
            Column::new("kind", w.t("coverage-kind")),
            Column::new("state", w.t("coverage-state")),
            Column::new("branch", w.t("coverage-branch")),
            Column::number("official", w.t("coverage-official")),
            Column::number("workers", w.t("coverage-workers")),
            Column::number("households", w.t("coverage-households")),
            Column::new("plan", w.t1("coverage-plans-of", "year", ask.year)),
        ],
    );
    table.empty = w.t("coverage-list-empty").to_owned();
    // The next page begins behind a place, so that what others enter meanwhile moves nothing out of sight.
    let after = visit.query.some("after").and_then(|text| text.parse().ok());
    let start = after.and_then(|id| lines.iter().position(|line| line.id == id)).map_or(0, |at| at + 1);
    let end = start.saturating_add(ROWS).min(lines.len());
    let shown = lines.get(start..end).unwrap_or_default();
    table.rows = shown.iter().map(|line| row(visit, scene, ask, line, plans)).collect();
    table.next = shown.last().filter(|_| end < lines.len()).map(|line| line.id.to_string());
    if !shown.is_empty() {
        let (from, to, all) = (w.n(start + 1), w.n(end), w.n(lines.len()));
        table.position = w.with("coverage-rows", &[("from", from), ("to", to), ("all", all)]);
    }
    table.html(visit)
}

fn row(visit: &Visit<'_>, scene: &Scene, ask: &Ask, line: &Line<'_>, plans: &Plans) -> Vec<Cell> {
    let w = visit.w;
    let count = |count: Option<u32>| Cell::Text(count.map_or_else(String::new, |count| w.n(count)));
    let unit = scene.tree.facts(line.stand).map_or_else(String::new, |facts| facts.name.clone());
    let href = format!("/coverage/places/{}{}", line.id, dated(visit, &[]));
    vec![
        Cell::LinkWith(line.facts.name.clone(), href, unit),
        Cell::Text(w.t(line.kind.word()).to_owned()),
        Cell::Tag(w.t(line.state.word()).to_owned(), line.state.colour()),
        branch(visit, scene, line),
        count(line.official()),
        count(line.facts.workers),
        count(line.facts.households),
        match plans.standing(line.id, line.state, ask.year, scene.at) {
            Some(plan) => Cell::Tag(plan_text(w, plan.target, (plan.admitted, plan.row.wanted)), met_colour(plan.met)),
            None => Cell::Text(String::new()),
        },
    ]
}

/// The organisation that covers it, a link where the viewer may see it.
fn branch(visit: &Visit<'_>, scene: &Scene, line: &Line<'_>) -> Cell {
    let unit = line.cover.and_then(|(place, _)| scene.id(place));
    match unit {
        Some(unit) if scene.sees(visit, unit) => {
            Cell::Link(scene.name(unit), format!("/units/{unit}{}", dated(visit, &[])))
        }
        Some(unit) => Cell::Text(scene.name(unit)),
        None => Cell::Text(String::new()),
    }
}

/// What a plan is after and how far it has come.
pub(crate) fn plan_text(w: Tongue<'_>, target: Target, (admitted, wanted): (u32, u32)) -> String {
    match target {
        Target::Admit => w.t2("coverage-plan-admit", ("admitted", w.n(admitted)), ("wanted", w.n(wanted))),
        Target::Found => w.t("coverage-target-found").to_owned(),
    }
}

/// Colour class of a plan's tag.
pub(super) const fn met_colour(met: bool) -> &'static str {
    if met { "ok" } else { "warn" }
}
