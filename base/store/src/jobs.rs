//! The list of work done in the background: leased, with progress, cancellable, restarted after a crash.

use chibo_kernel::{Account, Id, Job, Moment, Problem, Unit};

use crate::db::Db;
use crate::statement::Tx;

/// How long a worker may be silent before somebody else takes its job, ms.
pub const LEASE_MS: i64 = 120_000;

crate::record! {
    /// A job as stored.
    pub struct JobRow {
        /// Identifier.
        job_id: Id<Job>,
        /// Which handler runs it.
        kind: String,
        /// The handler's own JSON.
        payload: String,
        /// `waiting`, `running`, `done`, `failed`, `cancelled`.
        state: String,
        /// Enqueued at.
        created_at: Moment,
        /// By whom.
        created_by: Option<Id<Account>>,
        /// Unit whose subtree may see it.
        unit_id: Option<Id<Unit>>,
        /// Times started.
        attempts: i64,
        /// Progress so far.
        done: i64,
        /// Progress at the end; 0 when unknown.
        total: i64,
        /// What is being done, or what went wrong.
        note: String,
        /// Somebody asked to stop it.
        cancel: bool,
        /// Ended at.
        finished_at: Option<Moment>,
        /// The handler's result as JSON.
        result: String,
    }
}

pub(crate) mod store {
    use super::JobRow;
    use crate::queries;
    use chibo_kernel::{Account, Id, Job, Moment, Unit};

    queries! {
        /// Enqueues.
        fn insert(job_id: Id<Job>, kind: &str, payload: &str, created_at: Moment, created_by: Option<Id<Account>>,
            unit_id: Option<Id<Unit>>, run_after: Moment) -> run =
            "INSERT INTO job (job_id, kind, payload, state, created_at, created_by, unit_id, run_after, lease_until,
             attempts, done, total, note, cancel, finished_at, result)
             VALUES ($1, $2, $3, 'waiting', $4, $5, $6, $7, 0, 0, 0, 0, '', 0, NULL, '')";
        /// The next job that may run: waiting, or running with a lease that ran out.
        fn next(now: Moment) -> one<JobRow> =
            "SELECT job_id, kind, payload, state, created_at, created_by, unit_id, attempts, done, total, note, cancel,
             finished_at, result FROM job
             WHERE (state = 'waiting' AND run_after <= $1) OR (state = 'running' AND lease_until < $1)
             ORDER BY created_at, job_id LIMIT 1";
        /// Takes or renews the lease.
        fn lease(job_id: Id<Job>, until: Moment, attempts: i64) -> run =
            "UPDATE job SET state = 'running', lease_until = $2, attempts = $3 WHERE job_id = $1";
        /// Tells how far it is and renews the lease.
        fn progress(job_id: Id<Job>, done: i64, total: i64, note: &str, until: Moment) -> run =
            "UPDATE job SET done = $2, total = $3, note = $4, lease_until = $5 WHERE job_id = $1 AND state = 'running'";
        /// Ends it.
        fn finish(job_id: Id<Job>, state: &str, note: &str, result: &str, at: Moment) -> run =
            "UPDATE job SET state = $2, note = $3, result = $4, finished_at = $5 WHERE job_id = $1";
        /// Asks a running job to stop; a waiting one is cancelled at once.
        fn cancel(job_id: Id<Job>, at: Moment) -> run =
            "UPDATE job SET cancel = 1,
             finished_at = CASE WHEN state = 'waiting' THEN $2 ELSE finished_at END,
             state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END
             WHERE job_id = $1 AND state IN ('waiting', 'running')";
        /// One job.
        fn find(job_id: Id<Job>) -> one<JobRow> =
            "SELECT job_id, kind, payload, state, created_at, created_by, unit_id, attempts, done, total, note, cancel,
             finished_at, result FROM job WHERE job_id = $1";
        /// The newest jobs.
        fn newest(most: i64) -> many<JobRow> =
            "SELECT job_id, kind, payload, state, created_at, created_by, unit_id, attempts, done, total, note, cancel,
             finished_at, result FROM job ORDER BY created_at DESC, job_id LIMIT $1";
        /// How many jobs of a kind wait.
        fn waiting(kind: &str) -> one<i64> = "SELECT COUNT(*) FROM job WHERE kind = $1 AND state = 'waiting'";
        /// Jobs not ended yet: a test ends only with none.
        fn open_count() -> one<i64> = "SELECT COUNT(*) FROM job WHERE state IN ('waiting', 'running')";
    }
}
pub use store::{find, newest, open_count, waiting};

