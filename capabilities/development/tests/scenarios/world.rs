//! A city with two base organisations and a branch in each, a section with a branch in the first, and a base branch; three official members and one on probation in the first.

use chibo_organisation::rules::Facts;
use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Permission, Person, Unit, Viewer};
use chibo_members::rules::{NewMember, standings_from_dates};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_testkit::{Stage, TestDb, engines};

pub const CITY: u8 = 1;
pub const SCHOOL: u8 = 2;
pub const BRANCH: u8 = 4;
pub const OTHER_BRANCH: u8 = 5;
/// Below a section of the school.
pub const SECTION_BRANCH: u8 = 7;
/// A base organisation itself.
pub const BASE_BRANCH: u8 = 8;

pub const BOARD: &[Permission] =
    &[Permission::ViewUnits, Permission::ViewMembers, Permission::EditMembers, Permission::Export];
pub const SECRETARY: &[Permission] = &[Permission::ViewUnits, Permission::ViewMembers, Permission::EditMembers];

pub fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

pub fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
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

pub struct World {
    stage: Stage,
    /// Official since 2011, in the school's branch.
    pub an: Id<Person>,
    /// On probation since 10 November 2025, in the school's branch.
    pub giang: Id<Person>,
    /// Official since 2011, left the Party in 2020; of the school's branch.
    pub kha: Id<Person>,
}

impl std::ops::Deref for World {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
}

fn enter(test: &TestDb, name: &str, unit: u8, admitted: Day, official: Option<Day>) -> Id<Person> {
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
    let entered = test.db.write(&Viewer::program("test"), |op| chibo_members::actions::enter(op, &member));
    entered.unwrap()
}

/// A member from 2010 until he left in 2020.
fn left(test: &TestDb) -> Id<Person> {
    let (admitted, official) = (day(2010, 1, 15), day(2011, 1, 15));
    let member = NewMember {
        name: "Hồ Văn Kha".to_owned(),
        birth: Some(day(1985, 1, 15)),
        sex: 1,
        admitted: Some(admitted),
        official: Some(official),
        postings: vec![(id(BRANCH), admitted)],
        standings: vec![(1, admitted), (2, official), (6, day(2020, 5, 1))],
        ..NewMember::default()
    };
    test.db.write(&Viewer::program("test"), |op| chibo_members::actions::enter(op, &member)).unwrap()
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
            chibo_development::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, None),
            unit(SCHOOL, "Đảng bộ Đại học", Kind::Base, Some(CITY)),
            unit(3, "Đảng bộ Cao đẳng", Kind::Base, Some(CITY)),
            unit(BRANCH, "Chi bộ Khoa Toán", Kind::Branch, Some(SCHOOL)),
            unit(OTHER_BRANCH, "Chi bộ Khoa Điện", Kind::Branch, Some(3)),
            unit(6, "Đảng bộ bộ phận Khối Tự nhiên", Kind::Section, Some(SCHOOL)),
            unit(SECTION_BRANCH, "Chi bộ Khoa Lý", Kind::Branch, Some(6)),
            unit(BASE_BRANCH, "Chi bộ Trung tâm Tin học", Kind::BaseBranch, Some(CITY)),
        ];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let an = enter(&test, "Trần Văn An", BRANCH, day(2010, 1, 15), Some(day(2011, 1, 15)));
        for name in ["Lê Thị Bình", "Ngô Mai Chi"] {
            enter(&test, name, BRANCH, day(2010, 1, 15), Some(day(2011, 1, 15)));
        }
        enter(&test, "Bùi Văn Lâm", SCHOOL, day(2026, 5, 19), None);
        enter(&test, "Phạm Văn Dũng", OTHER_BRANCH, day(2010, 1, 15), Some(day(2011, 1, 15)));
        let giang = enter(&test, "Võ Thị Giang", BRANCH, day(2025, 11, 10), None);
        let kha = left(&test);
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        let own = vec![chibo_development::capability()];
        let members = chibo_members::capability().words;
        let stage = Stage::set(test, census, own, &[chibo_organisation::WORDS, members]);
        Self { stage, an, giang, kha }
    }

    /// The board of the city.
    pub fn board(&self) -> Viewer {
        self.viewer(id(CITY), BOARD)
    }

    /// The board with the right to load spreadsheets.
    pub fn importer(&self) -> Viewer {
        self.viewer(id(CITY), &[BOARD, &[Permission::Import]].concat())
    }

    /// The secretary of a branch.
    pub fn secretary(&self, unit: u8) -> Viewer {
        self.viewer(id(unit), SECRETARY)
    }
}
