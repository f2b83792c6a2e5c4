//! What may be written down of a place: days in order, numbers that can be, a unit that stands then (ORG-01, TSK-23).

use chibo_kernel::{Day, Id, Issue, Said, Unit};
use chibo_organisation::kinds::{Kind, Setting};

use super::{Facts, issue, may_cover};

/// Most people, households or members of one place.
const MOST: u32 = 1_000_000;

/// Facts that shall hold from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFacts {
    /// From this day.
    pub from: Day,
    /// The facts.
    pub facts: Facts,
    /// The unit that answers stands on that day.
    pub stands: bool,
}

/// Which organisation covers a place from a day on; none ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLink {
    /// From this day.
    pub from: Day,
    /// The organisation.
    pub unit: Option<Id<Unit>>,
    /// A joint one (chi bộ ghép).
    pub joint: bool,
    /// What the organisation is on that day; none when it does not stand then.
    pub what: Option<(Kind, Option<Setting>)>,
}

/// How many official members are known at a place on a day, and how many households somebody looks after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCount {
    /// Counted on this day.
    pub on: Day,
    /// Official members.
    pub official: u32,
    /// Households with a member who looks after them (hộ dân có đảng viên phụ trách).
    pub served: Option<u32>,
    /// Who counted, by which document.
    pub source: String,
}

fn check_day(issues: &mut Vec<Issue>, field: &str, day: Day, today: Day) {
    if day > today {
        issues.push(issue(field, "coverage-day-to-come"));
    } else if day < Day::PARTY_FOUNDED {
        issues.push(issue(field, "coverage-day-too-early"));
    }
}

/// What is wrong with the name and the code of a place.
pub fn check_names(name: &str, code: &str) -> Vec<Issue> {
    let mut issues = Vec::new();
    if name.is_empty() {
        issues.push(issue("name", "coverage-name-needed"));
    } else if name.chars().count() > 200 {
        issues.push(issue("name", "coverage-name-too-long"));
    }
    if code.is_empty() {
        issues.push(issue("code", "coverage-code-needed"));
    } else if code.chars().count() > 40 {
        issues.push(issue("code", "coverage-code-too-long"));
    }
    issues
}

/// What is wrong with the facts.
pub fn check_facts(new: &NewFacts, today: Day) -> Vec<Issue> {
    let facts = &new.facts;
    let mut issues = check_names(&facts.name, &facts.code);
    for (field, count) in [("workers", facts.workers), ("households", facts.households)] {
        if count.is_some_and(|count| count > MOST) {
            issues.push(issue(field, "coverage-count-too-large"));
        }
    }
    check_day(&mut issues, "from", new.from, today);
    if !new.stands {
        issues.push(issue("unit", "coverage-unit-not-then"));
    }
    issues
}

/// What is wrong with a link; `first`: first day of the place (ORG-01).
pub fn check_link(new: &NewLink, first: Day, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    check_day(&mut issues, "from", new.from, today);
    if new.from < first {
        let said = Said::new("coverage-before-place").with("day", first);
        issues.push(Issue { field: Some("from".to_owned()), rule: None, said });
    }
    match (new.unit, new.what) {
        (Some(_), None) => issues.push(issue("branch", "coverage-branch-not-then")),
        (Some(_), Some((kind, setting))) if !may_cover(kind, setting) => {
            issues.push(Issue { rule: Some("ORG-01"), ..issue("branch", "coverage-branch-kind") });
        }
        _ => {}
    }
    issues
}

/// What is wrong with a count; `households`: how many live there, where that is known.
pub fn check_count(new: &NewCount, first: Day, households: Option<u32>, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    check_day(&mut issues, "on", new.on, today);
    if new.on < first {
        let said = Said::new("coverage-before-place").with("day", first);
        issues.push(Issue { field: Some("on".to_owned()), rule: None, said });
    }
    if new.official > MOST {
        issues.push(issue("official", "coverage-count-too-large"));
    }
    if let (Some(served), Some(all)) = (new.served, households)
        && served > all
    {
        let said = Said::new("coverage-served-too-many").with("all", all);
        issues.push(Issue { field: Some("served".to_owned()), rule: Some("TSK-23"), said });
    }
    if new.served.is_some_and(|served| served > MOST) {
        issues.push(issue("served", "coverage-count-too-large"));
    }
    if new.source.is_empty() {
        issues.push(issue("source", "coverage-source-needed"));
    }
    issues
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
