//! Transfers under way and done.

use chibo_kernel::{Day, Permission, Problem};
use chibo_store::Entry;
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Head, Reply, Table, Visit, html};

use super::{Found, Line, MENU};
use crate::rules::{Seal, State};
use crate::sheets;

/// Transfers on one page.
const ROWS: usize = 100;

/// What is asked: a state, or what is late; else all that are open.
fn fitting<'a>(found: &'a Found, visit: &Visit<'_>) -> Vec<&'a Line> {
    let (asked, today) = (visit.query.get("state"), visit.today());
    let state = State::ALL.into_iter().find(|state| state.code() == asked);
    let late = |line: &Line| line.clock.is_some_and(|clock| clock.due < today);
    let fits = |line: &&Line| match (asked, state) {
        ("late", _) => late(line),
        (_, Some(state)) => line.course.state() == state,
        _ => line.course.state().open(),
    };
    found.lines.iter().filter(fits).collect()
}

/// `GET /transfers?state=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let found = Found::take(visit)?;
    let lines = fitting(&found, visit);
    let mut head = Head::new(w.t("transfers-title"), MENU);
    if visit.who().may_somewhere(Permission::Export) {
        let state = visit.query.get("state").to_owned();
        let address = format!("/transfers/export.xlsx{}", chibo_web::Pairs::default().with(&[("state", &state)]));
        head = head.action(w.t("transfers-export"), address, false);
    }
    if visit.who().may_somewhere(Permission::EditMembers) {
        head = head.action(w.t("transfers-new"), "/transfers/new", true);
    }
    let body = format!("<p>{}</p>{}{}", w.t("transfers-about"), chips(visit), table(visit, &found, &lines));
    visit.page_html(200, head, &body)
}

fn chips(visit: &Visit<'_>) -> String {
    let w = visit.w;
    let asked = visit.query.get("state");
    let chip = |text: &str, code: &str| {
        let href = format!("/transfers{}", chibo_web::Pairs::default().with(&[("state", code)]));
        (text.to_owned(), href, code == asked)
    };
    let mut chips = vec![chip(w.t("transfers-open"), ""), chip(w.t("transfers-overdue"), "late")];
    chips.extend(State::ALL.map(|state| chip(w.t(state.word()), state.code())));
    html::chips(w.t("transfers-state"), chips)
}

fn table(visit: &Visit<'_>, found: &Found, lines: &[&Line]) -> String {
    let w = visit.w;
    let today: Day = visit.today();
    let page = visit.rows(lines.len(), ROWS);
    let columns = vec![
        Column::new("member", w.t("transfers-member")),
        Column::new("from", w.t("transfers-from")),
        Column::new("to", w.t("transfers-to")),
        Column::new("state", w.t("transfers-state")),
        Column::new("next", w.t("transfers-next")),
        Column::new("due", w.t("transfers-due")),
    ];
    let mut table = Table::new(w.t("transfers-title"), columns);
    table.empty = w.t("transfers-nobody").to_owned();
    for line in lines.get(page.clone()).unwrap_or_default() {
        let name = |seal: Option<&Seal>| seal.map_or_else(String::new, |seal| found.units.name(seal.unit));
        let due = match line.clock {
            None => Cell::Text(String::new()),
            Some(clock) => {
                let said = format!("{} ({})", w.day(clock.due), clock.rule);
                if clock.due < today { Cell::Tag(said, "bad") } else { Cell::Text(said) }
            }
        };
        table.rows.push(vec![
            Cell::Link(line.name.clone(), format!("/transfers/{}", line.row.transfer_id)),
            Cell::Text(name(line.course.boxes.first())),
            Cell::Text(name(line.course.boxes.last())),
            Cell::Text(w.t(line.course.state().word()).to_owned()),
            Cell::Text(name(line.course.next().as_ref())),
            due,
        ]);
    }
    table.page(visit, &page, lines.len(), "transfers-rows");
    table.html(visit)
}

/// `GET /transfers/export.xlsx` with the query of the list.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut found = Found::take(visit)?;
    let units = &found.units;
    let may = |seal: &Seal| units.place(seal.unit).is_some_and(|place| visit.who().may_at(Permission::Export, place));
    let system = visit.who().system;
    found.lines.retain(|line| system || line.course.boxes.iter().any(may));
    let lines = fitting(&found, visit);
    let body = sheets::list(visit, &found, &lines)?;
    if let Some(top) = lines.first().and_then(|line| line.course.boxes.first()).map(|seal| seal.unit) {
        let detail = serde_json::json!({ "rows": lines.len() }).to_string();
        visit.write(|op| {
            let (stream, detail) = (*top.bytes(), detail.clone());
            op.record(Entry { stream, action: "transfer-list-exported", unit: Some(top), subject: None, detail });
            Ok(())
        })?;
    }
    Ok(Reply::File { name: format!("chuyen-sinh-hoat-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}
