//! A city with two base organisations, their branches and members, and somebody asking for pages.

use std::sync::Arc;

use chibo_census::{Census, Forest, PersonFacts, StateRow};
use chibo_kernel::{Day, Grant, Id, Moment, Period, Permission, Permissions, Problem, Unit, Viewer};
use chibo_organisation::actions::{load_offices, load_units};
use chibo_organisation::kinds::{Kind, Role, Setting};
use chibo_organisation::rules::How;
use chibo_organisation::{NewOffice, NewUnit};
use chibo_store::Db;
use chibo_testkit::{Folder, HandClock, TODAY, TestDb, engines};
use chibo_web::cookies::Look;
use chibo_web::limits::Limits;
use chibo_web::server::Meters;
use chibo_web::words::Lang;
use chibo_web::{Gate, House, Pairs, Policy, Reply, Route, Settings, Signed, Visit, Words};

pub const CITY: u8 = 1;
pub const SCHOOL: u8 = 2;
pub const OFFICE: u8 = 3;
pub const SCHOOL_BRANCH: u8 = 4;
pub const OTHER_SCHOOL_BRANCH: u8 = 5;
pub const OFFICE_BRANCH: u8 = 6;

pub const OFFICER: &[Permission] = &[Permission::ViewUnits, Permission::EditUnits, Permission::Export];
pub const READER: &[Permission] = &[Permission::ViewUnits];

/// A form as sent.
pub type Typed<'a> = &'a [(&'a str, &'a str)];

pub fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

/// The form about the consent for a unit.
pub fn consent(number: u8) -> String {
    format!("/alerts/consents/{}", id(number))
}

fn unit(number: u8, name: &str, kind: Kind, setting: Setting, parent: Option<u8>) -> NewUnit {
    NewUnit {
        id: id(number),
        name: name.to_owned(),
        short: name.to_owned(),
        kind,
        setting,
        code: String::new(),
        parent: parent.map(id),
        from: Day::from_ymd(2000, 1, 1).unwrap(),
        to: Day::FOREVER,
        lat: None,
        lon: None,
        admin_code: String::new(),
    }
}

/// A branch with a secretary, a deputy and three more; the others have nobody in office.
fn offices() -> Vec<NewOffice> {
    use Role::{BranchCommitteeMember, Deputy, Secretary};
    let roles = [Secretary, Deputy, BranchCommitteeMember, BranchCommitteeMember, BranchCommitteeMember];
    let office = |(number, role): (u8, Role)| NewOffice {
        unit: id(SCHOOL_BRANCH),
        person: Id::from_bytes([200 + number; 16]),
        role,
        from: Day::from_ymd(2020, 1, 1).unwrap(),
        to: Day::FOREVER,
        how: How::Elected,
        decision: String::new(),
    };
    (0u8..).zip(roles).map(office).collect()
}

