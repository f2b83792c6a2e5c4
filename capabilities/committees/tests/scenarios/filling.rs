//! Election, appointment, addition.

use chibo_kernel::Problem;
use chibo_web::words::Lang;

use crate::world::{BRANCH, COUNT, FEW, NAMES, SCHOOL, SMALL, TERM, World, at};

#[test]
fn x_06_whoever_has_more_than_half_of_those_summoned_takes_the_seat() {
    World::each(|world| {
        world.congress();
        let page = world.page(&world.officer(SCHOOL), &at(BRANCH, ""));
        assert!(page.contains("Phạm Quốc Dũng: 4 phiếu, không quá nửa"), "{page}");
        assert_eq!(page.matches("phiếu, trúng cử").count(), 3);
        assert!(page.contains("Còn khuyết") && page.contains("Chờ chuẩn y"));
        let secretary = [("role", "secretary"), ("seats", "1"), ("person-1", NAMES[0]), ("votes-1", "10")];
        world.post(BRANCH, "/elections", &[&COUNT[..], &secretary].concat()).unwrap();
        let page = world.page(&world.officer(SCHOOL), &at(BRANCH, ""));
        assert!(page.contains("bí thư"), "{page}");
        assert_eq!(world.acts("committee-elected").len(), 2);
        assert_eq!(world.acts("office-taken").len(), 4);
    });
}

#[test]
fn org_20_the_secretary_comes_from_the_committee_and_figures_must_add_up() {
    World::each(|world| {
        world.congress();
        let refused = |more: &[(&str, &str)]| {
            world.post(BRANCH, "/elections", &[more, &COUNT[..], &[("role", "secretary"), ("seats", "1")]].concat())
        };
        let outside = refused(&[("person-1", NAMES[5]), ("votes-1", "9")]).unwrap_err();
        assert!(outside.contains("ORG-20") && outside.contains("#person-1") && outside.contains("chưa là cấp ủy viên"));
        let more = refused(&[("issued", "11"), ("person-1", NAMES[0]), ("votes-1", "9")]).unwrap_err();
        assert!(more.contains("ELE-15") && more.contains("Phát ra 11 phiếu, nhiều hơn số có mặt 10"), "{more}");
        // Empty rows between candidates do not shift the mistakes.
        let third = refused(&[("person-3", NAMES[0]), ("votes-3", "11")]).unwrap_err();
        assert!(third.contains("#votes-3"), "{third}");
        let nobody = refused(&[("person-1", "Không Có Ai"), ("votes-1", "1")]).unwrap_err();
        assert!(nobody.contains("Không tìm thấy đảng viên này") && nobody.contains("Không Có Ai"));
        let full = [("role", "branch-committee-member"), ("seats", "1"), ("person-1", NAMES[5]), ("votes-1", "9")];
        let full = world.post(BRANCH, "/elections", &[&COUNT[..], &full].concat()).unwrap_err();
        assert!(full.contains("ORG-21") && full.contains("chỉ còn bầu được 0 người"));
    });
}

#[test]
fn org_25_after_three_failed_rounds_the_committee_above_appoints_the_secretary() {
    World::each(|world| {
        let term = [("ordinal", "2"), ("committee", ""), ("deputies", "")];
        world.post(SMALL, "/terms", &[&TERM[..], &term].concat()).unwrap();
        let round = [
            ("gathering", "meeting"),
            ("on", "5/9/2026"),
            ("role", "secretary"),
            ("seats", "1"),
            ("summoned", "3"),
            ("present", "3"),
            ("issued", "3"),
            ("returned", "3"),
            ("valid", "3"),
            ("person-1", FEW[0]),
            ("votes-1", "1"),
        ];
        for _ in 0..3 {
            let to = world.post(SMALL, "/elections", &round).unwrap();
            assert!(to.contains("done=none-elected"), "{to}");
        }
        let fourth = world.post(SMALL, "/elections", &round).unwrap_err();
        assert!(fourth.contains("ORG-25") && fourth.contains("cấp ủy cấp trên chỉ định"), "{fourth}");
        let decision = [
            ("how", "appointed"),
            ("person", FEW[1]),
            ("role", "secretary"),
            ("from", "1/10/2026"),
            ("number", "7-QĐ/ĐU"),
            ("authority", "Đảng ủy Đại học"),
        ];
        world.post(SMALL, "/appointments", &decision).unwrap();
        let page = world.page(&world.officer(SCHOOL), &at(SMALL, ""));
        assert!(page.contains("7-QĐ/ĐU") && page.contains("chỉ định"), "{page}");
        assert!(!page.contains("Còn khuyết"));
    });
}

#[test]
fn org_24_the_committee_above_appoints_on_the_proposal_of_the_branch() {
    World::each(|world| {
        world.congress();
        let decision = |proposal: &'static str, number: &'static str| {
            [
                ("how", "appointed"),
                ("person", NAMES[1]),
                ("role", "deputy"),
                ("from", "1/10/2026"),
                ("number", number),
                ("authority", "Đảng ủy Đại học"),
                ("proposal", proposal),
            ]
        };
        let page = world.post(BRANCH, "/appointments", &decision("", "8-QĐ/ĐU")).unwrap_err();
        assert!(page.contains("ORG-24") && page.contains("#proposal"), "{page}");
        assert!(world.post(BRANCH, "/appointments", &decision("2-TTr/CB", "")).unwrap_err().contains("#number"));
        let own = world.officer(BRANCH);
        let below = world.ask(Lang::Vi, &own, "POST", &at(BRANCH, "/appointments"), &decision("2-TTr/CB", "8-QĐ/ĐU"));
        assert!(matches!(below, Err(Problem::Denied)), "a branch appoints nobody itself: {below:?}");
        world.post(BRANCH, "/appointments", &decision("2-TTr/CB", "8-QĐ/ĐU")).unwrap();
        assert_eq!(world.acts("committee-filled").len(), 1);
    });
}

#[test]
fn org_26_who_failed_at_the_congress_waits_twelve_months() {
    World::each(|world| {
        world.congress();
        let addition = |who: &'static str, votes: &'static str| {
            let decision = [
                ("how", "added"),
                ("person", who),
                ("role", "branch-committee-member"),
                ("from", "1/11/2026"),
                ("number", "9-QĐ/ĐU"),
                ("authority", "Đảng ủy Đại học"),
                ("summoned", "3"),
                ("present", "3"),
                ("issued", "3"),
                ("returned", "3"),
                ("valid", "3"),
                ("votes-1", votes),
                ("consent", "5-CV/BTCTW"),
            ];
            world.post(BRANCH, "/appointments", &decision)
        };
        let failed = addition(NAMES[3], "3").unwrap_err();
        assert!(failed.contains("ORG-26") && failed.contains("01/09/2027"), "{failed}");
        assert!(addition(NAMES[4], "1").unwrap_err().contains("Cần ít nhất 2 phiếu trong 3"));
        addition(NAMES[4], "2").unwrap();
        let page = world.page(&world.officer(SCHOOL), &at(BRANCH, ""));
        assert!(page.contains("Vũ Thu Hà") && page.contains("5-CV/BTCTW"), "{page}");
    });
}
