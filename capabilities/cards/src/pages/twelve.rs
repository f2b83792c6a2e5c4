//! The books of members (DOS-07): all of them with where each is kept; those made from the members themselves, by unit and
//! year, as page, workbook, PDF and DOCX.

use chibo_census::Codes;
use chibo_census::cube::ListOrder;
use chibo_kernel::text::{Collator, NameParts};
use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_members::RollLine;
use chibo_members::codes::Standing;
use chibo_organisation::UnitsToday;
use chibo_papers::document::{DOCX, Document, PDF, to_docx, to_pdf};
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Pairs, Reply, Table, Visit, html};

use super::FILES;
use super::ask::with_unit;
use super::count::{query, within};
use super::gone::gone;
use super::roll::unit;
use crate::rules::Book;
use crate::{papers, sheets};

/// Members on one page.
const ROWS: usize = 100;
/// Most members read for one book: more are looked at by part.
const MOST: usize = 6_000;
/// Years one can go to.
const YEARS: i32 = 6;

/// A line of a book.
#[derive(Clone, Debug)]
pub(crate) struct BookLine {
    person: Id<Person>,
    branch: String,
    line: RollLine,
    /// Since when the standing of the book holds.
    since: Option<Day>,
}

/// The columns after the running number: name in addresses, word key of the heading.
pub(crate) const COLUMNS: [(&str, &str); 7] = [
    ("name", "cards-member"),
    ("birth", "cards-born"),
    ("branch", "cards-branch"),
    ("admitted", "cards-admitted"),
    ("official", "cards-official"),
    ("file", "cards-file-no"),
    ("since", "cards-since"),
];

impl BookLine {
    /// What stands in the columns.
    pub fn cells(&self) -> [String; 7] {
        let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
        [
            self.line.name.clone(),
            self.line.birth.clone(),
            self.branch.clone(),
            day(self.line.admitted),
            day(self.line.official),
            self.line.file_no.clone(),
            day(self.since),
        ]
    }
}

/// What an address asks for, and who is in it.
struct Asked {
    book: Book,
    unit: Id<Unit>,
    year: Option<i32>,
    /// Nothing when there are too many to read at once.
    lines: Option<Vec<BookLine>>,
}

/// Who may be of a standing in a unit, by name, with the branch: today's or the last. No question to the columns finds
/// whoever left or died: his posting has ended.
fn found(
    visit: &Visit<'_>,
    standing: Standing,
    unit: Id<Unit>,
    needs: Permission,
) -> Result<Vec<(Id<Person>, String)>, Problem> {
    let units = UnitsToday::of(visit);
    let range = units.range(Some(unit));
    let view = visit.house.census.view(visit.today());
    let mut found: Vec<(String, Id<Person>, Id<Unit>)> = Vec::new();
    if standing.counts_as_member() {
        let whose = within(query(visit, Codes::of(&[u32::from(standing.number())]), Some(needs)), range);
        for no in view.list(&whose, ListOrder::Name, None, MOST + 1) {
            let Some(one) = view.person(no) else { continue };
            let home = one.today.map(|(unit, _)| unit).or(one.home).and_then(|unit| view.forest().id(unit));
            found.extend(home.map(|home| (one.name, one.id, home)));
        }
    } else {
        let here = gone(visit, Some(needs))?.into_iter().filter(|one| range.contains(&one.place));
        found.extend(here.filter_map(|one| Some((one.name, one.person, units.id(one.place)?))));
    }
    let order = Collator::shared()?;
    found.sort_by_cached_key(|(name, ..)| order.name_sort_key(NameParts::split(name)));
    Ok(found.into_iter().map(|(_, person, home)| (person, units.name(home))).collect())
}

