//! Reads and writes with everything a write owes: permission, audit, change notices, jobs, one transaction.

use std::any::{Any, TypeId};
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use chibo_kernel::{Clock, Day, Id, Job, Moment, Places, Problem, Said, Unit, Viewer};
use parking_lot::{Mutex, RwLock};

use crate::audit;
use crate::change::Change;
use crate::migrate::{self, Migration};
use crate::op::Op;
use crate::seal::Keys;
use crate::statement::{Link, Tx};
use crate::{pg, sqlite};

/// Where the data lives.
#[derive(Clone, Debug)]
pub enum Engine {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL address, `postgres://user:password@host/database`.
    Postgres(String),
}

/// A source of random bytes: the operating system's in the program, seeded in tests.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// What opening a database needs.
pub struct OpenOptions {
    /// Where.
    pub engine: Engine,
    /// SQLite's care and size.
    pub tuning: sqlite::Tuning,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The random source.
    pub random: Random,
    /// The keys.
    pub keys: Keys,
}

pub(crate) mod store {
    use crate::queries;

    crate::record! {
        /// A change notice.
        pub struct Notice { seq: i64, kind: String, subject: Option<Vec<u8>> }
    }
    queries! {
        /// Notes a change.
        fn note(kind: &str, subject: Option<Vec<u8>>) -> run = "INSERT INTO change_notice (kind, subject) VALUES ($1, $2)";
        /// Notices after a number.
        fn since(seq: i64) -> many<Notice> = "SELECT seq, kind, subject FROM change_notice WHERE seq > $1 ORDER BY seq";
        /// The newest notice's number.
        fn last() -> one<Option<i64>> = "SELECT MAX(seq) FROM change_notice";
        /// Forgets old notices.
        fn prune(seq: i64) -> run = "DELETE FROM change_notice WHERE seq < $1";
        /// Reads a setting.
        fn setting(name: &str) -> one<String> = "SELECT value FROM setting WHERE name = $1";
        /// Writes a setting.
        fn set(name: &str, value: &str) -> run =
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    }
}
pub use store::{set as set_setting, setting};

enum Connections {
    Sqlite(sqlite::Pool),
    Pg(pg::Pool),
}

type Observer = Arc<dyn Fn(&Db, &[Change]) + Send + Sync>;

/// One open database.
pub struct Db {
    connections: Connections,
    clock: Arc<dyn Clock>,
    random: Random,
    keys: Keys,
    places: RwLock<Arc<dyn Places>>,
    observers: RwLock<Vec<Observer>>,
    seen: Mutex<Seen>,
    live: Mutex<HashMap<Id<Job>, Live>>,
    beside: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

/// A running job's signs of life.
#[derive(Clone, Copy, Debug, Default)]
pub struct Live {
    /// Progress so far.
    pub done: u64,
    /// Progress at the end; 0 when unknown.
    pub total: u64,
    cancel: bool,
}

#[derive(Default)]
struct Seen {
    last: i64,
    recent: HashSet<i64>,
}

struct Nowhere;
impl Places for Nowhere {
    fn span(&self, _: Id<Unit>) -> Option<Range<u32>> {
        None
    }
}

impl Db {
    /// Opens a database without touching its schema.
    pub fn open(options: OpenOptions) -> Result<Self, Problem> {
        let connections = match &options.engine {
            Engine::Sqlite(path) => Connections::Sqlite(sqlite::Pool::open(path, options.tuning)?),
            Engine::Postgres(url) => Connections::Pg(pg::Pool::open(url, 12)?),
        };
        Ok(Self {
            connections,
            clock: options.clock,
            random: options.random,
            keys: options.keys,
            places: RwLock::new(Arc::new(Nowhere)),
            observers: RwLock::default(),
            seen: Mutex::default(),
            live: Mutex::default(),
            beside: RwLock::default(),
        })
    }

    /// Brings the schema up to this program and checks that the keys belong to the database.
    pub fn migrate(&self, migrations: &[Migration]) -> Result<migrate::Report, Problem> {
        let (now, print) = (self.now(), self.keys.fingerprint());
        let report = self.quiet_write(|tx| {
            let citus = !tx.is_sqlite() && has_citus(tx)?;
            let report = migrate::run(tx, migrations, now, citus)?;
            match store::setting(tx, "keys")? {
                None => store::set(tx, "keys", &print).map(drop)?,
                Some(stored) if stored != print => return Err(Problem::refuse(Said::new("store-wrong-keys"))),
                Some(_) => {}
            }
            Ok(report)
        })?;
        let last = self.read(|tx| Ok(store::last(tx)?.flatten().unwrap_or(0)))?;
        self.quiet_write(|tx| store::prune(tx, last - 100_000))?;
        *self.seen.lock() = Seen { last, recent: HashSet::new() };
        Ok(report)
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Today in Vietnam.
    pub fn today(&self) -> Day {
        self.clock.today()
    }

    /// The installation's keys.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Random bytes from the random source.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        (self.random)(&mut out);
        out
    }

