//! Decisions 3- to 6-TĐV and hand-over books 7-, 8-TĐV of a selection.

use chibo_kernel::Problem;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, FAR_BRANCH, SCHOOL, World};

const PAPERS: &str = "/cards/papers";

fn print(world: &World, form: &[(&str, &str)]) -> Vec<u8> {
    match world.ask(Lang::Vi, &world.board(), "POST", PAPERS, form) {
        Ok(Reply::File { body, .. }) => body,
        other => panic!("{form:?}: {other:?}"),
    }
}

/// A step with one member of the list shown.
fn step(world: &World, unit: u8, show: &str, step: &str, who: &str) {
    let form = [("step", step), ("who", who), ("on", "22/11/2026"), ("number", "12-QĐ/ĐU")];
    world.send(&world.secretary(unit), &format!("/cards/steps?show={show}"), &form).unwrap();
}

#[test]
fn crd_03_decisions_and_books_are_printed_for_those_ticked_and_recorded_for_each() {
    World::each(|world| {
        let empty = world.page(&world.board(), PAPERS);
        assert!(empty.contains("Không có đảng viên nào đang chờ quyết định"), "{empty}");
        let an = world.an.to_string();
        step(world, BRANCH, "none", "listed", &an);
        assert!(!world.page(&world.board(), PAPERS).contains(&an), "the branch's list is no decision");
        step(world, SCHOOL, "listed", "submitted", &an);
        let page = world.page(&world.board(), PAPERS);
        assert!(page.contains(&an) && page.contains("Chỉ biết chắc từng cặp mẫu"), "{page}");
        let form = |paper, format| [("paper", paper), ("format", format), ("who", an.as_str())];
        assert!(print(world, &form("decision", "docx")).starts_with(b"PK"), "a draft");
        let early = world.send(&world.board(), PAPERS, &form("book", "pdf")).unwrap_err();
        assert!(early.contains("chưa có thẻ in"), "{early}");
        step(world, SCHOOL, "submitted", "decided", &an);
        step(world, SCHOOL, "decided", "sent", &an);
        let city = world.board();
        let taken = |show: &str, step: &str| {
            let form = [("step", step), ("all", "yes"), ("on", "22/11/2026")];
            world.send(&city, &format!("/cards/steps?show={show}"), &form).unwrap();
        };
        taken("sent", "approved");
        taken("approved", "printed");
        assert!(print(world, &form("decision", "pdf")).starts_with(b"%PDF"));
        assert!(print(world, &form("book", "pdf")).starts_with(b"%PDF"));
        assert!(print(world, &form("book", "pdf")).starts_with(b"%PDF"), "again from the same form");
        let all = [("paper", "book"), ("format", "docx"), ("all", "yes")];
        assert!(print(world, &all).starts_with(b"PK"));
        assert_eq!(world.acts("card-paper-taken").len(), 5);
    });
}

#[test]
fn crd_03_whoever_was_taken_off_the_way_has_no_paper_and_whoever_received_the_card_has_both() {
    World::each(|world| {
        let (an, binh) = (world.an.to_string(), world.binh.to_string());
        world.has_old(world.binh, "12345678");
        step(world, BRANCH, "old", "listed", &binh);
        step(world, SCHOOL, "listed", "submitted", &binh);
        assert!(world.page(&world.board(), PAPERS).contains(&binh), "an exchange");
        let away = [("step", "withdrawn"), ("who", binh.as_str()), ("on", "22/11/2026"), ("note", "Nhầm")];
        world.send(&world.secretary(BRANCH), "/cards/steps?show=submitted", &away).unwrap();
        assert!(!world.page(&world.board(), PAPERS).contains(&binh), "he holds his old card");
        step(world, BRANCH, "none", "listed", &an);
        for (unit, show, taken) in
            [(SCHOOL, "listed", "submitted"), (SCHOOL, "submitted", "decided"), (SCHOOL, "decided", "sent")]
        {
            step(world, unit, show, taken, &an);
        }
        let city = world.board();
        for (show, taken) in [("sent", "approved"), ("approved", "printed")] {
            let form = [("step", taken), ("all", "yes"), ("on", "22/11/2026")];
            world.send(&city, &format!("/cards/steps?show={show}"), &form).unwrap();
        }
        step(world, BRANCH, "printed", "handed", &an);
        assert!(world.page(&city, PAPERS).contains("Đang giữ thẻ"));
        for paper in ["decision", "book"] {
            assert!(print(world, &[("paper", paper), ("format", "docx"), ("who", an.as_str())]).starts_with(b"PK"));
        }
        assert_eq!(world.acts("card-paper-taken").len(), 2);
    });
}

#[test]
fn crd_03_papers_are_for_whoever_may_take_them_out_and_of_those_he_sees() {
    World::each(|world| {
        let an = world.an.to_string();
        step(world, BRANCH, "none", "listed", &an);
        step(world, SCHOOL, "listed", "submitted", &an);
        let denied = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", PAPERS, &[]);
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
        let far = world.viewer(crate::world::id(FAR_BRANCH), crate::world::BOARD);
        assert!(!world.page(&far, PAPERS).contains(&an));
        let form = [("paper", "decision"), ("format", "pdf"), ("who", an.as_str())];
        assert!(
            world.ask(Lang::Vi, &far, "POST", PAPERS, &form).is_ok_and(|reply| !matches!(reply, Reply::File { .. }))
        );
        let nobody = world.send(&world.board(), PAPERS, &[("paper", "decision"), ("format", "pdf")]).unwrap_err();
        assert!(nobody.contains("Chưa chọn ai"), "{nobody}");
        let bad =
            world.send(&world.board(), PAPERS, &[("paper", "decision"), ("format", "exe"), ("who", &an)]).unwrap_err();
        assert!(bad.contains("Chọn PDF hoặc DOCX"), "{bad}");
        assert!(world.acts("card-paper-taken").is_empty());
    });
}
