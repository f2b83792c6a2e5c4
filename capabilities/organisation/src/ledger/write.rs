//! Differences as statements. No other code writes these tables, except the bulk loader of new units.

use std::collections::{BTreeMap, BTreeSet};

use chibo_kernel::{Dated, Id, Problem, Unit};
use chibo_store::{Param, Tx, Value};

use super::{Line, OfficeKey};
use crate::rules::{Facts, Parent, Tenure};
use crate::store;

fn number(number: u8) -> Value<'static> {
    Value::Int(i64::from(number))
}

/// The columns of a fact.
pub(crate) fn fact_values<'v>(unit: &'v Id<Unit>, row: &'v Dated<Facts>) -> [Value<'v>; 10] {
    let facts = &row.value;
    [
        unit.value(),
        row.recorded.value(),
        Value::Int(i64::from(row.valid.from().number())),
        Value::Int(i64::from(row.valid.to().number())),
        row.superseded.value(),
        Value::Text(&facts.name),
        Value::Text(&facts.short),
        number(facts.kind.number()),
        number(facts.setting.number()),
        Value::Text(&facts.code),
    ]
}

/// The columns of an edge.
pub(crate) fn parent_values<'v>(unit: &'v Id<Unit>, row: &'v Dated<Parent>) -> [Value<'v>; 6] {
    [
        unit.value(),
        row.recorded.value(),
        Value::Int(i64::from(row.valid.from().number())),
        Value::Int(i64::from(row.valid.to().number())),
        row.superseded.value(),
        row.value.0.value(),
    ]
}

/// The columns of an office.
pub(crate) fn office_values<'v>(key: &'v OfficeKey, row: &'v Dated<Tenure>) -> [Value<'v>; 9] {
    [
        key.0.value(),
        key.1.value(),
        number(key.2.number()),
        row.recorded.value(),
        Value::Int(i64::from(row.valid.from().number())),
        Value::Int(i64::from(row.valid.to().number())),
        row.superseded.value(),
        Value::Text(row.value.how.code()),
        Value::Text(&row.value.decision),
    ]
}

pub(super) fn facts(
    tx: &mut Tx<'_>,
    lines: &BTreeMap<Id<Unit>, Line<Facts>>,
    changed: &mut BTreeSet<Id<Unit>>,
) -> Result<(), Problem> {
    let mut added = Vec::new();
    for (unit, line) in lines {
        let difference = line.difference();
        for (recorded, from, superseded) in difference.closed {
            store::close_fact(tx, *unit, recorded, from, superseded)?;
            changed.insert(*unit);
        }
        added.extend(difference.added.into_iter().map(|row| (*unit, row)));
    }
    changed.extend(added.iter().map(|(unit, _)| *unit));
    store::bulk_facts(tx, added.iter().map(|(unit, row)| fact_values(unit, row))).map(drop)
}

pub(super) fn parents(
    tx: &mut Tx<'_>,
    lines: &BTreeMap<Id<Unit>, Line<Parent>>,
    changed: &mut BTreeSet<Id<Unit>>,
) -> Result<(), Problem> {
    let mut added = Vec::new();
    for (unit, line) in lines {
        let difference = line.difference();
        for (recorded, from, superseded) in difference.closed {
            store::close_parent(tx, *unit, recorded, from, superseded)?;
            changed.insert(*unit);
        }
        added.extend(difference.added.into_iter().map(|row| (*unit, row)));
    }
    changed.extend(added.iter().map(|(unit, _)| *unit));
    store::bulk_parents(tx, added.iter().map(|(unit, row)| parent_values(unit, row))).map(drop)
}

pub(super) fn offices(
    tx: &mut Tx<'_>,
    lines: &BTreeMap<OfficeKey, Line<Tenure>>,
    changed: &mut BTreeSet<Id<Unit>>,
) -> Result<(), Problem> {
    let mut added = Vec::new();
    for (key, line) in lines {
        let difference = line.difference();
        for (recorded, from, superseded) in difference.closed {
            store::close_office(tx, key.0, key.1, key.2.number(), recorded, from, superseded)?;
            changed.insert(key.0);
        }
        added.extend(difference.added.into_iter().map(|row| (*key, row)));
    }
    changed.extend(added.iter().map(|(key, _)| key.0));
    store::bulk_offices(tx, added.iter().map(|(key, row)| office_values(key, row))).map(drop)
}
