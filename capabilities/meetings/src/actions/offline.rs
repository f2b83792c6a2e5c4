//! Minutes written without network: allowed branch by branch by the committee above, off by default.

use chibo_kernel::{Id, Permission, Problem, Unit};
use chibo_store::{Op, Tx};
use serde_json::json;

use super::record;
use crate::store;

/// Says whether a branch may take its minutes along.
///
/// # Errors
/// Absent for whoever does not stand above.
pub fn allow_offline(op: &mut Op<'_, '_>, unit: Id<Unit>, allowed: bool) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::put_offline(op.tx(), unit, u8::from(allowed), now, &by)?;
    record(op, unit, "meeting-offline-allowed", &json!({ "allowed": allowed }));
    Ok(())
}

/// Whether a branch may; not unless somebody said so.
///
/// # Errors
/// Problems of the database.
pub fn may_offline(tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<bool, Problem> {
    Ok(store::offline(tx, unit)? == Some(1))
}

/// Writes down that the names of a branch went to somebody's device.
///
/// # Errors
/// Absent when the branch may not, or for whoever may not write to it.
pub fn take_along(op: &mut Op<'_, '_>, unit: Id<Unit>, no: u32) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    if !may_offline(op.tx(), unit)? {
        return Err(Problem::NotFound);
    }
    record(op, unit, "meeting-taken-along", &json!({ "no": no }));
    Ok(())
}
