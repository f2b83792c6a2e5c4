//! The steps of cases.

use super::Kind;

chibo_kernel::coded! {
    /// A step.
    Step {
        /// Health confirmed by a doctor or, from 80 years on, by the branch (EXI-01).
        Confirmed = "confirmed", "leaving-step-confirmed";
        /// An exemption that held already is entered in the book.
        Registered = "registered", "leaving-step-registered";
        /// The self-review was demanded (EXI-11).
        Demanded = "demanded", "leaving-step-demanded";
        /// The self-review was handed in.
        Reviewed = "reviewed", "leaving-step-reviewed";
        /// The self-review was refused.
        ReviewRefused = "review-refused", "leaving-step-review-refused";
        /// The member cannot be reached (SCR-10).
        Unreachable = "unreachable", "leaving-step-unreachable";
        /// The branch voted.
        BranchVoted = "branch-voted", "leaving-step-branch-voted";
        /// The base committee voted.
        CommitteeVoted = "committee-voted", "leaving-step-committee-voted";
        /// Whoever decides decided.
        Decided = "decided", "leaving-step-decided";
        /// The committee above was told.
        Informed = "informed", "leaving-step-informed";
        /// The decision was handed to the member; the time to complain begins (EXI-12).
        Delivered = "delivered", "leaving-step-delivered";
        /// The card came back (EXI-15).
        CardReturned = "card-returned", "leaving-step-card-returned";
        /// The badges came back, or there were none (EXI-15).
        BadgeReturned = "badge-returned", "leaving-step-badge-returned";
        /// The dossier went to the committee above (EXI-14, EXI-15).
        DossierSent = "dossier-sent", "leaving-step-dossier-sent";
        /// The committee above was told of the death (EXI-14).
        NoticeSent = "notice-sent", "leaving-step-notice-sent";
        /// The family keeps the card (EXI-14).
        CardKept = "card-kept", "leaving-step-card-kept";
        /// Party age was certified on request (EXI-13).
        CertificateGiven = "certificate-given", "leaving-step-certificate";
        /// The striking-off stays.
        Upheld = "upheld", "leaving-step-upheld";
        /// The striking-off was wrong.
        Overturned = "overturned", "leaving-step-overturned";
        /// The card was given back to whoever was restored.
        CardGivenBack = "card-given-back", "leaving-step-card-given-back";
        /// Fees were paid for the time between (MEM-42).
        FeesSettled = "fees-settled", "leaving-step-fees-settled";
        /// The case was stopped before a decision.
        Withdrawn = "withdrawn", "leaving-step-withdrawn";
    }
}

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The branch.
    Branch,
    /// The base committee; the branch's own where it is a base branch.
    Committee,
    /// The committee that decides on removal.
    Decider,
    /// Whoever handles the complaint.
    Handler,
}

impl Step {
    /// Who takes it in a case of a kind.
    pub const fn actor(self, kind: Kind) -> Actor {
        match (self, kind) {
            (Self::Upheld | Self::Overturned, _) | (Self::Withdrawn, Kind::Complaint) => Actor::Handler,
            (Self::Decided, Kind::StrikingOff | Kind::Request | Kind::Restoration)
            | (Self::Withdrawn, Kind::Restoration) => Actor::Decider,
            (Self::Decided, Kind::Other | Kind::Expulsion)
            | (Self::CommitteeVoted | Self::Delivered | Self::DossierSent | Self::CertificateGiven, _)
            | (Self::CardGivenBack, _) => Actor::Committee,
            _ => Actor::Branch,
        }
    }

    /// The rule behind it.
    pub const fn rule(self, kind: Kind) -> &'static str {
        match self {
            Self::Confirmed => "EXI-01",
            Self::Registered | Self::Withdrawn => kind.rule(),
            Self::Demanded | Self::Reviewed | Self::ReviewRefused => "EXI-11",
            Self::Unreachable => "SCR-10",
            Self::BranchVoted | Self::CommitteeVoted | Self::Decided => match kind {
                Kind::StrikingOff => "X-07",
                Kind::Other | Kind::Health | Kind::Request => "X-06",
                _ => kind.rule(),
            },
            Self::Informed => "EXI-01",
            Self::Delivered | Self::Upheld | Self::Overturned => "EXI-12",
            Self::CardReturned | Self::BadgeReturned => "EXI-15",
            Self::DossierSent => match kind {
                Kind::Death => "EXI-14",
                _ => "EXI-15",
            },
            Self::NoticeSent | Self::CardKept => "EXI-14",
            Self::CertificateGiven => "EXI-13",
            Self::CardGivenBack | Self::FeesSettled => "MEM-42",
        }
    }

    /// It is a vote in a case of a kind.
    pub const fn is_vote(self, kind: Kind) -> bool {
        match self {
            Self::BranchVoted | Self::CommitteeVoted => true,
            Self::Decided => matches!(kind, Kind::Health | Kind::Other | Kind::StrikingOff | Kind::Request),
            _ => false,
        }
    }

    /// Members vote, not a committee.
    pub fn members_vote(self, kind: Kind) -> bool {
        self.is_vote(kind) && self.actor(kind) == Actor::Branch
    }

    /// A paper with a number belongs to it.
    pub const fn needs_number(self) -> bool {
        matches!(self, Self::BranchVoted | Self::CommitteeVoted | Self::Decided | Self::Upheld | Self::Overturned)
    }

    /// It must be said why.
    pub const fn needs_note(self) -> bool {
        matches!(self, Self::ReviewRefused | Self::Unreachable | Self::Withdrawn | Self::Overturned)
    }
}

/// What remains to be done after the decision: what must, what may.
pub const fn ticks(kind: Kind) -> (&'static [Step], &'static [Step]) {
    use Step::{BadgeReturned, CardGivenBack, CardKept, CardReturned, CertificateGiven, Delivered, DossierSent};
    use Step::{FeesSettled, Informed, NoticeSent};
    match kind {
        Kind::Health | Kind::Return => (&[Informed], &[]),
        Kind::Other | Kind::Complaint => (&[], &[]),
        Kind::StrikingOff => (&[Delivered, CardReturned, BadgeReturned, DossierSent], &[]),
        Kind::Request => (&[Delivered, CardReturned, DossierSent], &[CertificateGiven]),
        Kind::Death => (&[NoticeSent, DossierSent], &[CardKept]),
        Kind::Expulsion => (&[CardReturned, BadgeReturned, DossierSent], &[]),
        Kind::Restoration => (&[CardGivenBack, FeesSettled], &[]),
    }
}
