//! `chibo`: one binary for everything, see `chibo --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    chibo::commands::main()
}
