//! The months of all branches, in memory: a picture of the whole city looks at a quarter of a million of them.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use chibo_kernel::{Id, Moment, Problem, Unit};
use chibo_store::{Db, Tx};

use crate::rules::Grade;
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

/// Months by branch, in order.
pub type Months = HashMap<Id<Unit>, Vec<Seen>>;

#[derive(Default)]
struct Kept {
    months: Arc<Months>,
    newest: i64,
}

/// What is kept beside the data.
#[derive(Default)]
pub struct Shelf(RwLock<Kept>);

/// A write may be committed a little after a younger one: so far back is looked again, ms.
const BACK_MS: i64 = 60_000;

fn put(months: &mut Months, row: &MonthRow) {
    let line = months.entry(row.unit_id).or_default();
    let seen = Seen::from(row);
    match line.binary_search_by_key(&row.month, |seen| seen.month) {
        Ok(at) => line.iter_mut().skip(at).take(1).for_each(|old| *old = seen),
        Err(at) => line.insert(at, seen),
    }
}

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
        let (months, newest) = match self.0.read() {
            Ok(kept) => (kept.months.clone(), kept.newest),
            Err(_) => Default::default(),
        };
        let (mut changed, mut last) = (Vec::new(), newest);
        store::months_since(tx, Moment(newest.saturating_sub(BACK_MS)), |row| {
            last = last.max(row.recorded_at.0);
            let known = months.get(&row.unit_id).and_then(|line| {
                line.binary_search_by_key(&row.month, |seen| seen.month).ok().and_then(|at| line.get(at))
            });
            if known != Some(&Seen::from(&row)) {
                changed.push(row);
            }
            Ok(())
        })?;
        if changed.is_empty() {
            return Ok(months);
        }
        let mut made = Months::clone(&months);
        changed.iter().for_each(|row| put(&mut made, row));
        let made = Arc::new(made);
        if let Ok(mut kept) = self.0.write() {
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
