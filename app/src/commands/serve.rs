//! `chibo serve`: the pages, the background work, the turn of the day, a graceful end.

use std::sync::Arc;
use std::time::Duration;

use chibo_kernel::{Problem, Said};
use chibo_store::jobs::{self, Handler};
use chibo_web::House;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::Context;
use crate::{compose, machine};

/// Serves until stopped. `greeting` is printed once the address answers.
pub fn run(context: &Context, greeting: Option<&dyn Fn(&str)>) -> Result<u8, Problem> {
    let db = context.open()?;
    let demo = crate::demo::load::mark(&db)?.is_some();
    let settings = context.config.web(demo.then_some("shell-demo"));
    logging(context.config.get("log"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(std::thread::available_parallelism().map_or(2, usize::from).max(2) * 2)
        .max_blocking_threads(32)
        .enable_all()
        .build()
        .map_err(Problem::fault)?;
    let address = context.config.address();
    // The address is taken before anything slow happens: a taken port is said at once.
    let listener = runtime.block_on(TcpListener::bind(address)).map_err(|error| cannot_listen(&error, address))?;
    compose::ensure_root(&db)?;
    let house = compose::house(db, settings)?;
    let url = format!("http://{}", listener.local_addr().map_err(Problem::fault)?);
    let (stop, stopped) = watch::channel(false);
    let behind = background(&house);
    match greeting {
        Some(greet) => greet(&url),
        None => println!("{url}"),
    }
    print_setup_code(&house)?;
    runtime.block_on(async {
        let server =
            tokio::spawn(chibo_web::server::serve(listener, chibo_web::server::router(house.clone()), stopped));
        machine::wait_for_signal().await;
        machine::stop();
        let _ = stop.send(true);
        let _ = server.await;
    });
    for thread in behind {
        let _ = thread.join();
    }
    house.gate.each_minute(&house.db)?;
    house.db.anchor_audit()?;
    Ok(0)
}

fn cannot_listen(error: &std::io::Error, address: std::net::SocketAddr) -> Problem {
    if error.kind() == std::io::ErrorKind::AddrInUse {
        let other = address.port().saturating_add(1);
        return Problem::refuse(Said::new("cli-port-taken").with("value", address.port()).with("other", other));
    }
    Problem::refuse(Said::new("cli-cannot-listen").with("value", address).with("cause", error))
}

fn logging(kind: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_env("CHIBO_LOG_FILTER")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process keeps the first subscriber.
    let _ = if kind == "json" { builder.json().try_init() } else { builder.compact().try_init() };
}

fn print_setup_code(house: &House) -> Result<(), Problem> {
    if house.db.read(chibo_accounts::count)? == 0 {
        println!("/set-up: {}", chibo_accounts::setup_code(house.db.keys()));
    }
    Ok(())
}

/// Starts the threads behind the pages: columns, jobs, and the watch over day, hour and other processes' commits.
pub fn background(house: &Arc<House>) -> Vec<std::thread::JoinHandle<()>> {
    let (columns, worker, watch) = (house.clone(), house.clone(), house.clone());
    vec![
        std::thread::spawn(move || log_fault("columns", chibo_members::columns::fill(&columns.db, &columns.census))),
        std::thread::spawn(move || work(&worker)),
        std::thread::spawn(move || keep_watch(&watch)),
    ]
}

fn log_fault(what: &str, outcome: Result<(), Problem>) {
    if let Err(problem) = outcome {
        tracing::error!(what, cause = %problem, "background work failed");
    }
}

fn work(house: &House) {
    let handlers: Vec<Handler> = house.capabilities.iter().flat_map(|c| c.jobs.iter().copied()).collect();
    while !machine::stopping() {
        match jobs::run_next(&house.db, &handlers) {
            Ok(true) => {}
            Ok(false) => std::thread::sleep(Duration::from_millis(250)),
            Err(problem) => {
                tracing::error!(cause = %problem, "the job list could not be read");
                std::thread::sleep(Duration::from_secs(5));
            }
        }
    }
}

/// The nightly comparison of the columns with SQL; columns that disagree are loaded anew.
fn self_check(house: &House) -> Result<(), Problem> {
    let found = crate::check::compare(&house.db, &house.census)?;
    if found.faults.is_empty() {
        tracing::info!(counted = found.seen, "columns agree with SQL");
        return Ok(());
    }
    tracing::error!(faults = ?found.faults, "columns disagree with SQL; loading anew");
    chibo_members::columns::fill(&house.db, &house.census)
}

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

fn keep_watch(house: &House) {
    let (mut day, mut anchored, mut minute) = (house.db.today(), chibo_kernel::Moment(0), house.db.now());
    while !machine::stopping() {
        std::thread::sleep(Duration::from_millis(300));
        log_fault("catch up", house.db.catch_up());
        let now = house.db.now();
        if now.day() != day {
            day = now.day();
            log_fault("new day", house.db.announce_everything());
            log_fault("self-check", self_check(house));
        }
        if now.0 - minute.0 >= MINUTE_MS {
            minute = now;
            log_fault("sessions", house.gate.each_minute(&house.db));
            log_fault("duties", chibo_web::duty::each_minute(house));
            // What commits have put behind the clustered columns is put in its place before scans feel it.
            if house.census.state() == chibo_census::State::Ready && house.census.is_stale(house.db.today()) {
                log_fault("columns", chibo_members::columns::fill(&house.db, &house.census));
            }
        }
        if now.0 - anchored.0 >= HOUR_MS {
            anchored = now;
            match house.db.anchor_audit() {
                Ok(Some(digest)) => tracing::info!(digest, "audit anchored"),
                Ok(None) => {}
                Err(problem) => tracing::error!(cause = %problem, "audit could not be anchored"),
            }
        }
    }
}
