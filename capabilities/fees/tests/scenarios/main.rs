//! Fees in the words of the field, through the pages, on every engine.
#![allow(clippy::unwrap_used, clippy::panic)] // the functions that tests share

mod book;
mod restored;
mod stays;
mod upward;
mod words;
mod world;
