//! What is done to plans, one transaction each.

mod draft;
mod enact;
mod load;
mod sign;

use chibo_kernel::{Id, Problem, Said, Unit};
use chibo_store::{Entry, Op};

use crate::rules::{Plan, State};
use crate::store::{self, PlanRow};

pub use draft::{PlanFacts, add, amend, assign, assign_by_residence, begin, counter, take_out};
pub use enact::{enact, hold};
pub use load::{lines_of, touched};
pub use sign::{Signature, drop_plan, enforce, reopen, sign, withdraw};

/// The plan, if whoever asks may restructure its unit; else it is not there.
pub(crate) fn plan(op: &mut Op<'_, '_>, id: Id<Plan>) -> Result<PlanRow, Problem> {
    let row = store::plan(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(chibo_kernel::Permission::Reorganise, row.unit_id).map_err(|_| Problem::NotFound)?;
    Ok(row)
}

/// Takes a draft to its next version, which it gives.
///
/// # Errors
/// A conflict when somebody changed it since that version, or when it is no draft any more.
fn next_version(op: &mut Op<'_, '_>, row: &PlanRow, version: i64) -> Result<i64, Problem> {
    let (now, name) = (op.now(), op.viewer().name.clone());
    if row.state != State::Draft.code() {
        return Err(Problem::Conflict(Said::new("plans-no-draft")));
    }
    if store::touch(op.tx(), row.plan_id, version, &name, now)? == 0 {
        let at = row.changed_at.day();
        let said = Said::new("plans-changed-since").with("name", &row.changed_name).with("day", at);
        return Err(Problem::Conflict(said));
    }
    Ok(version + 1)
}

/// Another state, or a conflict when it is in another one by now.
fn pass(op: &mut Op<'_, '_>, row: &PlanRow, next: State, reason: &str) -> Result<(), Problem> {
    let conflict = || Problem::Conflict(Said::new("plans-elsewhere"));
    let state = State::from_code(&row.state).filter(|state| state.may_become(next)).ok_or_else(conflict)?;
    let (now, name) = (op.now(), op.viewer().name.clone());
    match store::pass(op.tx(), row.plan_id, state.code(), next.code(), reason, &name, now)? {
        0 => Err(conflict()),
        _ => Ok(()),
    }
}

fn record(op: &mut Op<'_, '_>, plan: Id<Plan>, unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    let stream = *plan.bytes();
    op.record(Entry { stream, action, unit: Some(unit), subject: Some(stream), detail: detail.to_string() });
}
