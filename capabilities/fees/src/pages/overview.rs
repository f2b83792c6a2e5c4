//! A month in a subtree: owed, collected, who has paid, which books are not closed; every figure opens down to a branch.

use std::ops::Range;

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_web::chart::{Caption, Figure, Heat, HeatCell, HeatRow};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, html};

use super::sums::{Grid, Sum, Sums};
use super::{MENU, at, month, notes};
use crate::rules::{Month, Rates};
use crate::sheets;

/// Units on one page.
const ROWS: usize = 100;
/// Months of the grid.
const MONTHS: i32 = 6;
/// Rows of the grid: those where fewest have paid.
const GRID: usize = 30;

/// What is asked.
pub(super) struct Ask {
    pub unit: Option<Id<Unit>>,
    pub month: Month,
}

impl Ask {
    /// The month before this one unless another is asked: this month's books are still being written.
    pub fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit = match visit.query.some("unit") {
            None => None,
            Some(text) => Some(text.parse().map_err(|_| Problem::NotFound)?),
        };
        if let Some(unit) = unit {
            visit.permit(Permission::ViewReports, unit)?;
        }
        Ok(Self { unit, month: month(visit, Month::of(visit.today()).plus(-1))? })
    }

    fn to(&self, place: &str, month: Month) -> String {
        let unit = self.unit.map(|unit| unit.to_string()).unwrap_or_default();
        at(place, month, &[("unit", &unit)])
    }
}

/// Where a part is looked at: a branch in its book, everything else here.
fn href(sums: &Sums, place: u32, unit: Id<Unit>, month: Month) -> String {
    if sums.is_branch(place) {
        at(&format!("/fees/units/{unit}"), month, &[])
    } else {
        at("/fees", month, &[("unit", &unit.to_string())])
    }
}

/// `GET /fees?unit=&month=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let sums = Sums::of(visit, ask.month, Permission::ViewReports)?;
    let parts = sums.units.parts(visit, ask.unit);
    // Whoever looks after one branch finds its book at once.
    let only = ask.unit.and_then(|unit| sums.units.place(unit)).or_else(|| {
        let first = visit.who().ranges(Permission::ViewReports).first().map(|range| range.start);
        first.filter(|_| parts.is_empty())
    });
    if let Some(unit) = only.filter(|place| sums.is_branch(*place)).and_then(|place| sums.units.id(place)) {
        return Ok(Reply::Redirect(format!("/fees/units/{unit}{}", visit.query.with(&[("unit", "")]))));
    }
    let w = visit.w;
    let range = sums.units.range(ask.unit);
    let mut body = format!("<p>{}</p>", w.t1("fees-about", "month", ask.month.text()));
    body.push_str(&months(visit, &ask));
    body.push_str(&figures(visit, &ask, sums.within(&range)));
    body.push_str(&table(visit, &ask, &sums, &parts));
    body.push_str(&grid(visit, &ask, &sums, &parts)?);
    body.push_str(&notes(visit, &Rates::of(ask.month)?.doubtful));
    visit.page_html(200, head(visit, &ask, &sums), &body)
}

