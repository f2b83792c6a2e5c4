//! The branch in a campaign: its plan, its members, everybody without flags found fit together.

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Issue, Problem};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::list::{rules_text, state_cell};
use super::{Board, People, again, campaign, missing};
use crate::actions;
use crate::rules::State;
use crate::store;

/// Members on one page.
const ROWS: usize = 200;

/// Plan, members, and the form for those without flags.
pub(super) fn section(
    visit: &Visit<'_>,
    board: &Board,
    refused: Option<(&'static str, u16, Vec<Issue>)>,
) -> Result<String, Problem> {
    let w = visit.w;
    let people = board.branch(visit)?;
    let plans = visit.read(|tx| store::plans(tx, board.row.campaign_id))?;
    let plan = match plans.into_iter().find(|row| row.unit_id == board.unit) {
        Some(row) => {
            let args = [("number", row.number), ("day", w.day(row.on_day)), ("who", row.recorded_by)];
            format!("<p>{}</p>", chibo_web::html::escape(&w.with("screening-planned", &args)))
        }
        None => dated(visit, board, PLAN, &refused),
    };
    let left = people.iter().filter(|one| one.state == State::Open && one.rules.is_empty()).count();
    let clear = match left {
        0 => String::new(),
        left => {
            let about = w.t1("screening-clear-about", "count", w.n(left));
            format!("<h2>{}</h2><p>{about}</p>{}", w.t("screening-clear"), dated(visit, board, CLEAR, &refused))
        }
    };
    let cards = format!("<section class=\"card\"><h2>{}</h2>{plan}</section>", w.t("screening-plan"));
    let clear = if clear.is_empty() { clear } else { format!("<section class=\"card\">{clear}</section>") };
    Ok(format!("{cards}{}{clear}", table(visit, &people)))
}

/// A form of a number and a day: address, button, their names.
struct Dated {
    page: &'static str,
    send: &'static str,
    number: &'static str,
    number_label: &'static str,
    day: &'static str,
    day_label: &'static str,
}

const PLAN: Dated = Dated {
    page: "/plans",
    send: "screening-plan-send",
    number: "plan",
    number_label: "screening-plan-number",
    day: "planned",
    day_label: "screening-plan-day",
};

const CLEAR: Dated = Dated {
    page: "/clearances",
    send: "screening-clear-send",
    number: "minutes",
    number_label: "screening-minutes",
    day: "met",
    day_label: "screening-minutes-day",
};

fn dated(visit: &Visit<'_>, board: &Board, what: Dated, refused: &Option<(&'static str, u16, Vec<Issue>)>) -> String {
    let w = visit.w;
    let fields = vec![
        Field::text(what.number, w.t(what.number_label)).hint(w.t("screening-number-hint")).required(),
        Field::new(what.day, w.t(what.day_label), Kind::Day).value(visit.today().to_string()).required(),
    ];
    let form = Form::new(board.address(what.page, board.unit, ""), w.t(what.send), fields);
    match refused {
        Some((page, _, issues)) if *page == what.page => form.refused(&visit.form, issues.clone()).html(visit),
        _ => form.html(visit),
    }
}

fn table(visit: &Visit<'_>, people: &[People]) -> String {
    let w = visit.w;
    let page = visit.rows(people.len(), ROWS);
    let columns = vec![
        Column::new("member", w.t("screening-member")),
        Column::new("flags", w.t("screening-flags-column")),
        Column::new("state", w.t("screening-state")),
        Column::new("changed", w.t("screening-changed")),
    ];
    let mut table = Table::new(w.t("screening-members-of-branch"), columns);
    table.empty = w.t("screening-nobody").to_owned();
    for one in people.get(page.clone()).unwrap_or_default() {
        table.rows.push(vec![
            Cell::Link(one.name.clone(), format!("/screening/members/{}", one.person)),
            Cell::Text(rules_text(w, &one.rules)),
            state_cell(w, one),
            Cell::Text(one.changed.map_or_else(String::new, |day| w.day(day))),
        ]);
    }
    table.page(visit, &page, people.len(), "screening-rows");
    table.html(visit)
}

fn read(visit: &Visit<'_>, what: &Dated) -> Result<(String, Day), Vec<Issue>> {
    let number = clean(visit.form.get(what.number)).into_owned();
    match visit.form.day(what.day, visit.today()) {
        Ok(Some(day)) => Ok((number, day)),
        _ => Err(vec![missing(what.day, "screening-day-needed")]),
    }
}

fn sent(
    visit: &Visit<'_>,
    what: &Dated,
    act: impl Fn(&Visit<'_>, &Board, (&str, Day)) -> Result<(), Problem>,
) -> Result<Reply, Problem> {
    let board = Board::take(visit)?;
    let issues = match read(visit, what) {
        Ok((number, on)) => match act(visit, &board, (&number, on)) {
            Ok(()) => return Ok(Reply::done(board.address("", board.unit, ""), "saved")),
            Err(problem) => again(problem)?,
        },
        Err(issues) => (422, issues),
    };
    campaign::page(visit, &board, Some((what.page, issues.0, issues.1)))
}

/// `POST /screening/campaigns/{id}/plans?unit=`.
pub(super) fn plan(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    sent(visit, &PLAN, |visit, board, said| {
        visit.write(|op| actions::plan(op, board.row.campaign_id, board.unit, said))
    })
}

/// `POST /screening/campaigns/{id}/clearances?unit=`.
pub(super) fn clear(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    sent(visit, &CLEAR, |visit, board, said| {
        visit.write(|op| actions::clear(op, board.row.campaign_id, board.unit, said)).map(drop)
    })
}
