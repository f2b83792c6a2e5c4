//! The desk in the words of the field, through the pages and the nightly job, on every engine.
#![allow(clippy::unwrap_used, clippy::panic)] // the functions that tests share

mod desk;
mod merging;
mod reconciling;
mod rows;
mod words;
mod world;
