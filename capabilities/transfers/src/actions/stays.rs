//! What happens during a temporary stay.

use chibo_kernel::{Id, Permission, Problem, Said};
use chibo_members::actions as members;
use chibo_store::Op;
use serde_json::json;

use super::{Case, record};
use crate::rules::{State, Terms, Transfer, Turn, TurnDeed, check_turn};
use crate::store;

/// Extends a stay, notes that the member is back in the country or takes part at home again. Both branches may write it
/// down, and both see it (TRF-07).
///
/// # Errors
/// Every reason at once with its rule; a conflict when something else was written in between; absent for whoever may not.
pub fn turn(op: &mut Op<'_, '_>, id: Id<Transfer>, deed: &TurnDeed) -> Result<(), Problem> {
    let case = Case::load(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let stay = case.stay()?.ok_or(Problem::NotFound)?;
    let ends = case.course.boxes.first().zip(case.course.boxes.last());
    let (home, away) = ends.ok_or_else(|| Problem::fault("no boxes"))?;
    let here =
        case.detail.kind == crate::rules::Kind::Temporary && op.permit(Permission::EditMembers, away.unit).is_ok();
    if !here {
        op.permit(Permission::EditMembers, home.unit)?;
    }
    if u32::try_from(case.turns.len()).unwrap_or(u32::MAX) != deed.after {
        return Err(Problem::Conflict(Said::new("transfers-changed-since")));
    }
    let issues = check_turn(&stay, deed, op.today(), &Terms::on(op.today())?);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    debug_assert_eq!(case.course.state(), State::Accepted);
    let until = deed.until.filter(|_| deed.turn == Turn::Extended).unwrap_or_else(|| stay.until());
    let (now, by, code) = (op.now(), op.viewer().name.clone(), deed.turn.code());
    store::insert_turn(op.tx(), id, deed.after + 1, code, deed.on, until, &deed.number, &deed.note, now, &by)?;
    if deed.turn == Turn::Returned {
        store::delete_open(op.tx(), id)?;
        members::end_stay(op, (case.row.person_id, id.cast()), deed.on)?;
    }
    let detail = json!({ "turn": code, "on": deed.on.iso(), "until": until.iso(), "number": deed.number });
    record(op, case.row.person_id, if here { away.unit } else { home.unit }, "transfer-stay", &detail);
    Ok(())
}
