//! Scenarios in the words of the field, on the engine the environment names.

mod corrections;
mod headings;
mod holds;
mod imports;
mod pages;
mod postings;
mod records;

use std::collections::BTreeSet;
use std::path::Path;

/// Word keys named in the sources of this crate.
fn keys(dir: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            keys(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for part in text.split('"').skip(1).step_by(2) {
            if part.starts_with("members-")
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            {
                found.insert(part.to_owned());
            }
        }
    }
}

#[test]
fn every_word_key_of_the_sources_has_words() {
    let (vi, _) = crate::capability().words;
    let has = |key: &str| vi.lines().any(|line| line.split_once(" = ").is_some_and(|(known, _)| known == key));
    let mut found = BTreeSet::new();
    keys(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 100, "{}", found.len());
    for key in found {
        assert!(has(&key) || has(&format!("audit-{key}")) || has(&format!("done-{key}")), "{key}");
    }
    for done in [
        "member-entered",
        "member-corrected",
        "member-posting-corrected",
        "member-standing-corrected",
        "member-level-set",
    ] {
        assert!(has(&format!("done-{done}")) && has(&format!("audit-{done}")), "{done}");
    }
    for job in crate::jobs::handlers() {
        assert!(has(&format!("job-{}", job.kind)));
    }
}

#[test]
fn every_statement_fits_its_declaration() {
    let world = crate::testing::World::new();
    let faults = chibo_store::catalogue::check(&world.house.db, &crate::statements()).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn no_statement_joins_tables_of_persons_and_units() {
    let migrations = [chibo_organisation::MIGRATIONS, crate::MIGRATIONS].concat();
    let mixed = chibo_store::catalogue::mixed_owners(&crate::statements(), &migrations).unwrap();
    assert!(mixed.is_empty(), "{mixed:?}");
}
