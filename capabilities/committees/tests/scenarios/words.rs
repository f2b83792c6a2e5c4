//! Words in both languages, statements on every engine.

use std::collections::BTreeSet;

use chibo_testkit::{Sources, words_are_those_used};

use crate::world::World;

/// Names of duties, and words of the whole program that only this capability asks for.
const DUTIES: [&str; 3] = ["committee-vacancies", "committee-terms", "committee-approvals"];
const OTHERS: [&str; 2] = ["done-none-elected", "job-committee-leaving"];

/// Quoted texts that look like keys of this capability, and the acts it records.
fn used() -> BTreeSet<String> {
    let text = Sources::of(env!("CARGO_MANIFEST_DIR"));
    let keys = |begin| text.keys(begin);
    let acts = keys("committee-").into_iter().filter(|act| !DUTIES.contains(&act.as_str()));
    let acts = acts.map(|act| format!("audit-{act}"));
    keys("committees-").into_iter().chain(acts).chain(OTHERS.map(str::to_owned)).collect()
}

#[test]
fn every_used_key_has_words_in_both_languages_and_no_word_is_left_over() {
    let used = used();
    assert!(used.len() > 250, "{}", used.len());
    words_are_those_used(chibo_committees::WORDS, &used);
}

#[test]
fn every_statement_means_what_it_declares() {
    World::each(|world| {
        let faults = chibo_store::catalogue::check(&world.house.db, &chibo_committees::statements()).unwrap();
        assert_eq!(faults, Vec::<String>::new());
    });
}