impl Asked {
    fn load(visit: &Visit<'_>, needs: Permission) -> Result<Self, Problem> {
        let book = Book::from_code(visit.path.get("book")).ok_or(Problem::NotFound)?;
        let standing = book.standing().ok_or(Problem::NotFound)?;
        let unit = unit(visit, needs)?;
        let year = visit.query.get("year").parse::<i32>().ok();
        let found = found(visit, standing, unit, needs)?;
        if found.len() > MOST {
            return Ok(Self { book, unit, year, lines: None });
        }
        let ids: Vec<Id<Person>> = found.iter().map(|(person, _)| *person).collect();
        let mut lines = visit.read(|tx| {
            let mut roll = chibo_members::roll_of(tx, &ids, visit.today())?;
            let mut lines = Vec::with_capacity(ids.len());
            for (person, branch) in found {
                let Some(line) = roll.remove(&person).filter(|line| line.standing == standing.number()) else {
                    continue;
                };
                let standings = chibo_members::standings_of(tx, person)?;
                let since = standings.iter().rev().find(|(_, _, one)| *one == standing).map(|(from, ..)| *from);
                lines.push(BookLine { person, branch, line, since });
            }
            Ok(lines)
        })?;
        lines.retain(|line| year.is_none_or(|year| line.since.is_some_and(|day| day.year() == year)));
        // By day; those of one day stay in the order of their names.
        lines.sort_by_key(|line| line.since);
        Ok(Self { book, unit, year, lines: Some(lines) })
    }

    fn address(&self, ending: &str, year: Option<i32>) -> String {
        let year = year.map_or_else(String::new, |year| year.to_string());
        let query = Pairs::default().with(&[("unit", &self.unit.to_string()), ("year", &year)]);
        format!("/cards/books/{}{ending}{query}", self.book.code())
    }

    fn title(&self, visit: &Visit<'_>) -> String {
        let (w, unit) = (visit.w, UnitsToday::of(visit).name(self.unit));
        let title = w.t2("cards-book-of", ("book", w.t(self.book.word())), ("unit", unit));
        self.year.map_or_else(|| title.clone(), |year| w.t2("cards-book-year", ("book", &title), ("year", year)))
    }
}

/// `GET /cards/books`.
pub(super) fn all(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let columns = vec![Column::new("book", w.t("cards-book")), Column::sentences("about", w.t("cards-book-about"))];
    let mut table = Table::new(w.t("cards-books"), columns);
    for book in Book::ALL {
        // Who may not look at meetings is told where the book is all the same.
        let sees = *book != Book::Resolutions || visit.who().may_somewhere(Permission::ViewReports);
        let name = w.t(book.word()).to_owned();
        let first = match book.place() {
            Some(place) if sees => Cell::Link(name, place.to_owned()),
            _ => Cell::Text(name),
        };
        table.rows.push(vec![first, Cell::Text(w.t(book.about()).to_owned())]);
    }
    let crumbs = vec![Crumb::to(w.t("cards-files"), "/cards/dossiers"), Crumb::here(w.t("cards-books"))];
    let body = format!("<p>{}</p>{}", w.t("cards-books-about"), table.html(visit));
    visit.page_html(200, Head::new(w.t("cards-books"), FILES).crumbs(crumbs), &body)
}

/// `GET /cards/books/{book}?unit=&year=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let asked = Asked::load(visit, Permission::ViewMembers)?;
    let crumbs = vec![Crumb::to(w.t("cards-books"), "/cards/books"), Crumb::here(w.t(asked.book.word()))];
    let mut head = Head::new(asked.title(visit), FILES).crumbs(crumbs);
    let Some(lines) = &asked.lines else { return parts(visit, &asked, head) };
    if visit.permit(Permission::Export, asked.unit).is_ok() {
        let to = |ending| asked.address(ending, asked.year);
        head = head
            .action(w.t("cards-docx"), to("/list.docx"), true)
            .action(w.t("cards-pdf"), to("/list.pdf"), false)
            .action(w.t("cards-export"), to("/list.xlsx"), false);
    }
    let this = visit.today().year();
    let mut years = vec![(w.t("cards-book-all-years").to_owned(), asked.address("", None), asked.year.is_none())];
    let year = |year: i32| (year.to_string(), asked.address("", Some(year)), asked.year == Some(year));
    years.extend((this - YEARS + 1..=this).rev().map(year));
    let page = visit.rows(lines.len(), ROWS);
    let columns = COLUMNS.map(|(key, word)| Column::new(key, w.t(word)));
    let mut table = Table::new(w.t(asked.book.word()), columns.into());
    table.empty = w.t("cards-nobody").to_owned();
    for line in lines.get(page.clone()).unwrap_or_default() {
        let mut cells: Vec<Cell> = line.cells().map(Cell::Text).into();
        if let Some(first) = cells.first_mut() {
            *first = Cell::Link(line.line.name.clone(), format!("/members/{}", line.person));
        }
        table.rows.push(cells);
    }
    table.page(visit, &page, lines.len(), "cards-rows");
    let chips = html::chips(w.t("cards-book-years"), years);
    let body = format!("<p>{}</p>{chips}{}", w.t(asked.book.about()), table.html(visit));
    visit.page_html(200, head, &body)
}

