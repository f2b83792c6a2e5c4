//! The funnel, what is late, admissions of the year against targets.

use std::collections::BTreeMap;

use askama::Template;
use chibo_census::cube::month_code;
use chibo_census::{Codes, Dim, Query};
use chibo_kernel::{AsOf, Day, Id, Permission, Problem, Unit};
use chibo_members::dims::member_standings;
use chibo_organisation::UnitsToday;
use chibo_web::chart::{Bar, Bars, Caption, Figure};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, doubt};

use super::found::stage_word;
use super::{Ask, Found, MENU, probationers, shape};
use crate::rules::{Step, Terms};
use crate::store;

/// Stages of the funnel, in order.
pub(super) const FUNNEL: [Option<Step>; 8] = [
    None,
    Some(Step::Listed),
    Some(Step::Certified),
    Some(Step::Opened),
    Some(Step::BranchVoted),
    Some(Step::CommitteeVoted),
    Some(Step::Decided),
    Some(Step::Admitted),
];

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage<'a> {
    w: Tongue<'a>,
    figures: Vec<(&'a str, String, String)>,
    funnel: String,
    shape: String,
    targets: String,
    notes: String,
}

/// `GET /development?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?.whole();
    let today = visit.today();
    let found = Found::take(visit)?;
    let open = found.fitting(&ask, today);
    let late = Ask { late: true, ..ask.clone() };
    let waiting = probationers(visit, &found.units, ask.unit)?;
    let overdue = waiting.iter().filter(|one| one.by < today).count();
    let probation = |late: &str| {
        let unit = ask.unit.map_or_else(String::new, |unit| unit.to_string());
        format!("/development/probation{}", chibo_web::Pairs::default().with(&[("unit", &unit), ("late", late)]))
    };
    let admitted = admissions(visit, today.year());
    let year = admitted_under(&found.units, &admitted, ask.unit);
    let figures = vec![
        (w.t("development-under-way"), w.n(open.len()), ask.address("/development/candidates")),
        (w.t("development-late"), w.n(found.fitting(&late, today).len()), late.address("/development/candidates")),
        (w.t("development-on-probation"), w.n(waiting.len()), probation("")),
        (w.t("development-probation-late"), w.n(overdue), probation("yes")),
        (w.t("development-admitted-year"), w.n(year), String::new()),
    ];
    let terms = Terms::on(today)?;
    let page = OverviewPage {
        w,
        figures,
        funnel: funnel(visit, &found, &ask),
        shape: format!("{}{}", shape::ageing(visit, &found, &ask), shape::admitted(visit, &ask)?),
        targets: targets(visit, &found, &ask, &admitted)?,
        notes: doubt::card(w.t("development-notes"), &doubt::notes(w, terms.doubtful)),
    };
    visit.page(head(visit, &found, &ask), &page)
}

fn head(visit: &Visit<'_>, found: &Found, ask: &Ask) -> Head {
    let w = visit.w;
    let (title, crumbs) = match ask.unit {
        Some(unit) => {
            let name = found.units.name(unit);
            let crumbs = vec![Crumb::to(w.t("development-title"), "/development"), Crumb::here(name.clone())];
            (w.t1("development-title-of", "unit", name), crumbs)
        }
        None => (w.t("development-title").to_owned(), Vec::new()),
    };
    let mut head = Head::new(title, MENU).crumbs(crumbs);
    head = head.action(w.t("development-list"), ask.address("/development/candidates"), false);
    head = head.action(w.t("development-monthly"), ask.address("/development/monthly"), false);
    head = head.action(w.t("development-probation"), "/development/probation", false);
    if visit.who().may_somewhere(Permission::EditMembers) {
        head = head.action(w.t("development-targets-set"), ask.address("/development/targets"), false);
        head = head.action(w.t("development-new"), ask.address("/development/candidates/new"), true);
    }
    head
}

