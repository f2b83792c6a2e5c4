//! A campaign: progress by step, distribution of classes, the cap of every group with the exact count left, closing.

use std::collections::BTreeMap;

use chibo_kernel::{Day, Id, Issue, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::form::again;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Form, Head, Reply, Table, Visit};

use super::{MENU, campaign_of, card, facts_card, notes, title};
use crate::actions::{self, terms_of};
use crate::rules::{Class, Group, Sort, Standing, State, Terms};
use crate::store::{self, CampaignRow};

/// Figures of what is in sight.
#[derive(Default)]
struct Board {
    states: BTreeMap<State, i64>,
    classes: BTreeMap<Class, i64>,
    excluded: i64,
    overridden: i64,
    groups: BTreeMap<(Id<Unit>, Sort), Seen>,
}

/// A group: decided, and as the appraisal would have it.
#[derive(Default)]
struct Seen {
    all: i64,
    ready: i64,
    decided: Group,
    appraised: Group,
}

fn add(group: &mut Group, class: Option<Class>, many: u64) {
    group.good_and_above += if class >= Some(Class::Good) { many } else { 0 };
    group.excellent += if class == Some(Class::Excellent) { many } else { 0 };
}

fn board(visit: &Visit<'_>, units: &UnitsToday, row: &CampaignRow) -> Result<Board, Problem> {
    let allowed = visit.who().ranges(Permission::EditMembers);
    let may = |unit: Id<Unit>| units.place(unit).is_some_and(|at| allowed.iter().any(|range| range.contains(&at)));
    let mut board = Board::default();
    visit.read(|tx| {
        store::counts(tx, row.campaign_id, |row| {
            if !may(row.unit_id) {
                return Ok(());
            }
            if !row.excluded.is_empty() {
                board.excluded += row.counted;
                return Ok(());
            }
            let (Some(state), Some(sort)) = (State::from_code(&row.state), Sort::from_code(&row.sort)) else {
                return Ok(());
            };
            *board.states.entry(state).or_default() += row.counted;
            board.overridden += row.overridden;
            let class = Class::from_code(&row.class);
            if let Some(class) = class {
                *board.classes.entry(class).or_default() += row.counted;
            }
            if may(row.decider_id) {
                let group = board.groups.entry((row.decider_id, sort)).or_default();
                let many = u64::try_from(row.counted).unwrap_or(0);
                group.all += row.counted;
                group.ready += if state == State::Appraised { row.counted } else { 0 };
                add(&mut group.decided, class, many);
                add(&mut group.appraised, class.or(Class::from_code(&row.appraised_class)), many);
            }
            Ok(())
        })
    })?;
    Ok(board)
}

/// `GET /evaluation/campaigns/{id}`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, None)
}

fn page(visit: &Visit<'_>, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let row = campaign_of(visit, &units)?;
    let terms = terms_of(&row)?;
    let board = board(visit, &units, &row)?;
    let state = match row.closed_on {
        Day::FOREVER => w.t("evaluation-open").to_owned(),
        day => w.t1("evaluation-closed-on", "day", w.day(day)),
    };
    let facts = facts_card(&[
        (w.t("evaluation-unit"), units.name(row.unit_id)),
        (w.t("evaluation-plan-number"), row.number.clone()),
        (w.t("evaluation-opens"), w.day(row.opens_on)),
        (w.t("evaluation-self-by"), w.day(row.self_by)),
        (w.t("evaluation-decide-by"), w.day(row.decide_by)),
        (w.t("evaluation-rules"), format!("{} ({})", terms.version, terms.instrument)),
        (w.t("evaluation-state"), state),
        (w.t("evaluation-excluded"), w.n(board.excluded)),
        (w.t("evaluation-overridden"), w.n(board.overridden)),
    ]);
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let name = title(w, &row.kind, row.year, row.quarter);
    let crumbs = vec![Crumb::to(w.t("evaluation-title"), "/evaluation"), Crumb::here(name.clone())];
    let subjects = format!("/evaluation/campaigns/{}/subjects", row.campaign_id);
    let head = Head::new(name, MENU).crumbs(crumbs).with_error(status != 200);
    let leniency = format!("/evaluation/campaigns/{}/leniency", row.campaign_id);
    let head =
        head.action(w.t("evaluation-subjects"), subjects, true).action(w.t("evaluation-leniency"), leniency, false);
    let mut body = facts + &progress(visit, &row, &board) + &groups(visit, &units, (&row, &terms), &board);
    let whole = visit.permit(Permission::EditMembers, row.unit_id).is_ok();
    if whole && (row.closed_on == Day::FOREVER || refused.is_some()) {
        let address = format!("/evaluation/campaigns/{}/closure", row.campaign_id);
        let mut form = Form::new(address, w.t("evaluation-close-send"), Vec::new());
        if let Some((_, issues)) = refused {
            form = form.refused(&visit.form, issues);
        }
        body += &card(w.t("evaluation-close"), &form.html(visit));
    }
    visit.page_html(status, head, &(body + &notes(visit, &terms)))
}

