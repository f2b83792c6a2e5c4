//! What a table of counts is: codes shown, totals from parts, small cells hidden. Pure.

pub mod grid;
pub mod small_cells;

pub use grid::Grid;
pub use small_cells::{Face, Faces};
