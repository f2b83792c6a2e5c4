//! Small cells of sensitive tables are not shown, nor what would give them away (STA-04).

use super::Grid;

/// Fewer persons than this in a cell point at persons.
pub const FEW: u64 = 5;

/// How a number of the table is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// As it is.
    Open,
    /// As "fewer than five".
    Few,
    /// Not at all: with it another number of its row or column could be computed.
    Hidden,
}

/// How every number of a table is shown, totals included.
#[derive(Clone, Debug)]
pub struct Faces {
    wide: usize,
    faces: Vec<Face>,
}

/// A line of the table whose last number is the sum of the others.
type Line = Vec<usize>;

impl Faces {
    /// Everything is shown.
    pub fn open(grid: &Grid) -> Self {
        let wide = grid.cols.len() + 1;
        Self { wide, faces: vec![Face::Open; wide * (grid.rows.len() + 1)] }
    }

    /// Numbers from 1 to 4 are not shown. Where one number of a row or column is hidden alone, a second one is hidden
    /// with it, for the sum would tell.
    pub fn guarded(grid: &Grid) -> Self {
        let mut faces = Self::open(grid);
        let number = |at: usize| grid.with_totals(at / faces.wide, at % faces.wide);
        let numbers: Vec<u64> = (0..faces.faces.len()).map(number).collect();
        for (face, number) in faces.faces.iter_mut().zip(&numbers) {
            if (1..FEW).contains(number) {
                *face = Face::Few;
            }
        }
        let high = grid.rows.len() + 1;
        let rows = (0..high).map(|row| (0..faces.wide).map(|col| row * faces.wide + col).collect());
        let cols = (0..faces.wide).map(|col| (0..high).map(|row| row * faces.wide + col).collect());
        let lines: Vec<Line> = rows.chain(cols).collect();
        while let Some(at) = lines.iter().find_map(|line| faces.gives_away(line, &numbers)) {
            faces.faces[at] = Face::Hidden;
        }
        faces
    }

    /// The number to hide in a line where exactly one is not shown: the smallest with somebody in it, sums last.
    fn gives_away(&self, line: &Line, numbers: &[u64]) -> Option<usize> {
        let hidden = line.iter().filter(|at| self.faces[**at] != Face::Open).count();
        if hidden != 1 {
            return None;
        }
        let (sum, parts) = line.split_last()?;
        let candidate = |at: &&usize| self.faces[**at] == Face::Open && numbers[**at] > 0;
        // One that crosses another line with something hidden saves hiding a further number there.
        let part = parts.iter().filter(candidate).min_by_key(|at| (!self.crosses(**at), numbers[**at]));
        part.or(Some(sum).filter(candidate)).copied()
    }

    /// Whether both the row and the column of a place hide something.
    fn crosses(&self, at: usize) -> bool {
        let (row, col) = (at / self.wide, at % self.wide);
        let hidden = |face: &Face| *face != Face::Open;
        let in_row = self.faces[row * self.wide..(row + 1) * self.wide].iter().any(hidden);
        in_row && self.faces.iter().skip(col).step_by(self.wide).any(hidden)
    }

    /// How the number at a place is shown; the last row and the last column are sums.
    pub fn at(&self, row: usize, col: usize) -> Face {
        self.faces.get(row * self.wide + col).copied().unwrap_or(Face::Open)
    }

    /// Whether anything is not shown.
    pub fn hide_something(&self) -> bool {
        self.faces.iter().any(|face| *face != Face::Open)
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::Side;
    use super::*;
    use proptest::prelude::*;

    fn grid(rows: usize, cols: usize, counts: &[u64]) -> Grid {
        let side = |size| Side { size, ordered: false, unknown: None };
        Grid::new(side(rows), side(cols), |row, col| counts[row * cols + col])
    }

    #[test]
    fn sta_04_a_lone_small_cell_takes_the_next_smallest_of_its_row_and_column_with_it() {
        let grid = grid(2, 3, &[3, 50, 40, 30, 20, 60]);
        let faces = Faces::guarded(&grid);
        assert_eq!(faces.at(0, 0), Face::Few);
        assert_eq!(faces.at(0, 2), Face::Hidden);
        assert_eq!(faces.at(1, 0), Face::Hidden);
        assert_eq!(faces.at(1, 2), Face::Hidden);
        for open in [(0, 1), (1, 1), (0, 3), (1, 3), (2, 0), (2, 3)] {
            assert_eq!(faces.at(open.0, open.1), Face::Open, "{open:?}");
        }
    }

    #[test]
    fn sta_04_five_are_shown_and_zero_is_no_secret() {
        let faces = Faces::guarded(&grid(2, 2, &[5, 6, 0, 9]));
        assert!(!faces.hide_something());
    }

    proptest! {
        #[test]
        fn sta_04_no_row_and_no_column_gives_a_small_cell_away(
            counts in proptest::collection::vec(prop_oneof![Just(0u64), 0u64..8, 0u64..99], 20),
        ) {
            let grid = grid(4, 5, &counts);
            let faces = Faces::guarded(&grid);
            let (rows, cols) = (grid.rows.len(), grid.cols.len());
            for row in 0..=rows {
                for col in 0..=cols {
                    let small = (1..FEW).contains(&grid.with_totals(row, col));
                    prop_assert_eq!(faces.at(row, col) == Face::Few, small);
                }
            }
            let alone = |line: Vec<Face>| line.iter().filter(|face| **face != Face::Open).count() == 1;
            for row in 0..=rows {
                prop_assert!(!alone((0..=cols).map(|col| faces.at(row, col)).collect()));
            }
            for col in 0..=cols {
                prop_assert!(!alone((0..=rows).map(|row| faces.at(row, col)).collect()));
            }
        }
    }
}
