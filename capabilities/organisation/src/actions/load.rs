//! Many new units and offices at the speed of the engine: for the demonstration and for imports into an empty register.

use chibo_kernel::{Dated, Id, Moment, Period, Problem, Unit};
use chibo_store::{Change, Entry, Op, Param, Value};
use serde_json::json;

use super::refuse;
use crate::ledger::{fact_values, office_values, parent_values};
use crate::rules::{NewOffice, NewUnit, Parent, Tenure};
use crate::store;

fn dated<V>(valid: Period, recorded: Moment, value: V) -> Dated<V> {
    Dated { valid, recorded, superseded: Moment::FOREVER, value }
}

fn program_only(op: &Op<'_, '_>) -> Result<(), Problem> {
    if op.viewer().system { Ok(()) } else { Err(Problem::Denied) }
}

/// Adds units that are not in the register yet, checked one by one only (kind, setting, name, code form) and not
/// against each other: the caller's plan is trusted. Only the program itself may do this. Gives how many.
pub fn load_units(op: &mut Op<'_, '_>, units: &[NewUnit], recorded: Moment) -> Result<u64, Problem> {
    program_only(op)?;
    let kind_of: std::collections::HashMap<Id<Unit>, crate::kinds::Kind> =
        units.iter().map(|unit| (unit.id, unit.kind)).collect();
    let mut facts = Vec::with_capacity(units.len());
    let mut parents = Vec::with_capacity(units.len());
    for unit in units {
        let above = unit.parent.and_then(|parent| kind_of.get(&parent).copied());
        refuse(crate::rules::check_facts(&unit.facts(), above, unit.from))?;
        let valid = Period::new(unit.from, unit.to)
            .ok_or_else(|| Problem::Fault(format!("{}: a unit without a day", unit.name)))?;
        facts.push(dated(valid, recorded, unit.facts()));
        parents.push(dated(valid, recorded, Parent(unit.parent)));
    }
    let at = Value::Int(recorded.0);
    let int = |number: Option<i32>| number.map_or(Value::Null, |number| Value::Int(i64::from(number)));
    let rows = units.iter().map(|u| [u.id.value(), int(u.lat), int(u.lon), Value::Text(&u.admin_code), at]);
    let count = store::bulk_units(op.tx(), rows)?;
    store::bulk_facts(op.tx(), units.iter().zip(&facts).map(|(unit, row)| fact_values(&unit.id, row)))?;
    store::bulk_parents(op.tx(), units.iter().zip(&parents).map(|(unit, row)| parent_values(&unit.id, row)))?;
    if let Some(first) = units.first() {
        op.record(Entry {
            stream: *first.id.bytes(),
            action: "units-loaded",
            unit: Some(first.id),
            subject: None,
            detail: json!({ "count": units.len(), "first": first.name }).to_string(),
        });
        op.touch(Change::Everything);
    }
    Ok(count)
}

/// Adds offices that are not in the register yet, unchecked: the caller's plan is trusted. Only the program itself may
/// do this. Gives how many.
pub fn load_offices(op: &mut Op<'_, '_>, offices: &[NewOffice], recorded: Moment) -> Result<u64, Problem> {
    program_only(op)?;
    let mut rows = Vec::with_capacity(offices.len());
    for office in offices {
        let valid = Period::new(office.from, office.to)
            .ok_or_else(|| Problem::Fault(format!("{}: an office without a day", office.unit)))?;
        let tenure = Tenure { how: office.how, decision: office.decision.clone() };
        rows.push(((office.unit, office.person, office.role), dated(valid, recorded, tenure)));
    }
    let count = store::bulk_offices(op.tx(), rows.iter().map(|(key, row)| office_values(key, row)))?;
    if let Some(first) = offices.first() {
        op.record(Entry {
            stream: *first.unit.bytes(),
            action: "offices-loaded",
            unit: Some(first.unit),
            subject: None,
            detail: json!({ "count": offices.len() }).to_string(),
        });
        op.touch(Change::Everything);
    }
    Ok(count)
}
