//! What is owed, what is written in a book, what is kept and passed upward, who is in arrears. Pure.

mod arrears;
mod book;
mod category;
mod rates;
#[cfg(test)]
mod rules_tests;
mod share;

pub use arrears::{Limit, missed, since};
pub use book::{Asked, Expected, Line, Reason, State, Totals, Typed, Way, Writing, lines_of};
pub use category::{Category, Ground, Profile, Stated, check_stated};
pub use chibo_kernel::Month;
pub use rates::{Due, Rates};
pub use share::{Level, Remittance, Sending, Share, default_share, passed};
