//! Following commits: old rows die where they lie, new rows go to the tail.

use chibo_kernel::{Day, Id, Person};

use super::codes::{month_start, pack_asked};
use super::{Brief, Columns, NEVER, Packed, PersonFacts, PersonNo, Segment, StateCodes, StateRow};
use crate::forest::NONE;

impl Columns {
    /// Replaces (or with `None` removes) persons. `unit_count` is that of the forest in force.
    pub fn apply(&mut self, changes: &[(Id<Person>, Option<PersonFacts>)], today: Day, unit_count: usize) {
        let mut unfound = Vec::new();
        for (id, facts) in changes {
            let Some(no) = self.people.no(*id) else { continue };
            let states = facts.as_ref().map_or(&[][..], |facts| &facts.states);
            if !self.kill_where_expected(no, states) {
                unfound.push(no);
            }
        }
        self.kill_anywhere(&unfound);
        changes.iter().for_each(|(id, _)| self.people.remove(*id));

        let mut latest: Vec<&PersonFacts> = changes.iter().filter_map(|(_, facts)| facts.as_ref()).collect();
        if changes.len() > 1 {
            latest = last_of_each(changes);
        }
        let known = |unit: &u32| (*unit as usize) < unit_count;
        let newcomers: Vec<_> =
            latest.iter().map(|facts| (*facts, facts.home(today).filter(known).unwrap_or(NONE))).collect();
        let first = self.people.len();
        self.people.add(&newcomers);
        for (facts, no) in latest.into_iter().zip(first..) {
            for state in facts.states.iter().filter(|state| known(&state.unit)) {
                if let Some(row) = Packed::new(no, facts, state) {
                    self.tops.see(&row);
                    self.tail.push(row);
                    self.tail_unit.push(state.unit);
                }
            }
        }
        let first = self.tail_by_unit.len();
        self.tail_by_unit.extend(self.tail_unit[first..].iter().copied().zip(first as u32..));
        self.tail_by_unit.sort();
    }

    /// Kills the rows of a person at home and in the units of the new states, where they almost always are: history
    /// is never lost. Whether that were all.
    fn kill_where_expected(&mut self, no: PersonNo, states: &[StateRow]) -> bool {
        let Ok(home) = self.people.home(no) else {
            self.tail_rows_of(no).for_each(|row| self.tail.kill(row));
            return true;
        };
        let home = self.unit_of(home).and_then(|unit| self.slot(unit));
        let mut slots: Vec<u32> = states.iter().filter_map(|state| self.slot(state.unit)).chain(home).collect();
        slots.sort_unstable();
        slots.dedup();
        let mut killed = 0;
        for slot in slots {
            for row in self.rows_of(slot) {
                if self.rows.person[row as usize] == no {
                    self.rows.kill(row as usize);
                    killed += 1;
                }
            }
        }
        self.people.row_count(no) == Some(killed)
    }

    /// Kills the rows of loaded persons wherever they are: one pass over all rows.
    fn kill_anywhere(&mut self, persons: &[PersonNo]) {
        if persons.is_empty() {
            return;
        }
        let mut dying = vec![0u64; self.people.len() as usize / 64 + 1];
        persons.iter().for_each(|no| dying[*no as usize / 64] |= 1 << (no % 64));
        for row in 0..self.rows.len() {
            let no = self.rows.person[row];
            if dying[no as usize / 64] >> (no % 64) & 1 != 0 {
                self.rows.kill(row);
            }
        }
    }

    /// How much lies in the tail, in parts of a hundred of everything.
    pub fn tail_percent(&self) -> usize {
        let (tail, all) = (self.tail.len(), self.rows.len() + self.tail.len());
        let (behind, people) = ((self.people.len() - self.people.base()) as usize, self.people.len() as usize);
        (tail * 100 / all.max(1)).max(behind * 100 / people.max(1))
    }

    /// What is known of a person, with the state of `today`.
    pub fn brief(&self, no: PersonNo, today: Day) -> Option<Brief> {
        let id = self.people.id(no)?;
        let day = pack_asked(today);
        let current = |segment: &Segment, i: usize| {
            let row = segment.get(i);
            (row.person == no && row.from <= day && day < row.to && row.superseded == NEVER).then_some(row)
        };
        let (home, any, now) = match self.people.home(no) {
            Ok(slot) => {
                let home = self.unit_of(slot);
                let rows = if home.is_some() { self.rows_of(slot) } else { 0..0 };
                let rows = rows.start as usize..rows.end as usize;
                let any = rows.clone().find(|i| self.rows.person[*i] == no).map(|i| self.rows.get(i));
                (home, any, rows.filter_map(|i| current(&self.rows, i)).next().zip(home))
            }
            Err(home) => {
                let mut mine = self.tail_rows_of(no);
                let any = mine.clone().next().map(|i| self.tail.get(i));
                let now = mine.find_map(|i| current(&self.tail, i).zip(self.tail_unit.get(i).copied()));
                ((home != NONE).then_some(home), any, now)
            }
        };
        Some(Brief {
            id,
            name: self.people.names.text(no),
            home,
            born: any.and_then(|row| month_start(row.birth)),
            admitted: any.and_then(|row| month_start(row.admitted)),
            official: month_start(self.people.official(no)),
            today: now.map(|(row, unit)| (unit, codes(&row))),
        })
    }
}

/// Of several changes to one person only the last counts.
fn last_of_each(changes: &[(Id<Person>, Option<PersonFacts>)]) -> Vec<&PersonFacts> {
    let mut order: Vec<usize> = (0..changes.len()).collect();
    order.sort_by_key(|i| changes[*i].0);
    let last = order.chunk_by(|a, b| changes[*a].0 == changes[*b].0).filter_map(|same| same.last().copied());
    let mut last: Vec<usize> = last.collect();
    last.sort_unstable();
    last.into_iter().filter_map(|i| changes[i].1.as_ref()).collect()
}

fn codes(row: &Packed) -> StateCodes {
    StateCodes {
        standing: row.grade & 15,
        education: row.schooling & 15,
        degree: row.grade >> 4,
        theory: row.schooling >> 4,
        occupation: row.occupation,
        sex: row.origin & 3,
        ethnicity: row.ethnicity,
        religion: row.origin >> 2,
    }
}
