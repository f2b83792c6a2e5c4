//! The runs people ask for, as steps.

use std::path::Path;

use crate::browser::{self, Demo};
use crate::coverage;
use crate::postgres::Cluster;
use crate::programs;
use crate::tally::{Tally, read_cargo_line};
use crate::tools;

/// Everything. Cheap steps come first; steps that need a failed one count as failed, none is left out.
pub fn test(root: &Path) -> Tally {
    let mut tally = Tally::default();
    let mut found = None;
    tally.step("what the tests need", |_| {
        found = Some(tools::all()?);
        Ok(())
    });
    let Some(found) = found else { return tally };
    tally.step("format", |_| programs::run(programs::cargo(root).args(["fmt", "--all", "--check"])));
    tally.step("coverage map is fresh", |_| coverage::check(root).map(|line| println!("{line}")));
    tally.step("clippy", |_| {
        programs::run(programs::cargo(root).args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    });
    let mut cluster = None;
    tally.step("private PostgreSQL", |_| {
        cluster = Some(Cluster::start(&found.postgres, &programs::target(root).join("xtask"))?);
        Ok(())
    });
    match cluster {
        Some(cluster) => rust_tests(&mut tally, root, &cluster),
        None => tally.impossible("tests on SQLite and PostgreSQL", "PostgreSQL did not start"),
    }
    browser_steps(&mut tally, root, &found.chromium, "test");
    tally
}

/// Only what needs a browser: `test` or `shots`.
pub fn browser_only(root: &Path, script: &str) -> Tally {
    let mut tally = Tally::default();
    let mut chromium = None;
    tally.step("what the browser tests need", |_| {
        chromium = Some(tools::browser()?);
        Ok(())
    });
    if let Some(chromium) = chromium {
        browser_steps(&mut tally, root, &chromium, script);
    }
    tally
}

/// Builds the program and hands over to the benchmarks, which start it beside themselves.
pub fn bench(root: &Path, args: &[&str]) -> Result<String, String> {
    programs::run(programs::cargo(root).args(["build", "--release", "-p", "chibo", "--bin", "chibo"]))?;
    programs::run(programs::cargo(root).args(bench_args(args))).map(|()| "benchmarks done".to_owned())
}

fn bench_args<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [&["run", "--release", "-p", "chibo", "--example", "bench", "--"], args].concat()
}

fn rust_tests(tally: &mut Tally, root: &Path, cluster: &Cluster) {
    tally.step("tests on SQLite and PostgreSQL", |counts| {
        let mut command = programs::cargo(root);
        programs::unsettled(&mut command)
            .args(["test", "--workspace", "--no-fail-fast"])
            .env("CHIBO_TEST_POSTGRES", &cluster.url);
        programs::run_reading(&mut command, |line| read_cargo_line(line, counts))?;
        if counts.passed == 0 { Err("no test ran".to_owned()) } else { Ok(()) }
    });
}

fn browser_steps(tally: &mut Tally, root: &Path, chromium: &Path, script: &str) {
    const DRIVE: &str = "browser";
    let demo = Demo::new(root);
    // The one the Rust tests have built already, with its overflow checks: a second build, optimised, took eleven
    // minutes and showed the browser nothing else. Asked for as those tests ask, or cargo chooses other features.
    let built = tally.step("program", |_| {
        programs::run(programs::cargo(root).args(["test", "--workspace", "--test", "process", "--no-run"]))
    });
    if !built {
        tally.impossible(DRIVE, "there is no program to drive");
        return;
    }
    let filled = tally.step("small demonstration", |_| demo.fill());
    let installed = tally.step("browser packages", |_| browser::install(root));
    if filled && installed {
        tally.step(DRIVE, |counts| demo.drive(chromium, script, counts));
    } else {
        tally.impossible(DRIVE, "the steps before it failed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_benchmarks_are_an_example_that_exists_and_gets_the_words_given() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        assert!(root.join("app/examples/bench/main.rs").is_file());
        assert!(bench_args(&["import", "--json"]).ends_with(&["--example", "bench", "--", "import", "--json"]));
    }
}
