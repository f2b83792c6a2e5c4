//! The votes on a removal with their exact denominators.

use chibo_kernel::votes::{
    Ballots, Matter, MemberKind, Occasion, Reason, RollEntry, Stage, Verdict, VoteError, VotingForm, decide,
    denominator_of_committee, denominator_of_members,
};
use chibo_kernel::{Id, Person};

/// Most people on one roll; a greater number is a slip of the pen.
const MOST: u32 = 20_000;

/// Who votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// The branch proposes: official members.
    Branch,
    /// The committee proposes.
    Committee,
    /// The standing committee decides.
    Decider,
}

/// What the minutes of a vote say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roll {
    /// How it was voted.
    pub form: VotingForm,
    /// Official members of the branch, or members of the committee.
    pub listed: u32,
    /// Of them suspended, prosecuted or detained.
    pub barred: u32,
    /// Of them on temporary transfer or exempted, and absent.
    pub away: u32,
    /// Present.
    pub present: u32,
    /// What was cast.
    pub ballots: Ballots,
}

/// Somebody on the roll: only the number matters.
fn person(place: u32) -> Id<Person> {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(place.to_be_bytes()) {
        *to = from;
    }
    Id::from_bytes(bytes)
}

impl Roll {
    /// Whether those taken out and those present are more than the roll holds.
    pub const fn overflows(&self) -> bool {
        self.listed > MOST || self.barred as u64 + self.away as u64 + self.present as u64 > self.listed as u64
    }

    /// The verdict with its reckoning.
    ///
    /// # Errors
    /// Counts that cannot be.
    pub fn verdict(&self, body: Body) -> Result<Verdict, VoteError> {
        let barred = self.barred;
        let away = barred.saturating_add(self.away);
        let present = away.saturating_add(self.present);
        let entry = |place: u32| RollEntry {
            person: person(place),
            kind: MemberKind::Official,
            present: place >= away && place < present,
            reasons: match place {
                _ if place < barred => vec![Reason::Suspended],
                _ if place < away => vec![Reason::TemporarilyElsewhere],
                _ => Vec::new(),
            },
        };
        let roll: Vec<_> = (0..self.listed.min(MOST)).map(entry).collect();
        let (base, stage) = match body {
            Body::Branch => (denominator_of_members(&roll, Occasion::Meeting), Stage::Proposing),
            Body::Committee => (denominator_of_committee(&roll), Stage::Proposing),
            Body::Decider => (denominator_of_committee(&roll), Stage::Deciding),
        };
        decide(Matter::StrikingOff, stage, self.form, base, self.ballots)
    }
}