fn head(visit: &Visit<'_>, ask: &Ask, sums: &Sums) -> Head {
    let w = visit.w;
    let name = ask.unit.map(|unit| sums.units.name(unit));
    let title = match &name {
        Some(name) => w.t2("fees-title-of", ("unit", name), ("month", ask.month.text())),
        None => w.t1("fees-title-month", "month", ask.month.text()),
    };
    let mut head = Head::new(title, MENU);
    if let Some(name) = name {
        let up = ask.unit.and_then(|unit| sums.units.place(unit)).and_then(|place| sums.units.tree.parent(place));
        let mut crumbs = vec![Crumb::to(w.t("fees-title"), at("/fees", ask.month, &[]))];
        if let Some(up) = up.filter(|up| sums.units.sees(visit, *up)).and_then(|up| sums.units.id(up)) {
            let there = at("/fees", ask.month, &[("unit", &up.to_string())]);
            crumbs.push(Crumb::to(sums.units.name(up), there));
        }
        crumbs.push(Crumb::here(name));
        head = head.crumbs(crumbs);
    }
    if visit.who().may_somewhere(Permission::ViewMembers) {
        head = head.action(w.t("fees-arrears"), ask.to("/fees/arrears", ask.month), false);
    }
    if let Some(unit) = ask.unit {
        head = head.action(w.t("fees-remittances"), format!("/fees/units/{unit}/remittances"), false);
        head = head.action(w.t("fees-shares"), format!("/fees/units/{unit}/shares"), false);
    }
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("fees-export"), ask.to("/fees/export.xlsx", ask.month), false);
        head = head.action(w.t("fees-statements"), ask.to("/fees/statements.pdf", ask.month), false);
    }
    head
}

