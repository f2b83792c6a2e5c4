//! A city with two wards and branches, and a campaign of the year on a ward.

use std::sync::Arc;

use chibo_census::Census;
use chibo_evaluation::rules::Terms;
use chibo_kernel::{Day, Id, Permission, Person, Unit, Viewer};
use chibo_members::rules::{NewMember, standings_from_dates};
use chibo_organisation::NewUnit;
use chibo_organisation::actions::load_units;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Facts;
use chibo_testkit::{Stage, TestDb, engines};

pub const CITY: u8 = 1;
pub const WARD: u8 = 2;
pub const OTHER_WARD: u8 = 3;
pub const BRANCH: u8 = 4;
pub const OTHER_BRANCH: u8 = 5;

pub const EDIT: &[Permission] = &[Permission::ViewUnits, Permission::ViewMembers, Permission::EditMembers];
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

pub struct World {
    stage: Stage,
    /// Ten official members of the branch.
    pub members: Vec<Id<Person>>,
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

/// A form with the figures of a review: so many points of each criterion below its maximum.
pub fn review<'a>(pairs: &[(&'a str, &'a str)]) -> Vec<(String, String)> {
    let terms = Terms::on(chibo_testkit::TODAY).unwrap();
    let mut form: Vec<(String, String)> = Vec::new();
    for criterion in &terms.criteria {
        form.push((format!("score.{}", criterion.code), (criterion.most / 100).to_string()));
    }
    for (fact, count) in [("tasks", "10"), ("done", "10"), ("late", "0"), ("above", "4")] {
        form.push((format!("fact.{fact}"), count.to_owned()));
    }
    for (name, value) in pairs {
        form.retain(|(other, _)| other != name);
        form.push(((*name).to_owned(), (*value).to_owned()));
    }
    form
}

impl World {
    /// Runs a scenario on every engine.
    pub fn each(mut scenario: impl FnMut(&World)) {
        for engine in engines() {
            scenario(&Self::on(engine));
        }
    }

    fn on(engine: &str) -> Self {
        let migrations = [
            chibo_store::MIGRATIONS,
            chibo_organisation::MIGRATIONS,
            chibo_members::MIGRATIONS,
            chibo_evaluation::MIGRATIONS,
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
        let names = ["An", "Bình", "Cường", "Dũng", "Em", "Phúc", "Giang", "Hoà", "Kiên", "Lâm"];
        let official = Some(day(2011, 1, 15));
        let members = names
            .iter()
            .map(|name| enter(&test, &format!("Trần Văn {name}"), BRANCH, day(2010, 1, 15), official))
            .collect();
        enter(&test, "Lê Thị Mai", BRANCH, day(2026, 9, 15), None);
        enter(&test, "Phạm Văn Xuân", OTHER_BRANCH, day(2010, 1, 15), official);
        let census = Arc::new(Census::default());
        chibo_members::columns::fill(&test.db, &census).unwrap();
        test.db.put_beside(census.clone());
        let own = vec![chibo_evaluation::capability()];
        let words = chibo_members::capability().words;
        let stage = Stage::set(test, census, own, &[chibo_organisation::WORDS, words]);
        Self { stage, members }
    }

    /// The secretary of the branch, who sends self-reviews.
    pub fn secretary(&self) -> Viewer {
        self.viewer(id(BRANCH), EDIT)
    }

    /// The ward, which decides.
    pub fn ward(&self) -> Viewer {
        self.person(2, id(WARD), EDIT)
    }

    /// Opens the campaign of this year on the ward; its address.
    pub fn campaign(&self) -> String {
        self.opened(&[]).unwrap()
    }

    /// The same with other answers.
    pub fn opened(&self, changes: &[(&str, &str)]) -> Result<String, String> {
        let unit = id(WARD).to_string();
        let mut form = vec![
            ("unit", unit.as_str()),
            ("kind", "year"),
            ("year", "2026"),
            ("quarter", "0"),
            ("opens", "01/11/2026"),
            ("self", "20/11/2026"),
            ("decide", "20/12/2026"),
            ("number", "09-KH/ĐU"),
        ];
        for (name, value) in changes {
            form.retain(|(other, _)| other != name);
            form.push((name, value));
        }
        let at = self.send(&self.ward(), "/evaluation/campaigns/new", &form)?;
        Ok(at.split('?').next().unwrap().to_owned())
    }

    /// Addresses of the members of the campaign who stand so, in order of the list.
    pub fn subjects(&self, at: &str, query: &str) -> Vec<String> {
        let page = self.page(&self.ward(), &format!("{at}/subjects{query}"));
        let parts = page.split("href=\"/evaluation/subjects/").skip(1);
        parts.map(|part| format!("/evaluation/subjects/{}", &part[..part.find('"').unwrap()])).collect()
    }

    /// The subject of a member.
    pub fn subject_of(&self, person: Id<Person>) -> String {
        let page = self.page(&self.ward(), &format!("/evaluation/members/{person}"));
        let (_, rest) = page.split_once("href=\"/evaluation/subjects/").unwrap();
        format!("/evaluation/subjects/{}", &rest[..rest.find('"').unwrap()])
    }

    /// A step of a subject.
    pub fn step(
        &self,
        who: &Viewer,
        at: &str,
        seen: &str,
        step: &str,
        more: &[(&str, &str)],
    ) -> Result<String, String> {
        let mut form: Vec<(&str, &str)> =
            vec![("after", seen), ("step", step), ("on", "22/11/2026"), ("number", "01-BB/CB")];
        form.extend(more);
        self.send(who, &format!("{at}/steps"), &form)
    }

    /// A review or an appraisal.
    pub fn reviewed(
        &self,
        who: &Viewer,
        at: &str,
        (seen, step): (&str, &str),
        more: &[(&str, &str)],
    ) -> Result<String, String> {
        let form = review(more);
        let pairs: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.step(who, at, seen, step, &pairs)
    }

    /// A subject up to the appraisal with a class.
    pub fn appraised(&self, at: &str, class: &str) {
        self.appraised_by((&self.secretary(), &self.ward()), at, class);
    }

    /// The same by others: whose unit it is, and who stands above.
    pub fn appraised_by(&self, (own, above): (&Viewer, &Viewer), at: &str, class: &str) {
        self.reviewed(own, at, ("draft", "self-review"), &[("class", class)]).unwrap();
        self.step(own, at, "self-submitted", "opinion", &[]).unwrap();
        self.step(own, at, "opinions", "meeting", &[]).unwrap();
        self.step(own, at, "meeting", "vote", VOTE).unwrap();
        self.reviewed(above, at, ("voted", "appraisal"), &[("class", class)]).unwrap();
    }
}

/// Totals that add up.
pub const VOTE: &[(&str, &str)] = &[
    ("voters", "10"),
    ("ballots", "10"),
    ("for.excellent", "6"),
    ("for.good", "4"),
    ("for.fulfilled", "0"),
    ("for.failed", "0"),
    ("invalid", "0"),
];
