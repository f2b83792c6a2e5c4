//! Plans in the words of the field, through the pages and the midnight job, on every engine.
#![allow(clippy::unwrap_used, clippy::panic)] // the functions that tests share

mod plans;
mod signing;
mod uploads;
mod words;
mod world;
