//! How the places of a unit are covered on a day: figures, by kind and state, by unit, the map, by year (TSK-23).

use std::collections::BTreeMap;

use askama::Template;
use chibo_kernel::{Permission, Problem};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::ask::{Ask, Planned};
use super::charts::{self, PartLine};
use super::plans::Plans;
use super::scene::{Scene, dated, doubt};
use super::survey::{Line, Survey, figures};
use super::{MENU, years};
use crate::rules::{PlaceKind, State, Tally};
use crate::store;

/// Label, number, what it is of, address of its list (or nothing).
type Figure<'a> = (&'a str, String, String, String);

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage<'a> {
    w: Tongue<'a>,
    absent: bool,
    loading: bool,
    doubt: Option<&'static str>,
    figures: Vec<Figure<'a>>,
    kinds: String,
    parts: String,
    bars: String,
    map: String,
    years: String,
    progress: String,
    plans: Vec<Figure<'a>>,
    plans_title: String,
}

/// `GET /coverage?unit=&year=&day=&known=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?.whole();
    let loading = Scene::is_loading(visit);
    let scene = Scene::counted(visit, visit.as_of())?;
    let (all, plans) = visit.read(|tx| Ok((store::histories(tx)?, Plans::load(tx, scene.at)?)))?;
    let survey = Survey::take(visit, &scene, &all)?;
    let lines = ask.fitting(&scene, &survey.lines, &plans);
    let parts = parts(visit, &scene, &ask, &lines);
    let years = years::take(visit, &scene, &ask, &all, &plans)?;
    let page = OverviewPage {
        w,
        absent: ask.unit.is_some_and(|unit| scene.stands(unit).is_none()),
        loading,
        doubt: doubt(w, scene.at.day)?,
        figures: figures_of(visit, &scene, &ask, &lines, loading),
        kinds: by_kind(visit, &ask, &lines),
        parts: by_part(visit, &ask, &lines, &parts),
        bars: charts::by_part(visit, parts.iter().map(|(_, part)| part).collect()),
        map: charts::map(visit, &ask, &lines),
        years: charts::by_year(visit, &years),
        progress: years::table(visit, &scene, &ask, &years),
        plans: plans_of(visit, &scene, &ask, &lines, &plans),
        plans_title: w.t1("coverage-plans-of", "year", ask.year),
    };
    visit.page(head(visit, &scene, &ask), &page)
}

fn head(visit: &Visit<'_>, scene: &Scene, ask: &Ask) -> Head {
    let w = visit.w;
    let title = match ask.unit {
        Some(unit) => w.t1("coverage-title-of", "unit", scene.name(unit)),
        None => w.t("coverage-title").to_owned(),
    };
    let mut head = Head::new(title, MENU).as_of(scene.at);
    if let Some(unit) = ask.unit {
        let all = Crumb::to(w.t("coverage-title"), format!("/coverage{}", dated(visit, &[])));
        head = head.crumbs(vec![all, Crumb::here(scene.name(unit))]);
    }
    head = head.action(w.t("coverage-list"), ask.list(visit), false);
    let who = visit.who();
    if who.may_somewhere(Permission::Export) {
        head = head.action(w.t("coverage-export"), ask.address(visit, "/coverage/export.xlsx"), false);
    }
    if who.may_somewhere(Permission::Import) {
        head = head.action(w.t("coverage-import"), "/coverage/import", false);
    }
    if who.may_somewhere(Permission::EditUnits) {
        head = head.action(w.t("coverage-new"), "/coverage/places/new", true);
    }
    head
}

/// A number that opens its list.
fn number(visit: &Visit<'_>, count: u32, ask: &Ask) -> Cell {
    let text = visit.w.n(count);
    if count == 0 { Cell::Text(text) } else { Cell::Link(text, ask.list(visit)) }
}

/// The figures of TSK-23, each with what it is of.
fn figures_of<'a>(visit: &Visit<'a>, scene: &Scene, ask: &Ask, lines: &[&Line<'_>], loading: bool) -> Vec<Figure<'a>> {
    let w = visit.w;
    let found = figures(lines, scene.least);
    let share = |part: u64, whole: u64| {
        let counts = w.t2("coverage-of", ("part", w.n(part)), ("whole", w.n(whole)));
        format!("{counts} · {}", w.percent(part, whole))
    };
    let link = |count: u64, ask: Ask| if count == 0 { String::new() } else { ask.list(visit) };
    let covered = Ask { states: vec![State::Own, State::Joint], ..ask.clone() };
    let mut figures = vec![
        (w.t("coverage-places"), w.n(found.total), String::new(), link(found.total, ask.clone())),
        (w.t("coverage-covered"), w.n(found.covered), share(found.covered, found.total), link(found.covered, covered)),
    ];
    // While members are being loaded every organisation seems empty: such a figure would be wrong.
    if !loading {
        figures.push((
            w.t("coverage-ready"),
            w.n(found.ready_covered),
            share(found.ready_covered, found.ready),
            String::new(),
        ));
        figures.push((w.t("coverage-residents"), w.n(found.residents), String::new(), String::new()));
    }
    let served = share(found.served, found.households);
    figures.push((w.t("coverage-served"), w.n(found.served), served, String::new()));
    figures
}

/// Kinds against states; every number opens its list.
fn by_kind(visit: &Visit<'_>, ask: &Ask, lines: &[&Line<'_>]) -> String {
    let w = visit.w;
    let mut columns = vec![Column::new("kind", w.t("coverage-kind"))];
    columns.extend(State::ALL.iter().map(|state| Column::number(state.code(), w.t(state.word()))));
    columns.push(Column::number("all", w.t("coverage-total")));
    columns.push(Column::number("share", w.t("coverage-share")));
    let mut table = Table::new(w.t("coverage-by-kind"), columns);
    table.empty = w.t("coverage-none").to_owned();
    for kind in PlaceKind::ALL {
        let own = lines.iter().filter(|line| line.kind == *kind).map(|line| line.state);
        let tally: Tally = own.collect();
        if tally.total() > 0 {
            let within = Ask { kind: Some(*kind), ..ask.clone() };
            table.rows.push(tally_row(visit, Cell::Text(w.t(kind.word()).to_owned()), &tally, &within));
        }
    }
    let all: Tally = lines.iter().map(|line| line.state).collect();
    table.total = Some(tally_row(visit, Cell::Text(w.t("coverage-total").to_owned()), &all, ask));
    table.html(visit)
}

