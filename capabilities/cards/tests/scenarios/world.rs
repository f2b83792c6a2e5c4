//! A city with a base organisation of two branches and another of one; members with and without a card.

use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Permission, Person, Unit, Viewer};
use chibo_members::rules::{NewMember, Secrets, standings_from_dates};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Facts;
use chibo_testkit::{Stage, TestDb, engines};

pub const CITY: u8 = 1;
pub const SCHOOL: u8 = 2;
pub const COLLEGE: u8 = 3;
pub const BRANCH: u8 = 4;
pub const OTHER_BRANCH: u8 = 5;
pub const FAR_BRANCH: u8 = 6;

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
    /// Official since 1 November 2026, identified, without a dossier number.
    pub an: Id<Person>,
    /// Official for long, identified.
    pub binh: Id<Person>,
    /// On probation.
    pub chi: Id<Person>,
    /// Official for long, in the other branch, without an identification number.
    pub dung: Id<Person>,
    /// Official for long, in the far branch.
    pub ha: Id<Person>,
}

impl std::ops::Deref for World {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
}

struct New<'a> {
    name: &'a str,
    unit: u8,
    admitted: Day,
    official: Option<Day>,
    identity: &'a str,
    file: &'a str,
}

fn enter(test: &TestDb, new: &New<'_>) -> Id<Person> {
    let member = NewMember {
        name: new.name.to_owned(),
        birth: Some(new.admitted.plus_months(-12 * 20)),
        sex: 1,
        admitted: Some(new.admitted),
        official: new.official,
        file_no: new.file.to_owned(),
        secrets: Secrets { identity: new.identity.to_owned(), ..Secrets::default() },
        postings: vec![(id(new.unit), new.admitted)],
        standings: standings_from_dates(Some(new.admitted), new.official, new.admitted),
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
            chibo_cards::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, None),
            unit(SCHOOL, "Đảng bộ Đại học", Kind::Base, Some(CITY)),
            unit(COLLEGE, "Đảng bộ Cao đẳng", Kind::Base, Some(CITY)),
            unit(BRANCH, "Chi bộ Khoa Toán", Kind::Branch, Some(SCHOOL)),
            unit(OTHER_BRANCH, "Chi bộ Khoa Hóa", Kind::Branch, Some(SCHOOL)),
            unit(FAR_BRANCH, "Chi bộ Khoa Điện", Kind::Branch, Some(COLLEGE)),
        ];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let new = |name, unit, admitted: Day, official, identity, file| {
            enter(&test, &New { name, unit, admitted, official, identity, file })
        };
        let (old, since) = (day(2010, 1, 15), Some(day(2011, 1, 15)));
        let an = new("Trần Văn An", BRANCH, day(2025, 11, 1), Some(day(2026, 11, 1)), "079205000111", "");
        let binh = new("Lê Văn Bình", BRANCH, old, since, "079090000222", "000101HCM");
        let chi = new("Ngô Mai Chi", BRANCH, day(2026, 5, 1), None, "079205000333", "");
        let dung = new("Đỗ Văn Dũng", OTHER_BRANCH, old, since, "", "000102HCM");
        let ha = new("Vũ Văn Hà", FAR_BRANCH, old, since, "079090000555", "000301HCM");
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        test.db.put_beside(census.clone());
        let own = vec![chibo_cards::capability()];
        let members = chibo_members::capability().words;
        let stage = Stage::set(test, census, own, &[chibo_organisation::WORDS, members]);
        Self { stage, an, binh, chi, dung, ha }
    }

    /// The board of the city.
    pub fn board(&self) -> Viewer {
        self.viewer(id(CITY), BOARD)
    }

    /// Whoever works for a unit: a secretary, an officer.
    pub fn secretary(&self, unit: u8) -> Viewer {
        self.person(unit + 1, id(unit), SECRETARY)
    }

    /// The address of a member's card.
    pub fn card(&self, person: Id<Person>) -> String {
        format!("/cards/members/{person}")
    }

    /// A card that was in the member's hands already.
    pub fn has_old(&self, person: Id<Person>, number: &str) {
        let form = [
            ("act", "step"),
            ("seen", "0"),
            ("step", "recorded"),
            ("on", "19/5/2011"),
            ("model", "old"),
            ("old", number),
        ];
        self.send(&self.board(), &self.card(person), &form).unwrap();
    }

    /// Duties found by a source: rule, unit, last day.
    pub fn duties(&self, source: &str) -> Vec<(&'static str, Id<Unit>, Day)> {
        let mut found = Vec::new();
        let cards = self.house.capabilities.iter().find(|own| own.name == "cards").unwrap();
        let source = cards.duties.iter().find(|one| one.name == source).unwrap();
        let who = self.board();
        let visit = self.visit(chibo_web::words::Lang::Vi, &who, "/today");
        (source.find)(&visit, &mut |duty| found.push((duty.rule, duty.unit, duty.due))).unwrap();
        found.sort_unstable();
        found
    }
}
