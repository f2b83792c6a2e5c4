//! Drafting a pilot: what it is for, where it is tried, what is measured, when it is reviewed.

use chibo_kernel::{Id, Issue, Problem, Said, Unit};
use chibo_organisation::finding::find_units;
use chibo_web::form::Kind as Answer;
use chibo_web::{Crumb, Field, Form, Reply, Visit};

use super::{above, address, own};
use crate::actions;
use crate::pages::fields::{self, day, day_field, line, lines, must, seen};
use crate::pages::pick::{Picked, shown};
use crate::pages::scene::Scene;
use crate::pages::{PILOTS, issues_of};
use crate::rules::{MOST_CRITERIA, NewPilot, PilotState, issue};
use crate::store::pilots::{self, CriterionRow, Trial};

/// What a form begins with: a pilot with its criteria, or nothing.
type Before<'b> = Option<&'b (Trial, Vec<CriterionRow>)>;

fn form(visit: &Visit<'_>, scene: &Scene, before: Before<'_>, action: String) -> Form {
    let w = visit.w;
    let row = before.map(|(trial, _)| &trial.row);
    let day = |name: &str, key: &str, months: i32| {
        let there = row.map(|row| match name {
            "starts" => row.starts_on,
            "midterm" => row.midterm_due,
            _ => row.final_due,
        });
        day_field(visit, name, key, there.unwrap_or_else(|| visit.today().plus_months(months)))
    };
    let units = before.map_or_else(String::new, |(trial, _)| {
        trial.units.iter().map(|unit| shown(scene, *unit)).collect::<Vec<_>>().join("\n")
    });
    let text = |take: fn(&pilots::PilotRow) -> String| row.map_or_else(String::new, take);
    let mut fields = vec![
        seen(visit, row.map_or(0, |row| row.version as usize)),
        Field::text("title", w.t("coverage-pilot-title")).required().value(text(|row| row.title.clone())),
        Field::text("unit", w.t("coverage-pilot-leads"))
            .hint(w.t("coverage-unit-hint"))
            .required()
            .value(row.map_or_else(String::new, |row| shown(scene, row.unit_id))),
        Field::new("aim", w.t("coverage-pilot-aim"), Answer::Area).required().value(text(|row| row.aim.clone())),
        Field::new("units", w.t("coverage-pilot-units"), Answer::Area)
            .hint(w.t("coverage-pilot-units-hint"))
            .required()
            .value(units),
        day("starts", "coverage-pilot-starts", 0),
        day("midterm", "coverage-pilot-midterm", 6),
        day("final", "coverage-pilot-last", 12),
    ];
    for no in 1..=MOST_CRITERIA {
        let there = before.and_then(|(_, criteria)| criteria.get(no - 1));
        let name = there.map_or_else(String::new, |row| row.name.clone());
        let least = there.map_or_else(String::new, |row| row.least.to_string());
        fields.push(Field::text(format!("criterion-{no}"), w.t1("coverage-criterion-no", "no", no)).value(name));
        fields.push(Field::text(format!("least-{no}"), w.t1("coverage-criterion-least-no", "no", no)).value(least));
    }
    Form::new(action, w.t("coverage-save"), fields)
}

/// The units of the lines of a text, each by code or whole name.
fn read_units(visit: &Visit<'_>, scene: &Scene, issues: &mut Vec<Issue>) -> Vec<Id<Unit>> {
    let mut units = Vec::new();
    for text in lines(visit, "units").lines().filter(|text| !text.is_empty()) {
        let found = find_units((&scene.forest, &scene.tree, &scene.places), visit.who(), text, 48);
        let exact = |place: u32| scene.tree.facts(place).is_some_and(|facts| facts.name == text || facts.code == text);
        let same: Vec<_> = found.iter().filter(|hit| exact(hit.place)).collect();
        match (same.as_slice(), found.as_slice()) {
            ([only], _) => units.push(only.unit),
            ([], [only]) => units.push(only.unit),
            (several, _) => {
                let none = several.is_empty() && found.is_empty();
                let key = if none { "coverage-line-unknown" } else { "coverage-line-several" };
                let said = Said::new(key).with("text", text);
                issues.push(Issue { field: Some("units".to_owned()), rule: None, said });
            }
        }
    }
    units
}

