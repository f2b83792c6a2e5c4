//! The persons: numbered by where they are at home, so that the persons of a subtree are a slice.

use std::ops::Range;

use chibo_kernel::{Day, Id, Person};

use super::codes::pack_month;
use super::segment::{moved, places_by_key};
use super::{PersonFacts, PersonNo};
use crate::forest::{NONE, UnitNo};
use crate::search::{DraftNames, Names};

/// Set in an index entry whose person was removed; the number below still gives the id its place in the order.
const GONE: u32 = 1 << 31;

/// What can be counted of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateCodes {
    /// Standing.
    pub standing: u8,
    /// General education.
    pub education: u8,
    /// Degree.
    pub degree: u8,
    /// Political theory.
    pub theory: u8,
    /// Occupation.
    pub occupation: u8,
    /// Sex.
    pub sex: u8,
    /// Ethnicity.
    pub ethnicity: u8,
    /// Religion.
    pub religion: u8,
}

/// What the census can say of one person without asking the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// The person.
    pub id: Id<Person>,
    /// Full name as written.
    pub name: String,
    /// Where the person is at home: today's branch, or the last one.
    pub home: Option<UnitNo>,
    /// The first day of the month of birth.
    pub born: Option<Day>,
    /// The first day of the month from which Party age counts.
    pub admitted: Option<Day>,
    /// The first day of the month of becoming official.
    pub official: Option<Day>,
    /// The branch and the codes of today's state, if there is one.
    pub today: Option<(UnitNo, StateCodes)>,
}

#[derive(Debug, Default)]
pub(super) struct DraftPeople {
    ids: Vec<Id<Person>>,
    home: Vec<UnitNo>,
    official: Vec<u16>,
    names: DraftNames,
}

impl DraftPeople {
    pub fn reserve(&mut self, persons: usize) {
        self.ids.reserve_exact(persons);
        self.home.reserve_exact(persons);
        self.official.reserve_exact(persons);
        self.names.reserve(persons);
    }

    pub fn push(&mut self, facts: &PersonFacts, home: UnitNo) -> PersonNo {
        let no = self.ids.len() as PersonNo;
        self.ids.push(facts.id);
        self.home.push(home);
        self.official.push(pack_month(facts.official));
        self.names.push(&facts.name, facts.parts.as_ref());
        no
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }
}

/// All persons, those loaded first, those added or changed since behind them.
#[derive(Debug)]
pub(crate) struct People {
    ids: Vec<Id<Person>>,
    /// Loaded persons in the order of their ids.
    by_id: Vec<u32>,
    /// Ids that came after loading, ascending.
    new_ids: Vec<(Id<Person>, u32)>,
    official: Vec<u16>,
    /// Loaded rows of each loaded person, at most 255: tells when all have been found.
    row_count: Vec<u8>,
    /// Where the persons of each slot begin; the last slot is that of persons at home nowhere.
    home_start: Vec<u32>,
    /// Homes of persons added since.
    tail_home: Vec<UnitNo>,
    pub names: Names,
}

