//! The list of members (danh sách đảng viên, form 7-HSĐV): on screen, as DOCX, PDF and workbook (DOS-07).

use chibo_census::cube::ListOrder;
use chibo_kernel::{Id, Permission, Person, Problem, Said, Unit};
use chibo_members::RollLine;
use chibo_members::codes::Sex;
use chibo_members::dims::member_standings;
use chibo_organisation::UnitsToday;
use chibo_papers::document::{DOCX, Document, PDF, to_docx, to_pdf};
use chibo_store::Entry;
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::MENU;
use super::ask::{unit_of, with_unit};
use super::count::{query, within};
use super::list::shown_number;
use crate::rules::Model;
use crate::shelf::{self, Cards};
use crate::{papers, sheets, store};

/// Members on one page.
const ROWS: usize = 100;
/// Most members of one list: that of a large base organisation.
const MOST: usize = 6_000;

/// The members of a unit by name.
struct Roll {
    unit: Id<Unit>,
    persons: Vec<Id<Person>>,
}

/// The unit asked for, else the one the viewer's sight begins with.
pub(super) fn unit(visit: &Visit<'_>, needs: Permission) -> Result<Id<Unit>, Problem> {
    if let Some(unit) = unit_of(visit, needs)? {
        return Ok(unit);
    }
    let units = UnitsToday::of(visit);
    let top = visit.who().ranges(needs).first().map(|range| range.start);
    top.and_then(|place| units.id(place)).ok_or(Problem::NotFound)
}

impl Roll {
    fn load(visit: &Visit<'_>, needs: Permission) -> Result<Self, Problem> {
        let unit = unit(visit, needs)?;
        let range = UnitsToday::of(visit).range(Some(unit));
        let view = visit.house.census.view(visit.today());
        let all =
            view.list(&within(query(visit, member_standings(), Some(needs)), range), ListOrder::Name, None, MOST + 1);
        Ok(Self { unit, persons: all.into_iter().filter_map(|no| view.id(no)).collect() })
    }

    fn too_long(&self) -> bool {
        self.persons.len() > MOST
    }

    /// The lines of some of them, in their order.
    fn lines(visit: &Visit<'_>, cards: &Cards, some: &[Id<Person>]) -> Result<Vec<RollRow>, Problem> {
        visit.read(|tx| {
            let mut roll = chibo_members::roll_of(tx, some, visit.today())?;
            let mut rows = Vec::with_capacity(some.len());
            for person in some {
                let Some(line) = roll.remove(person) else { continue };
                let model = cards.get(person).map_or(Model::None, |kept| kept.card.model);
                let hint = match model {
                    Model::Old => store::state_of(tx, *person)?.map_or_else(String::new, |row| row.hint),
                    _ => String::new(),
                };
                rows.push(RollRow { person: *person, card: shown_number(model, &hint, Some(&line)), line });
            }
            Ok(rows)
        })
    }
}

/// A line of the list.
#[derive(Clone, Debug)]
pub(crate) struct RollRow {
    person: Id<Person>,
    line: RollLine,
    card: String,
}

impl RollRow {
    /// The columns of form 7-HSĐV after the running number.
    pub fn cells(&self) -> [String; 9] {
        let line = &self.line;
        let of = |sex: Sex| if line.sex == sex.number() { line.birth.clone() } else { String::new() };
        // Somebody whose sex is not known stands in neither column: it is to be mended in his record.
        let day = |day: Option<chibo_kernel::Day>| day.map_or_else(String::new, |day| day.to_string());
        let [general, degree, theory, _] = line.levels;
        let schooling = [general, degree, theory].into_iter().filter(|level| !level.is_empty());
        let position = if line.job_title.is_empty() { line.levels[3] } else { &line.job_title };
        [
            line.name.clone(),
            of(Sex::Male),
            of(Sex::Female),
            day(line.admitted),
            day(line.official),
            self.card.clone(),
            line.file_no.clone(),
            schooling.collect::<Vec<_>>().join("; "),
            position.to_owned(),
        ]
    }
}

