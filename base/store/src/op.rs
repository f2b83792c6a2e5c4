//! A write in progress: the transaction with everything a write owes.

use chibo_kernel::{AsOf, Day, Id, Job, Moment, Permission, Problem, Unit, Viewer};

use crate::audit::Entry;
use crate::change::Change;
use crate::db::Db;
use crate::jobs;
use crate::seal::Keys;
use crate::statement::Tx;

/// A write in progress.
pub struct Op<'t, 'c> {
    tx: &'t mut Tx<'c>,
    db: &'t Db,
    viewer: &'t Viewer,
    now: Moment,
    entries: Vec<Entry>,
    changes: Vec<Change>,
}

impl<'t, 'c> Op<'t, 'c> {
    pub(crate) fn begin(tx: &'t mut Tx<'c>, db: &'t Db, viewer: &'t Viewer, now: Moment) -> Self {
        Self { tx, db, viewer, now, entries: Vec::new(), changes: Vec::new() }
    }

    pub(crate) fn end(self) -> (Vec<Entry>, Vec<Change>) {
        (self.entries, self.changes)
    }

    /// The transaction, for statements.
    pub fn tx(&mut self) -> &mut Tx<'c> {
        self.tx
    }

    /// What is kept beside the data in this process ([`Db::put_beside`]).
    pub fn beside<D: Send + Sync + 'static>(&self) -> Option<std::sync::Arc<D>> {
        self.db.beside()
    }

    /// Who acts.
    pub fn viewer(&self) -> &Viewer {
        self.viewer
    }

    /// The moment of this write; all its rows carry the same.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// Today in Vietnam.
    pub fn today(&self) -> Day {
        self.now.day()
    }

    /// Today with all present knowledge.
    pub fn as_of_today(&self) -> AsOf {
        AsOf::on(self.today())
    }

    /// A new identifier.
    pub fn fresh<T>(&self) -> Id<T> {
        self.db.fresh()
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        self.db.random()
    }

    /// The installation's keys.
    pub fn keys(&self) -> &Keys {
        self.db.keys()
    }

    /// Checks a permission on a unit by the same grants that lists use.
    pub fn permit(&self, permission: Permission, unit: Id<Unit>) -> Result<(), Problem> {
        self.viewer.permit(permission, unit, &*self.db.places())
    }

    /// Records an act in the audit chain of its stream.
    pub fn record(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Says what this write touches, so that columns and caches follow the commit.
    pub fn touch(&mut self, change: Change) {
        if self.changes.last() != Some(&change) {
            self.changes.push(change);
        }
    }

    /// Enqueues background work that starts only if this write commits.
    pub fn enqueue(&mut self, kind: &'static str, payload: &str, unit: Option<Id<Unit>>) -> Result<Id<Job>, Problem> {
        self.enqueue_after(kind, payload, unit, self.now)
    }

    /// Enqueues background work that starts at a moment, or as soon after it as the program runs.
    pub fn enqueue_after(
        &mut self,
        kind: &'static str,
        payload: &str,
        unit: Option<Id<Unit>>,
        after: Moment,
    ) -> Result<Id<Job>, Problem> {
        let id = self.db.fresh();
        jobs::enqueue(self.tx, id, kind, payload, self.viewer.account, unit, (self.now, after))?;
        Ok(id)
    }
}
