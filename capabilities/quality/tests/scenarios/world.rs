//! A city with two ward organisations, their branches and members.

use chibo_organisation::rules::Facts;
use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Permission, Person, Unit, Viewer};
use chibo_members::rules::{NewMember, standings_from_dates};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_store::jobs::run_next;
use chibo_testkit::{Stage, TODAY, TestDb, engines};

pub const CITY: u8 = 1;
pub const NORTH: u8 = 10;
pub const SOUTH: u8 = 11;
/// Branches of the north, of the south.
pub const QUARTER_1: u8 = 100;
pub const QUARTER_2: u8 = 101;
pub const QUARTER_9: u8 = 110;

pub const BOARD: &[Permission] =
    &[Permission::ViewUnits, Permission::EditMembers, Permission::ViewMembers, Permission::Import, Permission::Export];

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
}

impl std::ops::Deref for World {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
}

fn enter(test: &TestDb, name: &str, unit: u8) {
    let member = NewMember { name: name.to_owned(), ..sound(unit) };
    let entered = test.db.write(&Viewer::program("test"), |op| chibo_members::actions::enter(op, &member));
    entered.unwrap();
}

/// A member of a branch with whom nothing is wrong but what is missing in every new record.
pub fn sound(unit: u8) -> NewMember {
    let (admitted, official) = (TODAY.plus_months(-120), TODAY.plus_months(-108));
    NewMember {
        name: "Trần Văn An".to_owned(),
        birth: Some(TODAY.plus_months(-12 * 40)),
        sex: 1,
        admitted: Some(admitted),
        official: Some(official),
        postings: vec![(id(unit), admitted)],
        standings: standings_from_dates(Some(admitted), Some(official), admitted),
        ..NewMember::default()
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
            chibo_quality::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units(), now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let names = ["Trần Văn An", "Lê Thị Bình", "Ngô Mai Chi", "Phạm Duy"];
        names.iter().for_each(|name| enter(&test, name, QUARTER_1));
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        let own = vec![chibo_members::capability(), chibo_organisation::capability(), chibo_quality::capability()];
        let stage = Stage::set(test, census, own, &[]);
        Self { stage }
    }

    /// Looks after the whole city.
    pub fn board(&self) -> Viewer {
        self.person(1, id(CITY), BOARD)
    }

    /// Looks after the south only.
    pub fn southerner(&self) -> Viewer {
        self.person(4, id(SOUTH), BOARD)
    }

    /// Looks after the north only.
    pub fn northerner(&self) -> Viewer {
        self.person(3, id(NORTH), BOARD)
    }

    /// Runs background work until none is due; columns follow.
    pub fn work(&self) {
        self.clock.pass(1);
        while run_next(&self.house.db, &chibo_quality::capability().jobs).unwrap() {}
        self.settle();
    }

    /// Columns follow, as they do after every commit of the program.
    pub fn settle(&self) {
        chibo_members::columns::fill(&self.house.db, &self.house.census).unwrap();
    }

    /// Enters somebody whose record is wrong.
    pub fn enter(&self, member: &NewMember) -> Id<Person> {
        self.clock.pass(1);
        let entered = self.house.db.write(&Viewer::program("test"), |op| chibo_members::actions::enter(op, member));
        self.settle();
        entered.unwrap()
    }
}
