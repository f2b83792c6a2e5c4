//! Every direct dependency has its reason on a page, and the page names nothing that is gone.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn manifests(root: &Path) -> Vec<PathBuf> {
    let mut found = vec![root.join("Cargo.toml"), root.join("app/Cargo.toml"), root.join("xtask/Cargo.toml")];
    for folder in ["base", "capabilities"] {
        let crates = fs::read_dir(root.join(folder)).unwrap().flatten();
        found.extend(crates.map(|entry| entry.path().join("Cargo.toml")).filter(|file| file.is_file()));
    }
    found
}

/// Names in every `[…dependencies]` table, our own crates left out.
fn cargo_names(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && let Some((name, _)) = line.split_once(['.', ' ', '=']) {
            names.push(name.to_owned());
        }
    }
    names.retain(|name| !name.starts_with("chibo-") && !name.starts_with('#') && !name.is_empty());
    names
}

/// Names in the `dependencies` and `devDependencies` of a `package.json` written one a line.
fn npm_names(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.ends_with('{') {
            inside = line.contains("ependencies\"");
        } else if line.starts_with('}') {
            inside = false;
        } else if inside && let Some(name) = line.split('"').nth(1) {
            names.push(name.to_owned());
        }
    }
    names
}

/// First cells of the page's tables.
fn explained(page: &str) -> BTreeSet<String> {
    let cells = page.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" |"));
    cells.map(|(name, _)| name.to_owned()).filter(|name| name != "Package").collect()
}

#[test]
fn every_direct_dependency_has_its_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut used: BTreeSet<String> = manifests(root).iter().flat_map(|file| cargo_names(&read(file))).collect();
    for file in ["frontend/package.json", "e2e/package.json"] {
        used.extend(npm_names(&read(&root.join(file))));
    }
    let explained = explained(&read(&root.join("docs/decisions/dependencies.md")));
    assert!(used.contains("rusqlite") && used.contains("htmx.org") && used.contains("axe-core"), "{used:?}");
    let unexplained: Vec<_> = used.difference(&explained).collect();
    let gone: Vec<_> = explained.difference(&used).collect();
    assert!(unexplained.is_empty() && gone.is_empty(), "without a reason: {unexplained:?}; no longer used: {gone:?}");
}
