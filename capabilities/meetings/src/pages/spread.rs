//! How far self-scores lie apart, part by part (MTG-31): uniform full marks are a sign, not a verdict.

use chibo_kernel::{Id, Problem, Unit};
use chibo_web::chart::{Bar, Bars, Caption, Figure};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Pairs, Reply, Table, Visit, doubt, html};

use super::MENU;
use super::above::View;
use crate::rules::{Month, Spread, SpreadTerms};

/// Months looked at.
const MONTHS: i32 = 12;
/// Bars of the picture at most; the table has all.
const BARS: usize = 20;

struct Line {
    name: String,
    href: Option<String>,
    spread: Spread,
}

/// A tenth of a point as it is written.
fn tenths(visit: &Visit<'_>, tenths: Option<u64>) -> String {
    tenths.map_or_else(String::new, |tenths| format!("{},{}", visit.w.n(tenths / 10), tenths % 10))
}

fn spread_of(visit: &Visit<'_>, view: &View, range: std::ops::Range<u32>) -> Spread {
    let mut spread = Spread::default();
    for place in view.branches(visit, range) {
        let Some(unit) = view.units.id(place) else { continue };
        let months = (0..MONTHS).map(|back| view.month.plus(-back));
        months
            .filter_map(|month| view.seen(unit, month).filter(|seen| seen.met == 2))
            .for_each(|seen| spread.add(seen.scores.0));
    }
    spread
}

fn address(unit: Option<Id<Unit>>, month: Month) -> String {
    let unit = unit.map_or_else(String::new, |unit| unit.to_string());
    format!("/meetings/spread{}", Pairs::default().with(&[("unit", &unit), ("month", &month.code())]))
}

/// `GET /meetings/spread?unit=&month=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let view = View::load(visit)?;
    let (w, terms) = (visit.w, SpreadTerms::on(view.month.last())?);
    let line = |place: u32| {
        let unit = view.units.id(place)?;
        let spread = spread_of(visit, &view, place..view.units.tree.end(place));
        let below = address(Some(unit), view.month);
        let href = if view.is_branch(place) { view.page_of(visit, unit) } else { Some(below) };
        (spread.count > 0).then(|| Line { name: view.units.name(unit), href, spread })
    };
    let mut lines: Vec<Line> = view.units.parts(visit, view.unit).into_iter().filter_map(line).collect();
    // The most alike first: that is what one looks for.
    lines.sort_by_key(|line| (line.spread.sign(&terms).is_none(), line.spread.deviation_tenths()));
    let this = Month::of(visit.today());
    let chip = |back: i32| {
        let month = this.plus(-back);
        (month.text(), address(view.unit, month), month == view.month)
    };
    let mut body = format!("<p>{}</p>", w.t1("meetings-spread-about", "months", MONTHS));
    body.push_str(&html::chips(w.t("meetings-spread-until"), (0..MONTHS).map(chip)));
    body.push_str(&format!("<div class=\"grid\">{}</div>", chart(visit, &lines)));
    let total = spread_of(visit, &view, view.units.range(view.unit));
    body.push_str(&format!("<section class=\"card\">{}</section>", table(visit, &lines, &total, &terms)));
    body.push_str(&doubt::card(w.t("meetings-notes"), &doubt::notes(w, terms.doubtful.iter().copied())));
    let name = view.unit.map(|unit| view.units.name(unit));
    let mut crumbs = vec![Crumb::to(w.t("meetings-title"), "/meetings")];
    if let (Some(name), Some(unit)) = (&name, view.unit) {
        crumbs.push(Crumb::to(name.as_str(), format!("/meetings?unit={unit}")));
    }
    crumbs.push(Crumb::here(w.t("meetings-spread")));
    let title = name.map_or_else(|| w.t("meetings-spread").to_owned(), |name| w.t1("meetings-spread-of", "name", name));
    visit.page_html(200, Head::new(title, MENU).crumbs(crumbs), &body)
}

fn chart(visit: &Visit<'_>, lines: &[Line]) -> String {
    let w = visit.w;
    let bar = |line: &Line| {
        let deviation = line.spread.deviation_tenths().unwrap_or(0);
        let value = u32::try_from(deviation).map_or(f64::MAX, f64::from) / 10.0;
        Bar { label: line.name.clone(), value, href: line.href.clone() }
    };
    let number = |value: f64| {
        let tenths = (value * 10.0).round() as u64;
        format!("{},{}", tenths / 10, tenths % 10)
    };
    let title = w.t("meetings-spread-chart");
    let chart = Bars {
        caption: Caption::new(title, w.t("meetings-spread-chart-about"), w.t("meetings-nothing")),
        columns: [w.t("meetings-part").to_owned(), w.t("meetings-spread-deviation").to_owned()],
        bars: lines.iter().take(BARS).map(bar).collect(),
        format: &number,
    };
    Figure { width: "c12", title, note: "", legend: &[] }.html(w, &chart)
}

fn table(visit: &Visit<'_>, lines: &[Line], total: &Spread, terms: &SpreadTerms) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("part", w.t("meetings-part")),
        Column::number("count", w.t("meetings-spread-count")),
        Column::number("average", w.t("meetings-average")),
        Column::number("range", w.t("meetings-spread-range")),
        Column::number("deviation", w.t("meetings-spread-deviation")),
        Column::number("full", w.t("meetings-spread-full-share")),
        Column::new("sign", w.t("meetings-spread-sign")),
    ];
    let row = |first: Cell, spread: &Spread| {
        let sign = spread.sign(terms);
        vec![
            first,
            Cell::Text(w.n(spread.count)),
            Cell::Text(tenths(visit, spread.average_tenths())),
            Cell::Text(spread.range.map_or_else(String::new, |(low, high)| format!("{low}–{high}"))),
            Cell::Text(tenths(visit, spread.deviation_tenths())),
            Cell::Text(if spread.count > 0 {
                w.percent(spread.full.into(), spread.count.into())
            } else {
                String::new()
            }),
            sign.map_or_else(|| Cell::Text(String::new()), |sign| Cell::Tag(w.t(sign.word()).to_owned(), "warn")),
        ]
    };
    let mut table = Table::new(w.t("meetings-spread"), columns);
    table.empty = w.t("meetings-nothing").to_owned();
    for line in lines {
        let name = line.name.clone();
        let first = line.href.clone().map_or_else(|| Cell::Text(name.clone()), |href| Cell::Link(name.clone(), href));
        table.rows.push(row(first, &line.spread));
    }
    table.total = Some(row(Cell::Text(w.t("meetings-total").to_owned()), total));
    table.html(visit)
}
