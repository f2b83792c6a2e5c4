//! One pilot: its scope, its criteria beside what was measured, its steps, who takes it up.

use askama::Template;
use chibo_kernel::{Day, Id, Permission, Problem, Unit};
use chibo_web::table::Column;
use chibo_web::words::Tongue;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::list::next;
use super::{address, subject};
use crate::pages::PILOTS;
use crate::pages::scene::Scene;
use crate::rules::{Outcome, PilotState, Step};
use crate::store::pilots::{self, CriterionRow, ResultRow, Trial, UptakeRow};

/// Label, text, address of what it names (or nothing).
type Fact<'a> = (&'a str, String, String);

#[derive(Template)]
#[template(path = "pilot.html")]
struct PilotPage<'a> {
    w: Tongue<'a>,
    state: (&'a str, &'static str),
    next: String,
    facts: Vec<Fact<'a>>,
    aim: Vec<String>,
    units: Vec<(String, String)>,
    criteria: String,
    steps: Vec<Taken>,
    uptakes: String,
}

/// A step taken.
struct Taken {
    on: Day,
    title: String,
    lines: Vec<String>,
    known: String,
    last: bool,
}

/// `GET /pilots/{id}`.
pub(in crate::pages) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let scene = Scene::today(visit)?;
    let trial = subject(visit, &scene)?;
    let id = trial.row.pilot_id;
    let (criteria, results, uptakes) = visit.read(|tx| {
        let criteria = pilots::criteria_of(tx, id, trial.row.version)?;
        Ok((criteria, pilots::results_of(tx, id)?, pilots::uptakes_of(tx, id)?))
    })?;
    let link = |unit: Id<Unit>| if scene.sees(visit, unit) { format!("/units/{unit}") } else { String::new() };
    let plain = |key: &str, text: String| (w.t(key), text, String::new());
    let page = PilotPage {
        w,
        state: (w.t(trial.state.word()), trial.state.colour()),
        next: next(w, &trial, visit.today()),
        facts: vec![
            (w.t("coverage-pilot-leads"), scene.name(trial.row.unit_id), link(trial.row.unit_id)),
            plain("coverage-pilot-starts", w.day(trial.row.starts_on)),
            plain("coverage-pilot-midterm", w.day(trial.row.midterm_due)),
            plain("coverage-pilot-last", w.day(trial.row.final_due)),
            plain("coverage-recorded", format!("{}, {}", trial.row.recorded_by, w.moment(trial.row.recorded_at))),
        ],
        aim: trial.row.aim.lines().map(str::to_owned).collect(),
        units: trial.units.iter().map(|unit| (scene.name(*unit), link(*unit))).collect(),
        criteria: criteria_table(visit, &trial, &criteria, &results),
        steps: taken(visit, &trial),
        uptakes: uptake_table(visit, &scene, &trial, &uptakes),
    };
    visit.page(head(visit, &trial), &page)
}

fn head(visit: &Visit<'_>, trial: &Trial) -> Head {
    let w = visit.w;
    let title = trial.row.title.clone();
    let list = Crumb::to(w.t("coverage-pilots"), "/pilots");
    let mut head = Head::new(title.clone(), PILOTS).crumbs(vec![list, Crumb::here(title)]);
    let rolled_out = trial.state == PilotState::Concluded(Outcome::RollOut);
    if rolled_out && visit.permit(Permission::Export, trial.row.unit_id).is_ok() {
        head = head.action(w.t("coverage-export"), address(trial, "/export.xlsx"), false);
    }
    if visit.permit(Permission::EditUnits, trial.row.unit_id).is_err() {
        return head;
    }
    if trial.state == PilotState::Draft {
        head = head.action(w.t("coverage-pilot-redraft"), address(trial, "/draft"), false);
    }
    if rolled_out {
        head = head.action(w.t("coverage-uptake-new"), address(trial, "/uptake"), true);
    }
    if trial.state.steps().next().is_some() {
        head = head.action(w.t("coverage-step-take"), address(trial, "/steps"), true);
    }
    head
}