/// Why a handler stopped before the end.
#[derive(Debug)]
pub enum Stop {
    /// Somebody asked for it; nothing half done is left behind.
    Cancelled,
    /// It went wrong.
    Problem(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// What a running handler is given.
pub struct Running<'a> {
    /// The database.
    pub db: &'a Db,
    /// The job.
    pub job: JobRow,
}

impl Running<'_> {
    /// Says how far the work is and keeps the lease; stops the handler when cancelling was asked for.
    pub fn progress(&self, done: u64, total: u64, note: &str) -> Result<(), Stop> {
        let until = self.db.now().plus_ms(LEASE_MS);
        let id = self.job.job_id;
        let asked = self.db.quiet_write(|tx| {
            store::progress(tx, id, done as i64, total as i64, note, until)?;
            Ok(store::find(tx, id)?.is_none_or(|job| job.cancel || job.state != "running"))
        })?;
        if asked { Err(Stop::Cancelled) } else { Ok(()) }
    }

    /// Says how far the work is from inside a write, where the job table cannot be written: kept in memory only.
    pub fn live(&self, done: u64, total: u64) -> Result<(), Stop> {
        if self.db.live_progress(self.job.job_id, done, total) { Err(Stop::Cancelled) } else { Ok(()) }
    }
}

/// Asks a job to stop: at once when it waits, at its next sign of life when it runs.
pub fn request_cancel(db: &Db, id: Id<Job>) -> Result<(), Problem> {
    db.live_cancel(id);
    let now = db.now();
    db.quiet_write(|tx| store::cancel(tx, id, now).map(drop))
}

/// A kind of background work.
#[derive(Clone, Copy)]
pub struct Handler {
    /// Stored kind.
    pub kind: &'static str,
    /// Runs one job; the returned JSON is kept as its result.
    pub run: fn(&Running<'_>) -> Result<String, Stop>,
}

/// Enqueues inside a transaction.
pub(crate) fn enqueue(
    tx: &mut Tx<'_>,
    id: Id<Job>,
    kind: &str,
    payload: &str,
    by: Option<Id<Account>>,
    unit: Option<Id<Unit>>,
    (now, after): (Moment, Moment),
) -> Result<(), Problem> {
    store::insert(tx, id, kind, payload, now, by, unit, after).map(drop)
}

/// Runs the next job that is due, if any; true when there was one.
pub fn run_next(db: &Db, handlers: &[Handler]) -> Result<bool, Problem> {
    let now = db.now();
    let taken = db.quiet_write(|tx| {
        let Some(job) = store::next(tx, now)? else { return Ok(None) };
        store::lease(tx, job.job_id, now.plus_ms(LEASE_MS), job.attempts + 1)?;
        Ok(Some(job))
    })?;
    let Some(job) = taken else { return Ok(false) };
    let (id, cancelled) = (job.job_id, job.cancel);
    let handler = handlers.iter().find(|h| h.kind == job.kind);
    let outcome = match handler {
        _ if cancelled => Err(Stop::Cancelled),
        None => Err(Stop::Problem(Problem::Fault(format!("no handler for {}", job.kind)))),
        Some(handler) => (handler.run)(&Running { db, job }),
    };
    let at = db.now();
    db.live_end(id);
    db.quiet_write(|tx| {
        let (state, note, result) = match &outcome {
            Ok(result) => ("done", String::new(), result.as_str()),
            Err(Stop::Cancelled) => ("cancelled", String::new(), ""),
            Err(Stop::Problem(problem)) => ("failed", problem.to_string(), ""),
        };
        store::finish(tx, id, state, &note, result, at).map(drop)
    })?;
    db.catch_up()?;
    Ok(true)
}
