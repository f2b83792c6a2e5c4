//! How the planned organisations stand on a day, and whether they may stand so.

use chibo_kernel::Day;
use chibo_organisation::kinds::{Kind, Setting, allowed_parent, allowed_setting, valid_on};

use super::transition::PlannedOperation::{self, Dissolve, Establish, Merge, Rename, Reparent, Retype, Split};
use super::{Plan, PlannedUnit};

/// A unit as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The unit above.
    pub parent: Option<u32>,
    /// Kind on the day.
    pub kind: Kind,
    /// Setting on the day.
    pub setting: Setting,
}

/// The organisations of a day, by number; `None` for those not founded yet or ended.
#[derive(Debug, Default)]
pub struct Tree {
    /// By number.
    pub nodes: Vec<Option<Node>>,
    /// Operations that met no living unit; empty in a sound plan.
    pub misses: Vec<String>,
}

impl Tree {
    /// The tree at the end of the day.
    pub fn on(plan: &Plan, day: Day) -> Self {
        let stands = |unit: &PlannedUnit| {
            (unit.from <= day).then_some(Node { parent: unit.parent, kind: unit.kind, setting: unit.setting })
        };
        let mut tree = Self { nodes: plan.city.units.iter().map(stands).collect(), misses: Vec::new() };
        tree.nodes.resize(tree.nodes.len() + plan.transition.units.len(), None);
        for decision in plan.transition.decisions.iter().filter(|decision| decision.day <= day) {
            for operation in &decision.operations {
                tree.apply(plan, operation);
            }
        }
        tree
    }

    fn apply(&mut self, plan: &Plan, operation: &PlannedOperation) {
        match operation {
            Establish { unit } => match (plan.unit(*unit), self.nodes.get_mut(*unit as usize)) {
                (Some(planned), Some(node @ None)) => {
                    *node = Some(Node { parent: planned.parent, kind: planned.kind, setting: planned.setting });
                }
                _ => self.misses.push(format!("{operation:?}")),
            },
            Reparent { unit, under } => self.change(*unit, operation, |node| node.parent = Some(*under)),
            Rename { unit, .. } => self.change(*unit, operation, |_| ()),
            Retype { unit, kind, setting } => {
                self.change(*unit, operation, |node| (node.kind, node.setting) = (*kind, *setting));
            }
            Merge { unit, .. } | Split { unit, .. } | Dissolve { unit, .. } => {
                self.change(*unit, operation, |_| ());
                if let Some(node) = self.nodes.get_mut(*unit as usize) {
                    *node = None;
                }
            }
        }
    }

    fn change(&mut self, unit: u32, operation: &PlannedOperation, change: impl FnOnce(&mut Node)) {
        match self.nodes.get_mut(unit as usize) {
            Some(Some(node)) => change(node),
            _ => self.misses.push(format!("{operation:?}")),
        }
    }

    /// The unit if it stands.
    pub fn node(&self, unit: u32) -> Option<&Node> {
        self.nodes.get(unit as usize)?.as_ref()
    }

    /// Numbers of the standing units.
    pub fn standing(&self) -> impl Iterator<Item = (u32, &Node)> {
        self.nodes.iter().enumerate().filter_map(|(no, node)| Some((no as u32, node.as_ref()?)))
    }

    /// Children of every unit, in order of number.
    pub fn children(&self) -> Vec<Vec<u32>> {
        let mut children = vec![Vec::new(); self.nodes.len()];
        for (no, node) in self.standing() {
            if let Some(list) = node.parent.and_then(|parent| children.get_mut(parent as usize)) {
                list.push(no);
            }
        }
        children
    }

    /// Everything the kinds do not allow on the day: a kind or setting out of its time, a parent that does not stand or
    /// may not hold this kind.
    pub fn faults(&self, day: Day) -> Vec<String> {
        let mut faults = self.misses.clone();
        for (no, node) in self.standing() {
            if !valid_on(node.kind, day) || !allowed_setting(node.kind, node.setting, day) {
                faults.push(format!("unit {no}: {:?} {:?} on {day}", node.kind, node.setting));
            }
            let placed = match node.parent {
                None => node.kind == Kind::Central,
                Some(parent) => self.node(parent).is_some_and(|above| allowed_parent(node.kind, above.kind, day)),
            };
            if !placed {
                let above = node.parent.and_then(|parent| self.node(parent));
                faults.push(format!("unit {no}: {:?} under {above:?} on {day}", node.kind));
            }
        }
        faults
    }
}
