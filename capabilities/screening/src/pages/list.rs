//! The members behind a figure.

use chibo_kernel::{Permission, Problem};
use chibo_papers::document::{DOCX, Document, Issuer, PDF, to_docx, to_pdf};
use chibo_web::form::{boxed, option};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Cell, Head, Reply, Table, Visit, html};

use super::{Board, People, campaign, exported};
use crate::papers::{self, Sort};
use crate::rules::{FIGURES, Figure, Form, State, group_word};
use crate::sheets;

/// Members on one page.
const ROWS: usize = 100;
/// Code of those whose flags wait for an assessment.
pub(super) const WAITING: &str = "waiting";

/// Groups of flags as text.
pub(crate) fn rules_text(w: Tongue<'_>, rules: &[String]) -> String {
    let mut groups: Vec<_> = rules.iter().map(|rule| w.t(group_word(rule))).collect();
    groups.dedup();
    groups.join("; ")
}

/// Where somebody stands, in words.
pub(crate) fn state_text(w: Tongue<'_>, state: State, form: Option<Form>) -> String {
    let word = w.t(state.word());
    match form.filter(|_| state == State::Removed || state.proposed()) {
        Some(form) => format!("{word}: {}", w.t(form.word())),
        None => word.to_owned(),
    }
}

/// The colour of a state; it never speaks alone.
pub(super) const fn colour(state: State) -> &'static str {
    match state {
        State::Open => "",
        State::Cleared | State::Restored => "ok",
        State::Helping => "gold",
        State::Removed => "bad",
        _ => "warn",
    }
}

/// The same as a cell.
pub(super) fn state_cell(w: Tongue<'_>, one: &People) -> Cell {
    if one.state == State::Open && !one.rules.is_empty() {
        return Cell::Tag(w.t("screening-state-flagged").to_owned(), "gold");
    }
    Cell::Tag(state_text(w, one.state, one.form), colour(one.state))
}

fn people(visit: &Visit<'_>, board: &Board) -> Result<(Vec<People>, &'static str), Problem> {
    match Figure::from_code(visit.query.get("figure")) {
        Some(figure) => Ok((board.people(visit, figure)?, figure.word())),
        None => Ok((board.waiting_people(), "screening-figure-waiting")),
    }
}

/// `GET /screening/campaigns/{id}/members?unit=&figure=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let board = Board::take(visit)?;
    let (people, word) = people(visit, &board)?;
    let page = visit.rows(people.len(), ROWS);
    let columns = vec![
        Column::new("member", w.t("screening-member")),
        Column::new("unit", w.t("screening-branch")),
        Column::new("flags", w.t("screening-flags-column")),
        Column::new("state", w.t("screening-state")),
        Column::new("changed", w.t("screening-changed")),
    ];
    let mut table = Table::new(w.t(word), columns);
    table.empty = w.t("screening-nobody").to_owned();
    let prints = visit.permit(Permission::Export, board.unit).is_ok() && !people.is_empty();
    for one in people.get(page.clone()).unwrap_or_default() {
        let (units, unit) = (board.units(), one.unit);
        table.rows.push(vec![
            first(visit, one, prints),
            Cell::LinkWith(units.name(unit), board.address("", unit, ""), units.above(visit, unit)),
            Cell::Text(rules_text(w, &one.rules)),
            state_cell(w, one),
            Cell::Text(one.changed.map_or_else(String::new, |day| w.day(day))),
        ]);
    }
    table.page(visit, &page, people.len(), "screening-rows");
    let asked = visit.query.get("figure");
    let chip = |word: &str, code: &str| {
        let current = if code == WAITING { Figure::from_code(asked).is_none() } else { code == asked };
        (w.t(word).to_owned(), board.address("/members", board.unit, code), current)
    };
    let mut chips = vec![chip("screening-figure-waiting", WAITING)];
    chips.extend(FIGURES.map(|figure| chip(figure.word(), figure.code())));
    let mut head: Head = campaign::head(visit, &board);
    // The export of the list instead of that of the figures.
    head.actions.clear();
    head = head.action(w.t("screening-figures"), board.address("", board.unit, ""), false);
    if visit.permit(Permission::Export, board.unit).is_ok() {
        let code = if Figure::from_code(asked).is_some() { asked } else { WAITING };
        head = head.action(w.t("screening-export"), board.address("/members.xlsx", board.unit, code), false);
        for ending in ["pdf", "docx"] {
            let label = w.t1("screening-list-as", "as", ending.to_uppercase());
            head = head.action(label, board.address(&format!("/members.{ending}"), board.unit, code), false);
        }
    }
    let rows = table.html(visit);
    let rows = if prints { printing(visit, &rows) } else { rows };
    let body = format!("{}{rows}", html::chips(w.t("screening-state"), chips));
    visit.page_html(200, head, &body)
}

