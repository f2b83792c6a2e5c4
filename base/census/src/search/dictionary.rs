//! The distinct syllables of all names. Codes follow the order of the folded syllable, so a prefix is a range.

use std::collections::BTreeMap;
use std::ops::Range;

use chibo_kernel::text::syllables;

/// Closes a piece that is written together with the next one (`H'` + `Hen`).
const GLUED: char = '\u{1}';

/// Cuts a clean name into pieces of one syllable each; `piece` is reused and gets every piece in turn.
pub(super) fn each_piece(name: &str, mut take: impl FnMut(&str)) {
    let mut piece = String::new();
    for word in name.split_whitespace() {
        if word.bytes().all(|byte| byte.is_ascii_alphabetic()) || !word.contains(is_joint) {
            take(word);
            continue;
        }
        let mut rest = word;
        loop {
            let letters = rest.find(|c| !is_joint(c)).unwrap_or(rest.len());
            let joint = rest[letters..].find(is_joint).map_or(rest.len(), |at| letters + at);
            let next = rest[joint..].find(|c| !is_joint(c)).map_or(rest.len(), |at| joint + at);
            if next == rest.len() {
                take(rest);
                break;
            }
            piece.clear();
            piece.push_str(&rest[..next]);
            piece.push(GLUED);
            take(&piece);
            rest = &rest[next..];
        }
    }
}

/// What parts syllables inside a word; combining marks do not.
fn is_joint(c: char) -> bool {
    !c.is_alphanumeric() && !('\u{300}'..='\u{36f}').contains(&c)
}

/// Adds a piece to a name being put together again.
pub(super) fn append(name: &mut String, piece: &str) {
    match piece.strip_suffix(GLUED) {
        Some(glued) => name.push_str(glued),
        None => {
            name.push_str(piece);
            name.push(' ');
        }
    }
}

/// Whether the piece is written together with the next one.
pub(super) fn is_glued(piece: &str) -> bool {
    piece.ends_with(GLUED)
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    folded: Box<str>,
    marked: Box<str>,
    piece: Box<str>,
}

impl Entry {
    fn new(piece: &str) -> Self {
        let mut keys = syllables(piece).into_iter();
        let (folded, marked) = keys.next().map(|s| (s.folded, s.marked)).unwrap_or_default();
        Self { folded: folded.into(), marked: marked.into(), piece: piece.into() }
    }
}

/// Pieces by code. Code 0 is "no syllable"; codes added after sorting lie outside the sorted range.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    entries: Vec<Entry>,
    sorted: usize,
    added: BTreeMap<Box<str>, u32>,
}

impl Dictionary {
    /// Sorts the pieces; also gives the code of each in the order given.
    pub fn new<'a>(pieces: impl Iterator<Item = &'a str>) -> (Self, Vec<u32>) {
        let mut entries: Vec<(Entry, usize)> = pieces.map(Entry::new).zip(0..).collect();
        entries.sort_unstable();
        let mut codes = vec![0; entries.len()];
        entries.iter().zip(1u32..).for_each(|((_, given), code)| codes[*given] = code);
        let nothing = Entry { folded: "".into(), marked: "".into(), piece: "".into() };
        let entries: Vec<Entry> = std::iter::once(nothing).chain(entries.into_iter().map(|(entry, _)| entry)).collect();
        (Self { sorted: entries.len(), entries, added: BTreeMap::new() }, codes)
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Codes below this are in sorted order.
    pub fn sorted(&self) -> usize {
        self.sorted
    }

    pub fn piece(&self, code: u32) -> &str {
        self.entries.get(code as usize).map_or("", |entry| &entry.piece)
    }

    /// Folded and marked key of a code.
    pub fn keys(&self, code: u32) -> (&str, &str) {
        self.entries.get(code as usize).map_or(("", ""), |entry| (&entry.folded, &entry.marked))
    }

    /// The code of a piece, given a new one if need be.
    pub fn code(&mut self, piece: &str) -> u32 {
        if let Some(code) = self.added.get(piece) {
            return *code;
        }
        let entry = Entry::new(piece);
        if let Ok(at) = self.entries[..self.sorted].binary_search(&entry) {
            return at as u32;
        }
        let code = self.entries.len() as u32;
        self.entries.push(entry);
        self.added.insert(piece.into(), code);
        code
    }

    /// The sorted codes whose folded syllable begins so.
    pub fn beginning(&self, folded: &str) -> Range<u32> {
        let sorted = &self.entries[..self.sorted];
        let from = sorted.partition_point(|entry| &*entry.folded < folded);
        let len = sorted[from..].partition_point(|entry| entry.folded.starts_with(folded));
        from as u32..(from + len) as u32
    }

    pub fn bytes(&self) -> usize {
        let texts: usize = self.entries.iter().map(|e| e.folded.len() + e.marked.len() + e.piece.len() + 24).sum();
        texts + self.entries.capacity() * size_of::<Entry>() + self.added.len() * 48
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chibo_kernel::text::clean;
    use proptest::prelude::*;

    fn pieces(name: &str) -> Vec<String> {
        let mut all = Vec::new();
        each_piece(name, |piece| all.push(piece.to_owned()));
        all
    }

    #[test]
    fn a_piece_holds_one_syllable() {
        assert_eq!(pieces("Nguyễn Văn An"), ["Nguyễn", "Văn", "An"]);
        assert_eq!(pieces("H'Hen Niê"), ["H'\u{1}", "Hen", "Niê"]);
        assert_eq!(pieces("Y-Blok A. , B"), ["Y-\u{1}", "Blok", "A.", ",", "B"]);
        assert!(pieces("").is_empty());
    }

    proptest! {
        #[test]
        fn names_come_back_as_they_were(raw in "[A-ZĐa-zđăâêôơưàấệ'’. -]{0,24}") {
            let name = clean(&raw).into_owned();
            let mut back = String::new();
            let mut found = Vec::new();
            for piece in pieces(&name) {
                append(&mut back, &piece);
                prop_assert!(syllables(&piece).len() <= 1);
                found.extend(syllables(&piece));
            }
            prop_assert_eq!(back.trim_end(), &name);
            prop_assert_eq!(found, syllables(&name));
        }
    }
}
