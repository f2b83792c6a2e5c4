//! Places, plans and pilots in the words of the field, through the pages, on every engine.
#![allow(clippy::unwrap_used, clippy::panic)] // the functions that tests share

mod pilots;
mod places;
mod uploads;
mod words;
mod world;
