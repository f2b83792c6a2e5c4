//! The way of one member through a campaign: branch assessed → cleared, helped and assessed again, or proposed for
//! removal, voted, decided. States follow from steps; without steps a flag is only a signal.

use chibo_kernel::Day;
use chibo_kernel::votes::{Route, Verdict, route_after};

use super::votes::Body;

chibo_kernel::coded! {
    /// A step.
    Step {
        /// The branch finds the member fit (đủ tư cách).
        Cleared = "cleared", "screening-step-cleared";
        /// Education and help for at most twelve months (giáo dục, giúp đỡ).
        Helped = "helped", "screening-step-helped";
        /// The monthly look at how the help goes.
        Checked = "checked", "screening-step-checked";
        /// Proposed for removal (đề nghị đưa ra khỏi Đảng).
        Proposed = "proposed", "screening-step-proposed";
        /// A self-review was demanded (EXI-11).
        Demanded = "demanded", "screening-step-demanded";
        /// The self-review came.
        Reviewed = "reviewed", "screening-step-reviewed";
        /// The member declined to write one.
        Declined = "declined", "screening-step-declined";
        /// The member cannot be reached (SCR-10).
        Unreachable = "unreachable", "screening-step-unreachable";
        /// The branch voted.
        BranchVoted = "branch-voted", "screening-step-branch-voted";
        /// The committee voted.
        CommitteeVoted = "committee-voted", "screening-step-committee-voted";
        /// The standing committee voted and decided.
        Decided = "decided", "screening-step-decided";
        /// The branch takes the proposal back.
        Withdrawn = "withdrawn", "screening-step-withdrawn";
        /// The member received the decision: the complaint clock runs (SCR-11).
        Informed = "informed", "screening-step-informed";
        /// The member complained (EXI-12).
        Complained = "complained", "screening-step-complained";
        /// The decision stands.
        Upheld = "upheld", "screening-step-upheld";
        /// Moved without handing in papers: the receiving committee struck him off (SCR-04, TRF-12).
        StruckElsewhere = "struck-elsewhere", "screening-step-struck-elsewhere";
        /// Moved without handing in papers, with a valid reason: his life in the Party goes on (nối lại sinh hoạt, SCR-04).
        Reconnected = "reconnected", "screening-step-reconnected";
        /// The decision is revoked, the rights are restored (MEM-42).
        Restored = "restored", "screening-step-restored";
    }
}

chibo_kernel::coded! {
    /// How somebody is removed. Expulsion is discipline, leaving at one's own wish is asked for: neither is decided here.
    Form {
        /// Striking-off (xoá tên).
        StruckOff = "struck-off", "screening-form-struck-off";
        /// The decision of admission is cancelled (huỷ quyết định kết nạp, công nhận), MEM-41.
        Cancelled = "cancelled", "screening-form-cancelled";
    }
}

chibo_kernel::coded! {
    /// Where a member stands in a campaign.
    State {
        /// Not assessed yet.
        Open = "open", "screening-state-open";
        /// Fit.
        Cleared = "cleared", "screening-state-cleared";
        /// Educated and helped until a day.
        Helping = "helping", "screening-state-helping";
        /// Proposed; self-review and vote of the branch.
        Proposed = "proposed", "screening-state-proposed";
        /// Before the committee.
        AtCommittee = "at-committee", "screening-state-at-committee";
        /// Before the standing committee.
        AtDecider = "at-decider", "screening-state-at-decider";
        /// Removed by decision.
        Removed = "removed", "screening-state-removed";
        /// The standing committee decided against.
        Refused = "refused", "screening-state-refused";
        /// The proposal was taken back.
        Withdrawn = "withdrawn", "screening-state-withdrawn";
        /// Removed and restored.
        Restored = "restored", "screening-state-restored";
    }
}

impl State {
    /// Whether a proposal of removal is on its way.
    pub const fn proposed(self) -> bool {
        matches!(self, Self::Proposed | Self::AtCommittee | Self::AtDecider)
    }

