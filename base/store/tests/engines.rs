//! The store on both engines: transactions, audit chain, jobs, backup, migrations.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::atomic::{AtomicU32, Ordering};

use chibo_kernel::{Id, Permission, Problem, Unit, Viewer};
use chibo_store::audit::{self, Verdict};
use chibo_store::jobs::{self, Handler, Running, Stop};
use chibo_store::{Change, Db, Entry, MIGRATIONS, Migration, backup, queries};
use chibo_testkit::{Folder, TestDb, engines, fresh_engine, open, seeded};

const SAMPLE: Migration = Migration {
    capability: "sample",
    version: 1,
    name: "counter",
    sql: "-- owner: local\nCREATE TABLE counter (name {text} NOT NULL PRIMARY KEY, value {int} NOT NULL) {clustered};",
};

queries! {
    /// Sets.
    fn set(name: &str, value: i64) -> run =
        "INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    /// Reads.
    fn get(name: &str) -> one<i64> = "SELECT value FROM counter WHERE name = $1";
    /// Adds many.
    fn many(name: &str, value: i64) -> bulk = "counter";
    /// Tampering: what somebody with full rights to the database could do.
    fn edit(seq: i64) -> run = "UPDATE audit SET actor_name = 'somebody else' WHERE seq = $1";
    /// Tampering.
    fn delete_entry(seq: i64) -> run = "DELETE FROM audit WHERE seq = $1";
    /// Tampering.
    fn delete_all() -> run = "DELETE FROM audit";
    /// Tampering.
    fn delete_heads() -> run = "DELETE FROM audit_head";
    /// Tampering.
    fn move_entry(from: i64, to: i64) -> run = "UPDATE audit SET seq = $2 WHERE seq = $1";
    /// Tampering.
    fn shorten(seq: i64) -> run = "UPDATE audit_head SET seq = $1";
    /// Tampering.
    fn copy_entry(seq: i64) -> run =
        "INSERT INTO audit (stream, seq, at, actor, actor_name, action, unit_id, subject, detail, prev, hash)
         SELECT stream, seq + 100, at, actor, actor_name, action, unit_id, subject, detail, prev, hash FROM audit WHERE seq = $1";
}

fn migrations() -> Vec<Migration> {
    [MIGRATIONS, &[SAMPLE]].concat()
}

fn fresh(engine: &str) -> TestDb {
    TestDb::new(engine, &migrations()).unwrap()
}

fn entry(stream: u8, action: &'static str) -> Entry {
    Entry { stream: [stream; 16], action, unit: None, subject: None, detail: "{}".into() }
}

fn record(db: &Db, count: usize) {
    for _ in 0..count {
        db.write(&Viewer::program("test"), |op| {
            op.record(entry(1, "something-done"));
            Ok(())
        })
        .unwrap();
    }
}

#[test]
fn a_failed_write_leaves_nothing_behind() {
    for engine in engines() {
        let world = fresh(engine);
        let outcome: Result<(), Problem> = world.db.write(&Viewer::program("test"), |op| {
            set(op.tx(), "a", 1)?;
            op.record(entry(1, "x"));
            op.enqueue("nothing", "{}", None)?;
            Err(Problem::Denied)
        });
        assert_eq!(outcome, Err(Problem::Denied), "{engine}");
        assert_eq!(world.db.read(|tx| get(tx, "a")).unwrap(), None);
        assert_eq!(world.db.verify_audit().unwrap().entries, 0);
        assert_eq!(world.db.read(jobs::open_count).unwrap(), Some(0));
    }
}

#[test]
fn sixteen_writers_lose_no_update() {
    for engine in engines() {
        let world = fresh(engine);
        world.db.quiet_write(|tx| set(tx, "n", 0)).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..10 {
                        let add = |tx: &mut chibo_store::Tx<'_>| {
                            let n = get(tx, "n")?.unwrap_or(0);
                            set(tx, "n", n + 1)
                        };
                        while let Err(problem) = world.db.quiet_write(add) {
                            // PostgreSQL may give up after many retries; the caller is told to try again.
                            assert!(matches!(problem, Problem::Conflict(_)), "{engine}: {problem}");
                        }
                    }
                });
            }
        });
        assert_eq!(world.db.read(|tx| get(tx, "n")).unwrap(), Some(80), "{engine}");
    }
}

#[test]
fn many_rows_go_in_at_once_and_bad_ones_are_refused_together() {
    for engine in engines() {
        let world = fresh(engine);
        let names: Vec<String> = (0..500).map(|n| format!("tên {n}")).collect();
        use chibo_store::Param;
        let rows = || names.iter().enumerate().map(|(n, name)| [name.value(), chibo_store::Value::Int(n as i64)]);
        assert_eq!(world.db.quiet_write(|tx| many(tx, rows())).unwrap(), 500);
        assert_eq!(world.db.read(|tx| get(tx, "tên 499")).unwrap(), Some(499));
        assert!(world.db.quiet_write(|tx| many(tx, rows())).is_err(), "{engine}");
    }
}

