//! Rows that go along with a merge, whatever they are: none is lost, and undoing gives exactly these back.

use std::collections::BTreeSet;

use chibo_kernel::{Day, Id, Person, Problem, Said, Viewer};
use chibo_organisation::NewOffice;
use chibo_organisation::kinds::Role;
use chibo_organisation::rules::How;
use chibo_store::handover::{PersonRows, give_back, hand_over};
use chibo_store::reseal::SealedPlaces;
use chibo_testkit::TODAY;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::world::{QUARTER_1, QUARTER_2, QUARTER_9, World, id, sound};

/// An office: of the record that goes, in which unit, which.
type Drawn = (bool, usize, usize);

fn drawn(most: usize) -> impl Strategy<Value = Vec<Drawn>> {
    proptest::collection::vec((any::<bool>(), 0usize..3, 0usize..3), 0..most)
}

fn rows() -> &'static [PersonRows] {
    chibo_organisation::capability().holds.first().unwrap().rows
}

/// Loads offices, each from a day of its own.
fn load(world: &World, drawn: &[Drawn], [kept, gone]: [Id<Person>; 2], since: i32) {
    let units = [QUARTER_1, QUARTER_2, QUARTER_9];
    let all: Vec<_> = (since..)
        .zip(drawn)
        .map(|(day, (goes, unit, role))| NewOffice {
            unit: id(units[*unit]),
            person: if *goes { gone } else { kept },
            role: Role::ALL[*role],
            from: TODAY.plus_days(-day),
            to: Day::FOREVER,
            how: How::Elected,
            decision: String::new(),
        })
        .collect();
    let load = |op: &mut chibo_store::Op<'_, '_>| {
        let now = op.now();
        chibo_organisation::actions::load_offices(op, &all, now).map(drop)
    };
    world.clock.pass(1);
    world.house.db.write(&Viewer::program("test"), load).unwrap();
}

/// The keys of everything kept about somebody: handed over to nobody, and the write is refused at its end.
fn keys(world: &World, person: Id<Person>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let look = |op: &mut chibo_store::Op<'_, '_>| {
        let nobody = Id::from_bytes([9; 16]);
        let handed = hand_over(op, rows(), &SealedPlaces::default(), person, nobody)?;
        let own = |key: &str| key.replace(&format!("{:?}", nobody.bytes()).replace(' ', ""), "person");
        found = handed.iter().map(|row| own(&row.key)).collect();
        Err::<(), _>(Problem::refuse(Said::new("undone")))
    };
    assert!(world.house.db.write(&Viewer::program("test"), look).is_err());
    found
}

#[test]
fn dpd_33_whatever_rows_there_are_none_is_lost_and_undoing_gives_exactly_these_back() {
    World::each(|world| {
        let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
        let run = TestRunner::new(config).run(&(drawn(12), drawn(4)), |(first, later)| {
            let twin = || world.enter(&sound(QUARTER_1));
            let [kept, gone] = [twin(), twin()];
            load(world, &first, [kept, gone], 1);
            let before = [keys(world, kept), keys(world, gone)];
            prop_assert_eq!(before[0].len() + before[1].len(), first.len());
            let (places, program) = (SealedPlaces::default(), Viewer::program("test"));
            let over = |op: &mut chibo_store::Op<'_, '_>| hand_over(op, rows(), &places, gone, kept);
            let handed = world.house.db.write(&program, over).unwrap();
            prop_assert_eq!(handed.len(), before[1].len(), "every row is accounted for");
            let between = [keys(world, kept), keys(world, gone)];
            prop_assert!(between[0].is_superset(&before[0]) && between[1].is_subset(&before[1]));
            prop_assert_eq!(between[0].len() + between[1].len(), first.len());
            // What a member has once: where both had it, all of the record that goes stays.
            let has = |goes: bool, unit, role| first.contains(&(goes, unit, role));
            let stays = first.iter().filter(|(goes, unit, role)| *goes && has(false, *unit, *role)).count();
            prop_assert_eq!(between[1].len(), stays);
            let later: Vec<Drawn> = later.into_iter().map(|(_, unit, role)| (false, unit, role)).collect();
            load(world, &later, [kept, gone], 100);
            let written: BTreeSet<_> = keys(world, kept).difference(&between[0]).cloned().collect();
            let back = |op: &mut chibo_store::Op<'_, '_>| give_back(op, rows(), &places, &handed, [kept, gone]);
            let given = world.house.db.write(&program, back).unwrap();
            prop_assert_eq!(usize::try_from(given).unwrap(), before[1].len() - stays);
            prop_assert_eq!(&keys(world, gone), &before[1]);
            let stay: BTreeSet<_> = before[0].union(&written).cloned().collect();
            prop_assert_eq!(keys(world, kept), stay, "what was written since stays");
            Ok(())
        });
        run.unwrap();
    });
}