impl People {
    /// Numbers everybody by home; also gives the new number of each old one.
    pub(super) fn settle(draft: DraftPeople, slot_of: &[u32]) -> (Self, Vec<u32>) {
        let nowhere = slot_of.len() as u32;
        let keys = draft.home.iter().map(|home| slot_of.get(*home as usize).copied().unwrap_or(nowhere));
        let (new_no, home_start) = places_by_key(keys, slot_of.len() + 1);
        let ids = moved_ids(&draft.ids, &new_no);
        let official = moved(draft.official, &new_no);
        let mut order: Vec<(u64, u32)> = ids.iter().map(first_half).zip(0u32..).collect();
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| ids[a.1 as usize].cmp(&ids[b.1 as usize])));
        let by_id = order.into_iter().map(|(_, no)| no).collect();
        let names = Names::settle(draft.names, &new_no);
        let (new_ids, tail_home, row_count) = Default::default();
        let mut people = Self { ids, by_id, new_ids, official, row_count, home_start, tail_home, names };
        people.make_room(0);
        (people, new_no)
    }

    /// Room for newcomers: a little, for doubling everything would take too much.
    fn make_room(&mut self, newcomers: usize) {
        room_for(&mut self.ids, newcomers);
        room_for(&mut self.official, newcomers);
        self.names.make_room(newcomers);
    }

    pub(super) fn count_rows(&mut self, persons: &[PersonNo]) {
        self.row_count = vec![0; self.ids.len()];
        for no in persons {
            let count = &mut self.row_count[*no as usize];
            *count = count.saturating_add(1);
        }
    }

    /// How many loaded rows a loaded person has, if it is known.
    pub(super) fn row_count(&self, no: PersonNo) -> Option<usize> {
        self.row_count.get(no as usize).filter(|count| **count < u8::MAX).map(|count| usize::from(*count))
    }

    /// How many persons were loaded; the others lie behind.
    pub fn base(&self) -> u32 {
        self.by_id.len() as u32
    }

    /// Numbers run below this.
    pub fn len(&self) -> u32 {
        self.ids.len() as u32
    }

    /// How many persons there are now.
    pub fn living(&self) -> usize {
        let loaded = self.by_id.iter().filter(|entry| **entry & GONE == 0).count();
        loaded + self.new_ids.iter().filter(|(_, no)| no & GONE == 0).count()
    }

    pub fn no(&self, id: Id<Person>) -> Option<PersonNo> {
        let entry = match self.entry(id) {
            Ok(at) => self.by_id[at],
            Err(_) => self.new_ids[self.new_ids.binary_search_by_key(&id, |(id, _)| *id).ok()?].1,
        };
        (entry & GONE == 0).then_some(entry)
    }

    fn entry(&self, id: Id<Person>) -> Result<usize, usize> {
        self.by_id.binary_search_by(|no| self.ids[(no & !GONE) as usize].cmp(&id))
    }

    /// The id of a number, unless the person was changed or removed since.
    pub fn id(&self, no: PersonNo) -> Option<Id<Person>> {
        let id = self.ids.get(no as usize).copied()?;
        (self.no(id) == Some(no)).then_some(id)
    }

    pub fn official(&self, no: PersonNo) -> u16 {
        self.official.get(no as usize).copied().unwrap_or(0)
    }

    /// The slot a loaded person is at home in (the number of slots: nowhere), or the unit of one added since.
    pub fn home(&self, no: PersonNo) -> Result<u32, UnitNo> {
        match no.checked_sub(self.base()) {
            Some(behind) => Err(self.tail_home.get(behind as usize).copied().unwrap_or(NONE)),
            None => Ok(self.home_start.partition_point(|start| *start <= no) as u32 - 1),
        }
    }

    /// The loaded persons at home in a range of slots.
    pub fn at_home(&self, slots: Range<u32>) -> Range<PersonNo> {
        self.home_start[slots.start as usize]..self.home_start[slots.end as usize]
    }

    /// Persons added since loading with their homes.
    pub fn tail_homes(&self) -> impl Iterator<Item = (PersonNo, UnitNo)> + '_ {
        (self.base()..).zip(self.tail_home.iter().copied())
    }

    /// Adds persons; one with a known id takes its place. Numbers are given in order.
    pub(super) fn add(&mut self, newcomers: &[(&PersonFacts, UnitNo)]) {
        let first = self.len();
        self.make_room(newcomers.len());
        for (facts, home) in newcomers {
            self.ids.push(facts.id);
            self.official.push(pack_month(facts.official));
            self.tail_home.push(*home);
        }
        self.names.add(newcomers.iter().map(|(facts, _)| (facts.name.as_str(), facts.parts.as_ref())));
        let mut fresh = Vec::new();
        for ((facts, _), no) in newcomers.iter().zip(first..) {
            match self.entry(facts.id) {
                Ok(at) => self.by_id[at] = no,
                Err(_) => fresh.push((facts.id, no)),
            }
        }
        // The later entry of one id wins: it is sorted behind and swapped into the place kept.
        self.new_ids.extend(fresh);
        self.new_ids.sort_by_key(|(id, _)| *id);
        self.new_ids.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = later.1;
            }
            same
        });
    }

    /// Forgets a person; the number is not used again.
    pub(super) fn remove(&mut self, id: Id<Person>) {
        let Some(no) = self.no(id) else { return };
        self.names.kill(no);
        match self.entry(id) {
            Ok(at) => self.by_id[at] |= GONE,
            Err(_) => {
                if let Ok(at) = self.new_ids.binary_search_by_key(&id, |(id, _)| *id) {
                    self.new_ids[at].1 |= GONE;
                }
            }
        }
        if let Some(behind) = no.checked_sub(self.base()) {
            self.tail_home[behind as usize] = NONE;
        }
    }

    pub fn bytes(&self) -> usize {
        let numbers = self.by_id.capacity() + self.home_start.capacity() + self.tail_home.capacity();
        let ids = self.ids.capacity() * 16 + self.new_ids.capacity() * 20;
        ids + numbers * 4 + self.official.capacity() * 2 + self.row_count.capacity() + self.names.bytes()
    }
}

/// Makes room for a sixteenth more, if there is none for so many.
pub(crate) fn room_for<T>(items: &mut Vec<T>, more: usize) {
    if items.capacity() - items.len() < more.max(1) {
        items.reserve_exact(more + items.len() / 16 + 64);
    }
}

fn first_half(id: &Id<Person>) -> u64 {
    id.bytes()[..8].iter().fold(0, |half, byte| half << 8 | u64::from(*byte))
}

fn moved_ids(ids: &[Id<Person>], place: &[u32]) -> Vec<Id<Person>> {
    let mut new = ids.to_vec();
    ids.iter().zip(place).for_each(|(id, place)| new[*place as usize] = *id);
    new
}
