//! Blocks of dossier numbers, numbers given, the November report.

use chibo_kernel::Problem;
use chibo_web::words::Lang;

use crate::world::{BRANCH, COLLEGE, FAR_BRANCH, SCHOOL, World, day, id};

fn block<'a>(unit: &'a str, first: &'a str, last: &'a str) -> [(&'a str, &'a str); 6] {
    [("to", unit), ("first", first), ("last", last), ("letters", "hcm"), ("on", "20/11/2026"), ("number", "3-CV/BTC")]
}

const BLOCKS: &str = "/cards/numbers/blocks";

#[test]
fn dos_08_the_next_number_of_the_block_is_given_and_never_again() {
    World::each(|world| {
        let (board, school, an) = (world.board(), world.secretary(SCHOOL), world.card(world.an));
        let number = |file| [("act", "number"), ("file", file)];
        assert!(world.send(&school, &an, &number("")).unwrap_err().contains("chưa được giao dải số"));
        // Four members: eight to twelve numbers; 101 and 102 are in dossiers already.
        let small = world.send(&board, BLOCKS, &block("Đảng bộ Đại học", "95", "100")).unwrap_err();
        assert!(small.contains("từ 8 đến 12") && small.contains("DOS-08") && small.contains("3-CV/BTC"), "{small}");
        world.send(&board, BLOCKS, &block("Đảng bộ Đại học", "95", "104")).unwrap();
        let outside = world.send(&school, &an, &number("000301HCM")).unwrap_err();
        assert!(outside.contains("ngoài dải số"), "{outside}");
        assert!(world.send(&school, &an, &number("000101HCM")).unwrap_err().contains("đã dùng"));
        assert!(world.send(&school, &an, &number("12")).unwrap_err().contains("6 chữ số"));
        world.send(&school, &an, &number("")).unwrap();
        assert!(world.page(&school, &an).contains("000103HCM"));
        let again = world.send(&school, &an, &number("")).unwrap_err();
        assert!(again.contains("đã có số lý lịch 000103HCM"), "{again}");
        world.send(&school, &world.card(world.chi), &number("")).unwrap();
        assert!(world.page(&school, &world.card(world.chi)).contains("000104HCM"));
        let page = world.page(&board, "/cards/numbers");
        assert!(page.contains("000095HCM – 000104HCM"), "{page}");
        let overlap = world.send(&board, BLOCKS, &block("Đảng bộ Cao đẳng", "104", "106")).unwrap_err();
        assert!(overlap.contains("Trùng với dải"), "{overlap}");
    });
}

#[test]
fn dos_08_only_the_city_allots_and_only_to_what_stands_directly_under_it() {
    World::each(|world| {
        let denied =
            world.ask(Lang::Vi, &world.secretary(SCHOOL), "POST", BLOCKS, &block("Đảng bộ Đại học", "1", "10"));
        assert!(matches!(denied, Err(Problem::Denied | Problem::NotFound)), "{denied:?}");
        let branch = world.send(&world.board(), BLOCKS, &block("Chi bộ Khoa Toán", "1", "8")).unwrap_err();
        assert!(branch.contains("trực thuộc Thành ủy"), "{branch}");
        let denied = world.ask(Lang::Vi, &world.secretary(BRANCH), "POST", &world.card(world.an), &[("act", "number")]);
        assert!(matches!(denied, Err(Problem::Denied | Problem::NotFound)), "{denied:?}");
    });
}

#[test]
fn dos_08_the_use_of_numbers_is_reported_in_november() {
    World::each(|world| {
        world.send(&world.board(), BLOCKS, &block("Đảng bộ Đại học", "95", "104")).unwrap();
        assert_eq!(world.duties("dossier-numbers"), [("DOS-08", id(SCHOOL), day(2026, 11, 30))]);
        let unit = id(SCHOOL).to_string();
        world.send(&world.secretary(SCHOOL), "/cards/numbers/reports", &[("unit", &unit)]).unwrap();
        assert!(world.duties("dossier-numbers").is_empty());
        assert!(world.file(&world.board(), "/cards/numbers/export.xlsx").starts_with(b"PK"));
        let hidden = world.page(&world.secretary(FAR_BRANCH), "/cards/numbers");
        assert!(!hidden.contains("000095HCM"));
        let absent = [("unit", &*id(COLLEGE).to_string())];
        let absent = world.ask(Lang::Vi, &world.secretary(SCHOOL), "POST", "/cards/numbers/reports", &absent);
        assert!(matches!(absent, Err(Problem::NotFound)), "{absent:?}");
    });
}
