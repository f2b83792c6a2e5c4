//! A plan as the steps of a decision, or the lines that stand against it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chibo_kernel::{Id, Issue, Said, Unit};
use chibo_organisation::kinds::Kind;
use chibo_organisation::rules::{Landscape, check_steps, outcome};
use chibo_organisation::{NewUnit, Step, SuccessionKind};

use super::operation::{Extent, Operation};

/// A line that cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Position of the line, from 0; none when it is the plan as a whole.
    pub line: Option<usize>,
    /// The rule and the sentence.
    pub issue: Issue,
}

/// What a plan comes to.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    /// The steps of the decision, in order.
    pub steps: Vec<Step>,
    /// Every unit that ends, with the one that takes what is not said otherwise.
    pub ends: BTreeMap<Id<Unit>, Option<Id<Unit>>>,
    /// Units moved only because the unit above them ends.
    pub carried: BTreeSet<Id<Unit>>,
}

/// Says what the lines come to on the day of the landscape, with every line that is refused.
pub fn compile(before: &Landscape, lines: &[Operation]) -> (Compiled, Vec<Refused>) {
    let mut sight = Sight::new(before, lines);
    lines.iter().enumerate().for_each(|(at, line)| sight.judge(at, line));
    let (ends, mut refused) = (sight.ends(), std::mem::take(&mut sight.refused));
    let mut compiled = Compiled { ends, ..Compiled::default() };
    sight.carry(&mut compiled, &mut refused);
    compiled.steps = sight.steps(&compiled);
    if refused.is_empty() {
        let after = outcome(before, &compiled.steps);
        let circles = |(at, line): (usize, &Operation)| {
            let turns = matches!(line, Operation::Move { unit, .. } if after.circles(*unit));
            turns.then(|| sight.refuse(at, Some("ORG-02"), Said::new("plans-circle")))
        };
        refused.extend(lines.iter().enumerate().filter_map(circles));
        let rules = check_steps(before, &compiled.steps).into_iter().filter(|issue| issue.said.key != "units-circle");
        refused.extend(rules.map(|issue| Refused { line: sight.line_of(&issue), issue }));
    }
    (compiled, refused)
}

/// The lines of a plan with what is looked up in them.
struct Sight<'a> {
    before: &'a Landscape,
    lines: &'a [Operation],
    /// Units the plan brings.
    brought: BTreeSet<Id<Unit>>,
    /// The lines about each unit.
    about: HashMap<Id<Unit>, Vec<usize>>,
    /// How many lines send something into each unit.
    joined: HashMap<Id<Unit>, usize>,
    /// Units that end, by the lines that say so.
    ending: BTreeMap<Id<Unit>, Vec<usize>>,
    refused: Vec<Refused>,
}

impl<'a> Sight<'a> {
    fn new(before: &'a Landscape, lines: &'a [Operation]) -> Self {
        let brought = lines.iter().filter(|line| line.brings()).map(Operation::unit).collect();
        let (mut about, mut joined, mut ending) = (HashMap::new(), HashMap::new(), BTreeMap::new());
        for (at, line) in lines.iter().enumerate() {
            about.entry(line.unit()).or_insert_with(Vec::new).push(at);
            if let Operation::Join { into, .. } = line {
                *joined.entry(*into).or_default() += 1;
            }
            if matches!(line, Operation::Join { .. } | Operation::Dissolve { .. }) {
                ending.entry(line.unit()).or_insert_with(Vec::new).push(at);
            }
        }
        Self { before, lines, brought, about, joined, ending, refused: Vec::new() }
    }

    /// The lines about a unit, in order.
    fn about(&self, unit: Id<Unit>) -> impl Iterator<Item = (usize, &'a Operation)> {
        let lines = self.lines;
        let at = self.about.get(&unit).map(Vec::as_slice).unwrap_or_default();
        at.iter().filter_map(move |at| Some((*at, lines.get(*at)?)))
    }

