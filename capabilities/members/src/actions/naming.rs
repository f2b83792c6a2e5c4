//! A member's name as changed by a decision (EXI-16); the capability that keeps the paper says so.

use chibo_kernel::{Id, Permission, Person, Problem, Said};
use chibo_store::Op;

use super::{audit, home};
use crate::store;

/// Gives a member another name; gives the one before. Parts of the name are derived anew.
///
/// # Errors
/// A refusal for no name or the same one; absent when the member is out of reach.
pub fn rename(op: &mut Op<'_, '_>, id: Id<Person>, name: &str) -> Result<String, Problem> {
    let before = store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let unit = home(op, id)?;
    op.permit(Permission::EditMembers, unit)?;
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 || name == before.full_name {
        return Err(Problem::field("name", Said::new("members-bad-name")));
    }
    store::rename(op.tx(), id, name)?;
    let change = format!("{} → {name}", before.full_name);
    audit(op, "member-renamed", id, unit, serde_json::json!({ "name": change }));
    Ok(before.full_name)
}
