//! Every sentence the crate can say exists in both languages, with the same arguments.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // the functions that tests share

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn messages(file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(file);
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| line.starts_with("papers-"));
    lines
        .map(|line| {
            let (key, sentence) = line.split_once(" = ").unwrap();
            let arguments = sentence.split("{ $").skip(1).map(|rest| rest.split(' ').next().unwrap().to_owned());
            (key.to_owned(), arguments.collect())
        })
        .collect()
}

fn said(folder: &Path, keys: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            said(&path, keys);
        } else {
            let text = fs::read_to_string(path).unwrap();
            keys.extend(
                text.split("\"papers-").skip(1).map(|rest| format!("papers-{}", rest.split('"').next().unwrap())),
            );
        }
    }
}

#[test]
fn every_sentence_is_in_both_languages() {
    let (vi, en) = (messages("vi.ftl"), messages("en.ftl"));
    assert_eq!(vi, en);
    let mut keys = BTreeSet::new();
    said(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut keys);
    assert_eq!(keys, vi.into_keys().collect());
}