    /// What a unit of the plan is called.
    fn name(&self, unit: Id<Unit>) -> String {
        let brought = self.about(unit).find_map(|(_, line)| match line {
            Operation::Establish(new) => Some(new.facts.name.clone()),
            Operation::Restore { facts, .. } => Some(facts.name.clone()),
            _ => None,
        });
        let stood = || self.before.get(unit).map(|standing| standing.facts.name.clone());
        brought.or_else(stood).unwrap_or_else(|| unit.to_string())
    }

    fn refuse(&self, at: usize, rule: Option<&'static str>, said: Said) -> Refused {
        let unit = self.lines.get(at).map_or_else(String::new, |line| self.name(line.unit()));
        Refused { line: Some(at), issue: Issue { field: None, rule, said: said.with("unit", unit) } }
    }

    fn add(&mut self, at: usize, rule: Option<&'static str>, said: Said) {
        let refused = self.refuse(at, rule, said);
        self.refused.push(refused);
    }

    fn judge(&mut self, at: usize, line: &Operation) {
        let unit = line.unit();
        let stands = self.before.get(unit).is_some();
        if line.brings() && stands {
            self.add(at, None, Said::new("plans-stands-already"));
        } else if !line.brings() && !stands && !self.brought.contains(&unit) {
            self.add(at, None, Said::new("plans-not-there").with("day", self.before.on));
        }
        if let Some(other) = line.other() {
            let name = || self.name(other);
            if self.before.get(other).is_none() && !self.brought.contains(&other) {
                self.add(
                    at,
                    None,
                    Said::new("plans-target-missing").with("target", name()).with("day", self.before.on),
                );
            } else if self.ending.contains_key(&other) {
                self.add(at, Some("ORG-18"), Said::new("plans-target-ends").with("target", name()));
            } else if other == unit {
                self.add(at, Some("ORG-02"), Said::new("plans-itself"));
            }
        }
        self.judge_twice(at, line);
        if let Operation::Join { extent, .. } = line {
            self.judge_extent(at, unit, *extent);
        }
    }

    /// Two lines that say different things of the same unit.
    fn judge_twice(&mut self, at: usize, line: &Operation) {
        let unit = line.unit();
        let same = |other: &Operation| {
            other.code() == line.code() && (!matches!(line, Operation::Join { .. }) || other.other() == line.other())
        };
        let first = self.about(unit).find(|(earlier, other)| *earlier < at && same(other)).map(|(first, _)| first);
        if let Some(first) = first {
            self.add(at, None, Said::new("plans-twice").with("line", first + 1));
        }
        let ends = self.ending.contains_key(&unit);
        if ends && matches!(line, Operation::Move { .. } | Operation::Rename { .. } | Operation::Retype { .. }) {
            self.add(at, None, Said::new("plans-changes-what-ends"));
        }
        let joins = self.about(unit).any(|(_, other)| matches!(other, Operation::Join { .. }));
        if matches!(line, Operation::Dissolve { .. }) && joins {
            self.add(at, Some("ORG-11"), Said::new("plans-dissolves-what-joins"));
        }
    }

    /// A whole stands alone; parts need one rest.
    fn judge_extent(&mut self, at: usize, unit: Id<Unit>, extent: Extent) {
        let of = |wanted: Extent| {
            let is =
                |(_, line): &(usize, &Operation)| matches!(line, Operation::Join { extent, .. } if *extent == wanted);
            self.about(unit).filter(is).count()
        };
        let (whole, rest, part) = (of(Extent::Whole), of(Extent::Rest), of(Extent::Part));
        let key = match extent {
            Extent::Whole if whole + rest + part > 1 => "plans-whole-and-more",
            Extent::Rest if rest > 1 => "plans-two-rests",
            Extent::Part if rest == 0 && whole == 0 => "plans-no-rest",
            _ => return,
        };
        self.add(at, Some("ORG-12"), Said::new(key));
    }

    /// Units that end with their heirs.
    fn ends(&self) -> BTreeMap<Id<Unit>, Option<Id<Unit>>> {
        let heir = |lines: &Vec<usize>| {
            lines.iter().filter_map(|at| self.lines.get(*at)).find_map(|line| match line {
                Operation::Join { into, extent: Extent::Whole | Extent::Rest, .. } => Some(*into),
                _ => None,
            })
        };
        self.ending.iter().map(|(unit, lines)| (*unit, heir(lines))).collect()
    }

