//! Papers on the way of a card for a selection of members: decisions 3- to 6-TĐV, hand-over books 7-, 8-TĐV (CRD-03b).

use std::collections::{BTreeMap, HashMap, HashSet};

use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_members::RollLine;
use chibo_organisation::UnitsToday;
use chibo_papers::document::{DOCX, Document, Issuer, PDF, bound_docx, bound_pdf};
use chibo_store::Entry;
use chibo_web::form::{Kind, again, boxed};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::ask::{Ask, Line, line, members};
use super::list::{class, shown_number, state_text};
use super::{MENU, notes};
use crate::issue::{Holder, Sheet, Sort, paper};
use crate::rules::{Card, Forms, Matter, Model, State, Step};
use crate::seats::Seats;
use crate::shelf::{self, Cards};
use crate::store::{self, StepRow};

/// Members on one page.
const ROWS: usize = 100;
/// Most members printed at once.
const MOST: usize = 500;

/// Of whom there are papers: before the committee that decides, decided, printed, handed over. Whoever was taken off the way
/// still holds the old model.
fn printed(card: Card) -> bool {
    let way = match card.state {
        State::Submitted | State::Decided | State::Sent | State::Approved | State::Printed => true,
        State::Held => card.model == Model::New,
        _ => false,
    };
    way && card.matter != Matter::None
}

/// Whether somebody of this card stands in the hand-over book: the card is printed or was handed over.
const fn in_book(card: Card) -> bool {
    matches!(card.state, State::Printed | State::Held)
}

/// Those whose papers the viewer may take.
fn lines(visit: &Visit<'_>, ask: &Ask, cards: &Cards) -> Result<Vec<Line>, Problem> {
    let all = members(visit, ask, cards, Permission::Export)?;
    let view = visit.house.census.view(visit.today());
    let some = all.into_iter().filter(|person| cards.get(person).is_some_and(|kept| printed(kept.card)));
    Ok(some.filter_map(|person| line(&view, cards, person)).collect())
}

fn card_of(line: &Line) -> Card {
    line.kept.map_or(Card::default(), |kept| kept.card)
}

/// `GET /cards/papers?unit=&show=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (ask, cards) = (Ask::read(visit)?, shelf::cards(visit)?);
    let lines = lines(visit, &ask, &cards)?;
    page(visit, &ask, &lines, None)
}

fn page(visit: &Visit<'_>, ask: &Ask, lines: &[Line], refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = refused.as_ref().map_or(200, |(status, _)| *status);
    let (units, page) = (UnitsToday::of(visit), visit.rows(lines.len(), ROWS));
    let columns = vec![
        Column::new("name", w.t("cards-member")),
        Column::new("unit", w.t("cards-branch")),
        Column::new("state", w.t("cards-state")),
        Column::new("since", w.t("cards-since")),
    ];
    let mut table = Table::new(w.t("cards-list"), columns);
    table.empty = w.t("cards-papers-nobody").to_owned();
    for line in lines.get(page.clone()).unwrap_or_default() {
        let mut link = String::new();
        chibo_web::table::link(&mut link, &line.name, &format!("/cards/members/{}", line.person));
        let card = card_of(line);
        let state = w.t2("cards-state-for", ("state", w.t(card.state.word())), ("matter", w.t(card.matter.word())));
        let state = if card.state.under_way() { state_text(visit, card) } else { state };
        table.rows.push(vec![
            boxed(visit, ("who", &line.person.to_string()), &w.t1("cards-choose", "name", &line.name), &link),
            Cell::Text(units.name(line.unit)),
            Cell::Tag(state, class(card.state)),
            Cell::Text(line.kept.map_or_else(String::new, |kept| w.day(kept.since))),
        ]);
    }
    table.page(visit, &page, lines.len(), "cards-rows");
    let rows = table.html(visit);
    let body = if lines.is_empty() {
        rows
    } else {
        let mut form = form(visit, ask, lines.len()).about(rows);
        if let Some((_, issues)) = refused {
            form = form.refused(&visit.form, issues);
        }
        let doubtful = notes(visit, &Forms::on(visit.today())?.doubtful, &["CRD-03b"]);
        format!("<p>{}</p>{}{doubtful}", w.t("cards-papers-about"), form.html(visit))
    };
    let crumbs = vec![
        Crumb::to(w.t("cards-title"), "/cards"),
        Crumb::to(w.t("cards-list"), ask.address("/cards/list")),
        Crumb::here(w.t("cards-papers")),
    ];
    visit.page_html(status, Head::new(w.t("cards-papers"), MENU).crumbs(crumbs).with_error(status != 200), &body)
}

