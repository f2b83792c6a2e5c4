//! The plan that undoes a plan: what it changed goes back, unless something later has changed it again.

use std::collections::BTreeSet;

use chibo_kernel::{Id, Unit};
use chibo_organisation::rules::{Facts, Landscape};

use super::operation::{Extent, Operation};

/// The lines that lead back from `now` to how the touched units stood `before` a plan; `after` is how it left them,
/// `joined` what went into what, the main successor first. Units that were changed otherwise since are left as they are.
pub fn counter(
    (before, after, now): (&Landscape, &Landscape, &Landscape),
    touched: &BTreeSet<Id<Unit>>,
    joined: &[(Id<Unit>, Id<Unit>)],
) -> Vec<Operation> {
    let mut lines = Vec::new();
    for unit in touched {
        let (was, became, is) = (before.get(*unit), after.get(*unit), now.get(*unit));
        match (was, became, is) {
            (Some(was), None, None) => {
                let facts = Box::new(was.facts.clone());
                lines.push(Operation::Restore { unit: *unit, facts, parent: was.parent });
            }
            (None, Some(_), Some(_)) => lines.push(end(*unit, joined, &|heir| returns(heir, before, after, now))),
            (Some(was), Some(became), Some(is)) => {
                if became.facts == is.facts {
                    lines.extend(as_before(*unit, &is.facts, &was.facts));
                }
                if became.parent == is.parent && was.parent != is.parent {
                    lines.extend(was.parent.map(|parent| Operation::Move { unit: *unit, parent }));
                }
            }
            _ => {}
        }
    }
    lines
}

/// Whether a unit stands after the counter-plan.
fn returns(unit: Id<Unit>, before: &Landscape, after: &Landscape, now: &Landscape) -> bool {
    before.get(unit).is_some() && (now.get(unit).is_some() || after.get(unit).is_none())
}

/// A unit the plan brought goes back into the first it was made of.
fn end(unit: Id<Unit>, joined: &[(Id<Unit>, Id<Unit>)], returns: &dyn Fn(Id<Unit>) -> bool) -> Operation {
    let heir = joined.iter().find(|(from, into)| *into == unit && returns(*from)).map(|(from, _)| *from);
    match heir {
        Some(into) => Operation::Join { from: unit, into, extent: Extent::Whole },
        None => Operation::Dissolve { unit },
    }
}

fn as_before(unit: Id<Unit>, is: &Facts, was: &Facts) -> Vec<Operation> {
    let mut lines = Vec::new();
    if (&is.name, &is.short, &is.code) != (&was.name, &was.short, &was.code) {
        let code = (is.code != was.code).then(|| was.code.clone());
        lines.push(Operation::Rename { unit, name: was.name.clone(), short: was.short.clone(), code });
    }
    if (is.kind, is.setting) != (was.kind, was.setting) {
        lines.push(Operation::Retype { unit, kind: was.kind, setting: was.setting });
    }
    lines
}
