//! Papers about organisations (văn bản về tổ chức đảng): plain facts in, a `Document` out. Pure.
//!
//! Papers are Vietnamese whatever language their maker reads. What the program does not know (place, names of those who
//! hand over) is left as dots to be filled in by hand.

mod decision;
mod handover;
mod list;
mod sheet;
#[cfg(test)]
mod tests;

pub use chibo_papers::document::Issuer;
pub use decision::{Act, DecisionPaper, decision};
pub use handover::{Handed, HandoverPaper, handover};
pub(crate) use list::{ListPaper, ListRow, list};
pub(crate) use sheet::{Officer, UnitSheet, sheet};

/// The text with its first letter large.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
