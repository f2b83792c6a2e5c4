//! Members (đảng viên): who they are, where they belong, what they are, since when and known since when.
//!
//! Tour: [`codes`] names what is stored as numbers; [`rules`] decides without a database; [`store`] holds the
//! statements; [`ledger`] is the one writer of dated tables; [`actions`] does things in one transaction; [`columns`]
//! feeds the census; [`sheets`] reads and writes spreadsheets; `pages` shows lists, persons, imports and search.

pub mod actions;
pub mod codes;
pub mod columns;
pub mod ledger;
pub mod rules;
pub mod sheets;
pub mod store;
