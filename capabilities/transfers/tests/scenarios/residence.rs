//! Contact with the branch of residence and its yearly remarks.

use chibo_kernel::Problem;
use chibo_web::words::Lang;

use crate::world::{BRANCH, NEITHER, OTHER_BRANCH, World, day, id};

fn member(world: &World) -> String {
    format!("/transfers/members/{}", world.an)
}

fn introduce(world: &World, residence: &str, place: &str) -> Result<String, String> {
    let form = [("residence", residence), ("place", place), ("since", "01/03/2026"), ("number", "3-GT")];
    world.send(&world.secretary(BRANCH), &format!("{}/contact", member(world)), &form)
}

/// The question about the one person of the list.
fn question(page: &str) -> String {
    let at = page.find("name=\"remark-").unwrap() + "name=\"remark-".len();
    page[at..at + 32].to_owned()
}

#[test]
fn trf_15_the_branch_of_residence_remarks_once_a_year() {
    World::each(|world| {
        let none = introduce(world, "", "").unwrap_err();
        assert!(none.contains("Chưa có chi bộ nơi cư trú"), "{none}");
        let own = introduce(world, "Chi bộ Khoa Toán", "").unwrap_err();
        assert!(own.contains("trùng chi bộ đang sinh hoạt"), "{own}");
        introduce(world, "Chi bộ Khoa Điện", "").unwrap();
        let residence = world.secretary(OTHER_BRANCH);
        let page = world.page(&residence, "/transfers/residence");
        assert!(page.contains("Trần Văn An") && page.contains("Chi bộ Khoa Toán"), "{page}");
        let id_of = question(&page);
        let (remark, note) = (format!("remark-{id_of}"), format!("note-{id_of}"));
        let bare = [(remark.as_str(), "3"), (note.as_str(), "")];
        let refused = world.send(&residence, "/transfers/residence", &bare).unwrap_err();
        assert!(refused.contains("Trần Văn An: không giữ mối liên hệ thì ghi rõ"), "{refused}");
        assert!(refused.contains("value=\"3\" selected"), "nothing typed is lost: {refused}");
        let lonely = [(note.as_str(), "Có đi họp")];
        let refused = world.send(&residence, "/transfers/residence", &lonely).unwrap_err();
        assert!(refused.contains("chưa chọn nhận xét") && refused.contains("Có đi họp"), "{refused}");
        let good = [(remark.as_str(), "1"), (note.as_str(), "Tham gia đầy đủ")];
        world.send(&residence, "/transfers/residence", &good).unwrap();
        assert!(!world.page(&residence, "/transfers/residence").contains("Trần Văn An"), "nothing is due any more");
        assert!(world.page(&residence, "/transfers/residence?show=all").contains("Tham gia đầy đủ"));
        let page = world.page(&world.secretary(BRANCH), &member(world));
        assert!(page.contains("2026: Đã giữ mối liên hệ tốt"), "the own branch reads it: {page}");
        assert!(world.file(&world.board(), "/transfers/residence.xlsx?show=all").starts_with(b"PK"));
        assert_eq!(world.acts("transfer-remark").len(), 1);
    });
}

#[test]
fn trf_15_only_the_branch_of_residence_remarks() {
    World::each(|world| {
        introduce(world, "Chi bộ Khoa Điện", "").unwrap();
        let page = world.page(&world.secretary(OTHER_BRANCH), "/transfers/residence");
        let remark = format!("remark-{}", question(&page));
        let form = [(remark.as_str(), "1")];
        let other = world.ask(Lang::Vi, &world.secretary(NEITHER), "POST", "/transfers/residence", &form);
        assert!(matches!(other, Err(Problem::Refused(_))), "what it cannot see is not there: {other:?}");
        let place = format!("/transfers/residence?unit={}", id(OTHER_BRANCH));
        let hidden = world.ask(Lang::Vi, &world.secretary(NEITHER), "GET", &place, &[]);
        assert!(matches!(hidden, Err(Problem::NotFound)), "{hidden:?}");
    });
}

#[test]
fn trf_15_what_a_branch_outside_wrote_is_entered_by_the_own_branch() {
    World::each(|world| {
        introduce(world, "", "Chi bộ Thôn 3, Long An").unwrap();
        let secretary = world.secretary(BRANCH);
        let page = world.page(&secretary, &member(world));
        assert!(page.contains("Chi bộ Thôn 3, Long An"), "{page}");
        let at = page.find("name=\"note-").unwrap() + "name=\"note-".len();
        let contact = page[at..at + 32].to_owned();
        let note = format!("note-{contact}");
        let form = [("contact", contact.as_str()), ("year", "2026"), ("remark", "2"), (note.as_str(), "Đi họp 2 lần")];
        world.send(&secretary, &format!("{}/remark", member(world)), &form).unwrap();
        let page = world.page_in(Lang::En, &secretary, &member(world));
        assert!(page.contains("2026: Not regularly"), "{page}");
        let end = [("contact", contact.as_str()), ("ended", "20/11/2026"), ("note", "Nghỉ hưu")];
        world.send(&secretary, &format!("{}/contact-end", member(world)), &end).unwrap();
        introduce(world, "Chi bộ Khoa Điện", "").unwrap();
    });
}

#[test]
fn trf_15_remarks_are_a_duty_of_december() {
    World::each(|world| {
        introduce(world, "Chi bộ Khoa Điện", "").unwrap();
        let capability = world.house.capabilities.iter().find(|one| one.name == "transfers").unwrap();
        let source = capability.duties.iter().find(|one| one.name == "residence-remarks").unwrap();
        let duties = || {
            let board = world.board();
            let visit = world.visit(Lang::Vi, &board, "/today");
            let mut found = Vec::new();
            (source.find)(&visit, &mut |duty| found.push((duty.unit, duty.due))).unwrap();
            found
        };
        assert_eq!(duties(), []);
        world.clock.set(day(2026, 12, 2));
        assert_eq!(duties(), [(id(OTHER_BRANCH), day(2026, 12, 31))]);
    });
}
