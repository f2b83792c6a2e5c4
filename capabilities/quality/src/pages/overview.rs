//! How good the records are: by degree, check and unit, the trend, campaigns.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use chibo_kernel::{Id, Permission, Problem, Said, Unit};
use chibo_store::jobs;
use chibo_web::chart::{Bar, Bars, Caption, Figure};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Form, Head, Reply, Table, Visit};

use super::{Ask, Found, Line, MENU};
use crate::actions;
use crate::rules::{CHECKS, Degree};
use crate::store::{self, CampaignRow, RunRow};

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage<'a> {
    w: Tongue<'a>,
    last: String,
    run: String,
    figures: Vec<(&'a str, String, String)>,
    checks: String,
    parts: String,
    campaigns: String,
}

/// Key of the word for a degree.
pub(super) const fn degree_word(degree: Degree) -> &'static str {
    match degree {
        Degree::Error => "quality-errors",
        Degree::Doubt => "quality-doubts",
        Degree::Gap => "quality-gaps",
    }
}

/// Its colour; it never speaks alone.
pub(super) const fn colour(degree: Degree) -> &'static str {
    match degree {
        Degree::Error => "bad",
        Degree::Doubt => "warn",
        Degree::Gap => "",
    }
}

/// `GET /quality?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask { check: None, degree: None, owner: None, ..Ask::read(visit)? };
    let found = Found::take(visit)?;
    let lines = found.fitting(ask);
    let (runs, counts, campaigns) = visit.read(|tx| {
        let runs = store::runs(tx, 2)?;
        let before = match runs.get(1) {
            Some(run) => store::counts(tx, run.run_at)?,
            None => Vec::new(),
        };
        Ok((runs, before, store::campaigns(tx)?))
    })?;
    let before: HashMap<String, i64> = counts.into_iter().map(|row| (row.code, row.count)).collect();
    let figure = |degree: Degree| {
        let count = lines.iter().filter(|line| line.check.degree == degree).count();
        let here = Ask { degree: Some(degree), ..ask };
        (w.t(degree_word(degree)), w.n(count), here.address("/quality/list"))
    };
    let page = OverviewPage {
        w,
        last: last(w, runs.first()),
        run: run_button(visit, &found),
        figures: Degree::ALL.map(figure).into(),
        checks: by_check(visit, ask, &lines, &before),
        parts: by_part(visit, &found, ask),
        campaigns: campaign_table(visit, &found, &campaigns),
    };
    visit.page(head(visit, &found, ask), &page)
}

pub(super) fn size(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn last(w: Tongue<'_>, run: Option<&RunRow>) -> String {
    match run {
        None => w.t("quality-never").to_owned(),
        Some(run) => w.with(
            "quality-last",
            &[
                ("when", w.moment(run.run_at)),
                ("members", w.n(run.members)),
                ("found", w.n(run.found)),
                ("closed", w.n(run.closed)),
            ],
        ),
    }
}

/// The unit a run is ordered for: the highest the viewer may edit in.
fn top(visit: &Visit<'_>, found: &Found) -> Option<Id<Unit>> {
    let mut places = 0..found.units.tree.len();
    let edits =
        |place: &u32| found.units.id(*place).is_some_and(|unit| visit.permit(Permission::EditMembers, unit).is_ok());
    places.find(edits).and_then(|place| found.units.id(place))
}

fn run_button(visit: &Visit<'_>, found: &Found) -> String {
    if top(visit, found).is_none() {
        return String::new();
    }
    Form::new("/quality/runs", visit.w.t("quality-run"), Vec::new()).html(visit)
}

fn head(visit: &Visit<'_>, found: &Found, ask: Ask) -> Head {
    let w = visit.w;
    let (title, crumbs) = match ask.unit {
        Some(unit) => {
            let name = found.units.name(unit);
            let crumbs = vec![Crumb::to(w.t("quality-title"), "/quality"), Crumb::here(name.clone())];
            (w.t1("quality-title-of", "unit", name), crumbs)
        }
        None => (w.t("quality-title").to_owned(), Vec::new()),
    };
    let mut head = Head::new(title, MENU)
        .crumbs(crumbs)
        .action(w.t("quality-list"), ask.address("/quality/list"), false)
        .action(w.t("quality-trend-title"), ask.address("/quality/trend"), false);
    if visit.who().may_somewhere(Permission::EditMembers) {
        head = head.action(w.t("quality-doubles"), "/quality/doubles", false);
    }
    if visit.who().may_somewhere(Permission::Import) {
        head = head.action(w.t("quality-reconcile"), "/quality/reconciliations", false);
    }
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("quality-export"), ask.address("/quality/export.xlsx"), false);
    }
    if top(visit, found).is_some() {
        head = head.action(w.t("quality-campaign-new"), ask.address("/quality/campaigns/new"), true);
    }
    head
}

