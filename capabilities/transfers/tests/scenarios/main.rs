//! Transfers in the words of the field, through the pages, on every engine.
#![allow(clippy::unwrap_used, clippy::panic)] // the functions that tests share

mod bulk;
mod kinds;
mod moves;
mod paths;
mod residence;
mod stays;
mod words;
mod world;