/// The criteria that have a name or a number.
fn read_criteria(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Vec<(String, u32)> {
    let mut criteria = Vec::new();
    for no in 1..=MOST_CRITERIA {
        let (name, least) = (line(visit, &format!("criterion-{no}")), format!("least-{no}"));
        if name.is_empty() && line(visit, &least).is_empty() {
            continue;
        }
        if name.is_empty() {
            issues.push(issue(&format!("criterion-{no}"), "coverage-pilot-criterion-name"));
        } else if let Some(count) = must(visit, &least, issues) {
            criteria.push((name, count));
        }
    }
    criteria
}

fn read(visit: &Visit<'_>, scene: &Scene, picked: &Picked, issues: &mut Vec<Issue>) -> Option<NewPilot> {
    let unit = picked.one(issues);
    let units = read_units(visit, scene, issues);
    let criteria = read_criteria(visit, issues);
    let (starts, midterm, last) =
        (day(visit, "starts", issues), day(visit, "midterm", issues), day(visit, "final", issues));
    Some(NewPilot {
        unit: unit?,
        title: line(visit, "title"),
        aim: lines(visit, "aim"),
        starts_on: starts?,
        midterm_due: midterm?,
        final_due: last?,
        units,
        criteria,
    })
}

fn new_page(visit: &Visit<'_>, scene: &Scene, wrong: Option<(&Picked, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut form = form(visit, scene, None, "/pilots/new".to_owned());
    if let Some((picked, issues)) = wrong {
        picked.ask(visit, &mut form.fields);
        form = form.refused(&visit.form, issues);
    }
    let above = vec![Crumb::to(w.t("coverage-pilots"), "/pilots")];
    let form = form.cancel(w.t("coverage-cancel"), "/pilots");
    fields::page(visit, (w.t("coverage-pilot-new"), PILOTS), above, &form)
}

/// `GET /pilots/new`.
pub(in crate::pages) fn new_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    new_page(visit, &Scene::today(visit)?, None)
}

/// `POST /pilots/new`.
pub(in crate::pages) fn draft(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::today(visit)?;
    let picked = Picked::read(visit, &scene, "unit", &|_, _| true);
    let mut issues = Vec::new();
    let new = read(visit, &scene, &picked, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::draft(op, &new)))? {
            Ok(id) => return Ok(Reply::done(format!("/pilots/{id}"), "saved")),
            Err(more) => issues = more,
        }
    }
    new_page(visit, &scene, Some((&picked, issues)))
}

/// The draft of the address with its criteria.
fn before(visit: &Visit<'_>, scene: &Scene) -> Result<(Trial, Vec<CriterionRow>), Problem> {
    let trial = own(visit, scene)?;
    if trial.state != PilotState::Draft {
        return Err(Problem::refuse(Said::new("coverage-pilot-started")));
    }
    let criteria = visit.read(|tx| pilots::criteria_of(tx, trial.row.pilot_id, trial.row.version))?;
    Ok((trial, criteria))
}

fn draft_page(
    visit: &Visit<'_>,
    scene: &Scene,
    before: &(Trial, Vec<CriterionRow>),
    wrong: Option<(&Picked, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let trial = &before.0;
    let mut form = form(visit, scene, Some(before), address(trial, "/draft"));
    if let Some((picked, issues)) = wrong {
        picked.ask(visit, &mut form.fields);
        form = form.refused(&visit.form, issues);
    }
    let form = form.cancel(w.t("coverage-cancel"), address(trial, ""));
    fields::page(visit, (w.t("coverage-pilot-redraft"), PILOTS), above(visit, trial), &form)
}

/// `GET /pilots/{id}/draft`.
pub(in crate::pages) fn draft_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::today(visit)?;
    draft_page(visit, &scene, &before(visit, &scene)?, None)
}

/// `POST /pilots/{id}/draft`.
pub(in crate::pages) fn redraft(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::today(visit)?;
    let before = before(visit, &scene)?;
    let picked = Picked::read(visit, &scene, "unit", &|_, _| true);
    let mut issues = Vec::new();
    let new = read(visit, &scene, &picked, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        let after = visit.form.get("after").parse().unwrap_or(u32::MAX);
        match issues_of(visit.write(|op| actions::redraft(op, before.0.row.pilot_id, after, &new)))? {
            Ok(()) => return Ok(Reply::done(address(&before.0, ""), "saved")),
            Err(more) => issues = more,
        }
    }
    draft_page(visit, &scene, &before, Some((&picked, issues)))
}
