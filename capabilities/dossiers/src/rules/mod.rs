//! What a dossier holds and what may be done to it. Pure.
//!
//! [`parts`] declares the parts and fields of the printed sheet; [`items`] reads and checks what is written into them;
//! [`terms`] are the numbers of a day; [`complete`] says which documents are wanted and how complete a dossier is;
//! [`scan`] looks into uploaded files; [`supplement`] is the yearly sheet.

pub mod complete;
pub mod items;
pub mod parts;
mod parts_data;
pub mod scan;
pub mod supplement;
pub mod terms;

use chibo_kernel::{Issue, Said};

/// Marks identifiers of dated items.
#[derive(Debug)]
pub enum Item {}

pub(crate) fn issue(field: &str, rule: Option<&'static str>, key: &'static str) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said: Said::new(key) }
}

/// Longest line that is kept, characters.
pub const LINE: usize = 200;
/// Longest text that is kept, characters.
pub const TEXT: usize = 4_000;
/// Fewest characters of a reason for opening something secret.
pub const REASON: usize = 5;
