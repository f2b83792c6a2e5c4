//! Where every unit, abolished ones too, stands in today's tree: the ground of all access.

use std::ops::Range;
use std::sync::Arc;

use chibo_kernel::{Day, Id, Moment, Places, Unit};

use super::{Forest, Index, NONE, SuccessionRow, Tree, UnitNo};

/// The main successor of each unit (the latest, if several are called main); `NONE` without one.
pub(super) fn main_successors(units: usize, rows: &[SuccessionRow], no: &impl Fn(Id<Unit>) -> UnitNo) -> Vec<UnitNo> {
    let mut best: Vec<(bool, Day, UnitNo)> = vec![(false, Day::from_number(i32::MIN), NONE); units];
    for row in rows {
        let candidate = (row.main, row.on, no(row.into));
        if let Some(best) = best.get_mut(no(row.from) as usize)
            && (best.2 == NONE || (candidate.0, candidate.1) > (best.0, best.1))
        {
            *best = candidate;
        }
    }
    best.into_iter().map(|(_, _, into)| into).collect()
}

/// Today's tree, and the place in it of every unit that ever was. An abolished unit stands where its
/// main successor stands; one dissolved without successor, or not yet founded, where its parent stands.
#[derive(Debug)]
pub struct TodayPlaces {
    tree: Arc<Tree>,
    index: Arc<Index>,
    place: Vec<u32>,
    /// All units by the place where they stand; the unit of the place itself comes first.
    standing: Vec<UnitNo>,
    /// Where in `standing` each place begins; the last entry begins the units that stand nowhere.
    start: Vec<u32>,
}

impl TodayPlaces {
    pub(super) fn new(forest: &Forest, tree: Arc<Tree>) -> Self {
        let place = stand(forest, &tree);
        let nowhere = tree.len() as usize;
        let bucket = |unit: usize| (place[unit] as usize).min(nowhere);
        let mut start = vec![0u32; nowhere + 2];
        (0..place.len()).for_each(|unit| start[bucket(unit) + 1] += 1);
        (1..start.len()).for_each(|i| start[i] += start[i - 1]);
        let mut fill = start.clone();
        let mut standing = vec![0 as UnitNo; place.len()];
        let own = tree.order.iter().map(|unit| *unit as usize);
        let others = (0..place.len()).filter(|unit| tree.place_of[*unit] == NONE);
        for unit in own.chain(others) {
            let next = &mut fill[bucket(unit)];
            standing[*next as usize] = unit as UnitNo;
            *next += 1;
        }
        Self { tree, index: forest.index.clone(), place, standing, start }
    }

    /// Today's tree.
    pub fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }

    /// Where a unit stands today; `None` when nothing of it is left.
    pub fn place(&self, unit: UnitNo) -> Option<u32> {
        self.place.get(unit as usize).copied().filter(|place| *place != NONE)
    }

    /// All units that stand in a range of today's places, abolished ones beside their successors.
    pub fn standing_in(&self, places: &Range<u32>) -> &[UnitNo] {
        let len = self.tree.len();
        let (from, to) = (places.start.min(len) as usize, places.end.min(len) as usize);
        self.standing.get(self.start[from] as usize..self.start[to] as usize).unwrap_or(&[])
    }

    /// Every unit: by place, then those that stand nowhere.
    pub(crate) fn everyone(&self) -> &[UnitNo] {
        &self.standing
    }
}

impl Places for TodayPlaces {
    fn span(&self, unit: Id<Unit>) -> Option<Range<u32>> {
        let place = self.place(self.index.no(unit)?)?;
        Some(place..self.tree.end(place))
    }
}

fn stand(forest: &Forest, tree: &Tree) -> Vec<u32> {
    let mut place = tree.place_of.clone();
    let mut done: Vec<bool> = place.iter().map(|place| *place != NONE).collect();
    let mut walked: Vec<UnitNo> = Vec::new();
    for unit in 0..place.len() as UnitNo {
        let mut at = unit;
        while !done[at as usize] {
            done[at as usize] = true; // a circle of successors ends here with no place
            walked.push(at);
            let next = forest.successor[at as usize];
            let next = if next == NONE { last_parent(forest, at) } else { next };
            if next == NONE {
                break;
            }
            at = next;
        }
        let found = place[at as usize];
        walked.drain(..).for_each(|unit| place[unit as usize] = found);
    }
    place
}

fn last_parent(forest: &Forest, unit: UnitNo) -> UnitNo {
    let believed = forest.edges_of(unit).iter().filter(|edge| edge.superseded == Moment::FOREVER);
    believed.max_by_key(|edge| edge.valid.from()).map_or(NONE, |edge| edge.parent)
}
