//! The tables of meetings.

mod meeting;
mod month;
mod task;

pub use meeting::*;
pub use month::*;
pub use task::*;

use chibo_store::Statement;

/// Every statement, for the catalogue test.
pub fn statements() -> Vec<&'static Statement> {
    [meeting::STATEMENTS, month::STATEMENTS, task::STATEMENTS].concat()
}
