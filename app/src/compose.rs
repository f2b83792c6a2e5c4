//! Putting the program together: capabilities in order, database, columns, sessions.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chibo_accounts::AccountsGate;
use chibo_census::Census;
use chibo_kernel::{Account, Clock, Id, Problem, Said};
use chibo_store::reseal::SealedPlaces;
use chibo_store::sqlite::Tuning;
use chibo_store::{Change, Db, Engine, Files, Keys, Migration, OpenOptions};
use chibo_web::limits::Limits;
use chibo_web::takeout::Door;
use chibo_web::{Capability, Gate, House, Settings, SignalSources, Signed};

/// Every capability of the program, foundation first.
pub fn capabilities() -> Vec<Capability> {
    vec![
        chibo_web::routes::capability(),
        chibo_accounts::capability(),
        chibo_organisation::capability(),
        chibo_members::capability(),
        chibo_regulations::capability(),
        chibo_alerts::capability(),
        chibo_badges::capability(),
        chibo_cards::capability(),
        chibo_development::capability(),
        chibo_dossiers::capability(),
        chibo_transfers::capability(),
        chibo_fees::capability(),
        chibo_screening::capability(),
        chibo_evaluation::capability(),
        chibo_meetings::capability(),
        chibo_leaving::capability(),
        chibo_quality::capability(),
        chibo_restructuring::capability(),
        chibo_lifecycle::capability(),
        chibo_coverage::capability(),
        chibo_committees::capability(),
        chibo_today::capability(),
        chibo_reports::capability(),
    ]
}

/// Every migration, in the order of the capabilities.
pub fn migrations() -> Vec<Migration> {
    capabilities().iter().flat_map(|c| c.migrations.iter().copied()).collect()
}

/// What opening needs besides the address.
pub struct Machine {
    /// Clock.
    pub clock: Arc<dyn Clock>,
    /// Random source.
    pub random: chibo_store::db::Random,
    /// SQLite's care and size.
    pub tuning: Tuning,
}

impl Default for Machine {
    fn default() -> Self {
        Self {
            clock: Arc::new(crate::machine::MachineClock),
            random: Arc::new(crate::machine::random),
            tuning: Tuning::default(),
        }
    }
}

/// Reads the key file, or makes one when `create` says the installation is new.
pub fn keys(folder: &Path, create: bool, random: &dyn Fn(&mut [u8])) -> Result<Keys, Problem> {
    let path = folder.join("keys.json");
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            private(&path)?;
            Keys::from_text(&text)
        }
        Err(_) if create => {
            let keys = Keys::generate(random);
            write_private(&path, keys.to_text().as_bytes())?;
            Ok(keys)
        }
        Err(_) => Err(Problem::refuse(Said::new("cli-keys-missing").with("path", path.display()))),
    }
}

fn private(path: &Path) -> Result<(), Problem> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).map_err(Problem::fault)?.permissions().mode();
    if mode & 0o077 == 0 {
        Ok(())
    } else {
        Err(Problem::refuse(Said::new("cli-keys-readable").with("path", path.display())))
    }
}

/// Writes a file only its owner may read; it is whole and on disk when this returns, and never half of it.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let cannot = |_| Problem::refuse(Said::new("cli-cannot-write").with("path", path.display()));
    let partial = path.with_extension("partial");
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&partial).map_err(cannot)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(cannot)?;
    std::fs::rename(&partial, path).map_err(cannot)
}

/// Opens the database with its keys and brings the schema up to date.
pub fn open(engine: Engine, folder: &Path, machine: Machine) -> Result<Db, Problem> {
    let cannot = |_| Problem::refuse(Said::new("cli-cannot-write").with("path", folder.display()));
    std::fs::create_dir_all(folder.join("work")).map_err(cannot)?;
    // A database that is there without its keys must not get new ones: its secrets would be lost.
    let fresh = matches!(&engine, Engine::Sqlite(path) if !path.exists()) || matches!(&engine, Engine::Postgres(_));
    let had_keys = folder.join("keys.json").exists();
    let file = match &engine {
        Engine::Sqlite(path) if fresh => Some(path.clone()),
        _ => None,
    };
    let keys = keys(folder, fresh, &*machine.random)?;
    let options = OpenOptions { engine, tuning: machine.tuning, clock: machine.clock, random: machine.random, keys };
    let opened = Db::open(options).and_then(|db| db.migrate(&migrations()).map(|_| db));
    if let Ok(db) = &opened {
        db.put_beside(Arc::new(Files::at(folder.join("files"))));
    }
    if opened.is_err() && !had_keys {
        // Keys made for a database that turned out to be somebody else's must not be left lying about; nor a database that
        // got no further than its first tables, for it would ask for these keys the next time.
        let _ = std::fs::remove_file(folder.join("keys.json"));
        for ending in ["", "-wal", "-shm"] {
            let begun = file.as_ref().map(|path| PathBuf::from(format!("{}{ending}", path.display())));
            begun.map_or(Ok(()), std::fs::remove_file).unwrap_or(());
        }
    }
    opened
}

/// Gives an empty register its root, so that the first organisation has something to be founded under.
pub fn ensure_root(db: &Db) -> Result<(), Problem> {
    use chibo_organisation::kinds::{Kind, Setting};
    use chibo_organisation::rules::Facts;
    if !db.read(|tx| chibo_organisation::load_forest(tx, None))?.is_empty() {
        return Ok(());
    }
    let root = chibo_organisation::NewUnit::new(
        db.fresh(),
        None,
        Facts {
            name: "Đảng Cộng sản Việt Nam".to_owned(),
            short: "Trung ương".to_owned(),
            kind: Kind::Central,
            setting: Setting::Other,
            code: String::new(),
        },
        chibo_kernel::Day::PARTY_FOUNDED,
    );
    let viewer = chibo_kernel::Viewer::program("chibo serve");
    db.write(&viewer, |op| {
        let now = op.now();
        chibo_organisation::actions::load_units(op, std::slice::from_ref(&root), now).map(drop)
    })
}

