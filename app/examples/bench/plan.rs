//! The restructuring of 1 July 2025, 442 wards into 168, as one plan coming into force with every member on board.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use chibo::demo::transition::PlannedOperation;
use chibo::demo::{Plan, load};
use chibo_kernel::{Problem, Said, Viewer};
use chibo_organisation::rules::Facts;
use chibo_restructuring::actions::{PlanFacts, add, begin, enact};
use chibo_restructuring::rules::{Extent, Founding, Operation};
use chibo_web::House;

use crate::city::{self, City, Copy, FILE};
use crate::measure::took;
use crate::report::{Report, Row, Target};

pub fn run(city: &City, report: &mut Report) {
    let folder = before(city);
    let house = city::loaded_house(folder.path());
    let viewer = Viewer::program("bench");
    let plan = city.plan();
    let on = chibo_organisation::kinds::PILOT_BEGINS;
    let lines = lines(&house, &plan, on);
    let facts = PlanFacts {
        unit: load::Names::new(&house.db, plan.members()).unit(plan.transition.decisions[0].authority),
        title: "442 → 168".to_owned(),
        authority: "x".to_owned(),
        effective_on: on,
    };
    let (drafted, id) = took(|| {
        let drafted = house.db.write(&viewer, |op| {
            let id = begin(op, &facts)?;
            add(op, id, 1, &lines)?;
            Ok(id)
        });
        drafted.expect("a draft")
    });
    report.row(Row::alone("9", format!("drafting {} lines", lines.len()), "s", drafted.wall));
    let sql = "UPDATE restructuring SET state = 'signed', signed_on = effective_on";
    rusqlite::Connection::open(folder.path().join(FILE)).and_then(|db| db.execute(sql, [])).expect("signed");
    let idle = slowest(&house, || std::thread::sleep(std::time::Duration::from_secs(2)));
    let mut enacted = None;
    let slow = slowest(&house, || {
        enacted = Some(took(|| house.db.write(&viewer, |op| enact(op, id)).expect("in force")).0);
    });
    let wall = enacted.map_or(0.0, |took| took.wall);
    report.row(Row::alone("9", "442 wards into 168, tree and columns followed", "s", wall).must(Target::AtMost(5.0)));
    report.row(Row::alone("9", "slowest read while it ran", "ms", slow).must(Target::AtMost(200.0)));
    report.row(Row::alone("9", "slowest read beside nothing", "ms", idle));
}

/// The slowest read of units, members and database by another thread while some work runs, ms.
fn slowest(house: &House, work: impl FnOnce()) -> f64 {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut worst = 0.0f64;
            while !over.load(Ordering::Relaxed) {
                let start = Instant::now();
                let today = house.db.today();
                let view = house.census.view(today);
                let query = chibo_census::Query::at(chibo_kernel::AsOf::on(today));
                assert!(view.count(&query) > 0);
                drop(view);
                house.db.read(|tx| chibo_store::jobs::open_count(tx).map(drop)).expect("a read");
                worst = worst.max(start.elapsed().as_secs_f64());
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            worst * 1_000.0
        });
        work();
        over.store(true, Ordering::Relaxed);
        reader.join().expect("the reader")
    })
}

/// The city of 30 June 2025: made once and kept.
fn before(city: &City) -> Copy {
    let kept = city.folder().join("before.db");
    let copy = city.copy("plan");
    if !kept.exists() {
        let making = city::scratch("before");
        fs::copy(copy.path().join("keys.json"), making.path().join("keys.json")).expect("the keys are copied");
        fs::File::create(making.path().join(FILE)).expect("a file");
        let db = city::open(making.path());
        let filled = load::fill(&db, &city.plan(), &mut |stage, _, _| match stage {
            "cli-stage-decisions" => Err(Problem::refuse(Said::new("cli-stage-decisions"))),
            _ => Ok(()),
        });
        assert!(filled.is_err() && load::mark(&db).expect("a mark").is_some_and(|mark| mark.stage == 2));
        drop(db);
        let single = rusqlite::Connection::open(making.path().join(FILE));
        single.and_then(|db| db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")).expect("all in one file");
        fs::rename(making.path().join(FILE), &kept).expect("the city of before is kept");
    }
    for rest in ["-wal", "-shm"] {
        let _ = fs::remove_file(copy.path().join(format!("{FILE}{rest}")));
    }
    fs::copy(kept, copy.path().join(FILE)).expect("the city of before is copied");
    copy
}

/// The decisions of the day as lines of one plan.
fn lines(house: &House, plan: &Plan, on: chibo_kernel::Day) -> Vec<Operation> {
    let names = load::Names::new(&house.db, plan.members());
    let id = |no: &u32| names.unit(*no);
    let mut lines = Vec::new();
    let today = plan.transition.decisions.iter().filter(|decision| decision.day == on);
    for operation in today.flat_map(|decision| &decision.operations) {
        match operation {
            PlannedOperation::Establish { unit } => {
                let unit = plan.unit(*unit).expect("a planned unit");
                let (name, short, code) = (unit.name.clone(), unit.short.clone(), unit.code.clone());
                let facts = Facts { name, short, kind: unit.kind, setting: unit.setting, code };
                let parent = id(&unit.parent.expect("a parent"));
                lines.push(Operation::Establish(Box::new(Founding { id: id(&unit.no), facts, parent })));
            }
            PlannedOperation::Reparent { unit, under } => {
                lines.push(Operation::Move { unit: id(unit), parent: id(under) });
            }
            PlannedOperation::Rename { unit, name, short } => {
                let (name, short) = (name.clone(), short.clone());
                lines.push(Operation::Rename { unit: id(unit), name, short, code: None });
            }
            PlannedOperation::Retype { unit, kind, setting } => {
                lines.push(Operation::Retype { unit: id(unit), kind: *kind, setting: *setting });
            }
            PlannedOperation::Merge { unit, into } | PlannedOperation::Dissolve { unit, into } => {
                lines.push(Operation::Join { from: id(unit), into: id(into), extent: Extent::Whole });
            }
            PlannedOperation::Split { unit, into } => {
                let extent = |at: usize| if at == 0 { Extent::Rest } else { Extent::Part };
                lines.extend(into.iter().enumerate().map(|(at, into)| Operation::Join {
                    from: id(unit),
                    into: id(into),
                    extent: extent(at),
                }));
            }
        }
    }
    lines
}
