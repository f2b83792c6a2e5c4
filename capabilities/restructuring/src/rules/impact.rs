//! What follows from a plan: members and where they go, offices that end, rules newly broken, headcounts that agree.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chibo_kernel::{Id, Unit};
use chibo_organisation::kinds::Kind;
use chibo_organisation::rules::alarms::{Breach, Case, Limits, Seats, breaches};
use chibo_organisation::rules::{Landscape, Strength, outcome};

use super::compile::{Compiled, holds_members};

/// Members whose target is said one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Out of this unit.
    pub from: Id<Unit>,
    /// Into this one.
    pub into: Id<Unit>,
    /// So many.
    pub heads: Strength,
}

/// Members who go from one unit into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Out of this unit.
    pub from: Id<Unit>,
    /// Into this one; none while nobody has decided.
    pub into: Option<Id<Unit>>,
    /// So many.
    pub heads: Strength,
    /// Said one by one; otherwise by the line of the unit.
    pub listed: bool,
}

/// What the consequences are reckoned from.
pub struct Ground<'g> {
    /// The units before.
    pub before: &'g Landscape,
    /// What the plan comes to.
    pub compiled: &'g Compiled,
    /// Members posted to each unit itself.
    pub direct: &'g HashMap<Id<Unit>, Strength>,
    /// Members said one by one.
    pub listed: &'g [Listed],
    /// Who sits where.
    pub seats: &'g HashMap<Id<Unit>, Seats>,
    /// Whether a consent of the higher committee is on record for a unit of a kind (ORG-04).
    pub consent: &'g dyn Fn(Id<Unit>, Kind) -> bool,
    /// The numbers of the day.
    pub limits: &'g Limits<'static>,
}

/// What follows from a plan.
#[derive(Debug)]
pub struct Impact {
    /// How the units stand afterwards.
    pub after: Landscape,
    /// Units that begin.
    pub opened: Vec<Id<Unit>>,
    /// Units that end.
    pub closed: Vec<Id<Unit>>,
    /// Who goes where, by unit; undecided ones first.
    pub flows: Vec<Flow>,
    /// Seats in committees that end.
    pub seats_ended: u32,
    /// Rules broken afterwards that were not before, by unit.
    pub alarms: Vec<(Id<Unit>, Breach<'static>)>,
    /// Rules no longer broken.
    pub mended: usize,
    /// Members before and after, in all units.
    pub heads: (u32, u32),
}

impl Impact {
    /// Members for whom no target is decided.
    pub fn undecided(&self) -> u32 {
        self.flows.iter().filter(|flow| flow.into.is_none()).map(|flow| flow.heads.all).sum()
    }

