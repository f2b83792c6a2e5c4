//! `docs/coverage.md`: which rule of the domain digest is enforced where, and by which test.

mod scan;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use scan::{Found, Rule};

/// Folders with code of the product.
const SOURCES: [&str; 3] = ["app", "base", "capabilities"];

const INTRO: &str = "\
# Rules in code

Made by `cargo xtask coverage` from the rule ids that comments and code cite and from the names of tests; do not edit.
`cargo xtask test` fails when it is stale (line numbers alone do not count). A rule without a test in the last column
is cited but not proven.
";

/// Writes the map.
pub fn write(root: &Path) -> Result<String, String> {
    let (text, rules) = make(root)?;
    let file = file(root);
    fs::write(&file, text).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(format!("docs/coverage.md: {rules} rules"))
}

/// Fails when the map differs from the code in more than line numbers.
pub fn check(root: &Path) -> Result<String, String> {
    let (text, rules) = make(root)?;
    let kept = fs::read_to_string(file(root)).unwrap_or_default();
    match first_difference(&kept, &text) {
        None => Ok(format!("docs/coverage.md is fresh: {rules} rules")),
        Some(line) => Err(format!("docs/coverage.md is stale. Type: cargo xtask coverage\n  code now says: {line}")),
    }
}

fn file(root: &Path) -> PathBuf {
    root.join("docs/coverage.md")
}

fn make(root: &Path) -> Result<(String, usize), String> {
    let mut files = Vec::new();
    for folder in SOURCES {
        rust_files(&root.join(folder), &mut files)?;
    }
    files.sort();
    let mut map: BTreeMap<Rule, Vec<Found>> = BTreeMap::new();
    for path in files {
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        for (rule, found) in scan::file(&name, &text) {
            map.entry(rule).or_default().push(found);
        }
    }
    Ok((render(&map), map.len()))
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() && name != "target" && name != "node_modules" {
            rust_files(&path, into)?;
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            into.push(path);
        }
    }
    Ok(())
}

fn render(map: &BTreeMap<Rule, Vec<Found>>) -> String {
    let tested = map.values().filter(|found| found.iter().any(|f| f.test.is_some())).count();
    let mut out = String::from(INTRO);
    let _ = writeln!(out, "\n{} rules cited, {tested} of them tested by name.\n", map.len());
    out.push_str("| Rule | Code | Tests |\n|---|---|---|\n");
    for (rule, found) in map {
        let code: Vec<_> = found.iter().filter(|f| f.test.is_none()).collect();
        let code = code.chunk_by(|one, next| one.file == next.file).map(lines).collect::<Vec<_>>();
        let test = |f: &Found| f.test.as_ref().map(|name| format!("{}:{} `{name}`", f.file, f.line));
        let tests: Vec<_> = found.iter().filter_map(test).collect();
        let _ = writeln!(out, "| {rule} | {} | {} |", code.join("<br>"), tests.join("<br>"));
    }
    out
}

/// Places in one file: `a/b.rs:4, 12`.
fn lines(places: &[&Found]) -> String {
    let numbers: Vec<_> = places.iter().map(|place| place.line.to_string()).collect();
    format!("{}:{}", places.first().map_or("", |place| place.file.as_str()), numbers.join(", "))
}

/// The first line that differs when line numbers are left out.
fn first_difference(kept: &str, made: &str) -> Option<String> {
    let plain = |text: &str| -> Vec<String> { text.lines().map(without_numbers).collect() };
    let (kept, made) = (plain(kept), plain(made));
    if kept == made {
        return None;
    }
    let differs = made.iter().enumerate().find(|(index, line)| kept.get(*index) != Some(line));
    Some(differs.map_or_else(|| "less than the map".to_owned(), |(_, line)| line.clone()))
}

/// `a/b.rs:4, 12` becomes `a/b.rs`.
fn without_numbers(line: &str) -> String {
    let mut parts = line.split(".rs:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(".rs");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == ' '));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(line: usize, test: Option<&str>) -> BTreeMap<Rule, Vec<Found>> {
        let found = |line, test: Option<&str>| Found { file: "base/a.rs".into(), line, test: test.map(str::to_owned) };
        let rule = scan::file("a.rs", "// ORG-01").pop().unwrap().0;
        BTreeMap::from([(rule, vec![found(line, None), found(line + 1, None), found(line + 9, test)])])
    }

    #[test]
    fn the_map_names_code_and_tests() {
        let text = render(&map(4, Some("org_01_three_members")));
        assert!(text.contains("| ORG-01 | base/a.rs:4, 5 | base/a.rs:13 `org_01_three_members` |"), "{text}");
        assert!(text.contains("1 rules cited, 1 of them tested"));
    }

    #[test]
    fn moved_lines_are_fresh_and_changed_tests_are_stale() {
        let kept = render(&map(4, Some("org_01_three_members")));
        assert_eq!(first_difference(&kept, &render(&map(40, Some("org_01_three_members")))), None);
        assert!(first_difference(&kept, &render(&map(4, Some("org_01_two_members")))).is_some());
        assert!(first_difference(&kept, &render(&map(4, None))).is_some());
        assert!(first_difference("", &kept).is_some());
    }
}
