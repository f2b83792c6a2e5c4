//! The real program as a process: bad beginnings, sudden ends, full disks, hostile files.
//!
//! `CHIBO_KILLS=n` kills n times in each of the three workloads instead of the few that fit an everyday run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // the functions that tests share

mod beginnings;
mod disks;
mod files;
mod kills;
#[path = "../shared/leftovers.rs"]
mod leftovers;
mod program;
mod signals;
