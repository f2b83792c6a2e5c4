//! A city with a base organisation, a branch of ten members and a branch of three; a second base organisation beside.

use chibo_organisation::rules::Facts;
use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Permission, Person, Unit, Viewer};
use chibo_members::rules::{NewMember, standings_from_dates};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_testkit::{Stage, TestDb, Typed, engines};

pub const CITY: u8 = 1;
pub const SCHOOL: u8 = 2;
pub const OTHER: u8 = 3;
pub const BRANCH: u8 = 4;
pub const SMALL: u8 = 5;

pub const OFFICER: &[Permission] =
    &[Permission::ViewUnits, Permission::EditUnits, Permission::ViewMembers, Permission::Export];
pub const READER: &[Permission] = &[Permission::ViewUnits];

/// The members of the large branch, then those of the small one.
pub const NAMES: [&str; 10] = [
    "Trần Văn An",
    "Lê Thị Bình",
    "Ngô Mai Chi",
    "Phạm Quốc Dũng",
    "Vũ Thu Hà",
    "Đỗ Minh Khang",
    "Bùi Thị Lan",
    "Hồ Văn Nam",
    "Đặng Thị Oanh",
    "Phan Văn Phúc",
];
pub const FEW: [&str; 3] = ["Lý Văn Quang", "Mai Thị Sen", "Tô Văn Tài"];

pub fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

pub fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

/// The page of a unit, with what follows in the address.
pub fn at(number: u8, rest: &str) -> String {
    format!("/committees/units/{}{rest}", id(number))
}

fn unit(number: u8, name: &str, kind: Kind, parent: Option<u8>) -> NewUnit {
    NewUnit::new(
        id(number),
        parent.map(id),
        Facts {
            name: name.to_owned(),
            short: name.to_owned(),
            kind,
            setting: if kind == Kind::City { Setting::Province } else { Setting::School },
            code: String::new(),
        },
        day(1930, 2, 3),
    )
}

fn enter(test: &TestDb, name: &str, unit: u8) -> Id<Person> {
    let admitted = day(2010, 5, 19);
    let official = admitted.plus_months(12);
    let member = NewMember {
        name: name.to_owned(),
        birth: Some(day(1980, 1, 1)),
        sex: 1,
        admitted: Some(admitted),
        official: Some(official),
        postings: vec![(id(unit), admitted)],
        standings: standings_from_dates(Some(admitted), Some(official), admitted),
        ..NewMember::default()
    };
    test.db.write(&Viewer::program("test"), |op| chibo_members::actions::enter(op, &member)).unwrap()
}

pub struct World {
    stage: Stage,
    /// The members of the large branch, in the order of their names above.
    pub people: Vec<Id<Person>>,
}

impl std::ops::Deref for World {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
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
            chibo_committees::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, None),
            unit(SCHOOL, "Đảng bộ Đại học", Kind::Base, Some(CITY)),
            unit(OTHER, "Đảng bộ Cao đẳng", Kind::Base, Some(CITY)),
            unit(BRANCH, "Chi bộ Khoa Toán", Kind::Branch, Some(SCHOOL)),
            unit(SMALL, "Chi bộ Thư viện", Kind::Branch, Some(SCHOOL)),
        ];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let people = NAMES.iter().map(|name| enter(&test, name, BRANCH)).collect();
        for name in FEW {
            enter(&test, name, SMALL);
        }
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        let own = vec![chibo_committees::capability()];
        let members = chibo_members::capability().words;
        let stage = Stage::set(test, census, own, &[chibo_organisation::WORDS, members]);
        Self { stage, people }
    }

    /// The officer of a unit.
    pub fn officer(&self, unit: u8) -> Viewer {
        self.viewer(id(unit), OFFICER)
    }

    /// Sends a form as the officer of the base organisation.
    pub fn post(&self, unit: u8, rest: &str, form: Typed<'_>) -> Result<String, String> {
        self.send(&self.officer(SCHOOL), &at(unit, rest), form)
    }

    /// A term of the large branch with three seats and one deputy since 1 September 2026.
    pub fn term(&self) {
        let form = [("ordinal", "5"), ("committee", "3"), ("deputies", "1")];
        self.post(BRANCH, "/terms", &[&TERM[..], &form].concat()).unwrap();
    }

    /// The congress of the large branch elects the first three; the fourth gets four votes of ten.
    pub fn congress(&self) {
        self.term();
        let named = [("person-1", NAMES[0]), ("person-2", NAMES[1]), ("person-3", NAMES[2]), ("person-4", NAMES[3])];
        let votes = [("votes-1", "9"), ("votes-2", "8"), ("votes-3", "7"), ("votes-4", "4")];
        let what = [("role", "branch-committee-member"), ("seats", "3")];
        self.post(BRANCH, "/elections", &[&COUNT[..], &what, &named, &votes].concat()).unwrap();
    }
}

/// What every form of a first term says.
pub const TERM: [(&str, &str); 6] = [
    ("after", "0"),
    ("corrects", "0"),
    ("origin", "regular"),
    ("congress", "1/9/2026"),
    ("from", "1/9/2026"),
    ("to", ""),
];

/// Ten members at the congress, all present, all ballots valid.
pub const COUNT: [(&str, &str); 7] = [
    ("gathering", "congress"),
    ("on", "1/9/2026"),
    ("summoned", "10"),
    ("present", "10"),
    ("issued", "10"),
    ("returned", "10"),
    ("valid", "10"),
];
