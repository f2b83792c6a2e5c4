//! Member list and member page over real connections, with session, permission and audit; beside a bare server that
//! shows the same rows from SQLite.

use std::path::Path;
use std::time::Instant;

use chibo_census::Query;
use chibo_kernel::{AsOf, Id, Person, Unit};

use crate::bare_pages;
use crate::city::{self, City, FILE};
use crate::http::{self, Connection, Load};
use crate::measure::median;
use crate::process::{self, Beside};
use crate::report::{Report, Row, Target};

/// A server that runs.
pub struct Server {
    pub process: Beside,
    pub port: u16,
}

/// The program itself, serving a data folder, columns loaded; no rate limit.
pub fn served(folder: &Path) -> Server {
    let server = begun(folder);
    http::wait_for(server.port, "/readyz", Instant::now());
    server
}

/// The program itself, just started.
pub fn begun(folder: &Path) -> Server {
    let port = process::free_port();
    let mut command = process::chibo();
    command.arg("serve").arg("--data").arg(folder).args(["--port", &port.to_string()]).env("CHIBO_PER_MINUTE", "0");
    Server { process: Beside::start(&mut command), port }
}

/// The bare server over a file made by [`bare_pages::prepare`].
pub fn bare(file: &Path) -> Server {
    let port = process::free_port();
    let mut command = process::ourselves();
    command.arg("bare").arg(file).arg(port.to_string());
    Server { process: Beside::start(&mut command), port }
}

/// Seconds each server is asked in one turn.
const TURN: f64 = 2.0;
/// Different pages asked for.
const PAGES: usize = 2_000;

pub fn run(city: &City, report: &mut Report) {
    let folder = city.copy("pages");
    let cookie = city::cookie(city, folder.path());
    let house = city::loaded_house(folder.path());
    let file = folder.path().join("bare.db");
    std::fs::copy(folder.path().join(FILE), &file).expect("the database is copied");
    bare_pages::prepare(&house, &file);
    let (units, middle, members) = chosen(&house);
    drop(house);
    let ours = served(folder.path());
    let bare = bare(&file);
    http::wait_for(bare.port, "/sign-in", Instant::now());

    let list = |unit: &Id<Unit>| format!("/members?unit={unit}");
    let small: Vec<String> = units.iter().map(list).collect();
    let large: Vec<String> = middle.iter().map(list).collect();
    let person: Vec<String> = members.iter().map(|id| format!("/members/{id}")).collect();
    same_rows(&ours, &bare, &cookie, &small);
    same_rows(&ours, &bare, &cookie, &large);
    let both = (&ours, &bare, cookie.as_str());
    judge(both, &small, ("4a", "member list, a random base committee"), Target::Ratio(0.7), report);
    judge(both, &large, ("4a", "member list, a random attached committee"), Target::None, report);
    judge(both, &["/members".to_owned()], ("4a", "member list, whole city"), Target::None, report);
    judge(both, &person, ("4b", "member page with history"), Target::Ratio(0.6), report);
}

type Units = Vec<Id<Unit>>;

/// Base committees (up to 1,500 members), attached committees (more), and members, all at random.
fn chosen(house: &chibo_web::House) -> (Units, Units, Vec<Id<Person>>) {
    let view = house.census.view(house.db.today());
    let counts = view.headcounts(&Query::at(AsOf::on(house.db.today())));
    let tree = view.places().tree().clone();
    let id = |place: usize| tree.unit(place as u32).and_then(|no| view.forest().id(no));
    let with = |least: u32, most: u32| -> Vec<Id<Unit>> {
        (1..counts.len()).filter(|place| (least..most).contains(&counts[*place])).filter_map(id).collect()
    };
    let persons = view.persons();
    let members = (0..PAGES).filter_map(|n| view.id(((n * 7_919_993) % persons) as u32)).collect();
    let (small, large) = (with(60, 1_500), with(1_500, 20_000));
    (spread(small), spread(if large.is_empty() { with(1, u32::MAX) } else { large }), members)
}

/// Some of them in no order, more often than once if there are few.
fn spread(units: Vec<Id<Unit>>) -> Vec<Id<Unit>> {
    let count = units.len().max(1);
    (0..PAGES).map(|n| units[(n * 7_919) % count]).collect()
}

/// Both servers show the same members in the same order.
fn same_rows(ours: &Server, bare: &Server, cookie: &str, paths: &[String]) {
    let rows = |server: &Server, path: &str| -> Vec<String> {
        let body = Connection::open(server.port).ask(&http::get(path, cookie));
        let text = String::from_utf8_lossy(&body).into_owned();
        let links = text.split("href=\"/members/").skip(1).filter_map(|rest| rest.get(..32)).map(str::to_owned);
        links.filter(|id| id.parse::<Id<Person>>().is_ok()).collect()
    };
    for path in paths.iter().take(20) {
        let (a, b) = (rows(ours, path), rows(bare, path));
        assert!(!a.is_empty() && a == b, "{path}: {} and {} members differ", a.len(), b.len());
    }
}

/// What both servers stood in one turn, ours first, with the processor seconds it cost.
type Turn = [(Load, f64); 2];

fn judge(
    (ours, bare, cookie): (&Server, &Server, &str),
    paths: &[String],
    (job, what): (&'static str, &str),
    must: Target,
    report: &mut Report,
) {
    let requests: Vec<Vec<u8>> = paths.iter().map(|path| http::get(path, cookie)).collect();
    let turn = |server: &Server, seconds: f64| -> (Load, f64) {
        let before = process::cpu(server.process.pid());
        let load = http::load(server.port, &requests, seconds);
        (load, process::cpu(server.process.pid()) - before)
    };
    let warm_up = (turn(ours, TURN / 4.0), turn(bare, TURN / 4.0));
    let mut turns: Vec<Turn> = Vec::new();
    for round in 0..report.rounds.max(3) {
        if round % 2 == 0 {
            let a = turn(ours, TURN);
            turns.push([a, turn(bare, TURN)]);
        } else {
            let b = turn(bare, TURN);
            turns.push([turn(ours, TURN), b]);
        }
    }
    let rate = |(load, _): &(Load, f64)| load.answers / load.seconds;
    let each = |(load, cpu): &(Load, f64)| cpu / load.answers;
    let of = |take: &dyn Fn(&Turn) -> f64| median(turns.iter().map(take).collect());
    let (a, b) = (&warm_up.0.0, &warm_up.1.0);
    let what = format!("{what}; {:.0} and {:.0} KiB a page", a.bytes / 1024.0, b.bytes / 1024.0);
    report.row(
        Row {
            job,
            what,
            unit: "pages/s",
            ours: of(&|t| rate(&t[0])),
            bare: Some(of(&|t| rate(&t[1]))),
            ratio: Some(of(&|t| rate(&t[0]) / rate(&t[1]))),
            cpu: Some(of(&|t| each(&t[1]) / each(&t[0]))),
            target: Target::None,
        }
        .must(must),
    );
    let p99 = Row {
        job,
        what: "the same: 99 of 100 answers within".to_owned(),
        unit: "ms",
        ours: of(&|t| t[0].0.p99),
        bare: Some(of(&|t| t[1].0.p99)),
        ratio: Some(of(&|t| t[0].0.p99 / t[1].0.p99)),
        cpu: None,
        target: Target::None,
    };
    report.row(if matches!(must, Target::None) { p99 } else { p99.must(Target::RatioAtMost(2.0)) });
}
