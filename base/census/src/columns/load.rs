//! Loading: persons arrive one by one in any order, then everything is clustered in place, array by array.

use chibo_kernel::Day;

use super::segment::places_by_key;
use super::{Columns, Packed, People, PersonFacts, Segment, Tops};
use crate::columns::people::DraftPeople;
use crate::forest::{NONE, TodayPlaces, UnitNo};

/// What has been loaded so far.
#[derive(Debug)]
pub(crate) struct Draft {
    rows: Segment,
    row_unit: Vec<UnitNo>,
    people: DraftPeople,
    tops: Tops,
    today: Day,
    unit_count: usize,
}

impl Draft {
    pub fn new(today: Day, unit_count: usize) -> Self {
        Self {
            rows: Segment::default(),
            row_unit: Vec::new(),
            people: DraftPeople::default(),
            tops: Tops::default(),
            today,
            unit_count,
        }
    }

    pub fn reserve(&mut self, persons: usize, states: usize) {
        self.rows.reserve(states);
        self.row_unit.reserve_exact(states);
        self.people.reserve(persons);
    }

    /// Rows in units the forest does not know are left out: they stand nowhere.
    pub fn push(&mut self, facts: &PersonFacts) {
        let home = facts.home(self.today).filter(|unit| (*unit as usize) < self.unit_count);
        let person = self.people.push(facts, home.unwrap_or(NONE));
        for state in facts.states.iter().filter(|state| (state.unit as usize) < self.unit_count) {
            if let Some(row) = Packed::new(person, facts, state) {
                self.tops.see(&row);
                self.rows.push(row);
                self.row_unit.push(state.unit);
            }
        }
    }

    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Clusters rows and persons by where their units stand in `places`.
    pub fn cluster(mut self, places: &TodayPlaces) -> Columns {
        let slots = places.everyone().to_vec();
        let mut slot_of = vec![0u32; slots.len()];
        slots.iter().zip(0u32..).for_each(|(unit, slot)| slot_of[*unit as usize] = slot);

        let (mut people, new_no) = People::settle(self.people, &slot_of);
        self.rows.person.iter_mut().for_each(|person| *person = new_no[*person as usize]);
        drop(new_no);
        let keys = self.row_unit.iter().map(|unit| slot_of[*unit as usize]);
        let (place, row_start) = places_by_key(keys, slots.len());
        self.row_unit = Vec::new();
        let rows = self.rows.moved(&place);
        people.count_rows(&rows.person);
        Columns {
            corrected: rows.has_corrections(),
            slots,
            slot_of,
            row_start,
            rows,
            tail: Segment::default(),
            tail_unit: Vec::new(),
            tail_by_unit: Vec::new(),
            people,
            tops: self.tops,
            loaded_on: self.today,
        }
    }
}

/// Takes persons while the columns are loaded, and counts them for whoever watches.
pub struct Loader<'a> {
    pub(crate) draft: Draft,
    pub(crate) report: &'a dyn Fn(u64, u64),
    pub(crate) total: u64,
}

impl Loader<'_> {
    /// How many persons and states will come; only memory and progress depend on it.
    pub fn expect(&mut self, persons: usize, states: usize) {
        self.draft.reserve(persons, states);
        self.total = persons as u64;
        (self.report)(0, self.total);
    }

    /// Takes one person. Every person may be pushed only once.
    pub fn push(&mut self, facts: &PersonFacts) {
        self.draft.push(facts);
        let done = self.draft.len() as u64;
        if done.is_multiple_of(1024) {
            (self.report)(done, self.total.max(done));
        }
    }
}
