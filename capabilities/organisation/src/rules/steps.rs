//! The steps of a reorganisation, applied to a landscape and judged by how it stands afterwards.

use std::collections::{BTreeMap, BTreeSet};

use chibo_kernel::{Id, Issue, Said, Unit};

use super::check::{check_facts, issue};
use super::{Facts, Landscape, NewUnit, Standing, SuccessionKind};
use crate::kinds::{Kind, Setting};

/// One step of a decision. Steps stand in order; the rules must hold at the end of the day, not between two steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A unit begins (thành lập); its `from` is the decision's day.
    Establish(Box<NewUnit>),
    /// A unit that ended stands again (lập lại): what a counter-decision does with those the first one ended.
    Restore {
        /// The unit.
        unit: Id<Unit>,
        /// What it is.
        facts: Box<Facts>,
        /// The unit above; none for a root.
        parent: Option<Id<Unit>>,
    },
    /// A unit ends (giải thể, kết thúc hoạt động).
    Dissolve {
        /// The unit.
        unit: Id<Unit>,
    },
    /// A unit that ends goes on in another.
    Succeed {
        /// The unit that ends.
        from: Id<Unit>,
        /// The one that continues it.
        into: Id<Unit>,
        /// The main successor: what cannot be placed more precisely goes there.
        main: bool,
        /// How.
        kind: SuccessionKind,
    },
    /// A unit, with everything under it, goes under another (chuyển giao).
    Reparent {
        /// The unit.
        unit: Id<Unit>,
        /// The new unit above.
        parent: Id<Unit>,
    },
    /// A unit becomes another kind or setting (chuyển đổi loại hình).
    Retype {
        /// The unit.
        unit: Id<Unit>,
        /// New kind.
        kind: Kind,
        /// New setting.
        setting: Setting,
    },
    /// A unit gets a new name (đổi tên).
    Rename {
        /// The unit.
        unit: Id<Unit>,
        /// New full name.
        name: String,
        /// New short name.
        short: String,
        /// New dotted code; `None` keeps the old one.
        code: Option<String>,
    },
}

impl Step {
    /// The stored code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Establish(_) => "establish",
            Self::Restore { .. } => "restore",
            Self::Dissolve { .. } => "dissolve",
            Self::Succeed { .. } => "succeed",
            Self::Reparent { .. } => "reparent",
            Self::Retype { .. } => "retype",
            Self::Rename { .. } => "rename",
        }
    }

    /// The unit concerned.
    pub fn unit(&self) -> Id<Unit> {
        match self {
            Self::Establish(new) => new.id,
            Self::Succeed { from, .. } => *from,
            Self::Dissolve { unit }
            | Self::Restore { unit, .. }
            | Self::Reparent { unit, .. }
            | Self::Retype { unit, .. }
            | Self::Rename { unit, .. } => *unit,
        }
    }

    /// The other unit named: the successor, the new parent.
    pub fn other(&self) -> Option<Id<Unit>> {
        match self {
            Self::Establish(new) => new.parent,
            Self::Restore { parent, .. } => *parent,
            Self::Succeed { into, .. } => Some(*into),
            Self::Reparent { parent, .. } => Some(*parent),
            _ => None,
        }
    }
}

/// Checks the steps of one day against the units as they stand before; every reason at once, at most one per unit
/// and rule.
pub fn check_steps(before: &Landscape, steps: &[Step]) -> Vec<Issue> {
    let mut after = before.clone();
    let mut touched = BTreeSet::new();
    let mut ended = BTreeSet::new();
    let mut issues = Vec::new();
    for step in steps {
        let done = apply(&mut after, step);
        match step {
            Step::Dissolve { unit } => drop(ended.insert(*unit)),
            Step::Succeed { .. } => {}
            _ => drop(touched.insert(step.unit())),
        }
        if !done {
            let key = if matches!(step, Step::Establish(_) | Step::Restore { .. }) {
                "units-already-there"
            } else {
                "units-not-there"
            };
            issues.push(about(
                before,
                step.unit(),
                Issue { field: None, rule: None, said: Said::new(key).with("day", before.on) },
            ));
        }
    }
    issues.extend(check_successions(before, &after, steps));
    let parents: BTreeSet<Id<Unit>> = touched.union(&ended).copied().collect();
    let children = after.children_of(&parents);
    for (unit, left) in children.iter().filter(|(unit, _)| ended.contains(unit)) {
        let said = Said::new("units-children-remain").with("count", left.len());
        issues.push(about(before, *unit, Issue { field: None, rule: Some("ORG-11"), said }));
    }
    // The children of a unit whose kind changed must fit it too.
    touched.extend(children.into_iter().filter(|(unit, _)| !ended.contains(unit)).flat_map(|(_, left)| left));
    touched.retain(|unit| after.get(*unit).is_some());
    issues.extend(touched.iter().flat_map(|unit| check_unit(&after, *unit)));
    issues.extend(check_codes(&after, &touched));
    issues
}

