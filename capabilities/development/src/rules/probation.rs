//! From probation: to recognition (MEM-31…33) or to striking-off (MEM-34), each by branch, base committee, decision.

use super::step::Taken;

chibo_kernel::coded! {
    /// A step from probation.
    Recognition {
        /// The branch voted to recognise (MEM-32).
        BranchVoted = "branch-voted", "development-step-branch-voted";
        /// The base committee voted to recognise (MEM-32).
        CommitteeVoted = "committee-voted", "development-step-committee-voted";
        /// Recognised as official (MEM-31, MEM-33).
        Recognised = "recognised", "development-step-recognised";
        /// The time to decide is longer in a special case, with the reason (MEM-33).
        Extended = "extended", "development-step-extended";
        /// A decision against him was notified (MEM-33).
        Notified = "notified", "development-step-recognition-notified";
        /// The recognition was announced at a meeting of the branch (MEM-33).
        Announced = "announced", "development-step-announced";
        /// The branch voted to strike off (MEM-34).
        StrikeBranch = "strike-branch-voted", "development-step-strike-branch";
        /// The base committee voted to strike off (MEM-34).
        StrikeCommittee = "strike-committee-voted", "development-step-strike-committee";
        /// The recognition was cancelled: done again from the branch's vote on (MEM-41).
        RedoBranch = "redo-branch", "development-step-redo-branch";
        /// The same from the base committee's vote on.
        RedoCommittee = "redo-committee", "development-step-redo-committee";
        /// The same from the decision on.
        RedoDecision = "redo-decision", "development-step-redo-decision";
        /// Struck off the list (xoá tên): no longer a member (MEM-34).
        StruckOff = "struck-off", "development-step-struck-off";
    }
}

/// Where a vote leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// To full membership.
    Recognition,
    /// Out of the Party.
    StrikingOff,
}

impl Line {
    /// Branch, base committee, decision.
    pub const fn steps(self) -> [Recognition; 3] {
        match self {
            Self::Recognition => [Recognition::BranchVoted, Recognition::CommitteeVoted, Recognition::Recognised],
            Self::StrikingOff => [Recognition::StrikeBranch, Recognition::StrikeCommittee, Recognition::StruckOff],
        }
    }
}

impl Recognition {
    /// Where it leads.
    pub const fn line(self) -> Line {
        match self {
            Self::StrikeBranch | Self::StrikeCommittee | Self::StruckOff => Line::StrikingOff,
            _ => Line::Recognition,
        }
    }

    /// Whether it is a vote.
    pub const fn is_vote(self) -> bool {
        !matches!(self, Self::Extended | Self::Notified | Self::Announced) && self.redone_from().is_none()
    }

    /// From which vote on everything is done again after it (MEM-41).
    pub const fn redone_from(self) -> Option<Self> {
        match self {
            Self::RedoBranch => Some(Self::BranchVoted),
            Self::RedoCommittee => Some(Self::CommitteeVoted),
            Self::RedoDecision => Some(Self::Recognised),
            _ => None,
        }
    }

    /// Where it stands among what may have to be done again; 0 for what never has.
    const fn rank(self) -> u8 {
        match self {
            Self::BranchVoted => 1,
            Self::CommitteeVoted => 2,
            Self::Recognised | Self::Extended | Self::Notified | Self::Announced => 3,
            _ => 0,
        }
    }

    /// Whether it is the vote that decides.
    pub const fn decides(self) -> bool {
        matches!(self, Self::Recognised | Self::StruckOff)
    }

    /// Whether the branch takes it.
    pub const fn of_branch(self) -> bool {
        matches!(self, Self::BranchVoted | Self::StrikeBranch)
    }
}

/// What was done since the ceremony, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Road(pub Vec<Taken<Recognition>>);

impl Road {
    /// What still counts: of a recognition that was cancelled only what is not done again (MEM-41).
    fn counted(&self) -> impl DoubleEndedIterator<Item = &Taken<Recognition>> {
        let voids = |later: &Taken<Recognition>, rank: u8| {
            let from = later.step.redone_from().map(Recognition::rank);
            from.is_some_and(|from| rank >= from)
        };
        let stands = move |(at, taken): &(usize, &Taken<Recognition>)| {
            !self.0.iter().skip(at + 1).any(|later| voids(later, taken.step.rank()))
        };
        self.0.iter().enumerate().filter(stands).map(|(_, taken)| taken)
    }

    /// How the last votes of a step ended: whether it passed, and how often it failed in a row.
    fn last(&self, step: Recognition) -> (bool, u32) {
        let votes = || self.counted().rev().filter(|taken| taken.step == step);
        let passed = votes().next().is_some_and(|taken| taken.passed);
        (passed, votes().take_while(|taken| !taken.passed).count() as u32)
    }

    /// Whether a body is done with a step: it passed, or failed as often in a row as sends the case up regardless.
    pub fn settled(&self, step: Recognition, limit: u32) -> bool {
        let (passed, failed) = self.last(step);
        passed || (!step.decides() && failed >= limit)
    }

    /// Whether the case goes up although the last votes failed.
    pub fn regardless(&self, step: Recognition, limit: u32) -> bool {
        self.settled(step, limit) && !self.last(step).0
    }

    /// The step that ended it: recognised or struck off.
    pub fn ended(&self) -> Option<Recognition> {
        self.counted().find(|taken| taken.step.decides() && taken.passed).map(|taken| taken.step)
    }

    /// The next step of a line.
    fn open(&self, line: Line, limit: u32) -> Option<Recognition> {
        line.steps().into_iter().find(|step| !self.settled(*step, limit))
    }

    /// Whether a line is under way: its branch is done, and nobody above has turned it down last.
    fn under_way(&self, line: Line, limit: u32) -> bool {
        let [branch, ..] = line.steps();
        self.settled(branch, limit) && self.open(line, limit).is_some_and(|next| self.last(next).1 == 0)
    }

    /// Steps that can be taken now. A case that is under way on one line is not opened on the other.
    pub fn next(&self, limit: u32) -> Vec<Recognition> {
        if let Some(ended) = self.ended() {
            let told = self.counted().any(|taken| taken.step == Recognition::Announced);
            let announce = ended == Recognition::Recognised && !told;
            return announce.then_some(Recognition::Announced).into_iter().collect();
        }
        let lines = [(Line::Recognition, Line::StrikingOff), (Line::StrikingOff, Line::Recognition)];
        let free = lines.into_iter().filter(|(_, other)| !self.under_way(*other, limit));
        let mut next: Vec<_> = free.filter_map(|(line, _)| self.open(line, limit)).collect();
        if self.branch_recognised().is_some() && self.extended().is_none() {
            next.push(Recognition::Extended);
        }
        let answered = |taken: &&Taken<Recognition>| taken.step.decides() || taken.step == Recognition::Notified;
        if self.counted().rev().find(answered).is_some_and(|taken| taken.step.decides() && !taken.passed) {
            next.push(Recognition::Notified);
        }
        next
    }

    /// The day on which the time to decide was made longer (MEM-33).
    pub fn extended(&self) -> Option<chibo_kernel::Day> {
        self.counted().rev().find(|taken| taken.step == Recognition::Extended).map(|taken| taken.on)
    }

    /// The day the branch voted last to recognise, while nothing has ended it.
    pub fn branch_recognised(&self) -> Option<chibo_kernel::Day> {
        let votes = self.counted().rev().filter(|taken| taken.step == Recognition::BranchVoted && taken.passed);
        votes.map(|taken| taken.on).next().filter(|_| self.ended().is_none())
    }
}
