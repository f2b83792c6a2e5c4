//! A book kept on paper is taken over: exemptions that hold, removals with their votes.

use chibo_kernel::votes::VotingForm;
use chibo_kernel::{Day, Id, Moment, Person, Problem, Viewer};
use chibo_leaving::actions::{Loaded, load, open};
use chibo_leaving::rules::{Count, Deed, Ground, Kind, Opening, Step, ticks};
use chibo_members::codes::Standing;
use chibo_members::rules::NewMember;

use crate::world::{BRANCH, SCHOOL, World, day, id};

/// A striking-off of the past with honest votes.
fn struck_off(person: Id<Person>, left: Day) -> Loaded {
    let count = Count { form: VotingForm::SecretBallot, listed: 15, away: 0, barred: 0, yes: 13, no: 2 };
    let steps = [
        (Step::Reviewed, -30),
        (Step::BranchVoted, -20),
        (Step::CommitteeVoted, -10),
        (Step::Decided, 0),
        (ticks(Kind::StrikingOff).0[0], 3),
    ];
    let deed = |(seq, (step, days)): (u32, (Step, i32))| {
        let votes = step.is_vote(Kind::StrikingOff).then_some(count);
        Deed { count: votes, effective: Some(left), ..Deed::new(step, seq, left.plus_days(days), "4-QĐ/ĐU") }
    };
    let opening = Opening { ground: Some(Ground::Fee), ..Opening::new(person, Kind::StrikingOff, left.plus_days(-40)) };
    Loaded { opening, branch: id(BRANCH), steps: (0u32..).zip(steps).map(deed).collect() }
}

#[test]
fn exi_15_the_book_is_taken_over_and_complaints_go_on_from_it() {
    World::each(|world| {
        let (left, program) = (day(2026, 11, 2), Viewer::program("test"));
        let loaded = [struck_off(world.an, left)];
        let denied = world.house.db.write(&world.board(), |op| load(op, &loaded));
        assert_eq!(denied, Err(Problem::Denied));
        let take_over = |op: &mut chibo_store::Op<'_, '_>| {
            let admitted = day(2001, 3, 4);
            let member = NewMember {
                name: "Phạm Thị Ra".to_owned(),
                birth: Some(day(1975, 3, 4)),
                admitted: Some(admitted),
                official: Some(day(2002, 3, 4)),
                postings: vec![(id(BRANCH), admitted)],
                standings: vec![(1, admitted), (2, day(2002, 3, 4))],
                // What is known since long ago can end in the same write.
                recorded: Some(Moment::start_of(admitted)),
                ..NewMember::default()
            };
            let person = chibo_members::actions::enter(op, &member)?;
            chibo_members::actions::leave(op, person, Standing::Left, left)?;
            load(op, &[struck_off(person, left)])?;
            open(op, &Opening::new(person, Kind::Complaint, left.plus_days(4)))?;
            Ok(person)
        };
        world.clock.pass(1);
        let person = world.house.db.write(&program, take_over).unwrap();
        chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
        let book = world.page(&world.board(), "/leaving/book?year=2026");
        assert!(book.contains("Phạm Thị Ra") && book.contains("02/11/2026"), "{book}");
        let open = world.page(&world.secretary(SCHOOL), "/leaving/cases");
        assert!(open.contains("Khiếu nại xóa tên") && open.contains("Đã quyết định, còn việc"), "{open}");
        assert_eq!(world.last(person), Standing::Left);
    });
}

#[test]
fn exi_01_exemptions_from_before_are_registered_once() {
    World::each(|world| {
        let program = Viewer::program("test");
        let since = day(2025, 3, 1);
        let exempted = |op: &mut chibo_store::Op<'_, '_>| {
            chibo_members::actions::set_standing(op, world.old, Standing::Exempted.number(), since)
        };
        world.clock.pass(1);
        world.house.db.write(&program, exempted).unwrap();
        let form = [("ground", "age"), ("on", "01/03/2025")];
        let at = world.open(BRANCH, world.old, "exempt-health", &form).unwrap();
        world.act(&at, BRANCH, (0, "registered", "01/03/2025"), &[("number", "4-NQ/CB")]).unwrap();
        let list = world.page(&world.board(), "/leaving/exempted");
        assert!(list.contains("Lê Thị Già") && list.contains("01/03/2025"), "{list}");
        let at = world.open(BRANCH, world.old, "exempt-health", &form).unwrap();
        let twice = world.act(&at, BRANCH, (0, "registered", "01/03/2025"), &[]).unwrap_err();
        assert!(twice.contains("sổ chưa có"), "{twice}");
        assert_eq!(world.standings(world.old).len(), 3, "nothing was changed by the book");
    });
}
