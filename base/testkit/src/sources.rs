//! What a capability's own text says: which words it asks for, and whether exactly those are written.

#![allow(clippy::unwrap_used, clippy::panic)] // only tests call it

use std::collections::BTreeSet;
use std::path::Path;

use chibo_web::words::{Lang, Words};

/// The text of a capability: its sources and views, without unit tests in files of their own.
pub struct Sources(String);

fn read(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, text);
        } else if !path.to_string_lossy().contains("_tests") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

impl Sources {
    /// Of the capability in a folder (`env!("CARGO_MANIFEST_DIR")`).
    pub fn of(folder: &str) -> Self {
        let mut text = String::new();
        // Not every capability has templates.
        let parts = ["src", "views"].map(|part| Path::new(folder).join(part)).into_iter();
        parts.filter(|part| part.exists()).for_each(|part| read(&part, &mut text));
        Self(text)
    }

    /// Quoted texts that begin so and look like keys.
    pub fn keys(&self, begin: &str) -> BTreeSet<String> {
        let plain = |key: &&str| key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let pieces = self.0.split('"').filter(|piece| piece.starts_with(begin) && piece.len() > begin.len());
        pieces.filter(plain).map(str::to_owned).collect()
    }

    /// Whether the text says this.
    pub fn say(&self, what: &str) -> bool {
        self.0.contains(what)
    }
}

/// Every used key has words in both languages, and no word is left over.
pub fn words_are_those_used(words: (&str, &str), used: &BTreeSet<String>) {
    let built = Words::build(&[words]).unwrap_or_else(|faults| panic!("{faults:?}"));
    for lang in [Lang::Vi, Lang::En] {
        let missing: Vec<_> = used.iter().filter(|key| !built.tongue(lang).has(key)).collect();
        assert!(missing.is_empty(), "{lang:?}: {missing:?}");
    }
    let known = words.0.lines().filter_map(|line| line.split_once(" = "));
    let left: Vec<_> = known.map(|(key, _)| key).filter(|key| !used.contains(*key)).collect();
    assert!(left.is_empty(), "never used: {left:?}");
}
