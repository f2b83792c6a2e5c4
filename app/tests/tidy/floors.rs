//! The picture of the house (design §1): imports point down, neighbours do not know each other, nobody reaches into
//! another's storage.

use std::collections::BTreeMap;

use crate::files::all;
use crate::nothing_in;

/// Floors from the ground up. Crates of one floor do not import each other; what is not named here is a capability
/// above the foundation three.
const FLOORS: [&[&str]; 10] = [
    &["kernel"],
    &["store"],
    &["census", "papers"],
    &["web"],
    &["testkit"],
    &["accounts"],
    &["organisation"],
    &["members"],
    &["reports"],
    &["app"],
];
const CAPABILITIES: usize = 8;

/// What the program itself takes from a capability's storage, to put it together and to look after it.
const ALLOWED: [&str; 4] = ["count_persons", "key_owner", "add_import", "move_import"];

fn floor(name: &str) -> usize {
    FLOORS.iter().position(|floor| floor.contains(&name)).unwrap_or(CAPABILITIES)
}

/// Crates of ours named in `[dependencies]`, by crate.
fn imports() -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for file in all(&["/Cargo.toml"]) {
        let name = match file.path.strip_suffix("/Cargo.toml").and_then(|folder| folder.rsplit('/').next()) {
            Some("xtask") | None => continue,
            Some(name) => name.to_owned(),
        };
        let mut inside = false;
        let mut names = Vec::new();
        for line in file.text.lines().map(str::trim) {
            if line.starts_with('[') {
                inside = line == "[dependencies]";
            } else if let Some(rest) = line.strip_prefix("chibo-").filter(|_| inside) {
                names.extend(rest.split(['.', ' ', '=']).next().map(str::to_owned));
            }
        }
        found.insert(name, names);
    }
    found
}

#[test]
fn imports_point_down_only() {
    let imports = imports();
    assert!(imports.len() >= 11, "{:?}", imports.keys());
    let mut faults = Vec::new();
    for (name, needs) in &imports {
        let up = needs.iter().filter(|need| floor(need) >= floor(name));
        faults.extend(up.map(|need| format!("{name} (floor {}) imports {need} (floor {})", floor(name), floor(need))));
        faults.extend(needs.iter().filter(|need| *need == "testkit").map(|_| format!("{name} ships the testkit")));
    }
    nothing_in("imports that point up or sideways", &faults);
}

#[test]
fn every_folder_is_on_the_picture() {
    let known: Vec<_> = imports().into_keys().collect();
    for floor in FLOORS {
        for name in floor {
            assert!(known.iter().any(|crate_name| crate_name == name), "the picture shows {name}, the house has none");
        }
    }
}

#[test]
fn nobody_reaches_into_anothers_store() {
    let mut faults = Vec::new();
    let mut used = std::collections::BTreeSet::new();
    for file in all(&[".rs"]).iter().filter(|file| !file.path.starts_with("app/tests/tidy")) {
        let own = file.path.strip_prefix("capabilities/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
        for (at, line) in file.text.lines().enumerate() {
            for (owner, what) in reaches(line).into_iter().filter(|(owner, _)| *owner != own) {
                let of_app = file.path.starts_with("app/src/") || file.path.starts_with("app/examples/");
                if of_app && ALLOWED.contains(&what) {
                    used.insert(what.to_owned());
                } else if !file.path.starts_with("app/tests/") {
                    faults.push(format!("{}:{}: store of {owner}: {what}", file.path, at + 1));
                }
            }
        }
    }
    nothing_in("reaching into another capability's storage", &faults);
    assert!(used.len() == ALLOWED.len(), "the allow-list may shrink to {used:?}");
}

fn is_name(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// `chibo_x::store::y` in a line, as `(x, y)`.
fn reaches(line: &str) -> Vec<(&str, &str)> {
    let found = line.split("chibo_").skip(1).filter_map(|rest| {
        let (owner, rest) = rest.split_once("::store").filter(|(owner, _)| is_name(owner))?;
        let what = rest.strip_prefix("::").unwrap_or("all");
        let what = what.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        Some((owner, what))
    });
    found.collect()
}

#[test]
fn reaching_in_is_noticed() {
    let line = "chibo_members::store::dates(tx) + chibo_accounts::count(tx); use chibo_accounts::store;";
    assert_eq!(reaches(line), [("members", "dates"), ("accounts", "all")]);
}