/// The parts of a unit whose book is too long to read at once.
fn parts(visit: &Visit<'_>, asked: &Asked, head: Head) -> Result<Reply, Problem> {
    let (w, units) = (visit.w, UnitsToday::of(visit));
    let mut table = Table::new(w.t("cards-roll-parts"), vec![Column::new("unit", w.t("cards-unit"))]);
    let place = format!("/cards/books/{}", asked.book.code());
    for unit in units.parts(visit, Some(asked.unit)).into_iter().filter_map(|place| units.id(place)) {
        table.rows.push(vec![Cell::Link(units.name(unit), with_unit(&place, Some(unit)))]);
    }
    let body = format!("<p>{}</p>{}", w.t1("cards-roll-choose", "most", w.n(MOST)), table.html(visit));
    visit.page_html(200, head, &body)
}

/// What goes out: the whole book, recorded.
fn taken(visit: &Visit<'_>, how: &'static str) -> Result<(Asked, Vec<BookLine>), Problem> {
    let mut asked = Asked::load(visit, Permission::Export)?;
    visit.permit(Permission::Export, asked.unit)?;
    let too_long = || Problem::refuse(Said::new("cards-roll-choose").with("most", visit.w.n(MOST)));
    let lines = asked.lines.take().ok_or_else(too_long)?;
    let detail = serde_json::json!({ "list": asked.book.code(), "year": asked.year, "rows": lines.len(), "as": how });
    visit.taken_out(asked.unit, "card-list-exported", &detail)?;
    Ok((asked, lines))
}

fn document(visit: &Visit<'_>, how: &'static str) -> Result<(Book, Document), Problem> {
    let (asked, lines) = taken(visit, how)?;
    let units = UnitsToday::of(visit);
    let (issuer, superior) = (units.name(asked.unit), units.above(visit, asked.unit));
    let subject = match asked.year {
        Some(year) => format!("{} năm {year}", asked.book.subject()),
        None => asked.book.subject().to_owned(),
    };
    Ok((asked.book, papers::book(&papers::BookOf { issuer, superior, made_on: visit.today(), subject, lines })))
}

fn name(visit: &Visit<'_>, book: Book, ending: &str) -> String {
    format!("so-{}-{}.{ending}", book.code(), visit.today().iso())
}

/// `GET /cards/books/{book}/list.xlsx?unit=&year=`.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (asked, lines) = taken(visit, "xlsx")?;
    let body = sheets::book(visit, asked.title(visit), &lines)?;
    Ok(Reply::File { name: name(visit, asked.book, "xlsx"), kind: XLSX, body })
}

/// `GET /cards/books/{book}/list.pdf?unit=&year=`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (book, document) = document(visit, "pdf")?;
    let body = to_pdf(&document, &chibo_web::fonts())?;
    Ok(Reply::File { name: name(visit, book, "pdf"), kind: PDF, body })
}

/// `GET /cards/books/{book}/list.docx?unit=&year=`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (book, document) = document(visit, "docx")?;
    Ok(Reply::File { name: name(visit, book, "docx"), kind: DOCX, body: to_docx(&document)? })
}
