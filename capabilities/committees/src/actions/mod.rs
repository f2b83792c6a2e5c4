//! What is done about committees: load, permit, decide, save, record; one transaction each.

mod approve;
mod fill;
mod leave;
mod load;
mod term;

use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Unit};
use chibo_organisation::Held;
use chibo_organisation::kinds::Kind;
use chibo_store::{Entry, Op, Tx};

use crate::rules::{Holding, has_terms, in_committee};

pub use approve::take_step;
pub use fill::{Elected, elect, fill};
pub use leave::{end_by_notice, leave, withdraw};
pub(crate) use load::holdings;
pub use load::load_current_terms;
pub use term::write_term;

/// A unit with its kind today and the unit whose committee stands above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its kind.
    pub kind: Kind,
    /// The unit above; the unit itself where nothing above it is in the register.
    pub above: Id<Unit>,
}

impl Place {
    /// Asks whether the viewer may write for the committee above.
    fn permit_above(&self, op: &Op<'_, '_>) -> Result<(), Problem> {
        op.permit(Permission::EditUnits, self.unit)?;
        // Who sees the unit but not what stands above it is denied, not lost.
        op.permit(Permission::EditUnits, self.above).map_err(|_| Problem::Denied)
    }

    /// Refuses units without terms.
    fn has_terms(&self) -> Result<(), Problem> {
        if has_terms(self.kind) {
            Ok(())
        } else {
            Err(Problem::rule("ORG-20", chibo_kernel::Said::new("committees-no-committee")))
        }
    }
}

/// Who holds what in a unit on a day.
pub(crate) fn held_on(tx: &mut Tx<'_>, unit: Id<Unit>, day: Day) -> Result<Vec<Held>, Problem> {
    let mut held = chibo_organisation::held_in(tx, unit)?;
    held.retain(|office| office.valid.contains(day));
    Ok(held)
}

/// The members of the committee, and everybody as numbers.
pub(crate) fn bench_of(held: &[Held]) -> (Vec<Id<Person>>, Holding) {
    let mut persons: Vec<Id<Person>> = held.iter().map(|office| office.person).collect();
    persons.sort_unstable();
    persons.dedup();
    let (mut members, mut holding) = (Vec::new(), Holding::default());
    for person in persons {
        let roles: Vec<_> = held.iter().filter(|office| office.person == person).map(|office| office.role).collect();
        if roles.iter().any(|role| in_committee(*role)) {
            members.push(person);
        }
        holding.add(&roles);
    }
    (members, holding)
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
