//! Taking a step: a signature, a refusal, taking back, a notice from outside.

use chibo_kernel::{Day, Id, Permission, Problem, Said};
use chibo_members::actions as members;
use chibo_store::Op;
use serde_json::json;

use super::request::newcomer;
use super::{Case, record};
use crate::rules::{Deed, Ground, Kind, State, Step, Terms, Transfer, check};
use crate::store;

/// Takes a step. The box to be signed says who may sign or refuse it; the last one posts the member to the new branch,
/// enters who comes from outside, or begins his stay; a notice from outside ends his posting.
///
/// # Errors
/// Every reason at once with its rule; a conflict when another step came in between; absent for whoever may not act.
pub fn take(op: &mut Op<'_, '_>, id: Id<Transfer>, deed: &Deed) -> Result<State, Problem> {
    let mut case = Case::load(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let unit = case.course.whose(deed.step).ok_or_else(|| Problem::fault("no boxes"))?;
    op.permit(Permission::EditMembers, unit)?;
    if u32::try_from(case.steps.len()).unwrap_or(u32::MAX) != deed.after {
        return Err(Problem::Conflict(Said::new("transfers-changed-since")));
    }
    let terms = Terms::on(deed.on)?;
    let index = store::carried(op.tx(), id)?.is_some_and(|row| row.index_confirmed == 1);
    let ground = Ground { held: members::held(op.tx(), case.row.person_id)?, index, today: op.today() };
    let issues = check(&case.course, deed, ground, &terms);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    case.course.steps.push((deed.step, deed.on));
    let state = case.course.state();
    match deed.step {
        // What is noted afterwards changes nothing for the member.
        Step::Noted | Step::Considered => {}
        Step::StruckOff => members::strike_on_the_way(op, case.row.person_id, unit, deed.on)?,
        _ if state == State::Accepted => arrived(op, &case, deed.on)?,
        _ => {}
    }
    if !state.open() {
        store::delete_open(op.tx(), id)?;
        if state == State::Accepted && case.detail.kind.stays() {
            store::insert_open(op.tx(), id, 1)?;
        } else if case.course.aftermath(terms.late(&case.course)).is_some() {
            store::insert_open(op.tx(), id, 2)?;
        }
    }
    let (now, by, code) = (op.now(), op.viewer().name.clone(), deed.step.code());
    store::insert_step(op.tx(), id, deed.after + 1, code, deed.on, &deed.number, &deed.note, &terms.version, now, &by)?;
    let detail = json!({ "step": code, "on": deed.on.iso(), "number": deed.number, "state": state.code() });
    record(op, case.row.person_id, unit, "transfer-step", &detail);
    Ok(state)
}

/// What follows for the member's posting. Who goes for a time stays posted at home, which counts him (TRF-07).
fn arrived(op: &mut Op<'_, '_>, case: &Case, on: Day) -> Result<(), Problem> {
    let person = case.row.person_id;
    let to = case.course.boxes.last().map(|seal| seal.unit).ok_or_else(|| Problem::fault("no boxes"))?;
    match case.detail.kind {
        Kind::Inside => members::arrive(op, person, to, on),
        Kind::Outside | Kind::Abroad => members::depart(op, person, on),
        Kind::Incoming => match store::newcomer(op.tx(), case.row.transfer_id)? {
            Some(row) => members::enter_as(op, person, &newcomer(&row, to, on)).map(drop),
            None => members::rejoin(op, person, to, on),
        },
        Kind::Temporary | Kind::TemporaryOutside => {
            let unit = (case.detail.kind == Kind::Temporary).then_some(to);
            let from = case.detail.span.map_or(on, |span| span.from.max(on));
            members::begin_stay(op, (person, case.row.transfer_id.cast()), unit, from)
        }
        // Abroad the fee is of another kind and is paid at home.
        Kind::TemporaryAbroad => Ok(()),
    }
}
