//! The threshold a matter needs, the test in integers, and the verdict with its reasons.

use super::ballots::{Ballots, VoteError, VotingForm};
use super::denominator::Denominator;
use super::share::Share;
use crate::problem::Said;

/// How many of the denominator must be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Threshold {
    /// More than half of the denominator, not of those present.
    MoreThanHalf,
    /// Two thirds of the denominator or more.
    TwoThirds,
}

impl Threshold {
    /// The exact test. Nothing passes with an empty denominator.
    pub const fn met(self, yes: u32, denominator: u32) -> bool {
        let (yes, whole) = (yes as u64, denominator as u64);
        whole > 0
            && match self {
                Self::MoreThanHalf => 2 * yes > whole,
                Self::TwoThirds => 3 * yes >= 2 * whole,
            }
    }

    /// The fewest votes that pass.
    pub const fn needed(self, denominator: u32) -> u32 {
        let needed = match self {
            Self::MoreThanHalf => denominator as u64 / 2 + 1,
            Self::TwoThirds => (2 * denominator as u64).div_ceil(3),
        };
        if needed == 0 { 1 } else { needed as u32 }
    }

    /// The rule that sets it.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::MoreThanHalf => "X-06",
            Self::TwoThirds => "X-07",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::MoreThanHalf => "vote-needs-more-than-half",
            Self::TwoThirds => "vote-needs-two-thirds",
        }
    }
}

/// What is voted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Matter {
    /// An ordinary decision.
    Ordinary,
    /// Admission (kết nạp).
    Admission,
    /// Recognition as official (công nhận chính thức).
    Recognition,
    /// Striking-off (xoá tên).
    StrikingOff,
    /// Expulsion (khai trừ).
    Expulsion,
    /// Dissolution of an organisation as discipline (giải tán, X-08).
    Dissolution,
}

/// Whether the body proposes upward or decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Proposes. A base committee authorised to decide collectively needs this threshold too (MEM-20).
    Proposing,
    /// Decides what was proposed.
    Deciding,
}

impl Matter {
    /// What the body needs at this stage.
    pub const fn threshold(self, stage: Stage) -> Threshold {
        match (self, stage) {
            (Self::Ordinary, _) | (_, Stage::Deciding) => Threshold::MoreThanHalf,
            (_, Stage::Proposing) => Threshold::TwoThirds,
        }
    }

    /// The rule that sets the chain of votes.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Ordinary => "X-06",
            Self::Dissolution => "X-08",
            _ => "X-07",
        }
    }

    /// A failed vote must still be reported upward in full.
    pub const fn failure_is_reported(self) -> bool {
        matches!(self, Self::Admission | Self::Recognition | Self::StrikingOff)
    }

    /// After failing several times in a row the case goes up regardless.
    pub const fn goes_up_after_failures(self) -> bool {
        matches!(self, Self::Recognition | Self::StrikingOff)
    }
}

/// One sentence of an explanation with its rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Rule id.
    pub rule: &'static str,
    /// The sentence.
    pub said: Said,
}

/// The result of one vote of one body, with everything it was computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    matter: Matter,
    stage: Stage,
    form: VotingForm,
    ballots: Ballots,
    denominator: Denominator,
}

/// Counts a vote. Refuses impossible counts; a vote that fails is a verdict, not an error.
pub fn decide(
    matter: Matter,
    stage: Stage,
    form: VotingForm,
    denominator: Denominator,
    ballots: Ballots,
) -> Result<Verdict, VoteError> {
    if denominator.count() == 0 {
        return Err(VoteError::NobodyMayVote);
    }
    ballots.check(denominator.voters())?;
    Ok(Verdict { matter, stage, form, ballots, denominator })
}

impl Verdict {
    /// Whether enough were for.
    pub fn passed(&self) -> bool {
        self.threshold().met(self.ballots.yes, self.denominator.count())
    }
    /// The fewest votes that would have passed.
    pub fn needed(&self) -> u32 {
        self.threshold().needed(self.denominator.count())
    }
    /// The threshold applied.
    pub fn threshold(&self) -> Threshold {
        self.matter.threshold(self.stage)
    }
    /// What was voted on.
    pub fn matter(&self) -> Matter {
        self.matter
    }
    /// Proposing or deciding.
    pub fn stage(&self) -> Stage {
        self.stage
    }
    /// The form the meeting chose.
    pub fn form(&self) -> VotingForm {
        self.form
    }
    /// What was cast.
    pub fn ballots(&self) -> Ballots {
        self.ballots
    }
    /// What it was measured against.
    pub fn denominator(&self) -> &Denominator {
        &self.denominator
    }
    /// Votes for, of the denominator: for showing only.
    pub fn share(&self) -> Share {
        Share::new(u64::from(self.ballots.yes), u64::from(self.denominator.count()))
    }

    /// The whole reckoning, line by line: roll, what was taken out, denominator, threshold, result.
    pub fn explain(&self) -> Vec<Step> {
        let base = &self.denominator;
        let step = |rule, said| Step { rule, said };
        let mut steps = vec![step(base.rule(), Said::new("vote-listed").with("count", base.listed()))];
        for out in base.subtracted() {
            steps.push(step(out.rule, Said::new(out.why.key()).with("count", out.who.len())));
        }
        steps.push(step(base.rule(), Said::new("vote-denominator").with("count", base.count())));
        let rule = match self.matter {
            Matter::Dissolution => self.matter.rule(),
            _ => self.threshold().rule(),
        };
        steps.push(step(rule, Said::new(self.threshold().key()).with("needed", self.needed())));
        let key = if self.passed() { "vote-passed" } else { "vote-failed" };
        let said =
            Said::new(key).with("yes", self.ballots.yes).with("needed", self.needed()).with("count", base.count());
        steps.push(step("X-12", said));
        if !self.passed() && self.matter.failure_is_reported() {
            steps.push(step("X-10", Said::new("vote-report-upward")));
        }
        steps
    }
}

#[cfg(test)]
#[path = "verdict_tests.rs"]
mod tests;
