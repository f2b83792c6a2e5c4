//! What the checks look at.

use std::collections::{BTreeMap, HashMap, HashSet};

use chibo_kernel::rulebook::{Rulebook, Term};
use chibo_kernel::{Day, Id, Period, Person, Problem, Unit};
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
    /// Whoever was admitted from this day on must have a whole file: the day of Quy định 29-QĐ/TW (DOS-03).
    pub files_whole_since: Day,
    /// Months an exemption on other grounds than age lasts at most (EXI-02).
    pub exempted_months: i32,
}

/// 2 June 1997.
const FILES_WHOLE_SINCE: Day = Day::from_number(10_014);

impl Terms {
    /// Of a day.
    ///
    /// # Errors
    /// A fault when the rulebook lacks a number.
    pub fn on(today: Day) -> Result<Self, Problem> {
        let rule = Rulebook::built_in()?.on(today).require("MEM-01")?;
        let whole = |name: &str| i32::try_from(rule.int(name)?).map_err(Problem::fault);
        let exempted = Rulebook::built_in()?.on(today).rule("EXI-02").map(|rule| rule.term("less_than")).transpose()?;
        let considered = Rulebook::built_in()?.calendar().add_working_days(today, -30).value;
        Ok(Self {
            today,
            youngest: whole("min_years")?,
            oldest: whole("max_years")?,
            late_before: considered.plus_months(-12),
            files_whole_since: FILES_WHOLE_SINCE,
            exempted_months: match exempted {
                Some(Term::Months(months)) => i32::try_from(months).map_err(Problem::fault)?,
                _ => return Err(Problem::fault("the rulebook lacks the months of EXI-02")),
            },
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
    lives: HashMap<Id<Unit>, Period>,
    holders: HashSet<Id<Person>>,
}

impl Look {
    /// Of a landscape.
    pub fn of(landscape: &Landscape) -> Self {
        let standing = |(unit, standing): (Id<Unit>, &chibo_organisation::rules::Standing)| {
            (unit, Standing { holds_members: standing.facts.kind.declared().holds_members })
        };
        Self { units: landscape.units().map(standing).collect(), ..Self::default() }
    }

    /// With from when until when every unit stood, and who holds an office today.
    pub fn with(self, lives: HashMap<Id<Unit>, Period>, holders: HashSet<Id<Person>>) -> Self {
        Self { lives, holders, ..self }
    }

    /// From when until when a unit stood.
    pub fn life(&self, unit: Id<Unit>) -> Option<Period> {
        self.lives.get(&unit).copied()
    }

    /// Whether somebody holds an office today.
    pub fn holds_office(&self, person: Id<Person>) -> bool {
        self.holders.contains(&person)
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
