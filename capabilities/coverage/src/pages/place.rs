//! One place: how it stands and why, its plans, everything ever written down of it.

use askama::Template;
use chibo_kernel::{AsOf, Day, Id, Moment, Permission, Problem, Unit};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::MENU;
use super::list::{met_colour, plan_text};
use super::plans::Plans;
use super::scene::{Scene, dated};
use super::survey::{Line, Survey};
use crate::rules::{Place, PlaceKind, Standing, begun, degrees};
use crate::store::{self, CountRow, FactRow, History, LinkRow, PlanRow, ProgressRow};

/// Label, text, address of what it names (or nothing).
type Fact<'a> = (&'a str, String, String);

#[derive(Template)]
#[template(path = "place.html")]
struct PlacePage<'a> {
    w: Tongue<'a>,
    state: Option<(&'a str, &'static str, String)>,
    gone: Option<&'a str>,
    warning: Option<String>,
    facts: Vec<Fact<'a>>,
    acts: Vec<(String, &'a str)>,
    plans: String,
    reports: String,
    history: Vec<Item>,
}

/// One line of the history.
struct Item {
    from: Day,
    text: String,
    known: String,
    now: bool,
}

/// Everything the page is drawn from.
struct Ground {
    id: Id<Place>,
    scene: Scene,
    history: History,
    plans: Vec<PlanRow>,
    progress: Vec<ProgressRow>,
    /// The viewer may change it.
    edits: bool,
}

impl Ground {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let id: Id<Place> = visit.id("id")?;
        let at = visit.as_of();
        let (mut history, mut plans, mut progress) =
            visit.read(|tx| Ok((store::history(tx, id)?, store::plans_of(tx, id)?, store::progress_of(tx, id)?)))?;
        // Access follows today's facts, whatever day is asked for.
        let today = begun(&history.facts, AsOf::on(visit.today())).ok_or(Problem::NotFound)?.facts()?;
        if today.standing == Standing::Mistaken {
            return Err(Problem::NotFound);
        }
        visit.permit(Permission::ViewUnits, today.unit)?;
        let edits = visit.permit(Permission::EditUnits, today.unit).is_ok();
        history.facts.retain(|row| row.recorded_at <= at.known);
        history.links.retain(|row| row.recorded_at <= at.known);
        history.counts.retain(|row| row.recorded_at <= at.known);
        plans.retain(|row| row.recorded_at <= at.known);
        progress.retain(|row| row.recorded_at <= at.known);
        Ok(Self { id, scene: Scene::counted(visit, at)?, history, plans, progress, edits })
    }

    fn address(&self, rest: &str) -> String {
        format!("/coverage/places/{}{rest}", self.id)
    }
}

/// `GET /coverage/places/{id}?day=&known=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ground = Ground::load(visit)?;
    let scene = &ground.scene;
    // The whole register: whether an organisation is a joint one shows only beside the other places it covers.
    let all = visit.read(store::histories)?;
    let survey = Survey::take(visit, scene, &all)?;
    let line = survey.lines.iter().find(|line| line.id == ground.id);
    let plans = Plans::of(ground.plans.clone(), ground.progress.clone(), scene.at)?;
    let facts = begun(&ground.history.facts, scene.at);
    let gone = match facts.map(|row| Standing::from_number(row.standing)) {
        None => Some(w.t("coverage-not-then")),
        Some(Some(Standing::Open)) => None,
        Some(_) => Some(w.t(Standing::Closed.word())),
    };
    let state = line.map(|line| {
        let advice = w.t1(line.state.advice(), "least", scene.least);
        (w.t(line.state.word()), line.state.colour(), advice)
    });
    let warning = line.filter(|line| line.cover.is_none()).and_then(|line| line.link?.unit_id);
    let page = PlacePage {
        w,
        state,
        gone,
        warning: warning.map(|unit| w.t1("coverage-branch-ended", "unit", scene.name(unit))),
        facts: facts_of(visit, &ground, line),
        acts: acts(visit, &ground),
        plans: plans_table(visit, &ground, line, &plans),
        reports: reports_table(visit, &ground),
        history: history(visit, &ground),
    };
    visit.page(head(visit, &ground), &page)
}