/// How many stand at each stage.
fn funnel(visit: &Visit<'_>, found: &Found, ask: &Ask) -> String {
    let w = visit.w;
    let bar = |stage: &Option<Step>| {
        let here = Ask { stage: Some(*stage), ..ask.clone() };
        let at = found.fitting(&here, visit.today()).len();
        let label = w.t(stage_word(*stage)).to_owned();
        Bar { label, value: at as f64, href: Some(here.address("/development/candidates")) }
    };
    let number = |value: f64| w.n(value as i64);
    let title = w.t("development-funnel");
    let bars = Bars {
        caption: Caption::new(title, w.t("development-funnel-about"), w.t("development-nobody")),
        columns: [w.t("development-stage").to_owned(), w.t("development-people").to_owned()],
        bars: FUNNEL.iter().map(bar).collect(),
        format: &number,
    };
    Figure { width: "", title, note: "", legend: &[] }.html(w, &bars)
}

/// Admissions of a year the viewer may see, by place of today with everything under it.
fn admissions(visit: &Visit<'_>, year: i32) -> Vec<u32> {
    let mut months = Codes::default();
    let first = Day::from_ymd(year, 1, 1).unwrap_or(visit.today());
    (0..12).for_each(|month| months.insert(month_code(first.plus_months(month))));
    let query = Query {
        allowed: Some(visit.who().ranges(Permission::ViewMembers)),
        members: Some(member_standings()),
        filters: vec![(Dim::AdmittedMonth, months)],
        ..Query::at(AsOf::on(visit.today()))
    };
    visit.house.census.view(visit.today()).headcounts(&query)
}

/// Admissions under a unit, or under everything.
fn admitted_under(units: &UnitsToday, admitted: &[u32], unit: Option<Id<Unit>>) -> u32 {
    let of = |place: u32| admitted.get(place as usize).copied().unwrap_or(0);
    match unit {
        Some(unit) => units.place(unit).map_or(0, of),
        None => (0..units.tree.len()).filter(|place| units.tree.parent(*place).is_none()).map(of).sum(),
    }
}

/// Units that have a target, with what was reached.
fn targets(visit: &Visit<'_>, found: &Found, ask: &Ask, admitted: &[u32]) -> Result<String, Problem> {
    let w = visit.w;
    let year = visit.today().year();
    let mut wanted: BTreeMap<Id<Unit>, u32> = BTreeMap::new();
    for row in visit.read(|tx| store::targets(tx, i64::from(year)))? {
        wanted.insert(row.unit_id, row.wanted);
    }
    let range = found.units.range(ask.unit);
    let mut rows: Vec<(u32, Id<Unit>, u32)> = wanted
        .into_iter()
        .filter_map(|(unit, wanted)| Some((found.units.place(unit)?, unit, wanted)))
        .filter(|(place, ..)| range.contains(place) && found.units.sees(visit, *place))
        .collect();
    rows.sort_unstable_by_key(|(place, ..)| *place);
    let columns = vec![
        Column::new("unit", w.t("development-unit")),
        Column::number("wanted", w.t("development-wanted")),
        Column::number("reached", w.t("development-reached")),
        Column::number("share", w.t("development-share")),
        Column::new("state", w.t("development-state")),
    ];
    let mut table = Table::new(w.t1("development-targets-of", "year", year), columns);
    table.empty = w.t("development-no-targets").to_owned();
    for (_, unit, wanted) in rows {
        let reached = admitted_under(&found.units, admitted, Some(unit));
        let state = if reached >= wanted { ("development-met", "ok") } else { ("development-open", "gold") };
        let here = Ask { unit: Some(unit), ..ask.whole() };
        table.rows.push(vec![
            Cell::Link(found.units.name(unit), here.address("/development")),
            Cell::Text(w.n(wanted)),
            Cell::Text(w.n(reached)),
            Cell::Text(w.percent(u64::from(reached), u64::from(wanted))),
            Cell::Tag(w.t(state.0).to_owned(), state.1),
        ]);
    }
    Ok(table.html(visit))
}
