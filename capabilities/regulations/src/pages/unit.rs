//! A unit's working regulation with its history, and the functions and duties of units of its kind.

use askama::Template;
use chibo_kernel::{Day, Id, Permission, Problem, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_web::words::Tongue;
use chibo_web::{Crumb, Head, Reply, Visit};

use super::scene::{Scene, dated, kind_name, setting_name};
use super::{MENU, compare, marks, models};
use crate::rules::{Model, Sent, State, Subject, begun, model_in_force, must_adopt, state};
use crate::store::{self, ModelRow, RegulationRow};

/// Label, text, address of what it names (or nothing).
type Fact<'a> = (&'a str, String, String);

#[derive(Template)]
#[template(path = "unit.html")]
struct UnitPage<'a> {
    w: Tongue<'a>,
    facts: Vec<Fact<'a>>,
    state: Option<(&'a str, &'static str)>,
    shown: Option<Shown<'a>>,
    history: Vec<Item>,
    functions: Option<(String, Vec<String>)>,
}

/// One version in full.
struct Shown<'a> {
    title: String,
    facts: Vec<Fact<'a>>,
    /// Address and text of what can be done with it.
    acts: Vec<(String, &'a str)>,
    compared: Option<String>,
    lines: Vec<String>,
}

/// One version in the history.
struct Item {
    from: Day,
    when: String,
    text: String,
    href: String,
    known: String,
    current: bool,
}

/// Everything the page is drawn from.
struct Ground {
    unit: Id<Unit>,
    scene: Scene,
    /// Kind and setting on the day; none when it does not stand on it.
    place: Option<(Kind, Option<Setting>)>,
    own: Vec<RegulationRow>,
    rows: Vec<ModelRow>,
    models: Vec<Model>,
}

impl Ground {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit: Id<Unit> = visit.id("id")?;
        visit.permit(Permission::ViewUnits, unit)?;
        let scene = Scene::at(visit, visit.as_of());
        scene.forest.no(unit).ok_or(Problem::NotFound)?;
        let (mut own, mut rows) = visit.read(|tx| Ok((store::regulations_of(tx, unit)?, store::all_models(tx)?)))?;
        own.retain(|row| row.recorded_at <= scene.at.known);
        rows.retain(|row| row.recorded_at <= scene.at.known);
        let models = store::models(&rows)?;
        let place = scene.place(unit).and_then(|place| scene.kind(place));
        Ok(Self { unit, scene, place, own, rows, models })
    }

    fn in_force(&self, subject: Subject) -> Option<&ModelRow> {
        let model = model_in_force(&self.models, subject, self.place?, self.scene.at)?;
        self.rows.iter().find(|row| row.model_id == model.id)
    }

    /// The version that had begun last by the day.
    fn current(&self) -> Result<Option<u32>, Problem> {
        let adopted = store::adopted(&self.own)?;
        Ok(begun(&adopted, self.scene.at).map(|last| last.version))
    }

    /// How the unit stands, if it must have a regulation.
    fn state(&self) -> Result<Option<State>, Problem> {
        let Some(place) = self.place.filter(|place| must_adopt(place.0)) else { return Ok(None) };
        Ok(Some(state(&store::adopted(&self.own)?, &self.models, place, self.scene.at)))
    }
}

/// `GET /regulations/units/{id}?version=&against=&day=&known=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ground = Ground::load(visit)?;
    let current = ground.current()?;
    let asked = match visit.query.some("version") {
        Some(text) => Some(text.parse::<u32>().map_err(|_| Problem::NotFound)?),
        None => current.or_else(|| ground.own.last().map(|row| row.version)),
    };
    let shown = match asked {
        Some(version) => Some(shown(visit, &ground, version)?),
        None => None,
    };
    let functions = match ground.in_force(Subject::Functions) {
        Some(row) => {
            let body = visit.read(|tx| store::model_body(tx, row.model_id))?.unwrap_or_default();
            Some((models::name(w, row), body.lines().map(str::to_owned).collect()))
        }
        None => None,
    };
    let page = UnitPage {
        w,
        facts: facts(visit, &ground),
        state: ground.state()?.map(|state| (w.t(state.word()), state.colour())),
        shown,
        history: ground.own.iter().rev().map(|row| item(visit, row, current)).collect(),
        functions,
    };
    let head = head(visit, &ground);
    visit.page(head, &page)
}

fn head(visit: &Visit<'_>, ground: &Ground) -> Head {
    let w = visit.w;
    let name = ground.scene.name(ground.unit);
    let crumbs = vec![Crumb::to(w.t("regulations-title"), "/regulations"), Crumb::here(name.clone())];
    let head = Head::new(w.t1("regulations-title-of", "unit", name), MENU).crumbs(crumbs).as_of(ground.scene.at);
    let head = head.action(w.t("regulations-unit-page"), format!("/units/{}", ground.unit), false);
    let today = Scene::today(visit);
    let adopts = today.place(ground.unit).and_then(|place| today.kind(place)).is_some_and(|kind| must_adopt(kind.0));
    if !adopts || visit.permit(Permission::EditUnits, ground.unit).is_err() {
        return head;
    }
    let place = format!("/regulations/units/{}/new", ground.unit);
    if ground.own.is_empty() {
        return head.action(w.t("regulations-adopt"), place, true);
    }
    head.action(w.t("regulations-next-from-model"), format!("{place}?text=model"), false).action(
        w.t("regulations-next-version"),
        place,
        true,
    )
}

