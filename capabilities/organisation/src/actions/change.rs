//! Changing one unit: name and type, place, end.

use chibo_kernel::{Dated, Day, Id, Period, Permission, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::found::{check_day, load_holders};
use super::{record, refuse, touch};
use crate::ledger::{Ledger, Line};
use crate::rules::{FactChange, Facts, Landscape, Parent, Step, check_steps};

/// Changes name, type or code from a day on, until a later recorded change of the same thing.
pub fn amend_facts(op: &mut Op<'_, '_>, unit: Id<Unit>, from: Day, change: &FactChange) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    check_day(from)?;
    let mut ledger = Ledger::new(op.now());
    ledger.load_around(op.tx(), unit, from)?;
    if let Some(code) = &change.code {
        load_holders(op, &mut ledger, code)?;
    }
    let landscape = ledger.landscape(from);
    let first = standing(&landscape, unit)?;
    refuse(check_steps(&landscape, &as_steps(unit, &change.on(&first))))?;
    change_from(&mut ledger, unit, from, change);
    let changed = ledger.flush(op.tx())?;
    if changed.is_empty() {
        return Ok(());
    }
    touch(op, &changed);
    let (before, after) = (words(&first), words(&change.on(&first)));
    record(op, unit, "unit-amended", &json!({ "from": from.iso(), "before": before, "after": after }));
    Ok(())
}

/// Carries a change through the pieces from a day on, each attribute until it was changed otherwise.
pub(super) fn change_from(ledger: &mut Ledger, unit: Id<Unit>, from: Day, change: &FactChange) {
    let mut change = change.clone();
    let mut first: Option<Facts> = None;
    ledger.change_facts(unit, from, |piece| {
        let first = first.get_or_insert_with(|| piece.clone());
        change.still(first, piece);
        (!change.is_empty()).then(|| change.on(piece))
    });
}

fn standing(landscape: &Landscape, unit: Id<Unit>) -> Result<Facts, Problem> {
    let found = landscape.get(unit).map(|standing| standing.facts.clone());
    found.ok_or_else(|| Problem::field("from", Said::new("units-not-there-then").with("day", landscape.on)))
}

fn as_steps(unit: Id<Unit>, facts: &Facts) -> [Step; 2] {
    let (name, short, code) = (facts.name.clone(), facts.short.clone(), Some(facts.code.clone()));
    [Step::Rename { unit, name, short, code }, Step::Retype { unit, kind: facts.kind, setting: facts.setting }]
}

fn words(facts: &Facts) -> serde_json::Value {
    json!({ "name": facts.name, "short": facts.short, "kind": facts.kind.code(), "setting": facts.setting.code(), "code": facts.code })
}

/// Puts a unit, with everything under it, under another from a day on, until its next recorded move (ORG-16).
pub fn reparent(op: &mut Op<'_, '_>, unit: Id<Unit>, parent: Id<Unit>, from: Day) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    op.permit(Permission::EditUnits, parent)?;
    check_day(from)?;
    let mut ledger = Ledger::new(op.now());
    ledger.load_around(op.tx(), unit, from)?;
    ledger.load_around(op.tx(), parent, from)?;
    let landscape = ledger.landscape(from);
    standing(&landscape, unit)?;
    refuse(check_steps(&landscape, &[Step::Reparent { unit, parent }]))?;
    let until = ledger.parents(unit).and_then(|line| line.on(from)).map_or(Day::FOREVER, |row| row.valid.to());
    if Period::new(from, until).is_some_and(|valid| !ledger.covers(parent, valid)) {
        return Err(Problem::field("parent", Said::new("units-parent-shorter")));
    }
    let before = landscape.get(unit).and_then(|standing| standing.parent);
    ledger.move_under(unit, from, Parent(Some(parent)));
    let changed = ledger.flush(op.tx())?;
    if changed.is_empty() {
        return Ok(());
    }
    touch(op, &changed);
    let before = before.map(|parent| parent.to_string());
    record(op, unit, "unit-moved", &json!({ "from": from.iso(), "before": before, "after": parent.to_string() }));
    Ok(())
}

/// Ends a unit (giải thể, ORG-11): only without units and members under it. `members`: how many are counted in its
/// subtree from that day on, by the caller's census.
pub fn dissolve(op: &mut Op<'_, '_>, unit: Id<Unit>, on: Day, members: u32) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    check_day(on)?;
    let mut ledger = Ledger::new(op.now());
    ledger.load_around(op.tx(), unit, on)?;
    let landscape = ledger.landscape(on);
    let facts = standing(&landscape, unit)?;
    refuse(check_steps(&landscape, &[Step::Dissolve { unit }]))?;
    let later = later_children(&ledger, unit, on);
    if later > 0 {
        return Err(Problem::rule(
            "ORG-11",
            Said::new("units-children-remain").with("count", later).with("unit", facts.name),
        ));
    }
    if ledger.facts(unit).and_then(|line| line.on(on.plus_days(-1))).is_none() {
        return Err(Problem::field("from", Said::new("units-dissolve-first-day").with("day", on)));
    }
    if members > 0 {
        return Err(Problem::rule("ORG-12", Said::new("units-members-remain").with("count", members)));
    }
    ledger.end(op.tx(), unit, on)?;
    let changed = ledger.flush(op.tx())?;
    touch(op, &changed);
    record(op, unit, "unit-dissolved", &json!({ "on": on.iso(), "name": facts.name }));
    Ok(())
}

/// Units recorded to sit under a unit on any day from `on`.
fn later_children(ledger: &Ledger, unit: Id<Unit>, on: Day) -> usize {
    let under = |row: &&Dated<Parent>| row.value.0 == Some(unit) && row.valid.to() > on;
    let sits = |child: &Id<Unit>| ledger.parents(*child).map(Line::current).unwrap_or_default().iter().any(&under);
    ledger.units().filter(sits).count()
}
