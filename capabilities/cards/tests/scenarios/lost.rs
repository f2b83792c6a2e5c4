//! Lost dossiers.

use chibo_kernel::Problem;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, CITY, COLLEGE, SCHOOL, World, day, id};

#[test]
fn dos_09_a_lost_dossier_is_investigated_agreed_to_and_made_again() {
    World::each(|world| {
        let (school, board) = (world.secretary(SCHOOL), world.board());
        let at = format!("/cards/members/{}/lost", world.binh);
        let report = [("seen", "0"), ("step", "reported"), ("on", "2/11/2026"), ("note", "Trụ sở ngập nước")];
        let refused = world.send(&school, &at, &report).unwrap_err();
        assert!(refused.contains("DOS-09") && refused.contains("người báo mất"), "{refused}");
        world.send(&school, &at, &[report.as_slice(), &[("who", "Lê Hoa, văn thư")]].concat()).unwrap();
        assert_eq!(world.duties("lost-dossiers"), [("DOS-09", id(SCHOOL), day(2026, 12, 2))]);

        let loan = [
            ("person", "Lê Văn Bình"),
            ("borrower", "Phạm Minh"),
            ("consent", "15-CV/ĐU"),
            ("out", "18/11/2026"),
            ("due", "19/11/2026"),
        ];
        let lent = format!("/cards/dossiers/loans?unit={}", id(SCHOOL));
        let refused = world.send(&school, &lent, &loan).unwrap_err();
        assert!(refused.contains("DOS-09") && refused.contains("đã báo mất"), "{refused}");

        let finding = [("seen", "1"), ("step", "investigated"), ("on", "9/11/2026"), ("note", "Hỏng do ngập")];
        world.send(&school, &at, &finding).unwrap();
        assert_eq!(world.duties("lost-dossiers"), [("DOS-09", id(CITY), day(2026, 12, 9))]);
        let consent = [("seen", "2"), ("step", "consented"), ("on", "12/11/2026"), ("number", "77-CV/TU")];
        let not_own = world.ask(Lang::Vi, &school, "POST", &at, &consent);
        assert!(matches!(not_own, Err(Problem::NotFound)), "no keeper agrees with itself: {not_own:?}");
        world.send(&board, &at, &consent).unwrap();
        assert_eq!(world.duties("lost-dossiers"), [("DOS-09", id(SCHOOL), day(2026, 12, 12))]);

        let some = [
            ("seen", "3"),
            ("step", "gathered"),
            ("on", "16/11/2026"),
            ("pieces", "history"),
            ("pieces", "sheet"),
            ("pieces", "admission"),
            ("pieces", "recognition"),
            ("pieces", "explanation"),
        ];
        world.send(&school, &at, &some).unwrap();
        let early = world.send(&school, &at, &[("seen", "8"), ("step", "whole"), ("on", "17/11/2026")]).unwrap_err();
        assert!(early.contains("DOS-09") && early.contains("Còn thiếu mục lục hồ sơ"), "{early}");
        assert!(!early.contains("Còn thiếu phiếu"), "{early}");
        let last = [("seen", "8"), ("step", "gathered"), ("on", "17/11/2026"), ("pieces", "index")];
        world.send(&school, &at, &last).unwrap();
        world.send(&school, &at, &[("seen", "9"), ("step", "whole"), ("on", "18/11/2026")]).unwrap();
        assert!(world.duties("lost-dossiers").is_empty());
        let page = world.page(&school, &at);
        assert!(page.contains("77-CV/TU") && page.contains("Trụ sở ngập nước"), "{page}");
        assert!(page.contains("không có báo mất"), "{page}");
        assert!(world.page(&school, &world.card(world.binh)).contains(&at));
        world.page_in(Lang::En, &school, &at);
        world.send(&school, &lent, &loan).unwrap();
        assert_eq!(world.acts("card-dossier-lost").len(), 6);
    });
}

#[test]
fn dos_09_a_dossier_found_again_closes_the_case() {
    World::each(|world| {
        let school = world.secretary(SCHOOL);
        let at = format!("/cards/members/{}/lost", world.chi);
        let report = [
            ("seen", "0"),
            ("step", "reported"),
            ("on", "2/11/2026"),
            ("who", "Lê Hoa"),
            ("note", "Không thấy trong tủ"),
        ];
        world.send(&school, &at, &report).unwrap();
        let twice = world.ask(Lang::Vi, &school, "POST", &at, &report).unwrap();
        assert!(matches!(twice, Reply::Html { status: 409, .. }), "somebody reported it already");
        let found = [("seen", "1"), ("step", "found"), ("on", "5/11/2026")];
        let refused = world.send(&school, &at, &found).unwrap_err();
        assert!(refused.contains("DOS-09") && refused.contains("tìm thấy hồ sơ ở đâu"), "{refused}");
        world.send(&school, &at, &[found.as_slice(), &[("note", "Để nhầm ngăn, đủ tờ")]].concat()).unwrap();
        assert!(world.duties("lost-dossiers").is_empty());
        assert!(world.page(&school, &at).contains("Để nhầm ngăn"));
    });
}

#[test]
fn dos_09_the_case_of_others_is_out_of_sight_and_a_branch_only_looks() {
    World::each(|world| {
        let at = format!("/cards/members/{}/lost", world.binh);
        let far = world.ask(Lang::Vi, &world.secretary(COLLEGE), "GET", &at, &[]);
        assert!(matches!(far, Err(Problem::NotFound)), "{far:?}");
        let page = world.page(&world.secretary(BRANCH), &at);
        assert!(page.contains("Chưa có lần báo mất nào") && !page.contains("name=\"step\""), "{page}");
    });
}
