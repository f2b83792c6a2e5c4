//! The steps and their order.

use chibo_kernel::Day;

chibo_kernel::coded! {
    /// Where somebody was found (nguồn).
    Source {
        /// Youth Union (Đoàn Thanh niên).
        Youth = "youth", "development-source-youth";
        /// Trade union (Công đoàn).
        Union = "union", "development-source-union";
        /// Women's Union, Farmers' Association, veterans and others (đoàn thể khác).
        Other = "other", "development-source-other";
        /// Workers in enterprises outside the state (công nhân, doanh nghiệp ngoài nhà nước).
        Enterprise = "enterprise", "development-source-enterprise";
        /// Students, pupils, teachers (trường học).
        School = "school", "development-source-school";
        /// The quarter or hamlet (khu phố, ấp).
        Quarter = "quarter", "development-source-quarter";
    }
}

chibo_kernel::coded! {
    /// A step on the way in.
    Step {
        /// On the sympathiser list by monthly resolution (MEM-03).
        Listed = "listed", "development-step-listed";
        /// Certificate of the awareness class (MEM-05).
        Certified = "certified", "development-step-certified";
        /// The file is opened (MEM-13, MEM-16).
        Opened = "opened", "development-step-opened";
        /// Introduced by those who may (MEM-10, MEM-12).
        Introduced = "introduced", "development-step-introduced";
        /// Verified (MEM-14, MEM-15).
        Verified = "verified", "development-step-verified";
        /// Opinions of mass organisations and residence (MEM-17).
        Heard = "heard", "development-step-heard";
        /// A file older than twelve months was redone (MEM-16).
        Renewed = "renewed", "development-step-renewed";
        /// The branch voted (MEM-18).
        BranchVoted = "branch-voted", "development-step-branch-voted";
        /// The base committee voted (MEM-19).
        CommitteeVoted = "committee-voted", "development-step-committee-voted";
        /// Decided (MEM-20, MEM-21).
        Decided = "decided", "development-step-decided";
        /// The time to decide is longer in a special case, with the reason (MEM-21).
        Extended = "extended", "development-step-extended";
        /// A decision against him was notified (MEM-21).
        Notified = "notified", "development-step-notified";
        /// The branch received the decision (MEM-24).
        Received = "received", "development-step-received";
        /// He moves to another place: a transfer note (MEM-22).
        Moved = "moved", "development-step-moved";
        /// The file was forwarded to the new place (MEM-22).
        Forwarded = "forwarded", "development-step-forwarded";
        /// The new place reported why it takes longer (MEM-22).
        Delayed = "delayed", "development-step-delayed";
        /// A decision that came too late after the move was cancelled (MEM-22).
        Cancelled = "cancelled", "development-step-cancelled";
        /// The admission was cancelled for a missing standard: struck off (MEM-41).
        Annulled = "annulled", "development-step-annulled";
        /// The admission was cancelled for its form: done again from the branch's vote on (MEM-41).
        RedoBranch = "redo-branch", "development-step-redo-branch";
        /// The same from the base committee's vote on.
        RedoCommittee = "redo-committee", "development-step-redo-committee";
        /// The same from the decision on.
        RedoDecision = "redo-decision", "development-step-redo-decision";
        /// The ceremony: from now on a member on probation (MEM-24, MEM-30).
        Admitted = "admitted", "development-step-admitted";
        /// It goes no further.
        Stopped = "stopped", "development-step-stopped";
    }
}

impl Step {
    /// Whether it is a vote: of the branch, of the base committee, of the body that decides.
    pub const fn is_vote(self) -> bool {
        matches!(self, Self::BranchVoted | Self::CommitteeVoted | Self::Decided)
    }

    /// Whether it is the vote that decides (MEM-20).
    pub const fn decides(self) -> bool {
        matches!(self, Self::Decided)
    }

    /// Whether it needs the number of a document.
    pub const fn needs_number(self) -> bool {
        matches!(
            self,
            Self::Listed
                | Self::Certified
                | Self::BranchVoted
                | Self::CommitteeVoted
                | Self::Decided
                | Self::Notified
                | Self::Moved
                | Self::Cancelled
                | Self::Admitted
        )
    }

    /// From which vote on everything is done again after it (MEM-41).
    pub const fn redone_from(self) -> Option<Self> {
        match self {
            Self::RedoBranch => Some(Self::BranchVoted),
            Self::RedoCommittee => Some(Self::CommitteeVoted),
            Self::RedoDecision => Some(Self::Decided),
            _ => None,
        }
    }

