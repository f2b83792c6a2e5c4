//! Steps of a card, who takes them and what refuses them; numbers of dossiers; differences of a check. Pure.

mod book;
mod check;
mod files;
mod forms;
mod lost;
mod number;
mod step;
mod terms;
#[cfg(test)]
mod terms_tests;

pub use book::Book;
pub use check::{Deed, Ground, check, old_number};
pub use files::{Check, Loan, SHEET_KEPT, check_files, check_loan, dossier_kept};
pub use forms::{Form, Forms};
pub use lost::{Case, LossDeed, LossStep, Phase, Piece, check_loss};
pub use number::{Block, FileNumber, check_block, fits, next_free};
pub use step::{Card, Level, Matter, Model, State, Step};
pub use terms::Terms;
