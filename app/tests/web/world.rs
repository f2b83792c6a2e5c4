//! The program over a small city, with an account for every role at every kind of place.
//!
//! The city is made once; every world works on a copy of it, so that no test sees what another wrote.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use axum::Router;
use chibo::compose;
use chibo::demo::{Plan, PlannedOperation, load};
use chibo_accounts::{EVERYWHERE, NewAccount, Role, create_account, grant};
use chibo_census::cube::ListOrder;
use chibo_census::{Query, Scope, View};
use chibo_kernel::{AsOf, Id, Period, Person, Unit, Viewer};
use chibo_store::sqlite::Tuning;
use chibo_store::{Db, Engine, Keys, OpenOptions};
use chibo_testkit::{Folder, HandClock, TODAY, TestDb, seeded};
use chibo_web::{House, Settings};

/// A password that satisfies the rules; every account of the world has it.
pub const GOOD: &str = "hoa sen nở bên hồ Tây";
/// Where accounts are: the name of the place is the second half of their login.
pub const PLACES: [&str; 6] = ["system", "city", "ward", "branch", "sibling", "former"];

/// The units and persons tests speak of.
#[derive(Clone, Copy, Debug)]
pub struct Sites {
    pub city: Id<Unit>,
    /// A ward with members in at least two branches.
    pub ward: Id<Unit>,
    /// A branch of it.
    pub branch: Id<Unit>,
    /// Another ward.
    pub sibling: Id<Unit>,
    /// A ward of before, merged into the first.
    pub former: Id<Unit>,
    /// A member of the branch.
    pub person: Id<Person>,
    /// A member of the other branch.
    pub other_person: Id<Person>,
    /// A member in the other ward.
    pub far_person: Id<Person>,
}

impl Sites {
    /// The unit an account at a place is granted on.
    pub fn at(&self, place: &str) -> Id<Unit> {
        match place {
            "system" => EVERYWHERE,
            "city" => self.city,
            "ward" => self.ward,
            "branch" => self.branch,
            "sibling" => self.sibling,
            "former" => self.former,
            other => panic!("no place {other}"),
        }
    }
}

/// The running program.
pub struct World {
    pub house: Arc<House>,
    pub router: Router,
    pub clock: Arc<HandClock>,
    pub sites: Sites,
    pub folder: Folder,
}

struct Template {
    folder: Folder,
    sites: Sites,
}

static SEED: AtomicU64 = AtomicU64::new(100);

/// Opens the database in a folder; every opening draws other random numbers.
fn open(folder: &Folder, clock: Arc<HandClock>) -> Db {
    let tuning = Tuning { durable: false, ..Tuning::default() };
    let engine = Engine::Sqlite(folder.path().join("chibo.db"));
    let random = seeded(SEED.fetch_add(1, Ordering::SeqCst) << 20);
    let db = Db::open(OpenOptions { engine, tuning, clock, random, keys: Keys::generate(&*seeded(1)) }).unwrap();
    db.migrate(&compose::migrations()).unwrap();
    db
}

fn settings(work_dir: PathBuf, per_minute: u32) -> Settings {
    Settings { tls: true, proxy: false, per_minute, work_dir, banner: Some("shell-demo") }
}

fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        crate::leftovers::clear();
        let folder = Folder::new();
        let db = open(&folder, Arc::new(HandClock::at(TODAY)));
        let plan = Plan::new(1_000);
        load::fill(&db, &plan, &mut |_, _, _| Ok(())).unwrap();
        let house = compose::house(db, settings(folder.path().join("work"), 0)).unwrap();
        chibo_members::columns::fill(&house.db, &house.census).unwrap();
        let sites = find_sites(&house, &plan);
        add_accounts(&house.db, &folder, &sites);
        drop(house);
        // Closing the last connection wrote the log back: one file is everything.
        Template { folder, sites }
    })
}

impl World {
    /// A copy of the small city, running.
    pub fn new() -> Self {
        Self::limited(0)
    }

    /// The same with a limit of requests a minute.
    pub fn limited(per_minute: u32) -> Self {
        let template = template();
        let folder = Folder::new();
        for entry in std::fs::read_dir(template.folder.path()).unwrap().flatten().filter(|e| e.path().is_file()) {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        let clock = Arc::new(HandClock::at(TODAY));
        let db = open(&folder, clock.clone());
        let house = compose::house(db, settings(folder.path().join("work"), per_minute)).unwrap();
        chibo_members::columns::fill(&house.db, &house.census).unwrap();
        let router = chibo_web::server::router(house.clone());
        Self { house, router, clock, sites: template.sites, folder }
    }

    /// The program over an empty register on any engine, with one account, `boss`, that may do everything.
    pub fn bare(engine: &str) -> Self {
        let TestDb { db, clock, folder } = TestDb::new(engine, &compose::migrations()).unwrap();
        compose::ensure_root(&db).unwrap();
        db.write(&Viewer::program("test"), |op| {
            let account =
                create_account(op, NewAccount { login: "boss", name: "Tất Cả", password: GOOD, must_change: false })?;
            let give = |role: &Role| grant(op, account, EVERYWHERE, *role, Period::since(TODAY)).map(drop);
            Role::ALL.iter().try_for_each(give)
        })
        .unwrap();
        let house = compose::house(db, settings(folder.path().join("work"), 0)).unwrap();
        chibo_members::columns::fill(&house.db, &house.census).unwrap();
        let router = chibo_web::server::router(house.clone());
        let (unit, person) = (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]));
        let sites = Sites {
            city: unit,
            ward: unit,
            branch: unit,
            sibling: unit,
            former: unit,
            person,
            other_person: person,
            far_person: person,
        };
        Self { house, router, clock, sites, folder }
    }

    /// One world for all tests that only look.
    pub fn shared() -> &'static World {
        static SHARED: OnceLock<World> = OnceLock::new();
        SHARED.get_or_init(Self::new)
    }

    /// The database file itself, for what the program has no door for.
    pub fn raw(&self) -> rusqlite::Connection {
        let file = rusqlite::Connection::open(self.folder.path().join("chibo.db")).unwrap();
        file.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
        file
    }

    /// Writes as the program itself.
    pub fn write<T>(&self, work: impl FnMut(&mut chibo_store::Op<'_, '_>) -> Result<T, chibo_kernel::Problem>) -> T {
        self.house.db.write(&Viewer::program("test"), work).unwrap()
    }
}

