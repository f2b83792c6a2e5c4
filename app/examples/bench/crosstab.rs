//! Cross-tabs as of 30 June 2024: the cube of seven traits beside a bare scan of as many rows, the page beside a bare
//! scan for margins, a base committee, and the first question after a commit.

use std::cell::Cell;

use chibo_census::{Dim, PersonFacts, Query, Scope, UnitNo};
use chibo_kernel::{AsOf, Day, Id, Period, Person, Viewer};
use chibo_members::codes::Standing;
use chibo_members::{columns, ledger};
use chibo_store::Change;
use chibo_web::House;

use crate::bare_scan::{BareScan, Collect};
use crate::city::{self, City};
use crate::http::{self, Connection};
use crate::measure::{Took, alone, paired, paired_short, took};
use crate::pages::served;
use crate::report::{Report, Row, Target};

/// The seven traits, the branch's first.
pub const DIMS: [Dim; 7] = [Dim::Kind, Dim::Setting, Dim::Sex, Dim::AgeBand, Dim::Ethnicity, Dim::Degree, Dim::Theory];

/// The day asked about: before the reorganisation, with another tree than today's.
pub fn asked() -> Day {
    Day::from_ymd(2024, 6, 30).expect("a day")
}

const MS: (&str, f64) = ("ms", 1e3);

pub fn run(city: &City, report: &mut Report) {
    let folder = city.copy("crosstab");
    let cookie = city::cookie(city, folder.path());
    let house = city::loaded_house(folder.path());
    let bare = extract(&house);
    in_process(&house, &bare, report);
    committee(&house, report);
    over_http(&folder, &cookie, &bare, report);
    after_a_commit(&house, report);
}

/// The rows as plain arrays.
fn extract(house: &House) -> BareScan {
    let forest = house.census.forest();
    let mut collect = Collect::new(&forest, asked());
    let take = |facts: &PersonFacts| {
        collect.push(facts);
        Ok(())
    };
    house.db.read(|tx| columns::load(tx, &forest, take)).expect("members are read");
    collect.finish()
}

fn in_process(house: &House, bare: &BareScan, report: &mut Report) {
    let today = house.db.today();
    let view = house.census.view(today);
    let query = Query::at(AsOf::on(asked())).by(&DIMS);
    let cube = view.cube(&query).expect("a cube");
    assert_eq!((cube.len(), cube.total()), bare.cube(), "both count the same");
    assert_eq!(bare.margins().1, cube.total(), "both count the same");
    let pair = paired_short(5, || view.cube(&query).expect("a cube"), || bare.cube());
    let what = format!(
        "cube of 7 traits, city on {}: {} cells, {} members, {} states",
        asked(),
        cube.len(),
        cube.total(),
        bare.states()
    );
    report.row(Row::time("2a", what, MS, &pair).must(Target::RatioAtMost(2.0)));
}

/// The base committee nearest to a thousand members on the asked day.
fn small(house: &House) -> (UnitNo, u64) {
    let view = house.census.view(house.db.today());
    let query = Query::at(AsOf::on(asked()));
    let counts = view.headcounts(&query);
    let tree = view.forest().tree(query.at);
    let place = (0..counts.len()).min_by_key(|place| counts[*place].abs_diff(1000)).expect("a unit");
    (tree.unit(place as u32).expect("a unit"), u64::from(counts[place]))
}

fn committee(house: &House, report: &mut Report) {
    let (unit, members) = small(house);
    let view = house.census.view(house.db.today());
    let whole = Query::at(AsOf::on(asked())).by(&DIMS);
    let part = Query { scope: Scope::Unit(unit), ..whole.clone() };
    let pair = paired_short(5, || view.cube(&part).expect("a cube"), || view.cube(&whole).expect("a cube"));
    let what = format!("the same for a base committee of {members} members; against its own city time");
    report.row(Row::time("2c", what, MS, &pair).must(Target::RatioAtMost(0.1)));
}

