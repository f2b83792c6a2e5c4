//! Which step comes next, what refuses it, by when it is due. Pure.

mod check;
mod step;
mod terms;
#[cfg(test)]
mod tests;

pub use check::{Ground, check, check_recognition, passed};
pub use step::{Course, Recognition, Source, Step, Taken};
pub use terms::Terms;

/// Somebody on the way into the Party (quần chúng ưu tú, cảm tình Đảng).
#[derive(Debug)]
pub enum Candidate {}

/// A step to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed<S> {
    /// Which.
    pub step: S,
    /// How many steps the form saw.
    pub after: u32,
    /// On this day.
    pub on: chibo_kernel::Day,
    /// Number of the document; may be empty where none is needed.
    pub number: String,
    /// Votes for, of those who count.
    pub votes: (u32, u32),
    /// What was said about it.
    pub note: String,
}
