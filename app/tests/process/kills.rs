//! R1: `kill -9` at random instants. Nothing acknowledged is lost, nothing is half done.

use std::path::Path;
use std::time::Duration;

use chibo::demo::load;
use chibo_testkit::{Folder, seeded};

use crate::files::branch_code;
use crate::program::{Ran, assert_sound, chibo, city, copy_of, eve, members, open, run};

type Draw = std::sync::Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// Random instants from a seed; printed, so that a bad day can be had again.
struct Chance {
    draw: Draw,
    /// The time within which a kill falls: it follows how busy the machine is.
    span: Duration,
}

impl Chance {
    fn new(what: &str, kills: u32, usual: Duration) -> Self {
        let seed = std::env::var("CHIBO_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(7_u64);
        println!("{what}: {kills} kills, seed {seed}, a whole run takes {usual:?}");
        Self { draw: seeded(seed), span: usual }
    }

    fn instant(&self) -> Duration {
        let mut bytes = [0; 2];
        (self.draw)(&mut bytes);
        self.span.mul_f64(f64::from(u16::from_le_bytes(bytes)) / 65_536.0)
    }

    /// A kill that came too late shortens the next ones, one that came in time lets them be later.
    fn came(&mut self, too_late: bool) {
        self.span = self.span.mul_f64(if too_late { 0.8 } else { 1.1 });
    }
}

/// How often to kill: an everyday run is short, a campaign is asked for.
fn kills(everyday: u32) -> u32 {
    std::env::var("CHIBO_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(everyday)
}

/// Starts, waits, kills; what it had said by then, and whether it had ended by itself.
fn killed(data: &Path, args: &[&str], after: Duration) -> (Ran, bool) {
    let mut child = chibo(data, args).spawn().unwrap();
    std::thread::sleep(after);
    let ended = child.try_wait().unwrap().is_some();
    let _ = child.kill();
    (child.wait_with_output().unwrap().into(), ended)
}

/// A file of members nobody has yet.
fn list(folder: &Path, no: u32, code: &str, rows: u32) -> String {
    let mut text = String::from("Họ và tên,Ngày sinh,Số CCCD,Chi bộ,Ngày vào Đảng,Ngày chính thức\n");
    for row in 0..rows {
        let number = no * rows + row;
        text.push_str(&format!("Nguyễn Văn Số {no} {row},03/02/1980,07908{number:07},{code},19/05/2005,19/05/2006\n"));
    }
    let file = folder.join(format!("list-{no}.csv"));
    std::fs::write(&file, text).unwrap();
    file.to_string_lossy().into_owned()
}

#[test]
fn r1_killed_during_imports() {
    const ROWS: u32 = 200;
    let (kills, data) = (kills(40), copy_of(city()));
    let code = branch_code(&open(data.path()));
    let watch = chibo::machine::stopwatch();
    run(data.path(), &["import", "members", &list(data.path(), 0, &code, ROWS), "--confirm", "--json"]).fine();
    let mut chance = Chance::new("imports", kills, watch.elapsed());
    let mut there = members(&open(data.path()));
    assert_eq!(there, 1_000 + i64::from(ROWS));
    let (mut acknowledged, mut silent, mut nothing) = (0, 0, 0);
    for no in 1..=kills {
        let file = list(data.path(), no, &code, ROWS);
        let args = ["import", "members", &file, "--confirm", "--json"];
        let (ran, ended) = killed(data.path(), &args, chance.instant());
        chance.came(ended);
        // The last line is printed after the commit and not before.
        let said = ran.out.lines().any(|line| line.contains("\"import\":"));
        let db = open(data.path());
        assert_sound(&db, &format!("import {no} killed"));
        let now = members(&db);
        let written = now - there;
        assert!(written == 0 || written == i64::from(ROWS), "import {no}: {written} of {ROWS} rows");
        assert!(!said || written > 0, "import {no} was acknowledged and is lost");
        match (said, written > 0) {
            (true, _) => acknowledged += 1,
            (false, true) => silent += 1,
            (false, false) => nothing += 1,
        }
        there = now;
    }
    println!("imports: {acknowledged} acknowledged and there, {silent} written but not said, {nothing} not begun");
    assert!(nothing > 0, "no kill came before the commit");
    // What was killed can be done again: rows already there are known, the others are new.
    let again = list(data.path(), kills, &code, ROWS);
    let outcome = run(data.path(), &["import", "members", &again, "--json"]).fine().json();
    let (new, known) = (outcome["new"].as_u64().unwrap(), outcome["known"].as_u64().unwrap());
    assert!((new, known) == (u64::from(ROWS), 0) || (new, known) == (0, u64::from(ROWS)), "{outcome}");
}

#[test]
fn r1_killed_during_the_reorganisation() {
    let kills = kills(30);
    let args = ["demo", "--members", "1000", "--build-only"];
    let first = copy_of(eve());
    let watch = chibo::machine::stopwatch();
    run(first.path(), &args).fine();
    let mut chance = Chance::new("reorganisation", kills, watch.elapsed());
    let mut stages = std::collections::BTreeMap::new();
    for no in 1..=kills {
        let data = copy_of(eve());
        killed(data.path(), &args, chance.instant());
        let db = open(data.path());
        assert_sound(&db, &format!("reorganisation {no} killed"));
        let mark = load::mark(&db).unwrap().unwrap();
        // What follows the last stage is the making of accounts, which takes long on purpose.
        chance.came(mark.stage == load::DONE);
        let decisions = |db: &chibo_store::Db| {
            let forest = db.read(|tx| chibo_organisation::load_forest(tx, None)).unwrap();
            forest.change_days().len()
        };
        // Either the city of the eve or the city of today: the stage says which, and the tree agrees.
        let wanted = if mark.stage < 3 { eve() } else { first.path() };
        assert_eq!(decisions(&db), decisions(&open(copy_of(wanted).path())), "stage {}", mark.stage);
        *stages.entry(mark.stage).or_insert(0) += 1;
        if no % 10 == 0 {
            drop(db);
            run(data.path(), &args).fine();
            let db = open(data.path());
            assert_eq!(load::mark(&db).unwrap().unwrap().stage, load::DONE);
            assert_sound(&db, &format!("reorganisation {no} gone on"));
        }
    }
    println!("reorganisation: killed at stages {stages:?}");
    assert!(stages.contains_key(&2), "no kill came before the decisions");
}

#[test]
fn r1_killed_during_backups() {
    let (kills, data) = (kills(30), copy_of(city()));
    let place = Folder::new();
    let file = place.path().join("all.chibo");
    let name = file.to_string_lossy().into_owned();
    let watch = chibo::machine::stopwatch();
    run(data.path(), &["backup", &name]).fine();
    let mut chance = Chance::new("backups", kills, watch.elapsed());
    let (mut whole, mut none) = (0, 0);
    for no in 1..=kills {
        let _ = std::fs::remove_file(&file);
        let (ran, ended) = killed(data.path(), &["backup", &name, "--json"], chance.instant());
        chance.came(ended);
        if file.exists() {
            // Under its name it is whole, whenever the program died.
            chibo_store::backup::verify_file(&file).unwrap();
            whole += 1;
        } else {
            assert!(!ended && !ran.out.contains("rows"), "backup {no} was acknowledged and is not there");
            none += 1;
        }
        if no % 10 == 0 {
            assert_sound(&open(data.path()), &format!("backup {no} killed"));
        }
    }
    println!("backups: {whole} whole, {none} not there");
    assert!(none > 0, "no kill came before the end");
    run(data.path(), &["backup", &name]).fine();
    let empty = Folder::new();
    std::fs::copy(data.path().join("keys.json"), empty.path().join("keys.json")).unwrap();
    run(empty.path(), &["restore", &name]).fine();
    assert_sound(&open(empty.path()), "restored after kills");
}
