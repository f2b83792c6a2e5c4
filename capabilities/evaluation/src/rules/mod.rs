//! Levels, criteria, bands, forced classes, ceilings, caps, steps, votes. Pure.

mod cap;
mod course;
mod facts;
mod judge;
mod kind;
mod leniency;
mod points;
mod terms;
#[cfg(test)]
mod tests;
mod vote;
mod years;

pub use cap::{Cap, Group, Standing};
pub use course::{State, Step, offered};
pub use facts::{Fact, Facts};
pub use judge::{Case, Line, Verdict, judge, text};
pub use kind::{CampaignKind, Class, Exclusion, Post, Sort};
pub use leniency::{ALIKE_FROM, Gap, Meter, Seen};
pub use points::{Criterion, DoneTask, TaskFormula};
pub use terms::{Band, Quarters, Terms};
pub use vote::{Tally, TallyError};
pub use years::in_a_row;

/// A campaign of evaluation (đợt kiểm điểm, đánh giá, xếp loại).
#[derive(Debug)]
pub enum Campaign {}

/// Somebody or some unit evaluated in a campaign.
#[derive(Debug)]
pub enum Subject {}
