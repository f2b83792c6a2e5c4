//! Regulations as dated data: which rule holds on which day, by which instrument, how surely, and with
//! which numbers. `rulebook.on(day).rule("ORG-03")?.int("base_committee_min_members")?`
//!
//! A case stores [`Rule::version`] of the rules it was decided under; [`Rulebook::version`] finds them again.

mod built_in;
mod load;
mod marks;
mod params;
mod register;
mod rule;

use std::collections::BTreeMap;
use std::fmt;

use crate::calendar::WorkingDays;
use crate::day::Day;
use crate::problem::Problem;

pub use marks::{Mark, Words};
pub(crate) use marks::{day_of, note_missing};
pub use params::{DayOfYear, Param, Ratio, Term};
pub use register::{Era, Instrument, InstrumentText};
pub use rule::Rule;

/// A mistake in the data: where and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulebookError {
    /// The file.
    pub file: String,
    /// The rule, era or instrument, when the mistake lies in one.
    pub rule: Option<String>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for RulebookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rule {
            Some(rule) => write!(f, "{}: {rule}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

impl std::error::Error for RulebookError {}

/// Every version of every rule, the eras of the statute, the register of instruments, the calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Rulebook {
    rules: BTreeMap<String, Vec<Rule>>,
    eras: Vec<Era>,
    instruments: BTreeMap<String, Instrument>,
    calendar: WorkingDays,
}

impl Rulebook {
    /// Reads all files (name and text) together, or names every mistake in them.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, Vec<RulebookError>> {
        load::load(files)
    }

    /// The rules in force on a day.
    pub fn on(&self, day: Day) -> RuleSet<'_> {
        RuleSet { book: self, day }
    }

    /// Every version of every rule, by id and then in order of time: the list on screen.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values().flatten()
    }

    /// The versions of one rule, in order of time.
    pub fn versions_of(&self, id: &str) -> &[Rule] {
        self.rules.get(id).map_or(&[], Vec::as_slice)
    }

    /// The rule a case was decided under, by its stored version (`ORG-03@2025-07-01`).
    pub fn version(&self, version: &str) -> Option<&Rule> {
        let (id, _) = version.split_once('@')?;
        self.versions_of(id).iter().find(|rule| rule.version() == version)
    }

    /// The implementations of the statute, in order of time.
    pub fn eras(&self) -> &[Era] {
        &self.eras
    }

    /// The register of instruments, by REG id.
    pub fn instruments(&self) -> impl Iterator<Item = &Instrument> {
        self.instruments.values()
    }

    /// One instrument by REG id.
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.get(id)
    }

    /// The working-day calendar.
    pub fn calendar(&self) -> &WorkingDays {
        &self.calendar
    }
}

/// The rules of one day.
#[derive(Clone, Copy, Debug)]
pub struct RuleSet<'a> {
    book: &'a Rulebook,
    day: Day,
}

impl<'a> RuleSet<'a> {
    /// The day.
    pub fn day(self) -> Day {
        self.day
    }

    /// The version of a rule in force that day, if there is one.
    pub fn rule(self, id: &str) -> Option<&'a Rule> {
        self.book.versions_of(id).iter().find(|rule| rule.valid.contains(self.day))
    }

    /// The same for an action that cannot go on without it: a fault of the data, not of the user.
    pub fn require(self, id: &str) -> Result<&'a Rule, Problem> {
        self.rule(id).ok_or_else(|| Problem::fault(format!("no version of rule {id} on {}", self.day.iso())))
    }

    /// Those of the named rules in force that day that carry a note of doubt, in the order named.
    pub fn doubtful(self, ids: &[&str]) -> Vec<&'a Rule> {
        ids.iter().filter_map(|id| self.rule(id)).filter(|rule| rule.note.is_some()).collect()
    }

    /// All rules in force that day, by id.
    pub fn rules(self) -> impl Iterator<Item = &'a Rule> {
        self.book.rules().filter(move |rule| rule.valid.contains(self.day))
    }

    /// The implementation of the statute in force that day.
    pub fn era(self) -> Option<&'a Era> {
        self.book.eras.iter().find(|era| era.valid.contains(self.day))
    }
}

macro_rules! embed {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../../../rulebooks/", $name)))),*] };
}

const EMBEDDED: &[(&str, &str)] = embed![
    "badges.toml",
    "calendar.toml",
    "cards.toml",
    "committees.toml",
    "dossiers.toml",
    "eras.toml",
    "evaluation.toml",
    "fees.toml",
    "instruments.toml",
    "meetings.toml",
    "members.toml",
    "organisation.toml",
    "screening.toml",
    "transfers.toml",
    "votes.toml",
];

/// The rulebook files the program was built with: name and text.
pub fn embedded() -> &'static [(&'static str, &'static str)] {
    EMBEDDED
}

#[cfg(test)]
#[path = "rulebook/embedded_tests.rs"]
mod embedded_tests;
