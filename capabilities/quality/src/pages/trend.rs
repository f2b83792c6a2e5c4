//! How many findings there were at the end of every month, by check; and how far a campaign is, by unit.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::chart::{Caption, Compare, CompareRow, Figure, Layout, Line, Point};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::overview::{degree_word, size};
use super::{Ask, MENU};
use crate::rules::{CHECKS, Degree, check_of};
use crate::store::{self, SpanRow};

/// Months shown.
const MONTHS: i32 = 12;

/// The last days of the months shown, today last.
fn ends(today: Day) -> Vec<Day> {
    let (year, month, _) = today.ymd();
    let first = Day::from_ymd(year, month, 1).unwrap_or(today);
    let mut ends: Vec<Day> = (0..MONTHS - 1).rev().map(|back| first.plus_months(-back).plus_days(-1)).collect();
    ends.push(today);
    ends
}

/// Hands over the findings of units in sight that were open after a day.
fn each(visit: &Visit<'_>, units: &UnitsToday, after: Day, mut take: impl FnMut(&SpanRow, u32)) -> Result<(), Problem> {
    let allowed = visit.who().ranges(Permission::ViewMembers);
    let may = |place: u32| visit.who().system || allowed.iter().any(|range| range.contains(&place));
    visit.read(|tx| {
        store::open_after(tx, after, |row| {
            if let Some(place) = units.place(row.unit_id).filter(|place| may(*place)) {
                take(&row, place);
            }
            Ok(())
        })
    })
}

/// `GET /quality/trend?unit=&check=&degree=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let (ask, units, ends) = (Ask::read(visit)?, UnitsToday::of(visit), ends(visit.today()));
    let range = units.range(ask.unit);
    let mut counts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    each(visit, &units, ends.first().copied().unwrap_or(Day::FOREVER).plus_days(-1), |row, place| {
        let Some(check) = check_of(&row.code).filter(|check| ask.takes(check) && range.contains(&place)) else {
            return;
        };
        let months = counts.entry(check.code).or_insert_with(|| vec![0; ends.len()]);
        for (count, end) in months.iter_mut().zip(&ends) {
            *count += usize::from(row.seen_on <= *end && row.closed_on > *end);
        }
    })?;
    let title = match (ask.check, ask.unit) {
        (Some(check), _) => w.t1("quality-trend-of", "what", w.t(check.title)),
        (None, Some(unit)) => w.t1("quality-trend-of", "what", units.name(unit)),
        (None, None) => w.t("quality-trend-title").to_owned(),
    };
    let overview = Ask { check: None, degree: None, owner: None, ..ask };
    let crumbs = vec![Crumb::to(w.t("quality-title"), overview.address("/quality")), Crumb::here(title.clone())];
    let mut body = chart(visit, ask, &ends, &counts);
    body.push_str(&table(visit, ask, &ends, &counts).html(visit));
    visit.page_html(200, Head::new(title, MENU).crumbs(crumbs), &body)
}

fn month(end: Day) -> String {
    let (year, month, _) = end.ymd();
    format!("{month:02}/{year}")
}

/// One check as a line, all of them stacked by degree.
fn chart(visit: &Visit<'_>, ask: Ask, ends: &[Day], counts: &BTreeMap<&str, Vec<usize>>) -> String {
    let w = visit.w;
    let number = |value: f64| w.n(value as i64);
    let title = w.t("quality-trend-months");
    let caption = Caption::new(title, w.t("quality-trend-about"), w.t("quality-nothing"));
    let sum = |at: usize, degree: Option<Degree>| {
        let of = counts.iter().filter(|(code, _)| degree.is_none_or(|d| check_of(code).is_some_and(|c| c.degree == d)));
        of.filter_map(|(_, months)| months.get(at)).sum::<usize>() as f64
    };
    if ask.check.is_some() {
        let points = ends.iter().enumerate().map(|(at, end)| Point {
            at: f64::from(end.number()),
            label: month(*end),
            value: sum(at, None),
            href: None,
        });
        let columns = [w.t("quality-month").to_owned(), w.t("quality-count").to_owned()];
        let line = Line { caption, columns, points: points.collect(), ticks: Vec::new(), mark: None, format: &number };
        return Figure { width: "", title, note: "", legend: &[] }.html(w, &line);
    }
    let series = Degree::ALL.map(|degree| w.t(degree_word(degree)));
    let rows = ends.iter().enumerate().map(|(at, end)| CompareRow {
        label: month(*end),
        values: Degree::ALL.map(|degree| sum(at, Some(degree))).into(),
        href: None,
    });
    let compare = Compare {
        caption,
        name_column: w.t("quality-month").to_owned(),
        series: series.map(str::to_owned).into(),
        rows: rows.collect(),
        layout: Layout::Stacked,
        format: &number,
    };
    let legend: Vec<_> = ["k3", "k1", "k2"].into_iter().zip(series).collect();
    Figure { width: "", title, note: "", legend: &legend }.html(w, &compare)
}

/// Every check by month.
fn table(visit: &Visit<'_>, ask: Ask, ends: &[Day], counts: &BTreeMap<&str, Vec<usize>>) -> Table {
    let w = visit.w;
    let mut columns = vec![Column::new("check", w.t("quality-check"))];
    columns.extend(ends.iter().map(|end| Column::number("month", month(*end))));
    let mut table = Table::new(w.t("quality-trend-table"), columns);
    table.empty = w.t("quality-nothing").to_owned();
    for check in CHECKS {
        let Some(months) = counts.get(check.code).filter(|months| months.iter().any(|count| *count > 0)) else {
            continue;
        };
        let href = Ask { check: Some(check), ..ask }.address("/quality/trend");
        let mut row = vec![Cell::Link(w.t(check.title).to_owned(), href)];
        row.extend(months.iter().map(|count| Cell::Text(w.n(*count))));
        table.rows.push(row);
    }
    table
}

