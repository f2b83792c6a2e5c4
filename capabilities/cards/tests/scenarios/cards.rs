//! From the list of the branch to the card in the hand, and back.

use chibo_cards::actions::{Loaded, load_cards};
use chibo_cards::rules::Model;
use chibo_kernel::Problem;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, CITY, FAR_BRANCH, OTHER_BRANCH, SCHOOL, World, day, id};

fn step<'a>(step: &'a str, number: &'a str) -> [(&'a str, &'a str); 4] {
    [("step", step), ("all", "yes"), ("on", "22/11/2026"), ("number", number)]
}

fn at(show: &str) -> String {
    format!("/cards/steps?show={show}")
}

#[test]
fn crd_03_every_level_takes_its_step_and_the_branch_hands_over() {
    World::each(|world| {
        world.has_old(world.binh, "12345678");
        let (branch, school, city) = (world.secretary(BRANCH), world.secretary(SCHOOL), world.board());
        world.send(&branch, &at("none"), &step("listed", "")).unwrap();
        let denied = world.ask(Lang::Vi, &branch, "POST", &at("listed"), &step("submitted", ""));
        assert!(matches!(denied, Err(Problem::Denied | Problem::NotFound)), "{denied:?}");
        assert!(!world.page(&branch, "/cards/list?show=listed").contains("value=\"submitted\""));
        world.send(&school, &at("listed"), &step("submitted", "")).unwrap();
        let without = world.send(&school, &at("submitted"), &step("decided", "")).unwrap_err();
        assert!(without.contains("Nhập số quyết định") && without.contains("CRD-03"), "{without}");
        world.send(&school, &at("submitted"), &step("decided", "12-QĐ/ĐU")).unwrap();
        world.send(&school, &at("decided"), &step("sent", "DS-11")).unwrap();
        world.send(&city, &at("sent"), &step("approved", "")).unwrap();
        world.send(&city, &at("approved"), &step("printed", "")).unwrap();
        world.send(&branch, &at("printed"), &step("handed", "7")).unwrap();
        let own = world.page(&branch, &world.card(world.an));
        assert!(own.contains("Đang giữ thẻ") && own.contains("•••••••••111") && own.contains("12-QĐ/ĐU"), "{own}");
        assert!(!own.contains("079205000111"), "the number itself is never shown");
        assert_eq!(world.acts("card-step").len(), 8);
        assert!(world.house.db.verify_audit().unwrap().broken.is_empty());
    });
}

#[test]
fn crd_01_a_member_on_probation_gets_none_and_the_branch_is_told_of_who_was_recognised() {
    World::each(|world| {
        let chi = world.card(world.chi);
        let form = [("act", "step"), ("seen", "0"), ("step", "listed"), ("on", "22/11/2026"), ("note", "Viết tay")];
        let refused = world.send(&world.board(), &chi, &form).unwrap_err();
        assert!(
            refused.contains("CRD-01") && refused.contains("Ngô Mai Chi") && refused.contains("Viết tay"),
            "{refused}"
        );
        assert_eq!(world.duties("cards"), [("CRD-01", id(BRANCH), day(2026, 12, 1))]);
        world
            .send(
                &world.secretary(BRANCH),
                &at("none"),
                &[("step", "listed"), ("who", &world.an.to_string()), ("on", "22/11/2026")],
            )
            .unwrap();
        assert_eq!(world.duties("cards"), [("CRD-03", id(SCHOOL), day(2026, 12, 22))]);
    });
}

#[test]
fn crd_02_an_old_number_is_known_by_its_last_digits_and_never_used_twice() {
    World::each(|world| {
        world.has_old(world.binh, "12.345.678");
        let page = world.page(&world.board(), &world.card(world.binh));
        assert!(page.contains("•••••678") && !page.contains("12345678") && !page.contains("12.345.678"), "{page}");
        let form = |old| {
            [("act", "step"), ("seen", "0"), ("step", "recorded"), ("on", "19/5/2011"), ("model", "old"), ("old", old)]
        };
        let taken = world.send(&world.board(), &world.card(world.ha), &form("12345678")).unwrap_err();
        assert!(taken.contains("CRD-02") && taken.contains("đảng viên khác"), "{taken}");
        let short = world.send(&world.board(), &world.card(world.ha), &form("123")).unwrap_err();
        assert!(short.contains("8 chữ số"), "{short}");
        let unknown = world.card(world.dung);
        let listed = [("act", "step"), ("seen", "0"), ("step", "listed"), ("on", "22/11/2026")];
        let refused = world.send(&world.board(), &unknown, &listed).unwrap_err();
        assert!(refused.contains("CRD-02") && refused.contains("số định danh"), "{refused}");
    });
}

