//! A city with two base organisations; nine official members in a branch of the first.

use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Permission, Person, Unit, Viewer};
use chibo_members::codes::Standing;
use chibo_members::rules::{NewMember, standings_from_dates};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Facts;
use chibo_testkit::{Stage, TestDb, engines};
use chibo_web::Reply;
use chibo_web::words::Lang;

pub const CITY: u8 = 1;
pub const SCHOOL: u8 = 2;
pub const COLLEGE: u8 = 3;
pub const BRANCH: u8 = 4;
pub const NEITHER: u8 = 5;

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
    let facts = Facts {
        name: name.to_owned(),
        short: name.to_owned(),
        kind,
        setting: if kind == Kind::City { Setting::Province } else { Setting::School },
        code: String::new(),
    };
    NewUnit::new(id(number), parent.map(id), facts, day(1930, 2, 3))
}

pub struct World {
    stage: Stage,
    /// Eighty-one years old.
    pub old: Id<Person>,
    /// Forty years old.
    pub an: Id<Person>,
}

impl std::ops::Deref for World {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
}

fn enter(test: &TestDb, name: &str, born: Day) -> Id<Person> {
    let (admitted, official) = (day(2010, 1, 15), day(2011, 1, 15));
    let member = NewMember {
        name: name.to_owned(),
        birth: Some(born),
        sex: 1,
        admitted: Some(admitted),
        official: Some(official),
        postings: vec![(id(BRANCH), admitted)],
        standings: standings_from_dates(Some(admitted), Some(official), admitted),
        ..NewMember::default()
    };
    test.db.write(&Viewer::program("test"), |op| chibo_members::actions::enter(op, &member)).unwrap()
}

impl World {
    /// Runs a scenario on every engine.
    pub fn each(mut scenario: impl FnMut(&World)) {
        engines().into_iter().for_each(|engine| scenario(&Self::on(engine)));
    }

    pub fn on(engine: &str) -> Self {
        let migrations = [
            chibo_store::MIGRATIONS,
            chibo_organisation::MIGRATIONS,
            chibo_members::MIGRATIONS,
            chibo_leaving::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, None),
            unit(SCHOOL, "Đảng bộ Đại học", Kind::Base, Some(CITY)),
            unit(COLLEGE, "Đảng bộ Cao đẳng", Kind::Base, Some(CITY)),
            unit(BRANCH, "Chi bộ Khoa Toán", Kind::Branch, Some(SCHOOL)),
            unit(NEITHER, "Chi bộ Khoa Hóa", Kind::Branch, Some(COLLEGE)),
        ];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let old = enter(&test, "Lê Thị Già", day(1945, 3, 2));
        let an = enter(&test, "Trần Văn An", day(1986, 3, 2));
        for number in 0..7 {
            enter(
                &test,
                &format!("Nguyễn Văn {}", ["Bình", "Cường", "Dũng", "Hà", "Khôi", "Long", "Minh"][number]),
                day(1980, 1, 2),
            );
        }
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        test.db.put_beside(census.clone());
        let own = vec![chibo_leaving::capability()];
        let members = chibo_members::capability().words;
        let stage = Stage::set(test, census, own, &[chibo_organisation::WORDS, members]);
        Self { stage, old, an }
    }

    /// The board of the city.
    pub fn board(&self) -> Viewer {
        self.viewer(id(CITY), BOARD)
    }

    /// The secretary of a unit.
    pub fn secretary(&self, unit: u8) -> Viewer {
        self.viewer(id(unit), SECRETARY)
    }

    /// Opens a case; gives its address.
    pub fn open(&self, unit: u8, who: Id<Person>, kind: &str, more: &[(&str, &str)]) -> Result<String, String> {
        let who = who.to_string();
        let form = [&[("kind", kind), ("who", who.as_str())], more].concat();
        let at = self.send(&self.secretary(unit), "/leaving/new", &form)?;
        Ok(at.split('?').next().unwrap().to_owned())
    }

    /// Takes a step on a day.
    pub fn act(
        &self,
        at: &str,
        unit: u8,
        (after, step, on): (usize, &str, &str),
        more: &[(&str, &str)],
    ) -> Result<String, String> {
        let after = after.to_string();
        let form = [&[("after", after.as_str()), ("step", step), ("on", on)], more].concat();
        self.send(&self.secretary(unit), at, &form)
    }

    /// The same with a number and a vote; `roll`: summoned, for.
    pub fn vote(
        &self,
        at: &str,
        unit: u8,
        when: (usize, &str, &str),
        (listed, yes): (u32, u32),
    ) -> Result<String, String> {
        let (listed, yes) = (listed.to_string(), yes.to_string());
        let mut form = vec![("number", "12-NQ"), ("voting", "secret-ballot"), ("listed", &listed), ("yes", &yes)];
        if when.1 == "decided" {
            form.push(("decider", "base-standing-committee"));
        }
        self.act(at, unit, when, &form)
    }

    /// Standings in order, as believed now.
    pub fn standings(&self, who: Id<Person>) -> Vec<(Day, Day, Standing)> {
        self.house.db.read(|tx| chibo_members::standings_of(tx, who)).unwrap()
    }

    /// The last standing.
    pub fn last(&self, who: Id<Person>) -> Standing {
        self.standings(who).last().unwrap().2
    }

    /// The status of a page refused or shown.
    pub fn status(&self, who: &Viewer, method: &str, url: &str, form: &[(&str, &str)]) -> u16 {
        match self.ask(Lang::Vi, who, method, url, form) {
            Ok(Reply::Html { status, .. }) => status,
            Err(chibo_kernel::Problem::NotFound) => 404,
            other => panic!("{other:?}"),
        }
    }
}
