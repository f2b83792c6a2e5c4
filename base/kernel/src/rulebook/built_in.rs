//! The rulebook the program was built with, read once.

use std::sync::LazyLock;

use super::{Rulebook, RulebookError, embedded};
use crate::problem::Problem;

static BOOK: LazyLock<Result<Rulebook, String>> = LazyLock::new(|| {
    let first = |errors: Vec<RulebookError>| {
        errors.first().map_or_else(|| "the rulebook is not readable".to_owned(), ToString::to_string)
    };
    Rulebook::parse(embedded()).map_err(first)
});

impl Rulebook {
    /// The rulebook the program was built with.
    ///
    /// # Errors
    /// A fault when that data is wrong.
    pub fn built_in() -> Result<&'static Self, Problem> {
        BOOK.as_ref().map_err(Problem::fault)
    }
}
