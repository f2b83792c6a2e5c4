//! Every key the code and the templates use exists in both languages, and no word is left over.

use std::collections::BTreeSet;
use std::path::Path;

use chibo_web::words::{Lang, Words};

use crate::kinds::{DECLARED, Role, Setting};
use crate::rules::How;

fn texts(folder: &Path, endings: &[&str], out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, endings, out);
        } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending))
            && !path.ends_with("words_tests.rs")
        {
            out.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// String literals that look like keys of this capability.
fn used() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    texts(&root.join("src"), &[".rs"], &mut text);
    texts(&root.join("views"), &[".html"], &mut text);
    let ours = |key: &&str| {
        let plain = key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit());
        plain && (key.starts_with("units-") || key.starts_with("reorganisations-") || key.starts_with("how-"))
    };
    let mut keys: BTreeSet<String> = text.split('"').filter(ours).map(str::to_owned).collect();
    let acts = ["units-loaded", "units-imported", "units-exported", "units-reorganised", "units-import-undone"];
    keys.retain(|key| !acts.contains(&key.as_str()));
    let audited = acts.iter().chain(&[
        "unit-established",
        "unit-amended",
        "unit-moved",
        "unit-dissolved",
        "unit-consent-recorded",
    ]);
    let offices = ["office-taken", "office-left", "office-approved", "offices-loaded"];
    keys.extend(audited.chain(&offices).map(|act| format!("audit-{act}")));
    keys.insert("units-import-undone".to_owned());
    keys.extend(DECLARED.iter().flat_map(|d| d.names.iter().map(|name| name.value.key.to_owned())));
    keys.extend(Setting::ALL.iter().map(|setting| setting.name_key().to_owned()));
    keys.extend(Role::ALL.iter().map(|role| role.name_key().to_owned()));
    keys.extend(How::ALL.iter().map(|how| how.name_key().to_owned()));
    keys
}

#[test]
fn every_used_key_has_words_in_both_languages_and_no_word_is_left_over() {
    let words = Words::build(&[crate::WORDS]).unwrap();
    let used = used();
    for lang in [Lang::Vi, Lang::En] {
        let missing: Vec<_> = used.iter().filter(|key| !words.tongue(lang).has(key)).collect();
        assert!(missing.is_empty(), "{lang:?}: {missing:?}");
    }
    let known = crate::WORDS.0.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned());
    let left: Vec<_> = known.filter(|key| !used.contains(key)).collect();
    assert!(left.is_empty(), "never used: {left:?}");
}

#[test]
fn kinds_settings_and_roles_are_called_as_declared() {
    let words = Words::build(&[crate::WORDS]).unwrap();
    let (vi, en) = (words.tongue(Lang::Vi), words.tongue(Lang::En));
    for name in DECLARED.iter().flat_map(|declared| declared.names) {
        assert_eq!((vi.t(name.value.key), en.t(name.value.key)), (name.value.vi, name.value.en));
    }
    for setting in Setting::ALL {
        assert_eq!((vi.t(setting.name_key()), en.t(setting.name_key())), (setting.vi(), setting.en()));
    }
    for role in Role::ALL {
        assert_eq!((vi.t(role.name_key()), en.t(role.name_key())), (role.vi(), role.en()));
    }
}
