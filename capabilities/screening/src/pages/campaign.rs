//! A campaign: its calendar, figures by unit down to the branch, reports; of a branch its members.

use askama::Template;
use chibo_kernel::{Id, Issue, Permission, Problem, Unit};
use chibo_organisation::kinds::Kind;
use chibo_web::chart::{Bar, Bars, Caption, Figure};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Form, Head, Reply, Table, Visit};

use super::{Board, MENU, branch, exported, notes_card};
use crate::rules::{Counts, FIGURES, Figure as Count};
use crate::sheets;
use crate::store;

#[derive(Template)]
#[template(path = "campaign.html")]
struct CampaignPage<'a> {
    facts: Vec<(&'a str, String)>,
    figures: Vec<(&'a str, String, String)>,
    branch: String,
    parts: String,
    chart: String,
    reports: String,
    notes: String,
}

/// A unit below with its numbers.
pub(crate) struct Part {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its name.
    pub name: String,
    /// Members today.
    pub members: i64,
    /// With flags that wait.
    pub waiting: i64,
    /// Figures.
    pub counts: Counts,
}

/// `GET /screening/campaigns/{id}?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let board = Board::take(visit)?;
    page(visit, &board, None)
}

/// What stands below the unit looked at, with numbers; only what the viewer may see of it.
pub(super) fn parts(visit: &Visit<'_>, board: &Board) -> Vec<Part> {
    let units = board.units();
    let allowed = visit.who().ranges(Permission::EditMembers);
    let may = |place: &u32| allowed.iter().any(|range| range.contains(place));
    let part = |place: u32| {
        let unit = units.id(place)?;
        let range = place..units.tree.end(place);
        let (counts, waiting) = (board.counts(&range), board.waiting(&range));
        Some(Part { unit, name: units.name(unit), members: board.members(place), waiting, counts })
    };
    units.tree.children(board.range.start).filter(may).filter_map(part).collect()
}

/// Whether the unit looked at is a branch with members of its own.
fn is_branch(board: &Board) -> bool {
    let kind = Kind::from_number(board.units().tree.kind(board.range.start));
    kind.is_some_and(Kind::holds_members)
}

