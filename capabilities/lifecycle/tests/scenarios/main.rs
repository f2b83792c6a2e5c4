//! Case files in the words of the field.
#![allow(clippy::unwrap_used, clippy::panic)] // the functions that tests share

mod ending;
mod founding;
mod transfer;
mod words;
mod world;
