//! The columns: every dated state of every person, clustered by where the branch stands today.
//!
//! A slot is a unit's position in that order; the rows of a slot, and the persons at home in it, lie together,
//! so a subtree is a slice of rows and a slice of persons. What changed since loading lies in a short tail.

mod change;
mod codes;
mod facts;
mod load;
mod people;
mod segment;

use std::ops::Range;

use chibo_kernel::Day;

use crate::forest::UnitNo;
pub(crate) use codes::{MONTHS, NEVER, month_number, pack_asked, pack_moment, pack_month};
pub use facts::{PersonFacts, PersonNo, StateRow};
pub(crate) use load::Draft;
pub use load::Loader;
pub use people::{Brief, StateCodes};
pub(crate) use people::{People, room_for};
pub(crate) use segment::{Packed, Segment};

/// The largest code seen in each column: what sizes the dimensions of a cube.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tops {
    pub sex: u8,
    pub religion: u8,
    pub ethnicity: u8,
    pub standing: u8,
    pub degree: u8,
    pub education: u8,
    pub theory: u8,
    pub occupation: u8,
    pub birth: u16,
    pub admitted: u16,
    pub counted: u16,
}

impl Tops {
    fn see(&mut self, row: &Packed) {
        self.sex = self.sex.max(row.origin & 3);
        self.religion = self.religion.max(row.origin >> 2);
        self.ethnicity = self.ethnicity.max(row.ethnicity);
        self.standing = self.standing.max(row.grade & 15);
        self.degree = self.degree.max(row.grade >> 4);
        self.education = self.education.max(row.schooling & 15);
        self.theory = self.theory.max(row.schooling >> 4);
        self.occupation = self.occupation.max(row.occupation);
        self.birth = self.birth.max(row.birth);
        self.admitted = self.admitted.max(row.admitted);
        self.counted = self.counted.max(row.counted);
    }
}

/// All persons and states.
#[derive(Debug)]
pub(crate) struct Columns {
    /// The unit of each slot.
    slots: Vec<UnitNo>,
    /// The slot of each unit known when loading.
    slot_of: Vec<u32>,
    /// Where the rows of each slot begin.
    row_start: Vec<u32>,
    /// The clustered rows.
    pub rows: Segment,
    /// "Known now" must be tested in the clustered rows.
    pub corrected: bool,
    /// Rows added since loading.
    pub tail: Segment,
    /// Their units.
    pub tail_unit: Vec<UnitNo>,
    /// Unit and row of the tail, ascending.
    tail_by_unit: Vec<(UnitNo, u32)>,
    /// The persons.
    pub people: People,
    /// Largest codes.
    pub tops: Tops,
    /// Which day decided where persons are at home.
    pub loaded_on: Day,
}

impl Columns {
    /// The slot of a unit, if it had one when loading.
    pub fn slot(&self, unit: UnitNo) -> Option<u32> {
        self.slot_of.get(unit as usize).copied()
    }

    /// The slots of these units, when they follow each other just so: found at once, however many they are.
    pub fn slots_alike(&self, units: &[UnitNo]) -> Option<Range<u32>> {
        let first = units.first().map_or(Some(0), |unit| self.slot(*unit))?;
        let slots = self.slots.get(first as usize..first as usize + units.len())?;
        (slots == units).then_some(first..first + units.len() as u32)
    }

    /// The clustered rows of a slot.
    pub fn rows_of(&self, slot: u32) -> Range<u32> {
        self.row_start[slot as usize]..self.row_start[slot as usize + 1]
    }

    /// The units in the order of their slots.
    pub fn slots(&self) -> &[UnitNo] {
        &self.slots
    }

    /// The rows of the tail of a unit.
    pub fn tail_of(&self, unit: UnitNo) -> impl Iterator<Item = u32> + '_ {
        let from = self.tail_by_unit.partition_point(|(other, _)| *other < unit);
        self.tail_by_unit[from..].iter().take_while(move |(other, _)| *other == unit).map(|(_, row)| *row)
    }

    /// The rows of the tail of a person: they were appended in the order of the numbers.
    pub fn tail_rows_of(&self, person: PersonNo) -> Range<usize> {
        let from = self.tail.person.partition_point(|no| *no < person);
        from..from + self.tail.person[from..].partition_point(|no| *no == person)
    }

    /// The unit of a slot.
    pub fn unit_of(&self, slot: u32) -> Option<UnitNo> {
        self.slots.get(slot as usize).copied()
    }

    /// Memory held, in bytes.
    pub fn bytes(&self) -> usize {
        let small = self.slots.capacity() + self.slot_of.capacity() + self.row_start.capacity();
        let tail = self.tail.bytes() + (self.tail_unit.capacity() + self.tail_by_unit.capacity() * 2) * 4;
        small * 4 + self.rows.bytes() + tail + self.people.bytes()
    }
}
