//! Who holds office in a unit.

use chibo_kernel::{Day, Id, Period, Permission, Person, Problem, Said, Unit};
use chibo_store::Op;
use serde_json::json;

use super::found::check_day;
use super::{record, refuse, touch};
use crate::kinds::Role;
use crate::ledger::Ledger;
use crate::rules::{NewOffice, Tenure, check_office};

/// Records that somebody holds an office. A role for one person at a time must be free.
pub fn appoint(op: &mut Op<'_, '_>, office: &NewOffice) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, office.unit)?;
    check_day(office.from)?;
    let mut ledger = Ledger::new(op.now());
    ledger.load(op.tx(), office.unit)?;
    ledger.load_offices(op.tx(), office.unit)?;
    let held: Vec<(Id<Person>, Period)> = ledger
        .offices(office.unit)
        .filter(|(key, _)| key.2 == office.role)
        .flat_map(|(key, line)| line.current().into_iter().map(|row| (key.1, row.valid)))
        .collect();
    refuse(check_office(office, &held))?;
    let valid =
        Period::new(office.from, office.to).ok_or_else(|| Problem::field("to", Said::new("units-office-empty")))?;
    if !ledger.covers(office.unit, valid) {
        return Err(Problem::field("from", Said::new("units-office-outside")));
    }
    let tenure = Tenure { how: office.how, decision: office.decision.clone() };
    ledger.amend_office((office.unit, office.person, office.role), valid, Some(tenure));
    let changed = ledger.flush(op.tx())?;
    touch(op, &changed);
    let detail = json!({ "person": office.person.to_string(), "role": office.role.code(), "from": office.from.iso(), "how": office.how.code() });
    record(op, office.unit, "office-taken", &detail);
    Ok(())
}

/// Records that an office ends: `on` is the first day it is no longer held.
pub fn end_office(op: &mut Op<'_, '_>, unit: Id<Unit>, person: Id<Person>, role: Role, on: Day) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, unit)?;
    check_day(on)?;
    let mut ledger = Ledger::new(op.now());
    ledger.load_offices(op.tx(), unit)?;
    let key = (unit, person, role);
    let held = ledger.offices(unit).any(|(k, line)| *k == key && line.current().iter().any(|row| row.valid.to() > on));
    if !held {
        return Err(Problem::field("on", Said::new("units-office-not-held")));
    }
    ledger.amend_office(key, Period::since(on), None);
    let changed = ledger.flush(op.tx())?;
    touch(op, &changed);
    record(op, unit, "office-left", &json!({ "person": person.to_string(), "role": role.code(), "on": on.iso() }));
    Ok(())
}

/// Writes the number of the approving decision beside an office held on a day (chuẩn y). `above` is the unit whose
/// committee approves. Gives whether the office was held.
///
/// # Errors
/// Denied to whoever may not edit the approving unit; problems of the database.
pub fn approve_office(
    op: &mut Op<'_, '_>,
    above: Id<Unit>,
    (unit, person, role): (Id<Unit>, Id<Person>, Role),
    on: Day,
    number: &str,
) -> Result<bool, Problem> {
    op.permit(Permission::EditUnits, above)?;
    let mut ledger = Ledger::new(op.now());
    ledger.load_offices(op.tx(), unit)?;
    let key = (unit, person, role);
    let found = ledger.offices(unit).find(|(k, _)| **k == key).and_then(|(_, line)| line.on(on).cloned());
    let Some(held) = found else { return Ok(false) };
    let tenure = Tenure { how: held.value.how, decision: number.to_owned() };
    ledger.amend_office(key, held.valid, Some(tenure));
    let changed = ledger.flush(op.tx())?;
    touch(op, &changed);
    let detail = json!({ "person": person.to_string(), "role": role.code(), "decision": number });
    record(op, unit, "office-approved", &detail);
    Ok(true)
}
