//! Establishing a unit (thành lập).

use chibo_kernel::{Day, Id, Period, Permission, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::{record, refuse, touch};
use crate::forest::BELIEVED;
use crate::ledger::Ledger;
use crate::rules::{NewUnit, Parent, Step, check_steps};
use crate::store;

/// Establishes a unit. Only the program itself may make a root; the unit above must stand all the time.
pub fn establish(op: &mut Op<'_, '_>, new: &NewUnit) -> Result<Id<Unit>, Problem> {
    match new.parent {
        Some(parent) => op.permit(Permission::EditUnits, parent)?,
        None if op.viewer().system => {}
        None => return Err(Problem::field("parent", Said::new("units-parent-needed"))),
    }
    let valid = Period::new(new.from, new.to).ok_or_else(|| Problem::field("from", Said::new("units-period-empty")))?;
    let mut ledger = Ledger::new(op.now());
    ledger.load(op.tx(), new.id)?;
    if let Some(parent) = new.parent {
        ledger.load_around(op.tx(), parent, new.from)?;
    }
    load_holders(op, &mut ledger, &new.code)?;
    refuse(check_steps(&ledger.landscape(new.from), &[Step::Establish(Box::new(new.clone()))]))?;
    if new.parent.is_some_and(|parent| !ledger.covers(parent, valid)) {
        return Err(Problem::field("from", Said::new("units-parent-shorter")));
    }
    ledger.amend_facts(new.id, valid, Some(new.facts()));
    ledger.amend_parent(new.id, valid, Some(Parent(new.parent)));
    let now = op.now();
    insert_unit(op, new, now)?;
    let changed = ledger.flush(op.tx())?;
    touch(op, &changed);
    record(
        op,
        new.id,
        "unit-established",
        &json!({ "name": new.name, "kind": new.kind.code(), "code": new.code, "from": new.from.iso() }),
    );
    Ok(new.id)
}

/// The unchanging record of a new unit.
pub(super) fn insert_unit(op: &mut Op<'_, '_>, new: &NewUnit, at: chibo_kernel::Moment) -> Result<(), Problem> {
    let (lat, lon) = (new.lat.map(i64::from), new.lon.map(i64::from));
    store::insert_unit(op.tx(), new.id, lat, lon, &new.admin_code, at).map(drop)
}

/// Loads who has a code, so that it is not given twice.
pub(super) fn load_holders(op: &mut Op<'_, '_>, ledger: &mut Ledger, code: &str) -> Result<(), Problem> {
    if !code.is_empty() {
        for holder in store::holders_of(op.tx(), code, BELIEVED)? {
            ledger.load(op.tx(), holder.unit_id)?;
        }
    }
    Ok(())
}

/// A day a change may be dated: not before the Party, not after the open end.
pub(super) fn check_day(day: Day) -> Result<(), Problem> {
    if (Day::PARTY_FOUNDED..Day::FOREVER).contains(&day) {
        return Ok(());
    }
    Err(Problem::field("from", Said::new("units-day-out-of-range").with("day", day)))
}
