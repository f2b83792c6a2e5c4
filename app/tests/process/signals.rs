//! Ctrl-C and the stop signal: a clean state, and the same command goes on.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::time::Duration;

use chibo::demo::load;
use chibo_store::Engine;
use chibo_testkit::Folder;

use crate::program::{assert_sound, chibo, city, copy_of, members, open, run};

fn send(signal: &str, child: &Child) {
    let status = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

#[test]
fn ctrl_c_stops_the_demonstration_cleanly_and_running_again_goes_on() {
    let whole = Folder::new();
    let watch = chibo::machine::stopwatch();
    run(whole.path(), &["demo", "--members", "1000", "--build-only"]).fine();
    let full = watch.elapsed();
    let mut heard = 0;
    // When a signal lands is chance; every try must end cleanly, and some must be stopped half-way.
    for percent in [50, 70, 30, 60, 40, 80, 20, 65, 45, 55, 35, 75] {
        let data = Folder::new();
        let child = chibo(data.path(), &["demo", "--members", "1000", "--build-only"]).spawn().unwrap();
        std::thread::sleep(full * percent / 100);
        send("-INT", &child);
        let ran: crate::program::Ran = child.wait_with_output().unwrap().into();
        ran.stayed_upright();
        if ran.code == Some(1) {
            ran.refused(&["Stopped", "run the same command again"]);
            heard += 1;
        }
        if data.path().join("chibo.db").exists() && data.path().join("keys.json").exists() {
            assert_sound(&open(data.path()), "after Ctrl-C");
        }
        run(data.path(), &["demo", "--members", "1000", "--build-only"]).fine();
        let db = open(data.path());
        assert_eq!((members(&db), load::mark(&db).unwrap().map(|mark| mark.stage)), (1_000, Some(load::DONE)));
        assert_sound(&db, "gone on after Ctrl-C");
        if heard >= 2 {
            break;
        }
    }
    println!("{heard} times stopped half-way; a whole run takes {full:?}");
    assert!(heard > 0, "Ctrl-C was never heard");
}

#[test]
fn serving_begins_with_an_address_and_ends_with_the_signal() {
    let data = copy_of(city());
    let elsewhere = Folder::new();
    let mut runs = vec![("-TERM", data.path(), String::new()), ("-INT", data.path(), String::new())];
    if chibo_testkit::engines().contains(&"postgres") {
        let Engine::Postgres(url) = chibo_testkit::fresh_engine("postgres", &elsewhere).unwrap() else { panic!() };
        runs.push(("-TERM", elsewhere.path(), url));
    } else {
        println!("NOT TESTED here: serving from PostgreSQL. CHIBO_TEST_POSTGRES names no server.");
    }
    for (signal, folder, url) in &runs {
        let mut child = chibo(folder, &["serve", "--port", "0", "--database", url]).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut url = String::new();
        out.read_line(&mut url).unwrap();
        let address = url.trim().strip_prefix("http://").unwrap_or_else(|| panic!("{url}")).to_owned();
        let ask = |path: &str| {
            let mut socket = TcpStream::connect(&address).unwrap();
            socket.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
            write!(socket, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
            let mut answer = String::new();
            socket.read_to_string(&mut answer).unwrap();
            answer
        };
        assert!(ask("/healthz").starts_with("HTTP/1.1 200"));
        assert!(ask("/").starts_with("HTTP/1.1 303"));
        let first = ask("/sign-in");
        assert!(
            first.starts_with("HTTP/1.1 303") && first.contains("/set-up"),
            "a page that asks the database: {first}"
        );
        let ready = (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            ask("/readyz").starts_with("HTTP/1.1 200")
        });
        assert!(ready, "the columns were never read");
        assert!(ask("/metrics").contains("chibo_requests_total"));
        // No account yet: the code for the first one is on the terminal, not in the log.
        let mut code = String::new();
        out.read_line(&mut code).unwrap();
        assert!(code.starts_with("/set-up: "), "{code}");
        let idle = TcpStream::connect(&address).unwrap();
        send(signal, &child);
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}: {err}");
        assert!(!err.contains("panicked") && !err.contains(code.trim_start_matches("/set-up: ").trim()), "{err}");
        drop(idle);
        assert!(TcpStream::connect(&address).is_err());
    }
    let db = open(data.path());
    assert_sound(&db, "after serving");
    assert!(db.verify_audit().unwrap().anchors > 0, "a graceful end anchors the log");
}