fn form(visit: &Visit<'_>, ask: &Ask, all: usize) -> Form {
    let w = visit.w;
    let everybody = vec![("yes".to_owned(), w.t1("cards-papers-everybody", "count", w.n(all)))];
    let sorts = Sort::ALL.iter().map(|sort| (sort.code().to_owned(), w.t(sort.word()).to_owned())).collect();
    let formats = vec![("pdf".to_owned(), "PDF".to_owned()), ("docx".to_owned(), "DOCX".to_owned())];
    let fields = vec![
        Field::new("all", w.t("cards-for-whom"), Kind::Checks(everybody)).hint(w.t("cards-for-whom-hint")),
        Field::new("paper", w.t("cards-paper"), Kind::Radios(sorts)).value(Sort::Decision.code()).required(),
        Field::new("format", w.t("cards-format"), Kind::Radios(formats)).value("pdf").required(),
    ];
    Form::new(ask.address("/cards/papers"), w.t("cards-papers-make"), fields)
}

/// `POST /cards/papers` with the query of the list.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (ask, cards) = (Ask::read(visit)?, shelf::cards(visit)?);
    let lines = lines(visit, &ask, &cards)?;
    match written(visit, &lines) {
        Ok(reply) => Ok(reply),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &ask, &lines, Some(refused))
        }
    }
}

/// Those the form names, in the order of the list.
fn chosen<'l>(visit: &Visit<'_>, lines: &'l [Line], sort: Sort) -> Result<Vec<&'l Line>, Problem> {
    let everybody = visit.form.get("all") == "yes";
    let who: HashSet<Id<Person>> = visit.form.all("who").filter_map(|id| id.parse().ok()).collect();
    let has = |line: &&Line| sort == Sort::Decision || in_book(card_of(line));
    let some: Vec<&Line> = lines.iter().filter(|line| everybody || who.contains(&line.person)).collect();
    if !everybody && !some.iter().all(has) {
        return Err(Problem::field("paper", Said::new("cards-paper-not-yet")));
    }
    let some: Vec<&Line> = some.into_iter().filter(has).collect();
    match some.len() {
        0 => Err(Problem::field("all", Said::new("cards-papers-none-chosen"))),
        many if many > MOST => Err(Problem::field("all", Said::new("cards-too-many").with("most", MOST))),
        _ => Ok(some),
    }
}

fn written(visit: &Visit<'_>, lines: &[Line]) -> Result<Reply, Problem> {
    let sort = Sort::from_code(visit.form.get("paper"));
    let sort = sort.ok_or_else(|| Problem::field("paper", Said::new("cards-pick-paper")))?;
    let format = visit.form.get("format");
    if !matches!(format, "pdf" | "docx") {
        return Err(Problem::field("format", Said::new("cards-pick-format")));
    }
    let mut lines = chosen(visit, lines, sort)?;
    let known = Known::read(visit, &lines)?;
    lines.retain(|line| known.has(line, sort));
    if lines.is_empty() {
        return Err(Problem::field("all", Said::new("cards-papers-none-chosen")));
    }
    let documents = documents(visit, &lines, &known, sort)?;
    let title = visit.w.t(sort.word());
    let (kind, body) = match format {
        "docx" => (DOCX, bound_docx(title, &documents)?),
        _ => (PDF, bound_pdf(title, &documents, &chibo_web::fonts())?),
    };
    taken(visit, &lines, sort, format)?;
    let name = match sort {
        Sort::Decision => "quyet-dinh-the-dang-vien",
        Sort::Book => "so-the-dang-vien",
    };
    Ok(Reply::File { name: format!("{name}-{}.{format}", visit.today().iso()), kind, body })
}

/// What the steps of the way a card is on say: its decision, its hand-over.
#[derive(Default)]
struct Way {
    decision: (String, Option<Day>),
    handed: (Option<Day>, String),
}

impl Way {
    /// Of a member's steps in order: whatever was decided before the member was listed last belongs to another card.
    fn of(rows: &[StepRow]) -> Self {
        let listed = rows.iter().rposition(|row| row.step == Step::Listed.code()).unwrap_or(0);
        let rows = rows.get(listed..).unwrap_or_default();
        let last = |step: Step| rows.iter().rfind(|row| row.step == step.code());
        let decision = last(Step::Decided).map(|row| (row.number.clone(), Some(row.on_day)));
        let handed = last(Step::Handed).map(|row| (Some(row.on_day), row.number.clone()));
        Self { decision: decision.unwrap_or_default(), handed: handed.unwrap_or_default() }
    }
}

