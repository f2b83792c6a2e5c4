//! Pilot models: the list, one of them, and their forms.

mod draft;
mod list;
mod one;
mod steps;

use chibo_kernel::{Day, Id, Permission, Problem};
use chibo_web::{Crumb, Visit};

use super::scene::Scene;
use crate::rules::{Pilot, Step};
use crate::store::pilots::{self, Trial};

pub(super) use draft::{draft, draft_form, new_form, redraft};
pub(super) use list::{Listed, list};
pub(super) use one::show;
pub(super) use steps::{step, step_form, take_up, uptake_form};

/// The pilot of the address, if the viewer may see it: its leading unit, or one where it is tried.
pub(super) fn subject(visit: &Visit<'_>, scene: &Scene) -> Result<Trial, Problem> {
    let id: Id<Pilot> = visit.id("id")?;
    let trial = visit.read(|tx| pilots::trial(tx, id))?.ok_or(Problem::NotFound)?;
    if sees(visit, scene, &trial) { Ok(trial) } else { Err(Problem::NotFound) }
}

/// The pilot of the address, if the viewer may change it.
fn own(visit: &Visit<'_>, scene: &Scene) -> Result<Trial, Problem> {
    let trial = subject(visit, scene)?;
    // Who sees it through a unit where it is tried knows that it is there: denied, not lost.
    visit.permit(Permission::EditUnits, trial.row.unit_id).map_err(|_| Problem::Denied)?;
    Ok(trial)
}

fn sees(visit: &Visit<'_>, scene: &Scene, trial: &Trial) -> bool {
    scene.sees(visit, trial.row.unit_id) || trial.units.iter().any(|unit| scene.sees(visit, *unit))
}

/// The address of a pilot, with what follows.
fn address(trial: &Trial, rest: &str) -> String {
    format!("/pilots/{}{rest}", trial.row.pilot_id)
}

/// The steps to a form about a pilot.
fn above(visit: &Visit<'_>, trial: &Trial) -> Vec<Crumb> {
    let list = Crumb::to(visit.w.t("coverage-pilots"), "/pilots");
    vec![list, Crumb::to(trial.row.title.clone(), address(trial, ""))]
}

/// The days of the two reviews, as far as they were held.
pub(crate) fn review_days(trial: &Trial) -> (Option<Day>, Option<Day>) {
    let of = |step: Step| trial.steps.iter().find(|row| row.step == step.code()).map(|row| row.on_day);
    (of(Step::MidTerm), of(Step::Final))
}
