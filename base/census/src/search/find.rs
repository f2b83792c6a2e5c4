//! Going through the names: ranges of codes, eight names at a time; the rest one by one.

use std::ops::Range;

use super::first::First;
use super::names::{Names, WIDTH};
use super::query::{Asked, EXACT, MARKED, PREFIX};

/// Names compared at once: small enough for the fastest memory.
const BATCH: usize = 1024;

/// So few hits of a batch are classed one by one.
const FEW: u16 = 24;

/// Reading one name out of its order costs as much as looking through so many that lie together.
const IN_ORDER: usize = 40;
/// Names read in their order before it is judged whether to go on.
const FIRST_LOOK: usize = 600;

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
    better: [u16; BATCH],
    picked: [u32; BATCH],
}

impl Batch {
    fn new() -> Self {
        Self { hits: [0; BATCH], better: [0; BATCH], picked: [0; BATCH] }
    }

    /// The numbers of the names hit and ranked up to `last`, those that fit better left out.
    fn pick(&mut self, first: u32, ranks: &[u32], last: u32, but_better: bool) -> &[u32] {
        let hits = &mut self.hits[..ranks.len()];
        if but_better {
            hits.iter_mut().zip(&self.better).for_each(|(hit, better)| *hit &= !*better);
        }
        let mut count = 0;
        for ((hits, ranks), first) in hits.chunks(BLOCK).zip(ranks.chunks(BLOCK)).zip((first..).step_by(BLOCK)) {
            if hits.iter().fold(0, |any, hit| any | hit) == 0 {
                continue;
            }
            let wanted = |hit: u16, rank: u32| u32::from(hit) & u32::from(rank <= last);
            if hits.iter().zip(ranks).fold(0, |any, (hit, rank)| any | wanted(*hit, *rank)) == 0 {
                continue;
            }
            for ((hit, rank), no) in hits.iter().zip(ranks).zip(first..) {
                self.picked[count & (BATCH - 1)] = no;
                count += wanted(*hit, *rank) as usize;
            }
        }
        &self.picked[..count]
    }
}

/// Names without a hit are passed over so many at a time.
const BLOCK: usize = 32;

/// Marks the names where every word finds a syllable at least as well as `class`; whether there are any.
fn mark(hits: &mut [u16], names: &Names, asked: &Asked, class: usize, rows: &Range<usize>) -> bool {
    let columns: [&[u16]; WIDTH] = names.columns.each_ref().map(|column| &column[rows.clone()]);
    let mut first = true;
    // After the first word, which often finds nobody, words of one range each are looked for together.
    let rest = asked.words.get(1..).unwrap_or_default().iter().map(|word| match word.ranges[class].as_slice() {
        [range] => Some(*range),
        _ => None,
    });
    let rest: Option<Vec<(u16, u16)>> = rest.collect();
    for word in &asked.words {
        if let Some(rest) = rest.as_deref().filter(|_| !first)
            && let Some(any) = each_word(hits, columns, rest)
        {
            return any != 0;
        }
        let any = match (word.ranges[class].as_slice(), first) {
            ([], _) => return false,
            ([range], true) => each_name(hits, columns, |_, codes| in_range(codes, *range)),
            ([range], false) => each_name(hits, columns, |hit, codes| hit & in_range(codes, *range)),
            (many, _) => {
                let mut found = [0u16; BATCH];
                let found = &mut found[..hits.len()];
                for range in many {
                    each_name(found, columns, |found, codes| found | in_range(codes, *range));
                }
                hits.iter_mut().zip(found).fold(0, |any, (hit, found)| {
                    *hit = if first { *found } else { *hit & *found };
                    any | *hit
                })
            }
        };
        if any == 0 {
            return false;
        }
        first = false;
    }
    true
}

/// 1 if one of the codes lies in the range.
#[inline(always)]
fn in_range(codes: [u16; WIDTH], (first, count): (u16, u16)) -> u16 {
    codes.iter().fold(0, |any, code| any | u16::from(code.wrapping_sub(first) < count))
}

/// Two or three words at once; `None` for fewer and more.
fn each_word(hits: &mut [u16], columns: [&[u16]; WIDTH], ranges: &[(u16, u16)]) -> Option<u16> {
    Some(match *ranges {
        [a, b] => each_name(hits, columns, |hit, codes| hit & in_range(codes, a) & in_range(codes, b)),
        [a, b, c] => {
            let all = |codes| in_range(codes, a) & in_range(codes, b) & in_range(codes, c);
            each_name(hits, columns, |hit, codes| hit & all(codes))
        }
        _ => return None,
    })
}

/// Puts every mark anew; whether any is set. Simple enough for the compiler to handle eight names at once.
#[inline(always)]
fn each_name(marks: &mut [u16], [a, b, c, d]: [&[u16]; WIDTH], new: impl Fn(u16, [u16; WIDTH]) -> u16) -> u16 {
    let names = a.iter().zip(b).zip(c.iter().zip(d));
    marks.iter_mut().zip(names).fold(0, |any, (mark, ((a, b), (c, d)))| {
        *mark = new(*mark, [*a, *b, *c, *d]);
        any | *mark
    })
}

