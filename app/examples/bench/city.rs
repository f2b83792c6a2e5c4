//! The demonstration city: made once below `target/bench`, handed out as copies.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chibo::compose::{self, Machine};
use chibo::demo::{Plan, load};
use chibo_accounts::actions::sign_in::{self, Browser, Progress};
use chibo_accounts::{NewAccount, Role, create_account, grant};
use chibo_kernel::Viewer;
use chibo_store::{Db, Engine};
use chibo_web::{House, Settings};

use crate::measure::took;
use crate::process;
use crate::report::{Report, Row, Target};

/// Where the database lies in a data folder.
pub const FILE: &str = "chibo.db";

/// The kept city.
pub struct City {
    folder: PathBuf,
    pub members: u32,
}

/// A copy that goes away.
pub struct Copy(PathBuf);

impl Copy {
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn kept() -> PathBuf {
    process::release().parent().expect("the target folder").join("bench")
}

/// An empty folder of this run.
pub fn scratch(name: &str) -> Copy {
    let folder = kept().join(format!("run-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder for this run");
    Copy(folder)
}

impl City {
    /// The city, made now if it is not there or an older program made it.
    pub fn ready(members: u32, report: &mut Report) -> Self {
        let city = Self { folder: kept().join(format!("city-{members}")), members };
        let filled = city.folder.join(FILE).exists()
            && try_open(&city.folder, 16)
                .is_ok_and(|db| matches!(load::mark(&db), Ok(Some(m)) if m.stage == load::DONE));
        if !filled {
            city.fill(report);
        }
        city
    }

    fn fill(&self, report: &mut Report) {
        report.section("demo");
        let _ = fs::remove_dir_all(&self.folder);
        let (filling, ()) = took(|| {
            let db = try_open(&self.folder, 256).expect("a new database");
            load::fill(&db, &Plan::new(self.members), &mut |_, _, _| Ok(())).expect("the city is filled");
        });
        let full = self.members == chibo::demo::FULL_SCALE;
        let size = fs::metadata(self.folder.join(FILE)).expect("the database").len() as f64 / 1_048_576.0;
        let must = |row: Row, most: f64| if full { row.must(Target::AtMost(most)) } else { row };
        report.row(must(Row::alone("demo", "making the city", "s", filling.wall), 90.0));
        report.row(must(Row::alone("demo", "size of the database", "MiB", size), 500.0));
    }

    /// The city to be changed and thrown away.
    pub fn copy(&self, name: &str) -> Copy {
        let copy = scratch(name);
        for file in [FILE, "keys.json"] {
            fs::copy(self.folder.join(file), copy.0.join(file)).expect("the city is copied");
        }
        copy
    }

    /// The same units without members.
    pub fn without_members(&self, name: &str) -> Copy {
        let empty = self.folder.join("empty.db");
        if !empty.exists() {
            let half = self.folder.join("half.db");
            fs::copy(self.folder.join(FILE), &half).expect("the city is copied");
            let sql = "DELETE FROM person; DELETE FROM posting; DELETE FROM standing; DELETE FROM attainment;
                DELETE FROM identity_key; PRAGMA journal_mode=DELETE; VACUUM; PRAGMA journal_mode=WAL;";
            rusqlite::Connection::open(&half).and_then(|db| db.execute_batch(sql)).expect("members are taken out");
            fs::rename(&half, &empty).expect("the empty city is kept");
        }
        let copy = scratch(name);
        fs::copy(&empty, copy.0.join(FILE)).expect("the empty city is copied");
        fs::copy(self.folder.join("keys.json"), copy.0.join("keys.json")).expect("the keys are copied");
        copy
    }

    /// Where it is kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The plan it was made after.
    pub fn plan(&self) -> Plan {
        Plan::new(self.members)
    }
}

fn try_open(folder: &Path, cache: u32) -> Result<Db, chibo_kernel::Problem> {
    let mut machine = Machine::default();
    machine.tuning.writer_cache = cache;
    compose::open(Engine::Sqlite(folder.join(FILE)), folder, machine)
}

/// Opens a data folder as the program does.
pub fn open(folder: &Path) -> Db {
    let machine = Machine::default();
    compose::open(Engine::Sqlite(folder.join(FILE)), folder, machine).expect("the database opens")
}

/// The program around a data folder, columns not loaded.
pub fn house(folder: &Path) -> Arc<House> {
    let settings =
        Settings { tls: false, proxy: false, per_minute: 0, work_dir: folder.join("work"), banner: Some("shell-demo") };
    compose::house(open(folder), settings).expect("the program stands")
}

/// The same, columns loaded.
pub fn loaded_house(folder: &Path) -> Arc<House> {
    let house = house(folder);
    chibo_members::columns::fill(&house.db, &house.census).expect("columns are loaded");
    house
}

/// Signs somebody in who may see the whole city; gives the session's cookie.
pub fn cookie(city: &City, folder: &Path) -> String {
    let db = open(folder);
    let [top, ..] = load::seats(&db, &city.plan());
    let (login, password) = ("bench", "Thu-4711-nhanh-cham");
    db.write(&Viewer::program("bench"), |op| {
        let new = NewAccount { login, name: "Bench", password, must_change: false };
        let account = create_account(op, new)?;
        grant(op, account, top.0, Role::CityBoard, load::rights_since()).map(drop)
    })
    .expect("an account");
    let browser = Browser { visit: "0123456789abcdef", earlier: None };
    match sign_in::sign_in(&db, login, password, browser) {
        Ok(Progress::Done(token)) => format!("chibo_session={token}; chibo_visit=0123456789abcdef"),
        other => panic!("the account cannot sign in: {other:?}"),
    }
}
