//! What a meeting of a branch is, what it is worth, what it owes. Pure.

mod close;
mod kind;
mod month;
mod roll;
mod score;
mod terms;
#[cfg(test)]
mod tests;
mod view;

pub use chibo_kernel::Month;
pub use close::{Draft, check_close};
pub use kind::Kind;
pub use month::{Grade, MonthFacts, owed};
pub use roll::{Counts, Presence, RollLine, excused_in_a_row};
pub use score::{Facts, Line, Score, score};
pub use terms::{Terms, Tick};
pub use view::{One, Sum};

/// Marks identifiers of assignments.
#[derive(Debug)]
pub enum Task {}
