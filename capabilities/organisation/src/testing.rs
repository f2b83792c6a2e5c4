//! A database for tests: a SQLite file of its own, or a schema of its own where `CHIBO_TEST_POSTGRES` names a server.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chibo_kernel::{Clock, Day, Id, Moment, Problem, Unit, Viewer};
use chibo_store::{Db, Engine, Keys, Op, OpenOptions, Tx, sqlite};

use crate::kinds::{Kind, Setting};
use crate::rules::NewUnit;

/// A clock that a test sets; it moves one millisecond at every look.
pub struct Hand(pub AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Moment {
        Moment(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

/// An open database that disappears with the test.
pub struct World {
    pub db: Db,
    pub clock: Arc<Hand>,
    file: Option<PathBuf>,
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            for ending in ["", "-wal", "-shm"] {
                let mut name = file.clone().into_os_string();
                name.push(ending);
                drop(std::fs::remove_file(name));
            }
        }
    }
}

fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).unwrap();
}

fn open(engine: Engine, clock: Arc<Hand>) -> Db {
    let tuning = sqlite::Tuning { durable: false, ..sqlite::Tuning::default() };
    Db::open(OpenOptions { engine, tuning, clock, random: Arc::new(random), keys: Keys::generate(&random) }).unwrap()
}

impl World {
    pub fn new() -> Self {
        let clock = Arc::new(Hand(AtomicI64::new(Moment::start_of(Day::from_ymd(2026, 11, 22).unwrap()).0)));
        let name: Id<Unit> = { let mut b = [0; 16]; random(&mut b); Id::from_bytes(b) };
        let (engine, file) = match std::env::var("CHIBO_TEST_POSTGRES") {
            Ok(url) => {
                let first = open(Engine::Postgres(url.clone()), clock.clone());
                first.quiet_write(|tx| tx.raw(&format!("CREATE SCHEMA t{name}"))).unwrap();
                let mark = if url.contains('?') { '&' } else { '?' };
                (Engine::Postgres(format!("{url}{mark}options=-c%20search_path%3Dt{name}")), None)
            }
            Err(_) => {
                let file = std::env::temp_dir().join(format!("chibo-organisation-{name}.db"));
                (Engine::Sqlite(file.clone()), Some(file))
            }
        };
        let db = open(engine, clock.clone());
        let migrations: Vec<_> = chibo_store::MIGRATIONS.iter().chain(crate::MIGRATIONS).copied().collect();
        db.migrate(&migrations).unwrap();
        Self { db, clock, file }
    }

    pub fn write<T>(&self, work: impl FnMut(&mut Op<'_, '_>) -> Result<T, Problem>) -> Result<T, Problem> {
        self.db.write(&Viewer::program("test"), work)
    }

    pub fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Problem>) -> T {
        self.db.read(work).unwrap()
    }
}

pub fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

pub fn unit_id(number: u32) -> Id<Unit> {
    let mut bytes = [7; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    Id::from_bytes(bytes)
}

pub fn unit(number: u32, kind: Kind, setting: Setting, parent: Option<u32>, from: Day) -> NewUnit {
    NewUnit {
        id: unit_id(number),
        name: format!("Đơn vị {number}"),
        short: format!("ĐV {number}"),
        kind,
        setting,
        code: String::new(),
        parent: parent.map(unit_id),
        from,
        to: Day::FOREVER,
        lat: None,
        lon: None,
        admin_code: String::new(),
    }
}
