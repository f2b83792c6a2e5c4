//! What follows from a plan, as tables.

use std::collections::{BTreeMap, BTreeSet};

use chibo_kernel::{Id, Problem, Unit};
use chibo_web::table::Column;
use chibo_web::{Cell, Table, Visit, duties_of};

use super::Bench;
use crate::rules::{Flow, Impact};

/// Lines of a table shown; the workbook has all.
const ROWS: usize = 200;

/// What follows, ready to be shown.
pub(super) struct Consequences<'a> {
    /// On which day members were counted.
    pub counted: String,
    /// Title, number, small print.
    pub figures: Vec<(&'a str, String, String)>,
    /// Headcounts before and after.
    pub agree: String,
    /// Whether they agree.
    pub agree_tag: &'a str,
    /// Its colour.
    pub agree_class: &'static str,
    /// Who goes where.
    pub flows: String,
    /// Rules newly broken.
    pub alarms: String,
    /// Duties that go along.
    pub duties: String,
}

/// Reckons and shows what follows.
pub(super) fn of<'a>(visit: &Visit<'a>, bench: &Bench) -> Result<Consequences<'a>, Problem> {
    let w = visit.w;
    let impact = bench.impact(visit)?;
    let count = |number: usize| w.n(i64::try_from(number).unwrap_or(i64::MAX));
    let (was, is) = impact.heads;
    let agree = was == is + impact.undecided();
    let figures = vec![
        (w.t("plans-opened"), count(impact.opened.len()), String::new()),
        (w.t("plans-closed"), count(impact.closed.len()), String::new()),
        (w.t("plans-carried"), count(bench.compiled.carried.len()), w.t("plans-carried-hint").to_owned()),
        (w.t("plans-moved"), w.n(impact.moved()), String::new()),
        (w.t("plans-without-target"), w.n(impact.undecided()), String::new()),
        (w.t("plans-seats-ended"), w.n(impact.seats_ended), String::new()),
        (w.t("plans-vacancies"), count(impact.opened.len()), w.t("plans-vacancies-hint").to_owned()),
        (
            w.t("plans-alarms-new"),
            count(impact.alarms.len()),
            w.t1("plans-alarms-mended", "count", count(impact.mended)),
        ),
    ];
    Ok(Consequences {
        counted: w.t1("plans-counted-on", "day", w.day(bench.counted_on(visit))),
        figures,
        agree: w.t2("plans-heads", ("before", w.n(was)), ("after", w.n(is))),
        agree_tag: w.t(if agree && impact.undecided() == 0 { "plans-heads-agree" } else { "plans-heads-differ" }),
        agree_class: if agree && impact.undecided() == 0 { "ok" } else { "bad" },
        flows: flows(visit, bench, &impact),
        alarms: alarms(visit, bench, &impact),
        duties: duties(visit, &impact)?,
    })
}

/// How a target came about.
pub(super) const fn ground(flow: &Flow) -> &'static str {
    match (flow.into, flow.listed) {
        (None, _) => "plans-by-nobody",
        (Some(_), true) => "plans-by-name",
        (Some(_), false) => "plans-by-line",
    }
}

fn flows(visit: &Visit<'_>, bench: &Bench, impact: &Impact) -> String {
    if impact.flows.is_empty() {
        return String::new();
    }
    let w = visit.w;
    let columns = vec![
        Column::new("from", w.t("plans-from")),
        Column::new("into", w.t("plans-into")),
        Column::number("all", w.t("plans-members")),
        Column::number("official", w.t("plans-official")),
        Column::new("by", w.t("plans-by")),
    ];
    let mut table = Table::new(w.t("plans-flows"), columns);
    for flow in impact.flows.iter().take(ROWS) {
        let (from, above) = (bench.name(visit, flow.from), bench.above(visit, flow.from));
        let href = bench.address(&format!("/members?unit={}", flow.from));
        let into =
            flow.into.map_or_else(|| w.t("plans-nobody-decided").to_owned(), |into| bench.full_name(visit, into));
        let by = Cell::Tag(w.t(ground(flow)).to_owned(), if flow.into.is_none() { "bad" } else { "" });
        let (all, official) = (w.n(flow.heads.all), w.n(flow.heads.official));
        table.rows.push(vec![
            Cell::LinkWith(from, href, above),
            Cell::Text(into),
            Cell::Text(all),
            Cell::Text(official),
            by,
        ]);
    }
    table.position = shown(visit, impact.flows.len());
    table.html(visit)
}

/// "First … of …" when not everything is shown.
fn shown(visit: &Visit<'_>, all: usize) -> String {
    let w = visit.w;
    let count = |number: usize| w.n(i64::try_from(number).unwrap_or(i64::MAX));
    if all > ROWS { w.t2("plans-first-of", ("shown", count(ROWS)), ("all", count(all))) } else { String::new() }
}

fn alarms(visit: &Visit<'_>, bench: &Bench, impact: &Impact) -> String {
    if impact.alarms.is_empty() {
        return String::new();
    }
    let w = visit.w;
    let columns = vec![
        Column::new("unit", w.t("plans-line-unit")),
        Column::new("rule", w.t("plans-rule")),
        Column::sentences("reason", w.t("plans-why")),
        Column::sentences("mend", w.t("plans-what-to-do")),
    ];
    let mut table = Table::new(w.t("plans-alarms"), columns);
    for (unit, breach) in impact.alarms.iter().take(ROWS) {
        let source = if breach.source.is_empty() { breach.instrument } else { breach.source };
        let name = Cell::Text(bench.full_name(visit, *unit));
        let (reason, mend) = (format!("{} ({source})", w.said(&breach.reason)), w.said(&breach.mend));
        table.rows.push(vec![name, Cell::Text(breach.rule.to_owned()), Cell::Text(reason), Cell::Text(mend)]);
    }
    table.position = shown(visit, impact.alarms.len());
    table.html(visit)
}

/// Duties open on units that end: somebody else will have them.
fn duties(visit: &Visit<'_>, impact: &Impact) -> Result<String, Problem> {
    let w = visit.w;
    let closed: BTreeSet<Id<Unit>> = impact.closed.iter().copied().collect();
    let mut open: BTreeMap<&str, i64> = BTreeMap::new();
    for (source, duty) in duties_of(visit)? {
        if closed.contains(&duty.unit) {
            *open.entry(source.title).or_default() += 1;
        }
    }
    if open.is_empty() {
        return Ok(String::new());
    }
    let columns = vec![Column::new("sort", w.t("plans-duty-sort")), Column::number("count", w.t("plans-duty-count"))];
    let mut table = Table::new(w.t("plans-duties-moved"), columns);
    table.rows = open
        .into_iter()
        .map(|(title, count)| vec![Cell::Text(w.t(title).to_owned()), Cell::Text(w.n(count))])
        .collect();
    Ok(table.html(visit))
}