#[test]
fn observers_hear_of_every_commit_after_it() {
    for engine in engines() {
        let world = fresh(engine);
        let heard = std::sync::Arc::new(parking(0));
        let counter = heard.clone();
        world.db.observe(move |_, changes| {
            counter.fetch_add(changes.len() as u32, Ordering::SeqCst);
        });
        let unit: Id<Unit> = world.db.fresh();
        world
            .db
            .write(&Viewer::program("test"), |op| {
                op.touch(Change::Unit(unit));
                op.touch(Change::Accounts);
                Ok(())
            })
            .unwrap();
        assert_eq!(heard.load(Ordering::SeqCst), 2, "{engine}");
        world.db.catch_up().unwrap();
        assert_eq!(heard.load(Ordering::SeqCst), 2, "{engine}: nothing is told twice");
    }
}

fn parking(n: u32) -> AtomicU32 {
    AtomicU32::new(n)
}

fn tampered(engine: &str, harm: impl Fn(&mut chibo_store::Tx<'_>) -> Result<u64, Problem>) -> Verdict {
    let world = fresh(engine);
    record(&world.db, 20);
    world.db.anchor_audit().unwrap().unwrap();
    record(&world.db, 3);
    let whole = world.db.verify_audit().unwrap();
    assert_eq!((whole.entries, whole.anchors, whole.broken.as_slice()), (23, 1, &[][..]), "{engine}");
    world.db.quiet_write(|tx| harm(tx).map(drop)).unwrap();
    world.db.verify_audit().unwrap()
}

#[test]
fn s19_deleting_editing_moving_or_adding_an_entry_is_found() {
    for engine in engines() {
        for seq in [1, 7, 20, 23] {
            assert!(!tampered(engine, |tx| edit(tx, seq)).broken.is_empty(), "{engine} edit {seq}");
            assert!(!tampered(engine, |tx| delete_entry(tx, seq)).broken.is_empty(), "{engine} delete {seq}");
            assert!(!tampered(engine, |tx| copy_entry(tx, seq)).broken.is_empty(), "{engine} insert {seq}");
        }
        let swap = |tx: &mut chibo_store::Tx<'_>| {
            move_entry(tx, 4, 99)?;
            move_entry(tx, 5, 4)?;
            move_entry(tx, 99, 5)
        };
        assert!(!tampered(engine, swap).broken.is_empty(), "{engine} reorder");
        let wipe = |tx: &mut chibo_store::Tx<'_>| {
            delete_all(tx)?;
            delete_heads(tx)
        };
        assert!(!tampered(engine, wipe).broken.is_empty(), "{engine} wiping everything leaves the anchors");
        let cut = |tx: &mut chibo_store::Tx<'_>| {
            (13..=23).try_for_each(|seq| delete_entry(tx, seq).map(drop))?;
            shorten(tx, 12)
        };
        assert!(!tampered(engine, cut).broken.is_empty(), "{engine} cutting the tail");
    }
}

fn count_to_three(running: &Running<'_>) -> Result<String, Stop> {
    for n in 1..=3 {
        running.progress(n, 3, "counting")?;
    }
    Ok("{\"counted\":3}".into())
}

fn refuse(_: &Running<'_>) -> Result<String, Stop> {
    Err(Stop::Problem(Problem::Denied))
}

const HANDLERS: [Handler; 2] =
    [Handler { kind: "count", run: count_to_three }, Handler { kind: "refuse", run: refuse }];

#[test]
fn jobs_run_once_report_and_can_be_cancelled_and_taken_over() {
    for engine in engines() {
        let world = fresh(engine);
        let db = &world.db;
        let enqueue = |kind: &'static str| db.write(&Viewer::program("t"), |op| op.enqueue(kind, "{}", None)).unwrap();
        let state = |id| db.read(|tx| jobs::find(tx, id)).unwrap().unwrap().state;
        let (good, bad, unwanted) = (enqueue("count"), enqueue("refuse"), enqueue("count"));
        jobs::request_cancel(db, unwanted).unwrap();
        while jobs::run_next(db, &HANDLERS).unwrap() {}
        assert_eq!(
            (state(good), state(bad), state(unwanted)),
            ("done".into(), "failed".into(), "cancelled".into()),
            "{engine}"
        );
        assert_eq!(db.read(jobs::open_count).unwrap(), Some(0));
        // A worker that died: its lease runs out and the job is started anew.
        let orphan = enqueue("count");
        db.quiet_write(|tx| abandon(tx, orphan).map(drop)).unwrap();
        assert!(!jobs::run_next(db, &HANDLERS).unwrap(), "{engine}: still leased");
        world.clock.pass(jobs::LEASE_MS + 1);
        assert!(jobs::run_next(db, &HANDLERS).unwrap());
        assert_eq!(state(orphan), "done");
    }
}

