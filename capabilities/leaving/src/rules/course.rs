//! Where a case stands, what can be done next, what a decision does.

use chibo_kernel::Day;
use chibo_kernel::votes::{Progress, Verdict, progress};

use super::vote::matter;
use super::{Count, Ground, Kind, Step, ticks};

chibo_kernel::coded! {
    /// Where a case stands.
    Phase {
        /// Papers are being collected.
        Preparing = "preparing", "leaving-phase-preparing";
        /// The branch has it.
        Branch = "branch", "leaving-phase-branch";
        /// The base committee has it.
        Committee = "committee", "leaving-phase-committee";
        /// Whoever decides has it.
        Decision = "decision", "leaving-phase-decision";
        /// Decided; something remains to be done.
        Closing = "closing", "leaving-phase-closing";
        /// Nothing remains.
        Done = "done", "leaving-phase-done";
        /// Voted down.
        Refused = "refused", "leaving-phase-refused";
        /// Stopped before a decision.
        Withdrawn = "withdrawn", "leaving-phase-withdrawn";
    }
}

impl Phase {
    /// Somebody still has to act.
    pub const fn open(self) -> bool {
        !matches!(self, Self::Done | Self::Refused | Self::Withdrawn)
    }

    /// Nothing is decided yet.
    pub const fn undecided(self) -> bool {
        matches!(self, Self::Preparing | Self::Branch | Self::Committee | Self::Decision)
    }
}

/// A step that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub step: Step,
    /// On this day.
    pub on: Day,
    /// In force from this day; [`Day::FOREVER`] for other steps.
    pub effective: Day,
    /// Until this day; [`Day::FOREVER`] for no end.
    pub ends: Day,
    /// The count of a vote.
    pub count: Option<Count>,
}

/// How many in a row: what the rules say about numbers of attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Demands after which the branch goes on without a self-review (EXI-11).
    pub demands: usize,
    /// Failed votes after which a case goes up regardless.
    pub failures: u32,
}

/// A case with its steps, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// What it is about.
    pub kind: Kind,
    /// Why.
    pub ground: Option<Ground>,
    /// A committee stands between the branch and whoever decides (no: base branches).
    pub committee: bool,
    /// What was done.
    pub steps: Vec<Taken>,
}

impl Course {
    /// A case nothing was done in.
    pub const fn new(kind: Kind, ground: Option<Ground>, committee: bool) -> Self {
        Self { kind, ground, committee, steps: Vec::new() }
    }

    /// The last time a step was taken.
    pub fn last(&self, step: Step) -> Option<&Taken> {
        self.steps.iter().rfind(|taken| taken.step == step)
    }

    fn has(&self, step: Step) -> bool {
        self.last(step).is_some()
    }

    /// How often the self-review was demanded.
    pub fn demands(&self) -> usize {
        self.steps.iter().filter(|taken| taken.step == Step::Demanded).count()
    }

    /// The branch may vote on a striking-off: a self-review is there, was refused, or was demanded often enough (EXI-11).
    pub fn reviewed(&self, limits: Limits) -> bool {
        let settled = [Step::Reviewed, Step::ReviewRefused, Step::Unreachable].into_iter().any(|step| self.has(step));
        settled || self.demands() >= limits.demands
    }

    /// The votes at a step, oldest first; impossible ones are left out.
    fn votes(&self, step: Step) -> Vec<Verdict> {
        let of = self.steps.iter().filter(|taken| taken.step == step);
        of.filter_map(|taken| taken.count?.verdict(self.kind, step).ok()).collect()
    }

    /// Whether the decision was for; facts and acts without a vote are.
    fn carried(&self, decided: &Taken) -> bool {
        if !Step::Decided.is_vote(self.kind) {
            return true;
        }
        decided.count.and_then(|count| count.verdict(self.kind, Step::Decided).ok()).is_some_and(|vote| vote.passed())
    }

    /// The decision that is in force.
    pub fn decision(&self, limits: Limits) -> Option<&Taken> {
        let decided = self.last(Step::Decided).filter(|taken| self.carried(taken));
        decided
            .filter(|_| self.proposed(limits))
            .or_else(|| self.last(Step::Registered).filter(|_| self.kind.exempts()))
    }

    /// Whether every proposing body has done its part.
    fn proposed(&self, limits: Limits) -> bool {
        match self.kind {
            Kind::StrikingOff => matches!(self.standing(limits.failures), Some(Progress::AwaitsDecision)),
            Kind::Other | Kind::Request => self.votes(Step::BranchVoted).last().is_some_and(Verdict::passed),
            _ => true,
        }
    }

    /// How far the votes on a striking-off are.
    fn standing(&self, failures: u32) -> Option<Progress> {
        let (branch, committee) = (self.votes(Step::BranchVoted), self.votes(Step::CommitteeVoted));
        let bodies: [&[Verdict]; 2] = [&branch, &committee];
        progress(matter(self.kind), &bodies[..if self.committee { 2 } else { 1 }], None, failures).ok()
    }

    /// Where it stands.
    pub fn phase(&self, limits: Limits) -> Phase {
        if self.has(Step::Withdrawn) {
            return Phase::Withdrawn;
        }
        if self.has(Step::Upheld) || self.has(Step::Overturned) {
            return Phase::Done;
        }
        if self.has(Step::Registered) {
            return Phase::Done;
        }
        if let Some(decided) = self.last(Step::Decided) {
            let settled = |step: &&Step| !self.has(**step);
            return match self.carried(decided) {
                false => Phase::Refused,
                true if ticks(self.kind).0.iter().any(|step| settled(&step)) => Phase::Closing,
                true => Phase::Done,
            };
        }
        match self.kind {
            Kind::Health if !self.has(Step::Confirmed) => Phase::Preparing,
            Kind::Other | Kind::Request => match self.votes(Step::BranchVoted).last() {
                None => Phase::Branch,
                Some(vote) if vote.passed() => Phase::Decision,
                Some(_) => Phase::Refused,
            },
            Kind::StrikingOff if !self.reviewed(limits) => Phase::Preparing,
            Kind::StrikingOff => match self.standing(limits.failures) {
                Some(Progress::AwaitsDecision | Progress::Carried | Progress::Refused) => Phase::Decision,
                Some(Progress::AtBody(1)) => Phase::Committee,
                _ => Phase::Branch,
            },
            _ => Phase::Decision,
        }
    }

    /// Steps that can be taken now.
    pub fn offered(&self, limits: Limits) -> Vec<Step> {
        let missing = |steps: &[Step]| steps.iter().copied().filter(|step| !self.has(*step)).collect::<Vec<_>>();
        let (must, may) = ticks(self.kind);
        let phase = self.phase(limits);
        let mut offered = match phase {
            Phase::Preparing if self.kind == Kind::Health => vec![Step::Confirmed],
            Phase::Preparing => vec![Step::Demanded, Step::Reviewed, Step::ReviewRefused, Step::Unreachable],
            Phase::Branch => vec![Step::BranchVoted],
            Phase::Committee => vec![Step::CommitteeVoted],
            Phase::Decision if self.kind == Kind::Complaint => vec![Step::Upheld, Step::Overturned],
            Phase::Decision => vec![Step::Decided],
            Phase::Closing => [missing(must), missing(may)].concat(),
            Phase::Done => missing(may),
            Phase::Refused | Phase::Withdrawn => Vec::new(),
        };
        if self.steps.is_empty() && self.kind.exempts() {
            offered.push(Step::Registered);
        }
        if phase.undecided() {
            offered.push(Step::Withdrawn);
        }
        offered
    }
}