/// The units as they stand after the steps, whether the rules allow them or not.
pub fn outcome(before: &Landscape, steps: &[Step]) -> Landscape {
    let mut after = before.clone();
    for step in steps {
        apply(&mut after, step);
    }
    after
}

/// Applies a step; false when it does not fit.
fn apply(after: &mut Landscape, step: &Step) -> bool {
    match step {
        Step::Establish(new) => after.put(new.id, Standing { facts: new.facts(), parent: new.parent }),
        Step::Restore { unit, facts, parent } => {
            after.put(*unit, Standing { facts: Facts::clone(facts), parent: *parent })
        }
        Step::Dissolve { unit } => after.remove(*unit),
        Step::Succeed { .. } => true,
        Step::Reparent { unit, parent } => with(after, *unit, |standing| standing.parent = Some(*parent)),
        Step::Retype { unit, kind, setting } => with(after, *unit, |standing| {
            standing.facts.kind = *kind;
            standing.facts.setting = *setting;
        }),
        Step::Rename { unit, name, short, code } => with(after, *unit, |standing| {
            standing.facts.name.clone_from(name);
            standing.facts.short.clone_from(short);
            if let Some(code) = code {
                standing.facts.code.clone_from(code);
            }
        }),
    }
}

fn with(after: &mut Landscape, unit: Id<Unit>, change: impl FnOnce(&mut Standing)) -> bool {
    after.get_mut(unit).map(change).is_some()
}

fn check_unit(after: &Landscape, unit: Id<Unit>) -> Vec<Issue> {
    let Some(standing) = after.get(unit) else { return Vec::new() };
    let above = standing.parent.map(|parent| after.get(parent));
    let mut issues = check_facts(&standing.facts, above.flatten().map(|parent| parent.facts.kind), after.on);
    if matches!(above, Some(None)) {
        issues.push(issue("parent", Some("ORG-02"), Said::new("units-parent-missing").with("day", after.on)));
    } else if after.circles(unit) {
        issues.push(issue("parent", Some("ORG-02"), Said::new("units-circle")));
    }
    issues.into_iter().map(|found| about(after, unit, found)).collect()
}

fn check_codes(after: &Landscape, touched: &BTreeSet<Id<Unit>>) -> Vec<Issue> {
    let doubled: BTreeMap<_, _> = after.doubled_codes().into_iter().collect();
    let concerned = doubled.into_iter().filter(|(_, units)| units.iter().any(|unit| touched.contains(unit)));
    let said = |(code, units): (&str, Vec<Id<Unit>>)| {
        let names: Vec<&str> =
            units.iter().filter_map(|unit| after.get(*unit)).map(|s| s.facts.name.as_str()).collect();
        issue("code", None, Said::new("units-code-doubled").with("code", code).with("units", names.join("; ")))
    };
    concerned.map(said).collect()
}

/// What ends must have existed; what continues must stand afterwards; what is dissolved has at most one main successor.
fn check_successions(before: &Landscape, after: &Landscape, steps: &[Step]) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut mains: BTreeMap<Id<Unit>, usize> = BTreeMap::new();
    for step in steps {
        let Step::Succeed { from, into, main, .. } = step else { continue };
        *mains.entry(*from).or_default() += usize::from(*main);
        let key = if before.get(*from).is_none() {
            "units-not-there"
        } else if after.get(*into).is_none() {
            "units-successor-missing"
        } else if from == into || after.get(*from).is_some() {
            "units-succession-living"
        } else {
            continue;
        };
        issues.push(about(
            before,
            *from,
            Issue { field: None, rule: None, said: Said::new(key).with("day", before.on) },
        ));
    }
    for (unit, _) in mains.iter().filter(|(_, count)| **count != 1) {
        issues.push(about(before, *unit, Issue { field: None, rule: None, said: Said::new("units-succession-main") }));
    }
    issues
}

/// The issue with the name of the unit it is about.
fn about(landscape: &Landscape, unit: Id<Unit>, mut issue: Issue) -> Issue {
    if issue.said.args.iter().all(|(name, _)| *name != "unit") {
        let name = landscape.get(unit).map_or_else(|| unit.to_string(), |standing| standing.facts.name.clone());
        issue.said.args.push(("unit", name));
    }
    issue
}
