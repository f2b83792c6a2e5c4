//! How many are exempted, by ground and by end; how many left, by kind and year; every number opens its list.

use std::collections::BTreeMap;

use askama::Template;
use chibo_kernel::{Day, Permission, Problem};
use chibo_web::chart::{Bar, Bars, Caption, Figure};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::ask::month_of;
use super::told::notes;
use super::{Ask, BOOK, Book, Entry, Found, List, MENU};
use crate::rules::{Ground, Kind, Terms};

/// Years shown.
const YEARS: i32 = 5;
/// Months ahead shown one by one.
const MONTHS: i32 = 12;

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage<'a> {
    w: Tongue<'a>,
    figures: Vec<(&'a str, String, String)>,
    charts: String,
    years: String,
    parts: String,
    notes: String,
}

/// `GET /leaving?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (w, ask, today) = (visit.w, Ask::read(visit)?.whole(), visit.today());
    let terms = Terms::on(today)?;
    let this = today.year();
    let ask = Ask { year: this, ..ask };
    let open = Found::take(visit, List::Cases, &ask)?;
    let exempted = Found::take(visit, List::Exempted, &ask)?;
    let gone = Book::take(visit, &ask, (this - YEARS + 1, this))?;
    let count = |found: &Found, list: List, state: &str| {
        let here = Ask { state: state.to_owned(), ..ask.clone() };
        let many = found.lines.iter().filter(|line| here.fits(list, line, today, terms.remind)).count();
        (w.n(many), here.address(list.place()))
    };
    let figure = |word: &'static str, (number, href): (String, String)| (w.t(word), number, href);
    let left = gone.entries.iter().filter(|entry| left_in(entry, this)).count();
    let figures = vec![
        figure("leaving-cases", count(&open, List::Cases, "")),
        figure("leaving-late", count(&open, List::Cases, "late")),
        figure("leaving-exempted", count(&exempted, List::Exempted, "")),
        figure("leaving-ends-soon", count(&exempted, List::Exempted, "soon")),
        figure("leaving-ended", count(&exempted, List::Exempted, "late")),
        figure("leaving-left-this-year", (w.n(left), ask.address(BOOK))),
    ];
    let page = OverviewPage {
        w,
        figures,
        charts: [by_ground(visit, &ask, &exempted), by_month(visit, &ask, &exempted)].concat(),
        years: by_year(visit, &ask, &gone),
        parts: by_part(visit, &ask, &open, &exempted, &gone),
        notes: notes(w, &terms),
    };
    let mut head = match ask.unit {
        Some(unit) => {
            let name = open.units.name(unit);
            let crumbs = vec![Crumb::to(w.t("leaving-title"), "/leaving"), Crumb::here(name.clone())];
            Head::new(w.t1("leaving-title-of", "unit", name), MENU).crumbs(crumbs)
        }
        None => Head::new(w.t("leaving-title"), MENU),
    };
    for list in [List::Cases, List::Exempted] {
        head = head.action(w.t(list.word()), ask.address(list.place()), false);
    }
    head = head.action(w.t("leaving-book"), ask.address(BOOK), false);
    if visit.who().may_somewhere(Permission::EditMembers) {
        head = head.action(w.t("leaving-new"), "/leaving/new", true);
    }
    visit.page(head, &page)
}

fn bars(visit: &Visit<'_>, (title, first): (&str, &str), bars: Vec<Bar>) -> String {
    let w = visit.w;
    let number = |value: f64| w.n(value as i64);
    let title = w.t(title);
    let caption = Caption::new(title, "", w.t("leaving-nobody"));
    let columns = [w.t(first).to_owned(), w.t("leaving-members").to_owned()];
    Figure { width: "c6", title, note: "", legend: &[] }.html(w, &Bars { caption, columns, bars, format: &number })
}

fn by_ground(visit: &Visit<'_>, ask: &Ask, found: &Found) -> String {
    let mut counts: BTreeMap<Option<Ground>, usize> = BTreeMap::new();
    for line in &found.lines {
        *counts.entry(line.ground).or_default() += 1;
    }
    let bar = |(ground, count): (Option<Ground>, usize)| {
        let label = ground.map_or("", |ground| visit.w.t(ground.word()));
        Bar::new(label, count as f64).to(Ask { ground, ..ask.clone() }.address(List::Exempted.place()))
    };
    bars(visit, ("leaving-by-ground", "leaving-ground"), counts.into_iter().map(bar).collect())
}