fn months(visit: &Visit<'_>, ask: &Ask) -> String {
    let today = Month::of(visit.today());
    let shown = (0..MONTHS).rev().map(|back| today.plus(-back));
    let earlier = Some(ask.month).filter(|month| *month <= today.plus(-MONTHS));
    let chip = |month: Month| (month.text(), ask.to("/fees", month), month == ask.month);
    html::chips(visit.w.t("fees-month"), earlier.into_iter().chain(shown).map(chip))
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn figures(visit: &Visit<'_>, ask: &Ask, sum: Sum) -> String {
    let w = visit.w;
    let totals = sum.totals;
    let share = w.percent(count(totals.payers), count(totals.liable));
    let silent = html::escape(&w.n(totals.silent()));
    // Names of debtors are for fewer people than their number.
    let silent = if visit.who().may_somewhere(Permission::ViewMembers) {
        format!("<a href=\"{}\">{silent}</a>", html::escape(&ask.to("/fees/arrears", ask.month)))
    } else {
        silent
    };
    let figures = [
        ("fees-due", html::escape(&w.n(totals.due))),
        ("fees-collected", html::escape(&w.n(totals.collected))),
        ("fees-share-paid", html::escape(&share)),
        ("fees-silent", silent),
        ("fees-closed-books", html::escape(&w.t2("fees-of", ("part", w.n(sum.closed)), ("all", w.n(sum.branches))))),
        ("fees-extra", html::escape(&w.n(totals.extra))),
    ];
    let each = figures.map(|(key, value)| format!("<div><dt>{}</dt><dd>{value}</dd></div>", w.t(key)));
    format!("<dl class=\"figures\">{}</dl>", each.concat())
}

fn span(sums: &Sums, place: u32) -> Range<u32> {
    place..sums.units.tree.end(place)
}

fn columns(visit: &Visit<'_>) -> Vec<Column> {
    let w = visit.w;
    vec![
        Column::new("unit", w.t("fees-unit")),
        Column::number("branches", w.t("fees-branches")),
        Column::number("closed", w.t("fees-closed-count")),
        Column::number("members", w.t("fees-members")),
        Column::number("liable", w.t("fees-liable")),
        Column::number("payers", w.t("fees-payers")),
        Column::number("share", w.t("fees-share-paid")),
        Column::number("due", w.t("fees-due")),
        Column::number("collected", w.t("fees-collected")),
    ]
}

fn cells(visit: &Visit<'_>, name: Cell, sum: Sum) -> Vec<Cell> {
    let w = visit.w;
    let totals = sum.totals;
    let text = |number: i64| Cell::Text(w.n(number));
    vec![
        name,
        text(i64::from(sum.branches)),
        text(i64::from(sum.closed)),
        text(totals.members),
        text(totals.liable),
        text(totals.payers),
        Cell::Text(w.percent(count(totals.payers), count(totals.liable))),
        text(totals.due),
        text(totals.collected),
    ]
}

fn table(visit: &Visit<'_>, ask: &Ask, sums: &Sums, parts: &[u32]) -> String {
    let w = visit.w;
    let page = visit.rows(parts.len(), ROWS);
    let mut table = Table::new(w.t("fees-by-unit"), columns(visit));
    table.empty = w.t("fees-no-units").to_owned();
    let mut all = Sum::default();
    for place in parts {
        let sum = sums.within(&span(sums, *place));
        all.branches += sum.branches;
        all.books += sum.books;
        all.closed += sum.closed;
        all.totals += sum.totals;
    }
    for place in parts.get(page.clone()).unwrap_or_default() {
        let Some(unit) = sums.units.id(*place) else { continue };
        let name = Cell::Link(sums.units.name(unit), href(sums, *place, unit, ask.month));
        table.rows.push(cells(visit, name, sums.within(&span(sums, *place))));
    }
    table.total = Some(cells(visit, Cell::Text(w.t("fees-total").to_owned()), all));
    table.page(visit, &page, parts.len(), "fees-rows");
    table.html(visit)
}

/// Units by months, the share of members that have paid; those first where fewest have.
fn grid(visit: &Visit<'_>, ask: &Ask, sums: &Sums, parts: &[u32]) -> Result<String, Problem> {
    let w = visit.w;
    let months: Vec<Month> = (0..MONTHS).rev().map(|back| ask.month.plus(-back)).collect();
    let grid = Grid::of(visit, sums, &months)?;
    let mut rows: Vec<(u64, HeatRow)> = Vec::new();
    for place in parts {
        let Some(unit) = sums.units.id(*place) else { continue };
        let found = grid.row(&span(sums, *place));
        if found.iter().all(|(_, liable, _)| *liable == 0) {
            continue;
        }
        let cell = |(month, liable, payers): &(Month, i64, i64)| HeatCell {
            value: (*liable > 0).then(|| (*payers as f64) * 100.0 / (*liable as f64)),
            href: Some(href(sums, *place, unit, *month)),
        };
        let (liable, payers) = found.iter().fold((0, 0), |all, (_, liable, payers)| (all.0 + liable, all.1 + payers));
        let share = chibo_kernel::text::number::hundredths(count(payers), count(liable)).unwrap_or(0);
        let row = HeatRow { label: sums.units.name(unit), cells: found.iter().map(cell).collect() };
        rows.push((u64::try_from(share).unwrap_or(0), row));
    }
    if rows.is_empty() {
        return Ok(String::new());
    }
    rows.sort_by_key(|(share, _)| *share);
    let format = |value: f64| w.percent((value * 100.0).round() as u64, 10_000);
    let title = w.t("fees-grid");
    let chart = Heat {
        caption: Caption::new(title, w.t("fees-grid-about"), w.t("fees-no-units")),
        name_column: w.t("fees-unit").to_owned(),
        columns: months.iter().map(|month| month.text()).collect(),
        rows: rows.into_iter().take(GRID).map(|(_, row)| row).collect(),
        range: (60.0, 100.0),
        missing: "–".to_owned(),
        format: &format,
    };
    Ok(Figure { width: "", title, note: w.t("fees-grid-about"), legend: &[] }.html(w, &chart))
}

/// `GET /fees/export.xlsx` with the query of the page: every branch.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    if let Some(unit) = ask.unit {
        visit.permit(Permission::Export, unit)?;
    }
    let sums = Sums::of(visit, ask.month, Permission::Export)?;
    let lines = sums.branches(&sums.units.range(ask.unit));
    let body = sheets::branches(visit, &sums.units, ask.month, &lines)?;
    if let Some(top) = ask.unit.or_else(|| lines.first().map(|line| line.unit)) {
        let detail = serde_json::json!({ "month": ask.month.code(), "rows": lines.len() });
        visit.taken_out(top, "fee-list-exported", &detail)?;
    }
    Ok(Reply::File { name: format!("dang-phi-{}.xlsx", ask.month.code()), kind: XLSX, body })
}
