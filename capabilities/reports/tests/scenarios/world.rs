//! A city whose old district ended on 1 July 2025, with fifty members, and somebody asking for pages.

use std::sync::Arc;

use chibo_census::{Census, EdgeRow, Forest, PersonFacts, StateRow, SuccessionRow, UnitRow};
use chibo_kernel::{Account, Day, Grant, Id, Moment, Period, Permission, Permissions, Problem, Unit, Viewer};
use chibo_organisation::kinds::{Kind, PILOT_BEGINS, Setting};
use chibo_testkit::{Stage, TODAY, TestDb};
use chibo_web::Reply;
use chibo_web::words::Lang;

pub const CITY: u8 = 1;
pub const DISTRICT: u8 = 2;
pub const OLD_WARD: u8 = 3;
pub const NEW_WARD: u8 = 4;
pub const OFFICE: u8 = 5;
pub const QUARTER_BRANCH: u8 = 6;
pub const OFFICE_BRANCH: u8 = 7;

/// Members in the branch of the quarter and in that of the office.
pub const IN_QUARTER: u64 = 20;
pub const IN_OFFICE: u64 = 30;

pub const ALL: &[Permission] = &[Permission::ViewUnits, Permission::ViewReports, Permission::ViewMembers];
pub const NO_LISTS: &[Permission] = &[Permission::ViewUnits, Permission::ViewReports];

pub fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

pub fn id(unit: u8) -> Id<Unit> {
    Id::from_bytes([unit; 16])
}

fn unit(no: u8, name: &str, kind: Kind, setting: Setting, valid: Period) -> UnitRow {
    UnitRow {
        id: id(no),
        valid,
        recorded: Moment(0),
        superseded: Moment::FOREVER,
        name: name.to_owned(),
        short: String::new(),
        kind: kind.number(),
        setting: setting.number(),
        code: format!("{no:03}"),
        sort_rank: u32::from(kind.rank()),
    }
}

fn edge(no: u8, parent: Option<u8>, valid: Period) -> EdgeRow {
    EdgeRow { id: id(no), parent: parent.map(id), valid, recorded: Moment(0), superseded: Moment::FOREVER }
}

fn forest() -> Forest {
    let ever = Period::since(Day::PARTY_FOUNDED);
    let before = Period::new(Day::PARTY_FOUNDED, PILOT_BEGINS).unwrap();
    let after = Period::since(PILOT_BEGINS);
    let units = vec![
        unit(CITY, "Đảng bộ Thành phố", Kind::City, Setting::Province, ever),
        unit(DISTRICT, "Đảng bộ Quận Cũ", Kind::Upper, Setting::District, before),
        unit(OLD_WARD, "Đảng bộ Phường Cũ", Kind::Base, Setting::Ward, before),
        unit(NEW_WARD, "Đảng bộ Phường Mới", Kind::Upper, Setting::Ward, after),
        unit(OFFICE, "Đảng bộ Cơ quan", Kind::Base, Setting::Office, ever),
        unit(QUARTER_BRANCH, "Chi bộ Khu phố 1", Kind::Branch, Setting::Quarter, ever),
        unit(OFFICE_BRANCH, "Chi bộ Văn phòng", Kind::Branch, Setting::Office, ever),
    ];
    let edges = [
        edge(CITY, None, ever),
        edge(DISTRICT, Some(CITY), before),
        edge(OLD_WARD, Some(DISTRICT), before),
        edge(NEW_WARD, Some(CITY), after),
        edge(OFFICE, Some(CITY), ever),
        edge(QUARTER_BRANCH, Some(OLD_WARD), before),
        edge(QUARTER_BRANCH, Some(NEW_WARD), after),
        edge(OFFICE_BRANCH, Some(OFFICE), ever),
    ];
    let into = |from: u8| SuccessionRow { from: id(from), into: id(NEW_WARD), on: PILOT_BEGINS, main: true };
    Forest::new(units, &edges, &[into(DISTRICT), into(OLD_WARD)], None)
}

/// Every fifth is on probation, every second a woman; three in the office belong to a small people.
fn person(forest: &Forest, no: u8) -> PersonFacts {
    let quarter = u64::from(no) < IN_QUARTER;
    let branch = forest.no(id(if quarter { QUARTER_BRANCH } else { OFFICE_BRANCH })).unwrap();
    let joined = if quarter { day(2000, 1, 1) } else { day(2026, 3, 1) };
    let state = StateRow {
        unit: branch,
        valid_from: joined,
        valid_to: Day::FOREVER,
        recorded: Moment(0),
        superseded: Moment::FOREVER,
        standing: if no.is_multiple_of(5) { 1 } else { 2 },
        education: 4,
        degree: no % 8,
        theory: no % 6,
        occupation: no % 11,
    };
    PersonFacts {
        birth: Some(day(1940 + i32::from(no), 5, 1)),
        sex: 1 + no % 2,
        ethnicity: if no > 46 { 17 } else { 1 },
        religion: 1,
        admitted: Some(joined),
        official: Some(joined),
        states: vec![state],
        ..PersonFacts::named(Id::from_bytes([100 + no; 16]), "Nguyễn Văn An")
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
    /// Members loaded.
    pub fn new() -> Self {
        let world = Self::still_loading();
        let census = &world.house.census;
        let forest = forest();
        let people: Vec<_> = (0..IN_QUARTER + IN_OFFICE).map(|no| person(&forest, no as u8)).collect();
        let loaded = census.replace_all(forest, TODAY, |loader| {
            people.iter().for_each(|facts| loader.push(facts));
            Ok::<_, Problem>(())
        });
        assert_eq!(loaded, Ok(()));
        world
    }

    /// Units stand, members are not loaded yet.
    pub fn still_loading() -> Self {
        let test = TestDb::new("sqlite", chibo_store::MIGRATIONS).unwrap();
        let census = Arc::new(Census::default());
        census.replace_forest(forest());
        Self(Stage::set(test, census, vec![chibo_reports::capability()], &[]))
    }

    /// Somebody with permissions on units.
    pub fn viewer(&self, grants: &[(u8, &[Permission])]) -> Viewer {
        let grants = grants.iter().map(|(unit, permissions)| Grant {
            unit: id(*unit),
            permissions: Permissions::of(permissions),
            valid: Period::since(Day::PARTY_FOUNDED),
        });
        let account: Id<Account> = Id::from_bytes([9; 16]);
        let grants: Vec<_> = grants.collect();
        Viewer::resolve(account, "Trần Thị Bích".to_owned(), &grants, TODAY, &*self.house.db.places())
    }

    /// Asks as the server would.
    pub fn ask_in(&self, lang: Lang, viewer: &Viewer, url: &str) -> Result<Reply, Problem> {
        self.0.ask(lang, viewer, "GET", url, &[])
    }
}
