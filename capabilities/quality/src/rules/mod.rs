//! What is wrong with a member's record. Pure: a record, the units, the numbers of the day.

mod checks;
pub mod differ;
mod doubles;
mod look;
mod spelling;
#[cfg(test)]
mod tests;

pub use checks::{CHECKS, Check, DOUBLES, Degree, Owner, check_of, found};
pub use doubles::{Apart, Doubles, are_apart};
pub use look::{Look, Tally, Terms, home};
