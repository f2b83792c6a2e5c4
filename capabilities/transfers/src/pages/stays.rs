//! Temporary stays: who is away until when, who should be back (TRF-07, SCR-03).

use chibo_kernel::{Permission, Problem};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Head, Pairs, Reply, Table, Visit, html};

use super::found::Which;
use super::list::{exported, note};
use super::{Found, Line, MENU, sections};
use crate::rules::{Stay, Terms};
use crate::sheets;

/// Stays on one page.
const ROWS: usize = 100;
/// Days before its end on which a stay is listed as ending.
pub(crate) const AHEAD: i32 = 30;

/// What can be asked for.
const SHOWN: [(&str, &str); 4] = [
    ("", "transfers-stays-running"),
    ("overdue", "transfers-stays-overdue"),
    ("ending", "transfers-stays-ending"),
    ("ended", "transfers-stays-ended"),
];

fn which(visit: &Visit<'_>) -> Which {
    if visit.query.get("show") == "ended" { Which::All } else { Which::Stays }
}

/// The stays asked for; `month=2027-01` names the month of their end.
fn fitting<'f>(found: &'f Found, visit: &Visit<'_>) -> Vec<(&'f Line, &'f Stay)> {
    let (today, month) = (visit.today(), visit.query.get("month").to_owned());
    let asked = visit.query.get("show").to_owned();
    let fits = |(_, stay): &(&Line, &Stay)| {
        let shown = match asked.as_str() {
            "ended" => stay.returned().is_some(),
            _ if stay.returned().is_some() => false,
            "overdue" => stay.overdue_since(today).is_some(),
            "ending" => stay.until() >= today && stay.until() <= today.plus_days(AHEAD),
            _ => true,
        };
        shown && (month.is_empty() || stay.until().iso().starts_with(&month))
    };
    found.lines.iter().filter_map(|line| Some((line, line.stay.as_ref()?))).filter(fits).collect()
}

/// `GET /transfers/stays?show=&month=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let found = Found::take(visit, which(visit))?;
    let lines = fitting(&found, visit);
    let mut head = Head::new(w.t("transfers-stays"), MENU);
    if visit.who().may_somewhere(Permission::Export) {
        let query = visit.query.with(&[("after", "")]);
        head = head.action(w.t("transfers-export"), format!("/transfers/stays.xlsx{query}"), false);
    }
    if visit.who().may_somewhere(Permission::EditMembers) {
        head = head.action(w.t("transfers-new"), "/transfers/new?kind=temporary", true);
    }
    let asked = visit.query.get("show");
    let chip = |(code, key): (&str, &str)| {
        let href = format!("/transfers/stays{}", Pairs::default().with(&[("show", code)]));
        (w.t(key).to_owned(), href, code == asked)
    };
    let chips = html::chips(w.t("transfers-stays"), SHOWN.map(chip));
    let about = html::escape(w.t("transfers-stays-about"));
    let body = format!("{}<p>{about}</p>{chips}{}", sections(visit), table(visit, &found, &lines)?);
    visit.page_html(200, head, &body)
}

fn table(visit: &Visit<'_>, found: &Found, lines: &[(&Line, &Stay)]) -> Result<String, Problem> {
    let (w, terms) = (visit.w, Terms::on(visit.today())?);
    let page = visit.rows(lines.len(), ROWS);
    let columns = vec![
        Column::new("member", w.t("transfers-member")),
        Column::new("from", w.t("transfers-home-branch")),
        Column::new("to", w.t("transfers-stay-at")),
        Column::new("purpose", w.t("transfers-purpose")),
        Column::new("begins", w.t("transfers-begins")),
        Column::new("until", w.t("transfers-until")),
        Column::new("stands", w.t("transfers-state")),
    ];
    let mut table = Table::new(w.t("transfers-stays"), columns);
    table.empty = w.t("transfers-nobody").to_owned();
    for (line, stay) in lines.get(page.clone()).unwrap_or_default() {
        let (said, class) = stands(visit, stay, &terms);
        table.rows.push(vec![
            Cell::Link(line.name.clone(), format!("/transfers/{}", line.row.transfer_id)),
            Cell::Text(line.from(&found.units)),
            Cell::Text(line.to(&found.units)),
            Cell::Text(w.t(stay.span.purpose.word()).to_owned()),
            Cell::Text(w.day(stay.span.from)),
            Cell::Text(w.day(stay.until())),
            if class.is_empty() { Cell::Text(said) } else { Cell::Tag(said, class) },
        ]);
    }
    table.page(visit, &page, lines.len(), "transfers-rows");
    Ok(table.html(visit))
}

/// Where a stay stands, with its colour.
pub(super) fn stands(visit: &Visit<'_>, stay: &Stay, terms: &Terms) -> (String, &'static str) {
    let (w, today) = (visit.w, visit.today());
    if let Some(day) = stay.returned() {
        return (w.t1("transfers-stay-returned", "day", w.day(day)), "ok");
    }
    if let Some(landed) = stay.landed() {
        let by = terms.home_by(landed);
        let said = w.t2("transfers-stay-landed", ("day", w.day(landed)), ("by", w.day(by)));
        return (said, if by < today { "bad" } else { "gold" });
    }
    match stay.overdue_since(today) {
        Some(since) => (w.t1("transfers-stay-overdue", "day", w.day(since)), "bad"),
        None if stay.until() <= today.plus_days(AHEAD) => (w.t("transfers-stays-ending").to_owned(), "warn"),
        None => (w.t("transfers-stay-away").to_owned(), ""),
    }
}

/// `GET /transfers/stays.xlsx` with the query of the list.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let found = exported(visit, which(visit))?;
    let lines = fitting(&found, visit);
    let terms = Terms::on(visit.today())?;
    let rows: Vec<_> = lines.iter().map(|(line, stay)| (*line, *stay, stands(visit, stay, &terms).0)).collect();
    let body = sheets::stays(visit, &found, &rows)?;
    if let Some(top) = lines.first().and_then(|(line, _)| line.course.boxes.first()).map(|seal| seal.unit) {
        note(visit, top, lines.len(), "transfer-list-exported")?;
    }
    Ok(Reply::File { name: format!("sinh-hoat-tam-thoi-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}
