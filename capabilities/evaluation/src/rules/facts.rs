//! What is counted and stated about a subject: whole numbers, from which the verdict follows.

use std::collections::BTreeMap;

chibo_kernel::coded! {
    /// A figure of the review. Flags are 0 or 1.
    Fact {
        /// Tasks of the period.
        Tasks = "tasks", "evaluation-fact-tasks";
        /// Of them done.
        Done = "done", "evaluation-fact-done";
        /// Done late.
        Late = "late", "evaluation-fact-late";
        /// Done above what was required.
        Above = "above", "evaluation-fact-above";
        /// Main targets missed (flag).
        MainMissed = "main-missed", "evaluation-fact-main-missed";
        /// Force majeure or an objective reason for what is not done (flag).
        Objective = "objective", "evaluation-fact-objective";
        /// Faults named at earlier reviews.
        Faults = "faults", "evaluation-fact-faults";
        /// Of them corrected.
        Fixed = "fixed", "evaluation-fact-fixed";
        /// Disciplined in the period (flag).
        Disciplined = "disciplined", "evaluation-fact-disciplined";
        /// Concluded to be disunited or degraded (flag).
        Concluded = "concluded", "evaluation-fact-concluded";
        /// In breach of what members may not do, or of the duty to set an example (flag).
        Breached = "breached", "evaluation-fact-breached";
        /// Units below.
        Units = "units", "evaluation-fact-units";
        /// Of them, or of the members led, disciplined.
        UnitsDisciplined = "units-disciplined", "evaluation-fact-units-disciplined";
        /// Those breaches were found by the unit itself and fully remedied (flag).
        SelfDetected = "self-detected", "evaluation-fact-self-detected";
        /// Tasks of the unit led, done of a hundred.
        UnitPercent = "unit-percent", "evaluation-fact-unit-percent";
        /// The unit led was classed not fulfilled (flag).
        UnitFailed = "unit-failed", "evaluation-fact-unit-failed";
        /// Quarters of the year classed not fulfilled.
        FailedQuarters = "failed-quarters", "evaluation-fact-failed-quarters";
        /// The longest run of them.
        QuartersInARow = "quarters-in-a-row", "evaluation-fact-quarters-in-a-row";
    }
}

impl Fact {
    /// Whether it is answered by yes or no.
    pub const fn is_flag(self) -> bool {
        matches!(
            self,
            Self::MainMissed
                | Self::Objective
                | Self::Disciplined
                | Self::Concluded
                | Self::Breached
                | Self::SelfDetected
                | Self::UnitFailed
        )
    }

    /// The whole a part may not exceed.
    pub const fn of(self) -> Option<Self> {
        match self {
            Self::Done => Some(Self::Tasks),
            Self::Late | Self::Above => Some(Self::Done),
            Self::Fixed => Some(Self::Faults),
            Self::UnitsDisciplined => Some(Self::Units),
            Self::QuartersInARow => Some(Self::FailedQuarters),
            _ => None,
        }
    }
}

/// Figures of one subject; what was not said is nought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(pub BTreeMap<Fact, u32>);

impl Facts {
    /// One of them.
    pub fn get(&self, fact: Fact) -> u64 {
        u64::from(self.0.get(&fact).copied().unwrap_or(0))
    }

    /// A flag.
    pub fn is(&self, fact: Fact) -> bool {
        self.get(fact) > 0
    }

    /// Parts larger than their whole, flags that are neither nought nor one.
    pub fn wrong(&self) -> Vec<Fact> {
        let too_much = |fact: Fact| match fact.of() {
            Some(whole) => self.get(fact) > self.get(whole),
            None => fact.is_flag() && self.get(fact) > 1 || fact == Fact::UnitPercent && self.get(fact) > 100,
        };
        Fact::ALL.iter().copied().filter(|fact| too_much(*fact)).collect()
    }
}