/// Findings of a unit in a campaign: open when it began, of these still open, come since.
#[derive(Clone, Copy, Debug, Default)]
struct Progress {
    opened: usize,
    left: usize,
    fresh: usize,
}

/// `GET /quality/campaigns/{id}`.
pub(super) fn campaign(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let id: Id<store::Campaign> = visit.id("id")?;
    let row = visit.read(store::campaigns)?.into_iter().find(|row| row.campaign_id == id).ok_or(Problem::NotFound)?;
    visit.permit(Permission::ViewMembers, row.unit_id).map_err(|_| Problem::NotFound)?;
    let (units, began) = (UnitsToday::of(visit), row.starts_on.min(visit.today()));
    let mut parts = units.parts(visit, Some(row.unit_id));
    if parts.is_empty() {
        parts.extend(units.place(row.unit_id));
    }
    let mut found: Vec<Progress> = vec![Progress::default(); parts.len()];
    let mut whole = Progress::default();
    let range = units.range(Some(row.unit_id));
    each(visit, &units, began.plus_days(-1), |span, place| {
        let then = span.seen_on <= began && span.closed_on > began.plus_days(-1);
        let now = span.closed_on == Day::FOREVER;
        let of = parts.iter().position(|part| (*part..units.tree.end(*part)).contains(&place));
        let mut all: Vec<&mut Progress> = of.and_then(|at| found.get_mut(at)).into_iter().collect();
        all.extend(range.contains(&place).then_some(&mut whole));
        for progress in all {
            progress.opened += usize::from(then);
            progress.left += usize::from(then && now);
            progress.fresh += usize::from(!then && now);
        }
    })?;
    let rows: Vec<_> = parts.into_iter().zip(found).filter(|(_, p)| p.opened + p.fresh > 0).collect();
    let note = w.t2("quality-campaign-days-of", ("from", w.day(row.starts_on)), ("to", w.day(row.ends_on)));
    let mut body = format!("<p>{}</p>", chibo_web::html::escape(&note));
    body.push_str(&progress_chart(visit, &units, &rows));
    body.push_str(&progress_table(visit, &units, &rows, &whole).html(visit));
    let crumbs = vec![Crumb::to(w.t("quality-title"), "/quality"), Crumb::here(row.title.clone())];
    visit.page_html(200, Head::new(row.title, MENU).crumbs(crumbs), &body)
}

/// Put right, left and new, by unit.
fn progress_chart(visit: &Visit<'_>, units: &UnitsToday, rows: &[(u32, Progress)]) -> String {
    let w = visit.w;
    let number = |value: f64| w.n(value as i64);
    let series = ["quality-campaign-done", "quality-campaign-left", "quality-campaign-new-since"].map(|key| w.t(key));
    let bar = |part: u32, p: &Progress| CompareRow {
        label: units.id(part).map_or_else(String::new, |unit| units.name(unit)),
        values: vec![(p.opened - p.left) as f64, p.left as f64, p.fresh as f64],
        href: Some(list(units.id(part))),
    };
    let title = w.t("quality-campaign-by-unit");
    let compare = Compare {
        caption: Caption::new(title, w.t("quality-campaign-by-unit-about"), w.t("quality-nothing")),
        name_column: w.t("quality-unit").to_owned(),
        series: series.map(str::to_owned).into(),
        rows: rows.iter().map(|(part, p)| bar(*part, p)).collect(),
        layout: Layout::Stacked,
        format: &number,
    };
    let legend: Vec<_> = ["k3", "k1", "k2"].into_iter().zip(series).collect();
    Figure { width: "", title, note: "", legend: &legend }.html(w, &compare)
}

/// The same with shares and the total.
fn progress_table(visit: &Visit<'_>, units: &UnitsToday, rows: &[(u32, Progress)], whole: &Progress) -> Table {
    let w = visit.w;
    let columns = vec![
        Column::new("unit", w.t("quality-unit")),
        Column::number("opened", w.t("quality-campaign-opened")),
        Column::number("done", w.t("quality-campaign-done")),
        Column::number("left", w.t("quality-campaign-left")),
        Column::number("new", w.t("quality-campaign-new-since")),
        Column::number("share", w.t("quality-campaign-share")),
    ];
    let line = |name: Cell, p: &Progress| {
        let done = p.opened - p.left;
        let counts = [p.opened, done, p.left, p.fresh].map(|count| Cell::Text(w.n(size(count))));
        let share = Cell::Text(w.percent(done as u64, p.opened as u64));
        [vec![name], counts.into(), vec![share]].concat()
    };
    let mut table = Table::new(w.t("quality-campaign-by-unit"), columns);
    table.empty = w.t("quality-nothing").to_owned();
    for (part, p) in rows {
        let unit = units.id(*part);
        table.rows.push(line(Cell::Link(unit.map_or_else(String::new, |unit| units.name(unit)), list(unit)), p));
    }
    table.total = (!table.rows.is_empty()).then(|| line(Cell::Text(w.t("quality-total").to_owned()), whole));
    table
}

/// The findings of a unit.
fn list(unit: Option<Id<Unit>>) -> String {
    Ask { unit, check: None, degree: None, owner: None }.address("/quality/list")
}
