//! The tables of evaluation.

mod meter;
mod rows;

pub(crate) use meter::{MarkedRow, bulk_figures, upheld, weak};
pub(crate) use rows::*;
pub use rows::{CampaignRow, SubjectRow};

use chibo_store::Statement;

/// Every statement.
pub(crate) fn statements() -> Vec<&'static Statement> {
    [meter::STATEMENTS, rows::STATEMENTS].concat()
}
