//! A city with two ward organisations, their branches and members.

use chibo_organisation::rules::Facts;
use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Permission, Person, Unit, Viewer};
use chibo_members::rules::{NewMember, Secrets, standings_from_dates};
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Landscape;
use chibo_organisation::{NewUnit, landscape_within};
use chibo_store::jobs::run_next;
use chibo_testkit::{Stage, TODAY, TestDb, engines};
use chibo_web::Reply;
use chibo_web::words::Lang;

pub const CITY: u8 = 1;
pub const NORTH: u8 = 10;
pub const SOUTH: u8 = 11;
/// Branches of the north, of the south.
pub const QUARTER_1: u8 = 100;
pub const QUARTER_2: u8 = 101;
pub const QUARTER_9: u8 = 110;

pub const PLANNER: &[Permission] = &[
    Permission::ViewUnits,
    Permission::ViewMembers,
    Permission::Reorganise,
    Permission::RevealSecrets,
    Permission::Export,
];

pub fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

fn unit(number: u8, name: &str, kind: Kind, parent: Option<u8>, code: &str) -> NewUnit {
    let setting = match kind {
        Kind::City => Setting::Province,
        Kind::Base => Setting::Ward,
        _ => Setting::Quarter,
    };
    NewUnit::new(
        id(number),
        parent.map(id),
        Facts { name: name.to_owned(), short: name.to_owned(), kind, setting, code: code.to_owned() },
        Day::PARTY_FOUNDED,
    )
}

/// The whole city.
pub fn units() -> [NewUnit; 6] {
    [
        unit(CITY, "Đảng bộ Thành phố", Kind::City, None, "79.000.000.000.000"),
        unit(NORTH, "Đảng bộ phường Bắc", Kind::Base, Some(CITY), "79.001.000.000.000"),
        unit(SOUTH, "Đảng bộ phường Nam", Kind::Base, Some(CITY), "79.002.000.000.000"),
        unit(QUARTER_1, "Chi bộ khu phố 1", Kind::Branch, Some(NORTH), "79.001.001.000.000"),
        unit(QUARTER_2, "Chi bộ khu phố 2", Kind::Branch, Some(NORTH), "79.001.002.000.000"),
        unit(QUARTER_9, "Chi bộ khu phố 9", Kind::Branch, Some(SOUTH), "79.002.009.000.000"),
    ]
}

pub struct World {
    stage: Stage,
    /// The four of quarter 1: the first two live in quarter 5, the third in quarter 55.
    pub people: Vec<Id<Person>>,
}

impl std::ops::Deref for World {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
}

fn enter(test: &TestDb, name: &str, unit: u8, residence: &str) -> Id<Person> {
    let (admitted, official) = (TODAY.plus_months(-120), TODAY.plus_months(-108));
    let member = NewMember {
        name: name.to_owned(),
        birth: Some(TODAY.plus_months(-12 * 40)),
        sex: 1,
        admitted: Some(admitted),
        official: Some(official),
        postings: vec![(id(unit), admitted)],
        standings: standings_from_dates(Some(admitted), Some(official), admitted),
        secrets: Secrets { residence: residence.to_owned(), ..Secrets::default() },
        ..NewMember::default()
    };
    let entered = test.db.write(&Viewer::program("test"), |op| chibo_members::actions::enter(op, &member));
    entered.unwrap()
}

impl World {
    /// Runs a scenario on every engine.
    pub fn each(mut scenario: impl FnMut(&World)) {
        engines().into_iter().for_each(|engine| scenario(&Self::on(engine)));
    }