/// What is read of those chosen.
struct Known {
    roll: HashMap<Id<Person>, RollLine>,
    ways: HashMap<Id<Person>, (Way, String)>,
}

impl Known {
    fn read(visit: &Visit<'_>, lines: &[&Line]) -> Result<Self, Problem> {
        let ids: Vec<_> = lines.iter().map(|line| line.person).collect();
        visit.read(|tx| {
            let roll = chibo_members::roll_of(tx, &ids, visit.today())?;
            let mut ways = HashMap::with_capacity(ids.len());
            for person in ids {
                let hint = store::state_of(tx, person)?.map_or_else(String::new, |row| row.hint);
                ways.insert(person, (Way::of(&store::steps_of(tx, person)?), hint));
            }
            Ok(Self { roll, ways })
        })
    }

    /// A card held since before the program, or found again, may never have gone the way: it has neither paper.
    fn has(&self, line: &Line, sort: Sort) -> bool {
        let way = self.ways.get(&line.person).map(|(way, _)| way);
        card_of(line).state != State::Held
            || match sort {
                Sort::Decision => way.is_some_and(|way| way.decision.1.is_some()),
                Sort::Book => way.is_some_and(|way| way.handed.0.is_some()),
            }
    }

    /// The number shown is that of the card asked for: of the new model wherever it is under way or was handed over.
    fn holder(&self, line: &Line, branch: String) -> Holder {
        let (roll, way) = (self.roll.get(&line.person), self.ways.get(&line.person));
        let (way, hint) = way.map_or((None, ""), |(way, hint)| (Some(way), hint.as_str()));
        Holder {
            name: line.name.clone(),
            birth: roll.map_or_else(String::new, |roll| roll.birth.clone()),
            branch,
            official: roll.and_then(|roll| roll.official),
            card: shown_number(Model::New, hint, roll),
            file_no: roll.map_or_else(String::new, |roll| roll.file_no.clone()),
            decision: way.map(|way| way.decision.clone()).unwrap_or_default(),
            handed: way.map(|way| way.handed.clone()).unwrap_or_default(),
        }
    }
}

/// Decisions by committee, matter, number and day; books by base organisation and form.
fn documents(visit: &Visit<'_>, lines: &[&Line], known: &Known, sort: Sort) -> Result<Vec<Document>, Problem> {
    type Key = (Id<Unit>, &'static str, Option<Day>, String);
    let (units, forms) = (UnitsToday::of(visit), Forms::on(visit.today())?);
    let forest = visit.house.census.forest();
    let mut sheets: BTreeMap<Key, Sheet> = BTreeMap::new();
    for line in lines {
        let matter = card_of(line).matter;
        let Some((form, seats)) = forms.of(matter).zip(Seats::of(&forest, visit.today(), line.unit)) else { continue };
        let holder = known.holder(line, units.name(line.unit));
        let (unit, form, (number, on)) = match sort {
            Sort::Decision => (seats.upper, form.decision, holder.decision.clone()),
            Sort::Book => (seats.base, form.book, (String::new(), None)),
        };
        let new = || Sheet {
            issuer: Issuer { superior: units.above(visit, unit), name: units.name(unit) },
            form,
            matter,
            number: number.clone(),
            on,
            made_on: visit.today(),
            holders: Vec::new(),
        };
        sheets.entry((unit, form, on, number.clone())).or_insert_with(new).holders.push(holder);
    }
    Ok(sheets.into_values().map(|sheet| paper(&sheet, sort)).collect())
}

/// What was taken leaves a trace on every member it is about, before it leaves the house (DPD-12). Not by `Visit::write`:
/// the same paper may be printed again from the same form.
fn taken(visit: &Visit<'_>, lines: &[&Line], sort: Sort, format: &str) -> Result<(), Problem> {
    visit.house.db.write(visit.who(), |op| {
        for line in lines {
            let stream = *line.person.bytes();
            let detail = serde_json::json!({ "paper": sort.code(), "format": format }).to_string();
            let (unit, subject) = (Some(line.unit), Some(stream));
            op.record(Entry { stream, action: "card-paper-taken", unit, subject, detail });
        }
        Ok(())
    })
}
