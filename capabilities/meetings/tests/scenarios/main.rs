//! Scenarios in the words of the field.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)] // a scenario that meets what it does not expect fails

mod bad_input;
mod beside;
mod briefing;
mod figures;
mod library;
mod looked_over;
mod mended;
mod month;
mod offline;
mod plan;
mod sent_again;
mod words;
mod workbook;
mod world;
