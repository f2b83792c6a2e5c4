//! One version of one rule, with typed access to its parameters.

use std::collections::BTreeMap;

use super::marks::{Mark, Words};
use super::params::{DayOfYear, Param, Ratio, Term};
use crate::day::Day;
use crate::period::Period;
use crate::problem::Problem;

/// A rule as it holds during one interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Rule id of the domain digest: `ORG-03`.
    pub id: String,
    /// Register id of the instrument: `REG-06`.
    pub instrument: String,
    /// Place in the instrument, where known: `294 §20.3.1`.
    pub source: Option<String>,
    /// When it holds.
    pub valid: Period,
    /// Confidence.
    pub mark: Mark,
    /// What is doubtful; always there for marks M and C.
    pub note: Option<Words>,
    /// What the rule is about.
    pub title: Words,
    /// Parameters by name.
    pub params: BTreeMap<String, Param>,
    /// The file it came from.
    pub file: String,
}

impl Rule {
    /// The stable name of this version, stored in every case decided under it: `ORG-03@2025-07-01`.
    pub fn version(&self) -> String {
        format!("{}@{}", self.id, self.valid.from().iso())
    }

    /// A whole number.
    pub fn int(&self, name: &str) -> Result<i64, Problem> {
        self.want(name, "whole number", |param| match param {
            Param::Int(number) => Some(*number),
            _ => None,
        })
    }

    /// Yes or no.
    pub fn flag(&self, name: &str) -> Result<bool, Problem> {
        self.want(name, "flag", |param| match param {
            Param::Flag(flag) => Some(*flag),
            _ => None,
        })
    }

    /// A text or code.
    pub fn text(&self, name: &str) -> Result<&str, Problem> {
        self.want(name, "text", |param| match param {
            Param::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// A calendar day.
    pub fn day(&self, name: &str) -> Result<Day, Problem> {
        self.want(name, "day", |param| match param {
            Param::Day(day) => Some(*day),
            _ => None,
        })
    }

    /// An exact ratio.
    pub fn ratio(&self, name: &str) -> Result<Ratio, Problem> {
        self.want(name, "ratio", |param| match param {
            Param::Ratio(ratio) => Some(*ratio),
            _ => None,
        })
    }

    /// A length of time: working days, calendar days or months.
    pub fn term(&self, name: &str) -> Result<Term, Problem> {
        self.want(name, "term", |param| match param {
            Param::Term(term) => Some(*term),
            _ => None,
        })
    }

    /// A list of whole numbers.
    pub fn ints(&self, name: &str) -> Result<Vec<i64>, Problem> {
        self.list(name, "list of whole numbers", |param| match param {
            Param::Int(number) => Some(*number),
            _ => None,
        })
    }

    /// A list of texts.
    pub fn texts(&self, name: &str) -> Result<Vec<&str>, Problem> {
        self.list(name, "list of texts", |param| match param {
            Param::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// A list of dates that come every year.
    pub fn days_of_year(&self, name: &str) -> Result<Vec<DayOfYear>, Problem> {
        self.list(name, "list of yearly dates", |param| match param {
            Param::DayOfYear(date) => Some(*date),
            _ => None,
        })
    }

    fn list<'a, T>(&'a self, name: &str, kind: &str, each: fn(&'a Param) -> Option<T>) -> Result<Vec<T>, Problem> {
        self.want(name, kind, |param| match param {
            Param::List(list) => list.iter().map(each).collect(),
            _ => None,
        })
    }

    /// A parameter the code relies on; its absence is a fault of the data, not of the user.
    fn want<'a, T>(&'a self, name: &str, kind: &str, read: impl Fn(&'a Param) -> Option<T>) -> Result<T, Problem> {
        let found = self.params.get(name).and_then(read);
        found.ok_or_else(|| Problem::fault(format!("{} ({}): no {kind} `{name}`", self.version(), self.file)))
    }
}