    /// Whether somebody still has to act.
    pub const fn pending(self) -> bool {
        self.proposed() || matches!(self, Self::Helping | Self::Refused | Self::Withdrawn)
    }

    /// Whether the member was assessed.
    pub const fn assessed(self) -> bool {
        !matches!(self, Self::Open)
    }
}

impl Step {
    /// Who votes in it.
    pub const fn body(self) -> Option<Body> {
        match self {
            Self::BranchVoted => Some(Body::Branch),
            Self::CommitteeVoted => Some(Body::Committee),
            Self::Decided => Some(Body::Decider),
            _ => None,
        }
    }

    /// Whether it comes after a decision, when the member is none any more.
    pub const fn follows_decision(self) -> bool {
        matches!(self, Self::Informed | Self::Complained | Self::Upheld | Self::Restored | Self::StruckElsewhere)
    }

    /// Whether it is an assessment of the branch, or an outcome that stands for one.
    pub const fn assesses(self) -> bool {
        matches!(self, Self::Cleared | Self::Helped | Self::Proposed) || self.is_outcome()
    }

    /// Whether it writes down what became of somebody whose papers were not handed in (SCR-04).
    pub const fn is_outcome(self) -> bool {
        matches!(self, Self::StruckElsewhere | Self::Reconnected)
    }

    /// Whether a body that decides takes it, which is named (MEM-20).
    pub const fn names_body(self) -> bool {
        matches!(self, Self::Decided | Self::Restored)
    }

    /// Whether a document stands behind it.
    pub const fn needs_number(self) -> bool {
        !matches!(self, Self::Informed | Self::Reviewed)
    }
}

/// What the facts say of somebody who moved and whose papers did not arrive (SCR-04).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trace {
    /// There never was such a fact.
    #[default]
    None,
    /// The papers are still missing.
    Missing,
    /// The fact is gone and he is a member: contact is restored.
    Back,
    /// He is a member no more.
    Left,
}

impl Trace {
    /// From facts of group 3 in the time of a campaign, those still open, and whether he is a member.
    pub const fn of(ever: bool, open: bool, member: bool) -> Self {
        match (ever, open, member) {
            (false, ..) => Self::None,
            (true, _, false) => Self::Left,
            (true, true, true) => Self::Missing,
            (true, false, true) => Self::Back,
        }
    }
}

/// A step as taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub step: Step,
    /// On which day.
    pub on: Day,
    /// Of help: its last day; else [`Day::FOREVER`].
    pub until: Day,
    /// Of a proposal: how.
    pub form: Option<Form>,
    /// Of an assessment: the rules of the flags then.
    pub rules: Vec<String>,
    /// Of a vote: what came of it.
    pub verdict: Option<Verdict>,
}

/// What was done with one member in one campaign, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Steps.
    pub steps: Vec<Taken>,
    /// Failed votes in a row after which the case goes up regardless.
    pub failures: u32,
}

impl Course {
    /// The steps since the last proposal.
    fn case(&self) -> &[Taken] {
        let from = self.steps.iter().rposition(|taken| taken.step == Step::Proposed);
        from.and_then(|from| self.steps.get(from..)).unwrap_or_default()
    }

    /// Whether a body's votes send the case up.
    fn goes_up(&self, step: Step) -> bool {
        let votes: Vec<Verdict> =
            self.case().iter().filter(|taken| taken.step == step).filter_map(|taken| taken.verdict.clone()).collect();
        matches!(route_after(&votes, self.failures), Route::GoesUp | Route::GoesUpRegardless)
    }

