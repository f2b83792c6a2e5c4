//! Standing and branch corrected by papers; becoming official by a decision only.

use chibo_kernel::{Day, Id, Issue, Moment, Person, Problem};
use chibo_store::{Op, audit};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::actions;
use crate::codes::Standing;
use crate::rules::NewMember;
use crate::rules::correction::{Paper, Sort};
use crate::store;
use crate::testing::{World, day, unit_id};

const CEREMONY: &str = "2025-10-01";

fn probationary(world: &World) -> Id<Person> {
    let admitted = day(CEREMONY);
    let member = NewMember {
        name: "Lê Minh".into(),
        birth: Some(day("2000-01-01")),
        admitted: Some(admitted),
        postings: vec![(unit_id(4), admitted)],
        standings: crate::rules::standings_from_dates(Some(admitted), None, admitted),
        ..NewMember::default()
    };
    world.write(|op| actions::enter(op, &member)).unwrap()
}

fn paper(sort: Sort, on: Day) -> Paper {
    Paper { sort, number: "12-QĐ/ĐU".into(), day: on, reason: "ghi sai trạng thái".into() }
}

fn issues<T: std::fmt::Debug>(outcome: Result<T, Problem>) -> Vec<Issue> {
    match outcome {
        Err(Problem::Refused(issues)) => issues,
        other => panic!("not refused: {other:?}"),
    }
}

fn now(world: &World, id: Id<Person>) -> Vec<(u8, Day)> {
    let rows = world.read(|tx| store::standings(tx, id)).into_iter();
    let mut rows: Vec<_> = rows.filter(|row| row.superseded_at == Moment::FOREVER).collect();
    rows.sort_by_key(|row| row.valid_from);
    rows.iter().map(|row| (row.standing, row.valid_from)).collect()
}

#[test]
fn mem_31_recognised_members_are_official_from_the_end_of_the_twelve_months() {
    let world = World::new();
    let id = probationary(&world);
    let late = issues(world.write(|op| actions::recognise(op, id, day("2026-11-01"))));
    assert_eq!((late[0].rule, late[0].said.key), (Some("MEM-31"), "members-official-day-is"));
    world.write(|op| actions::recognise(op, id, day("2026-10-01"))).unwrap();
    assert_eq!(world.read(|tx| store::person(tx, id)).unwrap().official, Some(day("2026-10-01")));
    assert_eq!(now(&world, id), [(1, day(CEREMONY)), (2, day("2026-10-01"))]);
}

#[test]
fn mem_31_no_capability_makes_somebody_on_probation_official_without_recognising_him() {
    let world = World::new();
    let id = probationary(&world);
    for standing in [Standing::Official, Standing::Exempted] {
        let refused = issues(world.write(|op| actions::set_standing(op, id, standing.number(), day("2026-10-01"))));
        assert_eq!((refused[0].rule, refused[0].said.key), (Some("MEM-31"), "members-recognise-first"));
    }
}

#[test]
fn mem_31_a_recognition_that_was_not_recorded_is_corrected_by_its_decision() {
    let world = World::new();
    let id = probationary(&world);
    let correct = |sort, from: &str, on: &str| {
        let (from, paper) = (day(from), paper(sort, day(on)));
        world.write(|op| actions::correct_standing(op, id, 2, from, &paper))
    };
    assert_eq!(issues(correct(Sort::Decision, "2026-11-05", "2026-11-05"))[0].said.key, "members-official-day-is");
    correct(Sort::Decision, "2026-10-01", "2026-11-05").unwrap();
    assert_eq!(world.read(|tx| store::person(tx, id)).unwrap().official, Some(day("2026-10-01")));
    let log = world.read(|tx| audit::of_stream(tx, id.bytes(), 1));
    assert_eq!(log[0].action, "member-standing-corrected");
    for told in ["12-QĐ/ĐU", "2026-11-05", "ghi sai trạng thái", "\"before\":1"] {
        assert!(log[0].detail.contains(told), "{told}: {}", log[0].detail);
    }
    // A rectification takes it back, with the official day.
    let back = paper(Sort::Rectification, day("2026-11-10"));
    world.write(|op| actions::correct_standing(op, id, 1, day("2026-10-01"), &back)).unwrap();
    assert_eq!(now(&world, id), [(1, day(CEREMONY))]);
    assert_eq!(world.read(|tx| store::person(tx, id)).unwrap().official, None);
}

