//! Stored rows as timelines.

use std::collections::BTreeMap;

use chibo_kernel::{Dated, Day, Id, Problem, Unit};
use chibo_store::Tx;

use super::{Line, OfficeKey};
use crate::forest::{BELIEVED, period};
use crate::kinds::{Kind, Role, Setting};
use crate::rules::{Facts, How, Parent, Tenure};
use crate::store::{self, FactRow, OfficeRow, ParentRow};

fn strange(what: &str) -> Problem {
    Problem::Fault(format!("the database holds an unknown {what}"))
}

/// A stored fact.
pub(crate) fn fact(row: FactRow) -> Result<Dated<Facts>, Problem> {
    Ok(Dated {
        valid: period(row.valid_from, row.valid_to)?,
        recorded: row.recorded_at,
        superseded: row.superseded_at,
        value: Facts {
            name: row.name,
            short: row.short_name,
            kind: Kind::from_number(row.kind).ok_or_else(|| strange("kind"))?,
            setting: Setting::from_number(row.setting).ok_or_else(|| strange("setting"))?,
            code: row.code,
        },
    })
}

/// A stored edge.
pub(crate) fn parent(row: &ParentRow) -> Result<Dated<Parent>, Problem> {
    Ok(Dated {
        valid: period(row.valid_from, row.valid_to)?,
        recorded: row.recorded_at,
        superseded: row.superseded_at,
        value: Parent(row.parent_id),
    })
}

/// A stored office.
pub(crate) fn office(row: OfficeRow) -> Result<(OfficeKey, Dated<Tenure>), Problem> {
    let role = Role::from_number(row.role).ok_or_else(|| strange("role"))?;
    let how = How::from_code(&row.how).ok_or_else(|| strange("way into office"))?;
    let dated = Dated {
        valid: period(row.valid_from, row.valid_to)?,
        recorded: row.recorded_at,
        superseded: row.superseded_at,
        value: Tenure { how, decision: row.decision_number },
    };
    Ok(((row.unit_id, row.person_id, role), dated))
}

pub(super) fn facts(tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<Line<Facts>, Problem> {
    store::facts_of(tx, unit)?.into_iter().map(fact).collect::<Result<_, _>>().map(Line::new)
}

pub(super) fn parents(tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<Line<Parent>, Problem> {
    store::parents_of(tx, unit)?.iter().map(parent).collect::<Result<_, _>>().map(Line::new)
}

pub(super) fn children_after(tx: &mut Tx<'_>, unit: Id<Unit>, day: Day) -> Result<Vec<Id<Unit>>, Problem> {
    let mut children: Vec<_> =
        store::children_after(tx, unit, day, BELIEVED)?.into_iter().map(|row| row.unit_id).collect();
    children.dedup();
    Ok(children)
}

pub(super) fn offices(tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<BTreeMap<OfficeKey, Line<Tenure>>, Problem> {
    let mut rows: BTreeMap<OfficeKey, Vec<Dated<Tenure>>> = BTreeMap::new();
    for row in store::offices_of(tx, unit)? {
        let (key, dated) = office(row)?;
        rows.entry(key).or_default().push(dated);
    }
    Ok(rows.into_iter().map(|(key, rows)| (key, Line::new(rows))).collect())
}

type Everything = (BTreeMap<Id<Unit>, Line<Facts>>, BTreeMap<Id<Unit>, Line<Parent>>);

/// Rows come sorted by unit.
pub(super) fn everything(tx: &mut Tx<'_>) -> Result<Everything, Problem> {
    let mut facts: Vec<(Id<Unit>, Vec<Dated<Facts>>)> = Vec::new();
    store::all_facts(tx, |row| {
        let unit = row.unit_id;
        let dated = fact(row)?;
        match facts.last_mut() {
            Some((last, rows)) if *last == unit => rows.push(dated),
            _ => facts.push((unit, vec![dated])),
        }
        Ok(())
    })?;
    let mut parents: Vec<(Id<Unit>, Vec<Dated<Parent>>)> = Vec::new();
    store::all_parents(tx, |row| {
        let dated = parent(&row)?;
        match parents.last_mut() {
            Some((last, rows)) if *last == row.unit_id => rows.push(dated),
            _ => parents.push((row.unit_id, vec![dated])),
        }
        Ok(())
    })?;
    Ok((
        facts.into_iter().map(|(unit, rows)| (unit, Line::new(rows))).collect(),
        parents.into_iter().map(|(unit, rows)| (unit, Line::new(rows))).collect(),
    ))
}
