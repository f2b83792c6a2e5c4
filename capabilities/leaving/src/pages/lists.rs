//! Open cases and exempted members; each as a page and as a workbook.

use chibo_kernel::{Day, Id, Permission, Problem};
use chibo_web::form::boxed;
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, html};

use super::{Ask, Found, Line, List, MENU};
use crate::rules::{CaseFile, Ground, Kind, Terms};
use crate::sheets;

/// Rows of one page.
const ROWS: usize = 100;

/// `GET /leaving/cases?unit=&kind=&ground=&state=`.
pub(super) fn cases(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, List::Cases)
}

/// `GET /leaving/exempted?unit=&kind=&ground=&month=&state=`.
pub(super) fn exempted(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    page(visit, List::Exempted)
}

/// `GET /leaving/cases.xlsx`.
pub(super) fn cases_sheet(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    workbook(visit, List::Cases)
}

/// `GET /leaving/exempted.xlsx`.
pub(super) fn exempted_sheet(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    workbook(visit, List::Exempted)
}

fn fitting<'f>(found: &'f Found, list: List, ask: &Ask, today: Day, terms: &Terms) -> Vec<&'f Line> {
    found.lines.iter().filter(|line| ask.fits(list, line, today, terms.remind)).collect()
}

fn page(visit: &Visit<'_>, list: List) -> Result<Reply, Problem> {
    let (w, ask) = (visit.w, Ask::read(visit)?);
    let terms = Terms::on(visit.today())?;
    let found = Found::take(visit, list, &ask)?;
    let lines = fitting(&found, list, &ask, visit.today(), &terms);
    let mut title = w.t(list.word()).to_owned();
    if let Some(unit) = ask.unit {
        title = format!("{title} – {}", found.units.name(unit));
    }
    let crumbs = vec![Crumb::to(w.t("leaving-title"), "/leaving"), Crumb::here(w.t(list.word()))];
    let mut head = Head::new(title, MENU).crumbs(crumbs);
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("leaving-export"), ask.address(&format!("{}.xlsx", list.place())), false);
    }
    if visit.who().may_somewhere(Permission::EditMembers) {
        head = head.action(w.t("leaving-new"), "/leaving/new", true);
    }
    let body =
        format!("<p>{}</p>{}{}", w.t(list.about()), chips(visit, list, &ask), table(visit, list, &found, &lines));
    visit.page_html(200, head, &body)
}

/// Choices above the list.
fn chips(visit: &Visit<'_>, list: List, ask: &Ask) -> String {
    let w = visit.w;
    let kinds = Kind::ALL.iter().copied().filter(|kind| match list {
        List::Cases => true,
        List::Exempted => kind.exempts(),
    });
    let at = |ask: Ask| ask.address(list.place());
    let mut out = String::new();
    let all = Ask { kind: None, ground: None, ..ask.clone() };
    let mut choices = vec![(w.t("leaving-all").to_owned(), at(all), ask.kind.is_none())];
    choices.extend(kinds.map(|kind| {
        let here = Ask { kind: Some(kind), ground: None, ..ask.clone() };
        (w.t(kind.word()).to_owned(), at(here), ask.kind == Some(kind))
    }));
    out.push_str(&html::chips(w.t("leaving-kind"), choices));
    let state = |code: &str, word: &str| {
        let here = Ask { state: code.to_owned(), ..ask.clone() };
        (w.t(word).to_owned(), at(here), ask.state == code)
    };
    match list {
        List::Cases => {
            out.push_str(&html::chips(
                w.t("leaving-due"),
                [state("", "leaving-any-day"), state("late", "leaving-late")],
            ));
        }
        List::Exempted => out.push_str(&html::chips(
            w.t("leaving-until"),
            [state("", "leaving-any-day"), state("soon", "leaving-ends-soon"), state("late", "leaving-ended")],
        )),
    }
    if !ask.month.is_empty() || ask.ground.is_some() {
        let word = ask.ground.map_or_else(|| ask.month.clone(), |ground| w.t(ground.word()).to_owned());
        let less = Ask { month: String::new(), ground: None, ..ask.clone() };
        let choice = (w.t1("leaving-without-filter", "what", word), at(less), false);
        out.push_str(&html::chips(w.t("leaving-ground"), [choice]));
    }
    out
}

pub(super) fn ground(visit: &Visit<'_>, ground: Option<Ground>) -> String {
    ground.map_or_else(String::new, |ground| visit.w.t(ground.word()).to_owned())
}

