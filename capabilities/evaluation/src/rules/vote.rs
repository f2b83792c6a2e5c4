//! The secret vote: only totals, with their denominator (EVAL-30, EVAL-31, X-06, X-12).

use super::kind::Class;

/// What the minutes of a vote say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those with the right to vote: the denominator.
    pub voters: u32,
    /// Ballots handed in.
    pub ballots: u32,
    /// For each level, the lowest first.
    pub votes: [u32; 4],
    /// Blank and invalid ones.
    pub invalid: u32,
}

/// What is wrong with the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TallyError {
    /// Nobody may vote.
    Nobody,
    /// More ballots than voters.
    TooMany,
    /// Votes and invalid ballots do not add up to the ballots.
    Sum(u64),
}

impl Tally {
    /// Checks that the totals add up.
    ///
    /// # Errors
    /// What does not.
    pub fn check(&self) -> Result<(), TallyError> {
        let sum = self.votes.iter().map(|votes| u64::from(*votes)).sum::<u64>() + u64::from(self.invalid);
        match () {
            () if self.voters == 0 => Err(TallyError::Nobody),
            () if self.ballots > self.voters => Err(TallyError::TooMany),
            () if sum != u64::from(self.ballots) => Err(TallyError::Sum(sum)),
            () => Ok(()),
        }
    }

    /// The level more than half of the voters gave or exceeded: whoever votes for a higher level would also give the lower
    /// one. `None` when not even the lowest reaches a half.
    pub fn carried(&self) -> Option<Class> {
        let at_least = |class: Class| -> u64 {
            let pairs = Class::ALL.iter().zip(self.votes);
            pairs.filter(|(other, _)| **other >= class).map(|(_, votes)| u64::from(votes)).sum()
        };
        let carries = |class: &&Class| 2 * at_least(**class) > u64::from(self.voters);
        Class::ALL.iter().rev().find(carries).copied()
    }
}
