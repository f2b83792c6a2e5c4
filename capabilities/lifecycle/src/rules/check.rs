//! What is wrong with a plan and with a step.

use chibo_kernel::votes::{Matter, Stage};
use chibo_kernel::{Day, Id, Issue, Said, Unit};
use chibo_organisation::kinds::{Kind, allowed_parent};
use chibo_organisation::rules::{Strength, check_facts};

use super::{CaseKind, Levels, Phase, Plan, Step, Terms};

/// Kinds that may be founded by a case of founding.
const FOUNDED: [Kind; 7] =
    [Kind::Upper, Kind::Base, Kind::BaseBranch, Kind::Section, Kind::UnderBase, Kind::Branch, Kind::Group];

/// What a step is measured against.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// What is proposed.
    pub plan: &'a Plan,
    /// Where the case stands.
    pub phase: Phase,
    /// Who acts.
    pub levels: &'a Levels,
    /// Name of the committee that decides; empty for one out of sight.
    pub decider: String,
    /// Members: from the register, or by the list handed in.
    pub strength: Strength,
    /// Units that stand under the one that shall end.
    pub children: usize,
    /// The day on which it came or comes into force; [`Day::FOREVER`] before a decision.
    pub effective_on: Day,
    /// Today.
    pub today: Day,
}

/// A step as it is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// What was done.
    pub step: Step,
    /// On which day.
    pub on: Day,
    /// From which day it is in force (decisions).
    pub effective_on: Option<Day>,
    /// Number and symbol of the document.
    pub number: String,
    /// Who signed or consented.
    pub authority: String,
    /// The committee that decided, as chosen in the form (decisions).
    pub decider: Option<Id<Unit>>,
    /// Votes for (votes).
    pub votes_for: u32,
    /// The denominator of the vote.
    pub votes_base: u32,
    /// What there is to say.
    pub note: String,
}

impl Deed {
    /// Whether a vote reached its threshold, in whole numbers.
    pub fn passed(&self) -> bool {
        let stage = if self.step == Step::ProposingVote { Stage::Proposing } else { Stage::Deciding };
        Matter::Dissolution.threshold(stage).met(self.votes_for, self.votes_base)
    }
}

fn issue(field: &str, rule: Option<&'static str>, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said }
}

/// Whether prior consent is needed for a unit of this kind and size (ORG-04).
pub fn consent_needed(terms: &Terms, kind: Kind, strength: Strength) -> bool {
    match kind {
        Kind::Base => strength.all < terms.base_below,
        Kind::Branch => strength.all > terms.branch_above,
        Kind::Section => terms.section,
        _ => false,
    }
}

/// That a unit would have too few official members (ORG-01, TRF-08). A party group is part of its branch.
pub fn too_few(terms: &Terms, kind: Kind, strength: Strength) -> Option<Issue> {
    let (rule, least) = match kind {
        Kind::Group => return None,
        Kind::Temporary => ("TRF-08", terms.temporary),
        _ => ("ORG-01", terms.official),
    };
    (strength.official < least).then(|| {
        let said = Said::new("lifecycle-too-few").with("count", strength.official).with("least", least);
        Issue { field: None, rule: Some(rule), said }
    })
}

/// What is wrong with a plan. `parent` and `target`: the kinds of these units today, none when they do not stand.
pub fn check_plan(plan: &Plan, parent: Option<Kind>, target: Option<Kind>, today: Day) -> Vec<Issue> {
    let mut issues = match plan.kind {
        CaseKind::Founding | CaseKind::Temporary => founding(plan, parent, today),
        CaseKind::Transfer => transfer(plan, target, today),
        CaseKind::Dissolution | CaseKind::Disbandment => ending(plan, target),
    };
    let needs_purpose = matches!(plan.kind, CaseKind::Temporary | CaseKind::Disbandment);
    if needs_purpose && plan.purpose.is_empty() {
        issues.push(issue("purpose", None, Said::new("lifecycle-purpose-needed")));
    }
    issues
}

fn founding(plan: &Plan, parent: Option<Kind>, today: Day) -> Vec<Issue> {
    let mut issues = match parent {
        None => vec![issue("parent", Some("ORG-02"), Said::new("lifecycle-parent-gone"))],
        Some(_) => check_facts(&plan.facts, parent, today),
    };
    if plan.kind == CaseKind::Founding && !FOUNDED.contains(&plan.unit_kind()) {
        issues.push(issue("kind", None, Said::new("lifecycle-kind-not-founded")));
    }
    if plan.kind == CaseKind::Temporary && (plan.ends_on <= today || plan.ends_on == Day::FOREVER) {
        issues.push(issue("ends", Some("TRF-08"), Said::new("lifecycle-ends-needed")));
    }
    issues
}