    /// Where it stands.
    pub fn state(&self) -> State {
        let turning = |step: Step| step.assesses() || matches!(step, Step::Decided | Step::Withdrawn | Step::Restored);
        let Some(last) = self.steps.iter().rev().find(|taken| turning(taken.step)) else { return State::Open };
        match last.step {
            Step::Cleared | Step::Reconnected => State::Cleared,
            Step::StruckElsewhere => State::Removed,
            Step::Helped => State::Helping,
            Step::Withdrawn => State::Withdrawn,
            Step::Restored => State::Restored,
            Step::Decided if last.verdict.as_ref().is_some_and(Verdict::passed) => State::Removed,
            Step::Decided => State::Refused,
            _ if !self.goes_up(Step::BranchVoted) => State::Proposed,
            _ if !self.goes_up(Step::CommitteeVoted) => State::AtCommittee,
            _ => State::AtDecider,
        }
    }

    /// The last step of a kind since the last assessment of the branch.
    pub fn last(&self, step: Step) -> Option<&Taken> {
        let from = self.steps.iter().rposition(|taken| taken.step.assesses()).unwrap_or(0);
        self.steps.get(from..)?.iter().rev().find(|taken| taken.step == step)
    }

    /// The last assessment of the branch.
    pub fn assessment(&self) -> Option<&Taken> {
        self.steps.iter().rev().find(|taken| taken.step.assesses())
    }

    /// Of help under way: its first day since no other class was given, and its last.
    pub fn help(&self) -> Option<(Day, Day)> {
        if self.state() != State::Helping {
            return None;
        }
        let assessed = self.steps.iter().rev().filter(|taken| taken.step.assesses());
        let helped: Vec<_> = assessed.take_while(|taken| taken.step == Step::Helped).collect();
        Some((helped.last()?.on, helped.first()?.until))
    }

    /// How the member is removed or would be.
    pub fn form(&self) -> Option<Form> {
        match self.assessment().map(|taken| taken.step) {
            Some(Step::StruckElsewhere) => Some(Form::StruckOff),
            _ => self.case().first().and_then(|taken| taken.form),
        }
    }

    /// Whether the branch may vote: a self-review came, was declined, was demanded often enough (EXI-11), or the member
    /// cannot be reached (SCR-10).
    pub fn heard(&self, demands: usize) -> bool {
        let case = self.case();
        let settled = |taken: &Taken| matches!(taken.step, Step::Reviewed | Step::Declined | Step::Unreachable);
        case.iter().any(settled) || case.iter().filter(|taken| taken.step == Step::Demanded).count() >= demands
    }

    /// What can be written down of somebody who moved and whose papers did not arrive, once the facts are so (SCR-04).
    pub fn outcome(&self, trace: Trace) -> Option<Step> {
        let state = self.state();
        match trace {
            Trace::Left if state != State::Removed => Some(Step::StruckElsewhere),
            Trace::Back if !matches!(state, State::Removed | State::Cleared) => Some(Step::Reconnected),
            _ => None,
        }
    }

    /// Steps that can be taken now.
    pub fn offered(&self, demands: usize) -> Vec<Step> {
        use Step::{
            BranchVoted, Checked, Cleared, CommitteeVoted, Complained, Decided, Declined, Demanded, Helped, Informed,
            Proposed, Restored, Reviewed, StruckElsewhere, Unreachable, Upheld, Withdrawn,
        };
        match self.state() {
            State::Open | State::Withdrawn | State::Refused | State::Restored => vec![Cleared, Helped, Proposed],
            State::Cleared => vec![Helped, Proposed],
            State::Helping => vec![Checked, Cleared, Helped, Proposed],
            State::Proposed if self.heard(demands) => vec![BranchVoted, Withdrawn],
            State::Proposed => vec![Demanded, Reviewed, Declined, Unreachable, Withdrawn],
            State::AtCommittee => vec![CommitteeVoted, Withdrawn],
            State::AtDecider => vec![Decided, Withdrawn],
            // The committee that struck him off hears the complaint.
            State::Removed if self.last(StruckElsewhere).is_some() => Vec::new(),
            State::Removed if self.last(Upheld).is_some() => Vec::new(),
            State::Removed if self.last(Complained).is_some() => vec![Upheld, Restored],
            State::Removed if self.last(Informed).is_some() => vec![Complained],
            State::Removed => vec![Informed],
        }
    }
}
