//! Nothing of one machine is in what everybody gets: no paths, no private registries, no secrets.

use crate::files::{all, root};
use crate::nothing_in;

const TEXT: [&str; 16] = [
    ".rs", ".toml", ".lock", ".ftl", ".html", ".md", ".sql", ".js", ".mjs", ".ts", ".css", ".json", ".csv", ".yml",
    ".sh", "run",
];

#[test]
fn no_path_of_this_machine_is_committed() {
    let root = root();
    let mut paths = vec![root.to_string_lossy().into_owned()];
    // The folder above holds our siblings; where it is a well-known place it says nothing.
    let above = root.parent().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
    if above.len() > 1 && !["/tmp", "/app", "/src", "/home", "/usr/src"].contains(&above.as_str()) {
        paths.push(format!("{above}/"));
    }
    paths.extend(["/home/", "/root/", "/Users/"].map(str::to_owned));
    let mut faults = Vec::new();
    for file in all(&TEXT).iter().filter(|file| !file.path.starts_with("app/tests/tidy/")) {
        for (at, line) in file.text.lines().enumerate() {
            let named = |path: &&String| {
                line.match_indices(path.as_str()).any(|(place, _)| {
                    let before = line[..place].chars().next_back();
                    before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_' | '}' | '/' | '*'))
                })
            };
            faults.extend(paths.iter().find(named).map(|path| format!("{}:{}: {path}", file.path, at + 1)));
        }
    }
    faults.retain(|fault| !fault.contains("/etc/passwd"));
    nothing_in("paths of one machine", &faults);
}

#[test]
fn packages_come_from_the_public_registries() {
    let mut faults = Vec::new();
    for file in all(&["Cargo.lock"]) {
        let sources = file.text.lines().filter_map(|line| line.strip_prefix("source = "));
        let other = sources.filter(|source| *source != "\"registry+https://github.com/rust-lang/crates.io-index\"");
        faults.extend(other.map(|source| format!("{}: {source}", file.path)));
    }
    for file in all(&["package-lock.json", "package.json"]) {
        let addresses = file.text.lines().filter_map(|line| line.trim().strip_prefix("\"resolved\": \""));
        let other = addresses.filter(|address| !address.starts_with("https://registry.npmjs.org/"));
        faults.extend(other.map(|address| format!("{}: {address}", file.path)));
    }
    for file in all(&[".npmrc", "config.toml", "pip.conf", "Cargo.toml"]) {
        let private = ["[source.", "replace-with", "registry =", "registry=", "index-url", "_authToken"];
        let named = private.iter().filter(|word| file.text.contains(*word));
        faults.extend(named.map(|word| format!("{}: {word}", file.path)));
    }
    nothing_in("packages from elsewhere", &faults);
}

#[test]
fn no_secret_is_committed() {
    let marks = ["-----BEGIN PRIVATE", "-----BEGIN RSA", "-----BEGIN OPENSSH", "AKIA", "ghp_", "xoxb-", "npm_"];
    let mut faults = Vec::new();
    for file in all(&TEXT).iter().filter(|file| !file.path.starts_with("app/tests/tidy/")) {
        for (at, line) in file.text.lines().enumerate() {
            let long = |mark: &&&str| {
                line.split_once(**mark).is_some_and(|(_, rest)| {
                    mark.starts_with('-') || rest.chars().take_while(char::is_ascii_alphanumeric).count() >= 16
                })
            };
            faults
                .extend(marks.iter().find(|mark| long(mark)).map(|mark| format!("{}:{}: {mark}…", file.path, at + 1)));
        }
    }
    let names = all(&[".rs", "keys.json", ".json", ".toml"]);
    faults.extend(names.iter().filter(|file| file.path.ends_with("keys.json")).map(|file| file.path.clone()));
    nothing_in("secrets", &faults);
}
