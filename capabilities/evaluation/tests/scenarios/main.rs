//! Evaluation in the words of the field, through the pages, on every engine.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // the functions that tests share

mod course;
mod filled;
mod groups;
mod leniency;
mod race;
mod ranking;
mod words;
mod world;
