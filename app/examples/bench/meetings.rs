//! Meetings of a whole city: the picture of the months, the page of a branch, and the night on which everybody files.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chibo_census::Query;
use chibo_census::cube::ListOrder;
use chibo_census::{Census, Scope};
use chibo_kernel::{AsOf, Day, Id, Permission, Person, Problem, Unit, Viewer};
use chibo_meetings::actions::{self, Content, Item, New, Seat};
use chibo_meetings::rules::{Kind, Presence, Terms};
use chibo_members::dims::member_standings;
use chibo_store::{Entry, Op};
use chibo_web::House;

use crate::city::{self, City};
use crate::http::{self, Connection};
use crate::pages;
use crate::report::{Report, Row, Target};

/// Pages of branches asked for.
const BRANCHES: usize = 400;
/// Times the picture of the city is asked for.
const PICTURES: usize = 60;
/// Branches that file in the night; at this pace 15,000 would be done in minutes.
const FILED: usize = 1_000;
/// Secretaries at once.
const THREADS: usize = 8;
/// Writes a second beside them.
const BESIDE: u64 = 50;

pub fn run(city: &City, report: &mut Report) {
    let folder = city.copy("meetings");
    let cookie = city::cookie(city, folder.path());
    let house = city::loaded_house(folder.path());
    let branches = branches(&house);
    looked_at(folder.path(), &cookie, &branches, report);
    night(&house, &branches, report);
}

/// Every branch with its members today.
fn branches(house: &House) -> Vec<(Id<Unit>, Vec<Id<Person>>)> {
    let today = house.db.today();
    let view = house.census.view(today);
    let tree = view.places().tree().clone();
    let mut found = Vec::new();
    for place in 0..tree.len() {
        let Some(no) = tree.unit(place) else { continue };
        let members = people(&house.census, no, today);
        if let (Some(unit), true) = (view.forest().id(no), (3..=40).contains(&members.len())) {
            found.push((unit, members));
        }
    }
    // In no order: neighbours in the tree lie together on the disk.
    let count = found.len().max(1);
    (0..found.len()).map(|at| found[(at * 7_919) % count].clone()).collect()
}

fn people(census: &Census, no: u32, today: Day) -> Vec<Id<Person>> {
    let view = census.view(today);
    let query = Query { members: Some(member_standings()), scope: Scope::Unit(no), ..Query::at(AsOf::on(today)) };
    view.list(&query, ListOrder::Name, None, 50)
        .iter()
        .filter_map(|no| view.person(*no).map(|brief| brief.id))
        .collect()
}

fn percentile(times: &mut [f64], of_hundred: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() * of_hundred / 100).or(times.last()).copied().unwrap_or(0.0)
}

/// The pages over a real connection, one after the other: what a reader waits for.
fn looked_at(folder: &Path, cookie: &str, branches: &[(Id<Unit>, Vec<Id<Person>>)], report: &mut Report) {
    let server = pages::served(folder);
    let mut connection = Connection::open(server.port);
    let mut asked = |path: &str, times: &mut Vec<f64>| {
        let request = http::get(path, cookie);
        let start = Instant::now();
        let body = connection.ask(&request);
        times.push(start.elapsed().as_secs_f64() * 1_000.0);
        assert!(!body.is_empty(), "{path}");
    };
    let (mut city, mut branch) = (Vec::new(), Vec::new());
    asked("/meetings", &mut Vec::new());
    (0..PICTURES).for_each(|_| asked("/meetings", &mut city));
    for (unit, _) in branches.iter().take(BRANCHES) {
        asked(&format!("/meetings/units/{unit}"), &mut branch);
    }
    let row = |what: &str, ms: f64, most: f64| Row::alone("10", what, "ms", ms).must(Target::AtMost(most));
    report.row(row("months of the whole city, median", percentile(&mut city, 50), 50.0));
    report.row(row("page of a branch, median", percentile(&mut branch, 50), 20.0));
    report.row(Row::alone("10", "page of a branch, 99 of 100", "ms", percentile(&mut branch, 99)));
}

/// What the threads of the night share.
struct Night<'h> {
    house: &'h House,
    branches: &'h [(Id<Unit>, Vec<Id<Person>>)],
    ticks: BTreeSet<String>,
    next: AtomicUsize,
    filed: AtomicUsize,
    over: AtomicBool,
    /// Milliseconds of each closing, of each other write.
    closings: Mutex<Vec<f64>>,
    others: Mutex<Vec<f64>>,
    locked: AtomicUsize,
}

