//! What is done in a case, one by one.

/// A step; steps are written down once they are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The decision that creates the administrative unit is there (quyết định thành lập đơn vị, ORG-15).
    UnitDecision,
    /// The list of members is there (danh sách đảng viên).
    MemberList,
    /// The request is there (văn bản đề nghị).
    Request,
    /// The proposal is there (tờ trình, đề án), with the provisional committee when a unit is founded.
    Proposal,
    /// The directly higher committee has consented (ORG-04).
    Consent,
    /// The Central Organisation Commission has consented to a transfer between provinces (ORG-16).
    CentralConsent,
    /// The directly higher committee proposes a disbandment by two thirds.
    ProposingVote,
    /// The committee one level further up decides it by more than half.
    DecidingVote,
    /// A vote did not reach its threshold; it may be held again.
    VoteFailed,
    /// The decision: to found, to dissolve, to disband, to hand over.
    Decided,
    /// The receiver's decision to accept (ORG-16).
    Accepted,
    /// The giver has signed the hand-over minutes.
    HandedOver,
    /// The receiver has signed the hand-over minutes.
    TakenOver,
    /// It came into force: the register of organisations says so.
    InForce,
    /// The decision was reported up, with a copy to the city Organisation Board (ORG-11, ORG-15).
    Reported,
    /// A seal was requested.
    SealRequested,
    /// The organisation has no seal of its own.
    NoSeal,
    /// The hand-over minutes are signed (Mẫu 01-TCĐ).
    Minutes,
    /// The papers of every member's transfer are done (ORG-12).
    MembersMoved,
    /// The dossiers are collected (ORG-12).
    DossiersCollected,
    /// The seal is collected (ORG-12).
    SealCollected,
    /// The temporary branch has ended.
    Ended,
    /// The case was withdrawn before it came into force.
    Withdrawn,
}

impl Step {
    /// All.
    pub const ALL: [Self; 23] = [
        Self::UnitDecision,
        Self::MemberList,
        Self::Request,
        Self::Proposal,
        Self::Consent,
        Self::CentralConsent,
        Self::ProposingVote,
        Self::DecidingVote,
        Self::VoteFailed,
        Self::Decided,
        Self::Accepted,
        Self::HandedOver,
        Self::TakenOver,
        Self::InForce,
        Self::Reported,
        Self::SealRequested,
        Self::NoSeal,
        Self::Minutes,
        Self::MembersMoved,
        Self::DossiersCollected,
        Self::SealCollected,
        Self::Ended,
        Self::Withdrawn,
    ];

    /// As stored and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnitDecision => "unit-decision",
            Self::MemberList => "member-list",
            Self::Request => "request",
            Self::Proposal => "proposal",
            Self::Consent => "consent",
            Self::CentralConsent => "central-consent",
            Self::ProposingVote => "proposing-vote",
            Self::DecidingVote => "deciding-vote",
            Self::VoteFailed => "vote-failed",
            Self::Decided => "decided",
            Self::Accepted => "accepted",
            Self::HandedOver => "handed-over",
            Self::TakenOver => "taken-over",
            Self::InForce => "in-force",
            Self::Reported => "reported",
            Self::SealRequested => "seal-requested",
            Self::NoSeal => "no-seal",
            Self::Minutes => "minutes",
            Self::MembersMoved => "members-moved",
            Self::DossiersCollected => "dossiers-collected",
            Self::SealCollected => "seal-collected",
            Self::Ended => "ended",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::UnitDecision => "lifecycle-step-unit-decision",
            Self::MemberList => "lifecycle-step-member-list",
            Self::Request => "lifecycle-step-request",
            Self::Proposal => "lifecycle-step-proposal",
            Self::Consent => "lifecycle-step-consent",
            Self::CentralConsent => "lifecycle-step-central-consent",
            Self::ProposingVote => "lifecycle-step-proposing-vote",
            Self::DecidingVote => "lifecycle-step-deciding-vote",
            Self::VoteFailed => "lifecycle-step-vote-failed",
            Self::Decided => "lifecycle-step-decided",
            Self::Accepted => "lifecycle-step-accepted",
            Self::HandedOver => "lifecycle-step-handed-over",
            Self::TakenOver => "lifecycle-step-taken-over",
            Self::InForce => "lifecycle-step-in-force",
            Self::Reported => "lifecycle-step-reported",
            Self::SealRequested => "lifecycle-step-seal-requested",
            Self::NoSeal => "lifecycle-step-no-seal",
            Self::Minutes => "lifecycle-step-minutes",
            Self::MembersMoved => "lifecycle-step-members-moved",
            Self::DossiersCollected => "lifecycle-step-dossiers-collected",
            Self::SealCollected => "lifecycle-step-seal-collected",
            Self::Ended => "lifecycle-step-ended",
            Self::Withdrawn => "lifecycle-step-withdrawn",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// A decision with a day on which it comes into force.
    pub const fn is_decision(self) -> bool {
        matches!(self, Self::Decided | Self::Accepted)
    }

    /// A vote with its counts.
    pub const fn is_vote(self) -> bool {
        matches!(self, Self::ProposingVote | Self::DecidingVote)
    }

    /// Has a document whose number must be given.
    pub const fn is_numbered(self) -> bool {
        matches!(
            self,
            Self::UnitDecision
                | Self::Proposal
                | Self::Consent
                | Self::CentralConsent
                | Self::Decided
                | Self::Accepted
                | Self::Reported
        )
    }

    /// Is taken by the program or by itself, never by a form.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::InForce | Self::VoteFailed)
    }
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn codes_round_trip_and_words_follow_them() {
        for step in Step::ALL {
            assert_eq!(Step::from_code(step.code()), Some(step));
            assert_eq!(step.word(), format!("lifecycle-step-{}", step.code()));
        }
        assert_eq!(Step::from_code("burned"), None);
    }
}