#[test]
fn crd_03_a_lost_card_needs_its_story_and_is_issued_again() {
    World::each(|world| {
        world.has_old(world.binh, "12345678");
        let (branch, card) = (world.secretary(BRANCH), world.card(world.binh));
        let lost = [("act", "step"), ("seen", "1"), ("step", "lost"), ("on", "20/11/2026")];
        assert!(world.send(&branch, &card, &lost).unwrap_err().contains("tự kiểm điểm"));
        let told = [lost.as_slice(), &[("note", "Mất khi đi công tác, đã tự kiểm điểm")]].concat();
        world.send(&branch, &card, &told).unwrap();
        let again = world.ask(Lang::Vi, &branch, "POST", &card, &told).unwrap();
        let Reply::Html { status: 409, body } = again else { panic!("{again:?}") };
        assert!(body.contains("vừa ghi bước khác"), "{body}");
        assert!(world.page(&branch, "/cards/list?show=lost").contains("Lê Văn Bình"));
        world.send(&branch, &at("lost"), &step("listed", "")).unwrap();
        let page = world.page(&branch, &card);
        assert!(page.contains("cấp lại thẻ mất"), "{page}");
    });
}

#[test]
fn crd_04_all_cards_of_a_branch_are_checked_with_one_form() {
    World::each(|world| {
        world.has_old(world.binh, "12345678");
        world.has_old(world.dung, "12345679");
        let branch = world.secretary(BRANCH);
        let check = format!("/cards/check?unit={}", id(BRANCH));
        assert!(world.page(&branch, &check).contains("Lê Văn Bình"));
        let units: Vec<_> = world.duties("yearly-check-of-cards").iter().map(|duty| duty.1).collect();
        assert_eq!(units, [id(BRANCH), id(OTHER_BRANCH)]);
        let binh = world.binh.to_string();
        let missing = [("count", "1"), ("on", "22/11/2026"), ("missing", binh.as_str())];
        assert!(world.send(&branch, &check, &missing).unwrap_err().contains("CRD-03"));
        world.send(&branch, &check, &[("count", "1"), ("on", "22/11/2026")]).unwrap();
        assert!(world.page(&branch, &check).contains("không còn thẻ nào"));
        let other = format!("/cards/check?unit={}", id(OTHER_BRANCH));
        let dung = world.dung.to_string();
        let missing = [("count", "1"), ("on", "22/11/2026"), ("missing", dung.as_str()), ("note", "Không thấy")];
        world.send(&world.secretary(OTHER_BRANCH), &other, &missing).unwrap();
        assert!(world.page(&world.board(), &world.card(world.dung)).contains("Đã báo mất"));
        assert!(world.duties("yearly-check-of-cards").is_empty());
    });
}

#[test]
fn exi_15_the_card_of_whoever_left_is_taken_back() {
    World::each(|world| {
        world.has_old(world.binh, "12345678");
        let left = |op: &mut chibo_store::Op<'_, '_>| {
            // As every removal does: standing and posting end together.
            chibo_members::actions::leave(op, world.binh, chibo_members::codes::Standing::Left, day(2026, 11, 1))
        };
        world.house.db.write(&world.board(), left).unwrap();
        chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
        assert!(world.duties("cards").iter().any(|(rule, unit, _)| (*rule, *unit) == ("EXI-15", id(BRANCH))));
        let branch = world.secretary(BRANCH);
        assert!(world.page(&branch, "/cards/list?show=unreturned").contains("Lê Văn Bình"));
        world.send(&branch, &at("unreturned"), &step("returned", "")).unwrap();
        assert!(!world.duties("cards").iter().any(|(rule, ..)| *rule == "EXI-15"));
        assert!(world.page(&branch, &world.card(world.binh)).contains("Đã thu hồi"));
    });
}

