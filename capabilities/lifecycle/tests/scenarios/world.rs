//! A city with two base organisations and their branches, members in them, a clock that is moved by hand; what is kept in
//! memory follows every commit, as in the program.

use chibo_organisation::rules::Facts;
use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{AsOf, Day, Id, Permission, Person, Problem, Unit, Viewer};
use chibo_members::rules::{NewMember, standings_from_dates};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_store::jobs::{Handler, run_next};
use chibo_store::{Db, Op};
use chibo_testkit::{Stage, TestDb, Typed, engines};
use chibo_web::words::Lang;
use chibo_web::{Duty, Reply};

pub const CITY: u8 = 1;
pub const SCHOOL: u8 = 2;
pub const COLLEGE: u8 = 3;
pub const MATHS: u8 = 4;
pub const LETTERS: u8 = 5;
pub const PHYSICS: u8 = 6;

pub const OFFICER: &[Permission] = &[
    Permission::ViewUnits,
    Permission::EditUnits,
    Permission::ViewMembers,
    Permission::EditMembers,
    Permission::Export,
];
pub const READER: &[Permission] = &[Permission::ViewUnits];

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
        day(1990, 1, 1),
    )
}

pub struct World {
    stage: Stage,
    /// Four official members of the branch of mathematics.
    pub maths: Vec<Id<Person>>,
    /// Three official members of the branch of letters.
    pub letters: Vec<Id<Person>>,
}

impl std::ops::Deref for World {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
}

fn enter(db: &Db, name: &str, unit: u8) -> Id<Person> {
    let (admitted, official) = (day(2010, 5, 19), day(2011, 5, 19));
    let member = NewMember {
        name: name.to_owned(),
        birth: Some(day(1985, 3, 2)),
        sex: 1,
        admitted: Some(admitted),
        official: Some(official),
        postings: vec![(id(unit), admitted)],
        standings: standings_from_dates(Some(admitted), Some(official), admitted),
        ..NewMember::default()
    };
    db.write(&Viewer::program("test"), |op| chibo_members::actions::enter(op, &member)).unwrap()
}

