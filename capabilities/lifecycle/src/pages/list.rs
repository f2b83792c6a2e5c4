//! All cases: where they stand, what is late, each one click away.

use askama::Template;
use chibo_kernel::{Permission, Problem};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::MENU;
use super::ask::{Ask, deadline, named};
use crate::rules::{CaseKind, Phase};
use crate::scene::Scene;
use crate::store::CaseRow;

/// Cases on one page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage<'a> {
    w: Tongue<'a>,
    kinds: Vec<(String, String, bool)>,
    figures: Vec<(&'a str, String, String)>,
    table: String,
}

/// `GET /lifecycle?unit=&kind=&phase=&late=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?;
    let rows = ask.within(visit)?;
    let scene = Scene::seen(visit);
    let fitting: Vec<&CaseRow> = rows.iter().filter(|row| ask.fits(row, scene.today)).collect();
    let page = ListPage {
        w,
        kinds: kinds(visit, ask),
        figures: figures(visit, ask, &rows),
        table: table(visit, &scene, &fitting),
    };
    visit.page(head(visit, ask, &scene), &page)
}

fn head(visit: &Visit<'_>, ask: Ask, scene: &Scene) -> Head {
    let w = visit.w;
    let title = match ask.unit {
        Some(unit) => w.t1("lifecycle-title-of", "unit", scene.name(unit)),
        None => w.t("lifecycle-title").to_owned(),
    };
    let mut head = Head::new(title, MENU);
    if let Some(unit) = ask.unit {
        let all = Ask { unit: None, ..ask }.address("/lifecycle");
        head = head.crumbs(vec![Crumb::to(w.t("lifecycle-title"), all), Crumb::here(scene.name(unit))]).action(
            w.t("lifecycle-life"),
            format!("/lifecycle/units/{unit}"),
            false,
        );
    }
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("lifecycle-export"), ask.address("/lifecycle/export.xlsx"), false);
    }
    if visit.who().may_somewhere(Permission::EditUnits) {
        head = head.action(w.t("lifecycle-open"), "/lifecycle/new", true);
    }
    head
}

/// Kinds to choose among: all first.
fn kinds(visit: &Visit<'_>, ask: Ask) -> Vec<(String, String, bool)> {
    let w = visit.w;
    let all = Ask { kind: None, ..ask };
    let mut chips = vec![(w.t("lifecycle-all-kinds").to_owned(), all.address("/lifecycle"), ask.kind.is_none())];
    chips.extend(CaseKind::ALL.map(|kind| {
        let one = Ask { kind: Some(kind), ..ask };
        (w.t(kind.word()).to_owned(), one.address("/lifecycle"), ask.kind == Some(kind))
    }));
    chips
}

/// How many stand where, within unit and kind; every number opens its list.
fn figures<'a>(visit: &Visit<'a>, ask: Ask, rows: &[CaseRow]) -> Vec<(&'a str, String, String)> {
    let (w, today) = (visit.w, visit.today());
    let figure = |word: &'static str, one: Ask| {
        let count = rows.iter().filter(|row| one.fits(row, today)).count();
        (w.t(word), w.n(count), one.address("/lifecycle"))
    };
    let all = Ask { phase: None, late: false, ..ask };
    let mut figures: Vec<_> =
        Phase::ALL.map(|phase| figure(phase.word(), Ask { phase: Some(phase), ..all })).into_iter().collect();
    figures.push(figure("lifecycle-late", Ask { late: true, ..all }));
    figures
}

fn table(visit: &Visit<'_>, scene: &Scene, rows: &[&CaseRow]) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("unit", w.t("lifecycle-unit")),
        Column::new("kind", w.t("lifecycle-kind")),
        Column::new("phase", w.t("lifecycle-phase")),
        Column::new("effective", w.t("lifecycle-effective")),
        Column::new("due", w.t("lifecycle-deadline")),
        Column::new("opened", w.t("lifecycle-recorded")),
    ];
    let mut table = Table::new(w.t("lifecycle-list"), columns);
    table.empty = w.t("lifecycle-list-empty").to_owned();
    let start = visit.query.get("after").parse().unwrap_or(0usize).min(rows.len());
    let end = start.saturating_add(ROWS).min(rows.len());
    table.rows = rows.get(start..end).unwrap_or_default().iter().map(|row| line(visit, scene, row)).collect();
    table.next = (end < rows.len()).then(|| end.to_string());
    if start < end {
        let (from, to, all) = (w.n(start + 1), w.n(end), w.n(rows.len()));
        table.position = w.with("lifecycle-rows", &[("from", from), ("to", to), ("all", all)]);
    }
    table.html(visit)
}

fn line(visit: &Visit<'_>, scene: &Scene, row: &CaseRow) -> Vec<Cell> {
    let w = visit.w;
    let (kind, phase) = (CaseKind::from_code(&row.kind), Phase::from_code(&row.phase));
    let due = deadline(row);
    let due = if due < scene.today { Cell::Tag(w.day(due), "bad") } else { Cell::Text(w.day(due)) };
    vec![
        Cell::LinkWith(
            row.name.clone(),
            format!("/lifecycle/cases/{}", row.case_id),
            named(visit, scene, row, row.parent_id),
        ),
        Cell::Text(kind.map_or("", |kind| w.t(kind.word())).to_owned()),
        Cell::Tag(phase.map_or("", |phase| w.t(phase.word())).to_owned(), phase.map_or("", Phase::colour)),
        Cell::Text(w.day(row.effective_on)),
        due,
        Cell::Text(format!("{}, {}", w.day(row.recorded_at.day()), row.recorded_by)),
    ]
}