#[test]
fn only_members_in_sight_are_listed_and_counted() {
    World::each(|world| {
        world.has_old(world.ha, "12345678");
        let far = world.secretary(FAR_BRANCH);
        let page = world.page(&far, "/cards/list");
        assert!(page.contains("Vũ Văn Hà") && !page.contains("Trần Văn An"), "{page}");
        let hidden = world.ask(Lang::Vi, &far, "GET", &world.card(world.an), &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        let hidden = world.ask(Lang::Vi, &far, "GET", &format!("/cards?unit={}", id(SCHOOL)), &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
        let stolen = [("step", "listed"), ("who", &*world.an.to_string()), ("on", "22/11/2026")];
        let refused = world.ask(Lang::Vi, &far, "POST", &at("none"), &stolen).unwrap();
        assert!(matches!(refused, Reply::Html { status: 409, .. }), "{refused:?}");
    });
}

#[test]
fn the_overview_counts_and_opens_down_to_the_list_in_both_languages() {
    World::each(|world| {
        world.has_old(world.binh, "12345678");
        let (city, school) = (world.board(), id(SCHOOL));
        let page = world.page(&city, "/cards");
        assert!(page.contains(&format!("/cards/list?unit={school}&amp;show=old")), "{page}");
        assert!(page.contains("<svg") && page.contains("Đảng bộ Đại học"));
        let list = world.page(&city, &format!("/cards/list?unit={school}&show=old"));
        assert!(list.contains("Lê Văn Bình") && !list.contains("Trần Văn An"));
        for url in
            ["/cards", "/cards/list", "/cards/list?show=none", "/cards/check", "/cards/roll", &world.card(world.an)]
        {
            world.page_in(Lang::En, &city, url);
        }
        assert!(world.page(&city, &format!("/cards?unit={}", id(CITY))).contains("Đảng bộ Cao đẳng"));
    });
}

#[test]
fn dos_07_the_list_of_members_goes_out_as_workbook_pdf_and_docx() {
    World::each(|world| {
        world.has_old(world.binh, "12345678");
        let (city, unit) = (world.board(), id(BRANCH));
        let page = world.page(&city, &format!("/cards/roll?unit={unit}"));
        assert!(page.contains("000101HCM") && page.contains("•••••678") && page.contains("Ngô Mai Chi"), "{page}");
        for (ending, begin) in [("xlsx", &b"PK"[..]), ("docx", b"PK"), ("pdf", b"%PDF")] {
            assert!(world.file(&city, &format!("/cards/roll.{ending}?unit={unit}")).starts_with(begin), "{ending}");
        }
        assert!(world.file(&city, "/cards/export.xlsx?show=old").starts_with(b"PK"));
        assert_eq!(world.acts("card-list-exported").len(), 4);
        let denied = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", "/cards/export.xlsx", &[]);
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
    });
}

#[test]
fn crd_02_cards_that_are_taken_over_in_bulk_are_listed_and_their_numbers_kept_unique() {
    World::each(|world| {
        let held = |person, model, old_number| Loaded {
            person,
            model,
            old_number,
            since: day(2026, 2, 3),
            checked: day(2026, 10, 20),
        };
        let mut cards = vec![held(world.binh, Model::New, 0), held(world.ha, Model::Old, 345_678)];
        cards.sort_by_key(|card| card.person);
        world.house.db.write(&world.board(), |op| load_cards(op, &cards)).unwrap();
        let board = world.board();
        let list = world.page(&board, "/cards/list");
        assert!(list.contains("•••••678") && list.contains("•••••••••222"), "{list}");
        assert!(world.duties("yearly-check-of-cards").is_empty(), "seen in October");
        let form = [("act", "step"), ("seen", "0"), ("step", "recorded"), ("on", "19/5/2011"), ("model", "old")];
        let taken = [form.as_slice(), &[("old", "00345678")]].concat();
        assert!(world.send(&board, &world.card(world.an), &taken).unwrap_err().contains("đảng viên khác"));
        world.send(&board, &at("old"), &step("listed", "")).unwrap();
        assert!(world.page(&board, &world.card(world.ha)).contains("đổi thẻ mẫu mới"));
    });
}
