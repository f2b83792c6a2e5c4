//! Terms: ordinals, lengths, numbers; correcting and following each other.

use chibo_kernel::Problem;
use chibo_web::words::Lang;

use crate::world::{BRANCH, CITY, OTHER, READER, SCHOOL, SMALL, TERM, World, at, id};

#[test]
fn org_23_a_full_term_is_five_years_from_the_congress() {
    World::each(|world| {
        world.term();
        let page = world.page(&world.officer(SCHOOL), &at(BRANCH, ""));
        assert!(page.contains("Khóa 5") && page.contains("01/09/2031"), "{page}");
        assert!(page.contains("ORG-23@2026-07-26"), "the version decided under: {page}");
        assert_eq!(world.acts("committee-term"), ["committee-term-opened"]);
        assert!(world.house.db.verify_audit().unwrap().broken.is_empty());
    });
}

#[test]
fn org_20_org_21_numbers_are_refused_with_their_field_and_rule() {
    World::each(|world| {
        let wrong = |unit, committee: &str, deputies: &str| {
            let form = [("ordinal", "5"), ("committee", committee), ("deputies", deputies)];
            world.post(unit, "/terms", &[&TERM[..], &form].concat()).unwrap_err()
        };
        let page = wrong(BRANCH, "", "1");
        assert!(page.contains("ORG-20") && page.contains("10 đảng viên chính thức") && page.contains("#committee"));
        assert!(wrong(SMALL, "3", "1").contains("dưới 9"));
        assert!(wrong(BRANCH, "8", "1").contains("ORG-21"));
        assert!(wrong(BRANCH, "3", "2").contains("nhiều nhất 1 phó bí thư"));
        assert!(wrong(BRANCH, "ba", "1").contains("số nguyên"));
    });
}

#[test]
fn org_17_the_next_term_goes_on_with_the_count_and_ends_the_one_before() {
    World::each(|world| {
        world.congress();
        let next = |ordinal: &'static str, after: &'static str| {
            let form = [
                ("after", after),
                ("corrects", "0"),
                ("origin", "regular"),
                ("ordinal", ordinal),
                ("congress", "1/11/2026"),
                ("from", "1/11/2026"),
                ("committee", "3"),
                ("deputies", "1"),
                ("close", "yes"),
            ];
            world.ask(Lang::Vi, &world.officer(SCHOOL), "POST", &at(BRANCH, "/terms"), &form)
        };
        let stale = next("6", "0");
        assert!(matches!(stale, Err(Problem::Conflict(_))), "{stale:?}");
        let skipped = format!("{:?}", next("7", "5"));
        assert!(skipped.contains("ORG-17") && skipped.contains("422"), "{skipped}");
        assert!(next("6", "5").is_ok());
        let page = world.page(&world.officer(SCHOOL), &at(BRANCH, ""));
        assert!(page.contains("Khóa 6") && page.contains("Khóa 5 (bản ghi 2)"), "{page}");
        assert!(page.contains("Chưa ghi ai giữ chức vụ"), "the committee before has left office: {page}");
    });
}

#[test]
fn a_correction_is_another_version_and_the_first_stays() {
    World::each(|world| {
        world.term();
        let form = [
            ("after", "5"),
            ("corrects", "1"),
            ("ordinal", "5"),
            ("origin", "regular"),
            ("congress", "1/9/2026"),
            ("from", "1/9/2026"),
            ("committee", "5"),
            ("deputies", "1"),
        ];
        world.post(BRANCH, "/terms", &form).unwrap();
        let page = world.page(&world.officer(SCHOOL), &at(BRANCH, ""));
        assert!(page.contains("Khóa 5 (bản ghi 2)") && page.contains("Khóa 5 (bản ghi 1)"), "{page}");
        let twice = world.ask(Lang::Vi, &world.officer(SCHOOL), "POST", &at(BRANCH, "/terms"), &form);
        assert!(matches!(twice, Err(Problem::Conflict(_))), "{twice:?}");
    });
}

#[test]
fn out_of_scope_answers_like_absent_and_readers_write_nothing() {
    World::each(|world| {
        world.congress();
        let other = world.officer(OTHER);
        let reader = world.viewer(id(SCHOOL), READER);
        let rests = ["", "/terms", "/elections", "/appointments", "/leavings", "/approvals"];
        for rest in rests {
            for unit in [BRANCH, 99] {
                let outcome = world.ask(Lang::Vi, &other, "GET", &at(unit, rest), &[]);
                assert!(matches!(outcome, Err(Problem::NotFound)), "{unit}{rest}: {outcome:?}");
            }
        }
        for rest in ["/terms", "/elections", "/appointments", "/leavings", "/withdrawals", "/approvals"] {
            let outcome = world.ask(Lang::Vi, &other, "POST", &at(BRANCH, rest), &[]);
            assert!(matches!(outcome, Err(Problem::NotFound)), "{rest}: {outcome:?}");
            let outcome = world.ask(Lang::Vi, &reader, "POST", &at(BRANCH, rest), &[]);
            assert!(matches!(outcome, Err(Problem::Denied)), "{rest}: {outcome:?}");
        }
        assert!(world.page(&world.officer(CITY), &at(BRANCH, "")).contains("Chi bộ Khoa Toán"));
    });
}
