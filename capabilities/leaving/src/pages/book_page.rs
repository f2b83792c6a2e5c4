//! The book of those who left as a page and as a workbook: as of a day, by unit and year (EXI-15, DOS-07).

use chibo_kernel::{Permission, Problem};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, html};

use super::lists::{first, ground, printable, printing};
use super::{Ask, BOOK, Book, Entry, MENU};
use crate::rules::Kind;
use crate::sheets;

/// Rows of one page.
const ROWS: usize = 100;
/// Years one can go to.
const YEARS: i32 = 6;

/// `GET /leaving/book?unit=&year=&kind=&ground=&day=&known=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (w, ask, at) = (visit.w, Ask::read(visit)?, visit.as_of());
    let book = Book::take(visit, &ask, (ask.year, ask.year))?;
    let entries: Vec<&Entry> = book.entries.iter().filter(|entry| entry.fits(&ask)).collect();
    let mut title = w.t1("leaving-book-of", "year", ask.year);
    if let Some(unit) = ask.unit {
        title = format!("{title} – {}", book.units.name(unit));
    }
    let crumbs = vec![Crumb::to(w.t("leaving-title"), "/leaving"), Crumb::here(w.t("leaving-book"))];
    let mut head = Head::new(title, MENU).crumbs(crumbs).as_of(at);
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("leaving-export"), ask.address(&format!("{BOOK}.xlsx")), false);
    }
    if visit.who().may_somewhere(Permission::EditMembers) {
        head = head.action(w.t("leaving-new"), "/leaving/new", true);
    }
    let gone = entries.iter().filter(|entry| !entry.restored).count();
    let count = w.t2("leaving-book-count", ("count", w.n(gone)), ("day", w.day(at.day)));
    let body = format!(
        "<p>{}</p>{}<p><strong>{}</strong></p>{}",
        w.t("leaving-book-about"),
        chips(visit, &ask),
        html::escape(&count),
        table(visit, &book, &entries)
    );
    visit.page_html(200, head, &body)
}

/// Choices above the list.
fn chips(visit: &Visit<'_>, ask: &Ask) -> String {
    let w = visit.w;
    let this = visit.today().year();
    let year = |year: i32| {
        let there = Ask { year, at: Default::default(), ..ask.clone() };
        (year.to_string(), there.address(BOOK), year == ask.year)
    };
    let years = html::chips(w.t("leaving-year"), (this - YEARS + 1..=this).rev().map(year));
    let all = Ask { kind: None, elsewhere: false, ground: None, ..ask.clone() };
    let every = ask.kind.is_none() && !ask.elsewhere;
    let mut choices = vec![(w.t("leaving-all").to_owned(), all.address(BOOK), every)];
    choices.extend(Kind::ALL.iter().copied().filter(|kind| kind.removes()).map(|kind| {
        let here = Ask { kind: Some(kind), ..all.clone() };
        (w.t(kind.word()).to_owned(), here.address(BOOK), ask.kind == Some(kind))
    }));
    let elsewhere = Ask { elsewhere: true, ..all.clone() };
    choices.push((w.t("leaving-kind-elsewhere").to_owned(), elsewhere.address(BOOK), ask.elsewhere));
    let mut out = [years, html::chips(w.t("leaving-kind"), choices)].concat();
    if let Some(ground) = ask.ground {
        let less = Ask { ground: None, ..ask.clone() };
        let choice = (w.t1("leaving-without-filter", "what", w.t(ground.word())), less.address(BOOK), false);
        out.push_str(&html::chips(w.t("leaving-ground"), [choice]));
    }
    out
}

fn table(visit: &Visit<'_>, book: &Book, entries: &[&Entry]) -> String {
    let w = visit.w;
    let page = visit.rows(entries.len(), ROWS);
    let columns = vec![
        Column::new("member", w.t("leaving-member")),
        Column::new("kind", w.t("leaving-kind")),
        Column::new("ground", w.t("leaving-ground")),
        Column::new("number", w.t("leaving-number")),
        Column::new("left", w.t("leaving-left-on")),
        Column::new("phase", w.t("leaving-phase")),
    ];
    let mut table = Table::new(w.t("leaving-book"), columns);
    table.empty = w.t("leaving-nobody").to_owned();
    for entry in entries.get(page.clone()).unwrap_or_default() {
        let case = entry.case.as_ref();
        let word = w.t(entry.word()).to_owned();
        table.rows.push(vec![
            first(
                visit,
                (&entry.name, &format!("/members/{}", entry.person)),
                (book.units.name(entry.unit), entry.place),
                case.map(|case| case.id),
            ),
            match case {
                Some(case) => Cell::Link(word, format!("/leaving/cases/{}", case.id)),
                None => Cell::Text(word),
            },
            Cell::Text(ground(visit, case.and_then(|case| case.ground))),
            Cell::Text(case.map_or_else(String::new, |case| case.number.clone())),
            Cell::Text(w.day(entry.from)),
            match (entry.restored, case) {
                (true, _) => Cell::Tag(w.t("leaving-restored").to_owned(), "warn"),
                (false, Some(case)) => Cell::Text(w.t(case.phase.word()).to_owned()),
                (false, None) => Cell::Text(String::new()),
            },
        ]);
    }
    table.page(visit, &page, entries.len(), "leaving-rows");
    let rows = table.html(visit);
    let papers = entries.iter().any(|entry| entry.case.is_some() && printable(visit, entry.place));
    if papers { printing(visit, &rows) } else { rows }
}

/// `GET /leaving/book.xlsx`.
pub(super) fn sheet(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let mut book = Book::take(visit, &ask, (ask.year, ask.year))?;
    book.entries.retain(|entry| printable(visit, entry.place) && entry.fits(&ask));
    let entries: Vec<&Entry> = book.entries.iter().collect();
    let body = sheets::book(visit, &ask, &book, &entries)?;
    if let Some(top) = ask.unit.or_else(|| entries.first().map(|entry| entry.unit)) {
        let detail = serde_json::json!({ "rows": entries.len(), "list": BOOK });
        visit.taken_out(top, "departure-list-exported", &detail)?;
    }
    let name = format!("so-dang-vien-ra-khoi-dang-{}.xlsx", visit.today().iso());
    Ok(Reply::File { name, kind: XLSX, body })
}
