//! Names of units for pages, and units by what people type.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use chibo_census::{Forest, Tree, UnitNo};
use chibo_kernel::text::fold;
use chibo_kernel::{AsOf, Day, Id, Unit};
use chibo_organisation::kinds::Kind;

/// Names of abolished units are looked for among all facts; each is looked for once per forest.
type Last = Option<(Arc<Forest>, HashMap<UnitNo, Arc<str>>)>;
static LAST: Mutex<Last> = Mutex::new(None);

/// The units as they stand on one day.
pub(crate) struct Units {
    pub(crate) forest: Arc<Forest>,
    pub(crate) tree: Arc<Tree>,
}

impl Units {
    /// As of a day with a knowledge.
    pub(crate) fn new(forest: Arc<Forest>, at: AsOf) -> Self {
        let tree = forest.tree(at);
        Self { forest, tree }
    }

    /// The name of a unit on that day, or the last one it had; `None` when nothing is known of it.
    pub(crate) fn name_of(&self, no: UnitNo) -> Option<Cow<'_, str>> {
        match self.tree.place_of(no).and_then(|place| self.tree.facts(place)) {
            Some(facts) => Some(Cow::Borrowed(&facts.name)),
            None => self.last_name(no).map(|name| Cow::Owned(name.to_string())),
        }
    }

    /// The same by identifier; the identifier itself where no name is known.
    pub(crate) fn name(&self, unit: Id<Unit>) -> Cow<'_, str> {
        self.forest.no(unit).and_then(|no| self.name_of(no)).unwrap_or_else(|| Cow::Owned(unit.to_string()))
    }

    /// The name of the unit directly above on that day; empty where there is none.
    pub(crate) fn parent_name(&self, no: UnitNo) -> &str {
        let parent = self.tree.place_of(no).and_then(|place| self.tree.parent(place));
        parent.and_then(|place| self.tree.facts(place)).map_or("", |facts| facts.name.as_str())
    }

    fn last_name(&self, no: UnitNo) -> Option<Arc<str>> {
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        if !last.as_ref().is_some_and(|(forest, _)| Arc::ptr_eq(forest, &self.forest)) {
            *last = Some((self.forest.clone(), HashMap::new()));
        }
        let (_, names) = last.as_mut()?;
        if let Some(name) = names.get(&no) {
            return Some(name.clone());
        }
        let name: Arc<str> = Arc::from(self.forest.last_facts(no)?.name.as_str());
        names.insert(no, name.clone());
        Some(name)
    }

    /// Up to `most` branches inside `ranges` whose code, name or superior's name fits what was typed: every typed word
    /// must begin a word of them. Gives identifier, name, superior's name, code, and whether there were more.
    pub(crate) fn branches(&self, typed: &str, ranges: &[Range<u32>], most: usize) -> (Vec<Found<'_>>, bool) {
        let wanted = Wanted::new(typed);
        let mut found = Vec::new();
        for place in ranges.iter().flat_map(|range| range.start..range.end.min(self.tree.len())) {
            if !holds_members(self.tree.kind(place)) {
                continue;
            }
            let Some(facts) = self.tree.facts(place) else { continue };
            let above =
                self.tree.parent(place).and_then(|place| self.tree.facts(place)).map_or("", |f| f.name.as_str());
            if !wanted.fits(&facts.code, &facts.name, above) {
                continue;
            }
            let Some(id) = self.tree.unit(place).and_then(|no| self.forest.id(no)) else { continue };
            if found.len() == most {
                return (found, true);
            }
            found.push(Found { id, name: &facts.name, above, code: &facts.code });
        }
        (found, false)
    }
}

/// A unit found by what was typed.
pub(crate) struct Found<'u> {
    pub id: Id<Unit>,
    pub name: &'u str,
    pub above: &'u str,
    pub code: &'u str,
}

/// What was typed into a search for units.
struct Wanted {
    words: Vec<String>,
    digits: String,
}

impl Wanted {
    /// Reads it.
    fn new(typed: &str) -> Self {
        let is_code = !typed.trim().is_empty() && typed.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ' ');
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let folded = fold(typed);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned);
        Self { words: words.collect(), digits: if is_code && digits.len() > 3 { digits } else { String::new() } }
    }

    /// Whether a unit fits: by the beginning of its code, else by words of its own and its superior's name, at least
    /// one of them of its own.
    fn fits(&self, code: &str, name: &str, above: &str) -> bool {
        if !self.digits.is_empty() {
            let mut digits = code.bytes().filter(u8::is_ascii_digit);
            return self.digits.bytes().all(|wanted| digits.next() == Some(wanted));
        }
        if self.words.is_empty() {
            return true;
        }
        let own = fold(name);
        let own_hit = |word: &&String| begins_a_word(&own, word);
        let hits = self.words.iter().filter(own_hit).count();
        if hits == self.words.len() {
            return true;
        }
        let above = if hits > 0 { fold(above) } else { return false };
        self.words.iter().all(|word| begins_a_word(&own, word) || begins_a_word(&above, word))
    }
}

fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

/// Whether members are posted directly to units of this kind.
pub(crate) fn holds_members(kind: u8) -> bool {
    Kind::from_number(kind).is_some_and(Kind::holds_members)
}

/// What a kind is called on a day, in the language of the page.
pub(crate) fn kind_name(kind: u8, on: Day, english: bool) -> &'static str {
    let name = Kind::from_number(kind).map(|kind| kind.name(on));
    name.map_or("", |name| if english { name.en } else { name.vi })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_found_by_code_and_by_beginnings_of_words_without_marks() {
        let name = "Chi bộ Khu phố 19";
        for (typed, above, fits) in [
            ("khu pho 19", "", true),
            ("KHU PHỐ 1", "", true),
            ("hu pho", "", false),
            ("khu phố 19 sài gòn", "Đảng bộ Phường Sài Gòn", true),
            ("sai gon", "Đảng bộ Phường Sài Gòn", false),
            ("79.001", "", true),
            ("79002", "", false),
            ("", "", true),
        ] {
            assert_eq!(Wanted::new(typed).fits("79.001.002.003.004", name, above), fits, "{typed}");
        }
        assert!(!Wanted::new("79.001").fits("", name, ""), "a unit without code is not found by one");
    }
}