    /// Members who change their unit.
    pub fn moved(&self) -> u32 {
        self.flows.iter().filter(|flow| flow.into.is_some()).map(|flow| flow.heads.all).sum()
    }
}

const fn less(one: Strength, other: Strength) -> Strength {
    Strength { official: one.official.saturating_sub(other.official), all: one.all.saturating_sub(other.all) }
}

fn add(to: &mut Strength, more: Strength) {
    to.official += more.official;
    to.all += more.all;
}

/// Reckons what follows.
pub fn impact(ground: &Ground<'_>) -> Impact {
    let after = outcome(ground.before, &ground.compiled.steps);
    let flows = flows(ground, &after);
    let mut direct = ground.direct.clone();
    for flow in &flows {
        if let Some(from) = direct.get_mut(&flow.from) {
            *from = less(*from, flow.heads);
        }
        if let Some(into) = flow.into {
            add(direct.entry(into).or_default(), flow.heads);
        }
    }
    let (was, is) = (Side::of(ground.before, ground.direct), Side::of(&after, &direct));
    let opened: Vec<_> =
        after.units().map(|(unit, _)| unit).filter(|unit| ground.before.get(*unit).is_none()).collect();
    let closed: Vec<_> = ground.compiled.ends.keys().copied().collect();
    let seats_ended = closed.iter().filter_map(|unit| ground.seats.get(unit)).map(|seats| seats.committee()).sum();
    let concerned = concerned(ground, &after, &flows);
    let (mut alarms, mut mended) = (Vec::new(), 0);
    for unit in concerned {
        let (old, new) = (was.broken(ground, unit), is.broken(ground, unit));
        mended += old.iter().filter(|breach| !new.iter().any(|other| other.rule == breach.rule)).count();
        alarms.extend(new.into_iter().filter(|breach| !old.contains(breach)).map(|breach| (unit, breach)));
    }
    let sum = |direct: &HashMap<Id<Unit>, Strength>, standing: &Landscape| {
        direct.iter().filter(|(unit, _)| standing.get(**unit).is_some()).map(|(_, heads)| heads.all).sum()
    };
    let heads = (sum(ground.direct, ground.before), sum(&direct, &after));
    Impact { opened, closed, flows, seats_ended, alarms, mended, heads, after }
}

/// Who goes where. A unit's default takes whoever is not listed; whoever it cannot take is undecided.
fn flows(ground: &Ground<'_>, after: &Landscape) -> Vec<Flow> {
    let takes = |unit: &Id<Unit>| after.get(*unit).is_some_and(|standing| holds_members(standing.facts.kind));
    let mut listed: BTreeMap<(Id<Unit>, Id<Unit>), Strength> = BTreeMap::new();
    for line in ground.listed.iter().filter(|line| takes(&line.into) && line.from != line.into) {
        add(listed.entry((line.from, line.into)).or_default(), line.heads);
    }
    let mut flows = Vec::new();
    for (unit, heir) in &ground.compiled.ends {
        let own = ground.direct.get(unit).copied().unwrap_or_default();
        let named = listed.iter().filter(|((from, _), _)| from == unit).map(|(_, heads)| *heads);
        let rest = named.fold(own, less);
        if rest.all > 0 {
            flows.push(Flow { from: *unit, into: heir.filter(|heir| takes(heir)), heads: rest, listed: false });
        }
    }
    let said =
        |((from, into), heads): ((Id<Unit>, Id<Unit>), Strength)| Flow { from, into: Some(into), heads, listed: true };
    flows.extend(listed.into_iter().map(said));
    flows.sort_by_key(|flow| (flow.into.is_some(), flow.from, flow.into));
    flows
}

/// Members of every unit with everything under it.
fn subtrees(landscape: &Landscape, direct: &HashMap<Id<Unit>, Strength>) -> HashMap<Id<Unit>, Strength> {
    let mut sums: HashMap<Id<Unit>, Strength> = HashMap::with_capacity(direct.len() * 2);
    for (unit, heads) in direct.iter().filter(|(_, heads)| heads.all > 0) {
        let (mut at, mut steps) = (Some(*unit), 0);
        while let Some(unit) = at.filter(|_| steps < 32) {
            add(sums.entry(unit).or_default(), *heads);
            at = landscape.get(unit).and_then(|standing| standing.parent);
            steps += 1;
        }
    }
    sums
}

/// Units the plan may bring into conflict with a rule: those it names, what sits in them, and everything above.
fn concerned(ground: &Ground<'_>, after: &Landscape, flows: &[Flow]) -> BTreeSet<Id<Unit>> {
    let steps = ground.compiled.steps.iter();
    let named = steps.flat_map(|step| [Some(step.unit()), step.other()]).flatten();
    let flowing = flows.iter().flat_map(|flow| [Some(flow.from), flow.into]).flatten();
    let mut found: BTreeSet<_> = named.chain(flowing).collect();
    for unit in found.clone() {
        for landscape in [ground.before, after] {
            let (mut at, mut steps) = (Some(unit), 0);
            while let Some(up) = at.and_then(|unit| landscape.get(unit)).and_then(|standing| standing.parent) {
                steps += 1;
                at = (found.insert(up) && steps < 32).then_some(up);
            }
        }
    }
    found.retain(|unit| after.get(*unit).is_some());
    found
}

/// The units before or after, with what the rules look at.
struct Side<'l> {
    landscape: &'l Landscape,
    /// Members, subtree included.
    sums: HashMap<Id<Unit>, Strength>,
    /// Branches divided into groups.
    divided: HashSet<Id<Unit>>,
}

impl<'l> Side<'l> {
    fn of(landscape: &'l Landscape, direct: &HashMap<Id<Unit>, Strength>) -> Self {
        let groups = landscape.units().filter(|(_, standing)| standing.facts.kind == Kind::Group);
        let divided = groups.filter_map(|(_, standing)| standing.parent).collect();
        Self { landscape, sums: subtrees(landscape, direct), divided }
    }

    /// The rules a unit does not keep.
    fn broken(&self, ground: &Ground<'_>, unit: Id<Unit>) -> Vec<Breach<'static>> {
        let Some(standing) = self.landscape.get(unit) else { return Vec::new() };
        let above = standing.parent.and_then(|parent| self.landscape.get(parent));
        let case = Case {
            kind: standing.facts.kind,
            setting: Some(standing.facts.setting),
            parent: above.map(|above| above.facts.kind),
            parent_setting: above.map(|above| above.facts.setting),
            strength: self.sums.get(&unit).copied().unwrap_or_default(),
            groups: self.divided.contains(&unit),
            seats: ground.seats.get(&unit).copied().unwrap_or_default(),
            consent: (ground.consent)(unit, standing.facts.kind),
        };
        breaches(ground.limits, &case)
    }
}
