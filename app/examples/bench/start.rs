//! From the start of the process to the first page, and the memory of the serving program.

use std::time::Instant;

use crate::bare_pages;
use crate::city::{self, City, FILE};
use crate::http::{self, Connection};
use crate::measure::{Took, paired};
use crate::pages::{bare, begun, served};
use crate::process;
use crate::report::{Report, Row, Target};

pub fn run(city: &City, report: &mut Report) {
    let folder = city.copy("start");
    let cookie = city::cookie(city, folder.path());
    let file = folder.path().join("bare.db");
    std::fs::copy(folder.path().join(FILE), &file).expect("the database is copied");
    bare_pages::prepare(&city::loaded_house(folder.path()), &file);
    let wall = |wall: f64| Took { wall, cpu: 0.0 };
    let ours = || {
        let start = Instant::now();
        let server = begun(folder.path());
        wall(http::wait_for(server.port, "/sign-in", start).as_secs_f64())
    };
    let other = || {
        let start = Instant::now();
        let server = bare(&file);
        wall(http::wait_for(server.port, "/sign-in", start).as_secs_f64())
    };
    ours();
    other();
    let pair = paired(report.rounds.max(5), ours, other);
    let what = "start to first page; against a bare server";
    report.row(Row::time("8", what, ("s", 1.0), &pair).must(Target::AtMost(1.0)));

    let start = Instant::now();
    let server = served(folder.path());
    report.row(Row::alone("8", "columns loaded behind it after", "s", start.elapsed().as_secs_f64()));
    let pid = server.process.pid();
    let resident = || process::memory(pid, "smaps_rollup", "Rss");
    report.row(Row::alone("8", "resident, columns loaded", "MiB", resident()).must(Target::AtMost(150.0)));
    let mut connection = Connection::open(server.port);
    for path in ["/", "/crosstab?day=2024-06-30", "/members", "/members?q=nguyen+van"] {
        connection.ask(&http::get(path, &cookie));
    }
    let what = "resident after dashboard, report of the past, list and search";
    report.row(Row::alone("8", what, "MiB", resident()).must(Target::AtMost(150.0)));
    http::load(server.port, &[http::get("/members", &cookie), http::get("/crosstab", &cookie)], 3.0);
    let what = "resident after 3 s of lists and reports on 16 connections";
    report.row(Row::alone("8", what, "MiB", resident()).must(Target::AtMost(150.0)));
    report.row(Row::alone("8", "its peak since the start", "MiB", process::memory(pid, "status", "VmHWM")));
}
