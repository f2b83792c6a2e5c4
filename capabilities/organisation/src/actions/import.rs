//! Writing a confirmed spreadsheet of units as one act, and taking it back.

use std::collections::{BTreeMap, HashMap};

use chibo_kernel::{Day, Id, Moment, Permission, Problem, Said, Unit};
use chibo_store::{Op, Param};
use serde_json::json;

use super::decide::take;
use super::{record, refuse, touch, undo};
use crate::import::Planned;
use crate::ledger::Ledger;
use crate::rules::{Step, UnitImport, check_steps};
use crate::store;

fn steps(row: &Planned) -> Vec<Step> {
    match row {
        Planned::New(new) => vec![Step::Establish(new.clone())],
        Planned::Change { unit, facts, parent, retyped, .. } => {
            let (unit, name, short) = (*unit, facts.name.clone(), facts.short.clone());
            let mut steps = vec![Step::Rename { unit, name, short, code: None }];
            steps.extend(parent.map(|parent| Step::Reparent { unit, parent }));
            steps.extend(retyped.then_some(Step::Retype { unit, kind: facts.kind, setting: facts.setting }));
            steps
        }
    }
}

fn day(row: &Planned) -> Day {
    match row {
        Planned::New(new) => new.from,
        Planned::Change { from, .. } => *from,
    }
}

/// Writes the rows of a waiting import under a unit, day by day, all or nothing.
pub(crate) fn import_units(
    op: &mut Op<'_, '_>,
    import: Id<UnitImport>,
    under: Id<Unit>,
    rows: &[Planned],
) -> Result<(), Problem> {
    op.permit(Permission::Import, under)?;
    let (now, count) = (op.now(), rows.len());
    let new = rows.iter().filter(|row| matches!(row, Planned::New(_))).count();
    let counts = json!({ "new": new, "changed": count - new }).to_string();
    if store::move_import(op.tx(), import, "waiting", "applied", now, &counts)? == 0 {
        return Err(Problem::Conflict(Said::new("units-import-not-waiting")));
    }
    let mut days: BTreeMap<Day, Vec<Step>> = BTreeMap::new();
    for row in rows {
        days.entry(day(row)).or_default().extend(steps(row));
    }
    let brought: HashMap<Id<Unit>, Option<Id<Unit>>> = rows
        .iter()
        .filter_map(|row| if let Planned::New(new) = row { Some((new.id, new.parent)) } else { None })
        .collect();
    let mut ledger = Ledger::new(now);
    ledger.load_all(op.tx())?;
    for (on, steps) in &days {
        super::found::check_day(*on)?;
        refuse(check_steps(&ledger.landscape(*on), steps))?;
        for step in steps {
            op.permit(Permission::Import, reached(&brought, step))?;
            take(op, &mut ledger, step, *on, now)?;
        }
    }
    let changed = ledger.flush(op.tx())?;
    let written: Vec<(Id<Unit>, bool)> = rows
        .iter()
        .map(|row| match row {
            Planned::New(new) => (new.id, true),
            Planned::Change { unit, .. } => (*unit, false),
        })
        .collect();
    store::bulk_import_units(op.tx(), written.iter().map(|(unit, new)| [import.value(), unit.value(), new.value()]))?;
    touch(op, &changed);
    record(op, under, "units-imported", &json!({ "import": import.to_string(), "new": new, "changed": count - new }));
    Ok(())
}

/// The unit whose permission covers a step: for one brought by the file the first unit above that was there before.
fn reached(brought: &HashMap<Id<Unit>, Option<Id<Unit>>>, step: &Step) -> Id<Unit> {
    let mut at = step.unit();
    for _ in 0..brought.len() {
        match brought.get(&at).copied().flatten() {
            Some(parent) => at = parent,
            None => break,
        }
    }
    at
}

/// Takes an applied import back. `members`: how many are counted in the units it established, by the caller's census.
pub(crate) fn undo_import(op: &mut Op<'_, '_>, import: Id<UnitImport>, members: u32) -> Result<(), Problem> {
    let row = store::import(op.tx(), import)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::Import, row.unit_id)?;
    if members > 0 {
        return Err(Problem::refuse(Said::new("units-import-has-members").with("count", members)));
    }
    if store::move_import(op.tx(), import, "applied", "undone", row.applied_at, &row.counts)? == 0 {
        return Err(Problem::Conflict(Said::new("units-import-not-applied")));
    }
    let mut units = Vec::new();
    store::import_units(op.tx(), import, |unit| {
        units.push((unit.unit_id, unit.is_new));
        Ok(())
    })?;
    undo(op, &units, row.applied_at)?;
    record(op, row.unit_id, "units-import-undone", &json!({ "import": import.to_string(), "units": units.len() }));
    Ok(())
}

/// Drops a waiting upload.
pub(crate) fn drop_import(op: &mut Op<'_, '_>, import: Id<UnitImport>) -> Result<(), Problem> {
    let row = store::import(op.tx(), import)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::Import, row.unit_id)?;
    if store::move_import(op.tx(), import, "waiting", "dropped", Moment(0), "")? == 0 {
        return Err(Problem::Conflict(Said::new("units-import-not-waiting")));
    }
    Ok(())
}