pub(super) fn page(
    visit: &Visit<'_>,
    board: &Board,
    refused: Option<(&'static str, u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(_, status, _)| *status);
    let counts = board.counts(&board.range);
    let parts = parts(visit, board);
    let figure =
        |count: Count| (w.t(count.word()), w.n(counts.of(count)), board.address("/members", board.unit, count.code()));
    let mut figures = vec![
        (w.t("screening-members"), w.n(board.members(board.range.start)), String::new()),
        (
            w.t("screening-figure-waiting"),
            w.n(board.waiting(&board.range)),
            board.address("/members", board.unit, super::list::WAITING),
        ),
    ];
    figures.extend(FIGURES.into_iter().filter(|figure| !matches!(figure, Count::Group(_))).map(figure));
    let branch = if is_branch(board) { branch::section(visit, board, refused)? } else { String::new() };
    let page = CampaignPage {
        facts: vec![
            (w.t("screening-unit"), board.units().name(board.row.unit_id)),
            (w.t("screening-plan-number"), board.row.number.clone()),
            (w.t("screening-opens"), w.day(board.row.opens_on)),
            (w.t("screening-plan-by"), w.day(board.row.plan_by)),
            (w.t("screening-lists-by"), w.day(board.row.lists_by)),
            (w.t("screening-recorded-by"), format!("{}, {}", board.row.recorded_by, w.moment(board.row.recorded_at))),
        ],
        figures,
        branch,
        parts: part_table(visit, board, &parts),
        chart: chart(visit, board, &counts),
        reports: reports(visit, board)?,
        notes: notes_card(visit)?,
    };
    visit.page_with(status, head(visit, board).with_error(status != 200), &page)
}

/// Titles and ways up.
pub(super) fn head(visit: &Visit<'_>, board: &Board) -> Head {
    let w = visit.w;
    let title = w.t1("screening-campaign-of", "year", board.row.year);
    let top = format!("/screening/campaigns/{}", board.row.campaign_id);
    let mut crumbs = vec![Crumb::to(w.t("screening-title"), "/screening"), Crumb::to(title.clone(), top)];
    let units = board.units();
    let allowed = visit.who().ranges(Permission::EditMembers);
    let whole = units.range(Some(board.row.unit_id));
    for place in units.tree.path(board.range.start) {
        let seen = whole.contains(&place) && allowed.iter().any(|range| range.contains(&place));
        if let Some(unit) = units.id(place).filter(|unit| seen && *unit != board.unit) {
            crumbs.push(Crumb::to(units.name(unit), board.address("", unit, "")));
        }
    }
    let name = units.name(board.unit);
    crumbs.push(Crumb::here(name.clone()));
    let mut head = Head::new(format!("{title}: {name}"), MENU).crumbs(crumbs);
    if visit.permit(Permission::Export, board.unit).is_ok() {
        head = head.action(w.t("screening-export"), board.address("/export.xlsx", board.unit, ""), false);
    }
    head
}

/// The columns of figures by unit.
pub(crate) const SHOWN: [Count; 7] = [
    Count::Screened,
    Count::Cleared,
    Count::Helping,
    Count::Proposed,
    Count::StruckOff,
    Count::Cancelled,
    Count::Returned,
];

fn part_table(visit: &Visit<'_>, board: &Board, parts: &[Part]) -> String {
    let w = visit.w;
    if parts.is_empty() {
        return String::new();
    }
    let mut columns = vec![
        Column::new("unit", w.t("screening-unit")),
        Column::number("members", w.t("screening-members")),
        Column::number("waiting", w.t("screening-figure-waiting")),
    ];
    columns.extend(SHOWN.map(|figure| Column::number(figure.code(), w.t(figure.word()))));
    let mut table = Table::new(w.t("screening-by-unit"), columns);
    let page = visit.rows(parts.len(), 200);
    for part in parts.get(page.clone()).unwrap_or_default() {
        let open = |count: i64, figure: &str| match count {
            0 => Cell::Text(w.n(0)),
            count => Cell::Link(w.n(count), board.address("/members", part.unit, figure)),
        };
        let mut row = vec![
            Cell::Link(part.name.clone(), board.address("", part.unit, "")),
            Cell::Text(w.n(part.members)),
            open(part.waiting, super::list::WAITING),
        ];
        row.extend(SHOWN.map(|figure| open(part.counts.of(figure), figure.code())));
        table.rows.push(row);
    }
    table.page(visit, &page, parts.len(), "screening-rows");
    table.html(visit)
}

fn chart(visit: &Visit<'_>, board: &Board, counts: &Counts) -> String {
    let w = visit.w;
    let groups = FIGURES.into_iter().filter(|figure| matches!(figure, Count::Group(_)));
    let bar = |figure: Count| Bar {
        label: w.t(figure.word()).to_owned(),
        value: counts.of(figure) as f64,
        href: Some(board.address("/members", board.unit, figure.code())),
    };
    let number = |value: f64| w.n(value as i64);
    let title = w.t("screening-assessed-groups");
    let bars = Bars {
        caption: Caption::new(title, w.t("screening-assessed-groups-about"), w.t("screening-nobody")),
        columns: [w.t("screening-group").to_owned(), w.t("screening-members").to_owned()],
        bars: groups.map(bar).collect(),
        format: &number,
    };
    Figure { width: "", title, note: "", legend: &[] }.html(w, &bars)
}

fn reports(visit: &Visit<'_>, board: &Board) -> Result<String, Problem> {
    let w: Tongue<'_> = visit.w;
    let rows = visit.read(|tx| store::reports(tx, board.row.campaign_id, board.unit))?;
    let columns =
        vec![Column::new("made", w.t("screening-report-made")), Column::new("by", w.t("screening-recorded-by"))];
    let mut table = Table::new(w.t("screening-reports"), columns);
    table.empty = w.t("screening-no-reports").to_owned();
    for row in rows {
        let href = format!("/screening/reports/{}", row.report_id);
        table.rows.push(vec![Cell::Link(w.moment(row.made_at), href), Cell::Text(row.made_by)]);
    }
    let action = board.address("/reports", board.unit, "");
    let form = Form::new(action, w.t("screening-report-make"), Vec::new()).html(visit);
    let (title, about) = (w.t("screening-reports"), w.t("screening-reports-about"));
    Ok(format!("<section class=\"card\"><h2>{title}</h2><p>{about}</p>{}{form}</section>", table.html(visit)))
}

/// `GET /screening/campaigns/{id}/export.xlsx?unit=`.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let board = Board::take(visit)?;
    visit.permit(Permission::Export, board.unit)?;
    let mut parts = parts(visit, &board);
    let (counts, waiting) = (board.counts(&board.range), board.waiting(&board.range));
    let name = board.units().name(board.unit);
    parts.push(Part { unit: board.unit, name, members: board.members(board.range.start), waiting, counts });
    let body = sheets::campaign(visit, &board, &parts)?;
    exported(visit, board.unit, parts.len(), "campaign")?;
    Ok(Reply::File { name: format!("ra-soat-{}-{}.xlsx", board.row.year, visit.today().iso()), kind: XLSX, body })
}