    fn on(engine: &str) -> Self {
        let migrations = [
            chibo_store::MIGRATIONS,
            chibo_organisation::MIGRATIONS,
            chibo_members::MIGRATIONS,
            chibo_restructuring::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units(), now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let homes = ["12 Lý Thường Kiệt, khu phố 5", "3/4 Khu phố 5, phường Bắc", "8 đường Hoa, khu phố 55", ""];
        let names = ["Trần Văn An", "Lê Thị Bình", "Ngô Mai Chi", "Phạm Duy"];
        let mut people: Vec<_> =
            names.iter().zip(homes).map(|(name, home)| enter(&test, name, QUARTER_1, home)).collect();
        people.extend(["Võ Ân", "Hồ Bảo", "Bùi Cẩm"].map(|name| enter(&test, name, QUARTER_2, "")));
        people.extend(["Đỗ Dũng", "Lý Giang", "Mai Hà"].map(|name| enter(&test, name, QUARTER_9, "")));
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        let own = vec![chibo_restructuring::capability()];
        let members = chibo_members::capability().words;
        let stage = Stage::set(test, census, own, &[chibo_organisation::WORDS, members]);
        Self { stage, people }
    }

    /// Writes plans for the whole city.
    pub fn planner(&self) -> Viewer {
        self.person(1, id(CITY), PLANNER)
    }

    /// Signs for the whole city.
    pub fn signer(&self) -> Viewer {
        self.person(2, id(CITY), PLANNER)
    }

    /// Writes plans for the north only.
    pub fn northerner(&self) -> Viewer {
        self.person(3, id(NORTH), PLANNER)
    }

    /// Columns and tree follow, as they do after every commit of the program.
    pub fn settle(&self) {
        chibo_members::columns::fill(&self.house.db, &self.house.census).unwrap();
        self.house.db.set_places(self.house.census.forest().today(self.clock.today()));
    }

    /// Runs background work until none is due.
    pub fn work(&self) {
        self.clock.pass(1);
        while run_next(&self.house.db, &chibo_restructuring::capability().jobs).unwrap() {}
        self.settle();
    }

    /// Moves the clock to noon of a day, and lets what is due happen.
    pub fn wake(&self, day: Day) {
        self.clock.set(day);
        self.work();
    }

    /// Begins a plan and gives its address.
    pub fn begin(&self, on: Day) -> String {
        let (city, on) = (id(CITY).to_string(), on.to_string());
        let form = [
            ("title", "Sắp xếp phường"),
            ("unit", city.as_str()),
            ("authority", "Ban Thường vụ Thành ủy"),
            ("effective", &on),
        ];
        let to = self.send(&self.planner(), "/restructuring/new", &form).unwrap();
        to.split('?').next().unwrap().to_owned()
    }

    /// The version the page of a plan shows.
    pub fn version(&self, plan: &str) -> String {
        let page = self.page(&self.planner(), &format!("{plan}/facts"));
        let at = page.find("name=\"version\" value=\"").unwrap() + "name=\"version\" value=\"".len();
        page[at..].split('"').next().unwrap().to_owned()
    }

    /// Adds a line in the present version.
    pub fn add(&self, who: &Viewer, plan: &str, form: &[(&str, &str)]) -> Result<String, String> {
        let version = self.version(plan);
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(form);
        self.send(who, &format!("{plan}/lines"), &all)
    }

    /// Adds "all of one goes into another".
    pub fn join(&self, plan: &str, from: u8, into: u8) {
        let (from, into) = (id(from).to_string(), id(into).to_string());
        let form = [("kind-of-line", "join"), ("one", &*from), ("other", &*into), ("extent", "whole")];
        self.add(&self.planner(), plan, &form).unwrap();
    }

    /// Signs.
    pub fn sign(&self, who: &Viewer, plan: &str) -> Result<String, String> {
        let (version, today) = (self.version(plan), self.clock.today().to_string());
        let form = [("version", version.as_str()), ("number", "12-QĐ/TU"), ("signed", &*today)];
        self.send(who, &format!("{plan}/signature"), &form)
    }

    /// The status and text of an answer that is neither a redirect nor a refusal of the form.
    pub fn answer(&self, who: &Viewer, url: &str, form: &[(&str, &str)]) -> (u16, String) {
        match self.ask(Lang::Vi, who, "POST", url, form) {
            Ok(Reply::Html { status, body }) => (status, body),
            Ok(Reply::Redirect(to)) => (303, to),
            other => panic!("{url}: {other:?}"),
        }
    }

    /// Where members belong today, by name.
    pub fn homes(&self) -> Vec<(String, u8)> {
        let view = self.house.census.view(self.clock.today());
        let home = |person: &Id<Person>| {
            let brief = view.person(view.no(*person).unwrap()).unwrap();
            let unit = view.forest().id(brief.today.unwrap().0).unwrap();
            (brief.name, unit.bytes()[0])
        };
        self.people.iter().map(home).collect()
    }

    /// The units of a day as the database has them.
    pub fn landscape(&self, day: Day) -> Landscape {
        self.house.db.read(|tx| landscape_within(tx, day)).unwrap()
    }
}
