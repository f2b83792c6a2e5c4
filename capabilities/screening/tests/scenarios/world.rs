//! A city with two wards and branches; facts that another capability says are found by a source of the test.

use std::cell::RefCell;
use std::sync::Arc;

use chibo_census::Census;
use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit, Viewer};
use chibo_members::rules::{NewMember, standings_from_dates};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Facts;
use chibo_store::Tx;
use chibo_store::jobs::run_next;
use chibo_testkit::{Stage, TestDb, engines};
use chibo_web::{Capability, Signal, SignalSource};

pub const CITY: u8 = 1;
pub const WARD: u8 = 2;
pub const OTHER_WARD: u8 = 3;
pub const BRANCH: u8 = 4;
pub const OTHER_BRANCH: u8 = 5;

pub const BOARD: &[Permission] =
    &[Permission::ViewUnits, Permission::ViewMembers, Permission::EditMembers, Permission::Export];
pub const SECRETARY: &[Permission] = &[Permission::ViewUnits, Permission::ViewMembers, Permission::EditMembers];
pub const READER: &[Permission] = &[Permission::ViewUnits, Permission::ViewMembers, Permission::ViewReports];

pub fn id(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

pub fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

fn unit(number: u8, name: &str, kind: Kind, parent: Option<u8>) -> NewUnit {
    let setting = if kind == Kind::City { Setting::Province } else { Setting::School };
    let facts = Facts { name: name.to_owned(), short: name.to_owned(), kind, setting, code: String::new() };
    NewUnit::new(id(number), parent.map(id), facts, day(1930, 2, 3))
}

thread_local! {
    static FACTS: RefCell<Vec<Signal>> = const { RefCell::new(Vec::new()) };
}

fn find(_: &mut Tx<'_>, _: Day, each: &mut dyn FnMut(Signal)) -> Result<(), Problem> {
    FACTS.with_borrow(|facts| facts.iter().cloned().for_each(each));
    Ok(())
}

/// What a capability that keeps fees would say.
fn fees() -> Capability {
    let signals = vec![SignalSource { name: "unpaid", title: "unpaid-fact", find }];
    let words = "unpaid-fact = Chưa đóng đảng phí { $months } tháng\n";
    Capability { name: "unpaid", signals, words: (words, words), ..Capability::default() }
}

pub struct World {
    stage: Stage,
    census: Arc<Census>,
    /// Nine official members of the branch.
    pub members: Vec<Id<Person>>,
    /// Of the other ward's branch.
    pub other: Id<Person>,
}

impl std::ops::Deref for World {
    type Target = Stage;
    fn deref(&self) -> &Stage {
        &self.stage
    }
}

fn enter(test: &TestDb, name: &str, unit: u8, admitted: Day, official: Option<Day>) -> Id<Person> {
    let member = NewMember {
        name: name.to_owned(),
        birth: Some(admitted.plus_months(-12 * 20)),
        sex: 1,
        admitted: Some(admitted),
        official,
        postings: vec![(id(unit), admitted)],
        standings: standings_from_dates(Some(admitted), official, admitted),
        ..NewMember::default()
    };
    test.db.write(&Viewer::program("test"), |op| chibo_members::actions::enter(op, &member)).unwrap()
}

impl World {
    /// Runs a scenario on every engine.
    pub fn each(mut scenario: impl FnMut(&World)) {
        for engine in engines() {
            FACTS.set(Vec::new());
            scenario(&Self::on(engine));
        }
    }

    fn on(engine: &str) -> Self {
        let migrations = [
            chibo_store::MIGRATIONS,
            chibo_organisation::MIGRATIONS,
            chibo_members::MIGRATIONS,
            chibo_screening::MIGRATIONS,
        ];
        let test = TestDb::new(engine, &migrations.concat()).unwrap();
        let units = [
            unit(CITY, "Đảng bộ Thành phố", Kind::City, None),
            unit(WARD, "Đảng bộ phường Bến Thành", Kind::Base, Some(CITY)),
            unit(OTHER_WARD, "Đảng bộ phường Tân Định", Kind::Base, Some(CITY)),
            unit(BRANCH, "Chi bộ Khu phố 1", Kind::Branch, Some(WARD)),
            unit(OTHER_BRANCH, "Chi bộ Khu phố 2", Kind::Branch, Some(OTHER_WARD)),
        ];
        let load = |op: &mut chibo_store::Op<'_, '_>| {
            let now = op.now();
            load_units(op, &units, now).map(drop)
        };
        test.db.write(&Viewer::program("test"), load).unwrap();
        let names = ["An", "Bình", "Cường", "Dũng", "Em", "Phúc", "Giang", "Hoà", "Kiên"];
        let official = Some(day(2011, 1, 15));
        let members = names
            .iter()
            .map(|name| enter(&test, &format!("Trần Văn {name}"), BRANCH, day(2010, 1, 15), official))
            .collect();
        enter(&test, "Lê Thị Mai", BRANCH, day(2026, 6, 15), None);
        let other = enter(&test, "Phạm Văn Xuân", OTHER_BRANCH, day(2010, 1, 15), official);
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        test.db.put_beside(census.clone());
        let own = vec![chibo_screening::capability(), fees()];
        let members_words = chibo_members::capability().words;
        let stage = Stage::set(test, census.clone(), own, &[chibo_organisation::WORDS, members_words]);
        Self { stage, census, members, other }
    }

    /// Somebody did not pay since a day.
    pub fn owes(&self, person: Id<Person>, since: Day, months: u32) {
        self.says(person, "SCR-02", since, months);
    }

    /// A fact of any rule.
    pub fn says(&self, person: Id<Person>, rule: &'static str, since: Day, months: u32) {
        let said = Said::new("unpaid-fact").with("months", months);
        let href = format!("/unpaid/{person}");
        FACTS.with_borrow_mut(|facts| {
            facts.retain(|fact| (fact.person, fact.rule) != (person, rule));
            facts.push(Signal { person, rule, since, said, href });
        });
    }

    /// Somebody was introduced and his papers did not arrive; gives the address of the transfer.
    pub fn lost(&self, person: Id<Person>, since: Day) -> String {
        let (said, href) = (Said::new("unpaid-fact").with("months", 4), format!("/transfers/{person}"));
        FACTS.with_borrow_mut(|facts| facts.push(Signal { person, rule: "SCR-04", since, said, href: href.clone() }));
        href
    }

    /// What was said of somebody is no more.
    pub fn pays(&self, person: Id<Person>) {
        FACTS.with_borrow_mut(|facts| facts.retain(|fact| fact.person != person));
    }

    /// Presses the button and lets the look run.
    pub fn look(&self) {
        self.send(&self.board(), "/screening/runs", &[]).unwrap();
        let handlers: Vec<_> = self.house.capabilities.iter().flat_map(|one| one.jobs.iter().copied()).collect();
        while run_next(&self.house.db, &handlers).unwrap() {}
        self.follow();
    }

    /// The columns follow what was written.
    pub fn follow(&self) {
        chibo_members::columns::fill(&self.house.db, &self.census).unwrap();
    }

    /// Standing of somebody today, as believed now.
    pub fn standing(&self, person: Id<Person>) -> u8 {
        self.follow();
        let today = self.house.db.today();
        let standings = self.house.db.read(|tx| chibo_members::standings_of(tx, person)).unwrap();
        standings.iter().find(|(from, to, _)| *from <= today && today < *to).unwrap().2.number()
    }

    /// The branch somebody belongs to today, by the columns.
    pub fn branch(&self, person: Id<Person>) -> Option<Id<Unit>> {
        self.follow();
        let view = self.census.view(self.house.db.today());
        let (unit, _) = view.person(view.no(person).unwrap()).unwrap().today?;
        view.forest().id(unit)
    }

    /// The board of the city.
    pub fn board(&self) -> Viewer {
        self.viewer(id(CITY), BOARD)
    }

    /// The officer of the ward.
    pub fn ward(&self) -> Viewer {
        self.viewer(id(WARD), BOARD)
    }

    /// The secretary of a branch.
    pub fn secretary(&self, unit: u8) -> Viewer {
        self.viewer(id(unit), SECRETARY)
    }

    /// Opens the campaign of the year on the ward; its address.
    pub fn campaign(&self) -> String {
        let unit = id(WARD).to_string();
        let form = [
            ("unit", unit.as_str()),
            ("year", "2026"),
            ("opens", "05/01/2026"),
            ("plan", "31/01/2026"),
            ("lists", "31/03/2026"),
            ("number", "03-KH/ĐU"),
        ];
        let at = self.send(&self.ward(), "/screening/campaigns/new", &form).unwrap();
        at.split('?').next().unwrap().to_owned()
    }

    /// The page about somebody.
    pub fn at(&self, person: Id<Person>) -> String {
        format!("/screening/members/{person}")
    }
}
