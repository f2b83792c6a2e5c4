//! Cards, numbers and dossiers in the words of the field, through the pages, on every engine.
#![allow(clippy::unwrap_used, clippy::panic)] // the functions that tests share

mod books;
mod cards;
mod files;
mod lost;
mod numbers;
mod papers;
mod words;
mod world;