/// Past ends, the months ahead, and those without an end.
fn by_month(visit: &Visit<'_>, ask: &Ask, found: &Found) -> String {
    let (w, today) = (visit.w, visit.today());
    let place = List::Exempted.place();
    let many = |fits: &dyn Fn(Day) -> bool| found.lines.iter().filter(|line| fits(line.state.ends_on)).count() as f64;
    let past = Ask { state: "late".to_owned(), ..ask.clone() };
    let mut all = vec![Bar::new(w.t("leaving-ended"), many(&|day| day < today)).to(past.address(place))];
    for ahead in 0..MONTHS {
        let month = month_of(today.plus_months(ahead));
        let label = match month.split_once('-') {
            Some((year, month)) => format!("{month}/{year}"),
            None => month.clone(),
        };
        let count = many(&|day| day >= today && month_of(day) == month);
        if count > 0.0 {
            all.push(Bar::new(label, count).to(Ask { month, ..ask.clone() }.address(place)));
        }
    }
    let none = Ask { month: "none".to_owned(), ..ask.clone() };
    all.push(Bar::new(w.t("leaving-no-end"), many(&|day| day == Day::FOREVER)).to(none.address(place)));
    bars(visit, ("leaving-by-end", "leaving-until"), all)
}

/// Whether somebody left in a year and was not restored.
fn left_in(entry: &Entry, year: i32) -> bool {
    !entry.restored && entry.from.year() == year
}

/// How somebody left, as a row of the table: a kind of case, something else, anything.
#[derive(Clone, Copy)]
enum How {
    Case(Kind),
    Elsewhere,
    Any,
}

/// Those who left: bars by year, and kinds by years as a table.
fn by_year(visit: &Visit<'_>, ask: &Ask, gone: &Book) -> String {
    let w = visit.w;
    let this = visit.today().year();
    let years: Vec<i32> = (this - YEARS + 1..=this).collect();
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| kind.removes()).collect();
    let asked = |how: How, year: i32| match how {
        How::Case(kind) => Ask { kind: Some(kind), year, ..ask.clone() },
        How::Elsewhere => Ask { elsewhere: true, year, ..ask.clone() },
        How::Any => Ask { year, ..ask.clone() },
    };
    let many = |how: How, year: i32| {
        let asked = asked(how, year);
        gone.entries.iter().filter(|entry| left_in(entry, year) && entry.fits(&asked)).count()
    };
    let at = |how: How, year: i32| asked(how, year).address(BOOK);
    let bar = |year: &i32| Bar::new(year.to_string(), many(How::Any, *year) as f64).to(at(How::Any, *year));
    let chart = bars(visit, ("leaving-by-year", "leaving-year"), years.iter().map(bar).collect());
    let mut columns = vec![Column::new("kind", w.t("leaving-kind"))];
    const KEYS: [&str; YEARS as usize] = ["y1", "y2", "y3", "y4", "y5"];
    columns.extend(years.iter().zip(KEYS).map(|(year, key)| Column::number(key, year.to_string())));
    let mut table = Table::new(w.t("leaving-by-kind"), columns);
    let cell = |how: How, year: i32| match many(how, year) {
        0 => Cell::Text(w.n(0)),
        count => Cell::Link(w.n(count), at(how, year)),
    };
    let row = |title: &str, how: How| {
        let mut row = vec![Cell::Text(title.to_owned())];
        row.extend(years.iter().map(|year| cell(how, *year)));
        row
    };
    table.rows = kinds.iter().map(|kind| row(w.t(kind.word()), How::Case(*kind))).collect();
    table.rows.push(row(w.t("leaving-kind-elsewhere"), How::Elsewhere));
    table.total = Some(row(w.t("leaving-all"), How::Any));
    format!("<div class=\"grid\">{chart}<section class=\"card c6\">{}</section></div>", table.html(visit))
}

/// By unit one level down.
fn by_part(visit: &Visit<'_>, ask: &Ask, open: &Found, exempted: &Found, gone: &Book) -> String {
    let (w, this) = (visit.w, visit.today().year());
    let columns = vec![
        Column::new("unit", w.t("leaving-unit")),
        Column::number("open", w.t("leaving-cases")),
        Column::number("exempted", w.t("leaving-exempted")),
        Column::number("left", w.t("leaving-left-this-year")),
    ];
    let mut table = Table::new(w.t("leaving-by-part"), columns);
    for part in open.units.parts(visit, ask.unit) {
        let (Some(facts), Some(unit)) = (open.units.tree.facts(part), open.units.id(part)) else { continue };
        let inside = part..open.units.tree.end(part);
        let here = Ask { unit: Some(unit), ..ask.clone() };
        let cell = |count: usize, place: &str| match count {
            0 => Cell::Text(w.n(0)),
            count => Cell::Link(w.n(count), here.address(place)),
        };
        let number = |found: &Found, list: List| {
            cell(found.lines.iter().filter(|line| inside.contains(&line.place)).count(), list.place())
        };
        let left = gone.entries.iter().filter(|entry| inside.contains(&entry.place) && left_in(entry, this)).count();
        table.rows.push(vec![
            Cell::Link(facts.name.clone(), here.address("/leaving")),
            number(open, List::Cases),
            number(exempted, List::Exempted),
            cell(left, BOOK),
        ]);
    }
    if table.rows.len() < 2 { String::new() } else { table.html(visit) }
}
