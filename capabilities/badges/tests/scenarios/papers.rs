//! Decisions and certificates of a selection, the book as a workbook.

use std::ops::ControlFlow;

use chibo_kernel::Problem;
use chibo_papers::{Limits, SheetSource, Value};
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, OTHER_BRANCH, World, id};

const PAPERS: &str = "/badges/papers?award=2027-02-03";
const STEPS: &str = "/badges/steps?award=2027-02-03";

/// The file a form gives.
fn print(world: &World, form: &[(&str, &str)]) -> Vec<u8> {
    match world.ask(Lang::Vi, &world.board(), "POST", PAPERS, form) {
        Ok(Reply::File { body, .. }) => body,
        other => panic!("{form:?}: {other:?}"),
    }
}

/// An proposed and decided, Chi only proposed.
fn decided(world: &World) -> (String, String) {
    let (board, an, chi) = (world.board(), format!("{}-30", world.an), format!("{}-45", world.chi));
    world.send(&board, STEPS, &[("step", "proposed"), ("all", "yes")]).unwrap();
    world.send(&board, STEPS, &[("step", "decided"), ("who", &an), ("number", "12-QĐ/TU")]).unwrap();
    (an, chi)
}

#[test]
fn bdg_07_decisions_and_certificates_of_those_ticked_are_printed_and_recorded_for_each() {
    World::each(|world| {
        let empty = world.page(&world.board(), PAPERS);
        assert!(empty.contains("Không có đảng viên nào đã được đề nghị"), "{empty}");
        let (an, chi) = decided(world);
        let page = world.page(&world.board(), PAPERS);
        assert!(page.contains(&format!("value=\"{an}\"")) && page.contains(&format!("value=\"{chi}\"")), "{page}");
        let both = |paper, format| [("paper", paper), ("format", format), ("who", an.as_str()), ("who", chi.as_str())];
        assert!(print(world, &both("decision", "pdf")).starts_with(b"%PDF"));
        assert!(print(world, &both("single", "docx")).starts_with(b"PK"));
        assert_eq!(world.acts("badge-paper-taken").len(), 4, "each member's stream says so");
        let one = [("paper", "certificate"), ("format", "pdf"), ("who", an.as_str())];
        assert!(print(world, &one).starts_with(b"%PDF") && print(world, &one).starts_with(b"%PDF"), "twice as well");
        // Whoever is not decided for has no certificate: of everybody he is left out, ticked he is named.
        let all = [("paper", "certificate"), ("format", "docx"), ("all", "yes")];
        assert!(print(world, &all).starts_with(b"PK"));
        assert_eq!(world.acts("badge-paper-taken").len(), 7);
        let refused = world.send(&world.board(), PAPERS, &both("certificate", "pdf")).unwrap_err();
        assert!(refused.contains("chưa có quyết định tặng"), "{refused}");
    });
}

#[test]
fn bdg_07_papers_are_only_for_whoever_may_take_them() {
    World::each(|world| {
        let (an, chi) = decided(world);
        let nobody = world.send(&world.board(), PAPERS, &[("paper", "decision"), ("format", "pdf")]).unwrap_err();
        assert!(nobody.contains("Chưa chọn ai"), "{nobody}");
        let bad =
            world.send(&world.board(), PAPERS, &[("paper", "letter"), ("format", "pdf"), ("who", &an)]).unwrap_err();
        assert!(bad.contains("Chọn văn bản"), "{bad}");
        let denied = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", PAPERS, &[]);
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
        let other = world.viewer(id(OTHER_BRANCH), crate::world::BOARD);
        let own = world.page(&other, PAPERS);
        assert!(own.contains(&chi) && !own.contains(&an), "{own}");
        let form = [("paper", "decision"), ("format", "pdf"), ("who", an.as_str())];
        assert!(world.send(&other, PAPERS, &form).unwrap_err().contains("Chưa chọn ai"));
        assert!(world.acts("badge-paper-taken").is_empty());
    });
}

#[test]
fn bdg_07_the_book_of_each_state_is_a_workbook_with_decision_and_hand_over() {
    World::each(|world| {
        let (an, _) = decided(world);
        let board = world.board();
        world.send(&board, STEPS, &[("step", "awarded"), ("who", &an)]).unwrap();
        let book = |state: &str| {
            let file = world.file(&board, &format!("/badges/export.xlsx?award=2027-02-03&state={state}"));
            sheet(file)
        };
        let awarded = book("awarded");
        assert!(
            ["Đã trao", "Trần Văn An", "12-QĐ/TU", "00000001"].iter().all(|said| awarded.contains(said)),
            "{awarded}"
        );
        assert!(!awarded.contains("Ngô Mai Chi"));
        let proposed = book("proposed");
        assert!(proposed.contains("Ngô Mai Chi") && !proposed.contains("12-QĐ/TU"), "{proposed}");
    });
}

#[test]
fn bdg_06_a_typed_number_of_an_unknown_series_is_refused() {
    World::each(|world| {
        let board = world.board();
        let person = world.enter("Vũ Văn Em", BRANCH, crate::world::day(1992, 1, 15));
        let who = format!("{person}-35");
        world.send(&board, STEPS, &[("step", "proposed"), ("who", &who)]).unwrap();
        let decide = |serial| {
            let form = [("step", "decided"), ("who", who.as_str()), ("number", "12-QĐ/TU"), ("serial", serial)];
            world.send(&board, STEPS, &form)
        };
        let refused = decide("7").unwrap_err();
        assert!(refused.contains("BDG-06") && refused.contains("Chưa biết ký hiệu số"), "{refused}");
        decide("").unwrap();
        let own = world.page(&board, &format!("/badges/members/{person}"));
        assert!(own.contains("12-QĐ/TU") && !own.contains("Số Huy hiệu"), "{own}");
    });
}

/// The texts of a workbook.
fn sheet(file: Vec<u8>) -> String {
    let mut source = SheetSource::open(file, "book.xlsx", Limits::default()).unwrap();
    let mut said = String::new();
    let each = |row: &chibo_papers::RowRef<'_, '_>| {
        for cell in row.cells {
            if let Value::Text(text) = &cell.value {
                said.push_str(text);
                said.push('|');
            }
        }
        ControlFlow::Continue(())
    };
    source.for_each_row(each).unwrap();
    said
}
