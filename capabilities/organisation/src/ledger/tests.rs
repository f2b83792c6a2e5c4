use chibo_kernel::{AsOf, Day, Moment, Period, Timeline};
use proptest::prelude::*;

use super::*;
use crate::kinds::{Kind, Setting};
use crate::store;
use crate::testing::{World, unit_id};

fn facts(name: u8) -> Facts {
    let name = format!("Tên {name}");
    Facts { name: name.clone(), short: name, kind: Kind::Branch, setting: Setting::School, code: String::new() }
}

/// One write: amendments (first day, days, value) of one unit.
type Write = Vec<(i32, i32, Option<u8>)>;

fn arb_writes() -> impl Strategy<Value = Vec<Write>> {
    let amendment = (0..40i32, 1..25i32, proptest::option::of(0..3u8));
    proptest::collection::vec(proptest::collection::vec(amendment, 1..5), 1..6)
}

fn stored(world: &World, unit: Id<Unit>) -> Timeline<Facts> {
    let rows = world.read(|tx| store::facts_of(tx, unit)?.into_iter().map(read::fact).collect::<Result<Vec<_>, _>>());
    Timeline::from_rows(rows)
}

fn write(world: &World, unit: Id<Unit>, recorded: Moment, amendments: &Write) {
    let done = world.write(|op| {
        let mut ledger = Ledger::new(recorded);
        ledger.load(op.tx(), unit)?;
        for (from, days, value) in amendments {
            let valid = Period::new(Day::from_number(*from), Day::from_number(from + days)).unwrap();
            ledger.amend_facts(unit, valid, value.map(facts));
        }
        ledger.flush(op.tx()).map(drop)
    });
    done.unwrap();
}

#[test]
fn org_18_random_writes_read_back_as_the_timeline_they_amend() {
    World::each(|world| {
        let mut runner =
            proptest::test_runner::TestRunner::new(ProptestConfig { cases: 40, ..ProptestConfig::default() });
        let next = std::cell::Cell::new(0);
        let outcome = runner.run(&arb_writes(), |writes| {
            next.set(next.get() + 1);
            let unit = unit_id(next.get());
            let mut model = Timeline::default();
            for (number, amendments) in writes.iter().enumerate() {
                let recorded = Moment(10 * number as i64);
                write(world, unit, recorded, amendments);
                for (from, days, value) in amendments {
                    let valid = Period::new(Day::from_number(*from), Day::from_number(from + days)).unwrap();
                    model.amend(valid, value.map(facts), recorded);
                }
            }
            let stored = stored(world, unit);
            for known in
                (0..writes.len() as i64).flat_map(|n| [Moment(10 * n), Moment(10 * n + 9)]).chain([Moment::FOREVER])
            {
                for day in (0..70).map(Day::from_number) {
                    let at = AsOf { day, known };
                    prop_assert_eq!(stored.rows().iter().filter(|row| row.holds(at)).count() <= 1, true);
                    prop_assert_eq!(stored.at(at), model.at(at), "{:?}", at);
                }
            }
            Ok(())
        });
        outcome.unwrap();
    });
}

#[test]
fn rows_added_and_superseded_in_one_write_are_never_stored() {
    World::each(|world| {
        let unit = unit_id(1);
        write(world, unit, Moment(5), &vec![(0, 10, Some(0)), (0, 10, Some(1)), (0, 10, Some(2))]);
        let rows = stored(world, unit).rows().to_vec();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].value, facts(2));
    });
}

#[test]
fn writing_what_is_there_already_writes_nothing() {
    World::each(|world| {
        let unit = unit_id(1);
        write(world, unit, Moment(5), &vec![(0, 10, Some(0))]);
        write(world, unit, Moment(9), &vec![(2, 4, Some(0))]);
        write(world, unit, Moment(12), &vec![(2, 4, Some(1)), (2, 4, Some(0)), (0, 10, Some(0))]);
        let rows = stored(world, unit).rows().to_vec();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].recorded, Moment(5));
        assert!(rows[0].is_current());
    });
}

#[test]
fn recorded_time_never_runs_back_even_when_the_clock_does() {
    World::each(|world| {
        let unit = unit_id(1);
        write(world, unit, Moment(50), &vec![(0, 10, Some(0))]);
        write(world, unit, Moment(50), &vec![(0, 10, Some(1))]);
        write(world, unit, Moment(20), &vec![(0, 10, Some(2))]);
        let line = stored(world, unit);
        let name = |known| line.at(AsOf { day: Day::from_number(3), known }).map(|facts| facts.name.clone());
        assert_eq!(name(Moment(49)), None);
        assert_eq!(name(Moment(50)).as_deref(), Some("Tên 0"));
        assert_eq!(name(Moment(51)).as_deref(), Some("Tên 1"));
        assert_eq!(name(Moment(52)).as_deref(), Some("Tên 2"));
    });
}
