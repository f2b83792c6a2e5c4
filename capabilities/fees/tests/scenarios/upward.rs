//! Figures of a subtree, shares and remittances.

use chibo_fees::actions::remittances::owed;
use chibo_fees::rules::Month;
use chibo_kernel::Problem;
use chibo_web::words::Lang;

use crate::world::{BRANCH, CITY, FAR_BRANCH, OTHER_BRANCH, SCHOOL, WARD, World, id};

fn passes(world: &World, unit: u8, month: &str) -> (i64, i64) {
    let (db, month) = (&world.house.db, Month::parse(month).unwrap());
    let census = &world.house.census;
    let owed = db.read(|tx| owed(tx, census, id(unit), (month, month), db.today())).unwrap();
    (owed.base(), owed.passed)
}

fn act(world: &World, unit: u8, form: &[(&str, &str)]) -> Result<String, String> {
    world.send(&world.secretary(unit), &format!("/fees/units/{}/remittances", id(unit)), form)
}

fn sending(amount: &str) -> Vec<(&str, &str)> {
    vec![
        ("act", "send"),
        ("from", "10/2026"),
        ("to", "10/2026"),
        ("amount", amount),
        ("number", "05-PC"),
        ("on", "20/11/2026"),
    ]
}

#[test]
fn fee_11_figures_of_a_unit_are_those_of_its_branches() {
    World::each(|world| {
        world.close(BRANCH, "2026-10", &[world.binh]);
        world.close(OTHER_BRANCH, "2026-10", &[]);
        let page = world.page(&world.board(), "/fees?month=2026-10");
        assert!(page.contains("105.000") && page.contains("135.000") && page.contains("66,67"), "{page}");
        let ward = world.page(&world.board(), &format!("/fees?month=2026-10&unit={}", id(WARD)));
        assert!(ward.contains("Chi bộ Khu phố 1") && ward.contains("105.000") && ward.contains("2/2"), "{ward}");
        assert!(ward.contains(&format!("/fees/units/{}?month=2026-10", id(BRANCH))), "{ward}");
        // A secretary of one branch is led to its book; the figures of others are not his.
        let led = world.send_get(BRANCH, "/fees");
        assert!(led.starts_with(&format!("/fees/units/{}", id(BRANCH))), "{led}");
        let other = world.ask(Lang::Vi, &world.secretary(FAR_BRANCH), "GET", &format!("/fees?unit={}", id(WARD)), &[]);
        assert!(matches!(other, Err(Problem::NotFound)), "{other:?}");
        assert!(world.file(&world.board(), "/fees/export.xlsx?month=2026-10").starts_with(b"PK"));
        assert!(world.page_in(Lang::En, &world.board(), "/fees?month=2026-10").contains("Share paid"));
    });
}

#[test]
fn fee_10_from_branch_to_ward_to_city_with_the_difference_shown() {
    World::each(|world| {
        world.close(BRANCH, "2026-10", &[]);
        assert_eq!(passes(world, BRANCH, "2026-10"), (130_000, 91_000), "a branch keeps 30 %");
        assert_eq!(passes(world, WARD, "2026-10"), (0, 0), "nothing has arrived");
        let silent = act(world, BRANCH, &sending("90.000")).unwrap_err();
        assert!(silent.contains("khác số phải nộp là 91.000"), "{silent}");
        act(world, BRANCH, &sending("91.000")).unwrap();
        let twice = act(world, BRANCH, &sending("91.000")).unwrap_err();
        assert!(twice.contains("đã nộp"), "{twice}");
        let duties = chibo_web::duty::duties_of(&world.house_visit(WARD)).unwrap();
        assert!(duties.iter().any(|(_, duty)| duty.rule == "FEE-10" && duty.unit == id(WARD)));
        let which = format!("{}.1", id(BRANCH));
        let less = [("act", "receive"), ("which", which.as_str()), ("arrived", "90.000"), ("ended", "21/11/2026")];
        let told = act(world, WARD, &less).unwrap_err();
        assert!(told.contains("phải ghi rõ lý do"), "{told}");
        act(world, WARD, &[&less[..], &[("told", "Thiếu 1.000")]].concat()).unwrap();
        let page = world.page(&world.secretary(WARD), &format!("/fees/units/{}/remittances", id(WARD)));
        assert!(page.contains("−1.000") && page.contains("Thiếu 1.000"), "{page}");
        assert_eq!(passes(world, WARD, "2026-10"), (90_000, 9_000), "a ward keeps 90 %");
        act(world, WARD, &sending("9.000")).unwrap();
        let city = format!("{}.1", id(WARD));
        let all = [("act", "receive"), ("which", city.as_str()), ("ended", "22/11/2026")];
        world.send(&world.board(), &format!("/fees/units/{}/remittances", id(CITY)), &all).unwrap();
        assert_eq!(passes(world, CITY, "2026-10"), (9_000, 0));
    });
}

