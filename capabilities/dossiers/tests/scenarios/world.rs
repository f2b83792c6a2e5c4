//! A city with a ward and two branches; three members, one of them admitted long ago.

use std::sync::Arc;

use chibo_census::Census;
use chibo_dossiers::rules::items::{Draft, Values};
use chibo_dossiers::rules::parts::{PARTS, Part};
use chibo_kernel::{Day, Id, Permission, Person, Unit, Viewer};
use chibo_members::rules::{NewMember, Secrets, standings_from_dates};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Facts;
use chibo_testkit::{Stage, TestDb, engines};
use chibo_web::{Capability, SheetItem};

pub const CITY: u8 = 1;
pub const WARD: u8 = 2;
pub const BRANCH: u8 = 3;
pub const OTHER: u8 = 4;

/// Keeps dossiers.
pub const KEEPER: &[Permission] = &[
    Permission::ViewUnits,
    Permission::ViewMembers,
    Permission::EditMembers,
    Permission::RevealSecrets,
    Permission::Export,
    Permission::ViewAudit,
];
/// Edits, opens nothing.
pub const SECRETARY: &[Permission] = &[Permission::ViewUnits, Permission::ViewMembers, Permission::EditMembers];
/// Only looks.
pub const READER: &[Permission] = &[Permission::ViewUnits, Permission::ViewMembers];

pub fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

pub fn day(text: &str) -> Day {
    Day::from_iso(text).unwrap()
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
        day("1930-02-03"),
    )
}

pub struct World {
    stage: Stage,
    /// Official since 2011, first branch.
    pub an: Id<Person>,
    /// Admitted in 1990, first branch.
    pub binh: Id<Person>,
    /// In the other branch.
    pub chi: Id<Person>,
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
        birth: Some(admitted.plus_months(-12 * 25)),
        sex: 1,
        admitted: Some(admitted),
        official,
        secrets: Secrets { phone: "0987000111".to_owned(), ..Secrets::default() },
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
        engines().into_iter().for_each(|engine| scenario(&Self::on(engine, Vec::new())));
    }

    /// The same beside a capability that keeps items of the sheet.
    pub fn each_with(sheet: Vec<SheetItem>, mut scenario: impl FnMut(&World)) {
        engines().into_iter().for_each(|engine| scenario(&Self::on(engine, sheet.clone())));
    }

    fn on(engine: &str, sheet: Vec<SheetItem>) -> Self {
        let migrations = [
            chibo_store::MIGRATIONS,
            chibo_organisation::MIGRATIONS,
            chibo_members::MIGRATIONS,
            chibo_dossiers::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, None),
            unit(WARD, "Đảng bộ Phường Một", Kind::Base, Some(CITY)),
            unit(BRANCH, "Chi bộ Khu phố 1", Kind::Branch, Some(WARD)),
            unit(OTHER, "Chi bộ Khu phố 2", Kind::Branch, Some(WARD)),
        ];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let an = enter(&test, "Trần Văn An", BRANCH, day("2010-01-15"));
        let binh = enter(&test, "Lê Thị Bình", BRANCH, day("1990-05-19"));
        let chi = enter(&test, "Phạm Văn Chi", OTHER, day("2015-02-03"));
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        test.db.put_beside(census.clone());
        let follower = census.clone();
        test.db.observe(move |db, _| chibo_members::columns::fill(db, &follower).unwrap());
        let honours = Capability { name: "honours", sheet, ..Capability::default() };
        let own = vec![chibo_dossiers::capability(), chibo_members::capability(), honours];
        let stage = Stage::set(test, census, own, &[chibo_organisation::WORDS]);
        Self { stage, an, binh, chi }
    }

    /// The keeper of the ward's dossiers.
    pub fn keeper(&self) -> Viewer {
        self.viewer(id(WARD), KEEPER)
    }

    /// The secretary of a branch.
    pub fn secretary(&self, unit: u8) -> Viewer {
        self.person(2, id(unit), SECRETARY)
    }

    /// Adds a row whose every field, secret or not, says `says(field)` where it takes text.
    pub fn fill(&self, person: Id<Person>, part: &'static Part, says: impl Fn(&str) -> String) -> Draft {
        use chibo_dossiers::rules::parts::Kind as Takes;
        let (mut shown, mut secret) = (Values::new(), Values::new());
        for (no, field) in part.fields.iter().enumerate() {
            let value = match field.kind {
                Takes::Line | Takes::Lines => says(field.code),
                Takes::Choice(choices) => choices[0].0.to_owned(),
                Takes::Year => "1934".to_owned(),
                Takes::Money => format!("98765432{no}"),
                Takes::Day => "2001-02-03".to_owned(),
            };
            let values = if field.secret { &mut secret } else { &mut shown };
            values.insert(field.code.to_owned(), value);
        }
        let draft = Draft { shown, secret, from: day("2001-02-03"), to: Day::FOREVER };
        let viewer = self.keeper();
        self.house.db.write(&viewer, |op| chibo_dossiers::actions::add(op, person, part, &draft)).unwrap();
        draft
    }

    /// Fills every part of a member.
    pub fn fill_all(&self, person: Id<Person>, says: impl Fn(&str, &str) -> String) -> Vec<(&'static Part, Draft)> {
        PARTS.iter().map(|part| (part, self.fill(person, part, |field| says(part.code, field)))).collect()
    }
}

/// The address of a dossier.
pub fn dossier(person: Id<Person>, below: &str) -> String {
    format!("/dossiers/members/{person}{below}")
}

/// What stands between two texts of a page.
pub fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    page.split(from).nth(1).and_then(|rest| rest.split(to).next()).unwrap_or_else(|| panic!("no {from} in {page}"))
}
