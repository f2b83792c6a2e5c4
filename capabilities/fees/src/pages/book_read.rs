//! A book to be read: its totals, lines and versions.

use chibo_kernel::Problem;
use chibo_web::table::Column;
use chibo_web::{Cell, Table, Visit};

use super::book::Loaded;
use crate::rules::{Line, State, Totals};
use crate::store;

/// The totals.
pub(super) fn figures<'a>(visit: &Visit<'a>, totals: &Totals) -> Vec<(&'a str, String)> {
    let w = visit.w;
    vec![
        (w.t("fees-due"), w.n(totals.due)),
        (w.t("fees-collected"), w.n(totals.collected)),
        (w.t("fees-back"), w.n(totals.back)),
        (w.t("fees-ahead-sum"), w.n(totals.ahead)),
        (w.t("fees-extra"), w.n(totals.extra)),
        (w.t("fees-payers"), w.t2("fees-of", ("part", w.n(totals.payers)), ("all", w.n(totals.liable)))),
        (w.t("fees-silent"), w.n(totals.silent())),
    ]
}

/// Colour of a state.
pub(super) const fn colour(state: State) -> &'static str {
    match state {
        State::Paid | State::Before => "ok",
        State::Unpaid => "bad",
        State::Exempt => "gold",
        State::Unknown => "warn",
    }
}

/// How a line is told: way, receipt, reason, note.
pub(super) fn told(visit: &Visit<'_>, line: &Line) -> String {
    let w = visit.w;
    let mut more: Vec<String> = Vec::new();
    more.extend(line.way.map(|way| w.t(way.word()).to_owned()));
    if !line.receipt.is_empty() {
        more.push(w.t1("fees-receipt-no", "number", &line.receipt));
    }
    more.extend(line.reason.map(|reason| w.t(reason.word()).to_owned()));
    if !line.note.is_empty() {
        more.push(line.note.clone());
    }
    more.join(" · ")
}

/// The lines, in the order of the members.
pub(super) fn lines(visit: &Visit<'_>, loaded: &Loaded) -> String {
    let w = visit.w;
    if loaded.book.lines.is_empty() {
        return format!("<p class=\"note\">{}</p>", w.t("fees-only-totals"));
    }
    let columns = vec![
        Column::new("name", w.t("fees-member")),
        Column::new("month", w.t("fees-for-month")),
        Column::new("state", w.t("fees-state")),
        Column::number("due", w.t("fees-due-column")),
        Column::number("amount", w.t("fees-amount")),
        Column::new("more", w.t("fees-more")),
    ];
    let mut table = Table::new(w.t("fees-book"), columns);
    for (name, line) in named(visit, loaded) {
        table.rows.push(vec![
            Cell::Link(name, format!("/fees/members/{}", line.person)),
            Cell::Text(line.month.text()),
            Cell::Tag(w.t(line.state.word()).to_owned(), colour(line.state)),
            Cell::Text(w.n(line.due)),
            Cell::Text(w.n(line.amount)),
            Cell::Text(told(visit, line)),
        ]);
    }
    let sum = |amount: fn(&Line) -> i64| Cell::Text(w.n(loaded.book.lines.iter().map(amount).sum::<i64>()));
    let none = || Cell::Text(String::new());
    let total = Cell::Text(w.t("fees-total").to_owned());
    table.total = Some(vec![total, none(), none(), sum(|line| line.due), sum(|line| line.amount), none()]);
    table.html(visit)
}

/// The lines with names: the members in their order, then by month.
pub(super) fn named<'l>(visit: &Visit<'_>, loaded: &'l Loaded) -> Vec<(String, &'l Line)> {
    let order = |line: &Line| loaded.book.rows.iter().position(|row| row.expected.person == line.person);
    let view = visit.house.census.view(visit.today());
    let mut all: Vec<(usize, &Line)> =
        loaded.book.lines.iter().map(|line| (order(line).unwrap_or(usize::MAX), line)).collect();
    all.sort_by_key(|(at, line)| (*at, line.person, line.month));
    let name = |line: &Line| view.name_of(line.person).unwrap_or_default();
    all.into_iter().map(|(_, line)| (name(line), line)).collect()
}

/// Earlier versions, the newest first; nothing when there is only one.
pub(super) fn versions(visit: &Visit<'_>, loaded: &Loaded) -> Result<String, Problem> {
    let rows = visit.read(|tx| store::versions(tx, loaded.unit, loaded.month.0))?;
    if rows.len() < 2 {
        return Ok(String::new());
    }
    let w = visit.w;
    let columns = vec![
        Column::number("version", w.t("fees-version")),
        Column::new("state", w.t("fees-state")),
        Column::number("collected", w.t("fees-collected")),
        Column::number("payers", w.t("fees-payers")),
        Column::sentences("reason", w.t("fees-correction")),
        Column::new("who", w.t("fees-written")),
    ];
    let mut table = Table::new(w.t("fees-versions"), columns);
    for row in rows {
        let state = if row.closed { w.t("fees-state-closed") } else { w.t("fees-state-open") };
        table.rows.push(vec![
            Cell::Text(w.n(row.version)),
            Cell::Text(state.to_owned()),
            Cell::Text(w.n(row.collected)),
            Cell::Text(w.t2("fees-of", ("part", w.n(row.payers)), ("all", w.n(row.liable)))),
            Cell::Text(row.reason),
            Cell::Text(w.t2("fees-written-by", ("who", &row.recorded_by), ("when", w.moment(row.recorded_at)))),
        ]);
    }
    Ok(table.html(visit))
}
