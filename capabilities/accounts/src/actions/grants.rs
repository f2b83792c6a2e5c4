//! Giving rights and taking them back. Both hold from the next request on (8.3.2).

use chibo_kernel::{Account, Id, Period, Permission, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use crate::actions::{not_own, permit, reached, record, touch};
use crate::rules::authority::{EVERYWHERE, Reach};
use crate::rules::role::Role;
use crate::store::{self, AccessGrant};

/// Grants a role on a subtree ([`EVERYWHERE`] for the whole system) for an interval.
///
/// Who manages accounts there may give any role; anybody else only what they may do there themselves. Nobody gives
/// rights to themselves.
pub fn grant(
    op: &mut Op<'_, '_>,
    account: Id<Account>,
    unit: Id<Unit>,
    role: Role,
    valid: Period,
) -> Result<Id<AccessGrant>, Problem> {
    not_own(op, account)?;
    reached(op, account, Reach::Sees)?;
    may_give(op, role, unit)?;
    let same = |g: &store::GrantRow| {
        let other = Period::new(g.valid_from, g.valid_to);
        g.unit_id == unit && g.role == role.code() && other.and_then(|other| other.overlap(valid)).is_some()
    };
    if store::grants_of(op.tx(), account)?.iter().any(same) {
        return Err(Problem::field("role", Said::new("accounts-grant-same")));
    }
    let (grant, by, now) = (op.fresh(), op.viewer().account, op.now());
    store::add_grant(op.tx(), grant, account, unit, role.code(), valid.from(), valid.to(), by, now)?;
    record(op, "grant-given", account, Some(unit), detail(role.code(), unit, valid));
    touch(op);
    Ok(grant)
}

fn may_give(op: &Op<'_, '_>, role: Role, unit: Id<Unit>) -> Result<(), Problem> {
    match permit(op, Permission::ManageAccounts, unit) {
        Err(Problem::Denied) => {}
        decided => return decided,
    }
    let needed = Permission::ALL.iter().filter(|permission| role.permissions().has(**permission));
    needed.copied().try_for_each(|permission| permit(op, permission, unit))
}

/// Takes a grant back, now; allowed to who manages accounts at its unit.
pub fn revoke(op: &mut Op<'_, '_>, grant: Id<AccessGrant>) -> Result<(), Problem> {
    let row = store::grant(op.tx(), grant)?.ok_or(Problem::NotFound)?;
    reached(op, row.account_id, Reach::Sees)?;
    permit(op, Permission::ManageAccounts, row.unit_id)?;
    let now = op.now();
    if store::end_grant(op.tx(), grant, now)? == 0 {
        return Err(Problem::Conflict(Said::new("accounts-grant-ended")));
    }
    let valid = Period::new(row.valid_from, row.valid_to).unwrap_or(Period::since(row.valid_from));
    record(op, "grant-ended", row.account_id, Some(row.unit_id), detail(&row.role, row.unit_id, valid));
    touch(op);
    Ok(())
}

fn detail(role: &str, unit: Id<Unit>, valid: Period) -> serde_json::Value {
    let unit = if unit == EVERYWHERE { "*".to_owned() } else { unit.to_string() };
    let to = if valid.is_open() { String::new() } else { valid.to().plus_days(-1).iso() };
    json!({ "role": role, "unit": unit, "from": valid.from().iso(), "to": to })
}
