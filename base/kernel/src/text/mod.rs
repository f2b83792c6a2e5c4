//! Vietnamese text: one clean form to store, keys to search and compare by, one order to sort by.
//!
//! [`clean`] runs at every boundary (form, import, API, search). Two keys are computed from clean text and stored
//! beside it: [`fold`] (no marks, for search) and [`spelling_key`] (marks kept, `hoà` = `hòa`, for equality and
//! duplicates). [`Collator`] gives the stored sort key. Text from old fonts goes through [`legacy`] *before*
//! [`clean`], because TCVN3 uses the soft hyphen as the letter `ư`.

mod clean;
mod collate;
mod fold;
pub mod legacy;
mod letters;
mod name;
pub mod number;
mod query;
mod syllable;
mod tone;

pub use clean::{clean, clean_lines};
pub use collate::{Collator, SORT_KEY_VERSION};
pub use fold::fold;
pub use name::{FullName, NameParts, PartsDoNotFit, is_all_capitals, suggest_title_case};
pub use query::{NameQuery, Rank, Syllable, Word, syllables};
pub use syllable::is_syllable;
pub use tone::spelling_key;
