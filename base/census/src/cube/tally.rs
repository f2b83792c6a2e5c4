//! Counting cells: an array where it is small, a hash table where only few of many cells occur.

use super::scan::Sink;
use crate::columns::Segment;

/// Up to this many cells an array is always taken.
const SMALL: u32 = 4096;
/// Beyond this many an array no longer stays near the processor.
const LARGE: u32 = 1 << 18;

/// Counts per cell.
#[derive(Debug)]
pub(super) enum Tally {
    Array(Vec<u32>),
    Table(Table),
}

impl Tally {
    /// For `cells` cells and at most `rows` rows.
    pub fn new(cells: u32, rows: u64) -> Self {
        if cells <= SMALL || (cells <= LARGE && u64::from(cells) <= rows) {
            Self::Array(vec![0; cells as usize])
        } else {
            Self::Table(Table::new(rows))
        }
    }

    /// Cell number in the high half, count in the low half; ascending, without empty cells.
    pub fn finish(self) -> Vec<u64> {
        match self {
            Self::Array(counts) => {
                let counted = counts.into_iter().zip(0u64..).filter(|(count, _)| *count > 0);
                counted.map(|(count, cell)| cell << 32 | u64::from(count)).collect()
            }
            Self::Table(table) => {
                let mut entries = table.entries;
                entries.retain(|entry| *entry != 0);
                sort_by_cell(entries)
            }
        }
    }
}

impl Sink for Tally {
    fn take(&mut self, _: &Segment, _: &[u32], cells: &[u32]) {
        match self {
            Self::Array(counts) => cells.iter().for_each(|cell| counts[*cell as usize] += 1),
            Self::Table(table) => table.count(cells),
        }
    }
}

/// Open addressing; an entry is a cell number and its count, 0 is free (a count is never 0).
#[derive(Debug)]
pub(super) struct Table {
    entries: Vec<u64>,
    used: usize,
}

impl Table {
    fn new(rows: u64) -> Self {
        let entries = (rows / 16).clamp(1024, 1 << 16).next_power_of_two() as usize;
        Self { entries: vec![0; entries], used: 0 }
    }

    fn count(&mut self, cells: &[u32]) {
        // Never more than half full, even if every cell is new.
        while (self.used + cells.len()) * 2 > self.entries.len() {
            self.grow();
        }
        let mask = self.entries.len() - 1;
        for cell in cells {
            let entry = Self::find(&mut self.entries, mask, *cell);
            self.used += usize::from(*entry == 0);
            *entry = (u64::from(*cell) << 32 | (*entry & 0xffff_ffff)) + 1;
        }
    }

    #[inline(always)]
    fn find(entries: &mut [u64], mask: usize, cell: u32) -> &mut u64 {
        let mut at = (cell.wrapping_mul(0x9e37_79b1) >> 7) as usize & mask;
        while entries[at & mask] != 0 && (entries[at & mask] >> 32) as u32 != cell {
            at = (at + 1) & mask;
        }
        &mut entries[at & mask]
    }

    fn grow(&mut self) {
        let len = self.entries.len() * 4;
        let old = std::mem::replace(&mut self.entries, vec![0; len]);
        for entry in old.into_iter().filter(|entry| *entry != 0) {
            *Self::find(&mut self.entries, len - 1, (entry >> 32) as u32) = entry;
        }
    }
}

/// Radix sort by the high half: several times faster than comparing.
fn sort_by_cell(mut entries: Vec<u64>) -> Vec<u64> {
    const DIGIT: u32 = 11;
    if entries.len() < 2000 {
        entries.sort_unstable();
        return entries;
    }
    let top = entries.iter().fold(0, |top, entry| top | entry >> 32);
    let mut sorted = vec![0; entries.len()];
    for shift in (0..32).step_by(DIGIT as usize).take_while(|shift| top >> shift > 0) {
        let digit = |entry: u64| (entry >> (32 + shift)) as usize & ((1 << DIGIT) - 1);
        let mut next = [0u32; 1 << DIGIT];
        entries.iter().for_each(|entry| next[digit(*entry)] += 1);
        let mut before = 0;
        next.iter_mut().for_each(|next| before += std::mem::replace(next, before));
        for entry in &entries {
            let next = &mut next[digit(*entry)];
            sorted[*next as usize] = *entry;
            *next += 1;
        }
        std::mem::swap(&mut entries, &mut sorted);
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_counts_like_an_array() {
        let cells: Vec<u32> = (0..20_000u32).map(|i| i.wrapping_mul(2_654_435_761) >> 18 | (i & 1) << 31).collect();
        let mut table = Table::new(0);
        cells.chunks(700).for_each(|some| table.count(some));
        let found = Tally::Table(table).finish();
        let mut wanted = std::collections::BTreeMap::new();
        cells.iter().for_each(|cell| *wanted.entry(u64::from(*cell)).or_insert(0u64) += 1);
        assert!(wanted.len() > 2000);
        assert_eq!(found, wanted.into_iter().map(|(cell, count)| cell << 32 | count).collect::<Vec<_>>());
    }
}
