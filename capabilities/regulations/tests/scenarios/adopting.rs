//! From the model to the adopted, reported and announced regulation, and to the next version.

use chibo_kernel::Problem;
use chibo_web::words::Lang;

use crate::world::{CITY, GROUP, OFFICE, OFFICER, READER, SCHOOL, SCHOOL_BRANCH, World, at, id};

const ADOPTED: [(&str, &str); 4] =
    [("number", "01-QC/CB"), ("adopted", "1/3/2026"), ("from", "1/3/2026"), ("body", "Điều 1. Họp hằng tháng")];

fn adopt(world: &World, model: &str) {
    let officer = world.viewer(SCHOOL, OFFICER);
    let form = [&ADOPTED[..], &[("after", "0"), ("model", model)]].concat();
    let to = world.send(&officer, &at(SCHOOL_BRANCH, "/new"), &form).unwrap();
    assert_eq!(to, format!("{}?done=saved", at(SCHOOL_BRANCH, "")));
}

#[test]
fn org_32_a_branch_adopts_reports_announces_and_falls_behind_a_new_model() {
    World::each(|world| {
        let officer = world.viewer(SCHOOL, OFFICER);
        let page = |rest: &str| world.page(&officer, &at(SCHOOL_BRANCH, rest));
        let model = world.first_model();
        assert!(page("").contains("Chưa ban hành"));
        let form = page("/new");
        assert!(form.contains("Điều 2. Bí thư chủ trì") && form.contains(&format!("value=\"{model}\" selected")));
        adopt(world, &model);
        assert!(page("").contains("Chưa báo cáo hoặc chưa thông báo"));
        for (act, on) in [("/reports", "5/3/2026"), ("/announcements", "6/3/2026")] {
            assert!(page(&format!("{act}?version=1")).contains("01-QC/CB"));
            world.send(&officer, &at(SCHOOL_BRANCH, act), &[("version", "1"), ("on", on)]).unwrap();
        }
        assert!(page("").contains("Đúng mẫu hiện hành"));
        let next = [("number", "02-QĐ/TU"), ("issued", "1/6/2026"), ("from", "1/6/2026"), ("after", model.as_str())];
        world.issue(&[&next[..], &[("body", "Điều 1. Họp hai lần mỗi tháng")]].concat());
        assert!(page("").contains("Theo mẫu cũ"));
        assert!(page("?day=31/5/2026").contains("Đúng mẫu hiện hành"));
        assert!(page("?day=5/3/2026").contains("Chưa báo cáo hoặc chưa thông báo"), "announced a day later");
        assert!(page("?day=28/2/2026").contains("Chưa ban hành"));
        assert!(page("/new?text=model").contains("Điều 1. Họp hai lần mỗi tháng"));
        assert!(page("/new").contains("Điều 1. Họp hằng tháng</textarea>"));
        assert!(world.house.db.verify_audit().unwrap().broken.is_empty());
    });
}

#[test]
fn org_32_a_new_version_keeps_the_old_one_word_for_word() {
    World::each(|world| {
        let officer = world.viewer(SCHOOL, OFFICER);
        adopt(world, "");
        let second = [("after", "1"), ("number", "02-QC/CB"), ("adopted", "1/9/2026"), ("from", "1/9/2026")];
        let form = [&second[..], &[("body", "Điều 1. Họp hai lần mỗi tháng"), ("model", "")]].concat();
        world.send(&officer, &at(SCHOOL_BRANCH, "/new"), &form).unwrap();
        let old = world.page(&officer, &at(SCHOOL_BRANCH, "?version=1"));
        assert!(old.contains("<p>Điều 1. Họp hằng tháng</p>") && !old.contains("hai lần"));
        let beside = world.page(&officer, &at(SCHOOL_BRANCH, "?version=2&against=previous"));
        assert!(beside.contains("Họp hằng tháng") && beside.contains("1 dòng khác nhau") && beside.contains("Sửa"));
        let history = world.page(&officer, &at(SCHOOL_BRANCH, ""));
        assert!(history.contains("02-QC/CB (phiên bản 2)") && history.contains("01-QC/CB (phiên bản 1)"));
    });
}

