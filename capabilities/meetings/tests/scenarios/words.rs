//! Words in both languages.

use std::collections::BTreeSet;

use chibo_meetings::rules::Terms;
use chibo_testkit::{Sources, TODAY, words_are_those_used};

fn used() -> BTreeSet<String> {
    let text = Sources::of(env!("CARGO_MANIFEST_DIR"));
    let ends = ["meetings-item-", "meetings-topic-", "meetings-criterion-"];
    let mut used: BTreeSet<String> =
        text.keys("meetings-").into_iter().filter(|key| !ends.contains(&key.as_str())).collect();
    // The items of the form and the topics are data: their words are asked for by name.
    let terms = Terms::on(TODAY).unwrap();
    used.extend(terms.ticks.iter().map(|tick| format!("meetings-item-{}", tick.item)));
    used.extend(terms.points.iter().map(|(name, _)| format!("meetings-item-{}", name.replace('_', "-"))));
    used.extend(["duration", "attendance", "speakers", "tasks"].map(|name| format!("meetings-item-{name}")));
    used.extend(terms.topics.iter().map(|(_, topic)| format!("meetings-topic-{topic}")));
    used.extend((1..=8).map(|criterion| format!("meetings-criterion-{criterion}")));
    used.extend(text.keys("meeting-").into_iter().map(|act| format!("audit-{act}")));
    used.extend(["closed", "reopened", "dropped", "posted"].map(|done| format!("done-meeting-{done}")));
    used
}

#[test]
fn every_used_key_has_words_in_both_languages_and_no_word_is_left_over() {
    let used = used();
    assert!(used.len() > 200, "{}", used.len());
    words_are_those_used(chibo_meetings::WORDS, &used);
}
