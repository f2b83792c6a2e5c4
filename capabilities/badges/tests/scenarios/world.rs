//! A city with two base organisations and a branch in each; members whose thirty years are reached this winter.

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

pub const BOARD: &[Permission] = &[
    Permission::ViewUnits,
    Permission::ViewMembers,
    Permission::EditMembers,
    Permission::DecideBadges,
    Permission::Export,
];
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
    /// Reaches thirty years on 15 January 2027, in the school.
    pub an: Id<Person>,
    /// Reaches thirty years on 15 June 2027, in the school.
    pub binh: Id<Person>,
    /// Reaches forty-five years on 28 February 2027, in the other branch.
    pub chi: Id<Person>,
}

impl std::ops::Deref for World {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
}

fn enter(db: &chibo_store::Db, name: &str, unit: u8, admitted: Day) -> Id<Person> {
    let official = admitted.plus_months(12);
    let member = NewMember {
        name: name.to_owned(),
        birth: Some(admitted.plus_months(-12 * 20)),
        sex: 1,
        admitted: Some(admitted),
        official: Some(official),
        postings: vec![(id(unit), admitted)],
        standings: standings_from_dates(Some(admitted), Some(official), admitted),
        ..NewMember::default()
    };
    let entered = db.write(&Viewer::program("test"), |op| chibo_members::actions::enter(op, &member));
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
            chibo_badges::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, None),
            unit(SCHOOL, "Đảng bộ Đại học", Kind::Base, Some(CITY)),
            unit(3, "Đảng bộ Cao đẳng", Kind::Base, Some(CITY)),
            unit(BRANCH, "Chi bộ Khoa Toán", Kind::Branch, Some(SCHOOL)),
            unit(OTHER_BRANCH, "Chi bộ Khoa Điện", Kind::Branch, Some(3)),
        ];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let an = enter(&test.db, "Trần Văn An", BRANCH, day(1997, 1, 15));
        let binh = enter(&test.db, "Lê Thị Bình", BRANCH, day(1997, 6, 15));
        let chi = enter(&test.db, "Ngô Mai Chi", OTHER_BRANCH, day(1982, 2, 28));
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        let own = vec![chibo_badges::capability()];
        let members = chibo_members::capability().words;
        let stage = Stage::set(test, census, own, &[chibo_organisation::WORDS, members]);
        Self { stage, an, binh, chi }
    }

    /// One more member, official twelve months after the admission.
    pub fn enter(&self, name: &str, unit: u8, admitted: Day) -> Id<Person> {
        let person = enter(&self.house.db, name, unit, admitted);
        chibo_members::columns::fill(&self.house.db, &self.house.census).unwrap();
        person
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