fn head(visit: &Visit<'_>, ground: &Ground) -> Head {
    let w = visit.w;
    let rows = &ground.history.facts;
    let name = begun(rows, ground.scene.at).or(rows.first()).map_or_else(String::new, |row| row.name.clone());
    let above = Crumb::to(w.t("coverage-title"), format!("/coverage{}", dated(visit, &[])));
    let list = Crumb::to(w.t("coverage-list"), format!("/coverage/places{}", dated(visit, &[])));
    let head = Head::new(name.clone(), MENU).crumbs(vec![above, list, Crumb::here(name)]).as_of(ground.scene.at);
    if ground.edits { head.action(w.t("coverage-change-plan"), ground.address("/plan"), true) } else { head }
}

fn acts<'a>(visit: &Visit<'a>, ground: &Ground) -> Vec<(String, &'a str)> {
    let w = visit.w;
    if !ground.edits {
        return Vec::new();
    }
    let mut acts = vec![
        (ground.address("/facts"), w.t("coverage-change-facts")),
        (ground.address("/branch"), w.t("coverage-change-branch")),
        (ground.address("/members"), w.t("coverage-change-count")),
    ];
    if !ground.plans.is_empty() {
        acts.push((ground.address("/progress"), w.t("coverage-report")));
    }
    acts
}

fn facts_of<'a>(visit: &Visit<'a>, ground: &Ground, line: Option<&Line<'_>>) -> Vec<Fact<'a>> {
    let (w, scene) = (visit.w, &ground.scene);
    let Some(row) = begun(&ground.history.facts, scene.at) else { return Vec::new() };
    let plain = |key: &str, text: String| (w.t(key), text, String::new());
    let number = |key: &str, count: Option<u32>| {
        plain(key, count.map_or_else(|| w.t("coverage-unknown").to_owned(), |count| w.n(count)))
    };
    let unit = |key: &str, unit: Id<Unit>| {
        let href = if scene.sees(visit, unit) { format!("/units/{unit}{}", dated(visit, &[])) } else { String::new() };
        (w.t(key), scene.name(unit), href)
    };
    let mut facts = vec![
        plain("coverage-kind", PlaceKind::from_number(row.kind).map_or("", |kind| w.t(kind.word())).to_owned()),
        plain("coverage-code", row.code.clone()),
        unit("coverage-answers", row.unit_id),
    ];
    facts.push(match line.and_then(|line| line.cover).and_then(|(place, _)| scene.id(place)) {
        Some(branch) => unit("coverage-branch", branch),
        None => plain("coverage-branch", w.t("coverage-no-branch").to_owned()),
    });
    facts.push(number("coverage-official", line.and_then(Line::official)));
    let count = begun(&ground.history.counts, scene.at).filter(|count| count.official.is_some());
    if let Some(count) = count {
        let counted = w.t2("coverage-counted", ("day", w.day(count.valid_from)), ("source", &count.source));
        facts.push(number("coverage-typed", count.official));
        facts.push(plain("coverage-source", counted));
        facts.push(number("coverage-served", count.served));
    }
    facts.push(number("coverage-households", row.households));
    facts.push(number("coverage-workers", row.workers));
    let spot = row.spot().map(|spot| format!("{}, {}", degrees(spot.lat), degrees(spot.lon)));
    facts.push(plain("coverage-spot", spot.unwrap_or_else(|| w.t("coverage-unknown").to_owned())));
    facts
}

/// The last version of the plan of every year.
fn plans_table(visit: &Visit<'_>, ground: &Ground, line: Option<&Line<'_>>, plans: &Plans) -> String {
    let (w, scene) = (visit.w, &ground.scene);
    let mut table = Table::new(
        w.t("coverage-plan"),
        vec![
            Column::new("year", w.t("coverage-year")),
            Column::new("target", w.t("coverage-target")),
            Column::new("state", w.t("coverage-progress")),
            Column::new("unit", w.t("coverage-answers")),
            Column::sentences("note", w.t("coverage-note")),
            Column::new("recorded", w.t("coverage-recorded")),
        ],
    );
    table.empty = w.t("coverage-no-plan").to_owned();
    let years = plans.years_of(ground.id);
    for (year, line) in years.into_iter().filter_map(|year| Some((year, line?))) {
        let Some(plan) = plans.standing(ground.id, line.state, year, scene.at) else { continue };
        let done = w.t(if plan.met { "coverage-planned-met" } else { "coverage-planned-open" });
        let name = if ground.edits {
            Cell::Link(year.to_string(), ground.address(&format!("/plan?year={year}")))
        } else {
            Cell::Text(year.to_string())
        };
        table.rows.push(vec![
            name,
            Cell::Text(plan_text(w, plan.target, (plan.admitted, plan.row.wanted))),
            Cell::Tag(done.to_owned(), met_colour(plan.met)),
            Cell::Text(scene.name(plan.row.unit_id)),
            Cell::Text(plan.row.note.clone()),
            Cell::Text(format!("{}, {} ({})", plan.row.recorded_by, w.moment(plan.row.recorded_at), plan.row.rule)),
        ]);
    }
    table.html(visit)
}

