//! Who introduces a candidate (MEM-10…12).

use chibo_kernel::{Day, Id, Issue, Person, Said};

use super::issue;
use super::terms::Terms;

chibo_kernel::coded! {
    /// Who introduces.
    IntroducerKind {
        /// An official member (MEM-10).
        Member = "member", "development-introducer-member";
        /// The Youth Union's base committee, by resolution (MEM-11).
        Youth = "youth", "development-introducer-youth";
        /// The base trade union's committee, by resolution (MEM-11).
        Union = "union", "development-introducer-union";
    }
}

/// An introducer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introducer {
    /// Member or union.
    pub kind: IntroducerKind,
    /// The member.
    pub person: Option<Id<Person>>,
    /// Of a member: since when together with the candidate at work, in study or at home. Of a union: day of the resolution.
    pub since: Day,
    /// Of a union: number of the resolution.
    pub number: String,
}

/// What is wrong with the introducers of a day: two official members, or one with a union that acts by resolution (MEM-10,
/// MEM-11), each member twelve months together with the candidate (MEM-12). `official` tells who is an official member on
/// that day.
pub fn check_introducers(
    all: &[Introducer],
    on: Day,
    official: &dyn Fn(Id<Person>) -> bool,
    terms: &Terms,
) -> Vec<Issue> {
    let mut issues = Vec::new();
    let members: Vec<_> = all.iter().filter(|one| one.kind == IntroducerKind::Member).collect();
    let unions = all.len() - members.len();
    if !matches!((members.len(), unions), (2, 0) | (1, 1)) {
        issues.push(issue("second", Some("MEM-10"), Said::new("development-introducers-needed")));
    }
    if members.len() == 2 && members.iter().all(|one| one.person == members[0].person) {
        issues.push(issue("second", Some("MEM-10"), Said::new("development-introducers-same")));
    }
    for (at, one) in members.iter().enumerate() {
        let (who, since) = if at == 0 { ("first", "first-since") } else { ("second", "second-since") };
        if !one.person.is_some_and(official) {
            issues.push(issue(who, Some("MEM-10"), Said::new("development-introducer-not-official")));
        }
        let from = terms.together_from(one.since);
        if from > on {
            let said = Said::new("development-introducer-short").with("day", from);
            issues.push(issue(since, Some("MEM-12"), said));
        }
    }
    for one in all.iter().filter(|one| one.kind != IntroducerKind::Member) {
        if one.number.is_empty() {
            issues.push(issue("resolution", Some("MEM-11"), Said::new("development-resolution-needed")));
        }
        if one.since > on {
            issues.push(issue("resolution-on", Some("MEM-11"), Said::new("development-resolution-later")));
        }
    }
    issues
}
