//! The closed lists: kinds of campaigns, levels, sorts of subjects, posts, reasons of exclusion.

chibo_kernel::coded! {
    /// What a campaign evaluates (EVAL-01).
    CampaignKind {
        /// A year.
        Year = "year", "evaluation-kind-year";
        /// A quarter.
        Quarter = "quarter", "evaluation-kind-quarter";
        /// A term.
        Term = "term", "evaluation-kind-term";
        /// When needed.
        WhenNeeded = "when-needed", "evaluation-kind-when-needed";
    }
}

chibo_kernel::coded! {
    /// A level (EVAL-03), the lowest first so that a ceiling is a minimum.
    Class {
        /// KHTNV: không hoàn thành nhiệm vụ.
        Failed = "failed", "evaluation-class-failed";
        /// HTNV: hoàn thành nhiệm vụ.
        Fulfilled = "fulfilled", "evaluation-class-fulfilled";
        /// HTT: hoàn thành tốt nhiệm vụ.
        Good = "good", "evaluation-class-good";
        /// HTXSNV: hoàn thành xuất sắc nhiệm vụ.
        Excellent = "excellent", "evaluation-class-excellent";
    }
}

impl Class {
    /// The level below; the lowest has none.
    pub const fn below(self) -> Self {
        match self {
            Self::Excellent => Self::Good,
            Self::Good => Self::Fulfilled,
            Self::Fulfilled | Self::Failed => Self::Failed,
        }
    }
}

chibo_kernel::coded! {
    /// Who is evaluated (EVAL-02). One sort decided by one body is a group of the same type and level (EVAL-24).
    Sort {
        /// The committee of a base organisation or above.
        Collective = "collective", "evaluation-sort-collective";
        /// A branch and its committee.
        Branch = "branch", "evaluation-sort-branch";
        /// Secretaries and deputies.
        Leader = "leader", "evaluation-sort-leader";
        /// A member without a leading post.
        Member = "member", "evaluation-sort-member";
    }
}

impl Sort {
    /// Whether it is a person.
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Leader | Self::Member)
    }
}

chibo_kernel::coded! {
    /// The post of a leader (EVAL-26, EVAL-43).
    #[derive(Default)]
    Post {
        /// None.
        #[default]
        None = "none", "evaluation-post-none";
        /// Head of the unit.
        Head = "head", "evaluation-post-head";
        /// Deputy.
        Deputy = "deputy", "evaluation-post-deputy";
    }
}

chibo_kernel::coded! {
    /// Why somebody is not evaluated (EVAL-02).
    Exclusion {
        /// Exempted from work and meetings.
        Exempted = "exempted", "evaluation-excluded-exempted";
        /// Suspended from Party activity.
        Suspended = "suspended", "evaluation-excluded-suspended";
        /// Activity interrupted.
        Interrupted = "interrupted", "evaluation-excluded-interrupted";
        /// Admitted less than six months ago.
        New = "new", "evaluation-excluded-new";
    }
}
