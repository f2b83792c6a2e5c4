//! What was cast and in which form.

use crate::problem::{Problem, Said};

/// How the meeting chose to vote (hình thức biểu quyết); the choice is stored with the vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VotingForm {
    /// Secret ballot (bỏ phiếu kín).
    SecretBallot,
    /// Raised Party card (biểu quyết bằng thẻ đảng viên).
    RaisedCard,
}

impl VotingForm {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SecretBallot => "secret-ballot",
            Self::RaisedCard => "raised-card",
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::SecretBallot, Self::RaisedCard].into_iter().find(|form| form.code() == code)
    }
}

/// How a meeting votes on an ordinary decision: as on people, or by show of hands (biểu quyết giơ tay), which
/// never decides on a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrdinaryForm {
    /// Show of hands.
    Hands,
    /// A form that would decide on a person too.
    Formal(VotingForm),
}

impl OrdinaryForm {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] =
        [Self::Hands, Self::Formal(VotingForm::RaisedCard), Self::Formal(VotingForm::SecretBallot)];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hands => "show-of-hands",
            Self::Formal(form) => form.code(),
        }
    }

    /// Reads the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }
}

/// Ballots or cards as counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Ballots {
    /// For (tán thành).
    pub yes: u32,
    /// Against (không tán thành).
    pub no: u32,
    /// Blank ballots; abstentions when cards are raised.
    pub blank: u32,
    /// Invalid ballots (phiếu không hợp lệ).
    pub invalid: u32,
}

impl Ballots {
    /// All that were cast.
    pub fn cast(self) -> u64 {
        u64::from(self.yes) + u64::from(self.no) + u64::from(self.blank) + u64::from(self.invalid)
    }

    /// Refuses more ballots than there are people present who may vote.
    pub fn check(self, voters: u32) -> Result<(), VoteError> {
        match self.cast() > u64::from(voters) {
            true => Err(VoteError::MoreBallotsThanVoters { cast: self.cast(), voters }),
            false => Ok(()),
        }
    }
}

/// Why a count or a chain of votes is not one at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteError {
    /// More ballots than people present who may vote.
    MoreBallotsThanVoters {
        /// Ballots cast, of every kind.
        cast: u64,
        /// People present who may vote.
        voters: u32,
    },
    /// The denominator is empty: nothing can be decided.
    NobodyMayVote,
    /// A vote on another matter was put into the chain.
    WrongMatter,
    /// A proposing vote where the deciding one belongs, or the other way round.
    WrongStage,
    /// The chain has not the bodies the rule names (X-08: exactly one proposes; X-07: at least one).
    WrongNumberOfBodies,
}

impl From<VoteError> for Problem {
    fn from(error: VoteError) -> Self {
        match error {
            VoteError::MoreBallotsThanVoters { cast, voters } => {
                let said = Said::new("vote-more-ballots-than-voters").with("cast", cast).with("voters", voters);
                Problem::rule("X-03", said)
            }
            VoteError::NobodyMayVote => Problem::rule("X-12", Said::new("vote-nobody-may-vote")),
            VoteError::WrongMatter => Problem::rule("X-07", Said::new("vote-wrong-matter")),
            VoteError::WrongStage => Problem::rule("X-07", Said::new("vote-wrong-stage")),
            VoteError::WrongNumberOfBodies => Problem::rule("X-08", Said::new("vote-wrong-number-of-bodies")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x_10_the_form_chosen_can_be_stored_and_read_back() {
        assert_eq!(VotingForm::from_code("secret-ballot"), Some(VotingForm::SecretBallot));
        assert_eq!(VotingForm::from_code("raised-card"), Some(VotingForm::RaisedCard));
        assert_eq!(VotingForm::from_code("show-of-hands"), None);
    }

    #[test]
    fn x_06_hands_decide_on_ordinary_matters_only() {
        for form in OrdinaryForm::ALL {
            assert_eq!(OrdinaryForm::from_code(form.code()), Some(form));
        }
        assert_eq!(OrdinaryForm::from_code("show-of-hands"), Some(OrdinaryForm::Hands));
        assert_eq!(VotingForm::from_code("show-of-hands"), None);
    }

    #[test]
    fn ballots_of_every_kind_count_against_the_voters() {
        let ballots = Ballots { yes: 5, no: 2, blank: 1, invalid: 2 };
        assert_eq!(ballots.check(10), Ok(()));
        assert_eq!(ballots.check(9), Err(VoteError::MoreBallotsThanVoters { cast: 10, voters: 9 }));
        let huge = Ballots { yes: u32::MAX, no: u32::MAX, ..Ballots::default() };
        assert!(huge.check(u32::MAX).is_err());
    }
}
