//! Development in the words of the field, through the pages, on every engine.
#![allow(clippy::unwrap_used, clippy::panic)] // the functions that tests share

mod annuls;
mod course;
mod file;
mod grounds;
mod papers;
mod stays;
mod words;
mod world;
