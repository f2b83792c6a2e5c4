//! Taking back one act as one act: what it recorded is no longer believed, what it superseded is believed again.

use std::collections::BTreeSet;

use chibo_kernel::{Dated, Id, Moment, Period, Problem, Said, Unit};
use chibo_store::Op;

use super::touch;
use crate::ledger::{Ledger, Line};

/// Takes back what was recorded of these units at a moment; refused when anything was recorded about them since, or
/// when a unit that would vanish has units or offices.
pub(crate) fn undo(op: &mut Op<'_, '_>, units: &[(Id<Unit>, bool)], recorded: Moment) -> Result<(), Problem> {
    let mut ledger = Ledger::new(op.now());
    ledger.load_all(op.tx())?;
    let vanish: BTreeSet<Id<Unit>> = units.iter().filter(|(_, new)| *new).map(|(unit, _)| *unit).collect();
    for (unit, new) in units {
        let latest =
            [ledger.facts(*unit).and_then(Line::last_recorded), ledger.parents(*unit).and_then(Line::last_recorded)];
        if latest.iter().flatten().any(|moment| *moment > recorded) {
            return Err(depends("units-import-changed-since"));
        }
        if *new {
            ledger.load_offices(op.tx(), *unit)?;
            if ledger.offices(*unit).any(|(_, line)| !line.current().is_empty()) {
                return Err(depends("units-import-has-offices"));
            }
        }
    }
    let outside = |unit: &Id<Unit>| !vanish.contains(unit);
    let under = |unit: &Id<Unit>| {
        let rows = ledger.parents(*unit).map(Line::current).unwrap_or_default();
        rows.iter().any(|row| row.value.0.is_some_and(|parent| vanish.contains(&parent)))
    };
    // A unit changed by the same act goes back to where it was.
    let changed_too: BTreeSet<Id<Unit>> = units.iter().map(|(unit, _)| *unit).collect();
    if ledger.units().filter(outside).any(|unit| under(&unit) && !changed_too.contains(&unit)) {
        return Err(depends("units-import-has-children"));
    }
    for (unit, _) in units {
        for (valid, value) in backwards(ledger.facts(*unit).map(Line::rows).unwrap_or_default(), recorded) {
            ledger.amend_facts(*unit, valid, value);
        }
        for (valid, value) in backwards(ledger.parents(*unit).map(Line::rows).unwrap_or_default(), recorded) {
            ledger.amend_parent(*unit, valid, value);
        }
    }
    let changed = ledger.flush(op.tx())?;
    touch(op, &changed);
    Ok(())
}

fn depends(key: &'static str) -> Problem {
    Problem::refuse(Said::new(key))
}

/// What takes back the rows of one moment: first nothing where they added, then what they superseded.
fn backwards<V: Clone>(rows: &[Dated<V>], recorded: Moment) -> Vec<(Period, Option<V>)> {
    let added = rows.iter().filter(|row| row.recorded == recorded && row.is_current());
    let closed = rows.iter().filter(|row| row.superseded == recorded);
    let mut steps: Vec<(Period, Option<V>)> = added.map(|row| (row.valid, None)).collect();
    steps.extend(closed.map(|row| (row.valid, Some(row.value.clone()))));
    steps
}
