//! What the tests need besides cargo packages: PostgreSQL, Chromium, Node.js. Found, installed where that is allowed,
//! or asked for with the exact words to type.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::programs;

/// Programs found.
#[derive(Debug, Clone)]
pub struct Tools {
    /// Folder with `initdb` and `postgres`.
    pub postgres: PathBuf,
    /// The browser.
    pub chromium: PathBuf,
}

/// What a Debian package brings.
struct Need {
    what: &'static str,
    package: &'static str,
    found: fn() -> Option<PathBuf>,
}

const POSTGRES: Need = Need { what: "PostgreSQL server (initdb, postgres)", package: "postgresql", found: postgres };
const CHROMIUM: Need = Need { what: "Chromium", package: "chromium", found: chromium };
const NODE: Need = Need { what: "Node.js 20 or newer", package: "nodejs", found: node };
const NPM: Need = Need { what: "npm", package: "npm", found: npm };

/// Everything `cargo xtask test` needs.
pub fn all() -> Result<Tools, String> {
    obtain(&[POSTGRES, CHROMIUM, NODE, NPM])?;
    Ok(Tools { postgres: postgres().unwrap_or_default(), chromium: chromium().unwrap_or_default() })
}

/// What the browser tests alone need: the browser.
pub fn browser() -> Result<PathBuf, String> {
    obtain(&[CHROMIUM, NODE, NPM])?;
    Ok(chromium().unwrap_or_default())
}

fn obtain(needs: &[Need]) -> Result<(), String> {
    let missing =
        |needs: &[Need]| -> Vec<usize> { (0..needs.len()).filter(|i| (needs[*i].found)().is_none()).collect() };
    let absent = missing(needs);
    if !absent.is_empty() && may_install() {
        let packages: Vec<_> = absent.iter().map(|i| needs[*i].package).collect();
        println!("missing: {}; installing", packages.join(" "));
        let mut update = Command::new("apt-get");
        programs::run(update.arg("update"))?;
        let mut install = Command::new("apt-get");
        install.env("DEBIAN_FRONTEND", "noninteractive").args(["install", "-y"]).args(&packages);
        programs::run(&mut install)?;
    }
    for need in needs {
        if let Some(path) = (need.found)() {
            println!("{:<38} {}", need.what, path.display());
        }
    }
    let absent: Vec<_> = missing(needs).into_iter().map(|i| &needs[i]).collect();
    if absent.is_empty() { Ok(()) } else { Err(ask_for(&absent)) }
}

fn ask_for(absent: &[&Need]) -> String {
    let mut lines: Vec<_> = absent.iter().map(|need| format!("missing: {}", need.what)).collect();
    let packages: Vec<_> = absent.iter().map(|need| need.package).collect();
    lines.push(format!(
        "Nothing is skipped, so the tests stop here. On Debian or Ubuntu type:\n  sudo apt-get update && sudo apt-get install -y {}",
        packages.join(" ")
    ));
    if absent.iter().any(|need| need.package == "chromium") {
        lines.push("A Chromium or Chrome elsewhere: set CHIBO_CHROMIUM to its path.".to_owned());
    }
    lines.join("\n")
}

/// Root on a Debian-like system may install; everybody else is told what to type.
fn may_install() -> bool {
    is_root() && in_path(&["apt-get"]).is_some()
}

/// Whether this program runs as root.
pub fn is_root() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let uids = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    uids.and_then(|uids| uids.split_whitespace().nth(1)) == Some("0")
}

/// The first of these programs on the search path.
pub fn in_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

fn postgres() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    let on_path = in_path(&["initdb"]).and_then(|file| file.canonicalize().ok());
    let on_path = on_path.and_then(|file| file.parent().map(Path::to_owned));
    let usual = ["/usr/local/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin"].map(PathBuf::from);
    let mut folders = versions.into_iter().map(|(_, folder)| folder).chain(on_path).chain(usual);
    folders.find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

fn chromium() -> Option<PathBuf> {
    let told = std::env::var_os("CHIBO_CHROMIUM").map(PathBuf::from).filter(|file| file.is_file());
    told.or_else(|| in_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]))
}

fn node() -> Option<PathBuf> {
    let node = in_path(&["node"])?;
    let output = Command::new(&node).arg("--version").output().ok()?;
    (major(&String::from_utf8_lossy(&output.stdout))? >= 20).then_some(node)
}

fn npm() -> Option<PathBuf> {
    in_path(&["npm"])
}

/// The major version in `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_the_words_to_type() {
        let text = ask_for(&[&POSTGRES, &CHROMIUM]);
        assert!(text.contains("missing: PostgreSQL server"));
        assert!(text.contains("apt-get install -y postgresql chromium"));
        assert!(text.contains("CHIBO_CHROMIUM"));
    }

    #[test]
    fn versions_are_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v9.1"), Some(9));
        assert_eq!(major("nonsense"), None);
    }
}
