//! Units and dated edges, and the tree they form on any day with any knowledge (ORG-18).

mod grow;
mod index;
mod last;
#[cfg(test)]
mod tests;
mod today;
mod tree;

use std::sync::Arc;

use chibo_kernel::{AsOf, Day, Id, Moment, Period, Unit};
use parking_lot::Mutex;

pub use grow::{Fault, Why};
pub(crate) use index::Index;
pub use today::TodayPlaces;
pub use tree::{Tree, UnitFacts};

/// Number of a unit: its index in the forest. Stable for as long as forests are built from one another.
pub type UnitNo = u32;

/// "No unit", "no place".
pub(crate) const NONE: u32 = u32::MAX;

/// Trees kept ready; one of a city takes about half a megabyte.
const KEPT_TREES: usize = 16;

/// What a unit is called and of what type it is, during a period, as recorded.
#[derive(Clone, Debug)]
pub struct UnitRow {
    /// The unit.
    pub id: Id<Unit>,
    /// When it holds.
    pub valid: Period,
    /// When it was written down.
    pub recorded: Moment,
    /// When it stopped being believed.
    pub superseded: Moment,
    /// Full name.
    pub name: String,
    /// Short name for tables.
    pub short: String,
    /// Code of the unit type (loại tổ chức).
    pub kind: u8,
    /// Code of the setting (loại hình).
    pub setting: u8,
    /// Organisation code.
    pub code: String,
    /// First key of the order among siblings: the rank of the kind.
    pub sort_rank: u32,
}

/// Under which unit a unit sits, during a period, as recorded.
#[derive(Clone, Debug)]
pub struct EdgeRow {
    /// The unit.
    pub id: Id<Unit>,
    /// Its parent; `None` makes it a root.
    pub parent: Option<Id<Unit>>,
    /// When it holds.
    pub valid: Period,
    /// When it was written down.
    pub recorded: Moment,
    /// When it stopped being believed.
    pub superseded: Moment,
}

/// A unit went into another (merged, split, replaced).
#[derive(Clone, Debug)]
pub struct SuccessionRow {
    /// The unit that ended.
    pub from: Id<Unit>,
    /// The unit that continues it.
    pub into: Id<Unit>,
    /// On this day.
    pub on: Day,
    /// Whether this is the main successor: there the abolished unit is seen.
    pub main: bool,
}

#[derive(Debug)]
struct Edge {
    unit: UnitNo,
    parent: UnitNo,
    valid: Period,
    recorded: Moment,
    superseded: Moment,
}

fn holds(valid: Period, recorded: Moment, superseded: Moment, at: AsOf) -> bool {
    valid.contains(at.day) && recorded <= at.known && (superseded == Moment::FOREVER || at.known < superseded)
}

/// Number of a tree version: between two changes every day, and every moment, has the same tree.
type Version = (u32, u32);

/// Every unit there ever was, with everything ever recorded about its name and place.
#[derive(Debug)]
pub struct Forest {
    index: Arc<Index>,
    /// In sibling order, so that listing children needs no sorting.
    facts: Arc<[UnitFacts]>,
    /// By unit.
    edges: Vec<Edge>,
    edge_start: Vec<u32>,
    /// Main successor of each unit.
    successor: Vec<UnitNo>,
    days: Vec<Day>,
    moments: Vec<Moment>,
    /// The largest code of kind and of setting.
    tops: (u8, u8),
    trees: Mutex<Vec<(Version, Arc<Tree>)>>,
    today: Mutex<Option<(Version, Arc<TodayPlaces>)>>,
}

impl Default for Forest {
    fn default() -> Self {
        Self::new(Vec::new(), &[], &[], None)
    }
}

