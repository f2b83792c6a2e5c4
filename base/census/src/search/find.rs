//! Going through the names: ranges of codes, eight names at a time; the rest one by one.

use std::ops::Range;

use super::first::First;
use super::names::{Names, WIDTH};
use super::query::{Asked, EXACT, MARKED, PREFIX};

/// Names compared at once: small enough for the fastest memory.
const BATCH: usize = 1024;

/// The keys of hits: class, then rank of the name, then number; 30 bits for the number.
fn key(class: usize, rank: u32, no: u32) -> u64 {
    (class as u64) << 62 | u64::from(rank) << 30 | u64::from(no & NUMBER)
}
const NUMBER: u32 = (1 << 30) - 1;

/// The number of a key.
pub(crate) fn number_of(key: u64) -> u32 {
    key as u32 & NUMBER
}

/// Hits of one batch, one mask per name, and the numbers picked out of them.
struct Batch {
    hits: [u16; BATCH],
    word: [u16; BATCH],
    better: [u16; BATCH],
    picked: [u32; BATCH],
}

impl Batch {
    fn new() -> Self {
        Self { hits: [0; BATCH], word: [0; BATCH], better: [0; BATCH], picked: [0; BATCH] }
    }

    /// Marks the names where every word finds a syllable at least as well as `class`; whether there are any.
    fn mark(&mut self, names: &Names, asked: &Asked, class: usize, rows: &Range<usize>) -> bool {
        let columns: [&[u16]; WIDTH] = names.columns.each_ref().map(|column| &column[rows.clone()]);
        let hits = &mut self.hits[..rows.len()];
        hits.fill(u16::MAX);
        for word in &asked.words {
            let found = &mut self.word[..rows.len()];
            match word.ranges[class].as_slice() {
                [] => return false,
                [(first, count)] => mark_range(found, columns, *first, *count),
                many => {
                    found.fill(0);
                    many.iter().for_each(|(first, count)| add_range(found, columns, *first, *count));
                }
            }
            if !meet(hits, found) {
                return false;
            }
        }
        true
    }

    /// The numbers of the marked names.
    fn pick(&mut self, first: u32, len: usize) -> &[u32] {
        let mut count = 0;
        for (hit, no) in self.hits[..len].iter().zip(first..) {
            self.picked[count & (BATCH - 1)] = no;
            count += usize::from(hit & 1);
        }
        &self.picked[..count]
    }
}

#[inline]
fn in_range(code: u16, first: u16, count: u16) -> u16 {
    u16::from(code.wrapping_sub(first) < count)
}

fn mark_range(found: &mut [u16], [a, b, c, d]: [&[u16]; WIDTH], first: u16, count: u16) {
    let names = a.iter().zip(b).zip(c.iter().zip(d));
    for (found, ((a, b), (c, d))) in found.iter_mut().zip(names) {
        let any = |code: &u16| in_range(*code, first, count);
        *found = any(a) | any(b) | any(c) | any(d);
    }
}

fn add_range(found: &mut [u16], [a, b, c, d]: [&[u16]; WIDTH], first: u16, count: u16) {
    let names = a.iter().zip(b).zip(c.iter().zip(d));
    for (found, ((a, b), (c, d))) in found.iter_mut().zip(names) {
        let any = |code: &u16| in_range(*code, first, count);
        *found |= any(a) | any(b) | any(c) | any(d);
    }
}

fn meet(hits: &mut [u16], found: &[u16]) -> bool {
    let mut any = 0;
    for (hit, found) in hits.iter_mut().zip(found) {
        *hit &= *found;
        any |= *hit;
    }
    any != 0
}

/// Which names to look through: slices of the loaded ones, and single ones behind them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Among {
    /// Disjoint, ascending.
    pub loaded: Vec<Range<u32>>,
    /// Numbers behind the loaded ones.
    pub behind: Vec<u32>,
}

impl Names {
    /// Reads what was typed; `None` when it holds no word.
    pub fn asked(&self, typed: &str) -> Option<Asked> {
        Asked::new(typed, &self.dictionary)
    }

