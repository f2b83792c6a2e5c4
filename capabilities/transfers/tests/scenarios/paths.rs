//! Whatever is done with papers, a member's postings have no gap and no overlap, and nobody arrives without every box.

use chibo_kernel::{Day, Id, Person, Unit, Viewer};
use chibo_members::{Dossier, each_dossier};
use chibo_transfers::actions::{carry, request, take, take_turn};
use chibo_transfers::rules::{
    Basis, Carried, Deed, Elsewhere, Item, Purpose, Request, Span, State, Step, Turn, TurnDeed, Way,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::world::{BRANCH, NEITHER, OTHER_BRANCH, World, id};

fn way(pick: u8, home: Id<Unit>, today: Day) -> Way {
    let to = if home == id(OTHER_BRANCH) { id(NEITHER) } else { id(OTHER_BRANCH) };
    let place = Elsewhere { name: "Chi bộ khác".to_owned(), province: "Huế".to_owned() };
    let span = Span { purpose: Purpose::Work, from: today, until: today.plus_months(6) };
    match pick % 6 {
        0 | 1 => Way::Inside(to),
        2 => Way::Temporary(to, span),
        3 => Way::TemporaryOutside(place, span),
        4 => Way::TemporaryAbroad(place, span),
        _ => Way::Outside(place),
    }
}

fn step(pick: u8) -> Step {
    match pick % 20 {
        0 => Step::Refused,
        1 => Step::Withdrawn,
        2 => Step::Confirmed,
        3 => Step::StruckOff,
        4 => Step::Restored,
        5 => Step::Considered,
        _ => Step::Signed,
    }
}

/// Postings of somebody as believed now.
fn postings(world: &World, person: Id<Person>) -> Vec<(Day, Day, Id<Unit>)> {
    let mut found = Vec::new();
    let look = |dossier: &Dossier| {
        if dossier.profile.person_id == person {
            found = dossier.postings.iter().map(|held| (held.from, held.to, held.value)).collect();
        }
        Ok(())
    };
    world.house.db.read(|tx| each_dossier(tx, look)).unwrap();
    found
}

/// One paper with its steps, as far as they go; whether every box was signed, and what became of it.
fn walk(world: &World, person: Id<Person>, (kind, picks): (u8, &[u8])) {
    let program = Viewer::program("test");
    let (db, today) = (&world.house.db, world.clock.today());
    let before = postings(world, person);
    let home = before.last().unwrap().2;
    let way = way(kind, home, today);
    let basis = Basis::default();
    let new = Request { person, way: way.clone(), cause: today, reason: String::new(), basis };
    // Refused for whoever has left or is away: then nothing may change.
    let Ok(paper) = db.write(&program, |op| request(op, &new)) else {
        assert_eq!(postings(world, person), before);
        return;
    };
    // Some go without a confirmed index: then the receiving side does not sign.
    if picks.len() % 3 != 2 {
        let carried = Carried { items: Item::ALL.to_vec(), fee_through: None };
        db.write(&program, |op| carry(op, paper, &carried, 0)).unwrap();
    }
    let (mut after, mut signed, mut state) = (0, 0, State::Requested);
    for pick in picks {
        let deed = Deed {
            step: step(*pick),
            after,
            on: world.clock.today(),
            number: "1-GGT".to_owned(),
            note: "Lý do".to_owned(),
        };
        if let Ok(now) = db.write(&program, |op| take(op, paper, &deed)) {
            after += 1;
            signed += usize::from(deed.step == Step::Signed);
            state = now;
        }
    }
    let boxes = if way.kind().abroad() {
        2
    } else if way.kind().outward() {
        3
    } else {
        signed.max(3)
    };
    let moved = postings(world, person) != before;
    assert_eq!(moved, state == State::Accepted && !way.kind().stays(), "{way:?} {state:?}");
    if state == State::Accepted {
        assert!(signed >= boxes, "every box before anybody arrives");
    }
    if state.open() {
        let back = Deed {
            step: if state == State::Presented { Step::Refused } else { Step::Withdrawn },
            after,
            on: world.clock.today(),
            number: String::new(),
            note: "Thôi".to_owned(),
        };
        db.write(&program, |op| take(op, paper, &back)).unwrap();
    }
    if state == State::Accepted && way.kind().stays() {
        for (seen, turn) in [Turn::Landed, Turn::Returned].into_iter().enumerate() {
            let seen = if way.kind().abroad() { seen as u32 } else { 0 };
            let on = world.clock.today();
            let deed = TurnDeed { turn, after: seen, on, until: None, number: String::new(), note: String::new() };
            let done = db.write(&program, |op| take_turn(op, paper, &deed));
            assert!(done.is_ok() || (turn == Turn::Landed && !way.kind().abroad()), "{done:?}");
        }
    }
}

#[test]
fn trf_14_no_gap_and_no_overlap_in_postings_after_any_path() {
    World::each(|world| {
        let people = [world.an, world.binh];
        let paths = prop::collection::vec((0u8..6, prop::collection::vec(0u8..80, 0..9)), 1..6);
        let mut runner = TestRunner::new(Config { cases: 12, ..Config::default() });
        runner
            .run(&paths, |paths| {
                for (at, (kind, picks)) in paths.iter().enumerate() {
                    world.clock.set(world.clock.today().plus_days(3));
                    walk(world, people[at % 2], (*kind, picks));
                }
                for person in people {
                    let line = postings(world, person);
                    prop_assert_eq!(line.first().map(|row| row.2), Some(id(BRANCH)));
                    for pair in line.windows(2) {
                        prop_assert_eq!(pair[0].1, pair[1].0, "a gap or an overlap");
                    }
                    prop_assert!(line.iter().all(|row| row.0 < row.1));
                }
                Ok(())
            })
            .unwrap();
    });
}
