//! The whole program behind its one door: requests to the real router over a real database with a small city.
//!
//! Tour: `world` builds the program, `visitor` asks it; `matrix` is who may what where, `absent` and `leaks` what
//! must not show, `headers`, `forgery`, `scripts`, `abuse` the attacks, `crawl` and `figures` what pages owe readers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // the functions that tests share

mod absent;
mod abuse;
mod api;
mod crawl;
mod figures;
mod fixtures;
mod forgery;
mod headers;
mod html;
mod leaks;
#[path = "../shared/leftovers.rs"]
mod leftovers;
mod matrix;
mod rights;
mod scripts;
#[path = "../shared/tables.rs"]
mod tables;
mod takeout;
mod visitor;
mod wire;
mod world;