/// 31 official members in one branch, 2 since March 2026 in another, 10 in the office.
fn people(forest: &Forest) -> Vec<PersonFacts> {
    let long_ago = Day::from_ymd(2001, 1, 1).unwrap();
    let lately = Day::from_ymd(2026, 3, 1).unwrap();
    let groups = [(SCHOOL_BRANCH, 31, long_ago), (OTHER_SCHOOL_BRANCH, 2, lately), (OFFICE_BRANCH, 10, long_ago)];
    let branches = groups.iter().flat_map(|(branch, count, joined)| vec![(*branch, *joined); *count]);
    let facts = |(number, (branch, joined)): (u8, (u8, Day))| PersonFacts {
        admitted: Some(joined),
        official: Some(joined),
        states: vec![StateRow {
            unit: forest.no(id(branch)).unwrap(),
            valid_from: joined,
            valid_to: Day::FOREVER,
            recorded: Moment(0),
            superseded: Moment::FOREVER,
            standing: 2,
            education: 4,
            degree: 1,
            theory: 1,
            occupation: 1,
        }],
        ..PersonFacts::named(Id::from_bytes([100 + number; 16]), "Nguyễn Văn An")
    };
    (0u8..).zip(branches).map(facts).collect()
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

pub struct World {
    pub house: House,
    clock: Arc<HandClock>,
    _folder: Folder,
}

impl World {
    /// Runs a scenario on every engine.
    pub fn each(mut scenario: impl FnMut(&World)) {
        engines().into_iter().for_each(|engine| scenario(&Self::on(engine)));
    }

    fn on(engine: &str) -> Self {
        let migrations = [chibo_store::MIGRATIONS, chibo_organisation::MIGRATIONS];
        let TestDb { db, clock, folder } = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, Setting::Province, None),
            unit(SCHOOL, "Đảng bộ Đại học", Kind::Base, Setting::School, Some(CITY)),
            unit(OFFICE, "Đảng bộ Cơ quan", Kind::Base, Setting::Office, Some(CITY)),
            unit(SCHOOL_BRANCH, "Chi bộ Khoa Toán", Kind::Branch, Setting::School, Some(SCHOOL)),
            unit(OTHER_SCHOOL_BRANCH, "Chi bộ Khoa Văn", Kind::Branch, Setting::School, Some(SCHOOL)),
            unit(OFFICE_BRANCH, "Chi bộ Văn phòng", Kind::Branch, Setting::Office, Some(OFFICE)),
        ];
        db.write(&Viewer::program("test"), |op| {
            let now = op.now();
            load_units(op, &units, now)?;
            load_offices(op, &offices(), now).map(drop)
        })
        .unwrap();
        let census = Arc::new(Census::default());
        let forest = db.read(|tx| chibo_organisation::load_forest(tx, None)).unwrap();
        let people = people(&forest);
        let loaded = census.replace_all(forest, TODAY, |loader| {
            people.iter().for_each(|facts| loader.push(facts));
            Ok::<_, Problem>(())
        });
        assert_eq!(loaded, Ok(()));
        db.set_places(census.forest().today(TODAY));
        let own = chibo_alerts::capability();
        let papers = (
            include_str!("../../../../base/papers/locales/vi.ftl"),
            include_str!("../../../../base/papers/locales/en.ftl"),
        );
        let floor = chibo_web::routes::capability();
        let words = Words::build(&[floor.words, chibo_organisation::WORDS, own.words, papers]);
        let work_dir = folder.path().to_owned();
        let house = House {
            db,
            census,
            words: words.unwrap_or_else(|faults| panic!("{faults:?}")),
            capabilities: vec![floor, own],
            gate: Box::new(Nobody),
            limits: Limits::new(0),
            settings: Settings { tls: false, proxy: false, per_minute: 0, work_dir, banner: None },
            meters: Meters::default(),
        };
        Self { house, clock, _folder: folder }
    }

    /// Somebody with permissions on a unit.
    pub fn viewer(&self, unit: u8, permissions: &[Permission]) -> Viewer {
        let valid = Period::since(Day::PARTY_FOUNDED);
        let grants = [Grant { unit: id(unit), permissions: Permissions::of(permissions), valid }];
        let places = self.house.db.places();
        Viewer::resolve(Id::from_bytes([1; 16]), "Trần Bình".into(), &grants, TODAY, &*places)
    }

    /// Asks as the server would, a millisecond after whatever was before.
    pub fn ask(&self, lang: Lang, who: &Viewer, method: &str, url: &str, form: Typed<'_>) -> Result<Reply, Problem> {
        self.clock.pass(1);
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let (route, path) = route(method, place);
        if let Policy::Needs(permission) = route.policy
            && !who.may_somewhere(permission)
        {
            return Err(Problem::Denied);
        }
        let mut visit = Visit {
            house: &self.house,
            viewer: Arc::new(Signed { viewer: who.clone(), detour: None, until: Moment::FOREVER }),
            look: Look { lang, size: 0, contrast: false },
            w: self.house.words.tongue(lang),
            path,
            query: Pairs::parse(query),
            form: Pairs(form.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()),
            files: Vec::new(),
            url: url.to_owned(),
            place: place.to_owned(),
            partial: true,
            address: None,
            token: None,
            visit: "0123456789abcdef".to_owned(),
            now: self.house.db.now(),
        };
        (route.handler)(&mut visit)
    }

    /// The page in a language; every word of it is there.
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

    /// Sends a form: where it leads, or the page with its errors.
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
}

fn route(method: &str, place: &str) -> (Route, Pairs) {
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
    let routes = chibo_alerts::capability().routes.into_iter().filter(|route| route.method == method);
    let mut fits = routes.filter_map(|route| Some((route, fit(route.path)?)));
    fits.next().unwrap_or_else(|| panic!("no route {method} {place}"))
}
