//! Votes: who is in the denominator, how many must be for, and an answer that explains itself.
//!
//! The three denominators (X-03 members, X-04 delegates, X-05 committees) are built from a roll and
//! say who was taken out by which rule. Thresholds are tested in integers; a percentage is only
//! ever shown, never decided with.

mod ballots;
mod chain;
mod denominator;
mod share;
mod verdict;

pub use ballots::{Ballots, OrdinaryForm, VoteError, VotingForm};
pub use chain::{Progress, Route, progress, route_after};
pub use denominator::{
    Attendance, DelegateEntry, Denominator, Exclusion, MemberKind, Occasion, Reason, RollEntry, Subtracted,
    denominator_of_committee, denominator_of_delegates, denominator_of_members,
};
pub use share::Share;
pub use verdict::{Matter, Stage, Step, Threshold, Verdict, decide};

/// Every message key this room can say, for the test that all words exist in both languages.
pub const WORDS: &[&str] = &[
    "vote-listed",
    "vote-minus-probationary",
    "vote-minus-suspended",
    "vote-minus-prosecuted",
    "vote-minus-detained",
    "vote-minus-elsewhere-absent",
    "vote-minus-exempted-absent",
    "vote-minus-excused-from-congress",
    "vote-minus-delegate-not-valid",
    "vote-minus-convening-member-absent",
    "vote-minus-delegate-without-alternate",
    "vote-denominator",
    "vote-needs-more-than-half",
    "vote-needs-two-thirds",
    "vote-passed",
    "vote-failed",
    "vote-report-upward",
    "vote-more-ballots-than-voters",
    "vote-nobody-may-vote",
    "vote-wrong-matter",
    "vote-wrong-stage",
    "vote-wrong-number-of-bodies",
];
