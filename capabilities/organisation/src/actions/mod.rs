//! What can be done to organisations: load, permit, decide, write, record; one transaction each.

mod change;
mod consent;
mod decide;
mod found;
mod import;
mod load;
mod office;
#[cfg(test)]
mod tests;
mod undo;

use std::collections::BTreeSet;

use chibo_kernel::{Id, Issue, Problem, Unit};
use chibo_store::{Change, Entry, Op};

pub use change::{amend_facts, dissolve, reparent};
pub use consent::consent;
pub use decide::{Applied, apply_decision, apply_decisions};
pub use found::establish;
pub(crate) use import::{drop_import, import_units, undo_import};
pub use load::{load_offices, load_units};
pub use office::{appoint, approve_office, end_office};
use undo::undo;

/// More units than this change the tree so much that caches are loaded anew.
const MANY: usize = 50;

/// Says which units a write changed.
fn touch(op: &mut Op<'_, '_>, changed: &BTreeSet<Id<Unit>>) {
    if changed.len() > MANY {
        op.touch(Change::Everything);
    } else {
        changed.iter().for_each(|unit| op.touch(Change::Unit(*unit)));
    }
}

/// One entry in the chain of a unit.
fn record(op: &mut Op<'_, '_>, unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    op.record(Entry {
        stream: *unit.bytes(),
        action,
        unit: Some(unit),
        subject: Some(*unit.bytes()),
        detail: detail.to_string(),
    });
}

fn refuse(issues: Vec<Issue>) -> Result<(), Problem> {
    if issues.is_empty() { Ok(()) } else { Err(Problem::Refused(issues)) }
}
