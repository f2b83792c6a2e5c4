//! Committed changes by number, for readers outside the program.

use chibo_kernel::Problem;

use crate::change::Change;
use crate::db::Db;

/// On PostgreSQL numbers are drawn before the commit: one that is smaller by less than this may become visible later.
pub(crate) const LATE: i64 = 1_000;

/// A committed change with its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Its number; grows with time, with gaps.
    pub seq: i64,
    /// What was touched.
    pub change: Change,
}

/// Committed changes, and which numbers are kept at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// The changes, in the order of their numbers.
    pub noted: Vec<Noted>,
    /// The oldest number kept; 0 when none is.
    pub first: i64,
    /// The newest number; 0 when there is none.
    pub last: i64,
}

pub(crate) mod store {
    use crate::db::store::Notice;
    use crate::queries;

    crate::record! {
        /// The oldest and the newest number.
        pub struct Kept { first: Option<i64>, last: Option<i64> }
    }
    queries! {
        /// The first notices after a number.
        fn following(seq: i64, most: i64) -> many<Notice> =
            "SELECT seq, kind, subject FROM change_notice WHERE seq > $1 ORDER BY seq LIMIT $2";
        /// Notices after a number, up to another.
        fn between(seq: i64, up_to: i64) -> many<Notice> =
            "SELECT seq, kind, subject FROM change_notice WHERE seq > $1 AND seq <= $2 ORDER BY seq";
        /// Which numbers are kept.
        fn kept() -> one<Kept> = "SELECT MIN(seq), MAX(seq) FROM change_notice";
    }
}

impl Db {
    /// Committed changes after a number, at most `most` of them, on one snapshot. On PostgreSQL the last thousand
    /// numbers up to `seq` come once more before them, because one of them may have become visible only now.
    pub fn noted_after(&self, seq: i64, most: i64) -> Result<Notes, Problem> {
        let again = if self.is_sqlite() { 0 } else { LATE };
        let (rows, kept) = self.read(|tx| {
            let mut rows = store::between(tx, seq.saturating_sub(again), seq)?;
            rows.extend(store::following(tx, seq, most)?);
            Ok((rows, store::kept(tx)?))
        })?;
        let change = |row: &crate::db::store::Notice| Change::from_stored(&row.kind, row.subject.as_deref());
        let noted = rows.iter().map(|row| Noted { seq: row.seq, change: change(row) }).collect();
        let (first, last) = kept.map_or((None, None), |kept| (kept.first, kept.last));
        Ok(Notes { noted, first: first.unwrap_or(0), last: last.unwrap_or(0) })
    }

    /// The number of the newest committed change; 0 when there is none.
    pub fn last_noted(&self) -> Result<i64, Problem> {
        Ok(self.read(store::kept)?.and_then(|kept| kept.last).unwrap_or(0))
    }
}
