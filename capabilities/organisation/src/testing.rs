//! Databases and houses for the tests of this crate, on every engine there is.

use crate::rules::Facts;
use std::collections::BTreeSet;
use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Problem, Unit, Viewer};
use chibo_store::{Db, Op, Tx};
use chibo_testkit::{Folder, HandClock, TestDb, engines};
use chibo_web::limits::Limits;
use chibo_web::server::Meters;
use chibo_web::{Gate, House, Settings, Signed, Words};

use crate::kinds::{Kind, Setting};
use crate::rules::NewUnit;

/// An open database that disappears with the test.
pub struct World {
    pub db: Db,
    clock: Arc<HandClock>,
    engine: &'static str,
    folder: Folder,
}

impl World {
    /// Runs a scenario on every engine.
    pub fn each(mut scenario: impl FnMut(&World)) {
        engines().into_iter().for_each(|engine| scenario(&Self::on(engine)));
    }

    fn on(engine: &'static str) -> Self {
        let migrations: Vec<_> = chibo_store::MIGRATIONS.iter().chain(crate::MIGRATIONS).copied().collect();
        let TestDb { db, clock, folder } = TestDb::new(engine, &migrations).unwrap();
        Self { db, clock, engine, folder }
    }

    /// Another one, empty, on the same engine.
    pub fn another(&self) -> Self {
        Self::on(self.engine)
    }

    /// Writes as the program, a millisecond after whatever was before.
    pub fn write<T>(&self, work: impl FnMut(&mut Op<'_, '_>) -> Result<T, Problem>) -> Result<T, Problem> {
        self.clock.pass(1);
        self.db.write(&Viewer::program("test"), work)
    }

    pub fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Problem>) -> T {
        self.db.read(work).unwrap()
    }

    /// The whole program with this capability only; its tree follows commits.
    pub fn house(self) -> (House, Arc<HandClock>, Folder) {
        let census = Arc::new(Census::default());
        let follow = |db: &Db, census: &Census| {
            let before = census.forest();
            let forest = db.read(|tx| crate::load_forest(tx, Some(&before))).unwrap();
            census.replace_forest(forest);
            db.set_places(census.forest().today(db.today()));
        };
        follow(&self.db, &census);
        let followed = census.clone();
        self.db.observe(move |db, _| follow(db, &followed));
        // The words of papers come from the program in the real house.
        let words = Words::build(&[
            chibo_web::routes::capability().words,
            crate::WORDS,
            (include_str!("../../../base/papers/locales/vi.ftl"), include_str!("../../../base/papers/locales/en.ftl")),
        ]);
        let work_dir = self.folder.path().to_owned();
        let house = House {
            db: self.db,
            census,
            words: words.unwrap_or_else(|faults| panic!("{faults:?}")),
            capabilities: vec![chibo_web::routes::capability(), crate::capability()],
            gate: Box::new(Nobody),
            limits: Limits::new(0),
            settings: Settings { tls: false, proxy: false, per_minute: 0, work_dir, banner: None },
            meters: Meters::default(),
            duties: chibo_web::DutyShelf::default(),
        };
        (house, self.clock, self.folder)
    }
}

struct Nobody;

impl Gate for Nobody {
    fn who(&self, _: &House, _: &str) -> Result<Option<Arc<Signed>>, Problem> {
        Ok(None)
    }

    fn each_minute(&self, _: &Db) -> Result<(), Problem> {
        Ok(())
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
    NewUnit::new(
        unit_id(number),
        parent.map(unit_id),
        Facts {
            name: format!("Đơn vị {number}"), short: format!("ĐV {number}"), kind, setting, code: String::new()
        },
        from,
    )
}

/// The keys of a refusal.
pub fn keys(outcome: Result<impl std::fmt::Debug, Problem>) -> BTreeSet<&'static str> {
    match outcome {
        Err(Problem::Refused(issues)) => issues.iter().map(|issue| issue.said.key).collect(),
        other => panic!("not refused: {other:?}"),
    }
}
