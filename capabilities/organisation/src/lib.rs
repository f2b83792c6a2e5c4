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
#[cfg(test)]
mod testing;

use chibo_store::Migration;

pub use forest::load_forest;
pub use rules::{Decision, NewOffice, NewUnit, Reorganisation, Step, SuccessionKind};

/// The tables of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "organisation",
    version: 1,
    name: "organisation",
    sql: include_str!("../migrations/0001_organisation.sql"),
}];
