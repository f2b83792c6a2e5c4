//! Names that do not fit the columns, one after another in one array.

use std::ops::Range;

/// Syllable codes of the longer names, by person number.
#[derive(Debug, Default)]
pub(super) struct Long {
    /// Ascending.
    numbers: Vec<u32>,
    /// Where the codes of each name end.
    ends: Vec<u32>,
    codes: Vec<u32>,
}

impl Long {
    /// From names in any order.
    pub fn new(mut names: Vec<(u32, Vec<u32>)>) -> Self {
        names.sort_unstable_by_key(|(no, _)| *no);
        let mut long = Self::default();
        names.iter().for_each(|(no, codes)| long.push(*no, codes));
        long
    }

    /// Adds a name with a higher number than all before.
    pub fn push(&mut self, no: u32, codes: &[u32]) {
        self.numbers.push(no);
        self.codes.extend_from_slice(codes);
        self.ends.push(self.codes.len() as u32);
    }

    fn span(&self, at: usize) -> Range<usize> {
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        from as usize..self.ends[at] as usize
    }

    /// The codes of a name, if it lies here.
    pub fn get(&self, no: u32) -> Option<&[u32]> {
        self.numbers.binary_search(&no).ok().map(|at| &self.codes[self.span(at)])
    }

    /// Takes a name out.
    pub fn remove(&mut self, no: u32) {
        let Ok(at) = self.numbers.binary_search(&no) else { return };
        let span = self.span(at);
        let len = span.len() as u32;
        self.codes.drain(span);
        self.numbers.remove(at);
        self.ends.remove(at);
        self.ends[at..].iter_mut().for_each(|end| *end -= len);
    }

    /// The names of a range of numbers.
    pub fn within(&self, numbers: &Range<u32>) -> impl Iterator<Item = (u32, &[u32])> {
        let from = self.numbers.partition_point(|no| *no < numbers.start);
        let to = self.numbers.partition_point(|no| *no < numbers.end);
        (from..to).map(|at| (self.numbers[at], &self.codes[self.span(at)]))
    }

    /// Memory held.
    pub fn bytes(&self) -> usize {
        (self.numbers.capacity() + self.ends.capacity() + self.codes.capacity()) * 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_taken_out() {
        let mut long = Long::new(vec![(7, vec![1, 2]), (3, vec![4, 5, 6])]);
        long.push(9, &[8]);
        assert_eq!(long.get(7), Some(&[1, 2][..]));
        long.remove(7);
        long.remove(8);
        assert_eq!((long.get(7), long.get(9)), (None, Some(&[8][..])));
        assert_eq!(long.within(&(0..9)).collect::<Vec<_>>(), [(3, &[4, 5, 6][..])]);
    }
}