/// `GET /cards/roll?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let roll = Roll::load(visit, Permission::ViewMembers)?;
    let (units, cards) = (UnitsToday::of(visit), shelf::cards(visit)?);
    let name = units.name(roll.unit);
    let crumbs =
        vec![Crumb::to(w.t("cards-title"), with_unit("/cards", Some(roll.unit))), Crumb::here(w.t("cards-roll"))];
    let mut head = Head::new(w.t1("cards-roll-of", "unit", &name), MENU).crumbs(crumbs);
    if roll.too_long() {
        let columns = vec![Column::new("unit", w.t("cards-unit"))];
        let mut table = Table::new(w.t("cards-roll-parts"), columns);
        for place in units.parts(visit, Some(roll.unit)) {
            let Some(unit) = units.id(place) else { continue };
            table.rows.push(vec![Cell::Link(units.name(unit), with_unit("/cards/roll", Some(unit)))]);
        }
        let body = format!("<p>{}</p>{}", w.t1("cards-roll-choose", "most", w.n(MOST)), table.html(visit));
        return visit.page_html(200, head, &body);
    }
    if visit.permit(Permission::Export, roll.unit).is_ok() {
        let to = |page| with_unit(page, Some(roll.unit));
        head = head
            .action(w.t("cards-docx"), to("/cards/roll.docx"), true)
            .action(w.t("cards-pdf"), to("/cards/roll.pdf"), false)
            .action(w.t("cards-export"), to("/cards/roll.xlsx"), false);
    }
    let page = visit.rows(roll.persons.len(), ROWS);
    let lines = Roll::lines(visit, &cards, roll.persons.get(page.clone()).unwrap_or_default())?;
    let columns = COLUMNS.map(|(key, word)| Column::new(key, w.t(word)));
    let mut table = Table::new(w.t("cards-roll"), columns.into());
    table.empty = w.t("cards-nobody").to_owned();
    for row in &lines {
        let mut cells: Vec<Cell> = row.cells().map(Cell::Text).into();
        if let Some(first) = cells.first_mut() {
            *first = Cell::Link(row.line.name.clone(), format!("/members/{}", row.person));
        }
        table.rows.push(cells);
    }
    table.page(visit, &page, roll.persons.len(), "cards-rows");
    let body = format!("<p>{}</p>{}", w.t("cards-roll-about"), table.html(visit));
    visit.page_html(200, head, &body)
}

/// The columns: name in addresses, word key of the heading.
pub(crate) const COLUMNS: [(&str, &str); 9] = [
    ("name", "cards-member"),
    ("men", "cards-born-man"),
    ("women", "cards-born-woman"),
    ("admitted", "cards-admitted"),
    ("official", "cards-official"),
    ("card", "cards-number-of-card"),
    ("file", "cards-file-no"),
    ("schooling", "cards-schooling"),
    ("position", "cards-position"),
];

/// What goes out: the whole list, recorded.
fn taken(visit: &Visit<'_>, how: &'static str) -> Result<(Roll, Vec<RollRow>), Problem> {
    let roll = Roll::load(visit, Permission::Export)?;
    if roll.too_long() {
        return Err(Problem::refuse(Said::new("cards-roll-choose").with("most", visit.w.n(MOST))));
    }
    let cards = shelf::cards(visit)?;
    let lines = Roll::lines(visit, &cards, &roll.persons)?;
    let detail = serde_json::json!({ "list": "7-HSĐV", "rows": lines.len(), "as": how }).to_string();
    visit.write(|op| {
        op.permit(Permission::Export, roll.unit)?;
        let (stream, detail) = (*roll.unit.bytes(), detail.clone());
        op.record(Entry { stream, action: "card-list-exported", unit: Some(roll.unit), subject: None, detail });
        Ok(())
    })?;
    Ok((roll, lines))
}

fn document(visit: &Visit<'_>, how: &'static str) -> Result<Document, Problem> {
    let (roll, lines) = taken(visit, how)?;
    let units = UnitsToday::of(visit);
    let (issuer, superior) = (units.name(roll.unit), units.above(visit, roll.unit));
    Ok(papers::member_list(&papers::MemberList { issuer, superior, made_on: visit.today(), rows: lines }))
}

fn name(visit: &Visit<'_>, ending: &str) -> String {
    format!("7-HSDV-{}.{ending}", visit.today().iso())
}

/// `GET /cards/roll.xlsx?unit=`.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (roll, lines) = taken(visit, "xlsx")?;
    let body = sheets::roll(visit, &UnitsToday::of(visit).name(roll.unit), &lines)?;
    Ok(Reply::File { name: name(visit, "xlsx"), kind: XLSX, body })
}

/// `GET /cards/roll.pdf?unit=`.
pub(super) fn pdf(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let body = to_pdf(&document(visit, "pdf")?, &chibo_web::fonts())?;
    Ok(Reply::File { name: name(visit, "pdf"), kind: PDF, body })
}

/// `GET /cards/roll.docx?unit=`.
pub(super) fn docx(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let body = to_docx(&document(visit, "docx")?)?;
    Ok(Reply::File { name: name(visit, "docx"), kind: DOCX, body })
}
