//! Words in both languages, statements on every engine.

use std::collections::BTreeSet;

use chibo_testkit::{Sources, words_are_those_used};

use crate::world::World;

/// Quoted texts that look like keys of this capability, and the acts it records.
fn used() -> BTreeSet<String> {
    let text = Sources::of(env!("CARGO_MANIFEST_DIR"));
    let own = text.keys("regulations-");
    let acts = ["regulation-model-issued", "regulation-adopted", "regulation-reported", "regulation-announced"];
    assert!(acts.iter().all(|act| text.say(act)));
    let acts = acts.iter().chain(&["regulation-list-exported"]).map(|act| format!("audit-{act}"));
    own.into_iter().chain(acts).collect()
}

#[test]
fn every_used_key_has_words_in_both_languages_and_no_word_is_left_over() {
    let used = used();
    assert!(used.len() > 90);
    words_are_those_used(chibo_regulations::WORDS, &used);
}

#[test]
fn every_statement_means_what_it_declares() {
    World::each(|world| {
        let faults = chibo_store::catalogue::check(&world.house.db, &chibo_regulations::statements()).unwrap();
        assert_eq!(faults, Vec::<String>::new());
    });
}
