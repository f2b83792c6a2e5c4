//! What is believed of a unit over time, for capabilities above: its facts, its places, its decisions, what it went into.

use chibo_kernel::{Dated, Day, Id, Moment, Problem, Unit};
use chibo_store::Tx;

use crate::ledger::{Ledger, Line};
use crate::rules::{Facts, Parent, Reorganisation, SuccessionKind};
use crate::store;

/// A decision that names a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastDecision {
    /// The decision.
    pub id: Id<Reorganisation>,
    /// Number and symbol of the document.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Who decided.
    pub authority: String,
    /// Day of signing.
    pub signed_on: Day,
    /// Day in force.
    pub effective_on: Day,
}

/// Another unit that a unit went into, or came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kin {
    /// The other unit.
    pub unit: Id<Unit>,
    /// On this day.
    pub on: Day,
    /// How; none for a way this program does not know.
    pub kind: Option<SuccessionKind>,
}

/// Everything believed of a unit, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Names, kinds, settings, codes.
    pub facts: Vec<Dated<Facts>>,
    /// Units above.
    pub parents: Vec<Dated<Parent>>,
    /// Decisions that name it, by day in force.
    pub decisions: Vec<PastDecision>,
    /// What it went into.
    pub into: Vec<Kin>,
    /// What it was made of.
    pub from: Vec<Kin>,
}

/// What is believed of a unit over time.
///
/// # Errors
/// What the store gives.
pub fn past_of(tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<Past, Problem> {
    let mut ledger = Ledger::new(Moment(0));
    ledger.load(tx, unit)?;
    let facts = ledger.facts(unit).map(Line::current).unwrap_or_default().into_iter().cloned().collect();
    let parents = ledger.parents(unit).map(Line::current).unwrap_or_default().into_iter().cloned().collect();
    let mut named: Vec<Id<Reorganisation>> =
        store::steps_of_unit(tx, unit)?.iter().map(|row| row.decision_id).collect();
    named.dedup();
    let mut decisions = Vec::with_capacity(named.len());
    for id in named {
        decisions.extend(store::decision(tx, id)?.map(|row| PastDecision {
            id,
            number: row.number,
            title: row.title,
            authority: row.authority,
            signed_on: row.signed_on,
            effective_on: row.effective_on,
        }));
    }
    decisions.sort_by_key(|decision| decision.effective_on);
    let kin = |row: &store::SuccessionRow, unit: Id<Unit>| Kin {
        unit,
        on: row.on_day,
        kind: SuccessionKind::from_code(&row.kind),
    };
    let into = store::successors(tx, unit)?.iter().map(|row| kin(row, row.into_unit)).collect();
    let from = store::predecessors(tx, unit)?.iter().map(|row| kin(row, row.from_unit)).collect();
    Ok(Past { facts, parents, decisions, into, from })
}
