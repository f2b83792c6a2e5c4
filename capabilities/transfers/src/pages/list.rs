//! Transfers under way and done.

use chibo_kernel::{Day, Permission, Problem};
use chibo_web::form::{boxed, option};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Head, Pairs, Reply, Table, Visit, html};

use super::found::{Which, sees};
use super::{Found, Line, MENU, sections};
use crate::papers::Sort;
use crate::rules::{Kind, Seal, State};
use crate::sheets;

/// Transfers on one page.
const ROWS: usize = 100;

/// Which transfers the address asks for: those that ended are read only when they are.
fn which(visit: &Visit<'_>) -> Which {
    let asked = State::ALL.into_iter().find(|state| state.code() == visit.query.get("state"));
    if asked.is_some_and(|state| !state.open()) { Which::All } else { Which::Papers }
}

/// What is asked: a state, or what is late; else all that are open; of one kind or of all.
fn fitting<'a>(found: &'a Found, visit: &Visit<'_>) -> Vec<&'a Line> {
    let (asked, today) = (visit.query.get("state"), visit.today());
    let state = State::ALL.into_iter().find(|state| state.code() == asked);
    let kind = Kind::from_code(visit.query.get("kind"));
    let late = |line: &Line| line.clock.is_some_and(|clock| clock.due < today);
    let fits = |line: &&Line| {
        let stands = match (asked, state) {
            ("late", _) => late(line),
            (_, Some(state)) => line.course.state() == state,
            _ => line.course.state().open(),
        };
        stands && kind.is_none_or(|kind| line.detail.kind == kind)
    };
    found.lines.iter().filter(fits).collect()
}

/// `GET /transfers?state=&kind=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let found = Found::take(visit, which(visit))?;
    let lines = fitting(&found, visit);
    let mut head = Head::new(w.t("transfers-title"), MENU);
    if visit.who().may_somewhere(Permission::Export) {
        let (state, kind) = (visit.query.get("state"), visit.query.get("kind"));
        let query = Pairs::default().with(&[("state", state), ("kind", kind)]);
        head = head.action(w.t("transfers-export"), format!("/transfers/export.xlsx{query}"), false);
    }
    if visit.who().may_somewhere(Permission::EditMembers) {
        head = head.action(w.t("transfers-bulk"), "/transfers/bulk", false);
        head = head.action(w.t("transfers-new"), "/transfers/new", true);
    }
    let about = html::escape(w.t("transfers-about"));
    let body = format!("{}<p>{about}</p>{}{}", sections(visit), chips(visit), table(visit, &found, &lines));
    visit.page_html(200, head, &body)
}

fn chips(visit: &Visit<'_>) -> String {
    let w = visit.w;
    let (state, kind) = (visit.query.get("state"), visit.query.get("kind"));
    let href =
        |state: &str, kind: &str| format!("/transfers{}", Pairs::default().with(&[("state", state), ("kind", kind)]));
    let stands = |text: &str, code: &str| (text.to_owned(), href(code, kind), code == state);
    let mut states = vec![stands(w.t("transfers-open"), ""), stands(w.t("transfers-overdue"), "late")];
    states.extend(State::ALL.map(|state| stands(w.t(state.word()), state.code())));
    let of = |text: &str, code: &str| (text.to_owned(), href(state, code), code == kind);
    let mut kinds = vec![of(w.t("transfers-kind-any"), "")];
    kinds.extend(Kind::ALL.map(|kind| of(w.t(kind.word()), kind.code())));
    format!("{}{}", html::chips(w.t("transfers-state"), states), html::chips(w.t("transfers-kind"), kinds))
}

fn table(visit: &Visit<'_>, found: &Found, lines: &[&Line]) -> String {
    let w = visit.w;
    let today: Day = visit.today();
    let page = visit.rows(lines.len(), ROWS);
    let columns = vec![
        Column::new("member", w.t("transfers-member")),
        Column::new("kind", w.t("transfers-kind")),
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
            first(visit, found, line),
            Cell::Text(w.t(line.detail.kind.word()).to_owned()),
            Cell::Text(line.from(&found.units)),
            Cell::Text(line.to(&found.units)),
            Cell::Text(w.t(line.course.state().word()).to_owned()),
            Cell::Text(name(line.course.next().as_ref())),
            due,
        ]);
    }
    table.page(visit, &page, lines.len(), "transfers-rows");
    let rows = table.html(visit);
    let printable = |line: &&Line| sees(visit, &found.units, &line.course, Permission::EditMembers);
    if lines.iter().any(printable) { printing(visit, &rows) } else { rows }
}

/// The member, with a box to tick where the viewer may print the papers.
fn first(visit: &Visit<'_>, found: &Found, line: &Line) -> Cell {
    let (id, name) = (line.row.transfer_id.to_string(), line.name.clone());
    let href = format!("/transfers/{id}");
    if !sees(visit, &found.units, &line.course, Permission::EditMembers) {
        return Cell::Link(name, href);
    }
    let mut link = String::new();
    chibo_web::table::link(&mut link, &name, &href);
    boxed(visit, ("id", &id), &name, &link)
}

/// The list as a form that prints the papers of those ticked.
fn printing(visit: &Visit<'_>, rows: &str) -> String {
    let w = visit.w;
    let label = html::escape(w.t("transfers-papers-print"));
    let mut out = format!("<form class=\"form wide\" method=\"get\" action=\"/transfers/papers.pdf\">{rows}");
    out.push_str(&format!(
        "<div class=\"field\"><label for=\"paper\">{label}</label><select id=\"paper\" name=\"paper\">"
    ));
    for sort in Sort::ALL {
        option(&mut out, sort.code(), w.t(sort.word()), sort == Sort::Introduction);
    }
    out.push_str("</select></div><div class=\"form-actions\">");
    for (ending, key) in [("pdf", "transfers-papers-pdf"), ("docx", "transfers-papers-docx")] {
        let (href, text) = (format!("/transfers/papers.{ending}"), html::escape(w.t(key)));
        out.push_str(&format!("<button class=\"btn\" type=\"submit\" formaction=\"{href}\">{text}</button> "));
    }
    out.push_str("</div></form>");
    out
}

/// `GET /transfers/export.xlsx` with the query of the list.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = exported(visit, which(visit))?;
    let lines = fitting(&found, visit);
    let body = sheets::list(visit, &found, &lines)?;
    if let Some(top) = lines.first().and_then(|line| line.course.boxes.first()).map(|seal| seal.unit) {
        note(visit, top, lines.len(), "transfer-list-exported")?;
    }
    Ok(Reply::File { name: format!("chuyen-sinh-hoat-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}

/// Those the viewer may take out of the program.
pub(super) fn exported(visit: &Visit<'_>, which: Which) -> Result<Found, Problem> {
    let mut found = Found::take(visit, which)?;
    let units = &found.units;
    let may = |seal: &Seal| units.place(seal.unit).is_some_and(|place| visit.who().may_at(Permission::Export, place));
    let system = visit.who().system;
    found.lines.retain(|line| system || line.course.boxes.iter().any(may));
    Ok(found)
}

/// Records that a list was taken out.
pub(super) fn note(
    visit: &Visit<'_>,
    top: chibo_kernel::Id<chibo_kernel::Unit>,
    rows: usize,
    action: &'static str,
) -> Result<(), Problem> {
    let detail = serde_json::json!({ "rows": rows });
    visit.taken_out(top, action, &detail)
}
