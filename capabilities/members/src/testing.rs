//! A small city in a database of its own: a SQLite file, or a schema where `CHIBO_TEST_POSTGRES` names a server.

use chibo_organisation::rules::Facts;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chibo_census::Census;
use chibo_kernel::{
    Account, Clock, Day, Grant, Id, Moment, Period, Permission, Permissions, Person, Problem, Unit, Viewer,
};
use chibo_organisation::NewUnit;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_store::{Db, Engine, Keys, Op, OpenOptions, Tx, sqlite};
use chibo_web::cookies::Look;
use chibo_web::limits::Limits;
use chibo_web::{Gate, House, Lang, Pairs, Reply, Settings, Signed, Visit, Words};

use crate::actions;
use crate::rules::{Field, NewMember};

/// A clock that moves one millisecond at every look.
pub struct Hand(pub AtomicI64);

impl Clock for Hand {
    fn now(&self) -> Moment {
        Moment(self.0.fetch_add(1, Ordering::SeqCst))
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

/// The city: committee 1, ward committees 2 and 3, branches 4 and 5 of ward 2, branch 6 of ward 3.
pub struct World {
    pub house: House,
    pub dir: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.dir));
    }
}

fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).unwrap();
}

pub fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
}

pub fn unit_id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

fn unit(number: u8, name: &str, kind: Kind, setting: Setting, parent: Option<u8>, code: &str) -> NewUnit {
    NewUnit::new(
        unit_id(number),
        parent.map(unit_id),
        Facts { name: name.into(), short: String::new(), kind, setting, code: code.into() },
        day("2026-08-01"),
    )
}

fn open(engine: Engine) -> Db {
    let start = Moment::start_of(day("2026-11-22")).plus_ms(3_600_000).0;
    Db::open(OpenOptions {
        engine,
        tuning: sqlite::Tuning { durable: false, ..sqlite::Tuning::default() },
        clock: Arc::new(Hand(AtomicI64::new(start))),
        random: Arc::new(random),
        keys: Keys::generate(&random),
    })
    .unwrap()
}

fn words() -> Words {
    let papers =
        (include_str!("../../../base/papers/locales/vi.ftl"), include_str!("../../../base/papers/locales/en.ftl"));
    let own = crate::capability().words;
    Words::build(&[chibo_web::routes::capability().words, chibo_organisation::WORDS, own, papers]).unwrap()
}

fn load(db: &Db, census: &Census) -> Result<(), Problem> {
    crate::columns::fill(db, census)?;
    db.set_places(census.forest().today(db.today()));
    Ok(())
}

impl World {
    pub fn new() -> Self {
        let name: Id<Unit> = {
            let mut bytes = [0; 16];
            random(&mut bytes);
            Id::from_bytes(bytes)
        };
        let dir = std::env::temp_dir().join(format!("chibo-members-{name}"));
        std::fs::create_dir_all(&dir).unwrap();
        let engine = match std::env::var("CHIBO_TEST_POSTGRES") {
            Ok(url) => {
                open(Engine::Postgres(url.clone()))
                    .quiet_write(|tx| tx.raw(&format!("CREATE SCHEMA t{name}")))
                    .unwrap();
                let mark = if url.contains('?') { '&' } else { '?' };
                Engine::Postgres(format!("{url}{mark}options=-c%20search_path%3Dt{name}"))
            }
            Err(_) => Engine::Sqlite(dir.join("test.db")),
        };
        let db = open(engine);
        let all = [chibo_store::MIGRATIONS, chibo_organisation::MIGRATIONS, crate::MIGRATIONS].concat();
        db.migrate(&all).unwrap();
        let census = Arc::new(Census::default());
        db.put_beside(census.clone());
        let follower = census.clone();
        db.observe(move |db, _| load(db, &follower).unwrap());
        let settings = Settings { tls: false, proxy: false, per_minute: 0, work_dir: dir.clone(), banner: None };
        let house = House {
            db,
            census,
            words: words(),
            capabilities: vec![crate::capability()],
            gate: Box::new(Nobody),
            limits: Limits::new(0),
            settings,
            meters: chibo_web::server::Meters::default(),
            duties: chibo_web::DutyShelf::default(),
        };
        let world = Self { house, dir };
        world.found();
        world
    }

