//! A city with two schools, each with a branch, where a made-up capability finds deeds to be done.

use chibo_organisation::rules::Facts;
use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Permission, Problem, Said, Unit, Viewer};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_testkit::{Stage, TODAY, TestDb, engines};
use chibo_web::{Capability, Duty, DutySource, Visit};

pub const CITY: u8 = 1;
pub const SCHOOL: u8 = 2;
pub const OTHER: u8 = 3;
pub const BRANCH: u8 = 4;
pub const OTHER_BRANCH: u8 = 5;

pub fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
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
        Day::from_ymd(2000, 1, 1).unwrap(),
    )
}

/// Duties: unit and days from today, none for no day.
const DEEDS: [(u8, Option<i32>); 7] = [
    (BRANCH, Some(-2)),
    (BRANCH, Some(0)),
    (BRANCH, Some(5)),
    (OTHER_BRANCH, Some(5)),
    (OTHER_BRANCH, Some(20)),
    (SCHOOL, Some(90)),
    (OTHER, None),
];

fn find(_: &Visit<'_>, each: &mut dyn FnMut(Duty)) -> Result<(), Problem> {
    for (unit, days) in DEEDS {
        let due = days.map_or(Day::FOREVER, |days| TODAY.plus_days(days));
        let said = Said::new("today-act");
        each(Duty { rule: "ORG-12", unit: id(unit), said, due, href: format!("/deeds/{}", id(unit)) });
    }
    Ok(())
}

fn deeds() -> Capability {
    let source = DutySource { name: "deeds", title: "today-sort", needs: Permission::EditUnits, find };
    Capability {
        name: "deeds",
        migrations: &[],
        statements: Vec::new(),
        routes: Vec::new(),
        jobs: Vec::new(),
        duties: vec![source],
        menu: Vec::new(),
        words: ("", ""),
        ..Capability::default()
    }
}

pub struct World(Stage);

impl std::ops::Deref for World {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.0
    }
}

impl World {
    /// Runs a scenario on every engine.
    pub fn each(mut scenario: impl FnMut(&World)) {
        engines().into_iter().for_each(|engine| scenario(&Self::on(engine)));
    }

    fn on(engine: &str) -> Self {
        let migrations = [chibo_store::MIGRATIONS, chibo_organisation::MIGRATIONS];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, None),
            unit(SCHOOL, "Đảng bộ Đại học", Kind::Base, Some(CITY)),
            unit(OTHER, "Đảng bộ Cao đẳng", Kind::Base, Some(CITY)),
            unit(BRANCH, "Chi bộ Khoa Toán", Kind::Branch, Some(SCHOOL)),
            unit(OTHER_BRANCH, "Chi bộ Khoa Điện", Kind::Branch, Some(OTHER)),
        ];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let census = Arc::new(Census::default());
        census.replace_forest(test.db.read(|tx| chibo_organisation::load_forest(tx, None)).unwrap());
        let own = vec![chibo_today::capability(), deeds()];
        Self(Stage::set(test, census, own, &[chibo_organisation::WORDS]))
    }

    /// Somebody who acts in a unit.
    pub fn officer(&self, unit: u8) -> Viewer {
        self.viewer(id(unit), &[Permission::ViewUnits, Permission::EditUnits, Permission::Export])
    }
}
