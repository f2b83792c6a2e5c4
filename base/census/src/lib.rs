//! Members' dated facts as columns in memory; tree versions; counting; name search.
//!
//! Knows no SQL and no capability: capabilities feed it rows and ask it numbers.
//! - [`forest`]: units, dated edges, the tree of any day, where units stand today;
//! - [`columns`]: one row per dated state of a member, clustered by branch, as plain arrays;
//! - [`cube`]: counts, cross-tabs, lists behind a cell, headcounts of all units, series over time;
//! - [`search`]: names as syllable codes, found by word prefixes with or without marks;
//! - [`census`]: the one shared object: load, apply commits, ask consistently;
//! - [`arrivals`]: the columns of a first large import, made while it is written.

// A list of one range of places is meant as such here.
#![allow(clippy::single_range_in_vec_init)]

pub mod arrivals;
pub mod census;
pub mod columns;
pub mod cube;
pub mod forest;
pub mod search;

#[cfg(test)]
mod naive;
#[cfg(test)]
mod naive_tests;

pub use arrivals::{Arrivals, Settled};
pub use census::{Census, State, View};
pub use columns::{PersonFacts, PersonNo, StateRow};
pub use cube::{Bounds, Codes, Cube, Dim, Query, Scope};
pub use forest::{EdgeRow, Forest, SuccessionRow, TodayPlaces, Tree, UnitNo, UnitRow};
