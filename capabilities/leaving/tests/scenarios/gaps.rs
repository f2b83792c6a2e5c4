//! Standings never have gaps, whatever is done in whatever order.

use chibo_kernel::votes::VotingForm;
use chibo_kernel::{Day, Id, Person, Problem};
use chibo_leaving::actions::{open, take};
use chibo_leaving::rules::{Count, Deed, Evidence, Kind, Opening, Step};
use chibo_members::codes::Standing;
use proptest::prelude::*;

use crate::world::{World, day};

/// Opens a case of a kind and takes every step on a day; what is refused is refused.
fn run(world: &World, who: Id<Person>, kind: Kind, on: Day) -> Result<(), Problem> {
    let program = chibo_kernel::Viewer::program("test");
    let new = Opening {
        ground: kind.grounds().last().copied().filter(|_| kind != Kind::StrikingOff).or(kind.grounds().get(1).copied()),
        ends: if kind == Kind::Other { on.plus_days(200) } else { Day::FOREVER },
        amount: 3,
        evidence: vec![Evidence::FeeBook],
        number: "1-QĐ".to_owned(),
        body: "Thành ủy".to_owned(),
        ..Opening::new(who, kind, on)
    };
    let steps: &[Step] = match kind {
        Kind::Health => &[Step::Confirmed, Step::Decided],
        Kind::Other => &[Step::BranchVoted, Step::Decided],
        Kind::StrikingOff => &[Step::Reviewed, Step::BranchVoted, Step::CommitteeVoted, Step::Decided],
        Kind::Request => &[Step::BranchVoted, Step::Decided],
        Kind::Return | Kind::Restoration => &[Step::Decided],
        _ => &[],
    };
    let pass = |op: &mut chibo_store::Op<'_, '_>| {
        let id = open(op, &new)?;
        for (after, step) in (0u32..).zip(steps) {
            let count = Count { form: VotingForm::RaisedCard, listed: 7, away: 0, barred: 0, yes: 6, no: 1 };
            let mut deed = Deed { count: Some(count), ..Deed::new(*step, after, on, "2-NQ") };
            deed.ends = new.ends;
            take(op, id, &deed)?;
        }
        Ok(())
    };
    world.clock.pass(1);
    world.house.db.write(&program, pass)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn mem_42_standings_never_have_gaps(kinds in prop::collection::vec(0usize..9, 1..10)) {
        let world = World::on("sqlite");
        let mut on = day(2026, 8, 3);
        for kind in kinds {
            match run(&world, world.old, Kind::ALL[kind], on) {
                Ok(()) | Err(Problem::Refused(_)) => {}
                Err(other) => prop_assert!(false, "{:?}: {other:?}", Kind::ALL[kind]),
            }
            let spans = world.standings(world.old);
            prop_assert_eq!(spans.first().map(|span| span.0), Some(day(2010, 1, 15)));
            prop_assert_eq!(spans.last().map(|span| span.1), Some(Day::FOREVER));
            prop_assert!(spans.windows(2).all(|pair| pair[0].1 == pair[1].0), "{:?}", spans);
            let left = spans.last().is_some_and(|span| !Standing::counts_as_member(span.2));
            let book = world.page(&world.board(), "/leaving/book?year=2026");
            prop_assert_eq!(left, book.matches(">Lê Thị Già</a>").count() > book.matches("Đã khôi phục quyền").count());
            on = on.plus_days(9);
        }
    }
}
