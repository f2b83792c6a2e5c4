//! Words in both languages, statements on every engine.

use std::collections::BTreeSet;

use chibo_testkit::{Sources, words_are_those_used};

/// Quoted texts that look like keys of this capability, the words of its checks, the acts it records.
fn used() -> BTreeSet<String> {
    let text = Sources::of(env!("CARGO_MANIFEST_DIR"));
    let acts = [
        "quality-checked",
        "quality-campaign-begun",
        "quality-list-exported",
        "quality-reconciled",
        "quality-reconciliation-begun",
        "quality-reconciliation-removed",
        "quality-reconciliation-exported",
        "quality-values-taken",
        "quality-found-apart",
        "quality-rows-moved",
        "quality-rows-given-back",
    ];
    let done =
        ["quality-merged", "quality-merge-undone", "quality-taken", "quality-reconciliation-removed", "quality-apart"];
    let mut used = text.keys("quality-");
    used.retain(|key| !acts.contains(&key.as_str()) && key != "quality-check-mend");
    used.retain(|key| key != "quality-merged" && key != "quality-reconciliation");
    used.extend(acts.map(|act| format!("audit-{act}")));
    used.extend(chibo_quality::rules::CHECKS.iter().flat_map(|check| [check.title.to_owned(), check.mend.to_owned()]));
    used.extend(done.map(|done| format!("done-{done}")));
    used.extend([chibo_quality::CHECK, chibo_quality::RECONCILE].map(|job| format!("job-{job}")));
    used
}

#[test]
fn every_statement_fits_its_declaration_and_none_joins_persons_with_units() {
    crate::world::World::each(|world| {
        let faults = chibo_store::catalogue::check(&world.house.db, &chibo_quality::statements()).unwrap();
        assert!(faults.is_empty(), "{faults:?}");
        let migrations =
            [chibo_organisation::MIGRATIONS, chibo_members::MIGRATIONS, chibo_quality::MIGRATIONS].concat();
        let mixed = chibo_store::catalogue::mixed_owners(&chibo_quality::statements(), &migrations).unwrap();
        assert!(mixed.is_empty(), "{mixed:?}");
    });
}

#[test]
fn every_used_key_has_words_in_both_languages_and_no_word_is_left_over() {
    let used = used();
    assert!(used.len() > 90, "{}", used.len());
    words_are_those_used(chibo_quality::WORDS, &used);
}