#[test]
fn exi_15_a_death_corrected_ends_the_posting_and_mem_42_taken_back_it_goes_on_without_a_gap() {
    let world = World::new();
    let id = world.enter("Nguyễn Văn An", 4);
    let correct = |standing: Standing| {
        let paper = paper(Sort::Rectification, day("2026-11-05"));
        world.write(|op| actions::correct_standing(op, id, standing.number(), day("2026-11-01"), &paper)).unwrap();
        let mut rows = world.read(|tx| store::postings(tx, id));
        rows.retain(|row| row.superseded_at == Moment::FOREVER);
        rows.iter().map(|row| (row.valid_from, row.valid_to)).collect::<Vec<_>>()
    };
    assert_eq!(correct(Standing::Deceased), [(day("2005-05-19"), day("2026-11-01"))]);
    let again = correct(Standing::Official);
    let ends = again.iter().map(|(_, to)| *to).max();
    assert!(ends == Some(Day::FOREVER) && again.windows(2).all(|two| two[0].1 == two[1].0), "{again:?}");
}

#[test]
fn trf_02_nobody_is_transferred_out_and_nobody_outside_is_posted_by_a_correction() {
    let world = World::new();
    let id = world.enter("Nguyễn Văn An", 4);
    let paper = paper(Sort::Decision, day("2026-11-05"));
    let out = Standing::TransferredOut.number();
    let refused = issues(world.write(|op| actions::correct_standing(op, id, out, day("2026-11-01"), &paper)));
    assert_eq!(refused[0].rule, Some("TRF-02"));
    world.write(|op| actions::depart(op, id, day("2026-11-01"))).unwrap();
    let refused = issues(world.write(|op| actions::correct_posting(op, id, unit_id(5), day("2026-11-10"), &paper)));
    assert_eq!(refused[0].said.key, "members-move-no-member");
}

/// One act that may or may not be allowed.
fn act(op: &mut Op<'_, '_>, id: Id<Person>, (which, standing, on): (u8, Standing, Day)) -> Result<(), Problem> {
    let bad = Paper { number: String::new(), ..paper(Sort::Rectification, on) };
    match which {
        0 | 1 => actions::set_standing(op, id, standing.number(), on),
        2 => actions::leave(op, id, standing, on),
        3 => actions::restore(op, id, standing, on),
        4 => actions::depart(op, id, on),
        5 => actions::rejoin(op, id, unit_id(5), on),
        6 => actions::readmit(op, id, unit_id(5), on),
        7 => actions::correct_standing(op, id, standing.number(), on, &bad),
        _ => actions::correct_standing(op, id, standing.number(), on, &paper(Sort::Decision, on)),
    }
}

#[test]
fn mem_31_no_sequence_of_acts_reaches_official_without_a_recorded_decision() {
    let world = World::new();
    let one = (0u8..9, proptest::sample::select(Standing::ALL), 0i32..417);
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let run = TestRunner::new(config).run(&proptest::collection::vec(one, 1..9), |acts| {
        let id = probationary(&world);
        for (which, standing, after) in acts {
            drop(world.write(|op| act(op, id, (which, standing, day(CEREMONY).plus_days(after)))));
            let official = now(&world, id).iter().any(|(standing, _)| [2, 3].contains(standing));
            let dated = world.read(|tx| store::person(tx, id)).unwrap().official.is_some();
            let log = world.read(|tx| audit::of_stream(tx, id.bytes(), 50));
            let decided = log.iter().any(|row| {
                row.action == "member-standing-corrected"
                    && row.detail.contains("\"standing\":2")
                    && row.detail.contains("12-QĐ/ĐU")
            });
            prop_assert!(decided || !(official || dated), "{which} {standing:?} {after}");
        }
        Ok(())
    });
    run.unwrap();
    assert!(world.house.db.verify_audit().unwrap().broken.is_empty());
}
