//! The books of dossiers.

use chibo_kernel::Problem;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, COLLEGE, SCHOOL, World, day, id};

fn book(part: &str) -> String {
    format!("/cards/dossiers{part}?unit={}", id(SCHOOL))
}

#[test]
fn dos_06_a_dossier_goes_out_with_a_consent_and_comes_back() {
    World::each(|world| {
        let school = world.secretary(SCHOOL);
        let loan = [
            ("person", "Lê Văn Bình"),
            ("borrower", "Đồng chí Phạm Minh, Ủy ban Kiểm tra"),
            ("purpose", "Thẩm tra lý lịch"),
            ("out", "18/11/2026"),
            ("due", "19/11/2026"),
        ];
        let refused = world.send(&school, &book("/loans"), &loan).unwrap_err();
        assert!(refused.contains("DOS-06") && refused.contains("Phạm Minh"), "{refused}");
        let agreed = [loan.as_slice(), &[("consent", "15-CV/ĐU")]].concat();
        world.send(&school, &book("/loans"), &agreed).unwrap();
        let twice = world.ask(Lang::Vi, &school, "POST", &book("/loans"), &agreed).unwrap();
        assert!(matches!(&twice, Reply::Html { status: 409, body } if body.contains("Ghi trả trước")), "{twice:?}");
        let page = world.page(&school, &book(""));
        assert!(page.contains("15-CV/ĐU") && page.contains("tag bad"), "overdue since 19 November: {page}");
        assert!(world.duties("dossier-books").contains(&("DOS-06", id(SCHOOL), day(2026, 11, 19))));
        assert!(world.file(&world.board(), "/cards/dossiers/export.xlsx").starts_with(b"PK"));
        let which = format!("{}-1", world.binh);
        let early = world.send(&school, &book("/returns"), &[("which", &which), ("back", "17/11/2026")]).unwrap_err();
        assert!(early.contains("18/11/2026"), "{early}");
        world.send(&school, &book("/returns"), &[("which", &which), ("back", "20/11/2026")]).unwrap();
        assert!(!world.duties("dossier-books").iter().any(|(rule, ..)| *rule == "DOS-06"));
        assert!(world.page(&school, &world.card(world.binh)).contains("đã trả"));
        assert_eq!(world.acts("card-dossier").len(), 2);
    });
}

#[test]
fn dos_05_the_list_is_checked_against_the_dossiers_every_six_months() {
    World::each(|world| {
        let school = world.secretary(SCHOOL);
        let never = world.duties("dossier-books");
        assert!(never.is_empty(), "the half-year ends on 31 December: {never:?}");
        let check = [("on", "2/5/2026"), ("listed", "3"), ("found", "2")];
        let refused = world.send(&school, &book("/checks"), &check).unwrap_err();
        assert!(refused.contains("DOS-05") && refused.contains("chưa khớp"), "{refused}");
        let explained = [check.as_slice(), &[("missing", "Đỗ Văn Dũng – đang ở Ban Tổ chức\n\n")]].concat();
        world.send(&school, &book("/checks"), &explained).unwrap();
        assert_eq!(world.duties("dossier-books"), [("DOS-05", id(SCHOOL), day(2026, 11, 2))]);
        let page = world.page(&school, &book(""));
        assert!(page.contains("Thiếu: Đỗ Văn Dũng"), "{page}");
        assert!(world.page(&world.board(), "/cards/dossiers").contains("02/05/2026"));
        world.page_in(Lang::En, &school, &book(""));
    });
}

#[test]
fn dos_05_a_new_keeper_takes_over_with_minutes() {
    World::each(|world| {
        let school = world.secretary(SCHOOL);
        let form = [("handed", "20/11/2026"), ("giver", "Lê Hoa"), ("taker", "Trần Mai"), ("dossiers", "3")];
        let refused = world.send(&school, &book("/handovers"), &form).unwrap_err();
        assert!(refused.contains("DOS-05") && refused.contains("Trần Mai"), "{refused}");
        world.send(&school, &book("/handovers"), &[form.as_slice(), &[("minutes", "2-BB/ĐU")]].concat()).unwrap();
        assert!(world.page(&school, &book("")).contains("2-BB/ĐU"));
    });
}

#[test]
fn the_books_of_others_are_out_of_sight_and_a_branch_only_looks() {
    World::each(|world| {
        let far = format!("/cards/dossiers?unit={}", id(COLLEGE));
        let hidden = world.ask(Lang::Vi, &world.secretary(SCHOOL), "GET", &far, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        let above = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", &book(""), &[]);
        assert!(matches!(above, Err(Problem::NotFound)), "{above:?}");
        assert!(world.page(&world.secretary(BRANCH), "/cards/dossiers").contains("Không có nơi giữ hồ sơ"));
    });
}

#[test]
fn dos_02_the_page_says_who_keeps_dossier_and_sheet() {
    World::each(|world| {
        for person in [world.binh, world.chi] {
            let page = world.page(&world.board(), &world.card(person));
            let kept = |fact: &str| {
                page.split(fact)
                    .nth(1)
                    .and_then(|rest| rest.split("<dd>").nth(1)?.split('<').next())
                    .unwrap()
                    .to_owned()
            };
            // The school is base organisation and directly under the city at once: it keeps both.
            assert_eq!(kept("Nơi giữ hồ sơ"), "Đảng bộ Đại học");
            assert_eq!(kept("Nơi giữ phiếu đảng viên"), "Đảng bộ Đại học");
        }
    });
}
