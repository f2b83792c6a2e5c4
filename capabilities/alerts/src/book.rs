//! The rulebook the program was built with, read once.

use std::sync::LazyLock;

use chibo_kernel::Problem;
use chibo_kernel::rulebook::{Rulebook, embedded};

static BOOK: LazyLock<Result<Rulebook, String>> = LazyLock::new(|| {
    let first = |errors: Vec<chibo_kernel::rulebook::RulebookError>| {
        errors.first().map_or_else(|| "the rulebook is not readable".to_owned(), ToString::to_string)
    };
    Rulebook::parse(embedded()).map_err(first)
});

/// The rulebook.
///
/// # Errors
/// A fault when the data the program was built with is wrong.
pub(crate) fn rulebook() -> Result<&'static Rulebook, Problem> {
    BOOK.as_ref().map_err(Problem::fault)
}
