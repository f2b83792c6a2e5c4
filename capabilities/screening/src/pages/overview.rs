//! Flags by group, campaigns, the last look.

use std::collections::HashSet;

use askama::Template;
use chibo_kernel::{Id, Permission, Problem, Said, Unit};
use chibo_store::jobs;
use chibo_web::chart::{Bar, Bars, Caption, Figure};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Form, Head, Reply, Table, Visit};

use super::flags::address;
use super::{Found, MENU, notes_card};
use crate::actions;
use crate::jobs::{LOOK, Order};
use crate::rules::{Counts, FLAG_RULES, Figure as Count, group_word};
use crate::store::{self, CampaignRow, RunRow};

/// Campaigns on one page: each is counted.
const CAMPAIGNS: usize = 40;

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage<'a> {
    w: Tongue<'a>,
    last: String,
    run: String,
    figures: Vec<(&'a str, String, String)>,
    groups: String,
    campaigns: String,
    notes: String,
}

/// `GET /screening`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let found = Found::take(visit)?;
    let (last, campaigns) = visit.read(|tx| Ok((store::last_run(tx)?, store::campaigns(tx)?)))?;
    let people: HashSet<_> = found.lines.iter().map(|line| line.flag.person).collect();
    let by_hand = found.lines.iter().filter(|line| line.flag.ground.is_some()).count();
    let page = OverviewPage {
        w,
        last: told(w, last.as_ref()),
        run: match top(visit, &found) {
            Some(_) => Form::new("/screening/runs", w.t("screening-run"), Vec::new()).html(visit),
            None => String::new(),
        },
        figures: vec![
            (w.t("screening-flagged-members"), w.n(people.len()), "/screening/flags".to_owned()),
            (w.t("screening-flags"), w.n(found.lines.len()), "/screening/flags".to_owned()),
            (w.t("screening-by-hand"), w.n(by_hand), String::new()),
        ],
        groups: by_group(visit, &found),
        campaigns: campaign_table(visit, &found, &campaigns)?,
        notes: notes_card(visit)?,
    };
    let mut head = Head::new(w.t("screening-title"), MENU).action(w.t("screening-flags"), "/screening/flags", false);
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("screening-export"), "/screening/flags.xlsx", false);
    }
    head = head.action(w.t("screening-campaign-new"), "/screening/campaigns/new", true);
    visit.page(head, &page)
}

fn told(w: Tongue<'_>, run: Option<&RunRow>) -> String {
    let Some(run) = run else { return w.t("screening-never").to_owned() };
    let args = [
        ("when", w.moment(run.run_at)),
        ("signals", w.n(run.signals)),
        ("found", w.n(run.found)),
        ("closed", w.n(run.closed)),
    ];
    w.with("screening-last", &args)
}

/// The unit a look is ordered for: the highest where the viewer edits members.
fn top(visit: &Visit<'_>, found: &Found) -> Option<Id<Unit>> {
    let first = visit.who().ranges(Permission::EditMembers).into_iter().map(|range| range.start).min()?;
    found.units.id(first)
}

fn by_group(visit: &Visit<'_>, found: &Found) -> String {
    let w = visit.w;
    let bar = |rule: &str| {
        let people: HashSet<_> =
            found.lines.iter().filter(|line| line.flag.rule == rule).map(|line| line.flag.person).collect();
        let label = w.t(group_word(rule)).to_owned();
        Bar { label, value: people.len() as f64, href: Some(address("/screening/flags", None, rule)) }
    };
    let number = |value: f64| w.n(value as i64);
    let title = w.t("screening-by-group");
    let bars = Bars {
        caption: Caption::new(title, w.t("screening-by-group-about"), w.t("screening-no-flags")),
        columns: [w.t("screening-group").to_owned(), w.t("screening-members").to_owned()],
        bars: FLAG_RULES.map(bar).into(),
        format: &number,
    };
    Figure { width: "", title, note: "", legend: &[] }.html(w, &bars)
}

/// Campaigns in which the viewer edits members somewhere.
fn campaign_table(visit: &Visit<'_>, found: &Found, rows: &[CampaignRow]) -> Result<String, Problem> {
    let w = visit.w;
    let allowed = visit.who().ranges(Permission::EditMembers);
    let columns = vec![
        Column::new("campaign", w.t("screening-campaign")),
        Column::new("unit", w.t("screening-unit")),
        Column::new("plan", w.t("screening-plan-by")),
        Column::new("lists", w.t("screening-lists-by")),
        Column::number("screened", w.t("screening-figure-screened")),
        Column::number("helping", w.t("screening-state-helping")),
        Column::number("proposed", w.t("screening-figure-proposed")),
    ];
    let mut table = Table::new(w.t("screening-campaigns"), columns);
    table.empty = w.t("screening-no-campaigns").to_owned();
    let seen = |row: &&CampaignRow| {
        let whole = found.units.range(Some(row.unit_id));
        allowed.iter().any(|range| range.start < whole.end && whole.start < range.end)
    };
    let rows: Vec<_> = rows.iter().filter(seen).collect();
    let page = visit.rows(rows.len(), CAMPAIGNS);
    for row in rows.get(page.clone()).unwrap_or_default() {
        let whole = found.units.range(Some(row.unit_id));
        let inside = |unit: Id<Unit>| {
            let place = found.units.place(unit).filter(|place| whole.contains(place));
            place.is_some_and(|place| allowed.iter().any(|range| range.contains(&place)))
        };
        let counts: Counts = visit.read(|tx| actions::count(tx, row.campaign_id, &inside))?;
        let late = row.lists_by < visit.today();
        let lists = w.day(row.lists_by);
        table.rows.push(vec![
            Cell::Link(
                w.t1("screening-campaign-of", "year", row.year),
                format!("/screening/campaigns/{}", row.campaign_id),
            ),
            Cell::Text(found.units.name(row.unit_id)),
            Cell::Text(w.day(row.plan_by)),
            if late { Cell::Tag(lists, "warn") } else { Cell::Text(lists) },
            Cell::Text(w.n(counts.of(Count::Screened))),
            Cell::Text(w.n(counts.of(Count::Helping))),
            Cell::Text(w.n(counts.of(Count::Proposed))),
        ]);
    }
    table.page(visit, &page, rows.len(), "screening-rows");
    Ok(table.html(visit))
}

/// `POST /screening/runs`: looks now, unless a look is under way.
pub(super) fn order(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = Found::take(visit)?;
    let unit = top(visit, &found).ok_or(Problem::Denied)?;
    // The nightly run waits for its night; it is no reason to wait now.
    let now = |job: &jobs::JobRow| {
        let nightly = serde_json::from_str::<Order>(&job.payload).is_ok_and(|order| order.by.is_empty());
        job.kind == LOOK && (job.state == "running" || (job.state == "waiting" && !nightly))
    };
    if visit.read(|tx| jobs::newest(tx, 500))?.iter().any(now) {
        return Err(Problem::Conflict(Said::new("screening-runs-already")));
    }
    visit.write(|op| actions::order(op, unit))?;
    Ok(Reply::done("/screening", "saved"))
}
