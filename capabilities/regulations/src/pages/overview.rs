//! Who has not adopted a working regulation (ORG-32): figures, by kind, by unit; every number opens its list.

use std::ops::Range;

use askama::Template;
use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_organisation::kinds::Kind;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::scene::{Scene, dated, kind_name, setting_name};
use super::survey::{Line, Survey};
use super::{MENU, models};
use crate::rules::{MUST_ADOPT, State, Tally};

/// Units on one page of the list.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage<'a> {
    w: Tongue<'a>,
    absent: bool,
    figures: Vec<(&'a str, String, String)>,
    list: Option<String>,
    kinds: String,
    parts: String,
}

/// What the address asks for.
#[derive(Clone, Copy)]
pub(super) struct Ask {
    /// In which unit; none for everything the viewer may see.
    pub unit: Option<Id<Unit>>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only this state.
    pub state: Option<State>,
}

impl Ask {
    /// Reads the address; a unit out of sight is not found.
    pub fn read(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit = match visit.query.some("unit") {
            Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
            None => None,
        };
        unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewUnits, unit))?;
        let kind = visit.query.some("kind").and_then(Kind::from_code);
        Ok(Self { unit, kind, state: visit.query.some("state").and_then(State::from_code) })
    }

    /// The part of the tree asked about; empty when the unit does not stand on the day.
    pub fn places(self, scene: &Scene) -> Range<u32> {
        match self.unit {
            None => 0..scene.tree.len(),
            Some(unit) => scene.place(unit).map_or(0..0, |place| place..scene.tree.end(place)),
        }
    }

    /// Whether the unit is among those asked for.
    pub fn fits(self, line: &Line) -> bool {
        self.kind.is_none_or(|kind| kind == line.kind) && self.state.is_none_or(|state| state == line.state)
    }

    /// The address of this question.
    fn address(self, visit: &Visit<'_>) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let (kind, state) = (self.kind.map_or("", Kind::code), self.state.map_or("", State::code));
        format!("/regulations{}", dated(visit, &[("unit", &unit), ("kind", kind), ("state", state)]))
    }
}

/// `GET /regulations?unit=&kind=&state=&day=&known=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?;
    let scene = Scene::at(visit, visit.as_of());
    let survey = Survey::take(visit, &scene, ask.places(&scene))?;
    let whole = Ask { kind: None, state: None, ..ask };
    let listed = ask.kind.is_some() || ask.state.is_some();
    let page = OverviewPage {
        w,
        absent: ask.unit.is_some_and(|unit| scene.place(unit).is_none()),
        figures: figures(visit, whole, &survey),
        list: listed.then(|| list(visit, &scene, &survey, ask)),
        kinds: by_kind(visit, &scene, whole, &survey),
        parts: by_part(visit, &scene, whole, &survey),
    };
    let mut crumbs = vec![Crumb::to(w.t("regulations-title"), format!("/regulations{}", dated(visit, &[])))];
    crumbs.extend(ask.unit.map(|unit| Crumb::here(scene.name(unit))));
    let title = match ask.unit {
        Some(unit) => w.t1("regulations-title-of", "unit", scene.name(unit)),
        None => w.t("regulations-title").to_owned(),
    };
    let mut head = Head::new(title, MENU).as_of(scene.at);
    if ask.unit.is_some() {
        head = head.crumbs(crumbs);
    }
    if visit.who().may_somewhere(Permission::Export) {
        let query = visit.query.with(&[("after", ""), ("done", "")]);
        head = head.action(w.t("regulations-export"), format!("/regulations/export.xlsx{query}"), false);
    }
    visit.page(head.action(w.t("regulations-models"), "/regulations/models", false), &page)
}

/// A number that opens its list.
fn number(visit: &Visit<'_>, count: u32, ask: Ask) -> Cell {
    let text = visit.w.n(count);
    if count == 0 { Cell::Text(text) } else { Cell::Link(text, ask.address(visit)) }
}

fn figures<'a>(visit: &Visit<'a>, whole: Ask, survey: &Survey) -> Vec<(&'a str, String, String)> {
    let w = visit.w;
    let tally: Tally = survey.lines.iter().map(|line| line.state).collect();
    let mut figures = vec![(w.t("regulations-must"), w.n(tally.total()), String::new())];
    figures.extend(State::ALL.iter().map(|state| {
        let count = tally.of(*state);
        let ask = Ask { state: Some(*state), ..whole };
        (w.t(state.word()), w.n(count), if count == 0 { String::new() } else { ask.address(visit) })
    }));
    figures
}

/// The columns of a table of counts; the first says of what.
fn columns(w: Tongue<'_>, first: &str) -> Vec<Column> {
    let mut columns = vec![Column::new("of", first), Column::number("must", w.t("regulations-must"))];
    columns.extend(State::ALL.iter().map(|state| Column::number(state.code(), w.t(state.word()))));
    columns
}

/// The numbers of a row, each with its list.
fn counts(visit: &Visit<'_>, tally: &Tally, ask: Ask) -> Vec<Cell> {
    let mut cells = vec![Cell::Text(visit.w.n(tally.total()))];
    let of = |state: &State| number(visit, tally.of(*state), Ask { state: Some(*state), ..ask });
    cells.extend(State::ALL.iter().map(of));
    cells
}

