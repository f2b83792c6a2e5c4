//! The board: breaches by rule, by kind, by age, by unit; every number by rule, kind and unit opens its list.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use askama::Template;
use chibo_census::State;
use chibo_kernel::rulebook::{RuleSet, Rulebook};
use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_organisation::kinds::Kind;
use chibo_organisation::rules::alarms::RULES;
use chibo_web::chart::Bar;
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, doubt};

use super::list::Listed;
use super::scene::{Scene, dated, kind_name};
use super::survey::{Line, Survey};
use super::{MENU, charts};
use crate::rules::Age;

/// Label, number, address of its list (or nothing).
type Figure<'a> = (&'a str, String, String);

#[derive(Template)]
#[template(path = "board.html")]
struct BoardPage<'a> {
    w: Tongue<'a>,
    loading: bool,
    absent: bool,
    unruled: bool,
    figures: Vec<Figure<'a>>,
    rules: String,
    kinds: String,
    ages: String,
    list: String,
    notes: String,
    parts: String,
}

/// What the address asks for.
#[derive(Clone, Copy)]
pub(super) struct Ask {
    /// In which unit; none for everything the viewer may see.
    pub unit: Option<Id<Unit>>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only this rule.
    pub rule: Option<&'static str>,
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
        let rule = visit.query.some("rule").and_then(|asked| RULES.iter().copied().find(|rule| *rule == asked));
        Ok(Self { unit, kind, rule })
    }

    /// The part of the tree asked about; empty when the unit does not stand on the day.
    pub fn places(self, scene: &Scene) -> Range<u32> {
        match self.unit {
            None => 0..scene.tree.len(),
            Some(unit) => scene.place(unit).map_or(0..0, |place| place..scene.tree.end(place)),
        }
    }

    /// Whether the breach is among those asked for.
    pub fn fits(self, line: &Line) -> bool {
        self.kind.is_none_or(|kind| kind == line.kind) && self.rule.is_none_or(|rule| rule == line.breach.rule)
    }

    /// The address of this question.
    fn address(self, visit: &Visit<'_>) -> String {
        let unit = self.unit.map_or_else(String::new, |unit| unit.to_string());
        let (kind, rule) = (self.kind.map_or("", Kind::code), self.rule.unwrap_or_default());
        format!("/alerts{}", dated(visit, &[("unit", &unit), ("kind", kind), ("rule", rule)]))
    }
}

/// Whether members are still being loaded: every unit would seem empty.
pub(super) fn is_loading(visit: &Visit<'_>) -> bool {
    matches!(visit.house.census.state(), State::Loading { .. })
}

/// `GET /alerts?unit=&kind=&rule=&day=&known=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?;
    if is_loading(visit) {
        let page = BoardPage {
            w,
            loading: true,
            absent: false,
            unruled: false,
            figures: Vec::new(),
            rules: String::new(),
            kinds: String::new(),
            ages: String::new(),
            list: String::new(),
            notes: String::new(),
            parts: String::new(),
        };
        return visit.page(Head::new(w.t("alerts-title"), MENU), &page);
    }
    let scene = Scene::counted(visit, visit.as_of());
    let survey = Survey::take(visit, &scene, ask.places(&scene))?;
    let fitting: Vec<&Line> = survey.lines.iter().filter(|line| ask.fits(line)).collect();
    let listed = Listed::take(visit, &scene, &survey, &fitting)?;
    let rules = Rulebook::built_in()?.on(scene.at.day);
    let page = BoardPage {
        w,
        loading: false,
        absent: ask.unit.is_some_and(|unit| scene.place(unit).is_none()),
        unruled: RULES.iter().all(|rule| rules.rule(rule).is_none()),
        figures: figures(visit, ask, &survey, &fitting),
        rules: by_rule(visit, &scene, ask, &survey)?,
        kinds: by_kind(visit, &scene, ask, &survey),
        ages: by_age(w, &listed),
        list: listed.html(visit, &scene),
        notes: notes(w, rules, &fitting),
        parts: by_part(visit, &scene, ask, &survey),
    };
    visit.page(head(visit, &scene, ask), &page)
}

fn head(visit: &Visit<'_>, scene: &Scene, ask: Ask) -> Head {
    let w = visit.w;
    let title = match ask.unit {
        Some(unit) => w.t1("alerts-title-of", "unit", scene.name(unit)),
        None => w.t("alerts-title").to_owned(),
    };
    let mut head = Head::new(title, MENU).as_of(scene.at);
    if let Some(unit) = ask.unit {
        let all = Crumb::to(w.t("alerts-title"), format!("/alerts{}", dated(visit, &[])));
        head = head.crumbs(vec![all, Crumb::here(scene.name(unit))]);
    }
    if ask.kind.is_some() || ask.rule.is_some() {
        let whole = Ask { kind: None, rule: None, ..ask };
        head = head.action(w.t("alerts-no-filter"), whole.address(visit), false);
    }
    if visit.who().may_somewhere(Permission::Export) {
        let query = visit.query.with(&[("after", ""), ("done", "")]);
        head = head.action(w.t("alerts-export"), format!("/alerts/export.xlsx{query}"), false);
    }
    head
}

