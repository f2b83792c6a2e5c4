//! A plan as every page of it sees it: its lines against the units of its day, and what follows.

use chibo_members::codes::Standing;
use chibo_members::dims::{member_standings, official_standings};
use std::collections::HashMap;

use chibo_census::{Codes, Query, Tree};
use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{AsOf, Day, Id, Permission, Problem, Unit};
use chibo_organisation::kinds::Kind;
use chibo_organisation::landscape_of;
use chibo_organisation::rules::alarms::{Limits, Seats};
use chibo_organisation::rules::{Consents, Landscape, Strength};
use chibo_web::Visit;

use crate::actions;
use crate::rules::{Compiled, Ground, Impact, Listed, Operation, Plan, Refused, State, compile, impact};
use crate::store::{self, LineRow, MemberRow, PlanRow};

/// A plan with its lines.
pub(crate) struct Bench {
    /// The plan.
    pub plan: PlanRow,
    /// Its state.
    pub state: State,
    /// How lines are stored, in order.
    pub rows: Vec<LineRow>,
    /// The lines.
    pub lines: Vec<Operation>,
    /// Members said by name.
    pub members: Vec<MemberRow>,
    /// The units of its day without it; of the day before when it is in force.
    pub before: Landscape,
    /// What the lines come to.
    pub compiled: Compiled,
    /// Lines that are refused.
    pub refused: Vec<Refused>,
}

