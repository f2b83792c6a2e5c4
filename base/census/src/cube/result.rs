//! Answers: cubes and tables. A total is always computed from its parts, never beside them (TSK-10).

use super::Dim;

/// Counts by up to seven dimensions; only cells with somebody in them are held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cube {
    dims: Vec<Dim>,
    sizes: Vec<u32>,
    /// Cell number in the high half, count in the low half; ascending.
    cells: Vec<u64>,
}

impl Cube {
    pub(super) fn new(dims: Vec<Dim>, sizes: Vec<u32>, cells: Vec<u64>) -> Self {
        Self { dims, sizes, cells }
    }

    /// What is counted by.
    pub fn dims(&self) -> &[Dim] {
        &self.dims
    }

    /// How many codes each dimension has.
    pub fn sizes(&self) -> &[u32] {
        &self.sizes
    }

    /// How many cells have somebody in them.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether nobody was counted.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Everybody: the sum of all cells.
    pub fn total(&self) -> u64 {
        self.cells.iter().map(|cell| cell & 0xffff_ffff).sum()
    }

    /// The count of one cell by its codes, in the order of the dimensions; 0 outside.
    pub fn get(&self, codes: &[u32]) -> u64 {
        if codes.len() != self.sizes.len() || codes.iter().zip(&self.sizes).any(|(code, size)| code >= size) {
            return 0;
        }
        let cell =
            codes.iter().zip(&self.sizes).fold(0u64, |cell, (code, size)| cell * u64::from(*size) + u64::from(*code));
        let found = self.cells.binary_search_by_key(&cell, |entry| entry >> 32);
        found.map_or(0, |at| self.cells[at] & 0xffff_ffff)
    }

    /// Calls back for every cell with somebody in it, in ascending order of codes.
    pub fn each(&self, mut take: impl FnMut(&[u32], u64)) {
        let mut codes = vec![0u32; self.sizes.len()];
        for entry in &self.cells {
            let mut rest = (entry >> 32) as u32;
            for (code, size) in codes.iter_mut().zip(&self.sizes).rev() {
                *code = rest % size;
                rest /= size;
            }
            take(&codes, entry & 0xffff_ffff);
        }
    }

    /// The counts by one of the dimensions (by its position), one per code.
    pub fn margin(&self, dim: usize) -> Vec<u64> {
        let Some(size) = self.sizes.get(dim) else { return Vec::new() };
        let below: u32 = self.sizes[dim + 1..].iter().product();
        let mut counts = vec![0; *size as usize];
        for entry in &self.cells {
            let code = ((entry >> 32) as u32 / below) % size;
            counts[code as usize] += entry & 0xffff_ffff;
        }
        counts
    }

    /// The table of two of the dimensions (by their positions), everything else summed up.
    pub fn crosstab(&self, row: usize, col: usize) -> Crosstab {
        let size = |dim: usize| self.sizes.get(dim).copied().unwrap_or(0) as usize;
        let (rows, cols) = (size(row), size(col));
        let mut counts = vec![0; rows * cols];
        if !counts.is_empty() {
            self.each(|codes, count| counts[codes[row] as usize * cols + codes[col] as usize] += count);
        }
        Crosstab { rows, cols, counts }
    }
}

/// A table of counts by two dimensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crosstab {
    rows: usize,
    cols: usize,
    counts: Vec<u64>,
}

impl Crosstab {
    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many columns.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// One cell; 0 outside.
    pub fn get(&self, row: usize, col: usize) -> u64 {
        if col >= self.cols { 0 } else { self.counts.get(row * self.cols + col).copied().unwrap_or(0) }
    }

    /// The sum of a row.
    pub fn row_total(&self, row: usize) -> u64 {
        (0..self.cols).map(|col| self.get(row, col)).sum()
    }

    /// The sum of a column.
    pub fn col_total(&self, col: usize) -> u64 {
        (0..self.rows).map(|row| self.get(row, col)).sum()
    }

    /// The sum of all cells.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}
