//! Growing the tree of one version out of dated rows. Bad rows are reported, never followed in circles.

use chibo_kernel::AsOf;

use super::{Forest, NONE, Tree, UnitNo, holds};

/// Why a unit is not where its rows say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has a place but no name and type on this day.
    NoFacts,
    /// Two edges hold at once; the first row given was taken.
    TwoParents,
    /// Its parent, or an ancestor, does not stand in the tree on this day.
    MissingParent,
    /// It is its own ancestor, or lies under such a unit.
    Cycle,
}

/// A unit whose rows contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The unit.
    pub unit: UnitNo,
    /// What is wrong.
    pub why: Why,
}

/// Not in the tree on this day.
const ABSENT: u32 = u32::MAX - 1;

impl Forest {
    pub(super) fn grow(&self, at: AsOf) -> Tree {
        let units = self.len();
        let mut fact = vec![NONE; units];
        let mut listed: Vec<UnitNo> = Vec::new();
        for (i, row) in self.facts.iter().enumerate() {
            if holds(row.valid, row.recorded, row.superseded, at) && fact[row.unit as usize] == NONE {
                fact[row.unit as usize] = i as u32;
                listed.push(row.unit);
            }
        }
        let mut faults = Vec::new();
        let parent: Vec<u32> = (0..units as u32).map(|unit| self.parent_at(unit, at, &mut faults)).collect();
        listed.retain(|unit| parent[*unit as usize] != ABSENT);
        let mut tree = self.lay_out(&listed, &parent, &fact);
        find_unplaced(&tree, &parent, &fact, &mut faults);
        tree.faults = faults;
        tree
    }

    fn parent_at(&self, unit: UnitNo, at: AsOf, faults: &mut Vec<Fault>) -> u32 {
        let mut holding = self.edges_of(unit).iter().filter(|e| holds(e.valid, e.recorded, e.superseded, at));
        let Some(edge) = holding.next() else { return ABSENT };
        if holding.next().is_some() {
            faults.push(Fault { unit, why: Why::TwoParents });
        }
        edge.parent
    }

    /// Pre-order walk from the roots; `listed` is in sibling order, so children come out in order.
    fn lay_out(&self, listed: &[UnitNo], parent: &[u32], fact: &[u32]) -> Tree {
        let units = parent.len();
        let bucket = |unit: UnitNo| (parent[unit as usize] as usize).min(units);
        let mut start = vec![0u32; units + 2];
        listed.iter().for_each(|unit| start[bucket(*unit) + 1] += 1);
        (1..start.len()).for_each(|i| start[i] += start[i - 1]);
        let mut fill = start.clone();
        let mut children = vec![0 as UnitNo; listed.len()];
        for &unit in listed {
            let next = &mut fill[bucket(unit)];
            children[*next as usize] = unit;
            *next += 1;
        }
        let of = |bucket: usize| children[start[bucket] as usize..start[bucket + 1] as usize].iter().rev();

        let mut order = Vec::with_capacity(listed.len());
        let mut place_of = vec![NONE; units];
        let (mut above, mut depth) = (Vec::with_capacity(listed.len()), Vec::with_capacity(listed.len()));
        let mut stack: Vec<(UnitNo, u32, u16)> = of(units).map(|root| (*root, NONE, 0)).collect();
        while let Some((unit, parent_place, level)) = stack.pop() {
            let place = order.len() as u32;
            order.push(unit);
            above.push(parent_place);
            depth.push(level);
            place_of[unit as usize] = place;
            stack.extend(of(unit as usize).map(|child| (*child, place, level.saturating_add(1))));
        }
        let mut end: Vec<u32> = (1..=order.len() as u32).collect();
        for place in (0..order.len()).rev() {
            if above[place] != NONE {
                let up = above[place] as usize;
                end[up] = end[up].max(end[place]);
            }
        }
        let fact: Vec<u32> = order.iter().map(|unit| fact[*unit as usize]).collect();
        Tree {
            kinds: fact.iter().map(|i| self.facts[*i as usize].kind).collect(),
            settings: fact.iter().map(|i| self.facts[*i as usize].setting).collect(),
            facts: self.facts.clone(),
            order,
            place_of,
            end,
            parent: above,
            depth,
            fact,
            faults: Vec::new(),
        }
    }
}

/// Why each unit with an edge but without a place has none. Every unit is walked over once.
fn find_unplaced(tree: &Tree, parent: &[u32], fact: &[u32], faults: &mut Vec<Fault>) {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        Walking,
        Known(Why),
    }
    let mut seen = vec![Seen::No; parent.len()];
    let mut walked: Vec<UnitNo> = Vec::new();
    for unit in 0..parent.len() as u32 {
        if parent[unit as usize] == ABSENT || tree.place_of[unit as usize] != NONE {
            continue;
        }
        let mut at = unit;
        let why = loop {
            match seen[at as usize] {
                Seen::Known(Why::NoFacts) => break Why::MissingParent,
                Seen::Known(why) => break why,
                Seen::Walking => break Why::Cycle,
                Seen::No if parent[at as usize] == ABSENT => break Why::MissingParent,
                Seen::No if fact[at as usize] == NONE => {
                    seen[at as usize] = Seen::Known(Why::NoFacts);
                    break Why::MissingParent;
                }
                Seen::No => {}
            }
            seen[at as usize] = Seen::Walking;
            walked.push(at);
            at = parent[at as usize];
        };
        walked.drain(..).for_each(|unit| seen[unit as usize] = Seen::Known(why));
        if let Seen::Known(why) = seen[unit as usize] {
            faults.push(Fault { unit, why });
        }
    }
}
