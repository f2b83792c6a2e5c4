//! What a meeting of a branch is, what it is worth, what it owes. Pure.

mod close;
mod draw;
mod kind;
mod library;
mod month;
pub mod observed;
mod plan;
mod posting;
mod roll;
mod score;
mod spread;
mod tasks;
mod terms;
#[cfg(test)]
mod tests;
mod view;

pub use chibo_kernel::Month;
pub use close::{Draft, check_close, check_place};
pub use draw::{Seed, WANTED, draw, ticket};
pub use kind::Kind;
pub use library::{Study, absent_months, absent_since, check_study, in_force};
pub use month::{Debt, Grade, MonthFacts, Year, debts, owed, weak_in_a_row};
pub use plan::{GroupMonth, check_group, check_theme, plannable, planned_by};
pub use posting::{Posted, check_posting, link_code};
pub use roll::{Counts, Presence, RollLine, excused_in_a_row};
pub use score::{Facts, Line, Score, score};
pub use spread::{Sign, Spread, SpreadTerms};
pub use tasks::Given;
pub use terms::{Terms, Tick};
pub use view::{One, Sum};

/// Marks identifiers of assignments.
#[derive(Debug)]
pub enum Task {}
