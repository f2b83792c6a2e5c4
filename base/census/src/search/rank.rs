//! The order of names: by tên, then đệm, then họ, each in the CLDR order `vi` (ux §5.2).
//!
//! Equal to `Collator::compare_names`, but every distinct part is collated once, not every name.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use chibo_kernel::text::{Collator, NameParts, spelling_key};

use super::dictionary::{append, is_glued};
use super::names::Names;
use crate::columns::room_for;

/// Room between two loaded names for newcomers, while the numbers last.
const GAP: u64 = 256;

/// Rank of every name.
#[derive(Debug, Default)]
pub(super) struct Order {
    rank: Vec<u32>,
    /// Loaded names in order.
    sorted: Vec<u32>,
    /// Names added since: after how many loaded ones, and the number; in order.
    added: Vec<(u32, u32)>,
}

impl Order {
    #[inline]
    pub fn rank(&self, no: u32) -> u32 {
        self.rank.get(no as usize).copied().unwrap_or(u32::MAX)
    }

    pub fn make_room(&mut self, more: usize) {
        room_for(&mut self.rank, more);
    }

    pub fn ranks(&self, numbers: &Range<usize>) -> &[u32] {
        &self.rank[numbers.clone()]
    }

    fn gap(&self) -> u64 {
        GAP.min(u64::from(u32::MAX) / (self.sorted.len() as u64 + 2))
    }

    /// Ranks the names from `first` on among the others.
    pub fn insert(&mut self, names: &Names, first: u32) {
        self.rank.resize(names.len() as usize, u32::MAX);
        for no in first..names.len() {
            let name = Name::of(names, no);
            let after = self.sorted.partition_point(|other| Name::of(names, *other).compare(&name).is_le());
            self.added.push((after as u32, no));
        }
        // Almost sorted already: only newcomers of the same gap are compared.
        self.added.sort_by(|a, b| {
            let same_gap = || Name::of(names, a.1).compare(&Name::of(names, b.1));
            a.0.cmp(&b.0).then_with(same_gap).then(a.1.cmp(&b.1))
        });
        let gap = self.gap();
        for group in self.added.chunk_by(|a, b| a.0 == b.0) {
            for ((after, no), step) in group.iter().zip(1u64..) {
                self.rank[*no as usize] = (u64::from(*after) * gap + step.min(gap.saturating_sub(1))) as u32;
            }
        }
    }

    /// Numbers by rank, then number, after one of them: loaded names and those added since, merged.
    pub fn after(&self, after: Option<u32>) -> impl Iterator<Item = u32> + '_ {
        let key = |no: u32| (self.rank(no), no);
        let done = |no: u32| after.is_some_and(|after| key(no) <= key(after));
        let loaded = &self.sorted[self.sorted.partition_point(|no| done(*no))..];
        let added = &self.added[self.added.partition_point(|(_, no)| done(*no))..];
        let (mut loaded, mut added) = (loaded.iter().copied().peekable(), added.iter().map(|(_, no)| *no).peekable());
        std::iter::from_fn(move || match (loaded.peek(), added.peek()) {
            (Some(a), Some(b)) if key(*b) < key(*a) => added.next(),
            (Some(_), _) => loaded.next(),
            (None, _) => added.next(),
        })
    }

    pub fn bytes(&self) -> usize {
        (self.rank.capacity() + self.sorted.capacity() + self.added.capacity() * 2) * 4
    }
}

/// The parts of one name, to be compared with others.
struct Name {
    full: String,
    corrected: Option<[Box<str>; 3]>,
}

impl Name {
    fn of(names: &Names, no: u32) -> Self {
        Self { full: names.text(no), corrected: names.corrected(no).cloned() }
    }