/// Where sealed values and files lie.
pub fn sealed_places(capabilities: &[Capability]) -> SealedPlaces {
    SealedPlaces {
        columns: capabilities.iter().flat_map(|capability| capability.sealed.iter().copied()).collect(),
        files: capabilities.iter().flat_map(|capability| capability.files.iter().copied()).collect(),
    }
}

/// Builds the running program around a database. Columns are loaded by `load`, at once or behind.
pub fn house(db: Db, settings: Settings) -> Result<Arc<House>, Problem> {
    std::fs::create_dir_all(&settings.work_dir).map_err(Problem::fault)?;
    let census = Arc::new(Census::default());
    let gate = chibo_accounts::gate();
    load_forest(&db, &census)?;
    db.put_beside(census.clone());
    let capabilities = capabilities();
    db.put_beside(Arc::new(SignalSources::of(&capabilities)));
    db.put_beside(Arc::new(sealed_places(&capabilities)));
    chibo_store::reseal::ask(&db, &chibo_kernel::Viewer::program("chibo serve"))?;
    chibo_members::jobs::ask(&db, &chibo_kernel::Viewer::program("chibo serve"))?;
    if db.beside::<Files>().is_none() {
        db.put_beside(Arc::new(Files::at(settings.work_dir.with_file_name("files"))));
    }
    watch(&db, &census, &gate);
    let house = Arc::new(House {
        db,
        census,
        words: crate::words::words()?,
        capabilities,
        gate: Box::new(Topped(gate)),
        limits: Limits::new(settings.per_minute),
        settings,
        meters: chibo_web::server::Meters::default(),
        duties: chibo_web::DutyShelf::default(),
    });
    house.db.put_beside(Arc::new(Door::to(&house)));
    Ok(house)
}

/// A role on the whole system works at the top of today's tree: only accounts know "everywhere", pages know units.
struct Topped(AccountsGate);

impl Gate for Topped {
    fn who(&self, house: &House, token: &str) -> Result<Option<Arc<Signed>>, Problem> {
        Ok(self.0.who(house, token)?.map(|signed| topped(house, signed)))
    }

    fn account(&self, house: &House, account: Id<Account>) -> Result<Option<Arc<Signed>>, Problem> {
        Ok(self.0.account(house, account)?.map(|signed| topped(house, signed)))
    }

    fn each_minute(&self, db: &Db) -> Result<(), Problem> {
        self.0.each_minute(db)
    }
}

fn topped(house: &House, signed: Arc<Signed>) -> Arc<Signed> {
    if !signed.viewer.units.contains(&chibo_accounts::EVERYWHERE) {
        return signed;
    }
    let forest = house.census.forest();
    let tree = forest.tree(chibo_kernel::AsOf::on(house.db.today()));
    let top = tree.roots().next().and_then(|place| tree.unit(place)).and_then(|no| forest.id(no));
    let mut signed = Signed::clone(&signed);
    let everywhere = signed.viewer.units.iter_mut().filter(|unit| **unit == chibo_accounts::EVERYWHERE);
    everywhere.zip(top.iter().cycle()).for_each(|(unit, top)| *unit = *top);
    Arc::new(signed)
}

/// Reads the units and says where they stand today.
pub fn load_forest(db: &Db, census: &Census) -> Result<(), Problem> {
    let before = census.forest();
    let forest = db.read(|tx| chibo_organisation::load_forest(tx, Some(&before)))?;
    census.replace_forest(forest);
    db.set_places(census.forest().today(db.today()));
    Ok(())
}

/// After every commit the columns, the tree and the sessions follow.
fn watch(db: &Db, census: &Arc<Census>, gate: &AccountsGate) {
    let (census, gate) = (census.clone(), gate.clone());
    db.observe(move |db, changes| {
        if let Err(problem) = follow(db, &census, &gate, changes) {
            tracing::error!(cause = %problem, "columns could not follow a commit");
        }
    });
}

/// More changed persons than this are loaded anew instead of one by one.
const MANY: usize = 2_000;

fn follow(db: &Db, census: &Census, gate: &AccountsGate, changes: &[Change]) -> Result<(), Problem> {
    let everything = changes.contains(&Change::Everything);
    if everything || changes.iter().any(|c| matches!(c, Change::Unit(_))) {
        load_forest(db, census)?;
        gate.forget_all();
    }
    if everything || changes.contains(&Change::Accounts) {
        gate.forget_all();
    }
    let mut persons: Vec<_> =
        changes.iter().filter_map(|c| if let Change::Person(id) = c { Some(*id) } else { None }).collect();
    persons.sort_unstable();
    persons.dedup();
    let arrived = |change: &Change| matches!(change, Change::Arrived(act) if !census.welcome(*act));
    // Every act is asked for, so that none is kept for ever.
    let unwelcome = changes.iter().filter(|change| arrived(change)).count() > 0;
    if everything || unwelcome || persons.len() > MANY {
        return chibo_members::columns::fill(db, census);
    }
    if persons.is_empty() {
        return Ok(());
    }
    let forest = census.forest();
    let changed = db.read(|tx| {
        persons
            .iter()
            .map(|id| Ok((*id, chibo_members::columns::facts(tx, &forest, *id)?)))
            .collect::<Result<Vec<_>, Problem>>()
    })?;
    census.apply(changed, db.today());
    Ok(())
}
