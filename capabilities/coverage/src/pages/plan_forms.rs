//! Forms about the plan of a year to fill a place, and about how far it has come.

use chibo_kernel::{Issue, Problem};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Reply, Visit};

use super::fields::{self, day, day_field, lines, must, seen};
use super::forms::Ground;
use super::pick::{Picked, shown};
use super::{MENU, issues_of};
use crate::actions;
use crate::rules::{NewPlan, NewReport, Target, issue};
use crate::store::{self, PlanRow};

/// The place with its plans.
struct Planning {
    ground: Ground,
    plans: Vec<PlanRow>,
}

impl Planning {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let ground = Ground::load(visit)?;
        let plans = visit.read(|tx| store::plans_of(tx, ground.place))?;
        Ok(Self { ground, plans })
    }

    /// The last version of the plan of a year.
    fn of_year(&self, year: i32) -> Option<&PlanRow> {
        self.plans.iter().rev().find(|plan| plan.year == year)
    }

    fn page(&self, visit: &Visit<'_>, title: &str, form: Form) -> Result<Reply, Problem> {
        let form = form.cancel(visit.w.t("coverage-cancel"), self.ground.address(""));
        fields::page(visit, (title, MENU), self.ground.above(visit), &form)
    }
}

fn plan_page(visit: &Visit<'_>, planning: &Planning, wrong: Option<(&Picked, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let year = visit.query.get("year").parse().unwrap_or_else(|_| visit.today().year());
    let before = planning.of_year(year);
    let unit = before.map_or(planning.ground.facts.unit, |plan| plan.unit_id);
    let target = before.map_or(Target::Admit.code(), |plan| plan.target.as_str());
    let targets = Target::ALL.map(|target| (target.code().to_owned(), w.t(target.word()).to_owned())).to_vec();
    let wanted = before.filter(|plan| plan.wanted > 0).map_or_else(String::new, |plan| plan.wanted.to_string());
    let note = before.map_or_else(String::new, |plan| plan.note.clone());
    let mut fields = vec![
        seen(visit, planning.plans.len()),
        Field::text("year", w.t("coverage-year")).required().value(year.to_string()),
        Field::text("unit", w.t("coverage-answers"))
            .hint(w.t("coverage-answers-hint"))
            .required()
            .value(shown(&planning.ground.scene, unit)),
        Field::new("target", w.t("coverage-target"), Answer::Radios(targets)).required().value(target),
        Field::text("wanted", w.t("coverage-wanted")).hint(w.t("coverage-wanted-hint")).value(wanted),
        Field::new("note", w.t("coverage-note"), Answer::Area).hint(w.t("coverage-note-hint")).value(note),
    ];
    if let Some((picked, _)) = &wrong {
        picked.ask(visit, &mut fields);
    }
    let mut form = Form::new(planning.ground.address("/plan"), w.t("coverage-save"), fields);
    if let Some((_, issues)) = wrong {
        form = form.refused(&visit.form, issues);
    }
    planning.page(visit, w.t("coverage-change-plan"), form)
}

/// `GET /coverage/places/{id}/plan?year=`.
pub(super) fn plan_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    plan_page(visit, &Planning::load(visit)?, None)
}

/// `POST /coverage/places/{id}/plan`.
pub(super) fn plan(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let planning = Planning::load(visit)?;
    let picked = Picked::read(visit, &planning.ground.scene, "unit", &|_, _| true);
    let mut issues = Vec::new();
    let new = read_plan(visit, &picked, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::plan(op, planning.ground.place, &new)))? {
            Ok(()) => return Ok(Reply::done(planning.ground.address(""), "saved")),
            Err(more) => issues = more,
        }
    }
    plan_page(visit, &planning, Some((&picked, issues)))
}

fn read_plan(visit: &Visit<'_>, picked: &Picked, issues: &mut Vec<Issue>) -> Option<NewPlan> {
    let unit = picked.one(issues);
    let year = visit.form.get("year").trim().parse().ok();
    if year.is_none() {
        issues.push(issue("year", "coverage-plan-year"));
    }
    let target = Target::from_code(visit.form.get("target"));
    if target.is_none() {
        issues.push(issue("target", "coverage-target-needed"));
    }
    let wanted = if target == Some(Target::Found) { Some(0) } else { must(visit, "wanted", issues) };
    // A form that does not say what it saw saw nothing there is.
    let after = visit.form.get("after").parse().unwrap_or(u32::MAX);
    let note = lines(visit, "note");
    Some(NewPlan { after, year: year?, unit: unit?, target: target?, wanted: wanted?, note })
}

fn progress_page(
    visit: &Visit<'_>,
    planning: &Planning,
    year: i32,
    issues: Option<Vec<Issue>>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let fields = vec![
        Field::hidden("year", year.to_string()),
        day_field(visit, "on", "coverage-reported-on", visit.today()),
        Field::text("admitted", w.t("coverage-admitted")).hint(w.t("coverage-admitted-hint")).required(),
        Field::new("note", w.t("coverage-note"), Answer::Area),
    ];
    let mut form = Form::new(planning.ground.address("/progress"), w.t("coverage-save"), fields);
    if let Some(issues) = issues {
        form = form.refused(&visit.form, issues);
    }
    planning.page(visit, &w.t1("coverage-change-progress", "year", year), form)
}

/// The plan the form is about; of this year where the address names none.
fn planned_year(visit: &Visit<'_>, planning: &Planning, text: &str) -> Result<i32, Problem> {
    let asked = if text.is_empty() { Ok(visit.today().year()) } else { text.parse() };
    let year = asked.map_err(|_| Problem::NotFound)?;
    let latest = || planning.plans.iter().map(|plan| plan.year).max();
    match planning.of_year(year) {
        Some(_) => Ok(year),
        None if text.is_empty() => latest().ok_or(Problem::NotFound),
        None => Err(Problem::NotFound),
    }
}

/// `GET /coverage/places/{id}/progress?year=`.
pub(super) fn progress_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let planning = Planning::load(visit)?;
    let year = planned_year(visit, &planning, visit.query.get("year"))?;
    progress_page(visit, &planning, year, None)
}

/// `POST /coverage/places/{id}/progress`.
pub(super) fn report(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let planning = Planning::load(visit)?;
    let year = planned_year(visit, &planning, visit.form.get("year"))?;
    let mut issues = Vec::new();
    let (on, admitted) = (day(visit, "on", &mut issues), must(visit, "admitted", &mut issues));
    if let (Some(on), Some(admitted), true) = (on, admitted, issues.is_empty()) {
        let new = NewReport { year, on, admitted, note: lines(visit, "note") };
        match issues_of(visit.write(|op| actions::report(op, planning.ground.place, &new)))? {
            Ok(()) => return Ok(Reply::done(planning.ground.address(""), "saved")),
            Err(more) => issues = more,
        }
    }
    progress_page(visit, &planning, year, Some(issues))
}