/// Every check that finds something, with what to do and how it was in the run before.
fn by_check(visit: &Visit<'_>, ask: Ask, lines: &[&Line], before: &HashMap<String, i64>) -> String {
    let w = visit.w;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    lines.iter().for_each(|line| *counts.entry(line.check.code).or_default() += 1);
    let mut columns = vec![
        Column::new("check", w.t("quality-check")),
        Column::new("degree", w.t("quality-degree")),
        Column::number("count", w.t("quality-count")),
    ];
    // The run before counted the whole register: only beside all of it does a difference say something.
    let whole = ask.unit.is_none() && !before.is_empty();
    if whole {
        columns.push(Column::number("trend", w.t("quality-trend")));
    }
    columns.push(Column::new("owner", w.t("quality-owner")));
    columns.push(Column::new("rule", w.t("quality-rule")));
    columns.push(Column::sentences("mend", w.t("quality-mend")));
    let mut table = Table::new(w.t("quality-by-check"), columns);
    table.empty = w.t("quality-nothing").to_owned();
    for check in CHECKS {
        let Some(count) = counts.get(check.code) else { continue };
        let href = Ask { check: Some(check), ..ask }.address("/quality/list");
        let mut row = vec![
            Cell::Text(w.t(check.title).to_owned()),
            Cell::Tag(w.t(degree_word(check.degree)).to_owned(), colour(check.degree)),
            Cell::Link(w.n(*count), href),
        ];
        if whole {
            let change = size(*count) - before.get(check.code).copied().unwrap_or(0);
            row.push(Cell::Text(if change > 0 { format!("+{}", w.n(change)) } else { w.n(change) }));
        }
        row.push(Cell::Text(w.t(check.owner.word()).to_owned()));
        row.push(Cell::Text(check.rule.to_owned()));
        row.push(Cell::Text(w.t(check.mend).to_owned()));
        table.rows.push(row);
    }
    table.html(visit)
}

/// Errors by the units below.
fn by_part(visit: &Visit<'_>, found: &Found, ask: Ask) -> String {
    let w = visit.w;
    let mut parts: Vec<(usize, u32)> = Vec::new();
    for part in found.units.parts(visit, ask.unit) {
        let range = part..found.units.tree.end(part);
        let count = found.lines.iter().filter(|line| line.check.degree == Degree::Error && range.contains(&line.place));
        parts.push((count.count(), part));
    }
    parts.retain(|(count, _)| *count > 0);
    parts.sort_by_key(|(count, place)| (std::cmp::Reverse(*count), *place));
    if parts.is_empty() {
        return String::new();
    }
    let bar = |(count, place): &(usize, u32)| {
        let unit = found.units.id(*place);
        Bar {
            label: unit.map_or_else(String::new, |unit| found.units.name(unit)),
            value: *count as f64,
            href: Some(Ask { unit, ..ask }.address("/quality")),
        }
    };
    let number = |value: f64| w.n(value as i64);
    let title = w.t("quality-by-unit");
    let bars = Bars {
        caption: Caption::new(title, w.t("quality-by-unit-about"), w.t("quality-nothing")),
        columns: [w.t("quality-unit").to_owned(), w.t("quality-errors").to_owned()],
        bars: parts.iter().take(20).map(bar).collect(),
        format: &number,
    };
    Figure { width: "", title, note: "", legend: &[] }.html(w, &bars)
}

/// Campaigns in sight: what was open when they began and what is now.
fn campaign_table(visit: &Visit<'_>, found: &Found, rows: &[CampaignRow]) -> String {
    let w = visit.w;
    let seen: Vec<_> = rows.iter().filter(|row| visit.permit(Permission::ViewMembers, row.unit_id).is_ok()).collect();
    if seen.is_empty() {
        return String::new();
    }
    let columns = vec![
        Column::new("title", w.t("quality-campaign")),
        Column::new("unit", w.t("quality-unit")),
        Column::new("days", w.t("quality-campaign-time")),
        Column::number("opened", w.t("quality-campaign-opened")),
        Column::number("left", w.t("quality-campaign-left")),
        Column::new("state", w.t("quality-campaign-state")),
    ];
    let mut table = Table::new(w.t("quality-campaigns"), columns);
    for row in seen {
        let ask = Ask { unit: Some(row.unit_id), check: None, degree: None, owner: None };
        let left = found.fitting(ask).len();
        let state = match (left, row.ends_on < visit.today(), row.starts_on > visit.today()) {
            (0, ..) => Cell::Tag(w.t("quality-campaign-clean").to_owned(), "ok"),
            (_, true, _) => Cell::Tag(w.t("quality-campaign-over").to_owned(), "bad"),
            (_, _, true) => Cell::Tag(w.t("quality-campaign-to-come").to_owned(), ""),
            _ => Cell::Tag(w.t("quality-campaign-running").to_owned(), "gold"),
        };
        table.rows.push(vec![
            Cell::Link(row.title.clone(), format!("/quality/campaigns/{}", row.campaign_id)),
            Cell::Text(found.units.name(row.unit_id)),
            Cell::Text(format!("{} – {}", w.day(row.starts_on), w.day(row.ends_on))),
            Cell::Text(w.n(row.opened)),
            Cell::Link(w.n(left), ask.address("/quality/list")),
            state,
        ]);
    }
    table.html(visit)
}

/// `POST /quality/runs`: asks for a run, unless one waits already.
pub(super) fn order(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = Found::take(visit)?;
    let unit = top(visit, &found).ok_or(Problem::Denied)?;
    let by_kind: BTreeMap<String, usize> = visit.read(|tx| {
        let mut open = BTreeMap::new();
        for job in jobs::newest(tx, 500)?.into_iter().filter(|job| job.state == "running" || job.state == "waiting") {
            // The nightly run waits for its night; it is no reason to wait now.
            let nightly =
                serde_json::from_str::<crate::jobs::Order>(&job.payload).is_ok_and(|order| order.by.is_empty());
            *open.entry(job.kind).or_insert(0) += usize::from(!nightly || job.state == "running");
        }
        Ok(open)
    })?;
    if by_kind.get(crate::jobs::CHECK).is_some_and(|open| *open > 0) {
        return Err(Problem::Conflict(Said::new("quality-runs-already")));
    }
    visit.write(|op| actions::order(op, unit))?;
    Ok(Reply::done("/quality", "saved"))
}