fn transfer(plan: &Plan, target: Option<Kind>, today: Day) -> Vec<Issue> {
    let (Some(to), Some(kind)) = (plan.target, target) else {
        return vec![issue("target", Some("ORG-16"), Said::new("lifecycle-target-needed"))];
    };
    if to == plan.parent || to == plan.unit {
        return vec![issue("target", Some("ORG-16"), Said::new("lifecycle-target-same"))];
    }
    if allowed_parent(plan.unit_kind(), kind, today) {
        return Vec::new();
    }
    let said = Said::new("lifecycle-target-kind").with("kind", plan.unit_kind().name(today).vi);
    vec![issue("target", Some("ORG-02"), said.with("parent", kind.name(today).vi))]
}

fn ending(plan: &Plan, target: Option<Kind>) -> Vec<Issue> {
    let mut issues = Vec::new();
    if plan.kind == CaseKind::Dissolution && plan.ground.is_none() {
        issues.push(issue("ground", Some("ORG-11"), Said::new("lifecycle-ground-needed")));
    }
    let holds = target.is_some_and(Kind::holds_members) && plan.target != Some(plan.unit);
    if plan.target.is_some() && !holds {
        issues.push(issue("target", Some("ORG-12"), Said::new("lifecycle-target-no-branch")));
    }
    issues
}

/// What is wrong with a step that may be taken as such.
pub fn check_deed(deed: &Deed, asked: &Asked<'_>, terms: &Terms) -> Vec<Issue> {
    let mut issues = Vec::new();
    if deed.on > asked.today {
        issues.push(issue("on", None, Said::new("lifecycle-day-to-come")));
    }
    if deed.on < Day::PARTY_FOUNDED {
        issues.push(issue("on", None, Said::new("lifecycle-day-too-early")));
    }
    if asked.phase == Phase::Closing && deed.on < asked.effective_on {
        let said = Said::new("lifecycle-before-force").with("day", asked.effective_on);
        issues.push(issue("on", None, said));
    }
    if deed.step.is_numbered() && deed.number.is_empty() {
        issues.push(issue("number", None, Said::new("lifecycle-number-needed")));
    }
    if matches!(deed.step, Step::Consent | Step::CentralConsent) && deed.authority.is_empty() {
        issues.push(issue("authority", Some("ORG-04"), Said::new("lifecycle-authority-needed")));
    }
    if deed.step == Step::Withdrawn && deed.note.is_empty() {
        issues.push(issue("note", None, Said::new("lifecycle-reason-needed")));
    }
    if deed.step.is_vote() && (deed.votes_base == 0 || deed.votes_for > deed.votes_base) {
        issues.push(issue("votes-for", Some("X-05"), Said::new("lifecycle-votes-wrong")));
    }
    if deed.step.is_decision() {
        issues.extend(decision(deed, asked, terms));
    }
    issues
}

fn decision(deed: &Deed, asked: &Asked<'_>, terms: &Terms) -> Vec<Issue> {
    let mut issues = Vec::new();
    match deed.effective_on {
        None => issues.push(issue("effective", None, Said::new("lifecycle-effective-needed"))),
        Some(day) if day < deed.on => {
            issues.push(issue("effective", None, Said::new("lifecycle-effective-before-signed")));
        }
        Some(_) => {}
    }
    let right = asked.levels.actor(deed.step, &[]);
    if deed.decider != right {
        let said = match asked.decider.as_str() {
            "" => Said::new("lifecycle-wrong-level-above"),
            unit => Said::new("lifecycle-wrong-level").with("unit", unit),
        };
        issues.push(issue("decider", Some(level_rule(asked.plan.kind)), said));
    }
    if asked.plan.kind.founds() {
        issues.extend(too_few(terms, asked.plan.unit_kind(), asked.strength));
    }
    if asked.plan.kind.ends() && asked.children > 0 {
        let said = Said::new("lifecycle-children-remain").with("count", asked.children);
        issues.push(Issue { field: None, rule: Some("ORG-11"), said });
    }
    if asked.plan.kind.ends() && asked.strength.all > 0 && asked.plan.target.is_none() {
        let said = Said::new("lifecycle-members-without-target").with("count", asked.strength.all);
        issues.push(Issue { field: None, rule: Some("ORG-12"), said });
    }
    issues
}

/// The rule that says which committee decides.
const fn level_rule(kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Founding => "ORG-02",
        CaseKind::Temporary => "TRF-08",
        CaseKind::Dissolution => "ORG-11",
        CaseKind::Disbandment => "X-08",
        CaseKind::Transfer => "ORG-16",
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
