//! A table of counts by two dimensions: which codes it shows, and totals that are sums of its cells (TSK-10).

/// Which codes of one side are shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Side {
    /// How many codes there are.
    pub size: usize,
    /// A gap between two codes with somebody in them is shown too.
    pub ordered: bool,
    /// The code of "unknown", shown last.
    pub unknown: Option<u32>,
}

impl Side {
    fn shown(self, totals: &[u64]) -> Vec<u32> {
        let known = |at: &usize| self.unknown.is_none_or(|unknown| *at != unknown as usize);
        let counted = |at: &usize| totals[*at] > 0;
        let mut codes: Vec<u32> = if self.ordered {
            let first = (0..self.size).filter(known).find(counted);
            let last = (0..self.size).rev().filter(known).find(counted);
            let all = first.zip(last).map(|(first, last)| (first..=last).filter(known).map(|at| at as u32).collect());
            all.unwrap_or_default()
        } else {
            (0..self.size).filter(known).filter(counted).map(|at| at as u32).collect()
        };
        codes.extend(self.unknown.filter(|unknown| totals.get(*unknown as usize).is_some_and(|total| *total > 0)));
        codes
    }
}

/// A table of counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Codes of the rows, in the order shown.
    pub rows: Vec<u32>,
    /// Codes of the columns, in the order shown.
    pub cols: Vec<u32>,
    cells: Vec<u64>,
}

impl Grid {
    /// The table of `count(row code, column code)`; codes nobody has are left out.
    pub fn new(rows: Side, cols: Side, count: impl Fn(usize, usize) -> u64) -> Self {
        let (mut by_row, mut by_col) = (vec![0; rows.size], vec![0; cols.size]);
        for (row, row_total) in by_row.iter_mut().enumerate() {
            for (col, col_total) in by_col.iter_mut().enumerate() {
                let count = count(row, col);
                *row_total += count;
                *col_total += count;
            }
        }
        let (rows, cols) = (rows.shown(&by_row), cols.shown(&by_col));
        let pairs = rows.iter().flat_map(|row| cols.iter().map(move |col| (*row as usize, *col as usize)));
        let cells = pairs.map(|(row, col)| count(row, col)).collect();
        Self { rows, cols, cells }
    }

    /// One cell by its place in the table.
    pub fn cell(&self, row: usize, col: usize) -> u64 {
        self.cells.get(row * self.cols.len() + col).copied().unwrap_or(0)
    }

    /// The sum of a row.
    pub fn row_total(&self, row: usize) -> u64 {
        (0..self.cols.len()).map(|col| self.cell(row, col)).sum()
    }

    /// The sum of a column.
    pub fn col_total(&self, col: usize) -> u64 {
        (0..self.rows.len()).map(|row| self.cell(row, col)).sum()
    }

    /// The sum of all cells.
    pub fn total(&self) -> u64 {
        self.cells.iter().sum()
    }

    /// The largest cell.
    pub fn most(&self) -> u64 {
        self.cells.iter().copied().max().unwrap_or(0)
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether nobody was counted.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The number at a place of the table with its totals: the last row and the last column are sums.
    pub fn with_totals(&self, row: usize, col: usize) -> u64 {
        match (row < self.rows.len(), col < self.cols.len()) {
            (true, true) => self.cell(row, col),
            (true, false) => self.row_total(row),
            (false, true) => self.col_total(col),
            (false, false) => self.total(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn side(size: usize, ordered: bool, unknown: Option<u32>) -> Side {
        Side { size, ordered, unknown }
    }

    #[test]
    fn gaps_between_ordered_codes_are_shown_and_unknown_comes_last() {
        let counts = [[3, 0], [0, 0], [1, 0], [0, 0], [0, 2]];
        let count = |row: usize, col: usize| counts[row][col];
        let grid = Grid::new(side(5, true, Some(0)), side(2, false, Some(0)), count);
        assert_eq!(grid.rows, [2, 3, 4, 0]);
        assert_eq!(grid.cols, [1, 0]);
        let grid = Grid::new(side(5, false, None), side(2, false, None), count);
        assert_eq!(grid.rows, [0, 2, 4]);
        assert_eq!(grid.cell(2, 1), 2);
    }

    #[test]
    fn nobody_counted_is_an_empty_table() {
        let grid = Grid::new(side(5, true, Some(0)), side(2, false, None), |_, _| 0);
        assert!(grid.is_empty() && grid.rows.is_empty() && grid.total() == 0);
    }

    proptest! {
        #[test]
        fn tsk_10_every_total_is_the_sum_of_its_parts(
            counts in proptest::collection::vec(prop_oneof![Just(0u64), 0u64..9], 42),
            ordered: bool,
            unknown in proptest::option::of(0u32..6),
        ) {
            let count = |row: usize, col: usize| counts[row * 6 + col];
            let grid = Grid::new(side(7, ordered, None), side(6, !ordered, unknown), count);
            let rows: u64 = (0..grid.rows.len()).map(|row| grid.row_total(row)).sum();
            let cols: u64 = (0..grid.cols.len()).map(|col| grid.col_total(col)).sum();
            prop_assert_eq!(grid.total(), counts.iter().sum::<u64>());
            prop_assert_eq!(rows, grid.total());
            prop_assert_eq!(cols, grid.total());
            for (at, row) in grid.rows.iter().enumerate() {
                let whole: u64 = (0..6).map(|col| count(*row as usize, col)).sum();
                prop_assert_eq!(grid.with_totals(at, grid.cols.len()), whole);
            }
        }
    }
}