impl Forest {
    /// Builds the forest. With `before`, every unit of it keeps its number, so columns loaded with that
    /// forest stay right with this one.
    pub fn new(units: Vec<UnitRow>, edges: &[EdgeRow], successions: &[SuccessionRow], before: Option<&Forest>) -> Self {
        let ids = units.iter().map(|row| row.id);
        let ids = ids.chain(edges.iter().flat_map(|row| [Some(row.id), row.parent]).flatten());
        let ids = ids.chain(successions.iter().flat_map(|row| [row.from, row.into]));
        let index = Index::new(before.map_or(&[][..], |old| old.index.ids()), ids);
        let no = |id: Id<Unit>| index.no(id).unwrap_or(NONE);

        let mut edges: Vec<Edge> = edges
            .iter()
            .map(|row| Edge {
                unit: no(row.id),
                parent: row.parent.map_or(NONE, no),
                valid: row.valid,
                recorded: row.recorded,
                superseded: row.superseded,
            })
            .collect();
        edges.sort_by_key(|edge| edge.unit);
        let mut edge_start = vec![0u32; index.len() + 1];
        edges.iter().for_each(|edge| edge_start[edge.unit as usize + 1] += 1);
        (1..edge_start.len()).for_each(|i| edge_start[i] += edge_start[i - 1]);

        let facts = tree::in_sibling_order(units, &index);
        let spans = facts.iter().map(|f| (f.valid, f.recorded, f.superseded));
        let spans = spans.chain(edges.iter().map(|e| (e.valid, e.recorded, e.superseded)));
        let (days, moments) = breakpoints(spans);
        let successor = today::main_successors(index.len(), successions, &no);
        let tops = facts.iter().fold((0, 0), |tops, f| (f.kind.max(tops.0), f.setting.max(tops.1)));
        Self {
            tops,
            index: Arc::new(index),
            facts: facts.into(),
            edges,
            edge_start,
            successor,
            days,
            moments,
            trees: Mutex::default(),
            today: Mutex::default(),
        }
    }

    /// How many units there are; numbers run below this.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether there is no unit at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of a unit.
    pub fn no(&self, id: Id<Unit>) -> Option<UnitNo> {
        self.index.no(id)
    }

    /// The unit of a number.
    pub fn id(&self, no: UnitNo) -> Option<Id<Unit>> {
        self.index.ids().get(no as usize).copied()
    }

    /// The tree as it was on a day, by what was known at a moment. Built once per version, then shared.
    pub fn tree(&self, at: AsOf) -> Arc<Tree> {
        let version = self.version(at);
        if let Some(tree) = self.kept(version) {
            return tree;
        }
        let tree = Arc::new(self.grow(at));
        let mut trees = self.trees.lock();
        trees.insert(0, (version, tree.clone()));
        trees.truncate(KEPT_TREES);
        tree
    }

    fn kept(&self, version: Version) -> Option<Arc<Tree>> {
        let mut trees = self.trees.lock();
        let found = trees.iter().position(|(v, _)| *v == version)?;
        trees[..=found].rotate_right(1);
        trees.first().map(|(_, tree)| tree.clone())
    }

    /// Where every unit stands in the tree of this day.
    pub fn today(&self, today: Day) -> Arc<TodayPlaces> {
        let at = AsOf::on(today);
        let version = self.version(at);
        if let Some((v, places)) = &*self.today.lock()
            && *v == version
        {
            return places.clone();
        }
        let places = Arc::new(TodayPlaces::new(self, self.tree(at)));
        *self.today.lock() = Some((version, places.clone()));
        places
    }

    /// The days on which the tree changes, ascending.
    pub fn change_days(&self) -> &[Day] {
        &self.days
    }

    pub(crate) fn tops(&self) -> (u8, u8) {
        self.tops
    }

    fn version(&self, at: AsOf) -> Version {
        let day = self.days.partition_point(|day| *day <= at.day);
        let known = self.moments.partition_point(|moment| *moment <= at.known);
        (day as u32, known as u32)
    }

    fn edges_of(&self, unit: UnitNo) -> &[Edge] {
        let unit = unit as usize;
        &self.edges[self.edge_start[unit] as usize..self.edge_start[unit + 1] as usize]
    }
}

fn breakpoints(spans: impl Iterator<Item = (Period, Moment, Moment)>) -> (Vec<Day>, Vec<Moment>) {
    let mut days = Vec::new();
    let mut moments = Vec::new();
    for (valid, recorded, superseded) in spans {
        days.extend([valid.from(), valid.to()]);
        moments.push(recorded);
        moments.extend((superseded != Moment::FOREVER).then_some(superseded));
    }
    days.sort_unstable();
    days.dedup();
    moments.sort_unstable();
    moments.dedup();
    (days, moments)
}
