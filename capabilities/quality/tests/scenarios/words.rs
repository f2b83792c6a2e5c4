//! Words in both languages, statements on every engine.

use std::collections::BTreeSet;

use chibo_testkit::{Sources, words_are_those_used};

/// Quoted texts that look like keys of this capability, the words of its checks, the acts it records.
fn used() -> BTreeSet<String> {
    let text = Sources::of(env!("CARGO_MANIFEST_DIR"));
    let acts = ["quality-checked", "quality-campaign-begun", "quality-list-exported"];
    let mut used = text.keys("quality-");
    used.retain(|key| !acts.contains(&key.as_str()) && key != "quality-check-mend");
    used.extend(acts.map(|act| format!("audit-{act}")));
    used.extend(chibo_quality::rules::CHECKS.iter().flat_map(|check| [check.title.to_owned(), check.mend.to_owned()]));
    used.insert(format!("job-{}", chibo_quality::CHECK));
    used
}

#[test]
fn every_used_key_has_words_in_both_languages_and_no_word_is_left_over() {
    let used = used();
    assert!(used.len() > 90, "{}", used.len());
    words_are_those_used(chibo_quality::WORDS, &used);
}
