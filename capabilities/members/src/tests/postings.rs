//! Postings after any mixture of moves, reorganisations, leaving and restoration.

use std::collections::HashSet;

use chibo_census::{Dim, Query};
use chibo_kernel::{AsOf, Day, Id, Moment, Person};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::actions;
use crate::codes::Standing;
use crate::ledger;
use crate::store;
use crate::testing::{World, day, unit_id};
use crate::twins::{Lines, Record};

const ADMITTED: &str = "2005-05-19";

/// What is believed, in order.
fn line(world: &World, id: Id<Person>) -> Vec<(Day, Day)> {
    let mut rows = world.read(|tx| store::postings(tx, id));
    rows.retain(|row| row.superseded_at == Moment::FOREVER);
    rows.sort_by_key(|row| row.valid_from);
    rows.iter().map(|row| (row.valid_from, row.valid_to)).collect()
}

#[test]
fn org_18_and_mem_42_postings_never_overlap_and_have_no_gap_whatever_was_done() {
    let world = World::new();
    let one = (0u8..4, 0usize..3, 0usize..3, 0i32..7_800);
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let run = TestRunner::new(config).run(&proptest::collection::vec(one, 1..10), |acts| {
        let id = world.enter("Nguyễn Văn An", 4);
        let units = [4, 5, 6].map(unit_id);
        let mut out: Option<Day> = None;
        for (which, from, into, after) in acts {
            let on = day(ADMITTED).plus_days(after);
            match (which, out) {
                (_, Some(left)) if which == 3 => {
                    world.write(|op| actions::restore(op, id, Standing::Official, left)).unwrap();
                    out = None;
                }
                (0, None) => world.write(|op| actions::post(op, id, units[into], on)).unwrap(),
                (1 | 2, _) => {
                    let gone = HashSet::from([units[from]]);
                    let into = |person, _| Ok((person == id).then_some(units[into]));
                    world.write(|op| actions::move_with_units(op, on, &gone, &mut { into })).map(drop).unwrap();
                }
                (3, None) => {
                    world.write(|op| actions::leave(op, id, Standing::Left, on)).unwrap();
                    out = Some(on);
                }
                _ => {}
            }
            let line = line(&world, id);
            prop_assert_eq!(line.first().map(|(from, _)| *from), Some(day(ADMITTED)));
            prop_assert!(line.iter().all(|(from, to)| from < to), "{line:?}");
            prop_assert!(line.windows(2).all(|two| two[0].1 == two[1].0), "gap or overlap: {line:?}");
            prop_assert_eq!(line.last().map(|(_, to)| *to == Day::FOREVER), Some(out.is_none()), "{:?}", line);
        }
        Ok(())
    });
    run.unwrap();
}

#[test]
fn org_18_a_move_with_the_unit_in_the_act_of_another_move_stands_beside_it() {
    let world = World::new();
    let id = world.enter("Nguyễn Văn An", 4);
    let on = day("2026-10-01");
    let both = |op: &mut chibo_store::Op<'_, '_>| {
        actions::post(op, id, unit_id(5), on)?;
        for (from, into) in [(5, 6), (6, 4), (4, 5)] {
            let gone = HashSet::from([unit_id(from)]);
            actions::move_with_units(op, on, &gone, &mut |_, _| Ok(Some(unit_id(into))))?;
        }
        Ok(())
    };
    world.write(both).unwrap();
    let mut rows = world.read(|tx| store::postings(tx, id));
    assert!(rows.len() >= 6, "every step is kept: {rows:?}");
    rows.retain(|row| row.superseded_at == Moment::FOREVER);
    let units: Vec<_> = rows.iter().map(|row| (row.valid_from, row.unit_id)).collect();
    assert_eq!(units, [(day(ADMITTED), unit_id(4)), (on, unit_id(5))]);
}

#[test]
fn org_18_lines_said_anew_twice_in_one_act_both_stand() {
    let world = World::new();
    let id = world.enter("Nguyễn Văn An", 4);
    let keys = world.house.db.keys().clone();
    let lines = world.read(|tx| Record::read(tx, &keys, id)).lines;
    let twice = |op: &mut chibo_store::Op<'_, '_>| {
        for _ in 0..2 {
            ledger::restate(op, id, &Lines::default())?;
            ledger::restate(op, id, &lines)?;
        }
        Ok(())
    };
    world.write(twice).unwrap();
    assert_eq!(world.read(|tx| Record::read(tx, &keys, id)).lines, lines);
    assert_eq!(world.read(|tx| store::postings(tx, id)).len(), 3, "what was said before is kept");
}

#[test]
fn mem_40_columns_count_party_age_without_the_time_somebody_was_out() {
    let world = World::new();
    let id = world.enter("Nguyễn Văn An", 4);
    let band = |on: &str| {
        let (query, view) = (Query::at(AsOf::on(day(on))), world.house.census.view(day(on)));
        (0..22).find(|code| view.count(&query.clone().only(Dim::PartyAgeBand, *code)) > 0)
    };
    // Admitted on 19 May 2005: more than twenty years.
    assert_eq!(band("2026-11-22"), Some(4));
    world.write(|op| actions::leave(op, id, Standing::Left, day("2010-05-19"))).unwrap();
    world.write(|op| actions::restore(op, id, Standing::Official, day("2020-05-19"))).unwrap();
    crate::columns::fill(&world.house.db, &world.house.census).unwrap();
    assert_eq!(band("2026-11-22"), Some(2), "ten years out: eleven and a half");
    // One member read after a commit says the same as all of them read at once.
    let forest = world.house.census.forest();
    let facts = world.read(|tx| crate::columns::facts(tx, &forest, id)).unwrap();
    assert_eq!(facts.restarts, [(day("2020-05-19"), day("2015-05-19"))]);
}
