//! A city with a ward and a school; two branches in the ward, one in the school.

use std::sync::Arc;

use chibo_census::Census;
use chibo_fees::actions::categories::state;
use chibo_fees::rules::{Category, Month, Stated};
use chibo_kernel::{Day, Id, Permission, Person, Unit, Viewer};
use chibo_members::rules::{NewMember, standings_from_dates};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Facts;
use chibo_testkit::{Stage, TestDb, engines};

pub const CITY: u8 = 1;
pub const WARD: u8 = 2;
pub const SCHOOL: u8 = 3;
pub const BRANCH: u8 = 4;
pub const OTHER_BRANCH: u8 = 5;
pub const FAR_BRANCH: u8 = 6;

pub const BOARD: &[Permission] = &[
    Permission::ViewUnits,
    Permission::EditUnits,
    Permission::ViewMembers,
    Permission::EditMembers,
    Permission::ViewReports,
    Permission::Export,
];
pub const SECRETARY: &[Permission] =
    &[Permission::ViewUnits, Permission::ViewMembers, Permission::EditMembers, Permission::ViewReports];

pub fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

pub fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

fn unit(number: u8, name: &str, (kind, setting): (Kind, Setting), parent: Option<u8>) -> NewUnit {
    let facts = Facts { name: name.to_owned(), short: name.to_owned(), kind, setting, code: String::new() };
    NewUnit::new(id(number), parent.map(id), facts, day(1930, 2, 3))
}

pub struct World {
    stage: Stage,
    /// Insured, in the branch.
    pub an: Id<Person>,
    /// Pensioner, in the branch.
    pub binh: Id<Person>,
    /// Fifty years of Party age, in the branch.
    pub cuc: Id<Person>,
    /// Student, in the other branch.
    pub dung: Id<Person>,
}

impl std::ops::Deref for World {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
}

fn enter(test: &TestDb, name: &str, unit: u8, admitted: Day) -> Id<Person> {
    let official = Some(admitted.plus_months(12));
    let member = NewMember {
        name: name.to_owned(),
        birth: Some(admitted.plus_months(-12 * 20)),
        sex: 1,
        admitted: Some(admitted),
        official,
        postings: vec![(id(unit), admitted)],
        standings: standings_from_dates(Some(admitted), official, admitted),
        ..NewMember::default()
    };
    test.db.write(&Viewer::program("test"), |op| chibo_members::actions::enter(op, &member)).unwrap()
}

fn pays(test: &TestDb, person: Id<Person>, category: Category, base: Option<i64>) {
    let from = Month::of(day(2026, 1, 1));
    let stated = Stated { from, category, base, ground: None, region: 1, note: String::new() };
    test.db.write(&Viewer::program("test"), |op| state(op, person, &stated)).unwrap();
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
            chibo_fees::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", (Kind::City, Setting::Province), None),
            unit(WARD, "Đảng bộ phường Một", (Kind::Base, Setting::Ward), Some(CITY)),
            unit(SCHOOL, "Đảng bộ Đại học", (Kind::Base, Setting::School), Some(CITY)),
            unit(BRANCH, "Chi bộ Khu phố 1", (Kind::Branch, Setting::Quarter), Some(WARD)),
            unit(OTHER_BRANCH, "Chi bộ Khu phố 2", (Kind::Branch, Setting::Quarter), Some(WARD)),
            unit(FAR_BRANCH, "Chi bộ Khoa Toán", (Kind::Branch, Setting::School), Some(SCHOOL)),
        ];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let an = enter(&test, "Trần Văn An", BRANCH, day(2010, 1, 15));
        let binh = enter(&test, "Lê Thị Bình", BRANCH, day(1985, 5, 19));
        let cuc = enter(&test, "Ngô Thị Cúc", BRANCH, day(1970, 2, 3));
        let dung = enter(&test, "Phạm Dung", OTHER_BRANCH, day(2024, 5, 19));
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        test.db.put_beside(census.clone());
        pays(&test, an, Category::Insured, Some(10_000_000));
        pays(&test, binh, Category::Pensioner, Some(6_000_000));
        pays(&test, dung, Category::Student, None);
        let own = vec![chibo_fees::capability()];
        let members = chibo_members::capability().words;
        let stage = Stage::set(test, census, own, &[chibo_organisation::WORDS, members]);
        Self { stage, an, binh, cuc, dung }
    }

    /// The board of the city.
    pub fn board(&self) -> Viewer {
        self.viewer(id(CITY), BOARD)
    }

    /// Whoever keeps the book of a unit.
    pub fn secretary(&self, unit: u8) -> Viewer {
        self.viewer(id(unit), SECRETARY)
    }

    /// Writes the book of a unit and month.
    pub fn book(&self, unit: u8, month: &str, more: &[(&str, &str)]) -> Result<String, String> {
        let url = format!("/fees/units/{}?month={month}", id(unit));
        self.send(&self.secretary(unit), &url, more)
    }

    /// Closes a first book where these have not paid.
    pub fn close(&self, unit: u8, month: &str, unpaid: &[Id<Person>]) {
        let ids: Vec<String> = unpaid.iter().map(ToString::to_string).collect();
        let mut form: Vec<(&str, &str)> = vec![("seen", "0"), ("act", "close")];
        form.extend(ids.iter().map(|id| ("unpaid", id.as_str())));
        self.book(unit, month, &form).unwrap();
    }
}

impl World {
    /// A request of a branch's secretary, for what is asked outside of pages.
    pub fn house_visit(&self, unit: u8) -> chibo_web::Visit<'_> {
        self.visit(chibo_web::words::Lang::Vi, &self.secretary(unit), "/today")
    }
}

impl World {
    /// Where an address leads a branch's secretary.
    pub fn send_get(&self, unit: u8, url: &str) -> String {
        match self.ask(chibo_web::words::Lang::Vi, &self.secretary(unit), "GET", url, &[]) {
            Ok(chibo_web::Reply::Redirect(to)) => to,
            other => panic!("{url}: {other:?}"),
        }
    }
}
