//! Offices that end by themselves.

use chibo_store::jobs;

use crate::world::{BRANCH, COUNT, NAMES, SCHOOL, World, at, day};

fn leaving(world: &World, who: &str, ground: &str, on: &str) -> Result<String, String> {
    let form = [("who", who), ("ground", ground), ("on", on), ("number", "45-TB/ĐU")];
    world.post(BRANCH, "/leavings", &form)
}

fn run(world: &World) -> bool {
    jobs::run_next(&world.house.db, &chibo_committees::jobs::handlers()).unwrap()
}

/// Whether somebody is among those in office today.
fn holds(world: &World, name: &str) -> bool {
    let page = world.page(&world.officer(SCHOOL), &at(BRANCH, ""));
    let (_, rest) = page.split_once("Cấp ủy hiện nay</caption>").unwrap_or(("", ""));
    rest.split("</table>").next().unwrap().contains(name)
}

#[test]
fn org_27_offices_end_on_the_day_of_the_notice_without_a_decision() {
    World::each(|world| {
        world.congress();
        let an = world.people[0].to_string();
        leaving(world, &an, "retired", "1/1/2027").unwrap();
        assert!(holds(world, NAMES[0]) && !run(world), "the day has not come");
        world.clock.set(day(2027, 1, 1));
        assert!(run(world) && !run(world));
        assert!(!holds(world, NAMES[0]) && holds(world, NAMES[1]));
        assert_eq!(world.acts("office-left").len(), 1);
        assert_eq!(world.house.db.read(jobs::open_count), Ok(Some(0)));
    });
}

#[test]
fn org_27_a_day_that_has_come_ends_them_at_once_and_a_temporary_transfer_does_not() {
    World::each(|world| {
        world.congress();
        let [an, binh] = [0, 1].map(|at| world.people[at].to_string());
        leaving(world, &an, "moved", "1/11/2026").unwrap();
        leaving(world, &binh, "temporary", "1/11/2026").unwrap();
        assert!(!holds(world, NAMES[0]) && holds(world, NAMES[1]));
        assert!(!run(world));
    });
}

#[test]
fn org_27_a_notice_written_down_late_leaves_what_began_after_its_day() {
    World::each(|world| {
        world.congress();
        let own = [("on", "10/11/2026"), ("gathering", "meeting"), ("role", "deputy"), ("seats", "1")];
        let who = [("person-1", NAMES[0]), ("votes-1", "9")];
        world.post(BRANCH, "/elections", &[&own[..], &who, &COUNT].concat()).unwrap();
        leaving(world, &world.people[0].to_string(), "moved", "1/11/2026").unwrap();
        assert!(holds(world, NAMES[0]), "deputy since 10 November");
        assert_eq!(world.acts("office-left").len(), 1);
    });
}

#[test]
fn org_27_a_notice_is_withdrawn_before_its_day() {
    World::each(|world| {
        world.congress();
        let an = world.people[0].to_string();
        leaving(world, &an, "management", "1/1/2027").unwrap();
        let page = world.page(&world.officer(SCHOOL), &at(BRANCH, "/leavings"));
        assert!(page.contains("45-TB/ĐU") && page.contains("Rút thông báo"), "{page}");
        let missing = world.post(BRANCH, "/withdrawals", &[("notice", "1")]).unwrap_err();
        assert!(missing.contains("#by"), "{missing}");
        world.post(BRANCH, "/withdrawals", &[("notice", "1"), ("by", "46-TB/ĐU")]).unwrap();
        world.clock.set(day(2027, 1, 1));
        assert!(run(world));
        assert!(holds(world, NAMES[0]));
    });
}

#[test]
fn org_28_more_than_a_third_moved_at_once_needs_consent_two_levels_up() {
    World::each(|world| {
        world.congress();
        let [an, binh] = [0, 1].map(|at| world.people[at].to_string());
        leaving(world, &an, "moved", "2/11/2026").unwrap();
        let second = leaving(world, &binh, "moved", "2/11/2026").unwrap_err();
        assert!(second.contains("ORG-28") && second.contains("2 trong 3"), "{second}");
        let consent = [
            ("who", binh.as_str()),
            ("ground", "moved"),
            ("on", "2/11/2026"),
            ("number", "45-TB/ĐU"),
            ("consent", "3-CV/TU"),
        ];
        world.post(BRANCH, "/leavings", &consent).unwrap();
        assert!(!holds(world, NAMES[1]));
    });
}
