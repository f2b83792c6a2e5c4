//! Words: what the code and the templates ask for exists in both languages.

use std::collections::{BTreeMap, BTreeSet};

use crate::files::{File, all};
use crate::nothing_in;

/// Keys of every `.ftl` file of one language, with the file.
fn keys(language: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut twice = Vec::new();
    for file in all(&[&format!("locales/{language}.ftl")]) {
        for line in file.text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            let Some((key, _)) = line.split_once('=') else { continue };
            if let Some(other) = found.insert(key.trim().to_owned(), file.path.clone()) {
                twice.push(format!("{}: in {other} and {}", key.trim(), file.path));
            }
        }
    }
    nothing_in("keys that mean two things", &twice);
    found
}

/// The literal after each of these marks, up to the closing quote.
fn after<'t>(text: &'t str, marks: &[&str]) -> Vec<&'t str> {
    let pieces = marks.iter().flat_map(|mark| text.split(mark).skip(1));
    let keys = pieces.filter_map(|rest| rest.split_once('"')).map(|(key, _)| key);
    keys.filter(|key| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')).collect()
}

/// Program text without the tests beside it.
fn sources() -> Vec<File> {
    let mut files = all(&[".rs", ".html"]);
    files.retain(|file| {
        !file.path.contains("/tests") && !file.path.contains("_tests") && !file.path.starts_with("xtask/")
    });
    for file in &mut files {
        let end = file.text.find("#[cfg(test)]\nmod tests {").unwrap_or(file.text.len());
        file.text.truncate(end);
    }
    files
}

/// Every key asked for literally, with where.
fn asked() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for file in sources() {
        let spoken = [".t(\"", ".t1(\"", ".t2(\"", "Said::new(\""];
        let mut keys: Vec<String> = after(&file.text, &spoken).into_iter().map(str::to_owned).collect();
        keys.extend(menu_keys(&file.text));
        keys.extend(done_keys(&file.text).into_iter().map(|key| format!("done-{key}")));
        keys.extend(acts(&file.text).into_iter().map(|act| format!("audit-{act}")));
        for key in keys {
            found.entry(key).or_insert(file.path.clone());
        }
    }
    found
}

fn menu_keys(text: &str) -> Vec<String> {
    let items = text.split("MenuItem {").skip(1).filter_map(|item| item.split_once('}')).map(|(item, _)| item);
    items.flat_map(|item| after(item, &["key: \"", "group: \""])).map(str::to_owned).collect()
}

/// What stands between an opening parenthesis and the one that closes it.
fn arguments(rest: &str) -> &str {
    let mut depth = 1;
    let end = rest.find(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth == 0
    });
    end.map_or(rest, |end| &rest[..end])
}

/// Last arguments of `Reply::done` and addresses that end in `?done=…`.
fn done_keys(text: &str) -> Vec<String> {
    let calls = text.split("Reply::done(").skip(1).map(arguments);
    let last = calls.filter_map(|call| call.trim_end().strip_suffix('"')?.rsplit_once('"')).map(|(_, key)| key);
    let addresses = text.split("done=").skip(1).filter_map(|rest| rest.split(['"', '&', '{']).next());
    let plain =
        |key: &&str| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    last.chain(addresses).filter(plain).map(str::to_owned).collect()
}

/// Acts recorded in the audit log.
fn acts(text: &str) -> Vec<String> {
    let mut found: Vec<_> = after(text, &["action: \""]).into_iter().map(str::to_owned).collect();
    for call in ["record(", "audit("] {
        for rest in text.split(call).skip(1) {
            let arguments = arguments(rest);
            if arguments.trim_start().starts_with("op,") {
                found.extend(arguments.split('"').nth(1).map(str::to_owned));
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_keys() {
    let (vi, en) = (keys("vi"), keys("en"));
    println!("{} keys", vi.len());
    let lacking = |has: &BTreeMap<String, String>, lacks: &BTreeMap<String, String>, name: &str| {
        let missing = has.iter().filter(|(key, _)| !lacks.contains_key(*key));
        missing.map(|(key, path)| format!("{key} of {path}: missing in {name}")).collect::<Vec<_>>()
    };
    nothing_in("keys of one language only", &[lacking(&vi, &en, "English"), lacking(&en, &vi, "Vietnamese")].concat());
}

#[test]
fn every_word_asked_for_is_there() {
    let (vi, asked) = (keys("vi"), asked());
    println!("{} keys asked for literally", asked.len());
    assert!(asked.len() > 500, "the scan finds hardly anything: {}", asked.len());
    let missing = asked.iter().filter(|(key, _)| !vi.contains_key(*key));
    let missing: Vec<_> = missing.map(|(key, path)| format!("{key}, asked for in {path}")).collect();
    nothing_in("words that do not exist", &missing);
}

#[test]
fn every_recorded_act_has_its_words() {
    let acts: BTreeSet<_> = sources().iter().flat_map(|file| acts(&file.text)).collect();
    assert!(acts.len() >= 30 && acts.contains("members-imported") && acts.contains("unit-moved"), "{acts:?}");
}

#[test]
fn the_scan_reads_what_it_should() {
    let text = "Reply::done(format!(\"/units/{id}\"), \"moved\"); w.t(\"a-b\"); record(op, unit, \"unit-moved\", &x);\
        let to = \"/sign-in?done=signed-out\".to_owned(); Reply::done(\"/jobs\", \"cancelled\")";
    assert_eq!(done_keys(&format!("{text};")), ["moved", "cancelled", "signed-out"]);
    assert_eq!(acts(text), ["unit-moved"]);
    assert_eq!(arguments("a, f(b), \"c\") + d(e)"), "a, f(b), \"c\"");
    assert_eq!(after(text, &[".t(\""]), ["a-b"]);
}
