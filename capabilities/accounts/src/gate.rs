//! From a session cookie to somebody with rights, without touching the database on most requests.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chibo_kernel::{Account, Day, Grant, Id, Moment, Period, Permissions, Problem, Unit, Viewer};
use chibo_store::{Db, Tx};
use chibo_web::{Gate, House, Signed};
use parking_lot::RwLock;

use crate::actions::sessions;
use crate::rules::authority::WithEverywhere;
use crate::rules::role::Role;
use crate::rules::times::Times;
use crate::store::{self, GrantRow};

/// Where accounts go whose password must be changed before anything else.
pub const PASSWORD_PAGE: &str = "/account/password";

/// No session lives longer; what was not used for so long is forgotten.
const LONGEST_MS: i64 = 24 * 3_600_000;

type TokenHash = [u8; 32];

/// Sessions in memory. Clones share the same memory: keep one to forget, give the other to the house.
///
/// The program calls [`AccountsGate::forget_all`] on every change of accounts or of the tree, and
/// [`AccountsGate::write_down`] about once a minute.
#[derive(Clone, Default)]
pub struct AccountsGate {
    memory: Arc<RwLock<Memory>>,
}

#[derive(Default)]
struct Memory {
    /// Counts calls of `forget_all`: what was read before one must not be kept after it.
    age: u64,
    sessions: HashMap<TokenHash, Held>,
}

struct Held {
    /// Rights as of a day; `None` after something changed.
    rights: Option<Rights>,
    /// The last request, milliseconds. Kept here and written down by the minute, so that reading never writes.
    seen: AtomicI64,
    written: AtomicI64,
}

struct Rights {
    day: Day,
    idle_ms: i64,
    signed: Arc<Signed>,
}

impl AccountsGate {
    /// Forgets all rights: the next request of each session reads them anew.
    pub fn forget_all(&self) {
        let mut memory = self.memory.write();
        memory.age += 1;
        memory.sessions.values_mut().for_each(|held| held.rights = None);
    }

    /// Who holds this token now; `None` when it is unknown, over, or was unused for too long.
    pub fn who_in(&self, db: &Db, token: &str) -> Result<Option<Arc<Signed>>, Problem> {
        let hash = sessions::token_hash(token);
        let now = db.now();
        if let Some(signed) = self.remembered(&hash, now) {
            return Ok(Some(signed));
        }
        self.load(db, hash, now)
    }

    fn remembered(&self, hash: &TokenHash, now: Moment) -> Option<Arc<Signed>> {
        let memory = self.memory.read();
        let held = memory.sessions.get(hash)?;
        let rights = held.rights.as_ref()?;
        let idle = now.0 - held.seen.load(Ordering::Relaxed);
        if rights.day != now.day() || now >= rights.signed.until || idle >= rights.idle_ms {
            return None;
        }
        held.seen.fetch_max(now.0, Ordering::Relaxed);
        Some(rights.signed.clone())
    }

    fn load(&self, db: &Db, hash: TokenHash, now: Moment) -> Result<Option<Arc<Signed>>, Problem> {
        let (age, seen) = {
            let memory = self.memory.read();
            (memory.age, memory.sessions.get(&hash).map(|held| held.seen.load(Ordering::Relaxed)))
        };
        let places = db.places();
        let found = db.read(|tx| read(tx, &hash))?;
        let live = found.filter(|found| {
            let last = seen.unwrap_or(i64::MIN).max(found.last_seen.0);
            now < found.until && now.0 - last < found.times.idle_ms
        });
        let mut memory = self.memory.write();
        let Some(found) = live else {
            memory.sessions.remove(&hash);
            return Ok(None);
        };
        let written = found.last_seen.0;
        let until = found.until;
        let idle_ms = found.times.idle_ms;
        let viewer = Viewer::resolve(found.account, found.name, &found.grants, now.day(), &WithEverywhere(&*places));
        let signed = Arc::new(Signed { viewer, detour: found.must_change.then_some(PASSWORD_PAGE), until });
        let fresh = memory.age == age;
        let held = memory.sessions.entry(hash).or_insert_with(|| Held {
            rights: None,
            seen: AtomicI64::new(now.0),
            written: AtomicI64::new(written),
        });
        held.seen.fetch_max(now.0, Ordering::Relaxed);
        if fresh {
            held.rights = Some(Rights { day: now.day(), idle_ms, signed: signed.clone() });
        }
        Ok(Some(signed))
    }

