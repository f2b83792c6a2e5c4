//! What a case needs next, who does it, what refuses it, by when it is due. Pure.

mod check;
mod course;
mod decider;
#[cfg(test)]
mod decider_tests;
mod kind;
mod levels;
#[cfg(test)]
mod rules_tests;
mod standing;
mod step;
mod terms;
mod vote;

pub use check::{Deed, Facts, Opening, Removal, check, check_opening, occupies};
pub use course::{Course, Limits, Phase, Taken};
pub use decider::{decider, decider_rule};
pub use kind::{Evidence, Ground, Kind};
pub use levels::{Levels, Rung};
pub use standing::{becomes, came_back};
pub use step::{Actor, Step, ticks};
pub use terms::Terms;
pub use vote::Count;

/// A case about a member (hồ sơ miễn sinh hoạt, đưa ra khỏi Đảng).
#[derive(Debug)]
pub enum CaseFile {}
