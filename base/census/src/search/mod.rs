//! Name search: names as codes of their syllables, in the order of the branches.
//!
//! The dictionary is sorted by the folded syllable, so "begins with" is a range of codes and one comparison per
//! syllable, eight names at a time. What lies outside that fast path (long names, newcomers) is looked up one by one.

mod dictionary;
mod draft;
mod find;
mod first;
mod long;
mod names;
mod query;
mod rank;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

pub(crate) use draft::DraftNames;
pub(crate) use find::{Among, number_of};
pub(crate) use first::First;
pub(crate) use names::Names;

/// Order of two texts as `vi` readers expect it; by bytes in a program built without collation data.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    match chibo_kernel::text::Collator::shared() {
        Ok(collator) => collator.compare(a, b),
        Err(_) => a.cmp(b),
    }
}
