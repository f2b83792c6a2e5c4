//! The tables of evaluation.

mod rows;

pub(crate) use rows::*;

use chibo_store::Statement;

/// Every statement.
pub(crate) fn statements() -> Vec<&'static Statement> {
    rows::STATEMENTS.to_vec()
}
