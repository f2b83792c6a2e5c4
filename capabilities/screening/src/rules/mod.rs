//! Grounds, steps, votes, what refuses them, clocks, what a report counts. Pure.

mod check;
mod course;
mod ground;
mod pack;
mod report;
mod terms;
#[cfg(test)]
mod tests;
mod votes;

pub use check::{Authority, Deed, Scene, check, competent, is_number};
pub use course::{Course, Form, State, Step, Taken, Trace};
pub use ground::{FLAG_RULES, Ground, Task, group_word};
pub use pack::{Item, missing_items};
pub use report::{Change, Counts, FIGURES, Figure, explain};
pub use terms::Terms;
pub use votes::{Body, Roll};

/// A campaign of screening (đợt rà soát, sàng lọc đảng viên).
#[derive(Debug)]
pub enum Campaign {}

/// A report of a campaign.
#[derive(Debug)]
pub enum Report {}
