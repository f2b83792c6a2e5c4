//! Every page that can be reached by links: it answers, in both languages, with all its words, and leads on.

use std::collections::{BTreeMap, HashSet, VecDeque};

use crate::headers;
use crate::html::{links, tags};
use crate::visitor::{Answer, Visitor};
use crate::world::World;

/// Addresses alike but for identifiers and values are one kind of page; so many of each are read.
const OF_A_KIND: usize = 5;

fn kind(url: &str) -> String {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let plain = |part: &str| if part.len() == 32 { "{id}".to_owned() } else { part.to_owned() };
    let path: Vec<_> = path.split('/').map(plain).collect();
    let mut names: Vec<_> = query
        .split('&')
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            // The tab is a page of its own; so is the side a cross-tab is made of.
            if matches!(name, "tab" | "show" | "rows" | "cols" | "sort") {
                format!("{name}={value}")
            } else {
                name.to_owned()
            }
        })
        .collect();
    names.sort();
    names.dedup();
    format!("{}?{}", path.join("/"), names.join("&"))
}

/// Follows links from the first page, breadth first; shows address, where the link stood, and answer. Gives how many
/// pages of how many kinds.
pub fn crawl(visitor: &Visitor<'_>, most: usize, look: &mut dyn FnMut(&str, &str, &Answer)) -> (usize, usize) {
    let mut waiting = VecDeque::from([("/".to_owned(), String::new())]);
    let mut known: HashSet<String> = HashSet::from(["/".to_owned()]);
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = 0;
    while let Some((url, from)) = waiting.pop_front() {
        let seen = kinds.entry(kind(&url)).or_insert(0);
        if *seen >= OF_A_KIND || pages >= most {
            continue;
        }
        *seen += 1;
        pages += 1;
        let answer = visitor.get(&url);
        look(&url, &from, &answer);
        let mut next = Vec::new();
        if answer.status == 303 {
            next.push(answer.header("location").to_owned());
        } else if answer.header("content-type").starts_with("text/html") {
            next = links(&answer.text());
        }
        for link in next.into_iter().map(|link| link.split('#').next().unwrap_or_default().to_owned()) {
            let link = match link.strip_prefix('?') {
                Some(query) => format!("{}?{query}", url.split('?').next().unwrap_or("/")),
                None => link,
            };
            if link.starts_with('/') && known.insert(link.clone()) {
                waiting.push_back((link, url.clone()));
            }
        }
    }
    (pages, kinds.len())
}

/// The accounts whose ways through the program differ.
const READERS: [&str; 7] = [
    "boss",
    "city-board.city",
    "unit-officer.ward",
    "branch-secretary.branch",
    "reader.former",
    "inspector.city",
    "administrator.system",
];

#[test]
fn every_link_leads_to_a_page_with_all_its_words_in_both_languages() {
    let world = World::shared();
    let mut faults = Vec::new();
    for login in READERS {
        for english in [false, true] {
            let visitor = Visitor::of(world, login);
            let visitor = if english { visitor.english() } else { visitor };
            let (pages, kinds) = crawl(&visitor, 300, &mut |url, from, answer| {
                let text = answer.text();
                let fine = matches!(answer.status, 200 | 303);
                if !fine {
                    faults.push(format!("{login} {url} (from {from}): {}", answer.status));
                }
                if let Some(at) = text.find('⟦') {
                    let near: String = text[at..].chars().take(60).collect();
                    faults.push(format!("{login} {url}: {near}"));
                }
                if fine && answer.header("content-type").starts_with("text/html") {
                    faults
                        .extend(missing_parts(&text, english).into_iter().map(|what| format!("{login} {url}: {what}")));
                }
                faults.extend(headers::faults(answer, url));
            });
            println!("{login} {}: {pages} pages of {kinds} kinds", if english { "en" } else { "vi" });
            assert!(pages > 5, "{login} gets nowhere");
        }
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults[..faults.len().min(60)].join("\n"));
}

/// What every page has: its language, one heading, one place for its content, labels for its fields.
fn missing_parts(page: &str, english: bool) -> Vec<String> {
    let tags = tags(page);
    let mut missing = Vec::new();
    let lang = tags.iter().find(|tag| tag.name == "html").and_then(|tag| tag.get("lang"));
    if lang != Some(if english { "en" } else { "vi" }) {
        missing.push(format!("language {lang:?}"));
    }
    for (name, wanted) in [("h1", 1), ("main", 1), ("body", 1)] {
        let count = tags.iter().filter(|tag| tag.name == name).count();
        if count != wanted {
            missing.push(format!("{count} times <{name}>"));
        }
    }
    let mut ids = HashSet::new();
    for tag in &tags {
        if let Some(id) = tag.get("id").filter(|id| !ids.insert((*id).to_owned())) {
            missing.push(format!("two things are called #{id}"));
        }
    }
    let labelled: HashSet<_> = tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
    for tag in tags.iter().filter(|tag| matches!(tag.name.as_str(), "input" | "select" | "textarea")) {
        let hidden = tag.get("type") == Some("hidden");
        let named = tag.get("aria-label").is_some() || tag.get("aria-labelledby").is_some();
        let inside = matches!(tag.get("type"), Some("radio" | "checkbox"));
        if !hidden && !named && !inside && !tag.get("id").is_some_and(|id| labelled.contains(id)) {
            missing.push(format!("a field {:?} without a label", tag.get("name")));
        }
    }
    missing
}

#[test]
fn pages_without_the_shell_are_the_same_pages() {
    let world = World::shared();
    let whole = Visitor::of(world, "city-board.city");
    let part = Visitor { partial: true, ..whole.clone() };
    for url in ["/", "/members", "/units", "/crosstab?rows=sex&cols=standing", "/reorganisations", "/jobs"] {
        let (whole, part) = (whole.get(url), part.get(url));
        assert_eq!((whole.status, part.status), (200, 200), "{url}");
        let part = part.text();
        assert!(!part.contains("<html") && part.contains("<h1"), "{url}");
        assert!(whole.text().contains("<html"), "{url}");
    }
}

#[test]
fn kinds_of_pages_are_told_apart() {
    let id = "0123456789abcdef0123456789abcdef";
    assert_eq!(kind(&format!("/units/{id}?tab=history&day=1")), "/units/{id}?day&tab=history");
    assert_eq!(kind("/members?f=sex:1&f=sex:2"), "/members?f");
}