fn reports_table(visit: &Visit<'_>, ground: &Ground) -> String {
    let w = visit.w;
    if ground.progress.is_empty() {
        return String::new();
    }
    let mut table = Table::new(
        w.t("coverage-reports"),
        vec![
            Column::new("on", w.t("coverage-reported-on")),
            Column::new("year", w.t("coverage-year")),
            Column::number("admitted", w.t("coverage-admitted")),
            Column::sentences("note", w.t("coverage-note")),
            Column::new("recorded", w.t("coverage-recorded")),
        ],
    );
    for row in ground.progress.iter().rev() {
        table.rows.push(vec![
            Cell::Text(w.day(row.valid_from)),
            Cell::Text(row.year.to_string()),
            Cell::Text(w.n(row.admitted)),
            Cell::Text(row.note.clone()),
            Cell::Text(format!("{}, {}", row.recorded_by, w.moment(row.recorded_at))),
        ]);
    }
    table.html(visit)
}

/// A line, when it was written and by whom.
fn item<L: Dated>(w: Tongue<'_>, row: &L, held: Option<&L>, text: String) -> (Moment, Item) {
    let who = format!("{}, {}", row.by(), w.moment(row.recorded()));
    let now = held.is_some_and(|held| (held.from(), held.recorded()) == (row.from(), row.recorded()));
    let known = w.t1("coverage-recorded-by", "who", who);
    (row.recorded(), Item { from: row.from(), text, known, now })
}

/// A line with who wrote it.
trait Dated: crate::rules::Line {
    fn by(&self) -> &str;
}

impl Dated for FactRow {
    fn by(&self) -> &str {
        &self.recorded_by
    }
}

impl Dated for LinkRow {
    fn by(&self) -> &str {
        &self.recorded_by
    }
}

impl Dated for CountRow {
    fn by(&self) -> &str {
        &self.recorded_by
    }
}

/// Everything written down, the last first; what holds on the day is marked.
fn history(visit: &Visit<'_>, ground: &Ground) -> Vec<Item> {
    let (w, scene, rows) = (visit.w, &ground.scene, &ground.history);
    let mut items = Vec::new();
    let held = begun(&rows.facts, scene.at);
    for row in &rows.facts {
        let kind = PlaceKind::from_number(row.kind).map_or("", |kind| w.t(kind.word()));
        let standing = Standing::from_number(row.standing).map_or("", |standing| w.t(standing.word()));
        let text = format!("{} · {kind} · {standing} · {}", row.name, scene.name(row.unit_id));
        items.push(item(w, row, held, text));
    }
    let held = begun(&rows.links, scene.at);
    for row in &rows.links {
        let text = match row.unit_id {
            Some(unit) if row.joint => w.t1("coverage-line-joint", "unit", scene.name(unit)),
            Some(unit) => w.t1("coverage-line-own", "unit", scene.name(unit)),
            None => w.t("coverage-line-none").to_owned(),
        };
        items.push(item(w, row, held, text));
    }
    let held = begun(&rows.counts, scene.at);
    for row in &rows.counts {
        let text = match row.official {
            Some(count) => w.t2("coverage-line-count", ("count", w.n(count)), ("source", &row.source)),
            None => w.t("coverage-line-no-count").to_owned(),
        };
        items.push(item(w, row, held, text));
    }
    items.sort_by_key(|(recorded, item)| std::cmp::Reverse((item.from, *recorded)));
    items.into_iter().map(|(_, item)| item).collect()
}
