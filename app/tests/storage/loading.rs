//! The demonstration, stopped anywhere and run again, is the demonstration.

use chibo::demo::{Plan, load};
use chibo_kernel::{Problem, Said};
use chibo_testkit::engines;

use super::tables::{difference, tables_but};
use super::{assert_sound, empty, small_city};

/// Tables that say when and in how many steps something was written, not what.
const HOW: [&str; 5] = ["audit", "audit_head", "audit_anchor", "audit_anchor_head", "change_notice"];

#[test]
fn stopped_half_way_and_run_again_gives_the_same_city() {
    let plan = Plan::new(1_000);
    for engine in engines() {
        let whole = small_city(engine);
        let mut wanted = tables_but(&whole.db, &HOW);
        let drawn = forget_drawn(&mut wanted);
        let mut stops = 0;
        for stop in 1.. {
            let test = empty(engine);
            if !fill_until(&test.db, &plan, stop) {
                break;
            }
            stops += 1;
            let mark = load::mark(&test.db).unwrap();
            assert!(mark.is_none_or(|mark| mark.stage < load::DONE), "stop {stop} came after the end");
            load::fill(&test.db, &plan, &mut |_, _, _| Ok(())).unwrap();
            let mut found = tables_but(&test.db, &HOW);
            assert_eq!(forget_drawn(&mut found), drawn);
            assert_eq!(difference(&wanted, &found), Vec::<String>::new(), "{engine}, stopped at call {stop}");
            assert_sound(&test.db);
        }
        assert!(stops >= 4, "there are four stages to stop at, not {stops}");
        println!("{engine}: stopped at {stops} places, each time the same city");
    }
}

/// Identifiers of decisions are drawn anew; how many rows carry them.
fn forget_drawn(tables: &mut super::tables::Tables) -> Vec<usize> {
    ["decision", "decision_step", "unit_succession"].iter().map(|name| tables.remove(*name).unwrap().len()).collect()
}

/// Fills and stops at a call of the progress; false when the loading ended before.
fn fill_until(db: &chibo_store::Db, plan: &Plan, stop: u32) -> bool {
    let mut calls = 0;
    let outcome = load::fill(db, plan, &mut |_, _, _| {
        calls += 1;
        if calls == stop { Err(Problem::refuse(Said::new("cli-demo-stopped"))) } else { Ok(()) }
    });
    assert!(calls < stop || outcome.is_err(), "a stop was not heard");
    outcome.is_err()
}

#[test]
fn running_a_finished_demonstration_again_writes_nothing() {
    let test = small_city("sqlite");
    let before = tables_but(&test.db, &[]);
    load::fill(&test.db, &Plan::new(1_000), &mut |_, _, _| Ok(())).unwrap();
    assert_eq!(difference(&before, &tables_but(&test.db, &[])), Vec::<String>::new());
    let other = load::fill(&test.db, &Plan::new(2_000), &mut |_, _, _| Ok(())).unwrap_err();
    assert_eq!(other.to_string(), "refused: cli-demo-other");
}
