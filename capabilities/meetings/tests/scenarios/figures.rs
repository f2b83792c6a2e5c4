//! Figures of a period for those who review branches and members.

use chibo_web::figures::{BranchFigures, FigureSource, MemberFigures};

use crate::month::{opened, send, written};
use crate::world::{BRANCH, NEITHER, World, day, id};

#[test]
fn mtg_22_mtg_11_a_review_gets_figures_of_the_branch_and_of_its_members_from_the_house() {
    World::each(|world| {
        let who = world.secretary(BRANCH);
        let source = FigureSource::of(&world.house.capabilities).unwrap();
        let year = (day(2026, 1, 1), day(2026, 12, 31));
        let branch = |unit: u8, period| world.house.db.read(|tx| (source.branch)(tx, id(unit), period)).unwrap();
        let meeting = opened(world);
        let member = world.people[1].to_string();
        let task = [("version", "1"), ("member", member.as_str()), ("what", "Thăm hộ"), ("due", "20/11/2026")];
        world.send(&who, &format!("{meeting}/tasks"), &task).unwrap();
        let absent = format!("was-{}", world.people[3]);
        send(world, &meeting, &written(world, "1", &[(&absent, "2")])).unwrap();
        assert_eq!(branch(BRANCH, year).met, 0, "what is still written is no meeting held");
        world.send(&who, &format!("{meeting}/closing"), &[("version", "2")]).unwrap();
        let none = [("none-month", "2026-10"), ("none-reason", "Cả chi bộ đi công tác")];
        world.send(&who, &format!("/meetings/units/{}/none", id(BRANCH)), &none).unwrap();

        let held = branch(BRANCH, year);
        assert_eq!((held.met, held.late, held.excused, held.thematic), (1, 0, 1, 0));
        assert_eq!((held.attendance, held.grades.iter().sum::<u32>()), ((5, 4), 1));
        assert!(held.average.is_some_and(|points| points > 0 && points <= 100), "{held:?}");
        assert_eq!(branch(BRANCH, (day(2026, 1, 1), day(2026, 9, 30))), BranchFigures::default(), "another period");
        assert_eq!(branch(NEITHER, year), BranchFigures::default(), "another branch");

        let asked = [world.people[0], world.people[1]];
        let members = |period| world.house.db.read(|tx| (source.members)(tx, &asked, period)).unwrap();
        let open = MemberFigures { open: 1, ..MemberFigures::default() };
        assert_eq!(members(year), [MemberFigures::default(), open], "one for each, in the order asked");
        assert_eq!(members((day(2026, 1, 1), day(2026, 9, 30))), [MemberFigures::default(); 2]);
    });
}
