//! Votes as they stand in the minutes, turned into the kernel's verdicts (X-03, X-05… ).

use chibo_kernel::Id;
use chibo_kernel::votes::{
    Ballots, Matter, MemberKind, Occasion, Reason, RollEntry, Stage, Verdict, VoteError, VotingForm, decide,
    denominator_of_committee, denominator_of_members,
};

use super::{Kind, Step};

/// More people than any branch or committee has.
const MOST: u32 = 5_000;

/// A count from the minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Ballot or raised card.
    pub form: VotingForm,
    /// Official members summoned, or members of the committee.
    pub listed: u32,
    /// Of them on temporary transfer elsewhere, or exempted, and absent.
    pub away: u32,
    /// Of them suspended, prosecuted or detained.
    pub barred: u32,
    /// For.
    pub yes: u32,
    /// Against.
    pub no: u32,
}

/// What is voted on in a case of a kind.
pub const fn matter(kind: Kind) -> Matter {
    match kind {
        Kind::StrikingOff => Matter::StrikingOff,
        _ => Matter::Ordinary,
    }
}

impl Count {
    /// The verdict of a vote at a step.
    ///
    /// # Errors
    /// Impossible counts.
    pub fn verdict(self, kind: Kind, step: Step) -> Result<Verdict, VoteError> {
        let (listed, away) = (self.listed.min(MOST), self.away.min(self.listed));
        let barred = self.barred.min(self.listed - away);
        let entry = |no: u32| {
            let mut bytes = [0; 16];
            bytes[12..].copy_from_slice(&no.to_be_bytes());
            let (present, reasons) = match no {
                no if no < away => (false, vec![Reason::TemporarilyElsewhere]),
                no if no < away + barred => (false, vec![Reason::Suspended]),
                _ => (true, Vec::new()),
            };
            RollEntry { person: Id::from_bytes(bytes), kind: MemberKind::Official, present, reasons }
        };
        let roll: Vec<_> = (0..listed).map(entry).collect();
        let base = match step.members_vote(kind) {
            true => denominator_of_members(&roll, Occasion::Meeting),
            false => denominator_of_committee(&roll),
        };
        let stage = if step == Step::Decided { Stage::Deciding } else { Stage::Proposing };
        decide(matter(kind), stage, self.form, base, Ballots { yes: self.yes, no: self.no, ..Ballots::default() })
    }

    /// That the parts taken out are not more than the whole.
    pub const fn adds_up(self) -> bool {
        self.listed <= MOST && self.away as u64 + self.barred as u64 <= self.listed as u64
    }
}
