//! Screening in the words of the field, through the pages, on every engine.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // the functions that tests share

mod campaign;
mod flags;
mod moved;
mod removal;
mod secrecy;
mod words;
mod world;
