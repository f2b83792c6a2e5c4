//! Project tasks: `cargo xtask test`, `coverage`, `bench`, `e2e`, `shots`.
//!
//! Tour: `tally` times and counts steps; `tools` finds (or installs) what is not a cargo package; `postgres` runs a
//! private cluster; `checks` are the cargo steps; `browser` starts the program and drives it; `coverage` maps rule
//! ids to code and tests. Only the standard library, so that this builds in seconds and before anything else.

mod browser;
mod checks;
mod coverage;
#[cfg(test)]
mod dependencies;
mod postgres;
mod programs;
mod tally;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask test               everything: format, clippy, tests on SQLite and PostgreSQL, browser tests, coverage map
cargo xtask coverage           writes docs/coverage.md: rule id -> code and tests
cargo xtask coverage --check   fails when docs/coverage.md is stale
cargo xtask bench [ARGS]       runs the benchmark program; ARGS are its own (try --help)
cargo xtask e2e                only the browser tests, against a fresh small demonstration
cargo xtask shots              pictures of every page into e2e/shots, for people to look at";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let root = root();
    match words.as_slice() {
        ["test"] => report(checks::test(&root)),
        ["coverage"] => said(coverage::write(&root)),
        ["coverage", "--check"] => said(coverage::check(&root)),
        ["bench", rest @ ..] => said(checks::bench(&root, rest)),
        ["e2e"] => report(checks::browser_only(&root, "test")),
        ["shots"] => report(checks::browser_only(&root, "shots")),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        other => {
            eprintln!("xtask does not know: {}\n\n{USAGE}", other.join(" "));
            ExitCode::from(2)
        }
    }
}

/// The repository: the folder above this crate.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

fn report(tally: tally::Tally) -> ExitCode {
    tally.print();
    if tally.failed() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn said(outcome: Result<String, String>) -> ExitCode {
    match outcome {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(line) => {
            eprintln!("{line}");
            ExitCode::FAILURE
        }
    }
}