fn night(house: &House, branches: &[(Id<Unit>, Vec<Id<Person>>)], report: &mut Report) {
    let terms = Terms::on(house.db.today()).expect("the rules of today");
    let night = Night {
        house,
        branches,
        ticks: terms.ticks.iter().map(|tick| tick.item.clone()).collect(),
        next: AtomicUsize::new(0),
        filed: AtomicUsize::new(0),
        over: AtomicBool::new(false),
        closings: Mutex::default(),
        others: Mutex::default(),
        locked: AtomicUsize::new(0),
    };
    let start = Instant::now();
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| night.beside());
        let filing: Vec<_> = (0..THREADS).map(|_| scope.spawn(|| night.file())).collect();
        filing.into_iter().for_each(|thread| thread.join().expect("a secretary"));
        night.over.store(true, Ordering::Relaxed);
        beside.join().expect("the writes beside");
    });
    let seconds = start.elapsed().as_secs_f64();
    let filed = night.filed.load(Ordering::Relaxed);
    assert!(filed > 0, "no branch had still to file");
    let mut closings = night.closings.into_inner().expect("the times");
    let mut others = night.others.into_inner().expect("the times");
    let row = |what: String, ms: f64| Row::alone("10", what, "ms", ms);
    report.row(row(format!("deadline night, {filed} closings, median"), percentile(&mut closings, 50)));
    let slowest = row("deadline night, closing, 99 of 100".to_owned(), percentile(&mut closings, 99));
    report.row(slowest.must(Target::AtMost(300.0)));
    report.row(row(format!("{} writes beside it, median", others.len()), percentile(&mut others, 50)));
    let slowest = row("writes beside it, 99 of 100".to_owned(), percentile(&mut others, 99));
    report.row(slowest.must(Target::AtMost(300.0)));
    let all = seconds / filed as f64 * 15_000.0 / 60.0;
    report.row(Row::alone("10", "15,000 branches at this pace", "min", all).must(Target::AtMost(120.0)));
    let locked = night.locked.load(Ordering::Relaxed) as f64;
    report.row(Row::alone("10", "answers \"database is locked\"", "", locked).must(Target::AtMost(0.0)));
}

impl Night<'_> {
    fn write<T>(&self, act: impl FnMut(&mut Op<'_, '_>) -> Result<T, Problem>) -> Result<T, Problem> {
        let done = self.house.db.write(&Viewer::program("bench"), act);
        if let Err(problem) = &done
            && problem.to_string().contains("locked")
        {
            self.locked.fetch_add(1, Ordering::Relaxed);
        }
        done
    }

    /// One secretary after the other: opens, writes and closes the month's meeting of a branch that has none yet.
    fn file(&self) {
        while self.filed.load(Ordering::Relaxed) < FILED {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some((unit, people)) = self.branches.get(at) else { return };
            let new = New {
                unit: *unit,
                kind: Kind::Regular,
                on: self.house.db.today(),
                times: (19 * 60, 20 * 60 + 35),
                place: "Nhà văn hóa".to_owned(),
                next: None,
                items: vec![(1, String::new(), "Kiểm điểm việc tháng trước".to_owned())],
            };
            let no = match self.write(|op| actions::open(op, &new)) {
                Ok(no) => no,
                // It has met already.
                Err(Problem::Refused(_)) => continue,
                Err(other) => panic!("a meeting cannot be opened: {other}"),
            };
            let content = self.content(people);
            self.write(|op| actions::write(op, (*unit, no, 1), &content)).expect("the minutes are written");
            let start = Instant::now();
            self.write(|op| actions::close(op, *unit, no, 2, "")).expect("the meeting is closed");
            let ms = start.elapsed().as_secs_f64() * 1_000.0;
            self.closings.lock().expect("the times").push(ms);
            self.filed.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn content(&self, people: &[Id<Person>]) -> Content {
        let today = self.house.db.today();
        let seat = |(at, person): (usize, &Id<Person>)| Seat {
            person: *person,
            presence: if at % 11 == 10 { Presence::Excused } else { Presence::Present },
            reason: String::new(),
            spoke_on: if at % 2 == 0 { "1".to_owned() } else { String::new() },
        };
        Content {
            kind: Kind::Regular,
            on: Some(today),
            from: Some(19 * 60),
            to: Some(20 * 60 + 35),
            place: "Nhà văn hóa".to_owned(),
            chair: people.first().copied(),
            secretary: people.get(1).copied(),
            guests: String::new(),
            ideology: 20,
            report: "Hoàn thành việc được giao. ".repeat(20),
            discussion: "Đảng viên góp ý, thống nhất. ".repeat(40),
            conclusion: "Thông qua nghị quyết tháng. ".repeat(20),
            ticks: self.ticks.clone(),
            prepared: true,
            noticed: Some(today),
            documents: Some(today),
            concluded: None,
            items: vec![Item {
                part: 1, topic: String::new(), title: "Kiểm điểm việc tháng trước".to_owned()
            }],
            roll: people.iter().enumerate().map(seat).collect(),
        }
    }

    /// Fifty acts a second of other people, each with its place in the chain.
    fn beside(&self) {
        let every = Duration::from_micros(1_000_000 / BESIDE);
        let mut due = Instant::now();
        let mut at = 0;
        while !self.over.load(Ordering::Relaxed) {
            let (unit, _) = &self.branches[at % self.branches.len()];
            at += 1;
            let start = Instant::now();
            let act = |op: &mut Op<'_, '_>| {
                op.permit(Permission::EditMembers, *unit)?;
                let detail = serde_json::json!({ "bench": true }).to_string();
                let stream = *unit.bytes();
                op.record(Entry { stream, action: "meeting-printed", unit: Some(*unit), subject: None, detail });
                Ok(())
            };
            self.write(act).expect("a write beside");
            self.others.lock().expect("the times").push(start.elapsed().as_secs_f64() * 1_000.0);
            due += every;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
        }
    }
}