#[test]
fn two_people_writing_the_same_version_get_a_conflict() {
    World::each(|world| {
        let officer = world.viewer(SCHOOL, OFFICER);
        adopt(world, "");
        let again = [&ADOPTED[..], &[("after", "0"), ("model", "")]].concat();
        let outcome = world.ask(Lang::Vi, &officer, "POST", &at(SCHOOL_BRANCH, "/new"), &again);
        assert!(matches!(outcome, Err(Problem::Conflict(_))), "{outcome:?}");
        let mark = [("version", "1"), ("on", "5/3/2026")];
        world.send(&officer, &at(SCHOOL_BRANCH, "/reports"), &mark).unwrap();
        let twice = world.ask(Lang::Vi, &officer, "POST", &at(SCHOOL_BRANCH, "/reports"), &mark);
        assert!(matches!(twice, Err(Problem::Conflict(_))), "{twice:?}");
        let model = world.first_model();
        let next = [("number", "02-QĐ/TU"), ("issued", "1/6/2026"), ("from", "1/6/2026"), ("body", "Điều 1")];
        let after = [&next[..], &[("after", model.as_str()), ("issuer", "Thành ủy")]].concat();
        let city = world.viewer(CITY, OFFICER);
        world.send(&city, "/regulations/models/new", &after).unwrap();
        let stale = world.ask(Lang::Vi, &city, "POST", "/regulations/models/new", &after);
        assert!(matches!(stale, Err(Problem::Conflict(_))), "{stale:?}");
        let first = [&next[..], &[("subject", "working"), ("kind", "CB"), ("issuer", "Thành ủy")]].concat();
        let page = world.send(&city, "/regulations/models/new", &first).unwrap_err();
        assert!(page.contains("đã có văn bản, phiên bản 2"), "{page}");
    });
}

#[test]
fn what_is_wrong_comes_back_with_what_was_typed() {
    World::each(|world| {
        let officer = world.viewer(SCHOOL, OFFICER);
        let form = [("after", "0"), ("number", ""), ("adopted", "31/2/2026"), ("from", ""), ("body", "Điều 7")];
        let page = world.send(&officer, &at(SCHOOL_BRANCH, "/new"), &form).unwrap_err();
        assert!(page.contains("31/2/2026") && page.contains("Hãy nhập ngày.") && page.contains("Điều 7</textarea>"));
        let to_come = [&ADOPTED[..1], &[("after", "0"), ("adopted", "1/1/2027"), ("from", "1/1/2027"), ("body", "x")]];
        let page = world.send(&officer, &at(SCHOOL_BRANCH, "/new"), &to_come.concat()).unwrap_err();
        assert!(page.contains("Ngày này chưa đến"));
        let refused = world.ask(Lang::Vi, &officer, "GET", &at(GROUP, "/new"), &[]);
        assert!(matches!(refused, Err(Problem::Refused(_))), "a party group adopts none: {refused:?}");
    });
}

#[test]
fn out_of_scope_answers_like_absent_and_models_are_issued_at_the_top() {
    World::each(|world| {
        adopt(world, "");
        let (other, reader) = (world.viewer(OFFICE, OFFICER), world.viewer(SCHOOL, READER));
        let mark = [("version", "1"), ("on", "5/3/2026")];
        for rest in ["", "/new", "/reports?version=1", "/announcements?version=1"] {
            for number in [SCHOOL_BRANCH, SCHOOL, CITY, 99] {
                let outcome = world.ask(Lang::Vi, &other, "GET", &at(number, rest), &[]);
                assert!(matches!(outcome, Err(Problem::NotFound)), "{number}{rest}: {outcome:?}");
            }
        }
        for rest in ["/new", "/reports", "/announcements"] {
            let outcome = world.ask(Lang::Vi, &other, "POST", &at(SCHOOL_BRANCH, rest), &mark);
            assert!(matches!(outcome, Err(Problem::NotFound)), "{rest}: {outcome:?}");
            let outcome = world.ask(Lang::Vi, &reader, "POST", &at(SCHOOL_BRANCH, rest), &mark);
            assert!(matches!(outcome, Err(Problem::Denied)), "{rest}: {outcome:?}");
        }
        for method in ["GET", "POST"] {
            let outcome = world.ask(Lang::Vi, &other, method, "/regulations/models/new", &[]);
            assert!(matches!(outcome, Err(Problem::Denied)), "{method}: {outcome:?}");
        }
        let model = world.first_model();
        let page = world.page(&reader, &format!("/regulations/models?model={model}"));
        assert!(page.contains("Điều 2. Bí thư chủ trì") && !page.contains("/regulations/models/new"));
        let elsewhere = world.ask(Lang::Vi, &other, "GET", &format!("/regulations?unit={}", id(SCHOOL)), &[]);
        assert!(matches!(elsewhere, Err(Problem::NotFound)), "{elsewhere:?}");
    });
}
