//! Organisations (tổ chức đảng): kinds, dated names and places, offices, reorganisation.
//!
//! Tour: [`kinds`] declares what may exist when; [`rules`] decides what may happen; `store` holds the tables;
//! `ledger` is the one writer of history; [`actions`] does things in one transaction; [`load_forest`] feeds the census.

pub mod actions;
mod forest;
pub mod kinds;
mod ledger;
pub mod rules;
mod store;

pub use forest::load_forest;
pub use rules::{Decision, NewOffice, NewUnit, Reorganisation, Step, SuccessionKind};
