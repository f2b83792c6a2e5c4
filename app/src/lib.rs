//! The program: composition root and command line. Knows everybody, decides nothing.

pub mod check;
pub mod commands;
pub mod compose;
pub mod config;
pub mod demo;
pub mod machine;
pub mod words;
