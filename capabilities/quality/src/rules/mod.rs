//! What is wrong with a member's record. Pure: a record, the units, the numbers of the day.

mod checks;
mod doubles;
mod look;
#[cfg(test)]
mod tests;

pub use checks::{CHECKS, Check, Degree, check_of, found};
pub use doubles::Doubles;
pub use look::{Look, Tally, Terms, home};
