//! Exemption and leaving in the words of the field, through the pages, on every engine.
#![allow(clippy::unwrap_used, clippy::panic)] // the functions that tests share

mod book;
mod elsewhere;
mod exempted;
mod gaps;
mod left;
mod taken_over;
mod words;
mod world;