    /// What sits under a unit that ends goes to its heir, unless a line says otherwise.
    fn carry(&self, compiled: &mut Compiled, refused: &mut Vec<Refused>) {
        let told: BTreeSet<_> =
            self.lines.iter().filter(|line| matches!(line, Operation::Move { .. })).map(Operation::unit).collect();
        let above = compiled.ends.keys().copied().collect();
        for (unit, children) in self.before.children_of(&above) {
            let left = children.iter().filter(|child| !told.contains(child) && !compiled.ends.contains_key(child));
            let left: Vec<_> = left.copied().collect();
            let Some(first) = left.first() else { continue };
            let at = self.ending.get(&unit).and_then(|lines| lines.first()).copied().unwrap_or_default();
            match compiled.ends.get(&unit).copied().flatten() {
                Some(_) => compiled.carried.extend(left),
                None => {
                    let said = Said::new("plans-orphans").with("count", left.len()).with("first", self.name(*first));
                    refused.push(self.refuse(at, Some("ORG-11"), said));
                }
            }
        }
    }

    fn steps(&self, compiled: &Compiled) -> Vec<Step> {
        let mut sorted: [Vec<Step>; 6] = Default::default();
        let [founded, renamed, retyped, moved, joined, ended] = &mut sorted;
        for line in self.lines {
            match line {
                Operation::Establish(new) => {
                    let unit = NewUnit::new(new.id, Some(new.parent), new.facts.clone(), self.before.on);
                    founded.push(Step::Establish(Box::new(unit)));
                }
                Operation::Restore { unit, facts, parent } => {
                    founded.push(Step::Restore { unit: *unit, facts: facts.clone(), parent: *parent });
                }
                Operation::Rename { unit, name, short, code } => {
                    let (unit, name, short, code) = (*unit, name.clone(), short.clone(), code.clone());
                    renamed.push(Step::Rename { unit, name, short, code });
                }
                Operation::Retype { unit, kind, setting } => {
                    retyped.push(Step::Retype { unit: *unit, kind: *kind, setting: *setting });
                }
                Operation::Move { unit, parent } => moved.push(Step::Reparent { unit: *unit, parent: *parent }),
                Operation::Join { from, into, extent } => {
                    let (from, into, main) = (*from, *into, *extent != Extent::Part);
                    joined.push(Step::Succeed { from, into, main, kind: self.succession(into, *extent) });
                }
                Operation::Dissolve { .. } => {}
            }
        }
        for unit in &compiled.carried {
            let heir = self.before.get(*unit).and_then(|standing| standing.parent);
            let heir = heir.and_then(|above| compiled.ends.get(&above).copied().flatten());
            moved.extend(heir.map(|parent| Step::Reparent { unit: *unit, parent }));
        }
        ended.extend(compiled.ends.keys().map(|unit| Step::Dissolve { unit: *unit }));
        sorted.into_iter().flatten().collect()
    }

    /// All of one unit into one new one replaces it; several into one merge; parts split.
    fn succession(&self, into: Id<Unit>, extent: Extent) -> SuccessionKind {
        if extent != Extent::Whole {
            return SuccessionKind::Split;
        }
        let alone = self.brought.contains(&into) && self.joined.get(&into) == Some(&1);
        if alone { SuccessionKind::Replace } else { SuccessionKind::Merge }
    }

    /// The line an issue of the rules is about, by the name in it.
    fn line_of(&self, issue: &Issue) -> Option<usize> {
        let name = issue.said.args.iter().find(|(key, _)| *key == "unit").map(|(_, name)| name.as_str())?;
        self.lines.iter().position(|line| self.name(line.unit()) == name)
    }
}

/// Whether members may be posted to a unit of this kind.
pub(super) fn holds_members(kind: Kind) -> bool {
    kind.declared().holds_members
}