fn table(visit: &Visit<'_>, list: List, found: &Found, lines: &[&Line]) -> String {
    let (w, today) = (visit.w, visit.today());
    let page = visit.rows(lines.len(), ROWS);
    let mut columns = vec![
        Column::new("member", w.t("leaving-member")),
        Column::new("kind", w.t("leaving-kind")),
        Column::new("ground", w.t("leaving-ground")),
    ];
    let (one, two) = match list {
        List::Cases => ("leaving-phase", "leaving-due"),
        List::Exempted => ("leaving-from", "leaving-until"),
    };
    columns.extend([Column::new("one", w.t(one)), Column::new("two", w.t(two))]);
    let mut table = Table::new(w.t(list.word()), columns);
    table.empty = w.t("leaving-nobody").to_owned();
    for line in lines.get(page.clone()).unwrap_or_default() {
        let last = |day: Day| match day {
            Day::FOREVER => Cell::Text(w.t("leaving-no-end").to_owned()),
            day if day < today => Cell::Tag(w.day(day), "bad"),
            day => Cell::Text(w.day(day)),
        };
        let phase = Cell::Text(w.t(line.phase.word()).to_owned());
        let (one, two) = match list {
            List::Cases if line.state.due_on == Day::FOREVER => (phase, Cell::Text(String::new())),
            List::Cases => (phase, last(line.state.due_on)),
            List::Exempted => (Cell::Text(w.day(line.state.begins_on)), last(line.state.ends_on)),
        };
        let href = match list {
            // Whoever is exempted asks for more than the old case: return, renewal.
            List::Exempted => format!("/leaving/members/{}", line.state.person_id),
            _ => format!("/leaving/cases/{}", line.state.case_id),
        };
        table.rows.push(vec![
            first(visit, (&line.name, &href), (found.units.name(line.unit), line.place), Some(line.state.case_id)),
            Cell::Text(w.t(line.kind.word()).to_owned()),
            Cell::Text(ground(visit, line.ground)),
            one,
            two,
        ]);
    }
    table.page(visit, &page, lines.len(), "leaving-rows");
    let rows = table.html(visit);
    if lines.iter().any(|line| printable(visit, line.place)) { printing(visit, &rows) } else { rows }
}

/// Whether the viewer may take papers of a place.
pub(super) fn printable(visit: &Visit<'_>, place: u32) -> bool {
    visit.who().system || visit.who().may_at(Permission::Export, place)
}

/// The member with where he leads, and a box to tick where there is a case whose papers the viewer may take.
pub(super) fn first(
    visit: &Visit<'_>,
    (name, href): (&str, &str),
    (unit, place): (String, u32),
    case: Option<Id<CaseFile>>,
) -> Cell {
    let Some(case) = case.filter(|_| printable(visit, place)) else {
        return Cell::LinkWith(name.to_owned(), href.to_owned(), unit);
    };
    let mut link = String::new();
    chibo_web::table::link(&mut link, name, href);
    link.push_str(&format!("<span class=\"quiet small\">{}</span>", html::escape(&unit)));
    boxed(visit, ("id", &case.to_string()), name, &link)
}

/// The list as a form that gives the papers of those ticked.
pub(super) fn printing(visit: &Visit<'_>, rows: &str) -> String {
    let w = visit.w;
    let mut out = format!("<form class=\"form wide\" method=\"get\" action=\"/leaving/papers.pdf\">{rows}");
    out.push_str(&format!("<p>{}</p><div class=\"form-actions\">", html::escape(w.t("leaving-papers-about"))));
    for (ending, key) in [("pdf", "leaving-papers-pdf"), ("docx", "leaving-papers-docx")] {
        let (href, text) = (format!("/leaving/papers.{ending}"), html::escape(w.t(key)));
        out.push_str(&format!("<button class=\"btn\" type=\"submit\" formaction=\"{href}\">{text}</button> "));
    }
    out.push_str("</div></form>");
    out
}

fn workbook(visit: &Visit<'_>, list: List) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let terms = Terms::on(visit.today())?;
    let mut found = Found::take(visit, list, &ask)?;
    let system = visit.who().system;
    found.lines.retain(|line| system || visit.who().may_at(Permission::Export, line.place));
    let lines = fitting(&found, list, &ask, visit.today(), &terms);
    let body = sheets::list(visit, list, &found, &lines)?;
    if let Some(top) = ask.unit.or_else(|| lines.first().map(|line| line.unit)) {
        let detail = serde_json::json!({ "rows": lines.len(), "list": list.place() });
        visit.taken_out(top, "departure-list-exported", &detail)?;
    }
    let name = match list {
        List::Cases => "ho-so-mien-sinh-hoat-ra-dang",
        List::Exempted => "dang-vien-mien-sinh-hoat",
    };
    Ok(Reply::File { name: format!("{name}-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}
