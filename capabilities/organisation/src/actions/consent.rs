//! The consent of the directly higher committee is written down (ORG-04).

use chibo_kernel::{Permission, Problem, Said};
use chibo_store::{Entry, Op};
use serde_json::json;

use crate::rules::{NewConsent, check_consent};
use crate::store::consents as store;

/// Writes down the consent of the directly higher committee: the first, or the version after the one the form saw
/// (ORG-04). Gives the version.
///
/// # Errors
/// A conflict when another version came in between.
pub fn consent(op: &mut Op<'_, '_>, new: &NewConsent) -> Result<u32, Problem> {
    op.permit(Permission::EditUnits, new.unit)?;
    let version = store::consents_of(op.tx(), new.unit)?.last().map_or(0, |row| row.version);
    if new.after != version {
        return Err(Problem::Conflict(Said::new("units-consent-newer").with("version", version)));
    }
    let issues = check_consent(new, op.today());
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (now, by) = (op.now(), op.viewer().name.clone());
    let (from, to) = (new.valid.from(), new.valid.to());
    let next = version + 1;
    let (number, authority) = (new.number.as_str(), new.authority.as_str());
    let kind = new.kind.number();
    store::insert_consent(op.tx(), new.unit, next, kind, number, authority, new.decided_on, from, to, now, &by)?;
    let detail = json!({
        "version": next, "kind": new.kind.code(), "number": number, "authority": authority,
        "decided": new.decided_on.iso(), "from": from.iso(), "to": to.iso(),
    });
    op.record(Entry {
        stream: *new.unit.bytes(),
        action: "unit-consent-recorded",
        unit: Some(new.unit),
        subject: Some(*new.unit.bytes()),
        detail: detail.to_string(),
    });
    Ok(next)
}
