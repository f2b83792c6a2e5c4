//! What is done with cases: load, permit, decide, save, record; one transaction each.

mod force;
mod members;
mod open;
mod step;

use chibo_kernel::{Day, Issue, Problem, Said};
use chibo_store::{Entry, Op};

pub use force::{PROGRAM, come_into_force};
pub use members::list_members;
pub use open::{amend, open};
pub use step::take;

use crate::file::File;
use crate::rules::{Needs, Phase, Step, terms_on};
use crate::store;

/// Writes where a case stands after its steps; gives the phase. The file holds the steps as they are now.
fn save_state(op: &mut Op<'_, '_>, file: &File, needs: &Needs) -> Result<Phase, Problem> {
    let phase = file.phase(needs)?;
    let effective = file.effective_on();
    let due = due_on(file, phase, effective)?;
    store::set_state(op.tx(), file.id(), file.row.version, phase.code(), phase.is_open(), effective, due)?;
    Ok(phase)
}

/// The last day for what remains (ORG-12, TRF-08).
fn due_on(file: &File, phase: Phase, effective: Day) -> Result<Day, Problem> {
    Ok(match phase {
        Phase::Closing if file.plan.kind.ends() => terms_on(effective)?.closed_by(effective)?.value,
        // What remains once it has ended is a report without a day.
        Phase::Closing if file.last(Step::Ended).is_none() => file.plan.ends_on,
        _ => Day::FOREVER,
    })
}

/// One entry in the chain of the unit concerned; readable where the case is prepared.
fn record(op: &mut Op<'_, '_>, file: &File, action: &'static str, detail: &serde_json::Value) {
    op.record(Entry {
        stream: *file.plan.unit.bytes(),
        action,
        unit: Some(file.plan.keeper()),
        subject: Some(*file.id().bytes()),
        detail: detail.to_string(),
    });
}

fn refuse(issues: Vec<Issue>) -> Result<(), Problem> {
    if issues.is_empty() { Ok(()) } else { Err(Problem::Refused(issues)) }
}

/// That somebody else was faster.
fn stands_elsewhere() -> Problem {
    Problem::Conflict(Said::new("lifecycle-stands-elsewhere"))
}
