//! The steps and their order.

use chibo_kernel::Day;

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$what:meta])* $one:ident = $code:literal, $word:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$what])* $one),* }

        impl $name {
            /// All, in order.
            pub const ALL: &'static [Self] = &[$(Self::$one),*];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$one => $code),* }
            }

            /// From the stored code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }

            /// Key of the word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$one => $word),* }
            }
        }
    };
}

coded! {
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

coded! {
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
        /// The ceremony: from now on a member on probation (MEM-24, MEM-30).
        Admitted = "admitted", "development-step-admitted";
        /// It goes no further.
        Stopped = "stopped", "development-step-stopped";
    }
}

coded! {
    /// A step from probation to recognition.
    Recognition {
        /// The branch voted (MEM-32).
        BranchVoted = "branch-voted", "development-step-branch-voted";
        /// The committee voted (MEM-32).
        CommitteeVoted = "committee-voted", "development-step-committee-voted";
        /// Recognised as official (MEM-31, MEM-33).
        Recognised = "recognised", "development-step-recognised";
    }
}

impl Recognition {
    /// The step after the last one that counts.
    pub const fn after(last: Option<Self>) -> Option<Self> {
        match last {
            None => Some(Self::BranchVoted),
            Some(Self::BranchVoted) => Some(Self::CommitteeVoted),
            Some(Self::CommitteeVoted) => Some(Self::Recognised),
            Some(Self::Recognised) => None,
        }
    }
}

impl Step {
    /// Whether it is a vote.
    pub const fn is_vote(self) -> bool {
        matches!(self, Self::BranchVoted | Self::CommitteeVoted)
    }

    /// Whether it needs the number of a document.
    pub const fn needs_number(self) -> bool {
        matches!(
            self,
            Self::Listed | Self::Certified | Self::BranchVoted | Self::CommitteeVoted | Self::Decided | Self::Admitted
        )
    }

    /// Whether it needs words: who introduced, why it stops.
    pub const fn needs_note(self) -> bool {
        matches!(self, Self::Introduced | Self::Stopped | Self::Renewed)
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
    /// The day of a step that counts; of several the last.
    pub fn day(&self, step: Step) -> Option<Day> {
        self.0.iter().rev().find(|taken| taken.step == step && taken.passed).map(|taken| taken.on)
    }

    /// Whether it was done.
    pub fn done(&self, step: Step) -> bool {
        self.day(step).is_some()
    }

    /// The stage: the last of the main steps that counts; `None` before the list.
    pub fn stage(&self) -> Option<Step> {
        if self.done(Step::Stopped) {
            return Some(Step::Stopped);
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

    /// Steps that can be taken now, in order.
    pub fn next(&self) -> Vec<Step> {
        let open = |steps: &[Step]| -> Vec<Step> {
            let mut next: Vec<Step> = steps.iter().copied().filter(|step| !self.done(*step)).collect();
            next.push(Step::Stopped);
            next
        };
        match self.stage() {
            Some(Step::Stopped | Step::Admitted) => Vec::new(),
            None => open(&[Step::Listed]),
            Some(Step::Listed) => open(&[Step::Certified]),
            Some(Step::Certified) => open(&[Step::Opened]),
            Some(Step::Opened) => {
                let mut next = open(&[Step::Introduced, Step::Verified, Step::Heard]);
                if next.len() == 1 {
                    next.insert(0, Step::BranchVoted);
                }
                next.insert(next.len() - 1, Step::Renewed);
                next
            }
            Some(Step::BranchVoted) => open(&[Step::CommitteeVoted]),
            Some(Step::CommitteeVoted) => open(&[Step::Decided]),
            _ => vec![Step::Admitted, Step::Stopped],
        }
    }
}
