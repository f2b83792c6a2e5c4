//! A result is reported, sent back, held, approved, handed over (ORG-29).

use chibo_kernel::{Day, Permission, Problem, Said};
use chibo_organisation::actions::approve_office;
use chibo_organisation::rules::How;
use chibo_store::Op;
use serde_json::json;

use super::{Place, record, refuse};
use crate::rules::{NewStep, Numbers, Outcome, Step, check_step};
use crate::store;

/// Takes a step with everything a unit elected on a day. Approving writes the number beside every office taken then.
///
/// # Errors
/// Not found without a result of that day; a conflict when it stands elsewhere; a refusal with its reasons; denied to
/// whoever may not write for the committee that takes the step.
pub fn take_step(op: &mut Op<'_, '_>, place: &Place, result_on: Day, new: &NewStep) -> Result<(), Problem> {
    if new.step.from_above() {
        place.permit_above(op)?;
    } else {
        op.permit(Permission::EditUnits, place.unit)?;
    }
    let rows = store::steps_of(op.tx(), place.unit)?;
    let requests = store::requests(&rows)?;
    let request = requests.iter().find(|request| request.result_on == result_on).ok_or(Problem::NotFound)?;
    if !request.may_follow(new.step) {
        return Err(Problem::Conflict(Said::new("committees-stands-elsewhere")));
    }
    refuse(check_step(request, new, op.today()))?;
    let seq = rows.iter().filter(|row| row.result_on == result_on).map(|row| row.seq).max().map_or(1, |seq| seq + 1);
    let version = Numbers::on(result_on)?.version("ORG-29")?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    let (unit, code) = (place.unit, new.step.code());
    store::insert_step(op.tx(), unit, result_on, seq, code, new.on, &new.number, &new.note, &version, now, &by)?;
    if new.step == Step::Approved {
        approve(op, place, result_on, &new.number)?;
    }
    let detail = json!({ "result": result_on.iso(), "on": new.on.iso(), "number": new.number, "note": new.note });
    match new.step {
        Step::Opened | Step::Reported => record(op, unit, "committee-reported", &detail),
        Step::Returned => record(op, unit, "committee-returned", &detail),
        Step::Held => record(op, unit, "committee-held", &detail),
        Step::Approved => record(op, unit, "committee-approved", &detail),
        Step::HandedOver => record(op, unit, "committee-handed-over", &detail),
    }
    Ok(())
}

fn approve(op: &mut Op<'_, '_>, place: &Place, result_on: Day, number: &str) -> Result<(), Problem> {
    let acts = store::acts_of(op.tx(), place.unit)?;
    let choices = store::choices_of(op.tx(), place.unit)?;
    for act in acts.iter().filter(|act| act.on_day == result_on && act.how == How::Elected.code()) {
        let role = act.role()?;
        let elected = choices.iter().filter(|choice| choice.act_no == act.act_no);
        for choice in elected.filter(|choice| choice.outcome == Outcome::Elected.code()) {
            approve_office(op, place.above, (place.unit, choice.person_id, role), result_on, number)?;
        }
    }
    Ok(())
}
