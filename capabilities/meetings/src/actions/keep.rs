//! Nothing typed is lost: what stands in the form of an open meeting is kept before it is sent, sealed, for its writer only.

use chibo_kernel::{Id, Moment, Permission, Problem, Unit};
use chibo_store::{Keys, Op, Tx, Value};

use crate::store;

/// Longest text kept, bytes.
const MOST: usize = 256 * 1024;

fn owner(unit: Id<Unit>, no: u32) -> [u8; 16] {
    // The seal belongs to one meeting: copied to another row it does not open.
    let mut owner = *unit.bytes();
    owner.iter_mut().rev().zip(no.to_le_bytes()).for_each(|(byte, more)| *byte ^= more);
    owner
}

/// Whom a draft is sealed for, from account, branch and number of the meeting: for sealing anew.
pub(crate) fn about(key: &[Value<'_>]) -> Vec<u8> {
    match key {
        [_, Value::Bytes(unit), Value::Int(no)] => {
            let unit = <[u8; 16]>::try_from(*unit).map(Id::from_bytes).unwrap_or(Id::from_bytes([0; 16]));
            owner(unit, u32::try_from(*no).unwrap_or_default()).to_vec()
        }
        _ => Vec::new(),
    }
}

/// Keeps what is typed (a query string) on an open meeting.
///
/// # Errors
/// Absent for whoever may not write to the branch.
pub fn keep(op: &mut Op<'_, '_>, (unit, no, version): (Id<Unit>, u32, u32), typed: &str) -> Result<(), Problem> {
    op.permit(Permission::EditMembers, unit)?;
    let Some(account) = op.viewer().account else { return Ok(()) };
    let mut text = typed.as_bytes().to_vec();
    text.truncate(MOST);
    let nonce = op.random();
    op.keys().seal_in_place(&mut text, &owner(unit, no), nonce)?;
    let now = op.now();
    store::put_draft(op.tx(), account, unit, no, version, &text, now).map(drop)
}

/// What the viewer typed last on this version of a meeting, and when.
///
/// # Errors
/// A fault when the seal is broken.
pub fn kept(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: Option<Id<chibo_kernel::Account>>,
    (unit, no, version): (Id<Unit>, u32, u32),
) -> Result<Option<(String, Moment)>, Problem> {
    let typed = any_kept(tx, keys, account, (unit, no))?;
    Ok(typed.filter(|(on, ..)| *on == version).map(|(_, text, at)| (text, at)))
}

/// The same whatever version it was typed on: that first.
pub(crate) fn any_kept(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: Option<Id<chibo_kernel::Account>>,
    (unit, no): (Id<Unit>, u32),
) -> Result<Option<(u32, String, Moment)>, Problem> {
    let Some(account) = account else { return Ok(None) };
    let Some(row) = store::draft(tx, account, unit, no)? else { return Ok(None) };
    let text = keys.open(&row.typed, &owner(unit, no))?;
    Ok(Some((row.version, String::from_utf8_lossy(&text).into_owned(), row.recorded_at)))
}
