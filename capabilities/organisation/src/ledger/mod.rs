//! The one writer of unit, edge and office history (ORG-18): loads timelines, amends them in memory, writes the difference.

mod line;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use chibo_kernel::{Dated, Day, Id, Moment, Period, Person, Problem, Unit};
use chibo_store::Tx;

use crate::kinds::Role;
use crate::rules::{Facts, Landscape, Parent, Standing, Tenure};
pub(crate) use line::Line;
pub(crate) use write::{fact_values, office_values, parent_values};

/// Which office: unit, who, role.
pub(crate) type OfficeKey = (Id<Unit>, Id<Person>, Role);

/// The history being written in one transaction.
pub(crate) struct Ledger {
    recorded: Moment,
    all: bool,
    facts: BTreeMap<Id<Unit>, Line<Facts>>,
    parents: BTreeMap<Id<Unit>, Line<Parent>>,
    offices: BTreeMap<OfficeKey, Line<Tenure>>,
    offices_loaded: BTreeSet<Id<Unit>>,
}

impl Ledger {
    /// A ledger whose new rows are recorded at this moment.
    pub fn new(recorded: Moment) -> Self {
        Self {
            recorded,
            all: false,
            facts: BTreeMap::new(),
            parents: BTreeMap::new(),
            offices: BTreeMap::new(),
            offices_loaded: BTreeSet::new(),
        }
    }

    /// Loads the names and places of all units at once.
    pub fn load_all(&mut self, tx: &mut Tx<'_>) -> Result<(), Problem> {
        (self.facts, self.parents) = read::everything(tx)?;
        self.all = true;
        Ok(())
    }

    /// Loads a unit.
    pub fn load(&mut self, tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<(), Problem> {
        if !self.all && !self.facts.contains_key(&unit) {
            self.facts.insert(unit, read::facts(tx, unit)?);
            self.parents.insert(unit, read::parents(tx, unit)?);
        }
        Ok(())
    }

    /// Loads a unit with everything above it on a day and everything directly below it from that day on.
    pub fn load_around(&mut self, tx: &mut Tx<'_>, unit: Id<Unit>, day: Day) -> Result<(), Problem> {
        if self.all {
            return Ok(());
        }
        for child in read::children_after(tx, unit, day)? {
            self.load(tx, child)?;
        }
        let mut at = Some(unit);
        let mut seen = BTreeSet::new();
        while let Some(unit) = at.filter(|unit| seen.insert(*unit)) {
            self.load(tx, unit)?;
            at = self.parents.get(&unit).and_then(|line| line.on(day)).and_then(|row| row.value.0);
        }
        Ok(())
    }

    /// A unit's names and types.
    pub fn facts(&self, unit: Id<Unit>) -> Option<&Line<Facts>> {
        self.facts.get(&unit)
    }

    /// A unit's places.
    pub fn parents(&self, unit: Id<Unit>) -> Option<&Line<Parent>> {
        self.parents.get(&unit)
    }

    /// Units loaded.
    pub fn units(&self) -> impl Iterator<Item = Id<Unit>> + '_ {
        self.facts.keys().copied()
    }

    /// Amends name and type.
    pub fn amend_facts(&mut self, unit: Id<Unit>, valid: Period, facts: Option<Facts>) {
        self.facts.entry(unit).or_default().amend(valid, facts, self.recorded);
    }

    /// Amends the place.
    pub fn amend_parent(&mut self, unit: Id<Unit>, valid: Period, parent: Option<Parent>) {
        self.parents.entry(unit).or_default().amend(valid, parent, self.recorded);
    }

    /// Changes what is believed of a unit from a day on, piece by piece: `change` sees each piece in order of time and
    /// says what it becomes, or stops with `None`.
    pub fn change_facts(&mut self, unit: Id<Unit>, from: Day, mut change: impl FnMut(&Facts) -> Option<Facts>) {
        for (valid, facts) in self.pieces(unit, from) {
            let Some(next) = change(&facts) else { break };
            self.amend_facts(unit, valid, Some(next));
        }
    }

    fn pieces(&self, unit: Id<Unit>, from: Day) -> Vec<(Period, Facts)> {
        let rows = self.facts.get(&unit).map(Line::current).unwrap_or_default();
        let since = |row: &&Dated<Facts>| Some((row.valid.overlap(Period::since(from))?, row.value.clone()));
        rows.iter().filter_map(since).collect()
    }

    /// Moves a unit under a parent from a day until its next recorded move.
    pub fn move_under(&mut self, unit: Id<Unit>, from: Day, parent: Parent) {
        let Some(line) = self.parents.get_mut(&unit) else { return };
        let until = line.on(from).map_or(Day::FOREVER, |row| row.valid.to());
        if let Some(valid) = Period::new(from, until) {
            line.amend(valid, Some(parent), self.recorded);
        }
    }

    /// From a day on the unit is no more, and nobody holds office in it.
    pub fn end(&mut self, tx: &mut Tx<'_>, unit: Id<Unit>, on: Day) -> Result<(), Problem> {
        self.amend_facts(unit, Period::since(on), None);
        self.amend_parent(unit, Period::since(on), None);
        self.load_offices(tx, unit)?;
        let keys: Vec<OfficeKey> = self.offices.keys().filter(|key| key.0 == unit).copied().collect();
        keys.into_iter().for_each(|key| self.amend_office(key, Period::since(on), None));
        Ok(())
    }

    /// Loads the offices of a unit.
    pub fn load_offices(&mut self, tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<(), Problem> {
        if self.offices_loaded.insert(unit) {
            self.offices.extend(read::offices(tx, unit)?);
        }
        Ok(())
    }

    /// Offices loaded of a unit.
    pub fn offices(&self, unit: Id<Unit>) -> impl Iterator<Item = (&OfficeKey, &Line<Tenure>)> {
        self.offices.iter().filter(move |(key, _)| key.0 == unit)
    }

    /// Amends an office.
    pub fn amend_office(&mut self, key: OfficeKey, valid: Period, tenure: Option<Tenure>) {
        self.offices.entry(key).or_default().amend(valid, tenure, self.recorded);
    }

    /// The loaded units as believed on a day.
    pub fn landscape(&self, day: Day) -> Landscape {
        let standing = |(unit, line): (&Id<Unit>, &Line<Facts>)| {
            let facts = line.on(day)?.value.clone();
            let parent = self.parents.get(unit)?.on(day)?.value.0;
            Some((*unit, Standing { facts, parent }))
        };
        Landscape::new(day, self.facts.iter().filter_map(standing))
    }

    /// Whether a loaded unit is believed to exist on every day of a period.
    pub fn covers(&self, unit: Id<Unit>, period: Period) -> bool {
        let mut next = period.from();
        for row in self.facts.get(&unit).map(Line::current).unwrap_or_default() {
            if row.valid.contains(next) {
                next = row.valid.to();
            }
        }
        next >= period.to()
    }

    /// Writes the difference; gives the units that changed.
    pub fn flush(self, tx: &mut Tx<'_>) -> Result<BTreeSet<Id<Unit>>, Problem> {
        let mut changed = BTreeSet::new();
        write::facts(tx, &self.facts, &mut changed)?;
        write::parents(tx, &self.parents, &mut changed)?;
        write::offices(tx, &self.offices, &mut changed)?;
        Ok(changed)
    }
}
