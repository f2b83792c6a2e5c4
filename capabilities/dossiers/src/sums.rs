//! How complete each dossier is, kept in memory: derived from the sums in the database, brought up to date by what changed
//! since it was read last. Lists over a city fold over it instead of reading a quarter of a million rows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chibo_census::Census;
use chibo_kernel::{Day, Id, Moment, Person, Problem};
use chibo_store::Db;

use crate::places::{self, Places};
use crate::store::{self, SumRow};

/// How complete a dossier was when something in it was last changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Documents wanted.
    pub needed: u32,
    /// Of them there.
    pub there: u32,
    /// Wanted, of first priority.
    pub first_needed: u32,
    /// Of them there.
    pub first_there: u32,
    /// Missing, tolerated.
    pub tolerated: u32,
    /// The index is confirmed.
    pub confirmed: bool,
}

/// Where a dossier stands, for lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing recorded yet.
    Unopened,
    /// Documents are missing.
    Lacking,
    /// Everything there, the index not confirmed.
    Whole,
    /// Everything there or tolerated, the index confirmed.
    Confirmed,
}

impl Standing {
    /// All, in the order of the work.
    pub const ALL: [Self; 4] = [Self::Unopened, Self::Lacking, Self::Whole, Self::Confirmed];

    /// Of a sum, if there is one.
    pub fn of(sum: Option<&Sum>) -> Self {
        match sum {
            None => Self::Unopened,
            Some(sum) if sum.there < sum.needed => Self::Lacking,
            Some(sum) if sum.confirmed => Self::Confirmed,
            Some(_) => Self::Whole,
        }
    }

    /// As written in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unopened => "unopened",
            Self::Lacking => "lacking",
            Self::Whole => "whole",
            Self::Confirmed => "confirmed",
        }
    }

    /// Word key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unopened => "dossiers-standing-unopened",
            Self::Lacking => "dossiers-standing-lacking",
            Self::Whole => "dossiers-standing-whole",
            Self::Confirmed => "dossiers-standing-confirmed",
        }
    }
}

/// All sums.
pub type Sums = HashMap<Id<Person>, Sum>;

/// All sums as they were read last.
#[derive(Default)]
struct Kept {
    last: Option<Moment>,
    /// Grows with every sum that is another than before.
    version: u64,
    sums: Arc<Sums>,
}

#[derive(Default)]
struct Shelf {
    kept: Mutex<Kept>,
    places: Mutex<Option<Arc<Places>>>,
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

    fn fresh(&self, db: &Db) -> Result<(u64, Arc<Sums>), Problem> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let since = kept.last.map_or(Moment(i64::MIN), |last| last.plus_ms(-LATE_MS));
        let (mut last, mut fresh) = (kept.last.unwrap_or(Moment(i64::MIN)), Vec::new());
        db.read(|tx| {
            store::sums_since(tx, since, |row: SumRow| {
                last = last.max(row.recorded_at);
                let SumRow { person_id, needed, there, first_needed, first_there, tolerated, confirmed, .. } = row;
                let confirmed = confirmed == 1;
                let sum = Sum { needed, there, first_needed, first_there, tolerated, confirmed };
                // What was read already is looked at again for a while.
                if kept.sums.get(&person_id) != Some(&sum) {
                    fresh.push((person_id, sum));
                }
                Ok(())
            })
        })?;
        if !fresh.is_empty() {
            kept.version += 1;
            Arc::make_mut(&mut kept.sums).extend(fresh);
        }
        kept.last = Some(last);
        Ok((kept.version, kept.sums.clone()))
    }
}

/// What may be committed late: the longest a write of another process takes, ms.
const LATE_MS: i64 = 600_000;

/// Forgets what was read: rows went from one member to another.
pub(crate) fn forget(db: &Db) {
    db.put_beside(Arc::new(Shelf::default()));
}

/// All sums as of now, and their figures by place.
///
/// # Errors
/// What reading them gives.
pub(crate) fn now(db: &Db, census: &Census, today: Day) -> Result<(Arc<Sums>, Arc<Places>), Problem> {
    let shelf = Shelf::of(db);
    let (version, sums) = shelf.fresh(db)?;
    let kept = shelf.places.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let places = places::fresh(kept, census, today, version, &sums);
    *shelf.places.lock().unwrap_or_else(PoisonError::into_inner) = Some(places.clone());
    Ok((sums, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dos_03_a_dossier_is_confirmed_when_nothing_counted_is_missing() {
        let sum = |there, confirmed| Sum { needed: 10, there, confirmed, ..Sum::default() };
        assert_eq!(Standing::of(None), Standing::Unopened);
        assert_eq!(Standing::of(Some(&sum(9, true))), Standing::Lacking);
        assert_eq!(Standing::of(Some(&sum(10, false))), Standing::Whole);
        assert_eq!(Standing::of(Some(&sum(10, true))), Standing::Confirmed);
    }
}
