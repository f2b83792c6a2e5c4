//! What the checks look at.

use std::collections::{BTreeMap, HashMap};

use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{Day, Id, Problem, Unit};
use chibo_members::Dossier;
use chibo_organisation::rules::Landscape;

/// Numbers of the day, read from the rulebook once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Today.
    pub today: Day,
    /// Youngest age at admission, full years (MEM-01).
    pub youngest: i32,
    /// Oldest age at admission without consent, full years (MEM-01).
    pub oldest: i32,
    /// Who was admitted before this day and is still on probation is late (MEM-31).
    pub late_before: Day,
}

impl Terms {
    /// Of a day.
    ///
    /// # Errors
    /// A fault when the rulebook lacks a number.
    pub fn on(today: Day) -> Result<Self, Problem> {
        let rule = Rulebook::built_in()?.on(today).rule("MEM-01");
        let rule = rule.ok_or_else(|| Problem::fault("the rulebook lacks MEM-01"))?;
        let whole = |name: &str| i32::try_from(rule.int(name)?).map_err(Problem::fault);
        let considered = Rulebook::built_in()?.calendar().add_working_days(today, -30).value;
        Ok(Self {
            today,
            youngest: whole("min_years")?,
            oldest: whole("max_years")?,
            late_before: considered.plus_months(-12),
        })
    }
}

/// A unit as a posting sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    holds_members: bool,
}

/// The units of today: whether they stand and take members.
#[derive(Debug, Default)]
pub struct Look {
    units: HashMap<Id<Unit>, Standing>,
}

impl Look {
    /// Of a landscape.
    pub fn of(landscape: &Landscape) -> Self {
        let standing = |(unit, standing): (Id<Unit>, &chibo_organisation::rules::Standing)| {
            (unit, Standing { holds_members: standing.facts.kind.declared().holds_members })
        };
        Self { units: landscape.units().map(standing).collect() }
    }

    /// Whether a unit stands today.
    pub fn stands(&self, unit: Id<Unit>) -> bool {
        self.units.contains_key(&unit)
    }

    /// Whether members may belong to it.
    pub fn takes(&self, unit: Id<Unit>) -> bool {
        self.units.get(&unit).is_some_and(|standing| standing.holds_members)
    }
}

/// Where a member's record is kept: his unit today, or the last one.
pub fn home(dossier: &Dossier, today: Day) -> Option<Id<Unit>> {
    let begun = |held: &&chibo_members::Held<Id<Unit>>| held.from <= today;
    let now = dossier.postings.iter().find(|held| held.on(today));
    now.or_else(|| dossier.postings.iter().rfind(begun)).or(dossier.postings.first()).map(|held| held.value)
}

/// How many of each.
pub type Tally = BTreeMap<&'static str, u64>;
