//! The way of one subject: each step follows the one before and is taken by whoever it belongs to (EVAL-30…33).

chibo_kernel::coded! {
    /// Where a subject stands.
    #[derive(Default)]
    State {
        /// Nothing yet.
        #[default]
        Draft = "draft", "evaluation-state-draft";
        /// The self-review is in.
        SelfSubmitted = "self-submitted", "evaluation-state-self-submitted";
        /// Opinions are in.
        Opinions = "opinions", "evaluation-state-opinions";
        /// The meeting was held.
        Met = "meeting", "evaluation-state-meeting";
        /// Voted.
        Voted = "voted", "evaluation-state-voted";
        /// Appraised by the body above.
        Appraised = "appraised", "evaluation-state-appraised";
        /// Decided.
        Decided = "decided", "evaluation-state-decided";
        /// The subject knows.
        Notified = "notified", "evaluation-state-notified";
        /// A complaint waits for its answer.
        Complaint = "complaint", "evaluation-state-complaint";
        /// Final.
        Final = "final", "evaluation-state-final";
    }
}

impl State {
    /// Whether a class stands.
    pub const fn decided(self) -> bool {
        matches!(self, Self::Decided | Self::Notified | Self::Complaint | Self::Final)
    }
}

chibo_kernel::coded! {
    /// A step.
    Step {
        /// Self-review with points and class.
        SelfReview = "self-review", "evaluation-step-self-review";
        /// Opinions of residence, mass organisations, lower bodies.
        Opinion = "opinion", "evaluation-step-opinion";
        /// The collective meeting.
        Meeting = "meeting", "evaluation-step-meeting";
        /// The secret vote.
        Vote = "vote", "evaluation-step-vote";
        /// Appraisal by the body above.
        Appraisal = "appraisal", "evaluation-step-appraisal";
        /// Decision.
        Decision = "decision", "evaluation-step-decision";
        /// Notice.
        Notice = "notice", "evaluation-step-notice";
        /// Complaint (EVAL-32).
        Complaint = "complaint", "evaluation-step-complaint";
        /// Answer of the decider: the class stands or is changed.
        Answer = "answer", "evaluation-step-answer";
        /// Nothing more to come.
        Close = "close", "evaluation-step-close";
    }
}

impl Step {
    /// Whether it belongs to the body that decides, else to the unit of the subject.
    pub const fn above(self) -> bool {
        matches!(self, Self::Appraisal | Self::Decision | Self::Notice | Self::Answer | Self::Close)
    }

    /// Whether it gives a class.
    pub const fn gives_class(self) -> bool {
        matches!(self, Self::SelfReview | Self::Appraisal | Self::Decision | Self::Answer)
    }

    /// Where it leads.
    pub const fn to(self) -> State {
        match self {
            Self::SelfReview => State::SelfSubmitted,
            Self::Opinion => State::Opinions,
            Self::Meeting => State::Met,
            Self::Vote => State::Voted,
            Self::Appraisal => State::Appraised,
            Self::Decision => State::Decided,
            Self::Notice => State::Notified,
            Self::Complaint => State::Complaint,
            Self::Answer | Self::Close => State::Final,
        }
    }
}

/// The steps that may follow.
pub const fn offered(state: State) -> &'static [Step] {
    match state {
        State::Draft => &[Step::SelfReview],
        State::SelfSubmitted => &[Step::Opinion],
        State::Opinions => &[Step::Meeting],
        State::Met => &[Step::Vote],
        State::Voted => &[Step::Appraisal],
        State::Appraised => &[Step::Decision],
        State::Decided => &[Step::Notice],
        State::Notified => &[Step::Complaint, Step::Close],
        State::Complaint => &[Step::Answer],
        State::Final => &[],
    }
}
