//! Words in both languages, statements on every engine.

use std::collections::BTreeSet;

use chibo_testkit::{Sources, words_are_those_used};

/// Quoted texts that look like keys of this capability, and the acts it records.
fn used() -> BTreeSet<String> {
    let text = Sources::of(env!("CARGO_MANIFEST_DIR"));
    let keys = |begin| text.keys(begin);
    let acts = keys("transfer-").into_iter().map(|act| format!("audit-{act}"));
    // Logs of before holds moved to members speak of them.
    let before = ["audit-transfer-hold".to_owned()];
    keys("transfers-").into_iter().chain(acts).chain(before).collect()
}

#[test]
fn every_used_key_has_words_in_both_languages_and_no_word_is_left_over() {
    let used = used();
    assert!(used.len() > 80, "{}", used.len());
    words_are_those_used(chibo_transfers::WORDS, &used);
}
