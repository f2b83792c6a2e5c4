//! Whose signature comes next, what refuses it, by when it is due. Pure.

mod check;
mod course;
mod terms;
#[cfg(test)]
mod tests;

pub use check::{Deed, Ground, Request, check, check_request};
pub use course::{Course, SIDES, Seal, Side, State, Step, boxes};
pub use terms::{Clock, Terms};

/// A transfer (chuyển sinh hoạt đảng chính thức).
#[derive(Debug)]
pub enum Transfer {}