    /// How many names are found.
    pub fn count(&self, asked: &Asked, among: &Among) -> u64 {
        let mut total = 0;
        self.each_batch(asked, among, |batch, rows| {
            if !batch.mark(self, asked, PREFIX, &rows) {
                return;
            }
            total += if asked.apart {
                u64::from(batch.hits[..rows.len()].iter().sum::<u16>())
            } else {
                let picked = batch.pick(rows.start as u32, rows.len());
                picked.iter().filter(|no| asked.class(self.column_codes(**no)).is_some()).count() as u64
            };
        });
        self.each_other(asked, among, |_, _| total += 1);
        total
    }

    /// Keys of the best `limit` names: mark for mark before exact before beginning, then by name.
    pub fn find(&self, asked: &Asked, among: &Among, limit: usize) -> Vec<u64> {
        let mut first = First::new(limit, None);
        self.each_batch(asked, among, |batch, rows| self.find_in(batch, &rows, asked, &mut first));
        self.each_other(asked, among, |no, class| first.offer(key(class, self.rank(no), no)));
        first.finish()
    }

    fn find_in(&self, batch: &mut Batch, rows: &Range<usize>, asked: &Asked, first: &mut First) {
        let ranks = |picked: &[u32], class: usize, first: &mut First| {
            picked.iter().for_each(|no| first.offer(key(class, self.rank(*no), *no)));
        };
        // Classes that cannot be among the first any more are not even looked for.
        let worst = ((first.bound() >> 62) as usize).min(PREFIX);
        if !batch.mark(self, asked, worst, rows) {
            return;
        }
        if !asked.apart {
            for no in batch.pick(rows.start as u32, rows.len()).to_vec() {
                if let Some(class) = asked.class(self.column_codes(no)) {
                    ranks(&[no], class, first);
                }
            }
            return;
        }
        // From the worst class down: what also fits better is left for the better class.
        for class in (MARKED..=worst).rev() {
            let (mut own, len) = (batch.hits, rows.len());
            let better = class > MARKED && batch.mark(self, asked, class - 1, rows);
            if better {
                batch.better = batch.hits;
                own[..len].iter_mut().zip(&batch.better).for_each(|(own, better)| *own &= !*better);
            }
            batch.hits = own;
            ranks(batch.pick(rows.start as u32, len), class, first);
            if !better {
                return;
            }
            batch.hits = batch.better;
        }
    }

    fn each_batch(&self, asked: &Asked, among: &Among, mut look: impl FnMut(&mut Batch, Range<usize>)) {
        if !asked.by_ranges {
            return;
        }
        let mut batch = Batch::new();
        for range in &among.loaded {
            for start in (range.start as usize..range.end as usize).step_by(BATCH) {
                look(&mut batch, start..(start + BATCH).min(range.end as usize));
            }
        }
    }

    /// Names the batches do not cover: long ones, those behind, and all when ranges do not pay.
    fn each_other(&self, asked: &Asked, among: &Among, mut take: impl FnMut(u32, usize)) {
        let mut offer = |no: u32, class: Option<usize>| class.into_iter().for_each(|class| take(no, class));
        for range in &among.loaded {
            if !asked.by_ranges {
                range.clone().for_each(|no| offer(no, asked.class(self.column_codes(no))));
            }
            let from = self.long.partition_point(|(no, _)| *no < range.start);
            let long = self.long[from..].iter().take_while(|(no, _)| *no < range.end);
            long.for_each(|(no, codes)| offer(*no, asked.class(codes.iter().copied())));
        }
        for no in among.behind.iter().copied() {
            match self.long.binary_search_by_key(&no, |(no, _)| *no) {
                Ok(at) => offer(no, asked.class(self.long[at].1.iter().copied())),
                Err(_) => offer(no, asked.class(self.column_codes(no))),
            }
        }
    }

    fn column_codes(&self, no: u32) -> impl Iterator<Item = u32> + Clone + '_ {
        self.columns.iter().map(move |column| u32::from(column[no as usize]))
    }
}

const _: () = assert!(MARKED < EXACT && EXACT < PREFIX && BATCH.is_power_of_two());
