//! Bars by unit and by year, and the map; every number leads to its list.

use chibo_web::Visit;
use chibo_web::chart::{Caption, ChartTable, Compare, CompareRow, Dot, DotMap, DotSeries, Figure, Layout, Part};

use super::ask::Ask;
use super::scene::dated;
use super::survey::Line;
use super::years::Year;
use crate::rules::{State, Tally};

/// So many units have bars; all of them stand in the table below.
pub(super) const BARS: usize = 20;

/// One unit with its places.
pub(super) struct PartLine {
    /// Its name.
    pub name: String,
    /// How its places stand.
    pub tally: Tally,
    /// The overview of the unit.
    pub href: String,
}

fn values(tally: &Tally) -> Vec<f64> {
    State::DRAWN.iter().map(|state| f64::from(tally.of(*state))).collect()
}

/// Bars one after the other: the states of the places of each name.
fn stacked(visit: &Visit<'_>, (title, note): (&str, &str), first: &str, rows: Vec<CompareRow>) -> String {
    let w = visit.w;
    if rows.is_empty() {
        return String::new();
    }
    let number = |value: f64| w.n(value as i64);
    let chart = Compare {
        caption: Caption::new(title, w.t("coverage-bars-about"), w.t("coverage-none")),
        name_column: first.to_owned(),
        series: State::DRAWN.iter().map(|state| w.t(state.word()).to_owned()).collect(),
        rows,
        layout: Layout::Stacked,
        format: &number,
    };
    Figure { width: "", title, note, legend: &[] }.html(w, &chart)
}

/// By unit: those with most places without an organisation first.
pub(super) fn by_part(visit: &Visit<'_>, mut parts: Vec<&PartLine>) -> String {
    let w = visit.w;
    parts.sort_by_key(|part| std::cmp::Reverse(part.tally.total() - part.tally.covered()));
    let row = |part: &&PartLine| CompareRow {
        label: part.name.clone(),
        values: values(&part.tally),
        href: Some(part.href.clone()),
    };
    let rows: Vec<CompareRow> = parts.iter().take(BARS).map(row).collect();
    let note = if parts.len() > BARS { w.t1("coverage-bars-most", "count", BARS) } else { String::new() };
    stacked(visit, (w.t("coverage-by-part"), &note), w.t("coverage-unit"), rows)
}

/// By year.
pub(super) fn by_year(visit: &Visit<'_>, years: &[Year]) -> String {
    let w = visit.w;
    let row = |year: &Year| CompareRow { label: year.year.to_string(), values: values(&year.tally), href: None };
    stacked(visit, (w.t("coverage-by-year"), ""), w.t("coverage-year"), years.iter().map(row).collect())
}

/// The map. Places without coordinates are counted in the note below it.
pub(super) fn map(visit: &Visit<'_>, ask: &Ask, lines: &[&Line<'_>]) -> String {
    let w = visit.w;
    let series = |state: &State| DotSeries {
        name: w.t(state.word()).to_owned(),
        href: Some(Ask { states: vec![*state], ..ask.clone() }.list(visit)),
    };
    let dot = |line: &&Line<'_>| {
        let spot = line.facts.spot()?;
        let series = State::DRAWN.iter().position(|state| *state == line.state)?;
        let href = Some(format!("/coverage/places/{}{}", line.id, dated(visit, &[])));
        Some(Dot { lat: spot.lat, lon: spot.lon, series, label: line.facts.name.clone(), href })
    };
    let dots: Vec<Dot> = lines.iter().filter_map(dot).collect();
    let nowhere = lines.len() - dots.len();
    let note = match nowhere {
        0 => w.t("coverage-map-about").to_owned(),
        count => format!("{} {}", w.t("coverage-map-about"), w.t1("coverage-map-nowhere", "count", w.n(count))),
    };
    let part = |part: Part| Ask { part: Some(part), ..ask.clone() }.list(visit);
    let number = |value: f64| w.n(value as i64);
    let title = w.t("coverage-map");
    let chart = DotMap {
        caption: Caption::new(title, w.t("coverage-map-about"), w.t("coverage-map-none")),
        columns: [w.t("coverage-state").to_owned(), w.t("coverage-on-map").to_owned()],
        series: State::DRAWN.iter().map(series).collect(),
        dots,
        part: &part,
        format: &number,
    };
    let mut table = chibo_web::chart::Chart::table(&chart);
    without_links(&mut table, nowhere > 0);
    Figure { width: "", title, note: &note, legend: &[] }.with_table(w, &chart, &table)
}

/// Where places lack coordinates the list of a state holds more than the map: a number that opened it would be wrong.
fn without_links(table: &mut ChartTable, lacking: bool) {
    if lacking {
        table.rows.iter_mut().flatten().for_each(|cell| cell.href = None);
    }
}