mod more {
    use chibo_kernel::{Id, Job};
    use chibo_store::queries;
    queries! {
        /// As a worker leaves it that was killed just after it had taken the job at the present moment.
        fn abandon(id: Id<Job>) -> run =
            "UPDATE job SET state = 'running', lease_until = created_at + 120000, attempts = 1 WHERE job_id = $1";
    }
}
use more::abandon;

#[test]
fn r11_backup_and_restore_give_back_every_byte_between_engines() {
    for from in engines() {
        for into in engines() {
            let world = fresh(from);
            record(&world.db, 5);
            world.db.quiet_write(|tx| set(tx, "Đặng Thị Ánh", -7)).unwrap();
            world.db.anchor_audit().unwrap();
            let file = world.folder.path().join("backup.chibo");
            let mut quiet = |_: u64, _: &str| Ok(());
            backup::backup(&world.db, &migrations(), &file, &mut quiet).unwrap();

            let folder = Folder::new();
            let keys = chibo_store::Keys::generate(&*seeded(1));
            let copy = open(fresh_engine(into, &folder).unwrap(), world.clock.clone(), keys).unwrap();
            copy.migrate(&migrations()).unwrap();
            backup::restore(&copy, &migrations(), &file, &mut quiet).unwrap();
            let canonical = |db: &Db| {
                let mut out = Vec::new();
                backup::export(db, &migrations(), &mut out, &mut |_, _| Ok(())).unwrap();
                out
            };
            assert_eq!(canonical(&world.db), canonical(&copy), "{from} → {into}");
            assert!(copy.verify_audit().unwrap().broken.is_empty());
            copy.write(&Viewer::program("t"), |op| {
                op.touch(Change::Accounts);
                Ok(())
            })
            .unwrap();
        }
    }
}

#[test]
fn a_damaged_or_cut_backup_is_refused() {
    let world = fresh("sqlite");
    record(&world.db, 5);
    let file = world.folder.path().join("backup.chibo");
    backup::backup(&world.db, &migrations(), &file, &mut |_, _| Ok(())).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    for at in (0..bytes.len()).step_by(bytes.len() / 50) {
        let mut broken = bytes.clone();
        broken[at] ^= 0x10;
        std::fs::write(&file, &broken).unwrap();
        assert!(backup::verify_file(&file).is_err(), "byte {at}");
    }
    std::fs::write(&file, &bytes[..bytes.len() - 40]).unwrap();
    assert!(backup::verify_file(&file).is_err());
}

#[test]
fn a_newer_database_and_a_changed_history_refuse_an_older_program() {
    for engine in engines() {
        let world = fresh(engine);
        let key = |outcome: Result<_, Problem>| match outcome {
            Err(Problem::Refused(issues)) => issues[0].said.key,
            other => panic!("{engine}: {other:?}"),
        };
        assert_eq!(key(world.db.migrate(MIGRATIONS).map(drop)), "store-newer-database");
        let other = Migration { sql: "-- owner: local\nCREATE TABLE counter (x {int}) {strict};", ..SAMPLE };
        assert_eq!(key(world.db.migrate(&[MIGRATIONS, &[other]].concat()).map(drop)), "store-migration-changed");
        assert!(world.db.migrate(&migrations()).unwrap().applied.is_empty());
    }
}

#[test]
fn keys_of_another_installation_are_refused() {
    let folder = Folder::new();
    let clock = std::sync::Arc::new(chibo_testkit::HandClock::at(chibo_testkit::TODAY));
    let engine = fresh_engine("sqlite", &folder).unwrap();
    let first = open(engine.clone(), clock.clone(), chibo_store::Keys::generate(&*seeded(1))).unwrap();
    first.migrate(MIGRATIONS).unwrap();
    let second = open(engine, clock, chibo_store::Keys::generate(&*seeded(9))).unwrap();
    assert!(second.migrate(MIGRATIONS).is_err());
}

#[test]
fn out_of_scope_answers_like_absent() {
    let world = fresh("sqlite");
    let viewer = Viewer::default();
    let outcome = world.db.write(&viewer, |op| op.permit(Permission::EditUnits, op.fresh()));
    assert_eq!(outcome, Err(Problem::NotFound));
}

#[test]
fn audit_entries_can_be_read_by_stream() {
    let world = fresh("sqlite");
    record(&world.db, 4);
    let rows = world.db.read(|tx| audit::of_stream(tx, &[1; 16], 2)).unwrap();
    assert_eq!(rows.iter().map(|r| r.seq).collect::<Vec<_>>(), [4, 3]);
}
