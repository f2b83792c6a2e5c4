//! Pilots: drafted, started, reviewed, concluded, taken up.

use chibo_kernel::{Day, Id, Permission, Problem, Said, Unit};
use chibo_store::{Op, Param};
use serde_json::json;

use super::{record, refuse};
use crate::rules::{NewPilot, NewStep, Pilot, PilotState, Step, check_pilot, check_step, check_uptake};
use crate::store::pilots;

/// Drafts a pilot; gives its identifier.
///
/// # Errors
/// A refusal when something of the draft is missing or wrong.
pub fn draft(op: &mut Op<'_, '_>, new: &NewPilot) -> Result<Id<Pilot>, Problem> {
    op.permit(Permission::EditUnits, new.unit)?;
    refuse(check_pilot(new))?;
    let id: Id<Pilot> = op.fresh();
    save(op, id, 1, new)?;
    record(op, new.unit, "pilot-drafted", *id.bytes(), &json!({ "title": new.title }));
    Ok(id)
}

/// Writes a draft anew, until it is started. `seen`: the version the form saw.
///
/// # Errors
/// A conflict when it was written anew or started in between.
pub fn redraft(op: &mut Op<'_, '_>, id: Id<Pilot>, seen: u32, new: &NewPilot) -> Result<(), Problem> {
    let trial = pilots::trial(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditUnits, trial.row.unit_id)?;
    op.permit(Permission::EditUnits, new.unit)?;
    if trial.state != PilotState::Draft || trial.row.version != seen {
        return Err(Problem::Conflict(Said::new("coverage-changed-meanwhile")));
    }
    refuse(check_pilot(new))?;
    save(op, id, seen + 1, new)?;
    record(op, new.unit, "pilot-redrafted", *id.bytes(), &json!({ "title": new.title, "version": seen + 1 }));
    Ok(())
}

fn save(op: &mut Op<'_, '_>, id: Id<Pilot>, version: u32, new: &NewPilot) -> Result<(), Problem> {
    let (now, by) = (op.now(), op.viewer().name.clone());
    let (starts, midterm, last) = (new.starts_on, new.midterm_due, new.final_due);
    pilots::insert_pilot(op.tx(), id, version, new.unit, starts, midterm, last, &new.title, &new.aim, now, &by)?;
    let mut units = new.units.clone();
    units.sort_unstable();
    units.dedup();
    pilots::bulk_scope(op.tx(), units.iter().map(|unit| [id.value(), version.value(), unit.value()]))?;
    for (no, (name, least)) in (1u32..).zip(&new.criteria) {
        pilots::insert_criterion(op.tx(), id, version, no, *least, name)?;
    }
    Ok(())
}

/// Takes a step of a pilot: starts, reviews, concludes it.
///
/// # Errors
/// A conflict when another step was taken in between; a refusal when it cannot be taken now.
pub fn step(op: &mut Op<'_, '_>, id: Id<Pilot>, new: &NewStep) -> Result<(), Problem> {
    let trial = pilots::trial(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditUnits, trial.row.unit_id)?;
    if trial.steps.len() != new.after as usize {
        return Err(Problem::Conflict(Said::new("coverage-changed-meanwhile")));
    }
    let criteria = pilots::criteria_of(op.tx(), id, trial.row.version)?;
    let last = trial.steps.last().map(|row| row.on_day);
    refuse(check_step(new, trial.state, last, criteria.len(), op.today()))?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    let no = new.after + 1;
    pilots::insert_step(op.tx(), id, no, new.step.code(), new.on, &new.number, &new.body, now, &by)?;
    if new.step.measures() {
        for (criterion, measured) in criteria.iter().zip(&new.results) {
            pilots::insert_result(op.tx(), id, no, criterion.no, *measured)?;
        }
    }
    let detail = json!({ "title": trial.row.title, "on": new.on.iso(), "number": new.number });
    match new.step {
        Step::Start => record(op, trial.row.unit_id, "pilot-started", *id.bytes(), &detail),
        Step::MidTerm | Step::Final => record(op, trial.row.unit_id, "pilot-assessed", *id.bytes(), &detail),
        Step::Conclude(_) => record(op, trial.row.unit_id, "pilot-concluded", *id.bytes(), &detail),
    }
    Ok(())
}

/// Writes down from which day a unit takes the model up; what is written later holds.
///
/// # Errors
/// A refusal unless the model is rolled out.
pub fn take_up(op: &mut Op<'_, '_>, id: Id<Pilot>, unit: Id<Unit>, on: Day) -> Result<(), Problem> {
    let trial = pilots::trial(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditUnits, trial.row.unit_id)?;
    op.permit(Permission::ViewUnits, unit)?;
    let concluded = trial.steps.last().map(|row| row.on_day);
    refuse(check_uptake(trial.state, concluded, on))?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    pilots::insert_uptake(op.tx(), id, unit, now, on, &by)?;
    let detail = json!({ "title": trial.row.title, "unit": unit.to_string(), "on": on.iso() });
    record(op, trial.row.unit_id, "pilot-taken-up", *id.bytes(), &detail);
    Ok(())
}
