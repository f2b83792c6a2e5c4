//! Words in both languages.

use std::collections::BTreeSet;

use chibo_evaluation::rules::Terms;
use chibo_testkit::{Sources, TODAY, words_are_those_used};

/// Quoted texts that look like keys of this capability, the criteria of the rulebook, the acts it records.
fn used() -> BTreeSet<String> {
    let text = Sources::of(env!("CARGO_MANIFEST_DIR"));
    let acts = text.keys("evaluate-").into_iter().map(|act| format!("audit-{act}"));
    let keys = text.keys("evaluation-").into_iter().filter(|key| !key.ends_with('-'));
    let mut used: BTreeSet<String> = keys.chain(acts).collect();
    used.extend(Terms::on(TODAY).unwrap().criteria.iter().map(|criterion| criterion.word()));
    used
}

#[test]
fn every_used_key_has_words_in_both_languages_and_no_word_is_left_over() {
    let used = used();
    assert!(used.len() > 200, "{}", used.len());
    words_are_those_used(chibo_evaluation::WORDS, &used);
}