/// The member, with a box to tick where the viewer may print papers.
fn first(visit: &Visit<'_>, one: &People, prints: bool) -> Cell {
    let href = format!("/screening/members/{}", one.person);
    if !prints {
        return Cell::Link(one.name.clone(), href);
    }
    let mut link = String::new();
    chibo_web::table::link(&mut link, &one.name, &href);
    boxed(visit, ("id", &one.person.to_string()), &one.name, &link)
}

/// The list as a form that prints a paper of those ticked.
fn printing(visit: &Visit<'_>, rows: &str) -> String {
    let w = visit.w;
    let label = html::escape(w.t("screening-papers"));
    let mut out = format!("<form class=\"form wide\" method=\"get\" action=\"/screening/papers.pdf\">{rows}");
    out.push_str(&format!(
        "<div class=\"field\"><label for=\"paper\">{label}</label><select id=\"paper\" name=\"paper\">"
    ));
    for sort in Sort::ALL {
        option(&mut out, sort.code(), w.t(sort.word()), *sort == Sort::Pack);
    }
    out.push_str("</select></div><div class=\"form-actions\">");
    for (ending, key) in [("pdf", "screening-papers-pdf"), ("docx", "screening-papers-docx")] {
        let (href, text) = (format!("/screening/papers.{ending}"), html::escape(w.t(key)));
        out.push_str(&format!("<button class=\"btn\" type=\"submit\" formaction=\"{href}\">{text}</button> "));
    }
    out.push_str("</div></form>");
    out
}

/// `GET /screening/campaigns/{id}/members.pdf?unit=&figure=`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let body = to_pdf(&roster(visit)?, &chibo_web::fonts())?;
    Ok(Reply::File { name: format!("danh-sach-ra-soat-{}.pdf", visit.today().iso()), kind: PDF, body })
}

/// `GET /screening/campaigns/{id}/members.docx?unit=&figure=`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let body = to_docx(&roster(visit)?)?;
    Ok(Reply::File { name: format!("danh-sach-ra-soat-{}.docx", visit.today().iso()), kind: DOCX, body })
}

/// The list that goes up, in Vietnamese whatever the reader's language.
fn roster(visit: &Visit<'_>) -> Result<Document, Problem> {
    let board = Board::take(visit)?;
    visit.permit(Permission::Export, board.unit)?;
    let w = visit.house.words.tongue(Lang::Vi);
    let (people, word) = people(visit, &board)?;
    let units = board.units();
    let row = |one: &People| {
        vec![
            one.name.clone(),
            units.name(one.unit),
            rules_text(w, &one.rules),
            state_text(w, one.state, one.form),
            one.changed.map_or_else(String::new, |day| w.day(day)),
        ]
    };
    let subject = format!("{}\n{}", w.t1("screening-campaign-of", "year", board.row.year), w.t(word));
    let issuer = Issuer { superior: units.above(visit, board.unit), name: units.name(board.unit) };
    exported(visit, board.unit, people.len(), "roster")?;
    Ok(papers::roster(&issuer, visit.today(), (subject, people.iter().map(row).collect())))
}

/// `GET /screening/campaigns/{id}/members.xlsx?unit=&figure=`.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let board = Board::take(visit)?;
    visit.permit(Permission::Export, board.unit)?;
    let (people, word) = people(visit, &board)?;
    let body = sheets::people(visit, &board, &people, word)?;
    exported(visit, board.unit, people.len(), "members")?;
    Ok(Reply::File { name: format!("ra-soat-dang-vien-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}
