//! A thousand rounds of two chairs at one group: exactly one wins, and the cap holds.

use std::sync::Barrier;

use chibo_evaluation::actions::{Choice, decide_group, fill, plan_of};
use chibo_evaluation::rules::{Class, Group, Sort};
use chibo_kernel::{Id, Permission, Problem, Unit, Viewer};
use chibo_testkit::TODAY;

use crate::filled::{campaign, with};
use crate::world::{EDIT, WARD, World, id};

const ROUNDS: u32 = 1_000;

/// What each chair decides in each round. In even rounds both decide the two that are left, each another one excellent; in odd
/// rounds each decides one of them excellent, and the cap has one place.
fn choices(chair: usize, round: u32, left: &[Id<chibo_evaluation::rules::Subject>; 2]) -> Vec<Choice> {
    let mine = left[chair];
    if round % 2 == 1 {
        return vec![(mine, Class::Excellent)];
    }
    left.iter().map(|one| (*one, if *one == mine { Class::Excellent } else { Class::Good })).collect()
}

fn chairs(world: &World) -> [Viewer; 2] {
    let ward: Id<Unit> = id(WARD);
    let rights: &[Permission] = EDIT;
    [world.person(2, ward, rights), world.person(3, ward, rights)]
}

#[test]
fn eval_24_in_a_thousand_rounds_of_two_chairs_exactly_one_wins_and_the_cap_holds() {
    World::each(|world| {
        let db = &world.house.db;
        let mut rounds = Vec::new();
        db.write(&Viewer::program("test"), |op| {
            rounds.clear();
            for round in 0..ROUNDS {
                let mut filled = campaign(round);
                for decided in [Some(Class::Good); 4].into_iter().chain([None, None]) {
                    filled = with(filled, round, decided, 9_500);
                }
                fill(op, &filled)?;
                rounds.push((filled.row.campaign_id, [filled.subjects[4].subject_id, filled.subjects[5].subject_id]));
            }
            Ok(())
        })
        .unwrap();
        let (gate, chairs) = (Barrier::new(2), chairs(world));
        let race = |chair: usize| -> Vec<Result<usize, Problem>> {
            let one = |(round, (_, left)): (u32, &(_, [_; 2]))| {
                gate.wait();
                let choices = choices(chair, round, left);
                db.write(&chairs[chair], |op| decide_group(op, &choices, ("12-QĐ/ĐU", TODAY, "")))
            };
            (0..ROUNDS).zip(&rounds).map(one).collect()
        };
        let (first, second) = std::thread::scope(|scope| {
            let other = scope.spawn(|| race(1));
            (race(0), other.join().unwrap())
        });
        for (round, outcomes) in (0..ROUNDS).zip(first.iter().zip(&second)) {
            let refused = match outcomes {
                (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
                both => panic!("round {round}: {both:?}"),
            };
            match refused {
                Problem::Refused(issues) => assert!(round % 2 == 1 && issues[0].rule == Some("EVAL-24"), "{issues:?}"),
                Problem::Conflict(_) => assert_eq!(round % 2, 0),
                other => panic!("round {round}: {other:?}"),
            }
        }
        db.read(|tx| {
            for (round, (campaign, _)) in (0..ROUNDS).zip(&rounds) {
                let group = plan_of(tx, *campaign, id(WARD), Sort::Member)?;
                let decided = if round % 2 == 1 { 5 } else { 6 };
                assert_eq!(group, Group { good_and_above: decided, excellent: 1 }, "round {round}");
            }
            Ok(())
        })
        .unwrap();
    });
}
