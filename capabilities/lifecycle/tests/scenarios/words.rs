//! Words in both languages, statements on every engine.

use std::collections::BTreeSet;

use chibo_testkit::{Sources, words_are_those_used};

use crate::world::World;

/// Quoted texts that look like keys of this capability, the acts it records, and its job.
fn used() -> BTreeSet<String> {
    let text = Sources::of(env!("CARGO_MANIFEST_DIR"));
    let keys = |begin| text.keys(begin);
    let acts = keys("life-").into_iter().map(|act| format!("audit-{act}"));
    let jobs = keys("unit-life-").into_iter().map(|job| format!("job-{job}"));
    keys("lifecycle-").into_iter().chain(acts).chain(jobs).collect()
}

#[test]
fn every_used_key_has_words_in_both_languages_and_no_word_is_left_over() {
    let used = used();
    assert!(used.len() > 190, "{}", used.len());
    words_are_those_used(chibo_lifecycle::WORDS, &used);
}

#[test]
fn every_statement_means_what_it_declares() {
    World::each(|world| {
        let statements = chibo_lifecycle::statements();
        let faults = chibo_store::catalogue::check(&world.house.db, &statements).unwrap();
        assert_eq!(faults, Vec::<String>::new());
        let mixed = chibo_store::catalogue::mixed_owners(&statements, chibo_lifecycle::MIGRATIONS).unwrap();
        assert_eq!(mixed, Vec::<String>::new());
    });
}