fn row(name: Cell, mut counts: Vec<Cell>) -> Vec<Cell> {
    counts.insert(0, name);
    counts
}

fn by_kind(visit: &Visit<'_>, scene: &Scene, whole: Ask, survey: &Survey) -> String {
    let w = visit.w;
    let mut table = Table::new(w.t("regulations-by-kind"), columns(w, w.t("regulations-kind")));
    table.empty = w.t("regulations-nobody").to_owned();
    let mut kinds: Vec<Kind> = MUST_ADOPT.to_vec();
    kinds.sort_by_key(|kind| kind.rank());
    for kind in kinds {
        let tally: Tally = survey.lines.iter().filter(|line| line.kind == kind).map(|line| line.state).collect();
        if tally.total() > 0 {
            let ask = Ask { kind: Some(kind), ..whole };
            let name = Cell::Link(kind_name(w, kind, scene.at.day).to_owned(), ask.address(visit));
            table.rows.push(row(name, counts(visit, &tally, ask)));
        }
    }
    let all: Tally = survey.lines.iter().map(|line| line.state).collect();
    table.total = Some(row(Cell::Text(w.t("regulations-total").to_owned()), counts(visit, &all, whole)));
    table.html(visit)
}

fn by_part(visit: &Visit<'_>, scene: &Scene, whole: Ask, survey: &Survey) -> String {
    let w = visit.w;
    let asked = match whole.unit.map(|unit| scene.place(unit)) {
        Some(None) => return String::new(),
        Some(place) => place,
        None => None,
    };
    let mut table = Table::new(w.t("regulations-by-part"), columns(w, w.t("regulations-unit")));
    for part in scene.parts(visit, asked) {
        let (Some(facts), Some(unit)) = (scene.tree.facts(part), scene.id(part)) else { continue };
        let end = scene.tree.end(part);
        let start = survey.lines.partition_point(|line| line.place < part);
        let within = survey.lines.iter().skip(start).take_while(|line| line.place < end);
        let tally: Tally = within.map(|line| line.state).collect();
        if tally.total() > 0 {
            let ask = Ask { unit: Some(unit), ..whole };
            let name = Cell::Link(facts.name.clone(), ask.address(visit));
            table.rows.push(row(name, counts(visit, &tally, ask)));
        }
    }
    if table.rows.is_empty() { String::new() } else { table.html(visit) }
}

fn list(visit: &Visit<'_>, scene: &Scene, survey: &Survey, ask: Ask) -> String {
    let w = visit.w;
    let caption = match (ask.kind, ask.state) {
        (Some(kind), Some(state)) => format!("{}: {}", kind_name(w, kind, scene.at.day), w.t(state.word())),
        (Some(kind), None) => kind_name(w, kind, scene.at.day).to_owned(),
        (None, state) => state.map_or_else(String::new, |state| w.t(state.word()).to_owned()),
    };
    let mut table = Table::new(
        caption,
        vec![
            Column::new("unit", w.t("regulations-unit")),
            Column::new("kind", w.t("regulations-kind")),
            Column::new("setting", w.t("regulations-setting")),
            Column::new("state", w.t("regulations-state")),
            Column::new("number", w.t("regulations-number")),
            Column::new("adopted", w.t("regulations-adopted-on")),
            Column::new("model", w.t("regulations-based-on")),
            Column::new("reported", w.t("regulations-reported-on")),
            Column::new("announced", w.t("regulations-announced-on")),
        ],
    );
    table.empty = w.t("regulations-list-empty").to_owned();
    let fitting: Vec<&Line> = survey.lines.iter().filter(|line| ask.fits(line)).collect();
    let page = visit.rows(fitting.len(), ROWS);
    for line in fitting.get(page.clone()).unwrap_or_default() {
        table.rows.push(list_row(visit, scene, survey, line));
    }
    table.page(visit, &page, fitting.len(), "regulations-rows");
    table.html(visit)
}

fn list_row(visit: &Visit<'_>, scene: &Scene, survey: &Survey, line: &Line) -> Vec<Cell> {
    let w = visit.w;
    let above = scene.tree.parent(line.place).filter(|up| scene.sees(visit, *up));
    let above = above.and_then(|up| scene.tree.facts(up)).map(|facts| facts.name.clone());
    let href = format!("/regulations/units/{}{}", line.unit, dated(visit, &[]));
    let own = line.own.as_ref();
    let day = |day: Option<chibo_kernel::Day>| Cell::Text(day.map_or_else(String::new, |day| w.day(day)));
    let model = own.and_then(|own| survey.model(own)).map(|row| models::name(w, row));
    vec![
        Cell::LinkWith(scene.name(line.unit), href, above.unwrap_or_default()),
        Cell::Text(kind_name(w, line.kind, scene.at.day).to_owned()),
        Cell::Text(line.setting.map_or("", |setting| setting_name(w, Some(setting))).to_owned()),
        Cell::Tag(w.t(line.state.word()).to_owned(), line.state.colour()),
        Cell::Text(own.map_or_else(String::new, |own| own.number.clone())),
        day(own.map(|own| own.adopted_on)),
        Cell::Text(model.unwrap_or_default()),
        day(own.and_then(|own| own.reported_on)),
        day(own.and_then(|own| own.announced_on)),
    ]
}