    fn parts(&self) -> NameParts<'_> {
        match &self.corrected {
            Some([ho, dem, ten]) => NameParts { ho, dem, ten },
            None => NameParts::split(&self.full),
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let (a, b) = (self.parts(), other.parts());
        match Collator::shared() {
            Ok(collator) => collator.compare_names(a, b),
            Err(_) => (a.ten, a.dem, a.ho).cmp(&(b.ten, b.dem, b.ho)),
        }
    }
}

/// The distinct parts of names, numbered as they come.
#[derive(Default)]
struct Parts {
    number: HashMap<Box<[u32]>, u32>,
    texts: Vec<String>,
    corrected: HashMap<Box<str>, u32>,
}

impl Parts {
    fn of_codes(&mut self, names: &Names, codes: &[u32]) -> u32 {
        if let Some(number) = self.number.get(codes) {
            return *number;
        }
        let mut text = String::new();
        codes.iter().for_each(|code| append(&mut text, names.dictionary.piece(*code)));
        let number = self.texts.len() as u32;
        self.texts.push(text.trim_end().to_owned());
        self.number.insert(codes.into(), number);
        number
    }

    fn of_text(&mut self, text: &str) -> u32 {
        if let Some(number) = self.corrected.get(text) {
            return *number;
        }
        let number = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.corrected.insert(text.into(), number);
        number
    }

    /// The rank of each part; equal for spellings that do not differ in the order.
    fn ranks(self) -> Vec<u32> {
        let collator = Collator::shared().ok();
        let keys = self.texts.into_iter().map(|text| {
            let key = spelling_key(&text);
            collator.map_or_else(|| key.as_bytes().to_vec(), |collator| collator.sort_key(&key))
        });
        let mut keys: Vec<(Vec<u8>, usize)> = keys.zip(0..).collect();
        keys.sort_unstable();
        let mut ranks = vec![0; keys.len()];
        for (group, rank) in keys.chunk_by(|a, b| a.0 == b.0).zip(0u32..) {
            group.iter().for_each(|(_, part)| ranks[*part] = rank);
        }
        ranks
    }
}

/// Ranks all loaded names.
pub(super) fn sort_field_ranks(names: &Names) -> Order {
    let mut parts = Parts::default();
    let mut fields: Vec<[u32; 3]> = Vec::with_capacity(names.len() as usize);
    let mut codes = Vec::new();
    for no in 0..names.len() {
        if let Some([ho, dem, ten]) = names.corrected(no) {
            fields.push([parts.of_text(ten), parts.of_text(dem), parts.of_text(ho)]);
            continue;
        }
        names.codes(no, &mut codes);
        let [ho, dem, ten] = split(names, &codes);
        fields.push([parts.of_codes(names, ten), parts.of_codes(names, dem), parts.of_codes(names, ho)]);
    }
    let ranks = parts.ranks();
    let mut sorted: Vec<u32> = (0..names.len()).collect();
    for field in &mut fields {
        *field = field.map(|part| ranks[part as usize]);
    }
    sorted.sort_unstable_by_key(|no| (fields[*no as usize], *no));
    drop(fields);
    let mut order = Order { rank: vec![0; sorted.len()], sorted, added: Vec::new() };
    let gap = order.gap();
    for (i, no) in order.sorted.iter().enumerate() {
        order.rank[*no as usize] = ((i as u64 + 1) * gap) as u32;
    }
    order
}

/// Họ, đệm, tên as `NameParts::split` has them: first word, the rest, last word; a single word is a tên.
fn split<'a>(names: &Names, codes: &'a [u32]) -> [&'a [u32]; 3] {
    let ends = |code: &u32| !is_glued(names.dictionary.piece(*code));
    let first = codes.iter().position(ends).map_or(codes.len(), |at| at + 1);
    let (ho, rest) = codes.split_at(first);
    if rest.is_empty() {
        return [&[], &[], ho];
    }
    let before_last = rest[..rest.len() - 1].iter().rposition(ends).map_or(0, |at| at + 1);
    let (dem, ten) = rest.split_at(before_last);
    [ho, dem, ten]
}
