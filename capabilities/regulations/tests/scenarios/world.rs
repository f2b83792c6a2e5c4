//! A city with two base organisations and their branches, and somebody asking for pages.

use chibo_organisation::rules::Facts;
use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Permission, Unit, Viewer};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_testkit::{Stage, TestDb, Typed, engines};

pub const CITY: u8 = 1;
pub const SCHOOL: u8 = 2;
pub const OFFICE: u8 = 3;
pub const SCHOOL_BRANCH: u8 = 4;
pub const OTHER_SCHOOL_BRANCH: u8 = 5;
pub const OFFICE_BRANCH: u8 = 6;
pub const GROUP: u8 = 7;

pub const OFFICER: &[Permission] = &[Permission::ViewUnits, Permission::EditUnits, Permission::Export];
pub const READER: &[Permission] = &[Permission::ViewUnits];

pub fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

/// The page of a unit, with what follows in the address.
pub fn at(number: u8, rest: &str) -> String {
    format!("/regulations/units/{}{rest}", id(number))
}

fn unit(number: u8, name: &str, kind: Kind, setting: Setting, parent: Option<u8>) -> NewUnit {
    NewUnit::new(
        id(number),
        parent.map(id),
        Facts { name: name.to_owned(), short: name.to_owned(), kind, setting, code: String::new() },
        Day::from_ymd(2000, 1, 1).unwrap(),
    )
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
        let migrations = [chibo_store::MIGRATIONS, chibo_organisation::MIGRATIONS, chibo_regulations::MIGRATIONS];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let db = &test.db;
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, Setting::Province, None),
            unit(SCHOOL, "Đảng bộ Đại học", Kind::Base, Setting::School, Some(CITY)),
            unit(OFFICE, "Đảng bộ Cơ quan", Kind::Base, Setting::Office, Some(CITY)),
            unit(SCHOOL_BRANCH, "Chi bộ Khoa Toán", Kind::Branch, Setting::School, Some(SCHOOL)),
            unit(OTHER_SCHOOL_BRANCH, "Chi bộ Khoa Văn", Kind::Branch, Setting::School, Some(SCHOOL)),
            unit(OFFICE_BRANCH, "Chi bộ Văn phòng", Kind::Branch, Setting::Office, Some(OFFICE)),
            unit(GROUP, "Tổ đảng số 1", Kind::Group, Setting::School, Some(SCHOOL_BRANCH)),
        ];
        db.write(&Viewer::program("test"), |op| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        })
        .unwrap();
        let census = Arc::new(Census::default());
        census.replace_forest(db.read(|tx| chibo_organisation::load_forest(tx, None)).unwrap());
        Self(Stage::set(test, census, vec![chibo_regulations::capability()], &[chibo_organisation::WORDS]))
    }

    /// Somebody with permissions on a unit.
    pub fn viewer(&self, unit: u8, permissions: &[Permission]) -> Viewer {
        self.0.viewer(id(unit), permissions)
    }

    /// Issues a model for branches; gives its identifier.
    pub fn issue(&self, more: Typed<'_>) -> String {
        let common = [("issuer", "Thành ủy"), ("subject", "working"), ("kind", "CB"), ("setting", "")];
        let to = self.send(&self.viewer(CITY, OFFICER), "/regulations/models/new", &[more, &common].concat()).unwrap();
        let (_, rest) = to.split_once("model=").unwrap();
        rest.split('&').next().unwrap().to_owned()
    }

    /// The first model: in force since the beginning of 2026.
    pub fn first_model(&self) -> String {
        let days = [("number", "01-QĐ/TU"), ("issued", "1/1/2026"), ("from", "1/1/2026")];
        self.issue(&[&days[..], &[("body", "Điều 1. Họp hằng tháng\r\nĐiều 2. Bí thư chủ trì")]].concat())
    }
}
