//! Taking a step of a pilot: starting, reviewing, concluding it; the roll-out list.

use chibo_kernel::{Issue, Problem, Said};
use chibo_web::form::Kind as Answer;
use chibo_web::{Field, Form, Reply, Visit};

use super::{above, address, own};
use crate::actions;
use crate::pages::fields::{self, day, day_field, line, lines, must, seen};
use crate::pages::pick::Picked;
use crate::pages::scene::Scene;
use crate::pages::{PILOTS, issues_of};
use crate::rules::{NewStep, Outcome, PilotState, Step, issue};
use crate::store::pilots::{self, CriterionRow, Trial};

/// The pilot of the address with its criteria.
struct Ground {
    trial: Trial,
    criteria: Vec<CriterionRow>,
}

impl Ground {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let trial = own(visit, &Scene::today(visit)?)?;
        if trial.state.steps().next().is_none() {
            return Err(Problem::refuse(Said::new("coverage-pilot-concluded")));
        }
        let criteria = visit.read(|tx| pilots::criteria_of(tx, trial.row.pilot_id, trial.row.version))?;
        Ok(Self { trial, criteria })
    }

    /// Criteria are measured at one of the steps that can be taken now.
    fn measures(&self) -> bool {
        self.trial.state.steps().any(Step::measures)
    }

    fn page(&self, visit: &Visit<'_>, wrong: Option<Vec<Issue>>) -> Result<Reply, Problem> {
        let w = visit.w;
        let steps = self.trial.state.steps().map(|step| (step.code().to_owned(), w.t(step.word()).to_owned()));
        let steps: Vec<_> = steps.collect();
        let first = steps.first().map_or_else(String::new, |(code, _)| code.clone());
        let mut fields = vec![
            seen(visit, self.trial.steps.len()),
            Field::new("step", w.t("coverage-step"), Answer::Radios(steps)).required().value(first),
            day_field(visit, "on", "coverage-step-on", visit.today()),
            Field::text("number", w.t("coverage-number")).hint(w.t("coverage-number-hint")).required(),
            Field::new("body", w.t("coverage-step-body"), Answer::Area).hint(w.t("coverage-step-body-hint")),
        ];
        if self.measures() {
            for criterion in &self.criteria {
                let name = format!("result-{}", criterion.no);
                let hint = w.t1("coverage-result-hint", "least", w.n(criterion.least));
                fields.push(Field::text(name, criterion.name.clone()).hint(hint));
            }
        }
        let mut form = Form::new(address(&self.trial, "/steps"), w.t("coverage-save"), fields)
            .cancel(w.t("coverage-cancel"), address(&self.trial, ""));
        if let Some(issues) = wrong {
            form = form.refused(&visit.form, issues);
        }
        fields::page(visit, (w.t("coverage-step-take"), PILOTS), above(visit, &self.trial), &form)
    }

    fn read(&self, visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<NewStep> {
        let step = Step::from_code(visit.form.get("step"));
        if step.is_none() {
            issues.push(issue("step", "coverage-step-needed"));
        }
        let on = day(visit, "on", issues);
        let measured = step.is_some_and(Step::measures);
        let results = self.criteria.iter().filter(|_| measured);
        let results =
            results.filter_map(|criterion| must(visit, &format!("result-{}", criterion.no), issues)).collect();
        Some(NewStep {
            // A form that does not say what it saw saw nothing there is.
            after: visit.form.get("after").parse().unwrap_or(u32::MAX),
            step: step?,
            on: on?,
            number: line(visit, "number"),
            body: lines(visit, "body"),
            results,
        })
    }
}

/// `GET /pilots/{id}/steps`.
pub(in crate::pages) fn step_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    Ground::load(visit)?.page(visit, None)
}

/// `POST /pilots/{id}/steps`.
pub(in crate::pages) fn step(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ground = Ground::load(visit)?;
    let mut issues = Vec::new();
    let new = ground.read(visit, &mut issues);
    if let (Some(new), true) = (new, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::step(op, ground.trial.row.pilot_id, &new)))? {
            Ok(()) => return Ok(Reply::done(address(&ground.trial, ""), "saved")),
            Err(more) => issues = more,
        }
    }
    ground.page(visit, Some(issues))
}

/// The pilot of the address, if it is rolled out.
fn rolled_out(visit: &Visit<'_>, scene: &Scene) -> Result<Trial, Problem> {
    let trial = own(visit, scene)?;
    if trial.state == PilotState::Concluded(Outcome::RollOut) {
        Ok(trial)
    } else {
        Err(Problem::refuse(Said::new("coverage-uptake-not-now")))
    }
}

fn uptake_page(visit: &Visit<'_>, trial: &Trial, wrong: Option<(&Picked, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut fields = vec![
        Field::text("unit", w.t("coverage-unit")).hint(w.t("coverage-unit-hint")).required(),
        day_field(visit, "on", "coverage-uptake-on", visit.today()),
    ];
    if let Some((picked, _)) = &wrong {
        picked.ask(visit, &mut fields);
    }
    let mut form = Form::new(address(trial, "/uptake"), w.t("coverage-save"), fields)
        .cancel(w.t("coverage-cancel"), address(trial, ""));
    if let Some((_, issues)) = wrong {
        form = form.refused(&visit.form, issues);
    }
    fields::page(visit, (w.t("coverage-uptake-new"), PILOTS), above(visit, trial), &form)
}

/// `GET /pilots/{id}/uptake`.
pub(in crate::pages) fn uptake_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let trial = rolled_out(visit, &Scene::today(visit)?)?;
    uptake_page(visit, &trial, None)
}

/// `POST /pilots/{id}/uptake`.
pub(in crate::pages) fn take_up(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let scene = Scene::today(visit)?;
    let trial = rolled_out(visit, &scene)?;
    let picked = Picked::read(visit, &scene, "unit", &|_, _| true);
    let mut issues = Vec::new();
    let (unit, on) = (picked.one(&mut issues), day(visit, "on", &mut issues));
    if let (Some(unit), Some(on), true) = (unit, on, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::take_up(op, trial.row.pilot_id, unit, on)))? {
            Ok(()) => return Ok(Reply::done(address(&trial, ""), "saved")),
            Err(more) => issues = more,
        }
    }
    uptake_page(visit, &trial, Some((&picked, issues)))
}
