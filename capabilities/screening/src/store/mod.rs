//! The tables of screening.

mod course;
mod flags;

pub(crate) use course::*;
pub(crate) use flags::*;

use chibo_store::Statement;

/// Every statement.
pub(crate) fn statements() -> Vec<&'static Statement> {
    [flags::STATEMENTS, course::STATEMENTS].concat()
}
