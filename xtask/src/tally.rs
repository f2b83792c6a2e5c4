//! Steps with their time and outcome, and the closing line.

use std::fmt::Write;
use std::time::{Duration, Instant};

/// What one step counted: its tests, or nothing when the step itself is the test.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
    /// Names of tests that did not run; always printed, never silent.
    pub ignored: Vec<String>,
}

struct Step {
    name: &'static str,
    took: Duration,
    counts: Counts,
    trouble: Option<String>,
}

/// Every step of a run.
#[derive(Default)]
pub struct Tally {
    steps: Vec<Step>,
}

impl Tally {
    /// Runs a step, prints how it went, and tells whether it passed.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce(&mut Counts) -> Result<(), String>) -> bool {
        println!("\n== {name}");
        let start = now();
        let mut counts = Counts::default();
        let trouble = work(&mut counts).err();
        let took = start.elapsed();
        if let Some(trouble) = &trouble {
            eprintln!("{trouble}");
        }
        let word = if trouble.is_none() && counts.failed == 0 { "passed" } else { "FAILED" };
        println!("== {name}: {word} in {}", seconds(took));
        self.add(name, took, counts, trouble)
    }

    /// Notes a step that could not run because another one failed; it counts as failed.
    pub fn impossible(&mut self, name: &'static str, because: &str) {
        println!("\n== {name}: NOT RUN, {because}");
        self.add(name, Duration::ZERO, Counts::default(), Some(format!("not run: {because}")));
    }

    /// A step counts its tests; one without tests counts as one test itself.
    fn add(&mut self, name: &'static str, took: Duration, mut counts: Counts, trouble: Option<String>) -> bool {
        match &trouble {
            Some(_) if counts.failed == 0 => counts.failed = 1,
            None if counts.passed + counts.failed == 0 => counts.passed = 1,
            _ => {}
        }
        let fine = counts.failed == 0;
        self.steps.push(Step { name, took, counts, trouble });
        fine
    }

    /// How many failed.
    pub fn failed(&self) -> u64 {
        self.steps.iter().map(|step| step.counts.failed).sum()
    }

    /// Prints one line a step, what did not run, and last of all `N passed, N failed`.
    pub fn print(&self) {
        println!("\n{}", self.summary());
    }

    fn summary(&self) -> String {
        let mut out = String::new();
        for step in &self.steps {
            let Counts { passed, failed, ignored } = &step.counts;
            let _ = writeln!(out, "{:>9}  {:<34} {passed} passed, {failed} failed", seconds(step.took), step.name);
            for name in ignored {
                let _ = writeln!(out, "{:>9}  did not run: {name}", "");
            }
            if let Some(line) = step.trouble.as_ref().and_then(|t| t.lines().next()) {
                let _ = writeln!(out, "{:>9}  {line}", "");
            }
        }
        let total: Duration = self.steps.iter().map(|step| step.took).sum();
        let passed: u64 = self.steps.iter().map(|step| step.counts.passed).sum();
        let _ = writeln!(out, "{:>9}  in all\n", seconds(total));
        let _ = write!(out, "{passed} passed, {} failed", self.failed());
        out
    }
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

/// The machine's clock: tasks measure real time, nothing here decides by it.
#[allow(clippy::disallowed_methods, reason = "this program is no library; it reports how long steps took")]
pub fn now() -> Instant {
    Instant::now()
}

/// Reads a line of a Rust test program's output. Tells whether it is worth printing.
pub fn read_cargo_line(line: &str, counts: &mut Counts) -> bool {
    if let Some(rest) = line.strip_prefix("test result: ") {
        counts.passed += number_before(rest, " passed");
        counts.failed += number_before(rest, " failed");
        return !rest.contains(". 0 passed; 0 failed; 0 ignored");
    }
    if let Some(name) = line.strip_prefix("test ") {
        if let Some((name, _)) = name.split_once(" ... ignored") {
            counts.ignored.push(name.to_owned());
        }
        return !line.ends_with(" ... ok");
    }
    !(line.is_empty() || line.starts_with("running "))
}

/// Reads the totals of a TAP stream: `# pass 12`, `# fail 0`, and lines of tests marked as skipped.
pub fn read_tap(text: &str) -> Counts {
    let mut counts = Counts::default();
    for line in text.lines() {
        let total = |word: &str| line.strip_prefix(word).and_then(|n| n.trim().parse::<u64>().ok());
        counts.passed = total("# pass ").unwrap_or(counts.passed);
        counts.failed = total("# fail ").or(total("# cancelled ").map(|n| n + counts.failed)).unwrap_or(counts.failed);
        let skipped = ["# SKIP", "# TODO"].iter().find_map(|mark| line.split_once(mark));
        if let Some((name, _)) = skipped {
            counts.ignored.push(name.trim().to_owned());
        }
    }
    counts
}

fn number_before(text: &str, word: &str) -> u64 {
    let before = text.split_once(word).map_or("", |(before, _)| before);
    before.rsplit([' ', '.']).next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_output_is_counted_and_quiet_lines_are_dropped() {
        let mut counts = Counts::default();
        let lines = [
            ("running 3 tests", false),
            ("test day::tests::leap ... ok", false),
            ("test day::tests::slow ... ignored, takes an hour", true),
            ("test day::tests::bad ... FAILED", true),
            ("", false),
            (
                "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s",
                true,
            ),
            ("test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s", false),
            ("test result: ok. 7 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s", true),
        ];
        for (line, shown) in lines {
            assert_eq!(read_cargo_line(line, &mut counts), shown, "{line}");
        }
        assert_eq!(counts, Counts { passed: 19, failed: 3, ignored: vec!["day::tests::slow".into()] });
    }

    #[test]
    fn tap_totals_and_skips_are_read() {
        let text =
            "TAP version 13\nok 1 - a\nok 2 - b # SKIP no reason\n# tests 4\n# pass 2\n# fail 1\n# cancelled 1\n";
        let counts = read_tap(text);
        assert_eq!((counts.passed, counts.failed), (2, 2));
        assert_eq!(counts.ignored, ["ok 2 - b"]);
    }

    #[test]
    fn steps_without_tests_count_once_and_impossible_ones_fail() {
        let mut tally = Tally::default();
        assert!(tally.step("format", |_| Ok(())));
        assert!(!tally.step("clippy", |_| Err("no".into())));
        let many = |counts: &mut Counts| {
            *counts = Counts { passed: 5, failed: 2, ignored: Vec::new() };
            Err("two tests failed".to_owned())
        };
        assert!(!tally.step("tests", many));
        tally.impossible("browser", "the build failed");
        assert!(tally.summary().ends_with("\n6 passed, 4 failed"));
    }
}
