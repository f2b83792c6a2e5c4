//! A city with two base organisations and branches in them; five members in the first branch, one of them on probation.

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
pub const COLLEGE: u8 = 3;
pub const BRANCH: u8 = 4;
pub const OTHER_BRANCH: u8 = 5;
pub const NEITHER: u8 = 6;
/// Holds the membership of former times; met never.
pub const PAST: u8 = 7;

pub const BOARD: &[Permission] = &[
    Permission::ViewUnits,
    Permission::ViewMembers,
    Permission::EditMembers,
    Permission::EditUnits,
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
    /// The members of the first branch, by name; the last one is on probation.
    pub people: Vec<Id<Person>>,
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
            chibo_meetings::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, None),
            unit(SCHOOL, "Đảng bộ Đại học", Kind::Base, Some(CITY)),
            unit(COLLEGE, "Đảng bộ Cao đẳng", Kind::Base, Some(CITY)),
            unit(BRANCH, "Chi bộ Khoa Toán", Kind::Branch, Some(SCHOOL)),
            unit(OTHER_BRANCH, "Chi bộ Khoa Điện", Kind::Branch, Some(COLLEGE)),
            unit(NEITHER, "Chi bộ Khoa Hóa", Kind::Branch, Some(SCHOOL)),
            unit(PAST, "Tổ chức đảng trước đây", Kind::History, Some(CITY)),
        ];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let names = ["Trần Văn An", "Trần Văn Bình", "Trần Văn Cường", "Trần Văn Dũng"];
        let mut people: Vec<_> =
            names.iter().map(|name| enter(&test, name, BRANCH, day(2010, 1, 15), Some(day(2011, 1, 15)))).collect();
        people.push(enter(&test, "Trần Văn Yên", BRANCH, day(2026, 3, 15), None));
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        test.db.put_beside(census.clone());
        let own = vec![chibo_meetings::capability()];
        let members = chibo_members::capability().words;
        let stage = Stage::set(test, census, own, &[chibo_organisation::WORDS, members]);
        Self { stage, people }
    }

    /// The board of the city.
    pub fn board(&self) -> Viewer {
        self.viewer(id(CITY), BOARD)
    }

    /// The secretary of a branch.
    pub fn secretary(&self, unit: u8) -> Viewer {
        self.viewer(id(unit), SECRETARY)
    }
}
