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
            Self::Table(Table::new())
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
                entries.sort_unstable();
                entries.shrink_to_fit();
                entries
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
    fn new() -> Self {
        Self { entries: vec![0; 1024], used: 0 }
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
