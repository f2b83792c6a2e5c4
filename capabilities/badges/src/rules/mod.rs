//! Who is due for which badge on which award day, and what may be done about it (BDG-01…07).

mod case;
mod terms;

pub use case::{Disciplined, Proposal, Step, check_proposal, terms_on};
pub use terms::{Award, Discipline, Ground, Series, Terms, reaches};
