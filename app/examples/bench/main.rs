//! Measures the program beside the barest program for the same job, in one run: `cargo xtask bench [--help]`.
//!
//! Only ratios mean anything, and only those of one run: both sides are run in turn, the median of the rounds counts.
//! Tour: [`measure`] times, [`report`] prints and judges, [`city`] makes the demonstration once and hands out copies,
//! [`process`] runs and reads other processes; every other module is one section. What is a "bare" program lives in
//! modules named so: no permissions, no history, no validation, no house.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod bare_pages;
mod bare_scan;
mod city;
mod crosstab;
mod export;
mod http;
mod import;
mod large;
mod measure;
mod meetings;
mod pages;
mod plan;
mod process;
mod report;
mod rows;
mod search;
mod start;

use std::process::ExitCode;

use city::City;
use report::Report;

const USAGE: &str = "\
cargo xtask bench [SECTIONS] [OPTIONS]

SECTIONS, all but large when none is named:
  import    members from CSV and XLSX
  crosstab  cross-tabs as of a day in the past, in process and over HTTP, before and after a commit
  search    members by name
  pages     list and member page over real connections
  export    all members as XLSX
  start     start to first page, memory
  plan      442 wards into 168 as one plan, readers beside it
  meetings  months of the city, page of a branch, the night on which everybody files
  large     5.6 million members (needs 4 GB)

OPTIONS:
  --members N  members of the city (248736)
  --rounds N   pairs per long job (3)
  --large      the section large too
  --json       results as JSON on standard output

The city is made once and kept below target/bench.";

/// A section: its name, and what runs it.
type Section = (&'static str, fn(&City, &mut Report));

const SECTIONS: [Section; 9] = [
    ("import", import::run),
    ("crosstab", crosstab::run),
    ("search", search::run),
    ("pages", pages::run),
    ("export", export::run),
    ("start", start::run),
    ("plan", plan::run),
    ("meetings", meetings::run),
    ("large", large::run),
];

struct Options {
    sections: Vec<Section>,
    members: u32,
    rounds: usize,
    json: bool,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|first| first == "--child") {
        child(&args[1..]);
        return ExitCode::SUCCESS;
    }
    let options = match read(&args) {
        Ok(options) => options,
        Err(wrong) => {
            eprintln!("{wrong}\n\n{USAGE}");
            return ExitCode::from(if wrong.is_empty() { 0 } else { 2 });
        }
    };
    let mut report = Report::new(options.rounds, options.json);
    let city = City::ready(options.members, &mut report);
    for (name, run) in &options.sections {
        report.section(name);
        run(&city, &mut report);
    }
    report.finish(options.members);
    ExitCode::SUCCESS
}

fn read(args: &[String]) -> Result<Options, String> {
    let mut options = Options { sections: Vec::new(), members: chibo::demo::FULL_SCALE, rounds: 3, json: false };
    let mut large = false;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|n| n.parse::<u32>().ok()).ok_or(format!("{arg} wants a number"));
        match arg.as_str() {
            "--members" => options.members = number()?.clamp(chibo::demo::SMALLEST, chibo::demo::LARGEST),
            "--rounds" => options.rounds = number()?.max(1) as usize,
            "--large" => large = true,
            "--json" => options.json = true,
            "--help" | "-h" => return Err(String::new()),
            name => {
                let section = SECTIONS.iter().find(|section| section.0 == name);
                options.sections.push(*section.ok_or(format!("no section {name}"))?);
            }
        }
    }
    let all = options.sections.is_empty() && !large;
    let wanted = SECTIONS.iter().filter(|(name, _)| if *name == "large" { large } else { all });
    options.sections.extend(wanted);
    Ok(options)
}

/// Work that is measured from outside runs in a process of its own.
fn child(args: &[String]) {
    let at = |index: usize| args.get(index).map(String::as_str).expect("an argument of a child");
    match at(0) {
        "import" => import::child(at(1).as_ref(), at(2).as_ref()),
        "export" => export::child(at(1).as_ref(), at(2).as_ref()),
        "bare" => bare_pages::serve(at(1).as_ref(), at(2).parse().expect("a port")),
        "large" => large::child(at(1).parse().expect("a number")),
        other => panic!("no child {other}"),
    }
}
