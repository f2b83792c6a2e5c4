//! Badges in the words of the field, through the pages, on every engine.
#![allow(clippy::unwrap_used, clippy::panic)] // the functions that tests share

mod award;
mod papers;
mod words;
mod world;