/// Which names to look through: slices of the loaded ones, and single ones behind them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Among {
    /// Disjoint, ascending.
    pub loaded: Vec<Range<u32>>,
    /// Numbers behind the loaded ones, ascending.
    pub behind: Vec<u32>,
}

impl Among {
    fn has(&self, no: u32) -> bool {
        let next = self.loaded.partition_point(|range| range.end <= no);
        self.loaded.get(next).is_some_and(|range| range.start <= no) || self.behind.binary_search(&no).is_ok()
    }
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
            let hits = &mut batch.hits[..rows.len()];
            if !mark(hits, self, asked, PREFIX, &rows) {
                return;
            }
            total += if asked.apart {
                u64::from(hits.iter().sum::<u16>())
            } else {
                let picked = batch.pick(rows.start as u32, self.ranks(&rows), u32::MAX, false);
                picked.iter().filter(|no| asked.class(self.column_codes(**no)).is_some()).count() as u64
            };
        });
        self.each_other(asked, among, |_, _| total += 1);
        total
    }

    /// Keys of the best `limit` names: mark for mark before exact before beginning, then by name.
    pub fn find(&self, asked: &Asked, among: &Among, limit: usize) -> Vec<u64> {
        if let Some(found) = self.find_in_order(asked, among, limit) {
            return found;
        }
        let mut first = First::new(limit, None);
        self.each_batch(asked, among, |batch, rows| self.find_in(batch, &rows, asked, &mut first));
        self.each_other(asked, among, |no, class| first.offer(key(class, self.rank(no), no)));
        first.finish()
    }

    /// What many people are called is found fastest by reading names in their order until there are enough: for as
    /// long as it looks as if that will be soon. Only names of the best class there can be count, so that none that
    /// comes later can stand before them.
    fn find_in_order(&self, asked: &Asked, among: &Among, limit: usize) -> Option<Vec<u64>> {
        let many = among.loaded.iter().map(|range| range.len()).sum::<usize>();
        let most = many / IN_ORDER;
        let best = asked.best?;
        if most < FIRST_LOOK || limit == 0 {
            return None;
        }
        let mut found = Vec::new();
        for (read, no) in self.in_order(None).enumerate() {
            if read >= FIRST_LOOK && found.len() * most < limit * read {
                return None;
            }
            if among.has(no) && self.class_of(asked, no) == Some(best) {
                found.push(key(best, self.rank(no), no));
                if found.len() == limit {
                    return Some(found);
                }
            }
        }
        None
    }

    fn find_in(&self, batch: &mut Batch, rows: &Range<usize>, asked: &Asked, first: &mut First) {
        let (start, len, ranks) = (rows.start as u32, rows.len(), self.ranks(rows));
        // Classes that cannot be among the first any more are not even looked for.
        let mut class = asked.best_alike[((first.bound() >> 62) as usize).min(PREFIX)];
        if !mark(&mut batch.hits[..len], self, asked, class, rows) {
            return;
        }
        let may_be_better =
            class.checked_sub(1).is_some_and(|next| asked.words.iter().all(|w| !w.ranges[next].is_empty()));
        let few = may_be_better && batch.hits[..len].iter().sum::<u16>() <= FEW;
        if few || !asked.apart {
            for no in batch.pick(start, ranks, u32::MAX, false) {
                let class = asked.class(self.column_codes(*no));
                class.into_iter().for_each(|class| first.offer(key(class, self.rank(*no), *no)));
            }
            return;
        }
        // From the worst class down: what also fits better is left for the better class.
        loop {
            let next = class.checked_sub(1).map(|next| asked.best_alike[next]);
            let better = next.filter(|next| mark(&mut batch.better[..len], self, asked, *next, rows));
            let bound = first.bound();
            let last = if bound >> 62 == class as u64 { (bound >> 30) as u32 } else { u32::MAX };
            let picked = batch.pick(start, ranks, last, better.is_some());
            picked.iter().for_each(|no| first.offer(key(class, self.rank(*no), *no)));
            let Some(next) = better else { return };
            std::mem::swap(&mut batch.hits, &mut batch.better);
            class = next;
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
            let long = self.long.within(range);
            long.for_each(|(no, codes)| offer(no, asked.class(codes.iter().copied())));
        }
        among.behind.iter().for_each(|no| offer(*no, self.class_of(asked, *no)));
    }

    /// How well one name fits, wherever it lies.
    fn class_of(&self, asked: &Asked, no: u32) -> Option<usize> {
        if self.columns[0][no as usize] != 0 {
            return asked.class(self.column_codes(no));
        }
        self.long.get(no).and_then(|codes| asked.class(codes.iter().copied()))
    }

    fn column_codes(&self, no: u32) -> impl Iterator<Item = u32> + Clone + '_ {
        self.columns.iter().map(move |column| u32::from(column[no as usize]))
    }
}

const _: () = assert!(MARKED < EXACT && EXACT < PREFIX && BATCH.is_power_of_two());