fn tally_row(visit: &Visit<'_>, name: Cell, tally: &Tally, ask: &Ask) -> Vec<Cell> {
    let mut row = vec![name];
    let of = |state: &State| number(visit, tally.of(*state), &Ask { states: vec![*state], ..ask.clone() });
    row.extend(State::ALL.iter().map(of));
    row.push(number(visit, tally.total(), ask));
    row.push(Cell::Text(visit.w.percent(u64::from(tally.covered()), u64::from(tally.total()))));
    row
}

/// The units below the asked one with their places.
fn parts(visit: &Visit<'_>, scene: &Scene, ask: &Ask, lines: &[&Line<'_>]) -> Vec<(Ask, PartLine)> {
    let asked = match ask.unit.map(|unit| scene.stands(unit)) {
        Some(None) => return Vec::new(),
        Some(place) => place,
        None => None,
    };
    let mut by_stand: BTreeMap<u32, Vec<State>> = BTreeMap::new();
    for line in lines {
        by_stand.entry(line.stand).or_default().push(line.state);
    }
    let mut found = Vec::new();
    for part in scene.parts(visit, asked) {
        let (Some(facts), Some(unit)) = (scene.tree.facts(part), scene.id(part)) else { continue };
        let within = by_stand.range(part..scene.tree.end(part));
        let tally: Tally = within.flat_map(|(_, states)| states.iter().copied()).collect();
        if tally.total() > 0 {
            let within = Ask { unit: Some(unit), ..ask.whole() };
            let href = within.address(visit, "/coverage");
            found.push((within, PartLine { name: facts.name.clone(), tally, href }));
        }
    }
    found
}

/// By unit; what the units below do not answer for themselves stands in a line of its own, so that the lines add up to
/// the total (TSK-10).
fn by_part(visit: &Visit<'_>, ask: &Ask, lines: &[&Line<'_>], parts: &[(Ask, PartLine)]) -> String {
    let w = visit.w;
    if parts.is_empty() {
        return String::new();
    }
    let mut columns = vec![Column::new("unit", w.t("coverage-unit"))];
    columns.extend(State::ALL.iter().map(|state| Column::number(state.code(), w.t(state.word()))));
    columns.push(Column::number("all", w.t("coverage-total")));
    columns.push(Column::number("share", w.t("coverage-share")));
    let mut table = Table::new(w.t("coverage-by-part"), columns);
    for (ask, part) in parts {
        table.rows.push(tally_row(visit, Cell::Link(part.name.clone(), part.href.clone()), &part.tally, ask));
    }
    let all: Tally = lines.iter().map(|line| line.state).collect();
    let below = |state: State| parts.iter().map(|(_, part)| part.tally.of(state)).sum::<u32>();
    let rest: Vec<u32> = State::ALL.into_iter().map(|state| all.of(state) - below(state)).collect();
    if rest.iter().any(|count| *count > 0) {
        let mut row = vec![Cell::Text(w.t("coverage-directly").to_owned())];
        row.extend(rest.iter().map(|count| Cell::Text(w.n(*count))));
        row.push(Cell::Text(w.n(rest.iter().sum::<u32>())));
        row.push(Cell::Text(String::new()));
        table.rows.push(row);
    }
    table.total = Some(tally_row(visit, Cell::Text(w.t("coverage-total").to_owned()), &all, ask));
    table.html(visit)
}

/// How many plans of the year there are, are met, are not.
fn plans_of<'a>(visit: &Visit<'a>, scene: &Scene, ask: &Ask, lines: &[&Line<'_>], plans: &Plans) -> Vec<Figure<'a>> {
    let w = visit.w;
    let standing = |line: &&Line<'_>| plans.standing(line.id, line.state, ask.year, scene.at);
    let found: Vec<bool> = lines.iter().filter_map(standing).map(|plan| plan.met).collect();
    let met = found.iter().filter(|met| **met).count();
    let counts = [(Planned::Any, found.len()), (Planned::Met, met), (Planned::Open, found.len() - met)];
    let figure = |(planned, count): (Planned, usize)| {
        let href = if count == 0 { String::new() } else { Ask { planned: Some(planned), ..ask.clone() }.list(visit) };
        let share = if planned == Planned::Met { w.percent(count as u64, found.len() as u64) } else { String::new() };
        (w.t(planned.word()), w.n(count), share, href)
    };
    counts.into_iter().map(figure).collect()
}
