//! The tree of one version: pre-order arrays. A subtree is a range of places.

use std::ops::Range;
use std::sync::Arc;

use chibo_kernel::{Moment, Period};

use super::{Fault, Index, NONE, UnitNo, UnitRow};

/// Name, type and code of a unit during a period.
#[derive(Clone, Debug)]
pub struct UnitFacts {
    /// The unit.
    pub unit: UnitNo,
    /// When these facts hold.
    pub valid: Period,
    /// When they were written down.
    pub recorded: Moment,
    /// When they stopped being believed.
    pub superseded: Moment,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// Organisation code.
    pub code: String,
    /// Code of the unit type.
    pub kind: u8,
    /// Code of the setting.
    pub setting: u8,
}

/// Rows in the order siblings are shown: rank of the kind, code, name.
pub(super) fn in_sibling_order(mut units: Vec<UnitRow>, index: &Index) -> Vec<UnitFacts> {
    units.sort_by(|a, b| {
        let first = a.sort_rank.cmp(&b.sort_rank).then_with(|| a.code.cmp(&b.code));
        first.then_with(|| crate::search::compare(&a.name, &b.name)).then_with(|| a.id.cmp(&b.id))
    });
    let facts = units.into_iter().map(|row| UnitFacts {
        unit: index.no(row.id).unwrap_or(NONE),
        valid: row.valid,
        recorded: row.recorded,
        superseded: row.superseded,
        name: row.name,
        short: row.short,
        code: row.code,
        kind: row.kind,
        setting: row.setting,
    });
    facts.collect()
}

/// The organisation as of a day and a knowledge. A place is a pre-order number.
#[derive(Debug)]
pub struct Tree {
    pub(super) facts: Arc<[UnitFacts]>,
    pub(super) order: Vec<UnitNo>,
    pub(super) place_of: Vec<u32>,
    pub(super) end: Vec<u32>,
    pub(super) parent: Vec<u32>,
    pub(super) depth: Vec<u16>,
    pub(super) fact: Vec<u32>,
    pub(super) kinds: Vec<u8>,
    pub(super) settings: Vec<u8>,
    pub(super) faults: Vec<Fault>,
}

impl Tree {
    /// How many units stand in the tree; places run below this.
    pub fn len(&self) -> u32 {
        self.order.len() as u32
    }

    /// Whether no unit stands in it.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The units in pre-order.
    pub fn order(&self) -> &[UnitNo] {
        &self.order
    }

    /// The unit at a place.
    pub fn unit(&self, place: u32) -> Option<UnitNo> {
        self.order.get(place as usize).copied()
    }

    /// The place of a unit; `None` when it does not stand in this tree.
    pub fn place_of(&self, unit: UnitNo) -> Option<u32> {
        self.place_of.get(unit as usize).copied().filter(|place| *place != NONE)
    }

    /// The first place after the subtree.
    pub fn end(&self, place: u32) -> u32 {
        self.end.get(place as usize).copied().unwrap_or(place)
    }

    /// The subtree of a unit as a range of places.
    pub fn span(&self, unit: UnitNo) -> Option<Range<u32>> {
        self.place_of(unit).map(|place| place..self.end(place))
    }

    /// The place of the parent; `None` for a root.
    pub fn parent(&self, place: u32) -> Option<u32> {
        self.parent.get(place as usize).copied().filter(|place| *place != NONE)
    }

    /// 0 for a root.
    pub fn depth(&self, place: u32) -> u16 {
        self.depth.get(place as usize).copied().unwrap_or(0)
    }

    /// The places of the direct children, in sibling order.
    pub fn children(&self, place: u32) -> impl Iterator<Item = u32> + '_ {
        let end = self.end(place);
        let mut next = place.saturating_add(1);
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.end(child);
                child
            })
        })
    }

    /// The places of the roots, in sibling order.
    pub fn roots(&self) -> impl Iterator<Item = u32> + '_ {
        let mut next = 0;
        std::iter::from_fn(move || {
            let root = next;
            (root < self.len()).then(|| {
                next = self.end(root);
                root
            })
        })
    }

    /// From the root down to the place itself.
    pub fn path(&self, place: u32) -> Vec<u32> {
        let mut path: Vec<u32> = std::iter::successors(Some(place), |place| self.parent(*place)).collect();
        path.reverse();
        path
    }

    /// Name, type and code of the unit at a place, as of this tree.
    pub fn facts(&self, place: u32) -> Option<&UnitFacts> {
        self.facts.get(*self.fact.get(place as usize)? as usize)
    }

    /// Code of the unit type at a place.
    pub fn kind(&self, place: u32) -> u8 {
        self.kinds.get(place as usize).copied().unwrap_or(0)
    }

    /// Code of the setting at a place.
    pub fn setting(&self, place: u32) -> u8 {
        self.settings.get(place as usize).copied().unwrap_or(0)
    }

    /// Units whose rows contradict each other on this day.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Adds every place's number into all its ancestors: own counts become subtree totals.
    pub fn sum_up(&self, counts: &mut [u32]) {
        for place in (1..counts.len().min(self.parent.len())).rev() {
            let parent = self.parent[place];
            if parent != NONE {
                counts[parent as usize] += counts[place];
            }
        }
    }
}
