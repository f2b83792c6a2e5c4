//! Whether what is known about a candidate allows a step (MEM-01, MEM-02, MEM-06, MEM-14, MEM-17, MEM-23).

use chibo_kernel::rulebook::Rule;
use chibo_kernel::{Day, Issue, Problem, Said};

use super::facts::{About, Fact, Known};
use super::issue;
use super::terms::Terms;
use super::verify::{Asked, Relation};

/// Schooling as the rulebook of a day asks for it (MEM-02): levels from 0 (reads and writes) to 2 (lower secondary).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schooling {
    /// Everywhere.
    pub minimum: u8,
    /// Whether lower secondary is proved by its certificate only.
    pub certificate: bool,
    /// In hard areas.
    pub in_hard_areas: u8,
    /// Of village elders.
    pub elder: u8,
}

impl Schooling {
    /// Reads the rule.
    ///
    /// # Errors
    /// A fault when the rulebook names an unknown level.
    pub fn of(rule: &Rule) -> Result<Self, Problem> {
        let level = |name: &str| -> Result<u8, Problem> {
            match rule.text(name)? {
                "literate" => Ok(0),
                "primary" => Ok(1),
                "lower-secondary" => Ok(2),
                other => Err(Problem::fault(format!("a level of schooling {other}"))),
            }
        };
        Ok(Self {
            minimum: level("minimum")?,
            certificate: rule.text("proof")? == "certificate",
            in_hard_areas: level("minimum_in_hard_areas")?,
            elder: level("village_elder")?,
        })
    }

    const fn level(self, fact: Fact) -> u8 {
        match fact {
            Fact::LowerCertificate => 2,
            Fact::LowerCompleted => 2 - self.certificate as u8,
            Fact::Primary => 1,
            _ => 0,
        }
    }
}

/// Schooling, political standard and place on the day the branch votes.
pub(super) fn before_vote(issues: &mut Vec<Issue>, known: &Known, on: Day, terms: &Terms) {
    let step = |rule, key| issue("step", Some(rule), Said::new(key));
    match known.last(About::Schooling) {
        None => issues.push(step("MEM-02", "development-schooling-first")),
        Some(noted) => {
            let wanted = match known.last(About::Area).map(|area| (area.fact, area.on <= on)) {
                Some((Fact::HardArea, _)) => terms.schooling.in_hard_areas,
                // Consent comes before the vote, not after it.
                Some((Fact::Elder, true)) => terms.schooling.elder,
                _ => terms.schooling.minimum,
            };
            if terms.schooling.level(noted.fact) < wanted {
                issues.push(step("MEM-02", "development-schooling-low"));
            }
        }
    }
    match known.last(About::Politics) {
        None => issues.push(step("MEM-06", "development-politics-first")),
        Some(noted) if noted.fact == Fact::PoliticsExceeds && noted.on > on => {
            issues.push(step("MEM-06", "development-politics-consent"));
        }
        Some(_) => {}
    }
    place(issues, known, terms);
    special(issues, known, on);
}

/// What owners of enterprises, and people with an instrument of their own, need besides, in writing and before the vote
/// (MEM-26).
fn special(issues: &mut Vec<Issue>, known: &Known, on: Day) {
    let asks = [
        (About::Owner, Fact::EnterpriseFit, "development-owner-conditions"),
        (About::Instrument, Fact::InstrumentMet, "development-instrument-first"),
    ];
    for (about, needed, key) in asks {
        if known.last(about).is_some() && known.by(needed, on).is_none() {
            issues.push(issue("step", Some("MEM-26"), Said::new(key)));
        }
    }
}

/// Where somebody is to be admitted (MEM-23).
fn place(issues: &mut Vec<Issue>, known: &Known, terms: &Terms) {
    let step = |said| issue("step", Some("MEM-23"), said);
    let (Some(situation), Some(branch)) = (known.last(About::Situation), known.last(About::Branch)) else {
        issues.push(step(Said::new("development-place-first")));
        return;
    };
    let long = situation.months >= terms.at_workplace_from;
    let wanted = match situation.fact {
        Fact::Settled => return,
        Fact::Graduate => Fact::BranchOfResidence,
        _ if long => Fact::BranchOfWork,
        _ => Fact::BranchOfResidence,
    };
    if branch.fact != wanted {
        let key = if wanted == Fact::BranchOfWork { "development-place-work" } else { "development-place-residence" };
        issues.push(step(Said::new(key).with("months", terms.at_workplace_from)));
    }
}

/// Somebody above sixty: why, and his health (MEM-01); the consent itself stands with the vote.
pub(super) fn older(issues: &mut Vec<Issue>, known: &Known, on: Day) {
    if known.last(About::Older).is_none() {
        issues.push(issue("step", Some("MEM-01"), Said::new("development-older-why")));
    }
    if known.by(Fact::Health, on).is_none() {
        issues.push(issue("step", Some("MEM-01"), Said::new("development-older-health")));
    }
}

/// Opinions that are missing: of every mass organisation he is a member of, and of the branch where he lives (MEM-17).
/// `None` while nobody wrote down where he is a member.
pub fn unheard(known: &Known) -> Option<Vec<Fact>> {
    known.last(About::Membership)?;
    // That he is in none takes back what was written before.
    let first = known.0.iter().rposition(|one| one.fact == Fact::InNone).unwrap_or(0);
    let memberships = known.0.iter().skip(first).filter_map(|one| one.fact.opinion());
    let mut missing: Vec<Fact> = memberships.chain([Fact::ResidenceSaid]).collect();
    missing.sort_unstable();
    missing.dedup();
    missing.retain(|said| known.0.iter().all(|one| one.fact != *said));
    Some(missing)
}

/// Who must still be asked about before the background counts as verified: the candidate, his parents or whoever brought
/// him up; of the married the spouse and the parents-in-law or whoever brought the spouse up; children with full capacity
/// (MEM-14). `None` while nobody wrote down his family.
pub fn uncovered(asked: &[Asked], known: &Known) -> Option<Vec<Relation>> {
    let (marriage, children) = (known.last(About::Marriage)?, known.last(About::Children)?);
    let has = |relation| asked.iter().any(|one| one.relation == relation);
    let mut wanted = vec![Relation::Own];
    if !has(Relation::Foster) {
        wanted.extend([Relation::Father, Relation::Mother]);
    }
    if marriage.fact == Fact::Married {
        wanted.push(Relation::Spouse);
        if !has(Relation::SpouseFoster) {
            wanted.extend([Relation::FatherInLaw, Relation::MotherInLaw]);
        }
    }
    if children.fact == Fact::Children {
        wanted.push(Relation::Child);
    }
    wanted.retain(|relation| !has(*relation));
    Some(wanted)
}
