//! Structure of arrays: one entry per dated state. A scan touches only the arrays it asks about.

use super::codes::{NEVER, pack_day, pack_moment, pack_month, pack_two};
use super::{PersonFacts, PersonNo, StateRow};

/// One state with the person's traits copied beside it, so that counting never leaves the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Packed {
    pub from: u16,
    pub to: u16,
    pub recorded: u16,
    pub superseded: u16,
    pub birth: u16,
    pub admitted: u16,
    /// The month from which Party age counts.
    pub counted: u16,
    /// Sex (2 bits), religion.
    pub origin: u8,
    pub ethnicity: u8,
    /// Standing (4 bits), degree.
    pub grade: u8,
    /// Education (4 bits), theory.
    pub schooling: u8,
    pub occupation: u8,
    pub person: PersonNo,
}

impl Packed {
    /// `None` for a row that no question can ever match.
    pub fn new(person: PersonNo, facts: &PersonFacts, state: &StateRow) -> Option<Self> {
        let row = Self {
            from: pack_day(state.valid_from),
            to: pack_day(state.valid_to),
            recorded: pack_moment(state.recorded),
            superseded: pack_moment(state.superseded),
            birth: pack_month(facts.birth),
            admitted: pack_month(facts.admitted),
            counted: pack_month(facts.counted(state.valid_from)),
            origin: pack_two(facts.sex, 2, facts.religion),
            ethnicity: facts.ethnicity,
            grade: pack_two(state.standing, 4, state.degree),
            schooling: pack_two(state.education, 4, state.theory),
            occupation: state.occupation,
            person,
        };
        (row.from < row.to && row.recorded < row.superseded).then_some(row)
    }
}

macro_rules! segment {
    ($($name:ident: $type:ty),* $(,)?) => {
        /// Rows as arrays of equal length.
        #[derive(Debug, Default)]
        pub(crate) struct Segment { $(pub $name: Vec<$type>),* }

        impl Segment {
            pub fn push(&mut self, row: Packed) {
                $(self.$name.push(row.$name);)*
            }

            pub fn get(&self, i: usize) -> Packed {
                Packed { $($name: self.$name[i]),* }
            }

            pub fn reserve(&mut self, rows: usize) {
                $(self.$name.reserve_exact(rows);)*
            }

            pub fn bytes(&self) -> usize {
                0 $(+ self.$name.capacity() * size_of::<$type>())*
            }

            /// The rows moved to `place[i]`, one array at a time so that only one is held twice.
            pub fn moved(self, place: &[u32]) -> Self {
                Self { $($name: moved(self.$name, place)),* }
            }
        }
    };
}

segment! {
    from: u16, to: u16, recorded: u16, superseded: u16, birth: u16, admitted: u16,
    counted: u16, origin: u8, ethnicity: u8, grade: u8, schooling: u8, occupation: u8, person: u32,
}

impl Segment {
    pub fn len(&self) -> usize {
        self.from.len()
    }

    /// From now on no question matches the row.
    pub fn kill(&mut self, i: usize) {
        self.to[i] = self.from[i];
    }

    /// Some row is no longer believed: "known now" has to be tested.
    pub fn has_corrections(&self) -> bool {
        self.superseded.iter().any(|superseded| *superseded != NEVER)
    }
}

pub(super) fn moved<T: Copy + Default>(old: Vec<T>, place: &[u32]) -> Vec<T> {
    let mut new = vec![T::default(); old.len()];
    for (value, place) in old.iter().zip(place) {
        new[*place as usize] = *value;
    }
    new
}

/// Counting sort: the new place of every item when ordered by key, stable, and where each key begins.
pub(super) fn places_by_key(keys: impl Iterator<Item = u32> + Clone, key_count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0u32; key_count + 1];
    keys.clone().for_each(|key| start[key as usize + 1] += 1);
    (1..start.len()).for_each(|i| start[i] += start[i - 1]);
    let mut next = start.clone();
    let place = keys.map(|key| {
        let next = &mut next[key as usize];
        *next += 1;
        *next - 1
    });
    (place.collect(), start)
}
