//! The lists of the city, and loading terms for all of it.

use chibo_kernel::{Day, Problem, Viewer};
use chibo_organisation::NewOffice;
use chibo_organisation::actions::load_offices;
use chibo_organisation::kinds::Role;
use chibo_organisation::rules::How;
use chibo_testkit::TODAY;
use chibo_web::words::Lang;

use crate::world::{BRANCH, CITY, NAMES, OTHER, SCHOOL, SMALL, World, at, day, id};

fn units_in(page: &str) -> usize {
    page.matches("<a href=\"/committees/units/").count()
}

#[test]
fn tsk_10_every_number_is_the_length_of_the_list_behind_it() {
    World::each(|world| {
        world.congress();
        let city = world.officer(CITY);
        let page = world.page(&city, "/committees");
        assert!(page.contains("Chi bộ Khoa Toán") && page.contains("khuyết 1 bí thư; khuyết 1 phó bí thư"), "{page}");
        for (show, count) in [("no-term", 4), ("vacant", 1), ("waiting", 1), ("ending", 0), ("over", 0)] {
            assert_eq!(units_in(&world.page(&city, &format!("/committees?show={show}"))), count, "{show}");
        }
        assert_eq!(units_in(&world.page(&city, "/committees?kind=CB")), 2);
        assert_eq!(units_in(&world.page(&city, &format!("/committees?unit={}", id(OTHER)))), 1);
        let hidden =
            world.ask(Lang::Vi, &world.officer(OTHER), "GET", &format!("/committees?unit={}", id(SCHOOL)), &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
    });
}

fn office(world: &World, unit: u8, person: usize, role: Role) -> NewOffice {
    NewOffice {
        unit: id(unit),
        person: world.people[person],
        role,
        from: day(2025, 10, 1),
        to: Day::FOREVER,
        how: How::Elected,
        decision: String::new(),
    }
}

/// Offices in the branch, and the same secretary in the base organisation.
fn load(world: &World) {
    let offices = [
        office(world, BRANCH, 0, Role::Secretary),
        office(world, BRANCH, 1, Role::Deputy),
        office(world, BRANCH, 2, Role::BranchCommitteeMember),
        office(world, SCHOOL, 0, Role::CommitteeMember),
    ];
    let load = |op: &mut chibo_store::Op<'_, '_>| {
        let now = op.now();
        load_offices(op, &offices, now).map(drop)
    };
    world.house.db.write(&Viewer::program("test"), load).unwrap();
}

#[test]
fn concurrent_posts_are_shown_with_the_units_in_sight() {
    World::each(|world| {
        load(world);
        let page = world.page(&world.officer(CITY), "/committees/concurrent");
        assert!(page.contains(NAMES[0]) && page.contains("cấp ủy viên") && !page.contains(NAMES[1]), "{page}");
        assert!(world.page(&world.officer(BRANCH), "/committees/concurrent").contains("Không có ai kiêm nhiệm"));
        let own = world.page(&world.officer(CITY), &at(BRANCH, ""));
        assert!(own.contains("cấp ủy viên: Đảng bộ Đại học"), "{own}");
    });
}

#[test]
fn every_unit_with_office_holders_gets_a_term_once() {
    World::each(|world| {
        load(world);
        let program = Viewer::program("test");
        let loaded = || world.house.db.write(&program, |op| chibo_committees::load_current_terms(op, TODAY));
        assert_eq!(loaded(), Ok(2));
        assert_eq!(loaded(), Ok(0), "units with a term are left alone");
        assert_eq!(units_in(&world.page(&world.officer(CITY), "/committees?show=no-term")), 3);
        let by_hand = world.house.db.write(&world.officer(CITY), |op| chibo_committees::load_current_terms(op, TODAY));
        assert_eq!(by_hand, Err(Problem::Denied));
    });
}

#[test]
fn the_lists_go_out_as_workbooks() {
    World::each(|world| {
        world.congress();
        load(world);
        let city = world.officer(CITY);
        for url in ["/committees/export.xlsx", "/committees/export.xlsx?show=waiting", "/committees/concurrent.xlsx"] {
            assert!(world.file(&city, url).starts_with(b"PK"), "{url}");
        }
        assert_eq!(world.acts("committee-list-exported").len(), 3);
        // Every seat is held now: an empty list takes nothing out and is not recorded.
        assert!(world.file(&city, "/committees/export.xlsx?show=vacant").starts_with(b"PK"));
        assert_eq!(world.acts("committee-list-exported").len(), 3);
    });
}

#[test]
fn every_page_has_its_words_in_both_languages() {
    World::each(|world| {
        world.congress();
        let leaving = [
            ("who", world.people[0].to_string()),
            ("ground", "retired".to_owned()),
            ("on", "1/1/2027".to_owned()),
            ("number", "45-TB/ĐU".to_owned()),
        ];
        let leaving: Vec<(&str, &str)> = leaving.iter().map(|(name, value)| (*name, value.as_str())).collect();
        world.post(BRANCH, "/leavings", &leaving).unwrap();
        let city = world.officer(CITY);
        let mut urls =
            ["", "?show=vacant", "?kind=CB", "/concurrent"].map(|rest| format!("/committees{rest}")).to_vec();
        let rests = ["", "/terms", "/terms?corrects=yes", "/elections", "/appointments", "/leavings", "/approvals"];
        urls.extend(rests.map(|rest| at(BRANCH, rest)));
        urls.extend(["", "/terms"].map(|rest| at(SMALL, rest)));
        urls.extend(["", "/terms"].map(|rest| at(SCHOOL, rest)));
        for lang in [Lang::Vi, Lang::En] {
            for url in &urls {
                world.page_in(lang, &city, url);
            }
        }
    });
}
