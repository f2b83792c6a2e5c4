//! Case files of founding, ending and handing over organisations: what each needs, who decides it, what may follow
//! what. Pure.

mod case;
mod check;
mod course;
mod level;
pub mod life;
mod step;
mod terms;

pub use case::{CaseKind, Ground, Plan};
pub use check::{Asked, Deed, check_deed, check_plan, consent_needed, too_few};
pub use course::{Needs, Phase, closing, decisions, may_take, papers, phase};
pub use level::{Levels, Route, Rung, Site, directly_higher, levels};
pub use step::Step;
pub use terms::{Terms, terms_on};

/// A case file (hồ sơ).
#[derive(Debug)]
pub enum CaseFile {}
