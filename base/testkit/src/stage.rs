//! A house of one or a few capabilities with somebody asking for pages, as the server would.
#![allow(clippy::unwrap_used, clippy::panic)] // only tests stand on it: what they did not expect fails them

use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Grant, Id, Moment, Period, Permission, Permissions, Problem, Unit, Viewer};
use chibo_store::Db;
use chibo_web::cookies::Look;
use chibo_web::limits::Limits;
use chibo_web::server::Meters;
use chibo_web::words::Lang;
use chibo_web::{
    Capability, Gate, House, Pairs, Policy, Reply, Route, Settings, SignalSources, Signed, Upload, Visit, Words,
};

use crate::{Folder, HandClock, TODAY, TestDb};

/// A form as sent.
pub type Typed<'a> = &'a [(&'a str, &'a str)];

struct Nobody;
impl Gate for Nobody {
    fn who(&self, _: &House, _: &str) -> Result<Option<Arc<Signed>>, Problem> {
        Ok(None)
    }
    fn each_minute(&self, _: &Db) -> Result<(), Problem> {
        Ok(())
    }
}

/// The house and its clock.
pub struct Stage {
    /// The program.
    pub house: House,
    /// Its clock.
    pub clock: Arc<HandClock>,
    folder: Folder,
}

impl Stage {
    /// Sets up a house on a database whose units are loaded already; `words` are those of the capabilities whose pages
    /// are not asked for but whose words are used. The floor's own capability is there by itself.
    ///
    /// # Panics
    /// When a word is missing in one language.
    pub fn set(test: TestDb, census: Arc<Census>, own: Vec<Capability>, words: &[(&str, &str)]) -> Self {
        let TestDb { db, clock, folder } = test;
        db.set_places(census.forest().today(TODAY));
        let papers = (include_str!("../../papers/locales/vi.ftl"), include_str!("../../papers/locales/en.ftl"));
        let mut capabilities = vec![chibo_web::routes::capability()];
        capabilities.extend(own);
        db.put_beside(Arc::new(SignalSources::of(&capabilities)));
        let mut all: Vec<_> = capabilities.iter().map(|capability| capability.words).collect();
        all.extend([words, &[papers]].concat());
        let words = Words::build(&all).unwrap_or_else(|faults| panic!("{faults:?}"));
        let work_dir = folder.path().to_owned();
        let house = House {
            db,
            census,
            words,
            capabilities,
            gate: Box::new(Nobody),
            limits: Limits::new(0),
            settings: Settings { tls: false, proxy: false, per_minute: 0, work_dir, banner: None },
            meters: Meters::default(),
            duties: chibo_web::DutyShelf::default(),
        };
        Self { house, clock, folder }
    }

    /// Somebody with permissions on a unit.
    pub fn viewer(&self, unit: Id<Unit>, permissions: &[Permission]) -> Viewer {
        self.person(1, unit, permissions)
    }

    /// Somebody else with permissions on a unit: accounts differ by number.
    pub fn person(&self, account: u8, unit: Id<Unit>, permissions: &[Permission]) -> Viewer {
        let valid = Period::since(Day::PARTY_FOUNDED);
        let grants = [Grant { unit, permissions: Permissions::of(permissions), valid }];
        let places = self.house.db.places();
        let name = if account == 1 { "Trần Bình".to_owned() } else { format!("Trần Bình {account}") };
        Viewer::resolve(Id::from_bytes([account; 16]), name, &grants, self.clock.today(), &*places)
    }

    /// Asks as the server would, a millisecond after whatever was before.
    ///
    /// # Errors
    /// What the policy or the page refuses.
    pub fn ask(&self, lang: Lang, who: &Viewer, method: &str, url: &str, form: Typed<'_>) -> Result<Reply, Problem> {
        self.ask_with(lang, who, method, url, form, Vec::new())
    }

    /// Sends a form with a file.
    ///
    /// # Errors
    /// What the policy or the page refuses.
    ///
    /// # Panics
    /// When the file cannot be written.
    pub fn upload(&self, who: &Viewer, url: &str, name: &str, body: &[u8]) -> Result<Reply, Problem> {
        let path = self.folder.path().join(format!("upload-{}", self.clock.ticks()));
        std::fs::write(&path, body).unwrap();
        let file = Upload { field: "file".to_owned(), name: name.to_owned(), path, size: body.len() as u64 };
        self.ask_with(Lang::Vi, who, "POST", url, &[], vec![file])
    }

