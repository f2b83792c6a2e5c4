//! Databases and clocks for tests: the real store on SQLite or PostgreSQL, a clock set by hand, seeded randomness.
//!
//! PostgreSQL runs when `CHIBO_TEST_POSTGRES` names a server; `cargo xtask test` always starts one.

mod sources;
mod stage;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chibo_kernel::{Clock, Day, Moment, Problem};
use chibo_store::sqlite::Tuning;
use chibo_store::{Db, Engine, Keys, Migration, OpenOptions};

pub use sources::{Sources, words_are_those_used};
pub use stage::{Stage, Typed};

/// A clock that stands until it is moved.
#[derive(Debug)]
pub struct HandClock(AtomicI64);

impl HandClock {
    /// Standing at noon of a day in Vietnam.
    pub fn at(day: Day) -> Self {
        Self(AtomicI64::new(Moment::start_of(day).0 + 12 * 3_600_000))
    }

    /// Moves on by milliseconds.
    pub fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Milliseconds it shows.
    pub fn ticks(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    /// The day it shows.
    pub fn today(&self) -> Day {
        Moment(self.ticks()).day()
    }

    /// Sets it to noon of a day.
    pub fn set(&self, day: Day) {
        self.0.store(Moment::start_of(day).0 + 12 * 3_600_000, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::SeqCst))
    }
}

/// Random bytes from a seed: the same in every run.
pub fn seeded(seed: u64) -> chibo_store::db::Random {
    let state = AtomicU64::new(seed);
    Arc::new(move |out: &mut [u8]| {
        for chunk in out.chunks_mut(8) {
            let mut x = state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
            x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(x ^ (x >> 31)).to_le_bytes()[..chunk.len()]);
        }
    })
}

static COUNT: AtomicU64 = AtomicU64::new(0);

/// A folder that goes away with the test.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// A new empty folder.
    ///
    /// # Panics
    /// When the machine gives none: then no test can run.
    #[allow(clippy::panic)]
    pub fn new() -> Self {
        let name = format!("chibo-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        let path = std::env::temp_dir().join(name);
        if let Err(error) = std::fs::create_dir_all(&path) {
            panic!("no folder for the test: {error}");
        }
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The engines to test on: SQLite always, PostgreSQL when there is one.
pub fn engines() -> Vec<&'static str> {
    if std::env::var("CHIBO_TEST_POSTGRES").is_ok() { vec!["sqlite", "postgres"] } else { vec!["sqlite"] }
}

/// An open database of its own for one test.
pub struct TestDb {
    /// The database, migrated.
    pub db: Db,
    /// Its clock.
    pub clock: Arc<HandClock>,
    /// Its folder (keys, work files, the SQLite file).
    pub folder: Folder,
}

/// Today in tests, unless moved: the day the domain digest was written.
pub const TODAY: Day = Day::from_number(20_779);

/// Where a new database of this engine would be; on PostgreSQL a schema of its own.
///
/// # Errors
/// When PostgreSQL cannot be reached.
pub fn fresh_engine(engine: &str, folder: &Folder) -> Result<Engine, Problem> {
    if engine == "sqlite" {
        return Ok(Engine::Sqlite(folder.path().join("chibo.db")));
    }
    let url = std::env::var("CHIBO_TEST_POSTGRES").map_err(Problem::fault)?;
    let schema = format!("t{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
    let pool = chibo_store::pg::Pool::open(&url, 1)?;
    pool.session()?.session()?.create_schema(&schema)?;
    let mark = if url.contains('?') { '&' } else { '?' };
    Ok(Engine::Postgres(format!("{url}{mark}options=-c%20search_path%3D{schema}")))
}

impl TestDb {
    /// Opens and migrates a new database.
    ///
    /// # Errors
    /// Those of opening.
    pub fn new(engine: &str, migrations: &[Migration]) -> Result<Self, Problem> {
        let folder = Folder::new();
        let clock = Arc::new(HandClock::at(TODAY));
        let engine = fresh_engine(engine, &folder)?;
        let db = open(engine, clock.clone(), Keys::generate(&*seeded(1)))?;
        db.migrate(migrations)?;
        db.put_beside(Arc::new(chibo_store::Files::at(folder.path().join("files"))));
        Ok(Self { db, clock, folder })
    }
}

/// Opens a database as tests do: not durable, with a clock by hand and seeded randomness.
///
/// # Errors
/// Those of opening.
pub fn open(engine: Engine, clock: Arc<dyn Clock>, keys: Keys) -> Result<Db, Problem> {
    let tuning = Tuning { durable: false, ..Tuning::default() };
    Db::open(OpenOptions { engine, tuning, clock, random: seeded(2), keys })
}