fn add_accounts(db: &Db, folder: &Folder, sites: &Sites) {
    let new = NewAccount { login: "nobody.none", name: "Không Quyền", password: GOOD, must_change: false };
    let first = db.write(&Viewer::program("test"), |op| create_account(op, new)).unwrap();
    // One hash is enough: the other accounts share its row but for name and rights.
    let file = rusqlite::Connection::open(folder.path().join("chibo.db")).unwrap();
    file.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
    let mut no = 0u8;
    let mut add = |login: &str, roles: &[Role], unit: Id<Unit>| {
        no += 1;
        clone_account(&file, first.bytes(), [0xA0, 0, 0, no], login);
        for (at, role) in roles.iter().enumerate() {
            give(&file, [0xA0, 0, 0, no], at as u8, unit, role.code());
        }
    };
    for role in Role::ALL {
        for place in PLACES {
            add(&format!("{}.{place}", role.code()), &[*role], sites.at(place));
        }
    }
    add("boss", Role::ALL, EVERYWHERE);
}

/// An identifier made of four bytes.
pub fn id_of(mark: [u8; 4]) -> [u8; 16] {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&mark);
    id
}

/// Copies an account's row under another name, without grants.
pub fn clone_account(file: &rusqlite::Connection, first: &[u8; 16], mark: [u8; 4], login: &str) {
    let sql = "INSERT INTO account SELECT ?1, ?2, ?2, ?2, password_hash, 0, NULL, NULL, NULL, 0, created_at, NULL, NULL \
               FROM account WHERE account_id = ?3";
    assert_eq!(file.execute(sql, (id_of(mark), login, first)).unwrap(), 1);
}

/// Gives a role on a unit, since ever.
pub fn give(file: &rusqlite::Connection, account: [u8; 4], no: u8, unit: Id<Unit>, role: &str) -> [u8; 16] {
    let mut grant = id_of(account);
    grant[15] = no + 1;
    let sql = "INSERT INTO access_grant VALUES (?1, ?2, ?3, ?4, 0, 2000000, NULL, 0, NULL)";
    assert_eq!(file.execute(sql, (grant, id_of(account), unit.bytes(), role)).unwrap(), 1);
    grant
}

/// How many members a unit has today.
pub fn members_in(view: &View<'_>, unit: Id<Unit>) -> u64 {
    let no = view.forest().no(unit).unwrap();
    view.count(&Query { scope: Scope::Unit(no), ..Query::at(AsOf::on(TODAY)) })
}

fn first_member(view: &View<'_>, unit: Id<Unit>) -> Option<Id<Person>> {
    let no = view.forest().no(unit)?;
    let query = Query { scope: Scope::Unit(no), ..Query::at(AsOf::on(TODAY)) };
    view.list(&query, ListOrder::Name, None, 1).first().and_then(|person| view.id(*person))
}

fn find_sites(house: &House, plan: &Plan) -> Sites {
    let names = load::Names::new(&house.db, plan.members());
    let view = house.census.view(TODAY);
    let tree = view.places().tree().clone();
    let branches = |ward: Id<Unit>| {
        let span = view.forest().no(ward).and_then(|no| tree.span(no)).unwrap();
        let leaf = |place: &u32| tree.end(*place) == place + 1;
        let ids = span.filter(leaf).filter_map(|place| tree.unit(place)).filter_map(|no| view.forest().id(no));
        ids.filter(|unit| members_in(&view, *unit) > 0).collect::<Vec<_>>()
    };
    let mut wards: Vec<_> =
        plan.transition.wards.iter().map(|ward| (branches(names.unit(ward.unit)), ward.unit)).collect();
    wards.sort_by_key(|(branches, _)| std::cmp::Reverse(branches.len()));
    let merged = |ward: u32| {
        plan.transition.decisions.iter().flat_map(|decision| &decision.operations).find_map(|operation| match operation
        {
            PlannedOperation::Merge { unit, into } if *into == ward => Some(*unit),
            _ => None,
        })
    };
    let (ward, former) = wards.iter().find_map(|(_, ward)| Some((*ward, merged(*ward)?))).unwrap();
    let own = branches(names.unit(ward));
    let sibling = wards.iter().map(|(_, other)| *other).find(|other| *other != ward).unwrap();
    let member = |unit| first_member(&view, unit).unwrap();
    Sites {
        city: names.unit(plan.city.provinces[0]),
        ward: names.unit(ward),
        branch: own[0],
        sibling: names.unit(sibling),
        former: names.unit(former),
        person: member(own[0]),
        other_person: member(own[1]),
        far_person: member(names.unit(sibling)),
    }
}
