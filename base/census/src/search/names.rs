//! All names: four columns of syllable codes for nearly everybody, a side list for the few with longer names.

use std::collections::BTreeMap;
use std::ops::Range;

use super::dictionary::{Dictionary, append, each_piece};
use super::draft::DraftNames;
use super::long::Long;
use super::rank::{Order, sort_field_ranks};
use crate::columns::room_for;

/// Syllables kept in columns. Longer names, about one in fifty, lie in the side list.
pub(super) const WIDTH: usize = 4;

/// Names by person number.
#[derive(Debug)]
pub(crate) struct Names {
    pub(super) dictionary: Dictionary,
    /// Code of the first, second … syllable; all 0 for a long name and for a person who is gone.
    pub(super) columns: [Vec<u16>; WIDTH],
    /// Names that do not fit the columns, by number.
    pub(super) long: Long,
    /// Loaded names of persons changed or removed since: the order of names still leans on them.
    buried: BTreeMap<u32, Box<[u32]>>,
    corrected: BTreeMap<u32, [Box<str>; 3]>,
    pub(super) order: Order,
}

impl Names {
    /// Codes, places and ranks all names; `place` is the final number of each.
    pub fn settle(draft: DraftNames, place: &[u32]) -> Self {
        let (dictionary, code_of) = Dictionary::new(draft.pieces().into_iter());
        let mut columns: [Vec<u16>; WIDTH] = std::array::from_fn(|_| vec![0; draft.len()]);
        let mut long = Vec::new();
        for (i, place) in (0..draft.len()).zip(place) {
            let codes = || draft.codes(i).iter().map(|code| code_of[*code as usize]);
            if fits(codes()) {
                codes().zip(&mut columns).for_each(|(code, column)| column[*place as usize] = code as u16);
            } else {
                long.push((*place, codes().collect()));
            }
        }
        let corrected = draft.corrected.iter().map(|(i, parts)| (place[*i as usize], parts.clone())).collect();
        let order = Order::default();
        drop(draft);
        let long = Long::new(long);
        let mut names = Self { dictionary, columns, long, buried: BTreeMap::new(), corrected, order };
        names.order = sort_field_ranks(&names);
        names
    }

    /// Numbers run below this.
    pub fn len(&self) -> u32 {
        self.columns[0].len() as u32
    }

    /// Place of a name in the order of names; names behind loading stand between loaded ones.
    #[inline]
    pub fn rank(&self, no: u32) -> u32 {
        self.order.rank(no)
    }

    pub(super) fn ranks(&self, numbers: &Range<usize>) -> &[u32] {
        self.order.ranks(numbers)
    }

    /// All numbers in the order of names and numbers, those after one only.
    pub fn in_order(&self, after: Option<u32>) -> impl Iterator<Item = u32> + '_ {
        self.order.after(after)
    }

    /// The codes of a name.
    pub(super) fn codes(&self, no: u32, codes: &mut Vec<u32>) {
        codes.clear();
        let i = no as usize;
        codes.extend(self.columns.iter().map(|column| u32::from(column[i])).take_while(|code| *code != 0));
        if codes.is_empty() {
            let long = self.long.get(no).or_else(|| self.buried.get(&no).map(|codes| &**codes));
            codes.extend(long.into_iter().flatten());
        }
    }

    pub(super) fn corrected(&self, no: u32) -> Option<&[Box<str>; 3]> {
        self.corrected.get(&no)
    }

    /// The name as it is written.
    pub fn text(&self, no: u32) -> String {
        let mut codes = Vec::new();
        self.codes(no, &mut codes);
        let mut name = String::new();
        codes.iter().for_each(|code| append(&mut name, self.dictionary.piece(*code)));
        name.truncate(name.trim_end().len());
        name
    }

    /// Room for names to be added.
    pub fn make_room(&mut self, more: usize) {
        self.columns.iter_mut().for_each(|column| room_for(column, more));
        self.order.make_room(more);
    }

    /// Adds names behind the loaded ones.
    pub fn add<'a>(&mut self, names: impl Iterator<Item = (&'a str, Option<&'a [String; 3]>)>) {
        let first = self.len();
        for ((name, parts), no) in names.zip(first..) {
            let mut codes = Vec::new();
            each_piece(name, |piece| codes.push(self.dictionary.code(piece)));
            let in_columns = fits(codes.iter().copied());
            for (i, column) in self.columns.iter_mut().enumerate() {
                column.push(codes.get(i).filter(|_| in_columns).map_or(0, |code| *code as u16));
            }
            if !in_columns {
                self.long.push(no, &codes);
            }
            if let Some(parts) = parts {
                self.corrected.insert(no, parts.each_ref().map(|part| part.as_str().into()));
            }
        }
        let mut order = std::mem::take(&mut self.order);
        order.insert(self, first);
        self.order = order;
    }

    /// Nobody finds this name any more.
    pub fn kill(&mut self, no: u32) {
        let mut codes = Vec::new();
        self.codes(no, &mut codes);
        self.buried.insert(no, codes.into());
        self.columns.iter_mut().for_each(|column| column[no as usize] = 0);
        self.long.remove(no);
    }

    pub fn bytes(&self) -> usize {
        let columns: usize = self.columns.iter().map(|column| column.capacity() * 2).sum();
        let side = (self.buried.len() + self.corrected.len()) * 80;
        columns + self.long.bytes() + side + self.dictionary.bytes() + self.order.bytes()
    }
}

fn fits(codes: impl ExactSizeIterator<Item = u32>) -> bool {
    codes.len() <= WIDTH && codes.max().is_none_or(|code| code <= u32::from(u16::MAX))
}
