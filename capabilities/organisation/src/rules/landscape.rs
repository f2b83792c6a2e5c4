//! Units as they stand on one day: what a change is checked against.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chibo_kernel::{Day, Id, Unit};

use super::Facts;

/// A unit as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Name and type.
    pub facts: Facts,
    /// The unit above.
    pub parent: Option<Id<Unit>>,
}

/// The units of one day; perhaps only those around a change.
#[derive(Clone, Debug)]
pub struct Landscape {
    /// The day.
    pub on: Day,
    units: BTreeMap<Id<Unit>, Standing>,
}

impl Landscape {
    /// From units.
    pub fn new(on: Day, units: impl Iterator<Item = (Id<Unit>, Standing)>) -> Self {
        Self { on, units: units.collect() }
    }

    /// A unit, if it stands.
    pub fn get(&self, unit: Id<Unit>) -> Option<&Standing> {
        self.units.get(&unit)
    }

    pub(super) fn get_mut(&mut self, unit: Id<Unit>) -> Option<&mut Standing> {
        self.units.get_mut(&unit)
    }

    /// Puts a unit there; false when it stood there before.
    pub(super) fn put(&mut self, unit: Id<Unit>, standing: Standing) -> bool {
        self.units.insert(unit, standing).is_none()
    }

    /// Takes a unit away.
    pub(super) fn remove(&mut self, unit: Id<Unit>) -> bool {
        self.units.remove(&unit).is_some()
    }

    /// Every unit.
    pub fn units(&self) -> impl Iterator<Item = (Id<Unit>, &Standing)> {
        self.units.iter().map(|(unit, standing)| (*unit, standing))
    }

    /// The children of each of these units.
    pub fn children_of(&self, parents: &BTreeSet<Id<Unit>>) -> BTreeMap<Id<Unit>, Vec<Id<Unit>>> {
        let mut children: BTreeMap<Id<Unit>, Vec<Id<Unit>>> = BTreeMap::new();
        for (unit, standing) in &self.units {
            if let Some(parent) = standing.parent.filter(|parent| parents.contains(parent)) {
                children.entry(parent).or_default().push(*unit);
            }
        }
        children
    }

    /// Whether a unit is its own ancestor.
    pub fn circles(&self, unit: Id<Unit>) -> bool {
        let mut at = self.units.get(&unit).and_then(|standing| standing.parent);
        for _ in 0..self.units.len() {
            match at {
                None => return false,
                Some(above) if above == unit => return true,
                Some(above) => at = self.units.get(&above).and_then(|standing| standing.parent),
            }
        }
        // Longer than there are units: it leads into a circle further up.
        at.is_some()
    }

    /// Codes that stand more than once, with their holders.
    pub fn doubled_codes(&self) -> HashMap<&str, Vec<Id<Unit>>> {
        let mut holders: HashMap<&str, Vec<Id<Unit>>> = HashMap::with_capacity(self.units.len());
        for (unit, standing) in self.units.iter().filter(|(_, standing)| !standing.facts.code.is_empty()) {
            holders.entry(&standing.facts.code).or_default().push(*unit);
        }
        holders.retain(|_, units| units.len() > 1);
        holders
    }
}