    /// Where it stands among what may have to be done again; 0 for what never has.
    const fn rank(self) -> u8 {
        match self {
            Self::BranchVoted => 1,
            Self::CommitteeVoted => 2,
            Self::Decided | Self::Extended | Self::Notified | Self::Received | Self::Cancelled => 3,
            Self::Admitted => 4,
            _ => 0,
        }
    }

    /// Whether it needs words: why it stops, what was redone.
    pub const fn needs_note(self) -> bool {
        matches!(self, Self::Stopped | Self::Renewed | Self::Heard | Self::Extended | Self::Notified | Self::Delayed)
    }
}

/// A step as taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken<S> {
    /// Which.
    pub step: S,
    /// On which day.
    pub on: Day,
    /// Of a vote: whether it passed; of others true.
    pub passed: bool,
}

/// What was done for one candidate, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course(pub Vec<Taken<Step>>);

impl Course {
    /// The day of a step that counts; of several the last. A decision that was cancelled no longer does (MEM-22).
    pub fn day(&self, step: Step) -> Option<Day> {
        let all = self.0.as_slice();
        let cancelled = all.iter().rposition(|taken| taken.step == Step::Cancelled).map_or(0, |at| at + 1);
        let first = if matches!(step, Step::Decided | Step::Received) { cancelled } else { 0 };
        all.get(first.max(self.redone_until(step))..)?
            .iter()
            .rev()
            .find(|taken| taken.step == step && taken.passed)
            .map(|taken| taken.on)
    }

    /// Up to where a step was voided by a cancelled admission (MEM-41).
    fn redone_until(&self, step: Step) -> usize {
        let voids = |taken: &Taken<Step>| {
            let from = taken.step.redone_from().map(Step::rank);
            from.is_some_and(|from| step.rank() >= from)
        };
        self.0.iter().rposition(voids).map_or(0, |at| at + 1)
    }

    /// Whether it was done.
    pub fn done(&self, step: Step) -> bool {
        self.day(step).is_some()
    }

    /// The stage: the last of the main steps that counts; `None` before the list.
    pub fn stage(&self) -> Option<Step> {
        if let Some(end) = [Step::Annulled, Step::Stopped].into_iter().find(|step| self.done(*step)) {
            return Some(end);
        }
        let main = [
            Step::Listed,
            Step::Certified,
            Step::Opened,
            Step::BranchVoted,
            Step::CommitteeVoted,
            Step::Decided,
            Step::Admitted,
        ];
        main.into_iter().rev().find(|step| self.done(*step))
    }

    /// Whether the last decision was against him and nobody has told him yet (MEM-21).
    pub fn unnotified(&self) -> bool {
        let last = self.0.iter().rev().find(|taken| matches!(taken.step, Step::Decided | Step::Notified));
        last.is_some_and(|taken| taken.step == Step::Decided && !taken.passed)
    }

    /// Steps that can be taken now, in order. Before the branch has voted a new certificate may replace one whose
    /// sixty months are over (MEM-05).
    pub fn next(&self) -> Vec<Step> {
        let open = |steps: &[Step]| -> Vec<Step> {
            let mut next: Vec<Step> = steps.iter().copied().filter(|step| !self.done(*step)).collect();
            next.push(Step::Stopped);
            next
        };
        let next = match self.stage() {
            Some(Step::Stopped | Step::Annulled | Step::Admitted) => Vec::new(),
            None => open(&[Step::Listed]),
            Some(Step::Listed) => open(&[Step::Certified]),
            Some(Step::Certified) => vec![Step::Opened, Step::Certified, Step::Stopped],
            Some(Step::Opened) => {
                let mut next = open(&[Step::Introduced, Step::Verified, Step::Heard]);
                if next.len() == 1 {
                    next.insert(0, Step::BranchVoted);
                }
                let last = next.len() - 1;
                next.splice(last..last, [Step::Renewed, Step::Certified]);
                next
            }
            Some(Step::BranchVoted) => open(&[Step::CommitteeVoted, Step::Extended]),
            Some(Step::CommitteeVoted) if self.unnotified() => {
                let mut next = open(&[Step::Decided, Step::Extended]);
                next.insert(1, Step::Notified);
                next
            }
            Some(Step::CommitteeVoted) => open(&[Step::Decided, Step::Extended]),
            _ => open(&[Step::Admitted, Step::Received]),
        };
        self.after_move(next)
    }
}
