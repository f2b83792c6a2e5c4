//! The one way to amend history: two time axes, nothing recorded is ever lost (ORG-18).

use crate::day::{AsOf, Moment};
use crate::period::Period;

/// A fact that holds during `valid`, recorded at `recorded` and believed until `superseded`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<V> {
    /// When the fact holds in the world.
    pub valid: Period,
    /// When we wrote it down.
    pub recorded: Moment,
    /// When we stopped believing it; `Moment::FOREVER` while we do.
    pub superseded: Moment,
    /// The fact.
    pub value: V,
}

impl<V> Dated<V> {
    /// Whether this is the fact of that day with that knowledge.
    pub fn holds(&self, at: AsOf) -> bool {
        self.valid.contains(at.day) && self.recorded <= at.known && at.known < self.superseded
            || self.valid.contains(at.day) && at.known == Moment::FOREVER && self.superseded == Moment::FOREVER
    }

    /// Still believed.
    pub fn is_current(&self) -> bool {
        self.superseded == Moment::FOREVER
    }
}

/// All that was ever recorded of one fact about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline<V> {
    rows: Vec<Dated<V>>,
}

/// What an amendment writes: rows to close and rows to add. Nothing else may touch history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment<V> {
    /// Rows (as they were) whose `superseded` becomes the moment of the amendment.
    pub closed: Vec<Dated<V>>,
    /// New rows.
    pub added: Vec<Dated<V>>,
}

impl<V> Default for Timeline<V> {
    fn default() -> Self {
        Self { rows: Vec::new() }
    }
}

impl<V: Clone + PartialEq> Timeline<V> {
    /// From stored rows, in any order.
    pub fn from_rows(rows: Vec<Dated<V>>) -> Self {
        Self { rows }
    }

    /// Every row ever recorded.
    pub fn rows(&self) -> &[Dated<V>] {
        &self.rows
    }

    /// The fact as of a day with a knowledge.
    pub fn at(&self, at: AsOf) -> Option<&V> {
        self.rows.iter().find(|row| row.holds(at)).map(|row| &row.value)
    }

    /// What is believed now, in order of time.
    pub fn current(&self) -> Vec<&Dated<V>> {
        let mut rows: Vec<_> = self.rows.iter().filter(|row| row.is_current()).collect();
        rows.sort_by_key(|row| row.valid.from());
        rows
    }

    /// From `now` on we believe that `value` held during `valid` (`None`: that nothing did).
    /// What was believed outside `valid` stays; what was believed inside is superseded, never erased.
    /// Rows that would repeat their neighbour are joined with it.
    pub fn amend(&mut self, valid: Period, value: Option<V>, now: Moment) -> Amendment<V> {
        let mut change = Amendment { closed: Vec::new(), added: Vec::new() };
        let mut whole = valid;
        let touches = |row: &Dated<V>| row.valid.from() <= valid.to() && valid.from() <= row.valid.to();
        for row in self.rows.iter_mut().filter(|row| row.is_current() && touches(row)) {
            let same = value.as_ref() == Some(&row.value);
            if row.valid.overlap(valid).is_none() && !same {
                continue;
            }
            change.closed.push(row.clone());
            row.superseded = now;
            if same {
                let (from, to) = (whole.from().min(row.valid.from()), whole.to().max(row.valid.to()));
                whole = Period::new(from, to).unwrap_or(whole);
            } else {
                let rest = row.valid.without(valid);
                change.added.extend(rest.map(|valid| open(valid, row.value.clone(), now)));
            }
        }
        change.added.extend(value.map(|value| open(whole, value, now)));
        self.rows.extend(change.added.iter().cloned());
        change
    }
}

fn open<V>(valid: Period, value: V, recorded: Moment) -> Dated<V> {
    Dated { valid, recorded, superseded: Moment::FOREVER, value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Day;
    use proptest::prelude::*;

    fn arb_change() -> impl Strategy<Value = (i32, i32, Option<u8>)> {
        (0..60i32, 1..30i32, proptest::option::of(0..4u8))
    }

    proptest! {
        /// Against the obvious model: one array of days per knowledge moment.
        #[test]
        fn org_18_amending_never_overlaps_never_loses_and_changes_only_what_was_asked(
            changes in proptest::collection::vec(arb_change(), 1..12)
        ) {
            let mut line = Timeline::default();
            let mut model: Vec<Vec<Option<u8>>> = vec![vec![None; 100]];
            for (step, (from, length, value)) in changes.iter().enumerate() {
                let valid = Period::new(Day::from_number(*from), Day::from_number(from + length)).unwrap();
                let before: Vec<_> = line.rows().to_vec();
                line.amend(valid, *value, Moment(step as i64 + 1));
                for old in &before {
                    prop_assert!(line.rows().iter().any(|row| row.valid == old.valid
                        && row.recorded == old.recorded && row.value == old.value));
                }
                let mut next = model.last().unwrap().clone();
                next[*from as usize..(from + length) as usize].fill(*value);
                model.push(next);
            }
            for (known, days) in model.iter().enumerate() {
                for (day, expected) in days.iter().enumerate() {
                    let at = AsOf { day: Day::from_number(day as i32), known: Moment(known as i64) };
                    let found: Vec<_> = line.rows().iter().filter(|row| row.holds(at)).map(|row| row.value).collect();
                    prop_assert_eq!(found, expected.iter().copied().collect::<Vec<_>>());
                }
            }
            let current = line.current();
            for pair in current.windows(2) {
                prop_assert!(pair[0].valid.to() <= pair[1].valid.from());
            }
        }
    }
}
