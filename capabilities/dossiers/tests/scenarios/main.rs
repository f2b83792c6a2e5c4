//! Scenarios of dossiers, in the words of the field, on every engine.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod canary;
mod items;
mod papers;
mod scans;
mod sheets;
mod words;
mod world;
mod yearly;
