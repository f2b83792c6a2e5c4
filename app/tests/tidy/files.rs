//! Every text file of the repository, and what holds for each: sizes, names, normal form.

use std::path::{Path, PathBuf};

use crate::nothing_in;

/// Most lines of a Rust file (design §2).
const MOST_LINES: usize = 400;
/// Folders that hold nothing of ours.
const LEFT_OUT: [&str; 6] = ["target", ".git", "node_modules", "shots", "out", "dist"];
/// Names of things that have not been understood yet (STYLE).
const NO_NAMES: [&str; 4] = ["utils", "helpers", "common", "manager"];

/// A file: its path from the root, with `/`, and its text.
pub struct File {
    pub path: String,
    pub text: String,
}

/// The folder that holds `app/`.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap().to_owned()
}

/// Every file whose name ends in one of these and whose bytes are text.
pub fn all(endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    walk(&root(), &mut |path| {
        let name = path.to_string_lossy();
        if !endings.iter().any(|ending| name.ends_with(ending)) {
            return;
        }
        let inside = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        let bytes = std::fs::read(path).unwrap();
        if let Ok(text) = String::from_utf8(bytes) {
            found.push(File { path: inside, text });
        }
    });
    assert!(!found.is_empty(), "no file ends in {endings:?}");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn walk(folder: &Path, take: &mut dyn FnMut(&Path)) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        let kind = entry.file_type().unwrap();
        if kind.is_dir() && !LEFT_OUT.contains(&name.as_str()) && !name.starts_with("chibo-data") {
            walk(&path, take);
        } else if kind.is_file() && !name.ends_with(".log") {
            take(&path);
        }
    }
}

#[test]
fn no_rust_file_is_longer_than_one_sitting() {
    let files = all(&[".rs"]);
    let long =
        files.iter().map(|file| (file.text.lines().count(), &file.path)).filter(|(lines, _)| *lines > MOST_LINES);
    let long: Vec<_> = long.map(|(lines, path)| format!("{path}: {lines} lines")).collect();
    let mut lengths: Vec<_> = files.iter().map(|file| file.text.lines().count()).collect();
    lengths.sort_unstable();
    println!("{} Rust files, median {} lines, longest {:?}", lengths.len(), lengths[lengths.len() / 2], lengths.last());
    nothing_in("files of more than 400 lines", &long);
}

#[test]
fn no_file_or_folder_is_called_utils() {
    let bad = |file: &File| {
        let mut parts = file.path.split('/').map(|part| part.split('.').next().unwrap_or_default());
        parts.any(|part| NO_NAMES.contains(&part) || NO_NAMES.iter().any(|name| part.ends_with(&format!("_{name}"))))
    };
    let files = all(&[".rs", ".js", ".css", ".html", ".ftl"]);
    let found: Vec<_> = files.iter().filter(|file| bad(file)).map(|file| file.path.clone()).collect();
    nothing_in("names that say nothing", &found);
}

#[test]
fn vietnamese_is_written_in_composed_letters() {
    // Every Vietnamese letter exists composed; a combining mark in a file is a letter in another normal form.
    let mark = |c: char| ('\u{0300}'..='\u{036f}').contains(&c);
    let files = all(&[".rs", ".ftl", ".html", ".md", ".toml", ".sql", ".csv", ".js", ".mjs", ".ts", ".css"]);
    let lines = files.iter().flat_map(|file| file.text.lines().enumerate().map(move |(at, line)| (file, at, line)));
    let bad = lines.filter(|(_, _, line)| line.contains(mark));
    let bad: Vec<_> = bad.map(|(file, at, line)| format!("{}:{}: {line}", file.path, at + 1)).collect();
    nothing_in("letters that are not in normal form C", &bad);
}

#[test]
fn no_file_hides_unseen_characters() {
    // Zero-width and direction marks make a text read otherwise than it runs.
    let unseen =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let files = all(&[".rs", ".ftl", ".html", ".md", ".toml", ".sql", ".js", ".mjs", ".css"]);
    let bad: Vec<_> = files.iter().filter(|file| file.text.contains(unseen)).map(|file| file.path.clone()).collect();
    nothing_in("files with unseen characters", &bad);
}