fn figures<'a>(visit: &Visit<'a>, ask: Ask, survey: &Survey, fitting: &[&Line]) -> Vec<Figure<'a>> {
    let w = visit.w;
    let units: HashSet<Id<Unit>> = survey.lines.iter().map(|line| line.unit).collect();
    let mut figures = vec![
        (w.t("alerts-breaches"), w.n(survey.lines.len()), String::new()),
        (w.t("alerts-units"), w.n(units.len()), String::new()),
    ];
    if ask.kind.is_some() || ask.rule.is_some() {
        figures.push((w.t("alerts-listed"), w.n(fitting.len()), String::new()));
    }
    figures
}

/// By rule, within the kind asked for.
fn by_rule(visit: &Visit<'_>, scene: &Scene, ask: Ask, survey: &Survey) -> Result<String, Problem> {
    let w = visit.w;
    let rules = Rulebook::built_in()?.on(scene.at.day);
    let mut bars = Vec::new();
    for rule in RULES.iter().copied() {
        let within = Ask { rule: Some(rule), ..ask };
        let count = survey.lines.iter().filter(|line| within.fits(line)).count();
        if count == 0 {
            continue;
        }
        let title = rules.rule(rule).map_or("", |found| w.of(&found.title));
        bars.push(Bar::new(format!("{rule}: {title}"), count as f64).to(within.address(visit)));
    }
    Ok(charts::bars(w, w.t("alerts-by-rule"), [w.t("alerts-rule"), w.t("alerts-breaches")], bars))
}

/// What is doubtful about the rules of the list.
fn notes(w: Tongue<'_>, rules: RuleSet<'static>, fitting: &[&Line]) -> String {
    let listed = RULES.iter().copied().filter(|rule| fitting.iter().any(|line| line.breach.rule == *rule));
    doubt::card(w.t("alerts-notes"), &doubt::notes(w, listed.filter_map(|rule| rules.rule(rule))))
}

/// A number that opens its list.
fn number(visit: &Visit<'_>, count: usize, ask: Ask) -> Cell {
    let text = visit.w.n(count);
    if count == 0 { Cell::Text(text) } else { Cell::Link(text, ask.address(visit)) }
}

/// By kind, within the rule asked for.
fn by_kind(visit: &Visit<'_>, scene: &Scene, ask: Ask, survey: &Survey) -> String {
    let w = visit.w;
    let columns = vec![Column::new("kind", w.t("alerts-kind")), Column::number("breaches", w.t("alerts-breaches"))];
    let mut table = Table::new(w.t("alerts-by-kind"), columns);
    let mut kinds: Vec<Kind> = Kind::ALL.to_vec();
    kinds.sort_by_key(|kind| kind.rank());
    let mut total = 0;
    for kind in kinds {
        let within = Ask { kind: Some(kind), ..ask };
        let count = survey.lines.iter().filter(|line| within.fits(line)).count();
        if count > 0 {
            total += count;
            let name = Cell::Text(kind_name(w, kind, scene.at.day).to_owned());
            table.rows.push(vec![name, number(visit, count, within)]);
        }
    }
    let all = number(visit, total, Ask { kind: None, ..ask });
    table.total = Some(vec![Cell::Text(w.t("alerts-total").to_owned()), all]);
    if table.rows.is_empty() { String::new() } else { table.html(visit) }
}

/// By age, when every line of the list has its age; else what to do to see it.
fn by_age(w: Tongue<'_>, listed: &Listed<'_>) -> String {
    let mut out = String::new();
    let title = w.t("alerts-by-age");
    let Some(ages) = listed.every_age() else {
        out.push_str("<section class=\"card c5\"><h2>");
        chibo_web::html::push(&mut out, title);
        out.push_str("</h2><p>");
        chibo_web::html::push(&mut out, &w.t1("alerts-too-many-for-age", "most", w.n(super::list::AGED)));
        out.push_str("</p></section>");
        return out;
    };
    let bar = |age: &Age| {
        let count = ages.iter().filter(|since| since.age() == *age).count();
        Bar::new(w.t(age.word()), count as f64)
    };
    let bars = if ages.is_empty() { Vec::new() } else { Age::ALL.iter().map(bar).collect() };
    charts::bars(w, title, [title, w.t("alerts-breaches")], bars)
}

/// By unit, within the rule and kind asked for.
fn by_part(visit: &Visit<'_>, scene: &Scene, ask: Ask, survey: &Survey) -> String {
    let w = visit.w;
    let asked = match ask.unit.map(|unit| scene.place(unit)) {
        Some(None) => return String::new(),
        Some(place) => place,
        None => None,
    };
    let mut by_place: BTreeMap<u32, usize> = BTreeMap::new();
    for line in survey.lines.iter().filter(|line| ask.fits(line)) {
        *by_place.entry(line.place).or_default() += 1;
    }
    let columns = vec![Column::new("unit", w.t("alerts-unit")), Column::number("breaches", w.t("alerts-breaches"))];
    let mut table = Table::new(w.t("alerts-by-part"), columns);
    for part in scene.parts(visit, asked) {
        let (Some(facts), Some(unit)) = (scene.tree.facts(part), scene.id(part)) else { continue };
        let count: usize = by_place.range(part..scene.tree.end(part)).map(|(_, count)| *count).sum();
        if count > 0 {
            let within = Ask { unit: Some(unit), ..ask };
            table.rows.push(vec![Cell::Text(facts.name.clone()), number(visit, count, within)]);
        }
    }
    if table.rows.is_empty() { String::new() } else { table.html(visit) }
}