    /// A new identifier.
    pub fn fresh<T>(&self) -> Id<T> {
        Id::from_bytes(self.random())
    }

    /// Where units stand today; set by whoever loads the tree.
    pub fn set_places(&self, places: Arc<dyn Places>) {
        *self.places.write() = places;
    }

    /// Where units stand today.
    pub fn places(&self) -> Arc<dyn Places> {
        self.places.read().clone()
    }

    /// Keeps something derived from the data beside it, so that background work finds it too. One of each type.
    pub fn put_beside<T: Send + Sync + 'static>(&self, derived: Arc<T>) {
        self.beside.write().insert(TypeId::of::<T>(), derived);
    }

    /// What was put beside the data.
    pub fn beside<T: Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.beside.read().get(&TypeId::of::<T>()).cloned().and_then(|derived| derived.downcast().ok())
    }

    /// Calls `observer` after every commit that changed something, with what changed, in order.
    pub fn observe(&self, observer: impl Fn(&Db, &[Change]) + Send + Sync + 'static) {
        self.observers.write().push(Arc::new(observer));
    }

    /// Whether the engine is SQLite.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.connections, Connections::Sqlite(_))
    }

    /// Runs a closure on one consistent snapshot.
    pub fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Problem>) -> Result<T, Problem> {
        match &self.connections {
            Connections::Sqlite(pool) => {
                let reader = pool.reader()?;
                let connection = reader.connection()?;
                sqlite_raw(connection, "BEGIN")?;
                let outcome = work(&mut Tx { link: Link::Sqlite(connection) });
                sqlite_raw(connection, "COMMIT")?;
                outcome
            }
            Connections::Pg(pool) => {
                let mut lent = pool.session()?;
                let session = lent.session()?;
                session.raw("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
                let outcome = work(&mut Tx { link: Link::Pg(session) });
                session.raw("COMMIT")?;
                outcome
            }
        }
    }

    /// Runs a write without viewer, audit or notices: schema, leases, sessions and other bookkeeping.
    pub fn quiet_write<T>(&self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T, Problem>) -> Result<T, Problem> {
        match &self.connections {
            Connections::Sqlite(pool) => {
                let writer = pool.writer();
                sqlite_raw(&writer, "BEGIN IMMEDIATE")?;
                let outcome = work(&mut Tx { link: Link::Sqlite(&writer) })
                    .and_then(|value| sqlite_raw(&writer, "COMMIT").map(|()| value))
                    .map_err(|problem| rolled_back(&writer, problem));
                pool.tend();
                outcome
            }
            Connections::Pg(pool) => loop_until_serialised(pool, &mut work),
        }
    }

    /// Runs a write for a viewer: what it records, enqueues and changes is committed with it or not at all.
    pub fn write<T>(
        &self,
        viewer: &Viewer,
        mut work: impl FnMut(&mut Op<'_, '_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let now = self.now();
        let value = self.quiet_write(|tx| {
            let mut op = Op::begin(tx, self, viewer, now);
            let value = work(&mut op)?;
            let (entries, changes) = op.end();
            audit::append(tx, &self.keys, viewer, now, &entries)?;
            for change in changes {
                let (kind, subject) = change.stored();
                store::note(tx, kind, subject)?;
            }
            Ok(value)
        })?;
        self.catch_up()?;
        Ok(value)
    }

    /// Tells the observers of every committed change not seen yet, ours or another process's.
    pub fn catch_up(&self) -> Result<(), Problem> {
        let mut seen = self.seen.lock();
        // On PostgreSQL numbers are drawn before commit: a smaller one may become visible later.
        let window = if self.is_sqlite() { 0 } else { crate::notices::LATE };
        let from = seen.last;
        let notices = self.read(|tx| store::since(tx, from - window))?;
        let fresh: Vec<_> = notices.iter().filter(|n| n.seq > from || !seen.recent.contains(&n.seq)).collect();
        if fresh.is_empty() {
            return Ok(());
        }
        let mut changes: Vec<_> = fresh.iter().map(|n| Change::from_stored(&n.kind, n.subject.as_deref())).collect();
        changes.dedup();
        let last = notices.iter().map(|n| n.seq).max().unwrap_or(from).max(from);
        seen.last = last;
        if window > 0 {
            seen.recent = notices.iter().map(|n| n.seq).filter(|n| *n > last - window).collect();
        }
        let observers = self.observers.read().clone();
        for observer in &observers {
            observer(self, &changes);
        }
        Ok(())
    }

    /// Tells the observers to look at everything anew: the day has turned.
    pub fn announce_everything(&self) -> Result<(), Problem> {
        let observers = self.observers.read().clone();
        for observer in &observers {
            observer(self, &[Change::Everything]);
        }
        Ok(())
    }

    /// Notes a running job's progress; true when it should stop.
    pub(crate) fn live_progress(&self, id: Id<Job>, done: u64, total: u64) -> bool {
        let mut live = self.live.lock();
        let entry = live.entry(id).or_default();
        (entry.done, entry.total) = (done, total);
        entry.cancel
    }

    pub(crate) fn live_cancel(&self, id: Id<Job>) {
        self.live.lock().entry(id).or_default().cancel = true;
    }

    pub(crate) fn live_end(&self, id: Id<Job>) {
        self.live.lock().remove(&id);
    }

    /// A running job's signs of life in this process.
    pub fn live(&self, id: Id<Job>) -> Option<Live> {
        self.live.lock().get(&id).copied()
    }

    /// Anchors the audit chains; gives the digest when something moved.
    pub fn anchor_audit(&self) -> Result<Option<String>, Problem> {
        let now = self.now();
        self.quiet_write(|tx| audit::anchor(tx, &self.keys, now))
    }

    /// Checks the audit chains.
    pub fn verify_audit(&self) -> Result<audit::Verdict, Problem> {
        self.read(|tx| audit::verify(tx, &self.keys))
    }

    /// What PostgreSQL says of a statement; `None` on SQLite.
    pub(crate) fn pg_session(&self) -> Result<Option<pg::Lent<'_>>, Problem> {
        match &self.connections {
            Connections::Sqlite(_) => Ok(None),
            Connections::Pg(pool) => pool.session().map(Some),
        }
    }
}