/// Everything kept in memory, read anew.
fn follow(db: &Db, census: &Census) {
    let today = db.today();
    chibo_members::columns::fill(db, census).unwrap();
    db.set_places(census.forest().today(today));
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
            chibo_lifecycle::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, None),
            unit(SCHOOL, "Đảng bộ Đại học", Kind::Base, Some(CITY)),
            unit(COLLEGE, "Đảng bộ Cao đẳng", Kind::Base, Some(CITY)),
            unit(MATHS, "Chi bộ Khoa Toán", Kind::Branch, Some(SCHOOL)),
            unit(LETTERS, "Chi bộ Khoa Văn", Kind::Branch, Some(SCHOOL)),
            unit(PHYSICS, "Chi bộ Khoa Lý", Kind::Branch, Some(COLLEGE)),
        ];
        let load = |op: &mut Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let names = ["Trần Văn An", "Lê Thị Bình", "Ngô Mai Chi", "Đỗ Văn Dũng"];
        let maths = names.iter().map(|name| enter(&test.db, name, MATHS)).collect();
        let names = ["Phạm Thị Giang", "Vũ Văn Hải", "Bùi Thị Lan"];
        let letters = names.iter().map(|name| enter(&test.db, name, LETTERS)).collect();
        let census = Arc::new(Census::default());
        follow(&test.db, &census);
        test.db.put_beside(census.clone());
        let kept = census.clone();
        test.db.observe(move |db, _| follow(db, &kept));
        let words = [chibo_organisation::WORDS, chibo_members::capability().words];
        let stage = Stage::set(test, census, vec![chibo_lifecycle::capability()], &words);
        Self { stage, maths, letters }
    }

    /// An officer of a unit, with the rights of the present tree.
    pub fn officer(&self, unit: u8) -> Viewer {
        self.viewer(id(unit), OFFICER)
    }

    /// A page as an officer of a unit sees it.
    pub fn seen(&self, by: u8, url: &str) -> String {
        self.page(&self.officer(by), url)
    }

    /// Opens a case; gives its address.
    pub fn open(&self, by: u8, form: Typed<'_>) -> String {
        let to = self.send(&self.officer(by), "/lifecycle/new", form).unwrap();
        to.split('?').next().unwrap().to_owned()
    }

    /// Takes a step, dated today unless the form says otherwise: where it leads, or the page with its errors.
    pub fn step(&self, by: u8, case: &str, step: &str, form: Typed<'_>) -> Result<String, String> {
        let today = self.clock.today().to_string();
        let mut whole = form.to_vec();
        whole.push(("step", step));
        if !form.iter().any(|(name, _)| *name == "on") {
            whole.push(("on", &today));
        }
        self.send(&self.officer(by), &format!("{case}/steps"), &whole)
    }

    /// Papers that are there, each with a number.
    pub fn papers(&self, by: u8, case: &str, papers: &[&str]) {
        for paper in papers {
            self.step(by, case, paper, &[("number", "07-TTr/ĐU")]).unwrap();
        }
    }

    /// Decides for a committee, in force from a day.
    pub fn decide(&self, by: u8, case: &str, unit: u8, effective: &str) -> Result<String, String> {
        let decider = id(unit).to_string();
        let form = [("number", "12-QĐ/ĐU"), ("decider", decider.as_str()), ("effective", effective)];
        self.step(by, case, "decided", &form)
    }

    /// Whether a step is refused for reasons that a form cannot mend.
    pub fn refused(&self, by: u8, case: &str, step: &str) -> Problem {
        let url = format!("{case}/steps?step={step}");
        match self.ask(Lang::Vi, &self.officer(by), "GET", &url, &[]) {
            Err(problem) => problem,
            Ok(reply) => panic!("{url}: {reply:?}"),
        }
    }

    /// Moves to a day: what follows midnight follows.
    pub fn wait_until(&self, day: Day) {
        self.clock.set(day);
        self.house.db.announce_everything().unwrap();
    }

    /// Runs the background work that is due; gives how much there was.
    pub fn work(&self) -> usize {
        let handlers: Vec<Handler> = self.house.capabilities.iter().flat_map(|c| c.jobs.iter().copied()).collect();
        let mut done = 0;
        while run_next(&self.house.db, &handlers).unwrap() {
            done += 1;
        }
        done
    }

    /// A unit that stands today, by name.
    pub fn unit_named(&self, name: &str) -> Option<Id<Unit>> {
        let forest = self.house.census.forest();
        let tree = forest.tree(AsOf::on(self.clock.today()));
        let place = (0..tree.len()).find(|place| tree.facts(*place).is_some_and(|facts| facts.name == name))?;
        forest.id(tree.unit(place)?)
    }

    /// The unit above one, today.
    pub fn parent_of(&self, unit: u8) -> Option<Id<Unit>> {
        let forest = self.house.census.forest();
        let tree = forest.tree(AsOf::on(self.clock.today()));
        let above = tree.parent(tree.place_of(forest.no(id(unit))?)?)?;
        forest.id(tree.unit(above)?)
    }

    /// The branch of a member today.
    pub fn home(&self, person: Id<Person>) -> Id<Unit> {
        let today = self.clock.today();
        self.house.db.read(|tx| chibo_members::actions::home_of(tx, person, today)).unwrap()
    }

    /// What a source finds due.
    pub fn due(&self, source: &str) -> Vec<Duty> {
        let who = self.officer(CITY);
        let visit = self.visit(Lang::Vi, &who, "/today");
        let mut found = Vec::new();
        let sources = self.house.capabilities.iter().flat_map(|capability| &capability.duties);
        for source in sources.filter(|own| own.name == source) {
            (source.find)(&visit, &mut |duty| found.push(duty)).unwrap();
        }
        found
    }

    /// Members enough for a branch to be divided.
    pub fn fill(&self, unit: u8, members: usize) {
        for _ in 0..members {
            enter(&self.house.db, "Nguyễn Văn Minh", unit);
        }
    }

    /// A page that is not found.
    pub fn is_absent(&self, who: &Viewer, url: &str) -> bool {
        matches!(self.ask(Lang::Vi, who, "GET", url, &[]), Err(Problem::NotFound) | Ok(Reply::Html { status: 404, .. }))
    }
}