    fn found(&self) {
        let ward = |number, name, code| unit(number, name, Kind::Base, Setting::Ward, Some(1), code);
        let branch =
            |number, name, parent, code| unit(number, name, Kind::Branch, Setting::Quarter, Some(parent), code);
        let units = [
            unit(1, "Đảng bộ Thành phố", Kind::City, Setting::Province, None, "79.000.000.000.000"),
            ward(2, "Đảng bộ Phường Sài Gòn", "79.000.001.000.000"),
            ward(3, "Đảng bộ Phường Bến Thành", "79.000.002.000.000"),
            branch(4, "Chi bộ Khu phố 1", 2, "79.000.001.000.001"),
            branch(5, "Chi bộ Khu phố 2", 2, "79.000.001.000.002"),
            branch(6, "Chi bộ Khu phố 1", 3, "79.000.002.000.001"),
        ];
        self.write(|op| {
            let now = op.now();
            chibo_organisation::actions::load_units(op, &units, now)
        })
        .unwrap();
    }

    pub fn write<T>(&self, work: impl FnMut(&mut Op<'_, '_>) -> Result<T, Problem>) -> Result<T, Problem> {
        self.house.db.write(&Viewer::program("test"), work)
    }

    pub fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Problem>) -> T {
        self.house.db.read(work).unwrap()
    }

    /// Enters an official member of a branch, admitted on 19 May 2005.
    pub fn enter(&self, name: &str, unit: u8) -> Id<Person> {
        let (admitted, official) = (day("2005-05-19"), day("2006-05-19"));
        let member = NewMember {
            name: name.into(),
            birth: Some(day("1980-05-20")),
            sex: 1,
            admitted: Some(admitted),
            official: Some(official),
            postings: vec![(unit_id(unit), admitted)],
            standings: crate::rules::standings_from_dates(Some(admitted), Some(official), admitted),
            attainments: vec![(Field::Theory, 3, admitted)],
            ..NewMember::default()
        };
        self.write(|op| actions::enter(op, &member)).unwrap()
    }

    /// Somebody with these permissions on a unit.
    pub fn viewer(&self, unit: u8, permissions: &[Permission]) -> Arc<Signed> {
        let grant = Grant {
            unit: unit_id(unit),
            permissions: Permissions::of(permissions),
            valid: Period::since(day("2026-01-01")),
        };
        let places = self.house.db.places();
        let account: Id<Account> = Id::from_bytes([99; 16]);
        let viewer = Viewer::resolve(account, "Hạnh".into(), &[grant], self.house.db.today(), &*places);
        Arc::new(Signed { viewer, detour: None, until: Moment::FOREVER })
    }

    /// A request; `{id}` of the path is `id`.
    pub fn visit(&self, who: &Arc<Signed>, id: &str, url: &str, form: &str) -> Visit<'_> {
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        Visit {
            house: &self.house,
            viewer: who.clone(),
            look: Look { lang: Lang::Vi, size: 0, contrast: false },
            w: self.house.words.tongue(Lang::Vi),
            path: Pairs(vec![("id".into(), id.into())]),
            query: Pairs::parse(query),
            form: Pairs::parse(form),
            files: Vec::new(),
            url: url.into(),
            place: place.into(),
            partial: true,
            address: None,
            token: None,
            visit: "0123456789abcdef".into(),
            now: self.house.db.now(),
            columns: chibo_web::takeout::Columns::All,
        }
    }

    /// The page function of a route.
    pub fn page(&self, method: &str, path: &str) -> chibo_web::capability::PageFn {
        let routes = crate::pages::routes();
        routes.iter().find(|route| route.method == method && route.path == path).unwrap().handler
    }

    /// Asks for a page.
    pub fn get(&self, who: &Arc<Signed>, path: &str, id: &str, url: &str) -> Result<Reply, Problem> {
        self.page("GET", path)(&mut self.visit(who, id, url, ""))
    }

    /// Sends a form.
    pub fn post(&self, who: &Arc<Signed>, path: &str, id: &str, form: &str) -> Result<Reply, Problem> {
        self.page("POST", path)(&mut self.visit(who, id, path, form))
    }
}

/// Every permission there is.
pub const ALL: &[Permission] = Permission::ALL;

/// The text of an HTML answer with its status.
pub fn html(reply: Result<Reply, Problem>) -> (u16, String) {
    match reply.unwrap() {
        Reply::Html { status, body } => (status, body),
        other => panic!("no page: {other:?}"),
    }
}

/// Where an answer leads.
pub fn goes_to(reply: Result<Reply, Problem>) -> String {
    match reply.unwrap() {
        Reply::Redirect(to) => to,
        other => panic!("no redirect: {other:?}"),
    }
}
