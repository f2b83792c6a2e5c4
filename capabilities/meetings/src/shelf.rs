//! The months of all branches, in memory: a picture of the whole city looks at a quarter of a million of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

use chibo_kernel::{Id, Moment, Problem, Unit};
use chibo_store::{Db, Tx};

use crate::rules::{Grade, Month, MonthFacts};
use crate::store::{self, MonthRow};

/// A branch's month as pictures need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Month.
    pub month: i32,
    /// 0 nothing, 1 open, 2 closed, 3 none with a reason.
    pub met: u8,
    /// With a thematic part.
    pub thematic: bool,
    /// Closed after the month had ended.
    pub late: bool,
    /// Had to be there, were there, spoke.
    pub counts: (u16, u16, u16),
    /// Out of 100; of an observer, 0 for none.
    pub scores: (u8, u8),
    /// Grade.
    pub grade: Option<Grade>,
}

impl Seen {
    /// As the rules ask for it.
    pub fn facts(&self) -> MonthFacts {
        MonthFacts {
            met: self.met == 2,
            excused: self.met == 3,
            thematic: self.thematic,
            score: (self.met == 2).then_some(u32::from(self.scores.0)),
        }
    }
}

impl From<&MonthRow> for Seen {
    fn from(row: &MonthRow) -> Self {
        let small = |count: u32| u16::try_from(count).unwrap_or(u16::MAX);
        let points = |points: u32| u8::try_from(points.min(100)).unwrap_or(100);
        Self {
            month: row.month,
            met: row.met,
            thematic: row.thematic == 1,
            late: row.late == 1,
            counts: (small(row.due), small(row.present), small(row.spoke)),
            scores: (points(row.score), points(row.seen_score)),
            grade: Grade::from_number(row.grade),
        }
    }
}

/// Branches with their months in order; each line is shared until it changes.
type Part = HashMap<Id<Unit>, Arc<Vec<Seen>>>;

/// Parts the branches are dealt into: a closing copies the pointers of one part and the months of one branch.
const PARTS: usize = 128;

/// Months by branch.
#[derive(Clone, Debug, Default)]
pub struct Months {
    parts: Vec<Arc<Part>>,
    /// Grows with every change.
    version: u64,
    /// The version that changed a month last.
    changed: BTreeMap<i32, u64>,
}

fn part_of(unit: Id<Unit>) -> usize {
    unit.bytes().iter().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte))) % PARTS
}

impl Months {
    /// The months of a branch, in order.
    pub fn of(&self, unit: Id<Unit>) -> &[Seen] {
        let line = self.parts.get(part_of(unit)).and_then(|part| part.get(&unit));
        line.map_or(&[], |line| line.as_slice())
    }

    /// One of them.
    pub fn at(&self, unit: Id<Unit>, month: Month) -> Option<&Seen> {
        at(self.of(unit), month)
    }

    /// Grows with every change.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Grows with every change of a month.
    pub fn version_of(&self, month: Month) -> u64 {
        self.changed.get(&month.0).copied().unwrap_or(0)
    }

    /// The first month anybody wrote about: before it nobody used this.
    pub fn begins(&self) -> Option<Month> {
        self.changed.keys().next().copied().map(Month)
    }

    fn put(&mut self, row: &MonthRow) {
        self.parts.resize_with(PARTS, Arc::default);
        let Some(part) = self.parts.get_mut(part_of(row.unit_id)) else { return };
        let line = Arc::make_mut(Arc::make_mut(part).entry(row.unit_id).or_default());
        let seen = Seen::from(row);
        match line.binary_search_by_key(&row.month, |seen| seen.month) {
            Ok(at) => line.iter_mut().skip(at).take(1).for_each(|old| *old = seen),
            Err(at) => line.insert(at, seen),
        }
        self.changed.insert(row.month, self.version);
    }
}

/// A month in a branch's line.
pub fn at(line: &[Seen], month: Month) -> Option<&Seen> {
    line.binary_search_by_key(&month.0, |seen| seen.month).ok().and_then(|at| line.get(at))
}

#[derive(Default)]
struct Kept {
    months: Arc<Months>,
    newest: i64,
}

/// What is kept beside the data.
#[derive(Default)]
pub struct Shelf {
    kept: RwLock<Kept>,
    /// Versions are given once: two looks at one moment may differ in what they saw.
    versions: AtomicU64,
}

/// A write may be committed a little after a younger one: so far back is looked again, ms.
const BACK_MS: i64 = 60_000;

impl Shelf {
    /// The shelf beside a database, put there at the first look.
    fn of(db: &Db) -> Arc<Self> {
        db.beside::<Self>().unwrap_or_else(|| {
            let shelf = Arc::new(Self::default());
            db.put_beside(shelf.clone());
            shelf
        })
    }

    fn fresh(&self, tx: &mut Tx<'_>) -> Result<Arc<Months>, Problem> {
        let (months, newest) = match self.kept.read() {
            Ok(kept) => (kept.months.clone(), kept.newest),
            Err(_) => Default::default(),
        };
        let (mut changed, mut last) = (Vec::new(), newest);
        store::months_since(tx, Moment(newest.saturating_sub(BACK_MS)), |row| {
            last = last.max(row.recorded_at.0);
            if months.at(row.unit_id, Month(row.month)) != Some(&Seen::from(&row)) {
                changed.push(row);
            }
            Ok(())
        })?;
        if changed.is_empty() {
            return Ok(months);
        }
        let mut made = Months::clone(&months);
        made.version = self.versions.fetch_add(1, Ordering::Relaxed) + 1;
        changed.iter().for_each(|row| made.put(row));
        let made = Arc::new(made);
        if let Ok(mut kept) = self.kept.write() {
            // Somebody else may have looked later meanwhile: his is kept.
            if kept.newest <= last {
                *kept = Kept { months: made.clone(), newest: last };
            }
        }
        Ok(made)
    }
}

/// The months of all branches as they are now.
///
/// # Errors
/// Problems of the database.
pub fn months(db: &Db) -> Result<Arc<Months>, Problem> {
    let shelf = Shelf::of(db);
    db.read(|tx| shelf.fresh(tx))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(unit: u8, month: i32, score: u32) -> MonthRow {
        MonthRow {
            unit_id: Id::from_bytes([unit; 16]),
            month,
            met: 2,
            thematic: 0,
            late: 0,
            due: 10,
            present: 9,
            spoke: 5,
            score,
            grade: 1,
            seen_score: 0,
            reason: String::new(),
            recorded_at: Moment(1),
        }
    }

    #[test]
    fn mtg_20_a_closing_copies_one_branch_and_leaves_the_others_shared() {
        let mut months = Months::default();
        (0..200).for_each(|unit| months.put(&row(unit, 100, 90)));
        let before = months.clone();
        months.version += 1;
        months.put(&row(7, 101, 80));
        months.put(&row(7, 100, 70));
        let shared = before.parts.iter().zip(&months.parts).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
        assert_eq!(shared, PARTS - 1);
        let unit = |unit: u8| Id::from_bytes([unit; 16]);
        assert_eq!(months.of(unit(7)).iter().map(|seen| seen.scores.0).collect::<Vec<_>>(), [70, 80]);
        assert_eq!((before.of(unit(7)).len(), months.of(unit(8)).len()), (1, 1));
        assert_eq!((months.version_of(Month(101)), months.version_of(Month(99))), (1, 0));
        assert_eq!(months.begins(), Some(Month(100)));
    }
}