fn progress(visit: &Visit<'_>, row: &CampaignRow, board: &Board) -> String {
    let w = visit.w;
    let columns = |first: &str| {
        vec![
            Column::new("what", w.t(first)),
            Column::number("many", w.t("evaluation-many")),
            Column::number("share", w.t("evaluation-share")),
        ]
    };
    let line = |word: &str, count: i64, all: i64, key: &str, code: &str| {
        let href = format!("/evaluation/campaigns/{}/subjects?{key}={code}", row.campaign_id);
        let (part, whole) = (u64::try_from(count).unwrap_or(0), u64::try_from(all).unwrap_or(0));
        vec![Cell::Text(w.t(word).to_owned()), Cell::Link(w.n(count), href), Cell::Text(w.percent(part, whole))]
    };
    let mut steps = Table::new(w.t("evaluation-progress"), columns("evaluation-state"));
    let all: i64 = board.states.values().sum();
    for state in State::ALL {
        let count = board.states.get(state).copied().unwrap_or(0);
        steps.rows.push(line(state.word(), count, all, "state", state.code()));
    }
    let mut classes = Table::new(w.t("evaluation-distribution"), columns("evaluation-class"));
    let decided: i64 = board.classes.values().sum();
    for class in Class::ALL.iter().rev() {
        let count = board.classes.get(class).copied().unwrap_or(0);
        classes.rows.push(line(class.word(), count, decided, "class", class.code()));
    }
    steps.html(visit) + &classes.html(visit)
}

fn groups(visit: &Visit<'_>, units: &UnitsToday, (row, terms): (&CampaignRow, &Terms), board: &Board) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("group", w.t("evaluation-group")),
        Column::number("all", w.t("evaluation-many")),
        Column::number("ready", w.t("evaluation-ready")),
        Column::sentences("left", w.t("evaluation-places")),
        Column::sentences("expected", w.t("evaluation-places-appraised")),
    ];
    let mut table = Table::new(w.t("evaluation-groups"), columns);
    table.empty = w.t("evaluation-no-groups").to_owned();
    for ((decider, sort), seen) in &board.groups {
        let href = format!("/evaluation/campaigns/{}/groups/{decider}/{}", row.campaign_id, sort.code());
        table.rows.push(vec![
            Cell::LinkWith(w.t(sort.word()).to_owned(), href, units.name(*decider)),
            Cell::Text(w.n(seen.all)),
            Cell::Text(w.n(seen.ready)),
            Cell::Text(places(visit, terms, seen.decided)),
            Cell::Text(places(visit, terms, seen.appraised)),
        ]);
    }
    table.html(visit)
}

/// "2 of 17 may be excellent; 1 left", or what is over.
pub(super) fn places(visit: &Visit<'_>, terms: &Terms, group: Group) -> String {
    let (w, places) = (visit.w, terms.cap.places(group.good_and_above));
    let args = |left: u64| {
        [
            ("places", w.n(places as i64)),
            ("base", w.n(group.good_and_above as i64)),
            ("taken", w.n(group.excellent as i64)),
            ("left", w.n(left as i64)),
        ]
    };
    match terms.cap.standing(group) {
        Standing::Within(left) => w.with("evaluation-places-left", &args(left)),
        Standing::Exceptional => w.with("evaluation-places-exceptional", &args(0)),
        Standing::Over => w.with("evaluation-places-over", &args(0)),
    }
}

/// `POST /evaluation/campaigns/{id}/closure`.
pub(super) fn close(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let id = visit.id("id")?;
    match visit.write(|op| actions::close(op, id)) {
        Ok(()) => Ok(Reply::done(format!("/evaluation/campaigns/{id}"), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, Some(refused))
        }
    }
}