/// What is wanted beside what was measured; a word says whether it was reached.
fn criteria_table(visit: &Visit<'_>, trial: &Trial, criteria: &[CriterionRow], results: &[ResultRow]) -> String {
    let w = visit.w;
    let reviews: Vec<(u32, Step)> = trial
        .steps
        .iter()
        .filter_map(|row| Some((row.step_no, Step::from_code(&row.step)?)))
        .filter(|(_, step)| step.measures())
        .collect();
    let mut columns = vec![
        Column::sentences("name", w.t("coverage-criterion")),
        Column::number("least", w.t("coverage-criterion-least")),
    ];
    columns.extend(reviews.iter().map(|(_, step)| Column::number(step.code(), w.t(step.word()))));
    columns.push(Column::new("reached", w.t("coverage-criterion-reached")));
    let mut table = Table::new(w.t("coverage-criteria"), columns);
    for criterion in criteria {
        let measured = |no: u32| {
            let found = results.iter().find(|result| result.step_no == no && result.no == criterion.no);
            found.map(|result| result.measured)
        };
        let mut row = vec![Cell::Text(criterion.name.clone()), Cell::Text(w.n(criterion.least))];
        let all: Vec<Option<u32>> = reviews.iter().map(|(no, _)| measured(*no)).collect();
        row.extend(all.iter().map(|count| Cell::Text(count.map_or_else(String::new, |count| w.n(count)))));
        row.push(match all.last().copied().flatten() {
            None => Cell::Text(String::new()),
            Some(count) if count >= criterion.least => Cell::Tag(w.t("coverage-reached").to_owned(), "ok"),
            Some(_) => Cell::Tag(w.t("coverage-not-reached").to_owned(), "warn"),
        });
        table.rows.push(row);
    }
    table.html(visit)
}

fn taken(visit: &Visit<'_>, trial: &Trial) -> Vec<Taken> {
    let w = visit.w;
    let last = trial.steps.last().map(|row| row.step_no);
    let one = |row: &pilots::StepRow| Taken {
        on: row.on_day,
        title: format!("{} · {}", Step::from_code(&row.step).map_or("", |step| w.t(step.word())), row.number),
        lines: row.body.lines().map(str::to_owned).collect(),
        known: w.t1("coverage-recorded-by", "who", format!("{}, {}", row.recorded_by, w.moment(row.recorded_at))),
        last: Some(row.step_no) == last,
    };
    trial.steps.iter().rev().map(one).collect()
}

/// The roll-out list: of each unit the line written last.
fn uptake_table(visit: &Visit<'_>, scene: &Scene, trial: &Trial, rows: &[UptakeRow]) -> String {
    let w = visit.w;
    if trial.state != PilotState::Concluded(Outcome::RollOut) {
        return String::new();
    }
    let mut table = Table::new(
        w.t("coverage-uptakes"),
        vec![
            Column::new("unit", w.t("coverage-unit")),
            Column::new("on", w.t("coverage-uptake-on")),
            Column::new("state", w.t("coverage-state")),
            Column::new("recorded", w.t("coverage-recorded")),
        ],
    );
    table.empty = w.t("coverage-uptakes-empty").to_owned();
    let mut latest = pilots::taken_up(rows);
    latest.sort_by_key(|row| (row.on_day, scene.name(row.unit_id)));
    for row in latest {
        let begun = row.on_day <= visit.today();
        let (key, class) = if begun { ("coverage-uptake-done", "ok") } else { ("coverage-uptake-to-come", "gold") };
        let name = scene.name(row.unit_id);
        table.rows.push(vec![
            if scene.sees(visit, row.unit_id) {
                Cell::Link(name, format!("/units/{}", row.unit_id))
            } else {
                Cell::Text(name)
            },
            Cell::Text(w.day(row.on_day)),
            Cell::Tag(w.t(key).to_owned(), class),
            Cell::Text(format!("{}, {}", row.recorded_by, w.moment(row.recorded_at))),
        ]);
    }
    table.html(visit)
}
