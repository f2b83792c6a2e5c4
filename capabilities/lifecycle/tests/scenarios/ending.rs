//! Dissolution with its two grounds, disbandment by two votes, and what remains to be closed.

use chibo_kernel::Problem;
use chibo_kernel::rulebook::Rulebook;

use crate::world::{CITY, LETTERS, MATHS, SCHOOL, World, id};

const TODAY: &str = "22/11/2026";

#[test]
fn org_12_members_go_on_dossiers_and_seal_are_collected_within_thirty_working_days() {
    World::each(|world| {
        let (unit, target) = (id(LETTERS).to_string(), id(MATHS).to_string());
        let form =
            [("case", "dissolution"), ("unit", unit.as_str()), ("target", target.as_str()), ("ground", "task-done")];
        let case = world.open(SCHOOL, &form);
        world.papers(SCHOOL, &case, &["member-list", "proposal"]);
        world.decide(SCHOOL, &case, SCHOOL, TODAY).unwrap();
        assert_eq!(world.unit_named("Chi bộ Khoa Văn"), None);
        assert!(world.letters.iter().all(|person| world.home(*person) == id(MATHS)));
        let by = Rulebook::built_in().unwrap().calendar().add_working_days(world.clock.today(), 30).value;
        assert!(world.seen(SCHOOL, &case).contains(&by.to_string()));
        let due = world.due("lifecycle");
        assert_eq!(
            due.iter().map(|duty| (duty.rule, duty.unit, duty.due)).collect::<Vec<_>>(),
            [("ORG-12", id(SCHOOL), by)]
        );
        world.wait_until(by.plus_days(1));
        assert!(world.seen(SCHOOL, "/lifecycle?late=yes").contains("Chi bộ Khoa Văn"));
        for step in ["members-moved", "dossiers-collected", "seal-collected"] {
            world.step(SCHOOL, &case, step, &[]).unwrap();
        }
        world.step(SCHOOL, &case, "reported", &[("number", "40-BC/ĐU")]).unwrap();
        assert!(world.seen(SCHOOL, &case).contains("Hoàn tất"));
        assert!(world.due("lifecycle").is_empty());
        let life = world.seen(SCHOOL, &format!("/lifecycle/units/{unit}"));
        assert!(life.contains("Giải thể") && !life.contains("Giải tán"), "{life}");
    });
}

#[test]
fn org_11_neither_units_nor_members_are_left_behind() {
    World::each(|world| {
        let unit = id(LETTERS).to_string();
        let groundless = [("case", "dissolution"), ("unit", unit.as_str())];
        assert!(world.send(&world.officer(SCHOOL), "/lifecycle/new", &groundless).unwrap_err().contains("ORG-11"));
        let form = [("case", "dissolution"), ("unit", unit.as_str()), ("ground", "no-longer-fits")];
        let case = world.open(SCHOOL, &form);
        assert!(
            world.send(&world.officer(SCHOOL), "/lifecycle/new", &form).unwrap_err().contains("hồ sơ khác chưa xong")
        );
        world.papers(SCHOOL, &case, &["member-list", "proposal"]);
        let refused = world.decide(SCHOOL, &case, SCHOOL, TODAY).unwrap_err();
        assert!(refused.contains("ORG-12") && refused.contains("Còn 3 đảng viên"), "{refused}");
        assert!(world.unit_named("Chi bộ Khoa Văn").is_some());

        let school = id(SCHOOL).to_string();
        let form = [("case", "dissolution"), ("unit", school.as_str()), ("ground", "no-longer-fits")];
        let case = world.open(CITY, &form);
        world.papers(CITY, &case, &["member-list", "proposal"]);
        let refused = world.decide(CITY, &case, CITY, TODAY).unwrap_err();
        assert!(refused.contains("Còn 2 tổ chức trực thuộc"), "{refused}");
    });
}

#[test]
fn x_08_two_thirds_propose_more_than_half_above_decide_and_it_is_called_disbanded() {
    World::each(|world| {
        let (unit, target) = (id(LETTERS).to_string(), id(MATHS).to_string());
        let form = [
            ("case", "disbandment"),
            ("unit", unit.as_str()),
            ("target", target.as_str()),
            ("purpose", "Vi phạm nguyên tắc tổ chức"),
        ];
        let case = world.open(SCHOOL, &form);
        world.papers(SCHOOL, &case, &["proposal"]);
        assert!(matches!(world.refused(CITY, &case, "deciding-vote"), Problem::Conflict(_)), "nothing is proposed yet");
        let vote = |yes| [("votes-base", "15"), ("votes-for", yes)];
        world.step(SCHOOL, &case, "proposing-vote", &vote("9")).unwrap();
        let page = world.seen(SCHOOL, &case);
        assert!(page.contains("Biểu quyết không đạt") && page.contains("9/15"), "{page}");
        assert!(world.step(SCHOOL, &case, "proposing-vote", &vote("16")).unwrap_err().contains("X-05"));
        world.step(SCHOOL, &case, "proposing-vote", &vote("10")).unwrap();
        assert!(matches!(world.refused(SCHOOL, &case, "deciding-vote"), Problem::Denied | Problem::NotFound));
        world.step(CITY, &case, "deciding-vote", &vote("7")).unwrap();
        assert!(
            matches!(world.refused(CITY, &case, "decided"), Problem::Conflict(_)),
            "7 of 15 are not more than half"
        );
        world.step(CITY, &case, "deciding-vote", &vote("8")).unwrap();
        assert!(world.decide(SCHOOL, &case, SCHOOL, TODAY).unwrap_err().contains("X-08"));
        world.decide(CITY, &case, CITY, TODAY).unwrap();
        assert_eq!(world.home(world.letters[0]), id(MATHS));
        let life = world.seen(SCHOOL, &format!("/lifecycle/units/{unit}"));
        assert!(life.contains("<span class=\"tag \">Giải tán</span>"), "{life}");
    });
}