fn has_citus(tx: &mut Tx<'_>) -> Result<bool, Problem> {
    static CITUS: crate::Statement = crate::Statement::new(
        "citus",
        crate::statement::Text::Sql("SELECT COUNT(*) FROM pg_extension WHERE extname = 'citus'"),
        &[],
        &[],
    );
    let mut found = 0;
    tx.each::<i64>(&CITUS, &[], |n| {
        found = n;
        Ok(())
    })?;
    Ok(found > 0)
}

fn sqlite_raw(connection: &rusqlite::Connection, sql: &str) -> Result<(), Problem> {
    let mut statement = connection.prepare_cached(sql).map_err(|e| sqlite::fault(&e))?;
    statement.raw_execute().map(drop).map_err(|e| sqlite::fault(&e))
}

fn rolled_back(connection: &rusqlite::Connection, problem: Problem) -> Problem {
    // SQLite may have rolled back by itself (disk full); then there is nothing left to undo.
    if !connection.is_autocommit()
        && let Err(error) = connection.execute_batch("ROLLBACK")
    {
        return sqlite::fault(&error);
    }
    problem
}

fn loop_until_serialised<T>(
    pool: &pg::Pool,
    work: &mut dyn FnMut(&mut Tx<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    const TRIES: u32 = 12;
    let mut lent = pool.session()?;
    for attempt in 1.. {
        let session = lent.session()?;
        session.raw("BEGIN ISOLATION LEVEL SERIALIZABLE")?;
        let outcome = work(&mut Tx { link: Link::Pg(session) }).and_then(|value| session.raw("COMMIT").map(|()| value));
        match outcome {
            Ok(value) => return Ok(value),
            Err(problem) => {
                // A broken connection cannot roll back and need not: the server has done so.
                let _ = session.raw("ROLLBACK");
                if !pg::wants_retry(&problem) || attempt >= TRIES {
                    return Err(problem);
                }
                std::thread::sleep(std::time::Duration::from_millis(u64::from(attempt * attempt)));
            }
        }
    }
    Err(Problem::Conflict(Said::new("store-retry")))
}
