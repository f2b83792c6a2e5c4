//! Stored lines as lines of a plan.

use std::collections::BTreeSet;

use chibo_kernel::{Id, Problem, Unit};
use chibo_store::Tx;

use crate::rules::{Operation, Plan};
use crate::store::{self, LineRow};

/// The lines that stand with how they are stored, in order.
///
/// # Errors
/// Problems of the database; a fault when a line cannot be read.
pub fn lines_of(tx: &mut Tx<'_>, plan: Id<Plan>) -> Result<Vec<(LineRow, Operation)>, Problem> {
    let rows = store::lines(tx, plan)?;
    let read = |row: LineRow| {
        let line = Operation::read(&row.kind, row.unit_id, row.other_unit, &row.detail)?;
        Ok((row, line))
    };
    rows.into_iter().map(read).collect()
}

/// Units that are there already and that the lines name: on each of them one must be allowed to restructure.
pub fn touched<'l>(lines: impl Iterator<Item = &'l Operation> + Clone) -> BTreeSet<Id<Unit>> {
    let brought: BTreeSet<_> =
        lines.clone().filter(|line| matches!(line, Operation::Establish(_))).map(Operation::unit).collect();
    let named = lines.flat_map(|line| [Some(line.unit()), line.other()]).flatten();
    named.filter(|unit| !brought.contains(unit)).collect()
}
