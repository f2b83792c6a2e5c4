//! Everything a request may need, built once by the program.

use std::path::PathBuf;
use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Account, Id, Moment, Problem, Viewer};
use chibo_store::Db;

use crate::capability::Capability;
use crate::limits::Limits;
use crate::words::Words;

/// Somebody signed in, as the session cookie proves.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Rights as they are now.
    pub viewer: Viewer,
    /// Where this account must go before anything else (change of password, second factor), if anywhere.
    pub detour: Option<&'static str>,
    /// The session ends at.
    pub until: Moment,
}

/// Turns a session cookie into somebody; implemented by the accounts capability.
pub trait Gate: Send + Sync {
    /// Who holds this token; `None` when it is unknown, expired or revoked.
    fn who(&self, house: &House, token: &str) -> Result<Option<Arc<Signed>>, Problem>;
    /// An account with its rights as they are now, for work it ordered; `None` when it is closed or unknown.
    ///
    /// # Errors
    /// What the database gives.
    fn account(&self, house: &House, account: Id<Account>) -> Result<Option<Arc<Signed>>, Problem> {
        let _ = (house, account);
        Ok(None)
    }
    /// Called about once a minute: what is kept in memory so that requests need not write.
    fn each_minute(&self, db: &Db) -> Result<(), Problem>;
}

/// Settings of the web floor.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Behind TLS: cookies are `__Host-` and `Secure`, HSTS is sent.
    pub tls: bool,
    /// Trust `X-Forwarded-For` of a proxy in front.
    pub proxy: bool,
    /// Requests a minute per account and per address; 0 means no limit (benchmarks only).
    pub per_minute: u32,
    /// Where uploads wait for confirmation and exports for collection.
    pub work_dir: PathBuf,
    /// Shown as a banner on every page (demo data, test system), as a word key.
    pub banner: Option<&'static str>,
}

/// The whole running program, shared by all requests.
pub struct House {
    /// Storage.
    pub db: Db,
    /// Columns and trees.
    pub census: Arc<Census>,
    /// Both languages.
    pub words: Words,
    /// Capabilities in order.
    pub capabilities: Vec<Capability>,
    /// Sessions.
    pub gate: Box<dyn Gate>,
    /// Request limits.
    pub limits: Limits,
    /// Settings.
    pub settings: Settings,
    /// Counters for `/metrics`.
    pub meters: crate::server::Meters,
    /// Duties found last.
    pub duties: crate::duty::DutyShelf,
}
