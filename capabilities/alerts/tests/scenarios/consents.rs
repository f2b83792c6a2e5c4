//! The consent of the directly higher committee: written down once, for its days, and never over somebody else's.

use chibo_kernel::Problem;
use chibo_web::words::Lang;

use crate::world::{CITY, OFFICE, OFFICER, READER, SCHOOL, World, consent, id};

const FORM: [(&str, &str); 4] =
    [("number", "15-CV/TU"), ("decided", "1/3/2026"), ("authority", "Thành ủy"), ("from", "1/3/2026")];

#[test]
fn org_04_with_consent_a_small_base_organisation_is_no_breach_from_its_first_day_on() {
    World::each(|world| {
        let officer = world.viewer(OFFICE, OFFICER);
        let board = |rest: &str| world.page(&officer, &format!("/alerts?rule=ORG-04{rest}"));
        assert!(board("").contains("Đảng bộ cơ sở có 10 đảng viên"));
        let to = world.send(&officer, &consent(OFFICE), &[&FORM[..], &[("after", "0")]].concat()).unwrap();
        assert_eq!(to, format!("/alerts?unit={}&done=saved", id(OFFICE)));
        assert!(!board("").contains("Đảng bộ cơ sở có 10 đảng viên"));
        assert!(!board("&day=1/3/2026").contains("Đảng bộ cơ sở có 10 đảng viên"));
        assert!(board("&day=28/2/2026").contains("Đảng bộ cơ sở có 10 đảng viên"));
        assert!(world.page(&officer, &consent(OFFICE)).contains("15-CV/TU"));
        let end = [("after", "1"), ("to", "1/6/2026")];
        world.send(&officer, &consent(OFFICE), &[&FORM[..], &end].concat()).unwrap();
        let page = board("");
        assert!(page.contains("Đảng bộ cơ sở có 10 đảng viên") && page.contains("30/06/2026"), "{page}");
        assert!(world.house.db.verify_audit().unwrap().broken.is_empty());
    });
}

#[test]
fn two_people_writing_the_same_version_get_a_conflict() {
    World::each(|world| {
        let officer = world.viewer(CITY, OFFICER);
        let form = [&FORM[..], &[("after", "0")]].concat();
        world.send(&officer, &consent(OFFICE), &form).unwrap();
        let stale = world.ask(Lang::Vi, &officer, "POST", &consent(OFFICE), &form);
        assert!(matches!(stale, Err(Problem::Conflict(_))), "{stale:?}");
    });
}

#[test]
fn what_is_wrong_comes_back_with_what_was_typed() {
    World::each(|world| {
        let officer = world.viewer(CITY, OFFICER);
        let form =
            [("after", "0"), ("number", ""), ("decided", "31/2/2026"), ("authority", "Thành ủy Z"), ("from", "")];
        let page = world.send(&officer, &consent(OFFICE), &form).unwrap_err();
        assert!(page.contains("31/2/2026") && page.contains("Hãy nhập ngày.") && page.contains("Thành ủy Z"));
        let early =
            [("after", "0"), ("number", "1"), ("decided", "1/3/2026"), ("authority", "x"), ("from", "28/2/2026")];
        let page = world.send(&officer, &consent(OFFICE), &early).unwrap_err();
        assert!(page.contains("Ngày có hiệu lực không được trước ngày văn bản"));
        let city = world.ask(Lang::Vi, &officer, "GET", &consent(CITY), &[]);
        assert!(matches!(city, Err(Problem::Refused(_))), "a city needs none: {city:?}");
    });
}

#[test]
fn out_of_scope_answers_like_absent() {
    World::each(|world| {
        let (other, reader) = (world.viewer(SCHOOL, OFFICER), world.viewer(OFFICE, READER));
        let form = [&FORM[..], &[("after", "0")]].concat();
        for number in [OFFICE, CITY, 99] {
            for method in ["GET", "POST"] {
                let outcome = world.ask(Lang::Vi, &other, method, &consent(number), &form);
                assert!(matches!(outcome, Err(Problem::NotFound)), "{method} {number}: {outcome:?}");
            }
        }
        let denied = world.ask(Lang::Vi, &reader, "POST", &consent(OFFICE), &form);
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
    });
}
