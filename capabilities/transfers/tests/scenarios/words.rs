//! Words in both languages, statements on every engine.

use std::collections::BTreeSet;

use chibo_web::words::{Lang, Words};

fn source(folder: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text.push_str(&source(path.to_str().unwrap()));
        } else if !path.to_string_lossy().contains("_tests") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    text
}

/// Quoted texts that look like keys of this capability, and the acts it records.
fn used() -> BTreeSet<String> {
    let text = source("src") + &source("views");
    let plain = |key: &&str| key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let keys = |begin: &'static str| {
        let pieces = text.split('"').filter(move |piece| piece.starts_with(begin) && piece.len() > begin.len());
        pieces.filter(plain).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let acts = keys("transfer-").into_iter().map(|act| format!("audit-{act}"));
    keys("transfers-").into_iter().chain(acts).collect()
}

#[test]
fn every_used_key_has_words_in_both_languages_and_no_word_is_left_over() {
    let words = Words::build(&[chibo_transfers::WORDS]).unwrap_or_else(|faults| panic!("{faults:?}"));
    let used = used();
    assert!(used.len() > 80, "{}", used.len());
    for lang in [Lang::Vi, Lang::En] {
        let missing: Vec<_> = used.iter().filter(|key| !words.tongue(lang).has(key)).collect();
        assert!(missing.is_empty(), "{lang:?}: {missing:?}");
    }
    let known = chibo_transfers::WORDS.0.lines().filter_map(|line| line.split_once(" = "));
    let left: Vec<_> = known.map(|(key, _)| key).filter(|key| !used.contains(*key)).collect();
    assert!(left.is_empty(), "never used: {left:?}");
}
