//! Cards, numbers and dossiers in the words of the field, through the pages, on every engine.
#![allow(clippy::unwrap_used, clippy::panic)] // the functions that tests share

mod cards;
mod files;
mod lost;
mod numbers;
mod words;
mod world;