    /// Writes down when sessions were last used, each at most once a minute, in one transaction; gives how many.
    pub fn write_down(&self, db: &Db) -> Result<usize, Problem> {
        let due: Vec<(TokenHash, i64)> = {
            let memory = self.memory.read();
            let seen = memory.sessions.iter().map(|(hash, held)| (hash, held.seen.load(Ordering::Relaxed), held));
            let due = seen.filter(|(_, seen, held)| seen - held.written.load(Ordering::Relaxed) >= 60_000);
            due.map(|(hash, seen, _)| (*hash, seen)).collect()
        };
        let now = db.now();
        if !due.is_empty() {
            db.quiet_write(|tx| {
                due.iter().try_for_each(|(hash, seen)| store::see_session(tx, hash, Moment(*seen)).map(drop))
            })?;
        }
        let mut memory = self.memory.write();
        for (hash, seen) in &due {
            if let Some(held) = memory.sessions.get(hash) {
                held.written.store(*seen, Ordering::Relaxed);
            }
        }
        memory.sessions.retain(|_, held| now.0 - held.seen.load(Ordering::Relaxed) < LONGEST_MS);
        Ok(due.len())
    }
}

impl AccountsGate {
    /// An account with its rights as they are now; `None` when it is closed or unknown.
    ///
    /// # Errors
    /// What the database gives.
    pub fn account_in(&self, db: &Db, account: Id<Account>) -> Result<Option<Arc<Signed>>, Problem> {
        let places = db.places();
        let found = db.read(|tx| {
            let open = store::account(tx, account)?.filter(|row| row.closed_at.is_none());
            open.map(|row| Ok((row.name, store::grants_of(tx, account)?))).transpose()
        })?;
        Ok(found.map(|(name, rows)| {
            let grants: Vec<Grant> = rows.iter().filter_map(as_grant).collect();
            let viewer = Viewer::resolve(account, name, &grants, db.today(), &WithEverywhere(&*places));
            Arc::new(Signed { viewer, detour: None, until: Moment::FOREVER })
        }))
    }
}

impl Gate for AccountsGate {
    fn account(&self, house: &House, account: Id<Account>) -> Result<Option<Arc<Signed>>, Problem> {
        self.account_in(&house.db, account)
    }

    fn who(&self, house: &House, token: &str) -> Result<Option<Arc<Signed>>, Problem> {
        self.who_in(&house.db, token)
    }

    fn each_minute(&self, db: &Db) -> Result<(), Problem> {
        self.write_down(db).map(drop)
    }
}

struct Found {
    account: Id<chibo_kernel::Account>,
    name: String,
    must_change: bool,
    last_seen: Moment,
    until: Moment,
    times: Times,
    grants: Vec<Grant>,
}

fn read(tx: &mut Tx<'_>, hash: &TokenHash) -> Result<Option<Found>, Problem> {
    let Some(session) = store::session(tx, hash)? else { return Ok(None) };
    let Some(account) = store::account(tx, session.account_id)?.filter(|a| a.closed_at.is_none()) else {
        return Ok(None);
    };
    let rows = store::grants_of(tx, account.account_id)?;
    Ok(Some(Found {
        account: account.account_id,
        name: account.name,
        must_change: account.must_change,
        last_seen: session.last_seen,
        until: session.expires_at,
        times: sessions::times(tx)?,
        grants: rows.iter().filter_map(as_grant).collect(),
    }))
}

/// A stored grant as the kernel knows it; a role this program does not know allows nothing.
fn as_grant(row: &GrantRow) -> Option<Grant> {
    let valid = Period::new(row.valid_from, row.valid_to)?;
    let permissions = Role::from_code(&row.role).map_or(Permissions::default(), Role::permissions);
    let unit: Id<Unit> = row.unit_id;
    Some(Grant { unit, permissions, valid })
}
