//! Counting: which members, where, by what, as of which day, with which knowledge.
//!
//! A question becomes a plan: runs of rows (a subtree is few), one small table per column it asks about. The scan
//! picks the rows of the day, sieves them, adds up table entries to a cell number, and counts cells.

mod dims;
mod heads;
mod list;
mod plan;
mod result;
mod scan;
mod tally;
mod units;

use std::fmt;
use std::ops::Range;

use chibo_kernel::AsOf;

use crate::forest::UnitNo;
pub use dims::{AGE_BAND_TOPS, Codes, Dim, month_code};
pub(crate) use plan::Ground;
pub use result::{Crosstab, Cube};

/// Which part of the asked tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of it.
    #[default]
    Everywhere,
    /// A unit with everything under it; nothing when it does not stand in the asked tree.
    Unit(UnitNo),
    /// Ranges of places of the asked tree.
    Places(Vec<Range<u32>>),
}

/// By which boundaries units are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bounds {
    /// Those of the asked day.
    #[default]
    Then,
    /// Today's: whatever stood then counts where it stands now, abolished units in their successors.
    Now,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Query {
    /// The day, and the knowledge (counted by the Vietnam day).
    pub at: AsOf,
    /// Whether "the tree" below is that of the day or today's.
    pub bounds: Bounds,
    /// Which part of the tree.
    pub scope: Scope,
    /// Where the viewer may look: ranges of places of *today's* tree; `None` is everywhere.
    pub allowed: Option<Vec<Range<u32>>>,
    /// Which standings count as members; `None` is all.
    pub members: Option<Codes>,
    /// Only these codes of these dimensions.
    pub filters: Vec<(Dim, Codes)>,
    /// What to count by, at most seven.
    pub dims: Vec<Dim>,
}

impl Query {
    /// Everybody on a day, as known now.
    pub fn at(at: AsOf) -> Self {
        Self {
            at,
            bounds: Bounds::Then,
            scope: Scope::Everywhere,
            allowed: None,
            members: None,
            filters: Vec::new(),
            dims: Vec::new(),
        }
    }

    /// Counted by these.
    pub fn by(mut self, dims: &[Dim]) -> Self {
        self.dims = dims.to_vec();
        self
    }

    /// Only those with one code: the cell of a table becomes the question for the list behind it.
    pub fn only(mut self, dim: Dim, code: u32) -> Self {
        self.filters.push((dim, Codes::of(&[code])));
        self
    }
}

/// In which order a list goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOrder {
    /// By tên, đệm, họ.
    Name,
    /// By branch as it stands today; persons changed since loading last.
    Place,
}

/// A question that is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// More than seven dimensions.
    Dims(usize),
    /// More cells than numbers for them.
    Cells,
}

impl fmt::Display for TooMuch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dims(dims) => write!(f, "{dims} dimensions; at most 7 are counted at once"),
            Self::Cells => f.write_str("the dimensions multiply to more cells than can be numbered"),
        }
    }
}

impl std::error::Error for TooMuch {}