impl Bench {
    /// The plan of the address, if the viewer may restructure its unit; else it is not there.
    pub fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let id: Id<Plan> = visit.id("id")?;
        let plan = visit.read(|tx| store::plan(tx, id))?.ok_or(Problem::NotFound)?;
        visit.permit(Permission::Reorganise, plan.unit_id).map_err(|_| Problem::NotFound)?;
        let state = State::from_code(&plan.state).ok_or_else(|| Problem::fault(format!("a plan {}", plan.state)))?;
        let (stored, members) = visit.read(|tx| Ok((actions::lines_of(tx, id)?, store::members(tx, id)?)))?;
        let (rows, lines): (Vec<_>, Vec<_>) = stored.into_iter().unzip();
        let forest = visit.house.census.forest();
        let before = if state == State::InForce {
            let day_before = landscape_of(&forest, plan.effective_on.plus_days(-1));
            Landscape::new(plan.effective_on, day_before.units().map(|(unit, standing)| (unit, standing.clone())))
        } else {
            landscape_of(&forest, plan.effective_on)
        };
        let (compiled, mut refused) = compile(&before, &lines);
        if state == State::InForce {
            refused.clear();
        }
        Ok(Self { plan, state, rows, lines, members, before, compiled, refused })
    }

    /// Address of a page of the plan.
    pub fn address(&self, page: &str) -> String {
        format!("/restructuring/{}{page}", self.plan.plan_id)
    }

    /// What a unit is called: in the plan, on its day, or last.
    pub fn name(&self, visit: &Visit<'_>, unit: Id<Unit>) -> String {
        let brought = self.lines.iter().find_map(|line| match line {
            Operation::Establish(new) if new.id == unit => Some(new.facts.name.clone()),
            _ => None,
        });
        let stood = || self.before.get(unit).map(|standing| standing.facts.name.clone());
        let last = || {
            let forest = visit.house.census.forest();
            let facts = forest.no(unit).and_then(|no| forest.last_facts(no).map(|facts| facts.name.clone()));
            facts.unwrap_or_else(|| unit.to_string())
        };
        brought.or_else(stood).unwrap_or_else(last)
    }

    /// The unit above on the plan's day; empty when nobody has to be told which one is meant.
    pub fn above(&self, visit: &Visit<'_>, unit: Id<Unit>) -> String {
        let founded = self.lines.iter().find_map(|line| match line {
            Operation::Establish(new) if new.id == unit => Some((new.facts.kind, new.parent)),
            _ => None,
        });
        let stood = || self.before.get(unit).and_then(|standing| Some((standing.facts.kind, standing.parent?)));
        // Branches of different organisations have the same names; those above do not.
        match founded.or_else(stood).filter(|(kind, _)| kind.declared().holds_members) {
            Some((_, parent)) => self.name(visit, parent),
            None => String::new(),
        }
    }

    /// What a unit is called, with the unit above where that tells it from others.
    pub fn full_name(&self, visit: &Visit<'_>, unit: Id<Unit>) -> String {
        let (name, above) = (self.name(visit, unit), self.above(visit, unit));
        if above.is_empty() { name } else { format!("{name}, {above}") }
    }

    /// Units by code: those of the plan's day in reach, and those the plan brings.
    pub fn codes(&self, visit: &Visit<'_>) -> HashMap<String, Id<Unit>> {
        let stand = self.before.units().map(|(unit, standing)| (&standing.facts.code, unit));
        let seen = stand.filter(|(code, unit)| !code.is_empty() && visit.permit(Permission::Reorganise, *unit).is_ok());
        let brought = self.lines.iter().filter_map(|line| match line {
            Operation::Establish(new) if !new.facts.code.is_empty() => Some((&new.facts.code, new.id)),
            _ => None,
        });
        seen.chain(brought).map(|(code, unit)| (code.clone(), unit)).collect()
    }

    /// The day members are counted on: today, or the day before a plan that reaches back.
    pub fn counted_on(&self, visit: &Visit<'_>) -> Day {
        visit.today().min(self.plan.effective_on.plus_days(-1))
    }

    /// How many members each unit has, subtree included, on the day they are counted.
    pub fn members_of_units(&self, visit: &Visit<'_>) -> impl Fn(Id<Unit>) -> u32 {
        let at = AsOf { day: self.counted_on(visit), known: visit.as_of().known };
        let view = visit.house.census.view(visit.today());
        let counts = view.headcounts(&Query { members: Some(member_standings()), ..Query::at(at) });
        let (forest, tree) = (view.forest().clone(), view.forest().tree(at));
        move |unit| {
            let place = forest.no(unit).and_then(|no| tree.place_of(no));
            place.and_then(|place| counts.get(place as usize).copied()).unwrap_or(0)
        }
    }

    /// What follows from the plan.
    pub fn impact(&self, visit: &Visit<'_>) -> Result<Impact, Problem> {
        let at = AsOf { day: self.counted_on(visit), known: visit.as_of().known };
        let (offices, consents) =
            visit.read(|tx| Ok((chibo_organisation::offices_on(tx, at)?, chibo_organisation::consents(tx)?)))?;
        let mut seats: HashMap<Id<Unit>, Seats> = HashMap::with_capacity(offices.len() / 2);
        for (unit, role, count) in offices {
            seats.entry(unit).or_default().add(role, count);
        }
        let on = AsOf { day: self.plan.effective_on, known: at.known };
        let limits = Limits::on(Rulebook::built_in()?, self.plan.effective_on)?;
        Ok(impact(&Ground {
            before: &self.before,
            compiled: &self.compiled,
            direct: &direct(visit, at),
            listed: &self.listed(visit),
            seats: &seats,
            consent: &|unit, kind: Kind| consents_hold(&consents, unit, kind, on),
            limits: &limits,
        }))
    }

    /// Members said by name who still belong where the plan takes them from.
    fn listed(&self, visit: &Visit<'_>) -> Vec<Listed> {
        let view = visit.house.census.view(visit.today());
        let heads = |row: &MemberRow| {
            let (unit, codes) = view.person(view.no(row.person_id)?)?.today?;
            let here = view.forest().id(unit)? == row.from_unit;
            let standing = Standing::from_number(codes.standing);
            let official = u32::from(standing.is_some_and(Standing::is_official));
            let all = u32::from(standing.is_some_and(Standing::counts_as_member));
            here.then_some(Listed { from: row.from_unit, into: row.into_unit, heads: Strength { official, all } })
        };
        self.members.iter().filter_map(heads).collect()
    }
}

fn consents_hold(consents: &Consents, unit: Id<Unit>, kind: Kind, at: AsOf) -> bool {
    consents.holds(unit, kind, at)
}

/// Members posted to each unit itself, not to those below it.
fn direct(visit: &Visit<'_>, at: AsOf) -> HashMap<Id<Unit>, Strength> {
    let view = visit.house.census.view(visit.today());
    let count = |members: Codes| view.headcounts(&Query { members: Some(members), ..Query::at(at) });
    let (official, all) = (count(official_standings()), count(member_standings()));
    let (forest, tree) = (view.forest(), view.forest().tree(at));
    let own = |counts: &[u32], place: u32| {
        let of = |place: u32| counts.get(place as usize).copied().unwrap_or(0);
        of(place).saturating_sub(below(&tree, place, &of))
    };
    let heads = |place: u32| {
        let unit = forest.id(tree.unit(place)?)?;
        let strength = Strength { official: own(&official, place), all: own(&all, place) };
        (strength.all > 0).then_some((unit, strength))
    };
    (0..tree.len()).filter_map(heads).collect()
}

fn below(tree: &Tree, place: u32, of: &dyn Fn(u32) -> u32) -> u32 {
    tree.children(place).map(of).sum()
}
