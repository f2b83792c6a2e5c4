//! What is done with places and pilots: load, permit, decide, save, record; one transaction each.

mod imports;
mod load;
mod pilots;
mod places;

use chibo_kernel::{Id, Issue, Problem, Unit};
use chibo_store::{Entry, Op};

pub(crate) use imports::{drop_import, import_places, undo_import};
pub use load::{LoadedPlace, LoadedPlan, load_places};
pub use pilots::{draft, redraft, step, take_up};
pub use places::{change, count, cover, enter, plan, report};

/// One entry in the chain of a thing, seen where its unit is seen.
fn record(op: &mut Op<'_, '_>, unit: Id<Unit>, action: &'static str, subject: [u8; 16], detail: &serde_json::Value) {
    op.record(Entry {
        stream: *unit.bytes(),
        action,
        unit: Some(unit),
        subject: Some(subject),
        detail: detail.to_string(),
    });
}

fn refuse(issues: Vec<Issue>) -> Result<(), Problem> {
    if issues.is_empty() { Ok(()) } else { Err(Problem::Refused(issues)) }
}
