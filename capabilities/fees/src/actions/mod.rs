//! What is done about fees: load, permit, decide, save, record; one transaction each.

pub mod arrears;
pub mod books;
pub mod categories;
pub mod load;
pub mod payer;
pub mod remittances;
pub mod roll;
pub mod shares;

use chibo_kernel::{Id, Person, Unit};
use chibo_store::{Entry, Op};

/// One entry in the chain of a member.
fn about_person(
    op: &mut Op<'_, '_>,
    who: Id<Person>,
    unit: Id<Unit>,
    action: &'static str,
    detail: &serde_json::Value,
) {
    let stream = *who.bytes();
    op.record(Entry { stream, action, unit: Some(unit), subject: Some(stream), detail: detail.to_string() });
}

/// One entry in the chain of a unit.
pub(crate) fn about_unit(op: &mut Op<'_, '_>, unit: Id<Unit>, action: &'static str, detail: &serde_json::Value) {
    op.record(Entry { stream: *unit.bytes(), action, unit: Some(unit), subject: None, detail: detail.to_string() });
}
