//! Loading the forest: every unit with everything ever recorded about its name and place.

use std::collections::HashMap;

use chibo_census::{EdgeRow, Forest, SuccessionRow, UnitRow};
use chibo_kernel::{AsOf, Day, Id, Moment, Period, Problem, Unit};
use chibo_store::Tx;

use crate::kinds::{Kind, Setting};
use crate::rules::{Facts, Landscape, Standing};
use crate::store;

/// A stored period; an empty one is a fault of the database.
pub(crate) fn period(from: Day, to: Day) -> Result<Period, Problem> {
    Period::new(from, to).ok_or_else(|| Problem::Fault(format!("the database holds an empty period {from}–{to}")))
}

/// Builds the forest from all rows, streamed; numbers of units stay those of `before`.
pub fn load_forest(tx: &mut Tx<'_>, before: Option<&Forest>) -> Result<Forest, Problem> {
    let mut units: Vec<UnitRow> = Vec::with_capacity(before.map_or(0, Forest::len));
    store::all_facts(tx, |row| {
        units.push(UnitRow {
            id: row.unit_id,
            valid: period(row.valid_from, row.valid_to)?,
            recorded: row.recorded_at,
            superseded: row.superseded_at,
            name: row.name,
            short: row.short_name,
            kind: row.kind,
            setting: row.setting,
            code: row.code,
            sort_rank: Kind::from_number(row.kind).map_or(u32::MAX, |kind| u32::from(kind.rank())),
        });
        Ok(())
    })?;
    let mut edges: Vec<EdgeRow> = Vec::with_capacity(units.len());
    store::all_parents(tx, |row| {
        edges.push(EdgeRow {
            id: row.unit_id,
            parent: row.parent_id,
            valid: period(row.valid_from, row.valid_to)?,
            recorded: row.recorded_at,
            superseded: row.superseded_at,
        });
        Ok(())
    })?;
    let mut successions: Vec<SuccessionRow> = Vec::new();
    store::all_successions(tx, |row| {
        successions.push(SuccessionRow { from: row.from_unit, into: row.into_unit, on: row.on_day, main: row.main });
        Ok(())
    })?;
    Ok(Forest::new(units, &edges, &successions, before))
}

/// The units of a day as the census knows them: what a plan is checked against before anything is written.
pub fn landscape_of(forest: &Forest, day: Day) -> Landscape {
    let tree = forest.tree(AsOf::on(day));
    let standing = |place: u32| {
        let facts = tree.facts(place)?;
        let facts = Facts {
            name: facts.name.clone(),
            short: facts.short.clone(),
            kind: Kind::from_number(facts.kind)?,
            setting: Setting::from_number(facts.setting)?,
            code: facts.code.clone(),
        };
        let parent = tree.parent(place).and_then(|up| forest.id(tree.unit(up)?));
        Some((forest.id(tree.unit(place)?)?, Standing { facts, parent }))
    };
    Landscape::new(day, (0..tree.len()).filter_map(standing))
}

/// The units of a day as the database has them now: what is believed inside a write.
///
/// # Errors
/// Problems of the database.
pub fn landscape_within(tx: &mut Tx<'_>, day: Day) -> Result<Landscape, Problem> {
    let mut ledger = crate::ledger::Ledger::new(BELIEVED);
    ledger.load_all(tx)?;
    Ok(ledger.landscape(day))
}

/// From when until when every unit stood, as believed now.
///
/// # Errors
/// Problems of the database.
pub fn lives_of(tx: &mut Tx<'_>) -> Result<HashMap<Id<Unit>, Period>, Problem> {
    let mut lives: HashMap<Id<Unit>, Period> = HashMap::new();
    store::all_facts(tx, |row| {
        if row.superseded_at == BELIEVED {
            let valid = period(row.valid_from, row.valid_to)?;
            let life = lives.entry(row.unit_id).or_insert(valid);
            *life = period(life.from().min(valid.from()), life.to().max(valid.to()))?;
        }
        Ok(())
    })?;
    Ok(lives)
}

/// "Still believed".
pub(crate) const BELIEVED: Moment = Moment::FOREVER;
