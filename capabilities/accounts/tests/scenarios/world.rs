//! A small world: one database, three units, a clock, a gate.

use std::ops::{Deref, Range};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chibo_accounts::actions::sign_in::{self, Browser, Progress};
use chibo_accounts::{AccountsGate, EVERYWHERE, NewAccount, Role};
use chibo_kernel::{Account, Clock, Day, Id, Moment, Period, Permission, Places, Problem, Unit, Viewer};
use chibo_store::{Change, Db, Engine, Keys, OpenOptions, sqlite};
use chibo_web::limits::Limits;
use chibo_web::server::Meters;
use chibo_web::{House, Settings, Words};

pub const CITY: Id<Unit> = Id::from_bytes([1; 16]);
pub const WARD: Id<Unit> = Id::from_bytes([2; 16]);
pub const OTHER_WARD: Id<Unit> = Id::from_bytes([3; 16]);
/// A password that satisfies the rules.
pub const GOOD: &str = "hoa sen nở bên hồ Tây";
pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;

struct HandClock(AtomicI64);
impl Clock for HandClock {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::SeqCst))
    }
}

struct ThreeUnits;
impl Places for ThreeUnits {
    fn span(&self, unit: Id<Unit>) -> Option<Range<u32>> {
        [(CITY, 0..10), (WARD, 3..6), (OTHER_WARD, 6..9)].into_iter().find(|(id, _)| *id == unit).map(|(_, span)| span)
    }
}

pub struct World {
    pub house: House,
    pub gate: AccountsGate,
    clock: Arc<HandClock>,
    folder: PathBuf,
}

/// The database and the rest of the program, reached directly.
impl Deref for World {
    type Target = House;
    fn deref(&self) -> &House {
        &self.house
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn random(seed: &AtomicU64, out: &mut [u8]) {
    for byte in out {
        let mut z = seed.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::SeqCst);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        *byte = (z ^ (z >> 31)) as u8;
    }
}

impl World {
    /// 22 November 2026, 08:00 in Vietnam, no account.
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("chibo-accounts-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let morning = Moment::start_of(Day::from_ymd(2026, 11, 22).unwrap()).plus_ms(8 * HOUR);
        let clock = Arc::new(HandClock(AtomicI64::new(morning.0)));
        let seed = Arc::new(AtomicU64::new(1));
        let draw = move |out: &mut [u8]| random(&seed, out);
        let options = OpenOptions {
            engine: Engine::Sqlite(folder.join("test.db")),
            tuning: sqlite::Tuning { durable: false, ..sqlite::Tuning::default() },
            clock: clock.clone(),
            keys: Keys::generate(&draw),
            random: Arc::new(draw),
        };
        let db = Db::open(options).unwrap();
        db.migrate(&[chibo_store::MIGRATIONS, chibo_accounts::MIGRATIONS].concat()).unwrap();
        db.set_places(Arc::new(ThreeUnits));
        let gate = chibo_accounts::gate();
        let forgetful = gate.clone();
        db.observe(move |_, changes| {
            if changes.contains(&Change::Accounts) {
                forgetful.forget_all();
            }
        });
        let own = chibo_accounts::capability();
        let words =
            Words::build(&[chibo_web::routes::capability().words, own.words]).unwrap_or_else(|f| panic!("{f:?}"));
        let settings = Settings { tls: true, proxy: false, per_minute: 0, work_dir: folder.clone(), banner: None };
        let house = House {
            db,
            census: Arc::default(),
            words,
            capabilities: vec![own],
            gate: Box::new(gate.clone()),
            limits: Limits::new(0),
            settings,
            meters: Meters::default(),
            duties: chibo_web::DutyShelf::default(),
        };
        Self { house, gate, clock, folder }
    }

    pub fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    pub fn go_to(&self, moment: Moment) {
        self.clock.0.store(moment.0, Ordering::SeqCst);
    }

    pub fn account(&self, login: &str) -> Id<Account> {
        let new = NewAccount { login, name: "Nguyễn Thị Lan", password: GOOD, must_change: false };
        self.db.write(&Viewer::program("test"), |op| chibo_accounts::create_account(op, new)).unwrap()
    }

    /// An account with a role from today on.
    pub fn account_as(&self, login: &str, unit: Id<Unit>, role: Role) -> Id<Account> {
        let account = self.account(login);
        self.give(&Viewer::program("test"), account, unit, role, Period::since(self.db.today())).unwrap();
        account
    }

    pub fn give(
        &self,
        by: &Viewer,
        account: Id<Account>,
        unit: Id<Unit>,
        role: Role,
        valid: Period,
    ) -> Result<Id<chibo_accounts::AccessGrant>, Problem> {
        self.db.write(by, |op| chibo_accounts::grant(op, account, unit, role, valid))
    }

    pub fn try_sign_in(&self, login: &str, password: &str) -> Result<Progress, Problem> {
        sign_in::sign_in(&self.db, login, password, BROWSER)
    }

    /// Signs in; the session's token.
    pub fn sign_in(&self, login: &str) -> String {
        match self.try_sign_in(login, GOOD).unwrap() {
            Progress::Done(token) => token,
            Progress::CodeNeeded(_) => panic!("a code is needed"),
        }
    }

    /// Who holds the token now.
    pub fn who(&self, token: &str) -> Option<Viewer> {
        self.gate.who_in(&self.db, token).unwrap().map(|signed| signed.viewer.clone())
    }

    pub fn may(&self, token: &str, permission: Permission, unit: Id<Unit>) -> bool {
        self.who(token).is_some_and(|viewer| viewer.permit(permission, unit, &*self.db.places()).is_ok())
    }

    /// The codes of every entry in the log, oldest first per account.
    pub fn log(&self, account: Id<Account>) -> Vec<String> {
        let rows = self.db.read(|tx| chibo_store::audit::of_stream(tx, account.bytes(), 1000)).unwrap();
        rows.into_iter().rev().map(|row| row.action).collect()
    }
}

pub const BROWSER: Browser<'static> = Browser { visit: "0123456789abcdef0123456789abcdef", earlier: None };

/// The keys of what was said in a refusal.
pub fn said(problem: Problem) -> Vec<&'static str> {
    match problem {
        Problem::Refused(issues) => issues.into_iter().map(|issue| issue.said.key).collect(),
        other => panic!("{other:?}"),
    }
}

/// A viewer with one role on one unit, or everywhere.
pub fn viewer(account: Id<Account>, unit: Id<Unit>, role: Role) -> Viewer {
    let span = if unit == EVERYWHERE { 0..u32::MAX } else { ThreeUnits.span(unit).unwrap() };
    Viewer {
        account: Some(account),
        name: "Trần Văn Minh".to_owned(),
        scopes: vec![(span, role.permissions())],
        units: vec![unit],
        system: false,
    }
}