    fn ask_with(
        &self,
        lang: Lang,
        who: &Viewer,
        method: &str,
        url: &str,
        form: Typed<'_>,
        files: Vec<Upload>,
    ) -> Result<Reply, Problem> {
        self.clock.pass(1);
        let place = url.split('?').next().unwrap_or(url);
        let (route, path) = self.route(method, place);
        if let Policy::Needs(permission) = route.policy
            && !who.may_somewhere(permission)
        {
            return Err(Problem::Denied);
        }
        let mut visit = Visit {
            path,
            form: Pairs(form.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()),
            files,
            ..self.visit(lang, who, url)
        };
        chibo_web::once::run(&route, &mut visit)
    }

    /// A request for an address, for what is asked outside of pages.
    pub fn visit(&self, lang: Lang, who: &Viewer, url: &str) -> Visit<'_> {
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        Visit {
            house: &self.house,
            viewer: Arc::new(Signed { viewer: who.clone(), detour: None, until: Moment::FOREVER }),
            look: Look { lang, size: 0, contrast: false },
            w: self.house.words.tongue(lang),
            path: Pairs::default(),
            query: Pairs::parse(query),
            form: Pairs::default(),
            files: Vec::new(),
            url: url.to_owned(),
            place: place.to_owned(),
            partial: true,
            address: None,
            token: None,
            visit: "0123456789abcdef".to_owned(),
            now: self.house.db.now(),
            columns: chibo_web::takeout::Columns::All,
        }
    }

    /// The page in a language; every word of it is there.
    ///
    /// # Panics
    /// When there is no such page.
    pub fn page_in(&self, lang: Lang, who: &Viewer, url: &str) -> String {
        match self.ask(lang, who, "GET", url, &[]) {
            Ok(Reply::Html { status: 200, body }) => {
                assert!(!body.contains('⟦'), "a word is missing in {url}: {body}");
                body
            }
            other => panic!("{url}: {other:?}"),
        }
    }

    /// The page in Vietnamese.
    pub fn page(&self, who: &Viewer, url: &str) -> String {
        self.page_in(Lang::Vi, who, url)
    }

    /// The bytes of a file offered.
    ///
    /// # Panics
    /// When there is no such file.
    pub fn file(&self, who: &Viewer, url: &str) -> Vec<u8> {
        match self.ask(Lang::Vi, who, "GET", url, &[]) {
            Ok(Reply::File { body, .. }) => body,
            other => panic!("{url}: {other:?}"),
        }
    }

    /// Sends a form: where it leads, or the page with its errors.
    ///
    /// # Errors
    /// The page that shows the errors.
    ///
    /// # Panics
    /// On any other answer.
    pub fn send(&self, who: &Viewer, url: &str, form: Typed<'_>) -> Result<String, String> {
        match self.ask(Lang::Vi, who, "POST", url, form) {
            Ok(Reply::Redirect(to)) => Ok(to),
            Ok(Reply::Html { status: 422, body }) => {
                assert!(!body.contains('⟦'), "a word is missing in {url}: {body}");
                Err(body)
            }
            other => panic!("{url}: {other:?}"),
        }
    }

    /// The newest acts in the audit log whose name begins so, the newest first.
    ///
    /// # Panics
    /// When the log cannot be read.
    pub fn acts(&self, begin: &str) -> Vec<String> {
        let mut acts = Vec::new();
        let each = |row: chibo_store::audit::AuditRow| {
            acts.push(row.action);
            Ok(())
        };
        self.house.db.read(|tx| chibo_store::audit::newest(tx, None, 100, each)).unwrap();
        acts.retain(|act| act.starts_with(begin));
        acts
    }

    /// The route of an address: one without names goes before one with.
    fn route(&self, method: &str, place: &str) -> (Route, Pairs) {
        let fit = |pattern: &'static str| -> Option<Pairs> {
            let (asked, declared): (Vec<_>, Vec<_>) = (place.split('/').collect(), pattern.split('/').collect());
            let mut found = Pairs::default();
            for (part, name) in asked.iter().zip(&declared) {
                match name.strip_prefix('{') {
                    Some(name) => found.0.push((name.trim_end_matches('}').to_owned(), (*part).to_owned())),
                    None if part != name => return None,
                    None => {}
                }
            }
            (asked.len() == declared.len()).then_some(found)
        };
        let all = self.house.capabilities.iter().flat_map(|capability| &capability.routes);
        let fits = all.filter(|route| route.method == method).filter_map(|route| Some((*route, fit(route.path)?)));
        fits.min_by_key(|(_, names)| names.0.len()).unwrap_or_else(|| panic!("no route {method} {place}"))
    }
}