/// The standard table as a page: session, permission, counting, small cells, HTML, one connection.
fn over_http(folder: &city::Copy, cookie: &str, bare: &BareScan, report: &mut Report) {
    let server = served(folder.path());
    let day = asked().iso();
    let request = http::get(&format!("/crosstab?day={day}"), cookie);
    let mut connection = Connection::open(server.port);
    let bytes = connection.ask(&request).len();
    let pair = paired_short(5, || connection.ask(&request).len(), || bare.margins());
    let what = format!("cross-tab page of the city, {} KiB over HTTP; against a bare scan for margins", bytes >> 10);
    report.row(Row::time("2b", what, MS, &pair).must(Target::RatioAtMost(3.0)));
}

/// Members changed in one commit.
const CHANGED: usize = 1_000;

/// Commits of each kind, in turn.
const COMMITS: usize = 5;

/// The first cube after a commit the columns had to follow, beside the first one after just such a commit that they did
/// not have to follow: both find the processor's memory filled with other things, and only the following differs. A
/// mere pause of 200 ms costs the next cube as much (its columns have left the processor's memory): the third line.
fn after_a_commit(house: &House, report: &mut Report) {
    let today = house.db.today();
    let query = Query::at(AsOf::on(asked())).by(&DIMS);
    let ask = || house.census.view(today).cube(&query).expect("a cube");
    let (first, hot) = (ask(), alone(3, ask));
    let persons: Vec<Id<Person>> = {
        let view = house.census.view(today);
        (0..view.persons() as u32).filter_map(|no| view.id(no)).collect()
    };
    // Everybody is changed once only: each commit has as much to write as the others.
    let step = persons.len() / CHANGED;
    let some = |from: usize| persons.iter().copied().skip(from).step_by(step).take(CHANGED).collect::<Vec<_>>();
    let (round, commit) = (Cell::new(0), Cell::new(Took::default()));
    let after_one = |told: bool| {
        round.set(round.get() + 1);
        commit.set(took(|| change(house, &some(round.get()), told)).0);
        let (next, after) = took(ask);
        assert_eq!(after.total(), first.total(), "nobody is lost");
        next
    };
    let pair = paired(COMMITS, || after_one(true), || after_one(false));
    let what =
        format!("first cube after a commit that changed {CHANGED} members; against one after such a commit of others");
    report.row(Row::time("2d", what, MS, &pair).must(Target::RatioAtMost(1.2)));
    let mut row = Row::alone("2d", "the same; against asking again and again", "ms", pair.ours.wall * 1e3);
    (row.bare, row.ratio) = (Some(hot * 1e3), Some(pair.ours.wall / hot));
    report.row(row);
    std::thread::sleep(std::time::Duration::from_millis(200));
    let (paused, _) = took(ask);
    let mut row =
        Row::alone("2d", "after a pause of 200 ms without any commit; against the same", "ms", paused.wall * 1e3);
    (row.bare, row.ratio) = (Some(hot * 1e3), Some(paused.wall / hot));
    report.row(row);
    report.row(Row::alone("2d", "and every one after it", "ms", alone(3, ask) * 1e3));
    let what = "that commit: rows, audit, durable on disk, columns current";
    report.row(Row::alone("2d", what, "ms", commit.get().wall * 1e3));
    let (loading, ()) = took(|| chibo_members::columns::fill(&house.db, &house.census).expect("columns are loaded"));
    report.row(Row::alone("2d", "all columns anew from the database", "ms", loading.wall * 1e3));
}

/// Every one of them is exempted from activities from today on: rows, history and notices as an action writes them.
/// `told`: the columns hear of it.
fn change(house: &House, persons: &[Id<Person>], told: bool) {
    let from = Period::since(house.db.today());
    let done = house.db.write(&Viewer::program("bench"), |op| {
        for id in persons {
            ledger::amend_standing(op, *id, from, Standing::Exempted.number())?;
            if told {
                op.touch(Change::Person(*id));
            }
        }
        Ok(())
    });
    done.expect("the commit succeeds");
}
