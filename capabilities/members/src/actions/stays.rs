//! Where a member takes part for a time (TRF-07): said by whoever keeps transfers, asked by whoever collects or counts.

use chibo_kernel::{Day, Id, Permission, Person, Problem, Unit};
use chibo_store::{Op, Tx};
use serde_json::json;

use super::{audit, home};
use crate::store::stays as store;
pub use crate::store::stays::StayRow;

/// A temporary stay.
#[derive(Debug)]
pub enum Stay {}

/// A stay begins, in a branch of the register or outside it. Needs the right where he comes to, at home for a stay outside;
/// that both sides agreed is the caller's to know.
///
/// # Errors
/// Absent when out of reach; a fault when the stay has begun already.
pub fn begin_stay(
    op: &mut Op<'_, '_>,
    (person, stay): (Id<Person>, Id<Stay>),
    unit: Option<Id<Unit>>,
    from: Day,
) -> Result<(), Problem> {
    let home = home(op, person)?;
    op.permit(Permission::EditMembers, unit.unwrap_or(home))?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::add_stay(op.tx(), person, stay, 1, unit, from, Day::FOREVER, now, &by)?;
    audit(op, "member-stay", person, unit.unwrap_or(home), json!({ "from": from.iso() }));
    Ok(())
}

/// A stay has ended; nothing for one that was never said. Needs the right there or at home.
///
/// # Errors
/// Absent when both are out of reach.
pub fn end_stay(op: &mut Op<'_, '_>, (person, stay): (Id<Person>, Id<Stay>), on: Day) -> Result<(), Problem> {
    let home = home(op, person)?;
    let said = store::stay(op.tx(), person, stay)?;
    let Some(last) = said.first().filter(|row| row.to_on == Day::FOREVER) else { return Ok(()) };
    let (unit, from, seq) = (last.unit_id, last.from_on, last.seq + 1);
    let there = unit.is_some_and(|unit| op.permit(Permission::EditMembers, unit).is_ok());
    if !there {
        op.permit(Permission::EditMembers, home)?;
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::add_stay(op.tx(), person, stay, seq, unit, from, on.max(from), now, &by)?;
    audit(op, "member-stay", person, home, json!({ "from": from.iso(), "to": on.iso() }));
    Ok(())
}

/// The stays that run on a day, of everybody.
///
/// # Errors
/// Problems of the database.
pub fn stays_on(tx: &mut Tx<'_>, day: Day) -> Result<Vec<StayRow>, Problem> {
    store::stays_on(tx, day)
}