#[test]
fn fee_10_a_committee_sets_what_is_kept_below_it_and_the_note_is_seen() {
    World::each(|world| {
        world.close(BRANCH, "2026-10", &[]);
        let url = format!("/fees/units/{}/shares", id(WARD));
        let page = world.page(&world.board(), &url);
        assert!(page.contains("Chưa biết tỉ lệ mới"), "{page}");
        let form = [("level", "branch"), ("share", "50"), ("from", "01/2026")];
        let bare = world.send(&world.board(), &url, &form).unwrap_err();
        assert!(bare.contains("Chưa ghi căn cứ"), "{bare}");
        world.send(&world.board(), &url, &[&form[..], &[("reason", "Kết luận 12")]].concat()).unwrap();
        assert_eq!(passes(world, BRANCH, "2026-10"), (130_000, 65_000));
        let above = [("level", "city"), ("share", "50"), ("from", "01/2026"), ("reason", "Kết luận 12")];
        assert!(world.send(&world.board(), &url, &above).unwrap_err().contains("cấp mình và cấp dưới"));
        let denied =
            world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &format!("/fees/units/{}/shares", id(BRANCH)), &form);
        assert!(matches!(denied, Err(Problem::Denied)), "{denied:?}");
    });
}

#[test]
fn fee_10_a_remittance_not_taken_in_is_withdrawn_with_a_reason() {
    World::each(|world| {
        world.close(BRANCH, "2026-10", &[]);
        act(world, BRANCH, &sending("91.000")).unwrap();
        let which = format!("{}.1", id(BRANCH));
        let back = [
            ("act", "withdraw"),
            ("which-back", which.as_str()),
            ("ended-back", "21/11/2026"),
            ("told-back", "Nộp nhầm"),
        ];
        act(world, BRANCH, &back).unwrap();
        act(world, BRANCH, &sending("91.000")).unwrap();
        assert_eq!(world.acts("fee-remittance").len(), 3);
    });
}

#[test]
fn fee_11_a_book_not_closed_by_the_tenth_is_a_duty() {
    World::each(|world| {
        world.close(BRANCH, "2026-09", &[]);
        let duties = |unit: u8| chibo_web::duty::duties_of(&world.house_visit(unit)).unwrap();
        let waiting = duties(BRANCH);
        let close = waiting.iter().find(|(source, _)| source.name == "dues-books").unwrap();
        assert_eq!(close.1.due, chibo_kernel::Day::from_ymd(2026, 11, 10).unwrap());
        assert!(duties(OTHER_BRANCH).is_empty(), "never kept a book");
        world.close(BRANCH, "2026-10", &[]);
        assert!(!duties(BRANCH).iter().any(|(source, _)| source.name == "dues-books"));
    });
}

#[test]
fn fee_11_the_books_of_all_branches_are_bound_together_and_only_of_ones_own() {
    World::each(|world| {
        let url = format!("/fees/statements.pdf?unit={}&month=2026-11", id(WARD));
        let board = world.board();
        let none = world.ask(Lang::Vi, &board, "GET", &url, &[]);
        assert!(matches!(none, Err(Problem::Refused(_))), "nothing is written yet: {none:?}");
        world.close(BRANCH, "2026-11", &[]);
        let one = world.file(&board, &url);
        world.close(OTHER_BRANCH, "2026-11", &[]);
        let two = world.file(&board, &url);
        assert!(one.starts_with(b"%PDF") && two.starts_with(b"%PDF") && two.len() > one.len(), "both books");
        assert_eq!(world.acts("fee-statement-printed").len(), 2);
        let ward = world.viewer(id(SCHOOL), crate::world::BOARD);
        let foreign = world.ask(Lang::Vi, &ward, "GET", &url, &[]);
        assert!(matches!(foreign, Err(Problem::NotFound)), "{foreign:?}");
        let page = world.page(&board, "/fees?month=2026-11");
        assert!(page.contains("/fees/statements.pdf?"), "{page}");
    });
}
