//! The state machine of a case: papers, decisions, coming into force, closing (ORG-11, ORG-12, ORG-15, ORG-16, X-08).

use chibo_organisation::kinds::Kind;

use super::{CaseKind, Route, Step};

/// What a case needs, by what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// What shall happen.
    pub kind: CaseKind,
    /// Kind of the unit.
    pub unit_kind: Kind,
    /// Prior consent of the directly higher committee is needed (ORG-04).
    pub consent: bool,
    /// How far a transfer goes (ORG-16).
    pub route: Route,
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Papers are missing.
    Preparing,
    /// The papers are complete; a decision is awaited.
    Ready,
    /// Handed over by decision, not yet accepted or not yet signed for by both sides (ORG-16).
    InTransit,
    /// Decided; the day has not come, or coming into force was refused.
    Waiting,
    /// In force; members, dossiers, seal or reports must be seen to. Of a temporary branch: it works.
    Closing,
    /// Everything is done.
    Done,
    /// Withdrawn.
    Withdrawn,
}

impl Phase {
    /// All.
    pub const ALL: [Self; 7] =
        [Self::Preparing, Self::Ready, Self::InTransit, Self::Waiting, Self::Closing, Self::Done, Self::Withdrawn];

    /// As stored and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Ready => "ready",
            Self::InTransit => "in-transit",
            Self::Waiting => "waiting",
            Self::Closing => "closing",
            Self::Done => "done",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Preparing => "lifecycle-phase-preparing",
            Self::Ready => "lifecycle-phase-ready",
            Self::InTransit => "lifecycle-phase-in-transit",
            Self::Waiting => "lifecycle-phase-waiting",
            Self::Closing => "lifecycle-phase-closing",
            Self::Done => "lifecycle-phase-done",
            Self::Withdrawn => "lifecycle-phase-withdrawn",
        }
    }

    /// Colour class of the tag.
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Preparing | Self::Ready => "warn",
            Self::InTransit | Self::Waiting | Self::Closing => "gold",
            Self::Done => "ok",
            Self::Withdrawn => "",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.code() == code)
    }

    /// Something is still to be done.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Withdrawn)
    }

    /// It has not come into force and may still be withdrawn.
    pub const fn is_before(self) -> bool {
        matches!(self, Self::Preparing | Self::Ready | Self::InTransit | Self::Waiting)
    }

    /// What is proposed may still be changed.
    pub const fn is_draft(self) -> bool {
        matches!(self, Self::Preparing | Self::Ready)
    }
}

/// The papers that must be there before a decision, in their order.
pub fn papers(needs: &Needs) -> Vec<Step> {
    let mut list = match needs.kind {
        // A branch divides itself: its own proposal is enough (ORG-05).
        CaseKind::Founding if needs.unit_kind == Kind::Group => vec![Step::Proposal],
        CaseKind::Founding => vec![Step::UnitDecision, Step::MemberList, Step::Request, Step::Proposal],
        CaseKind::Temporary => vec![Step::MemberList, Step::Request],
        CaseKind::Transfer | CaseKind::Disbandment => vec![Step::Proposal],
        CaseKind::Dissolution => vec![Step::MemberList, Step::Proposal],
    };
    if needs.kind == CaseKind::Founding && needs.consent {
        list.push(Step::Consent);
    }
    if needs.route == Route::Provinces {
        list.push(Step::CentralConsent);
    }
    list
}

/// The decisions, in the order in which they follow each other; minutes of both sides in any order.
pub fn decisions(needs: &Needs) -> &'static [Step] {
    match needs.kind {
        CaseKind::Disbandment => &[Step::ProposingVote, Step::DecidingVote, Step::Decided],
        CaseKind::Transfer if needs.route != Route::Inside => {
            &[Step::Decided, Step::Accepted, Step::HandedOver, Step::TakenOver]
        }
        _ => &[Step::Decided],
    }
}

/// What remains once it is in force; of each group one is enough.
pub fn closing(needs: &Needs) -> &'static [&'static [Step]] {
    const SEAL: &[Step] = &[Step::SealRequested, Step::NoSeal];
    const COLLECTED: &[Step] = &[Step::SealCollected, Step::NoSeal];
    match needs.kind {
        CaseKind::Founding if needs.unit_kind == Kind::Group => &[&[Step::Reported]],
        // A section organisation has no seal (ORG-06).
        CaseKind::Founding if needs.unit_kind == Kind::Section => &[&[Step::Reported], &[Step::Minutes]],
        CaseKind::Founding => &[&[Step::Reported], SEAL, &[Step::Minutes]],
        CaseKind::Temporary => &[&[Step::Reported], &[Step::Ended]],
        CaseKind::Transfer => &[&[Step::Reported]],
        CaseKind::Dissolution | CaseKind::Disbandment if needs.unit_kind == Kind::Section => {
            &[&[Step::MembersMoved], &[Step::DossiersCollected], &[Step::Reported]]
        }
        CaseKind::Dissolution | CaseKind::Disbandment => {
            &[&[Step::MembersMoved], &[Step::DossiersCollected], COLLECTED, &[Step::Reported]]
        }
    }
}

/// Where a case stands after these steps.
pub fn phase(needs: &Needs, taken: &[Step]) -> Phase {
    let done = |step: &Step| taken.contains(step);
    if done(&Step::Withdrawn) {
        return Phase::Withdrawn;
    }
    if done(&Step::InForce) {
        let closed = closing(needs).iter().all(|group| group.iter().any(done));
        return if closed { Phase::Done } else { Phase::Closing };
    }
    if decisions(needs).iter().all(done) {
        return Phase::Waiting;
    }
    if done(&Step::Decided) {
        return Phase::InTransit;
    }
    if papers(needs).iter().all(done) { Phase::Ready } else { Phase::Preparing }
}

/// Whether a step may be taken after these.
pub fn may_take(needs: &Needs, taken: &[Step], step: Step) -> bool {
    let (now, done) = (phase(needs, taken), |step: &Step| taken.contains(step));
    if done(&step) && step != Step::VoteFailed {
        return false;
    }
    let before = |step: Step| decisions(needs).iter().take_while(move |other| **other != step).all(done);
    match step {
        Step::Withdrawn => now.is_before(),
        Step::InForce => now == Phase::Waiting,
        Step::VoteFailed => now == Phase::Ready && needs.kind == CaseKind::Disbandment,
        // Both sides sign the minutes in any order, after both decisions.
        Step::TakenOver => now == Phase::InTransit && done(&Step::Accepted),
        _ if papers(needs).contains(&step) => now == Phase::Preparing,
        _ if decisions(needs).contains(&step) => matches!(now, Phase::Ready | Phase::InTransit) && before(step),
        _ => {
            let group = closing(needs).iter().find(|group| group.contains(&step));
            now == Phase::Closing && group.is_some_and(|group| !group.iter().any(done))
        }
    }
}

#[cfg(test)]
#[path = "course_tests.rs"]
mod tests;
