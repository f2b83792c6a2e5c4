//! Steps of a card, who takes them and what refuses them; numbers of dossiers; differences of a check. Pure.

mod check;
mod files;
mod lost;
mod number;
mod step;
mod terms;
#[cfg(test)]
mod terms_tests;

pub use check::{Deed, Ground, check, old_number};
pub use files::{Check, Loan, SHEET_KEPT, check_files, check_loan, dossier_kept};
pub use lost::{Case, LossDeed, LossStep, Phase, Piece, check_loss};
pub use number::{Block, FileNumber, check_block, fits, next_free};
pub use step::{Card, Level, Matter, Model, State, Step};
pub use terms::Terms;