/// The address of a text for a kind.
fn model_href(visit: &Visit<'_>, row: &ModelRow) -> String {
    format!("/regulations/models{}", dated(visit, &[("model", &row.model_id.to_string())]))
}

fn facts<'a>(visit: &Visit<'a>, ground: &Ground) -> Vec<Fact<'a>> {
    let w = visit.w;
    let Some((kind, setting)) = ground.place else {
        return vec![(w.t("regulations-kind"), w.t("regulations-unit-absent").to_owned(), String::new())];
    };
    let day = ground.scene.at.day;
    let setting = setting.map_or("", |setting| setting_name(w, Some(setting)));
    let mut facts = vec![
        (w.t("regulations-kind"), kind_name(w, kind, day).to_owned(), String::new()),
        (w.t("regulations-setting"), setting.to_owned(), String::new()),
    ];
    facts.push(match ground.in_force(Subject::Working) {
        Some(row) => (w.t("regulations-model-of-day"), models::name(w, row), model_href(visit, row)),
        None => (w.t("regulations-model-of-day"), w.t("regulations-model-none").to_owned(), String::new()),
    });
    if !must_adopt(kind) {
        facts.push((w.t("regulations-state"), w.t("regulations-no-committee").to_owned(), String::new()));
    }
    facts
}

fn item(visit: &Visit<'_>, row: &RegulationRow, current: Option<u32>) -> Item {
    let w = visit.w;
    let when = match row.valid_to {
        Day::FOREVER => w.t1("regulations-since", "day", w.day(row.valid_from)),
        to => w.t2("regulations-between", ("from", w.day(row.valid_from)), ("to", w.day(to))),
    };
    let known = format!("{}, {}", row.recorded_by, w.moment(row.recorded_at));
    let version = row.version.to_string();
    Item {
        from: row.valid_from,
        when,
        text: w.t2("regulations-own-name", ("number", &row.number), ("version", row.version)),
        href: format!("/regulations/units/{}{}", row.unit_id, dated(visit, &[("version", &version)])),
        known: w.t1("regulations-recorded-by", "who", known),
        current: current == Some(row.version),
    }
}

fn shown<'a>(visit: &Visit<'a>, ground: &Ground, version: u32) -> Result<Shown<'a>, Problem> {
    let w = visit.w;
    let row = ground.own.iter().find(|row| row.version == version).ok_or(Problem::NotFound)?;
    let body = visit.read(|tx| store::regulation_body(tx, ground.unit, version)?.ok_or(Problem::NotFound))?;
    let before = ground.own.iter().rev().find(|other| other.version < version);
    let model = ground.rows.iter().find(|model| Some(model.model_id) == row.model_id);
    let here = |against: &str| {
        let version = version.to_string();
        format!("/regulations/units/{}{}", ground.unit, dated(visit, &[("version", &version), ("against", against)]))
    };
    let mut acts: Vec<(String, &'a str)> = Vec::new();
    if visit.permit(Permission::EditUnits, ground.unit).is_ok() {
        let report = || (marks::address(row, Sent::Reported), w.t("regulations-report"));
        acts.extend(row.reported_on.is_none().then(report));
        let announce = || (marks::address(row, Sent::Announced), w.t("regulations-announce"));
        acts.extend(row.announced_on.is_none().then(announce));
    }
    acts.extend(before.map(|_| (here("previous"), w.t("regulations-compare-previous"))));
    acts.extend(model.map(|_| (here("model"), w.t("regulations-compare-model"))));
    let other = match (visit.query.get("against"), before, model) {
        ("previous", Some(before), _) => {
            let name = w.t2("regulations-own-name", ("number", &before.number), ("version", before.version));
            Some((name, visit.read(|tx| store::regulation_body(tx, ground.unit, before.version))?))
        }
        ("model", _, Some(model)) => {
            Some((models::name(w, model), visit.read(|tx| store::model_body(tx, model.model_id))?))
        }
        _ => None,
    };
    let title = w.t2("regulations-own-name", ("number", &row.number), ("version", row.version));
    let compared = other.map(|(name, text)| compare::html(visit, (&name, &text.unwrap_or_default()), (&title, &body)));
    let lines = body.lines().map(str::to_owned).collect();
    Ok(Shown { facts: own_facts(visit, row, model), title, acts, compared, lines })
}

fn own_facts<'a>(visit: &Visit<'a>, row: &RegulationRow, model: Option<&ModelRow>) -> Vec<Fact<'a>> {
    let w = visit.w;
    let plain = |key: &str, text: String| (w.t(key), text, String::new());
    let sent = |day: Option<Day>| day.map_or_else(|| w.t("regulations-not-yet").to_owned(), |day| w.day(day));
    let based_on = match model {
        Some(model) => (w.t("regulations-based-on"), models::name(w, model), model_href(visit, model)),
        None => plain("regulations-based-on", w.t("regulations-no-model").to_owned()),
    };
    vec![
        plain("regulations-adopted-on", w.day(row.adopted_on)),
        plain("regulations-from", w.day(row.valid_from)),
        plain("regulations-to", w.day(row.valid_to)),
        based_on,
        plain("regulations-reported-on", sent(row.reported_on)),
        plain("regulations-announced-on", sent(row.announced_on)),
    ]
}
