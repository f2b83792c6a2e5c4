//! Opening a sealed field of a member, one at a time, for a stated reason.

use chibo_kernel::{Id, Permission, Person, Problem, Said};
use chibo_store::Op;

use super::{audit, home};
use crate::ledger;
use crate::rules::Secret;
use crate::store;

/// Opens one sealed field of a person for a stated reason; the opening itself, with the field, is what is recorded.
///
/// # Errors
/// A refusal without a reason; denied or absent without the right.
pub fn reveal(op: &mut Op<'_, '_>, id: Id<Person>, field: Secret, reason: &str) -> Result<String, Problem> {
    let person = store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let unit = home(op, id)?;
    op.permit(Permission::RevealSecrets, unit)?;
    if reason.trim().chars().count() < 5 {
        return Err(Problem::field("reason", Said::new("members-reveal-needs-reason")));
    }
    let secrets = ledger::secrets_of(op.keys(), &person)?;
    let detail = serde_json::json!({ "field": field.code(), "reason": reason.trim() });
    audit(op, "secret-revealed", id, unit, detail);
    Ok(field.of(&secrets).to_owned())
}
