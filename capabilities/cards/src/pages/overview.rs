//! The first page of cards: figures that open down to the list, by part of the unit, and a chart of the models.

use askama::Template;
use chibo_kernel::{Permission, Problem};
use chibo_web::chart::{Caption, Compare, CompareRow, Figure, Layout};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::ask::{Ask, Show, unit_of, with_unit};
use super::count::{Count, Counted, count};
use super::{MENU, notes};
use crate::rules::{Model, State, Terms};
use crate::shelf;

/// Parts drawn in the chart; the table has all.
const DRAWN: usize = 20;

/// What the page counts.
const FIGURES: [Show; 8] = [
    Show::Of(Model::Old),
    Show::Of(Model::New),
    Show::Without,
    Show::UnderWay,
    Show::At(State::Lost),
    Show::At(State::Damaged),
    Show::Unreturned,
    Show::Unchecked,
];

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage<'a> {
    w: Tongue<'a>,
    figures: Vec<(&'a str, String, String)>,
    parts: String,
    chart: String,
    notes: String,
}

/// `GET /cards?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let unit = unit_of(visit, Permission::ViewMembers)?;
    let cards = shelf::cards(visit)?;
    let counted = count(visit, unit, &cards)?;
    let ask = Ask { unit, show: Show::All };
    let figure =
        |show: Show| (w.t(show.word()), w.n(figure(&counted.all, show)), Ask { show, ..ask }.address("/cards/list"));
    let page = OverviewPage {
        w,
        figures: std::iter::once(Show::All).chain(FIGURES).map(figure).collect(),
        parts: by_part(visit, &counted),
        chart: chart(visit, &counted),
        notes: notes(visit, &Terms::on(visit.today())?.doubtful, &["CRD-01", "CRD-02", "CRD-03", "CRD-04"]),
    };
    let title = match unit {
        Some(unit) => w.t1("cards-title-of", "unit", counted.units.name(unit)),
        None => w.t("cards-title").to_owned(),
    };
    let mut head = Head::new(title, MENU)
        .action(w.t("cards-open-list"), ask.address("/cards/list"), true)
        .action(w.t("cards-open-roll"), with_unit("/cards/roll", unit), false)
        .action(w.t("cards-open-numbers"), "/cards/numbers", false)
        .action(w.t("cards-open-books"), "/cards/books", false);
    if visit.who().may_somewhere(Permission::EditMembers) {
        head = head.action(w.t("cards-open-check"), with_unit("/cards/check", unit), false);
    }
    if let Some(unit) = unit {
        let crumbs = vec![Crumb::to(w.t("cards-title"), "/cards"), Crumb::here(counted.units.name(unit))];
        head = head.crumbs(crumbs);
    }
    visit.page(head, &page)
}

fn figure(count: &Count, show: Show) -> i64 {
    i64::try_from(count.of(show)).unwrap_or(i64::MAX)
}

fn by_part(visit: &Visit<'_>, counted: &Counted) -> String {
    if counted.parts.is_empty() {
        return String::new();
    }
    let w = visit.w;
    let mut columns = vec![Column::new("unit", w.t("cards-unit")), Column::number("all", w.t(Show::All.word()))];
    columns.extend(FIGURES.map(|show| Column::number(show.code(), w.t(show.word()))));
    let mut table = Table::new(w.t("cards-by-unit"), columns);
    for part in &counted.parts {
        let cell = |show: Show| match figure(&part.count, show) {
            0 => Cell::Text("0".to_owned()),
            many => Cell::Link(w.n(many), Ask { unit: Some(part.unit), show }.address("/cards/list")),
        };
        let mut row = vec![Cell::Link(part.name.clone(), with_unit("/cards", Some(part.unit))), cell(Show::All)];
        row.extend(FIGURES.map(cell));
        table.rows.push(row);
    }
    let cell = |show: Show| Cell::Text(w.n(figure(&counted.all, show)));
    let mut total = vec![Cell::Text(w.t("cards-total").to_owned()), cell(Show::All)];
    total.extend(FIGURES.map(cell));
    table.total = Some(total);
    table.html(visit)
}

fn chart(visit: &Visit<'_>, counted: &Counted) -> String {
    let w = visit.w;
    let mut parts: Vec<_> = counted.parts.iter().filter(|part| part.count.old + part.count.new > 0).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.count.old + part.count.new));
    if parts.is_empty() {
        return String::new();
    }
    parts.truncate(DRAWN);
    let row = |part: &&super::count::PartOf| CompareRow {
        label: part.name.clone(),
        values: vec![part.count.old as f64, part.count.new as f64],
        href: Some(with_unit("/cards", Some(part.unit))),
    };
    let title = w.t("cards-chart");
    let compare = Compare {
        caption: Caption::new(title, w.t("cards-chart-about"), w.t("cards-nobody")),
        name_column: w.t("cards-unit").to_owned(),
        series: vec![w.t(Model::Old.word()).to_owned(), w.t(Model::New.word()).to_owned()],
        rows: parts.iter().map(row).collect(),
        layout: Layout::Stacked,
        format: &|value| w.n(value as i64),
    };
    Figure { width: "", title, note: w.t("cards-chart-note"), legend: &[] }.html(w, &compare)
}
