//! What is due now, overdue and soon; every number opens its list.

use askama::Template;
use chibo_kernel::{Day, Permission, Problem};
use chibo_web::chart::{Bar, Bars, Caption, Figure};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Pressing, Reply, Table, Visit};

use super::MENU;
use super::found::{Ask, Found, Line};
use super::list::{self, degree_word};
use crate::rules::{Tally, by_day};

/// Days of the digest.
const DIGEST: u16 = 14;

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage<'a> {
    w: Tongue<'a>,
    figures: Vec<(&'a str, String, String)>,
    digest: String,
    sorts: String,
    list: String,
    parts: String,
}

/// `GET /today?unit=&sort=&due=&on=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?;
    let found = Found::take(visit)?;
    let today = visit.today();
    let fitting = found.fitting(ask, today);
    let page = OverviewPage {
        w,
        figures: figures(visit, &found, ask),
        digest: digest(visit, &found, ask),
        sorts: by_sort(visit, &found, ask),
        list: list::html(visit, &found, &fitting),
        parts: by_part(visit, &found, ask),
    };
    visit.page(head(visit, &found, ask), &page)
}

fn head(visit: &Visit<'_>, found: &Found, ask: Ask) -> Head {
    let w = visit.w;
    let title = match ask.unit {
        Some(unit) => w.t1("today-title-of", "unit", found.units.name(unit)),
        None => w.t("today-title").to_owned(),
    };
    let mut head = Head::new(title, MENU);
    if let Some(unit) = ask.unit {
        head = head.crumbs(vec![Crumb::to(w.t("today-title"), "/today"), Crumb::here(found.units.name(unit))]);
    }
    if ask.source.is_some() || ask.pressing.is_some() || ask.on.is_some() {
        let whole = Ask { source: None, pressing: None, on: None, ..ask };
        head = head.action(w.t("today-no-filter"), whole.address("/today"), false);
    }
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("today-export"), ask.address("/today/export.xlsx"), false);
    }
    head.action(w.t("today-calendar"), ask.address("/today/calendar.ics"), false)
}

/// By degree, within the sort and unit asked for.
fn figures<'a>(visit: &Visit<'a>, found: &Found, ask: Ask) -> Vec<(&'a str, String, String)> {
    let within = Ask { pressing: None, on: None, ..ask };
    let tally = tally(found.fitting(within, visit.today()).as_slice(), visit);
    let figure = |degree: Pressing| {
        let here = Ask { pressing: Some(degree), ..within };
        (visit.w.t(degree_word(degree)), visit.w.n(tally.of(degree)), here.address("/today"))
    };
    Pressing::ALL.map(figure).into()
}

fn tally(lines: &[&Line], visit: &Visit<'_>) -> Tally {
    Tally::of_days(lines.iter().map(|(_, duty)| duty.due), visit.today())
}

/// What falls due on each of the next days.
fn digest(visit: &Visit<'_>, found: &Found, ask: Ask) -> String {
    let (w, today) = (visit.w, visit.today());
    let within = Ask { pressing: None, on: None, ..ask };
    let fitting = found.fitting(within, today);
    let days = by_day(fitting.iter().map(|(_, duty)| duty.due), today, DIGEST);
    let bar = |(day, count): (Day, usize)| {
        let bar = Bar::new(w.day(day), count as f64);
        let here = Ask { on: Some(day), ..within };
        if count == 0 { bar } else { bar.to(here.address("/today")) }
    };
    let any = days.iter().any(|(_, count)| *count > 0);
    let bars = if any { days.into_iter().map(bar).collect() } else { Vec::new() };
    let title = w.t1("today-digest", "days", DIGEST);
    let number = |value: f64| w.n(value as i64);
    let columns = [w.t("today-day").to_owned(), w.t("today-duties").to_owned()];
    let caption = Caption::new(title.as_str(), "", w.t("today-digest-empty"));
    let chart = Bars { caption, columns, bars, format: &number };
    Figure { width: "c7", title: &title, note: "", legend: &[] }.html(w, &chart)
}

/// A row of a table: a name, then the degrees, then all.
fn counted(visit: &Visit<'_>, name: Cell, tally: Tally, ask: Ask) -> Vec<Cell> {
    let number = |count: usize, ask: Ask| {
        let text = visit.w.n(count);
        if count == 0 { Cell::Text(text) } else { Cell::Link(text, ask.address("/today")) }
    };
    let mut row = vec![name];
    row.extend(Pressing::ALL.map(|degree| number(tally.of(degree), Ask { pressing: Some(degree), ..ask })));
    row.push(number(tally.all(), ask));
    row
}

fn columns(w: Tongue<'_>, first: &'static str, word: &str) -> Vec<Column> {
    let mut columns = vec![Column::new(first, w.t(word))];
    columns.extend(Pressing::ALL.map(|degree| Column::number(degree.code(), w.t(degree_word(degree)))));
    columns.push(Column::number("all", w.t("today-all")));
    columns
}

/// By sort, within the unit asked for.
fn by_sort(visit: &Visit<'_>, found: &Found, ask: Ask) -> String {
    let w = visit.w;
    let within = Ask { source: None, pressing: None, on: None, ..ask };
    let mut table = Table::new(w.t("today-by-sort"), columns(w, "sort", "today-sort"));
    for source in visit.house.capabilities.iter().flat_map(|capability| &capability.duties) {
        let here = Ask { source: Some(source.name), ..within };
        let tally = tally(&found.fitting(here, visit.today()), visit);
        if tally.all() > 0 {
            table.rows.push(counted(visit, Cell::Text(w.t(source.title).to_owned()), tally, here));
        }
    }
    let whole = tally(&found.fitting(within, visit.today()), visit);
    table.total = Some(counted(visit, Cell::Text(w.t("today-total").to_owned()), whole, within));
    if table.rows.is_empty() { String::new() } else { table.html(visit) }
}

/// By unit one level down, within the sort asked for: counts roll up the tree.
fn by_part(visit: &Visit<'_>, found: &Found, ask: Ask) -> String {
    let w = visit.w;
    let within = Ask { pressing: None, on: None, ..ask };
    let mut places: Vec<_> = found
        .fitting(within, visit.today())
        .into_iter()
        .filter_map(|(_, duty)| Some((found.units.place(duty.unit)?, duty.due)))
        .collect();
    places.sort_unstable();
    let mut table = Table::new(w.t("today-by-part"), columns(w, "unit", "today-unit"));
    for part in found.units.parts(visit, ask.unit) {
        let (Some(facts), Some(unit)) = (found.units.tree.facts(part), found.units.id(part)) else { continue };
        let range = part..found.units.tree.end(part);
        let inside = places.iter().filter(|(place, _)| range.contains(place));
        let tally = Tally::of_days(inside.map(|(_, due)| *due), visit.today());
        if tally.all() > 0 {
            let here = Ask { unit: Some(unit), ..within };
            table.rows.push(counted(visit, Cell::Text(facts.name.clone()), tally, here));
        }
    }
    if table.rows.len() < 2 { String::new() } else { table.html(visit) }
}
