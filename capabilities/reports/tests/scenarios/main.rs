//! Reports in the words of the field: a ward made of an old ward, its members before and after, who sees what.
#![allow(clippy::unwrap_used, clippy::panic, clippy::single_range_in_vec_init)] // the functions that tests share

mod crosstab;
mod dashboard;
mod world;
