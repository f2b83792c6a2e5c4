//! A city with two base organisations, their branches and members, and somebody asking for pages.

use chibo_organisation::rules::Facts;
use std::sync::Arc;

use chibo_census::{Census, Forest, PersonFacts, StateRow};
use chibo_kernel::{Day, Id, Moment, Permission, Problem, Unit, Viewer};
use chibo_organisation::actions::{load_offices, load_units};
use chibo_organisation::kinds::{Kind, Role, Setting};
use chibo_organisation::rules::How;
use chibo_organisation::{NewOffice, NewUnit};
use chibo_testkit::{Stage, TODAY, TestDb, engines};

pub const CITY: u8 = 1;
pub const SCHOOL: u8 = 2;
pub const OFFICE: u8 = 3;
pub const SCHOOL_BRANCH: u8 = 4;
pub const OTHER_SCHOOL_BRANCH: u8 = 5;
pub const OFFICE_BRANCH: u8 = 6;

pub const OFFICER: &[Permission] = &[Permission::ViewUnits, Permission::EditUnits, Permission::Export];
pub const READER: &[Permission] = &[Permission::ViewUnits];

pub fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

/// The form about the consent for a unit.
pub fn consent(number: u8) -> String {
    format!("/alerts/consents/{}", id(number))
}

fn unit(number: u8, name: &str, kind: Kind, setting: Setting, parent: Option<u8>) -> NewUnit {
    NewUnit::new(
        id(number),
        parent.map(id),
        Facts { name: name.to_owned(), short: name.to_owned(), kind, setting, code: String::new() },
        Day::from_ymd(2000, 1, 1).unwrap(),
    )
}

/// A branch with a secretary, a deputy and three more; the others have nobody in office.
fn offices() -> Vec<NewOffice> {
    use Role::{BranchCommitteeMember, Deputy, Secretary};
    let roles = [Secretary, Deputy, BranchCommitteeMember, BranchCommitteeMember, BranchCommitteeMember];
    let office = |(number, role): (u8, Role)| NewOffice {
        unit: id(SCHOOL_BRANCH),
        person: Id::from_bytes([200 + number; 16]),
        role,
        from: Day::from_ymd(2020, 1, 1).unwrap(),
        to: Day::FOREVER,
        how: How::Elected,
        decision: String::new(),
    };
    (0u8..).zip(roles).map(office).collect()
}

/// 31 official members in one branch, 2 since March 2026 in another, 10 in the office.
fn people(forest: &Forest) -> Vec<PersonFacts> {
    let long_ago = Day::from_ymd(2001, 1, 1).unwrap();
    let lately = Day::from_ymd(2026, 3, 1).unwrap();
    let groups = [(SCHOOL_BRANCH, 31, long_ago), (OTHER_SCHOOL_BRANCH, 2, lately), (OFFICE_BRANCH, 10, long_ago)];
    let branches = groups.iter().flat_map(|(branch, count, joined)| vec![(*branch, *joined); *count]);
    let facts = |(number, (branch, joined)): (u8, (u8, Day))| PersonFacts {
        admitted: Some(joined),
        official: Some(joined),
        states: vec![StateRow {
            unit: forest.no(id(branch)).unwrap(),
            valid_from: joined,
            valid_to: Day::FOREVER,
            recorded: Moment(0),
            superseded: Moment::FOREVER,
            standing: 2,
            education: 4,
            degree: 1,
            theory: 1,
            occupation: 1,
        }],
        ..PersonFacts::named(Id::from_bytes([100 + number; 16]), "Nguyễn Văn An")
    };
    (0u8..).zip(branches).map(facts).collect()
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
        let db = &test.db;
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, Setting::Province, None),
            unit(SCHOOL, "Đảng bộ Đại học", Kind::Base, Setting::School, Some(CITY)),
            unit(OFFICE, "Đảng bộ Cơ quan", Kind::Base, Setting::Office, Some(CITY)),
            unit(SCHOOL_BRANCH, "Chi bộ Khoa Toán", Kind::Branch, Setting::School, Some(SCHOOL)),
            unit(OTHER_SCHOOL_BRANCH, "Chi bộ Khoa Văn", Kind::Branch, Setting::School, Some(SCHOOL)),
            unit(OFFICE_BRANCH, "Chi bộ Văn phòng", Kind::Branch, Setting::Office, Some(OFFICE)),
        ];
        db.write(&Viewer::program("test"), |op| {
            let now = op.now();
            load_units(op, &units, now)?;
            load_offices(op, &offices(), now).map(drop)
        })
        .unwrap();
        let census = Arc::new(Census::default());
        let forest = db.read(|tx| chibo_organisation::load_forest(tx, None)).unwrap();
        let people = people(&forest);
        let loaded = census.replace_all(forest, TODAY, |loader| {
            people.iter().for_each(|facts| loader.push(facts));
            Ok::<_, Problem>(())
        });
        assert_eq!(loaded, Ok(()));
        Self(Stage::set(test, census, vec![chibo_alerts::capability()], &[chibo_organisation::WORDS]))
    }

    /// Somebody with permissions on a unit.
    pub fn viewer(&self, unit: u8, permissions: &[Permission]) -> Viewer {
        self.0.viewer(id(unit), permissions)
    }
}
