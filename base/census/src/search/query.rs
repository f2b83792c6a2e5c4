//! What was typed, turned into codes: which syllables each word finds, and how well.

use std::ops::Range;

use chibo_kernel::text::{NameQuery, Rank};

use super::dictionary::Dictionary;

/// How well a name fits, best first.
pub(super) const MARKED: usize = 0;
pub(super) const EXACT: usize = 1;
pub(super) const PREFIX: usize = 2;

/// More words than this find nobody.
const MOST_WORDS: usize = 16;
/// With more code ranges than this, looking names up one by one is faster than comparing ranges.
const MOST_RANGES: usize = 8;

/// One typed word.
#[derive(Debug, Default)]
pub(super) struct AskedWord {
    /// The codes it finds at least as well as the class says: (first, how many), per class.
    pub ranges: [Vec<(u16, u16)>; 3],
}

/// A name search against one dictionary.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(super) words: Vec<AskedWord>,
    /// Per code: which words find it as prefix (bits 0–15), exactly (16–31), mark for mark (32–47).
    table: Vec<u64>,
    /// No syllable is found by two words, so that every word finding one finds its own.
    pub(super) apart: bool,
    /// Names can be compared by ranges of codes.
    pub(super) by_ranges: bool,
    /// For each class the best one that finds the very same names.
    pub(super) best_alike: [usize; 3],
    /// The best class a name can have: every word finds some syllable that well.
    pub(super) best: Option<usize>,
    all: u64,
}

impl Asked {
    /// `None` when nothing usable was typed.
    pub(super) fn new(typed: &str, dictionary: &Dictionary) -> Option<Self> {
        let query = NameQuery::parse(typed);
        if query.words.is_empty() {
            return None;
        }
        let mut asked = Self {
            words: Vec::new(),
            table: vec![0; dictionary.len()],
            apart: true,
            by_ranges: true,
            best_alike: [MARKED, EXACT, PREFIX],
            best: None,
            all: (1 << query.words.len().min(MOST_WORDS)) - 1,
        };
        if query.words.len() > MOST_WORDS {
            asked.words = vec![AskedWord::default()];
            return Some(asked);
        }
        let mut words = query.words;
        // Longer words are rarer: a batch without any is left at once.
        words.sort_by_key(|word| std::cmp::Reverse(word.folded.len()));
        for (word, bit) in words.iter().zip(0u32..) {
            let mut found: [Vec<Range<u32>>; 3] = Default::default();
            let added = dictionary.sorted() as u32..dictionary.len() as u32;
            for code in dictionary.beginning(&word.folded).chain(added) {
                let (folded, marked) = dictionary.keys(code);
                let Some(rank) = word.matches_syllable(folded, marked) else { continue };
                for (class, ranges) in found.iter_mut().enumerate().skip(class_of(rank)) {
                    asked.table[code as usize] |= 1 << (bit + 16 * (PREFIX - class) as u32);
                    if (code as usize) < dictionary.sorted() {
                        extend(ranges, code);
                    }
                }
            }
            asked.words.push(AskedWord { ranges: found.map(|ranges| in_columns(&ranges)) });
        }
        let found = asked.table.iter().fold(0, |bits, code| bits | code);
        let every = |class: &usize| (found >> (16 * (PREFIX - class))) & asked.all == asked.all;
        asked.best = [MARKED, EXACT, PREFIX].into_iter().find(every);
        asked.apart = asked.table.iter().all(|bits| (bits & asked.all).count_ones() <= 1);
        asked.by_ranges = asked.words.iter().map(|word| word.ranges[PREFIX].len()).sum::<usize>() <= MOST_RANGES;
        for class in EXACT..=PREFIX {
            if asked.words.iter().all(|word| word.ranges[class] == word.ranges[class - 1]) {
                asked.best_alike[class] = asked.best_alike[class - 1];
            }
        }
        Some(asked)
    }

    /// How well a name fits, if it does: every word must find a syllable of its own.
    #[inline]
    pub(super) fn class(&self, codes: impl Iterator<Item = u32> + Clone) -> Option<usize> {
        let bits = codes.clone().fold(0, |bits, code| bits | self.bits(code));
        if bits & self.all != self.all {
            return None;
        }
        let holds = |class: &usize| {
            let shift = 16 * (PREFIX - class);
            (bits >> shift) & self.all == self.all && (self.apart || self.own_syllables(codes.clone(), shift))
        };
        [MARKED, EXACT, PREFIX].into_iter().find(holds)
    }

    #[inline]
    fn bits(&self, code: u32) -> u64 {
        self.table.get(code as usize).copied().unwrap_or(0)
    }

    /// Whether the words can be given syllables so that none is used twice.
    fn own_syllables(&self, codes: impl Iterator<Item = u32>, shift: usize) -> bool {
        let mut found: [u64; 32] = [0; 32];
        let mut count = 0;
        for (slot, code) in found.iter_mut().zip(codes) {
            *slot = (self.bits(code) >> shift) & self.all;
            count += 1;
        }
        assign(&found[..count], 0, 0, self.words.len() as u32)
    }
}

/// Gives word `word` and all later ones a syllable not in `used`.
fn assign(found: &[u64], used: u32, word: u32, words: u32) -> bool {
    word == words
        || (0..found.len())
            .any(|i| used >> i & 1 == 0 && found[i] >> word & 1 == 1 && assign(found, used | 1 << i, word + 1, words))
}

const fn class_of(rank: Rank) -> usize {
    match rank {
        Rank::ExactMarked => MARKED,
        Rank::Exact => EXACT,
        Rank::Prefix => PREFIX,
    }
}

fn extend(ranges: &mut Vec<Range<u32>>, code: u32) {
    match ranges.last_mut() {
        Some(last) if last.end == code => last.end += 1,
        _ => ranges.push(code..code + 1),
    }
}

/// The part of the ranges that columns of 16 bits can hold.
fn in_columns(ranges: &[Range<u32>]) -> Vec<(u16, u16)> {
    let top = u32::from(u16::MAX);
    let held = ranges.iter().filter(|range| range.start <= top);
    held.map(|range| (range.start as u16, (range.end.min(top + 1) - range.start).min(top) as u16)).collect()
}
