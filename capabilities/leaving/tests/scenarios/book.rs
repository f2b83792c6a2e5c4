//! The book of those who left has everybody the register has, whatever decided it.

use chibo_kernel::{Day, Id, Person, Viewer};
use chibo_members::codes::Standing;
use chibo_store::Op;

use crate::world::{BRANCH, CITY, NEITHER, SCHOOL, World, day, id};

/// What other capabilities do, without a case of this one.
pub fn removed_elsewhere(world: &World, who: Id<Person>, standing: Standing, from: Day) {
    let leave = |op: &mut Op<'_, '_>| chibo_members::actions::leave(op, who, standing, from);
    world.clock.pass(1);
    world.house.db.write(&Viewer::program("test"), leave).unwrap();
    chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
}

/// The row of somebody in a list.
fn row(page: &str, who: Id<Person>) -> &str {
    let rows = page.split("<tr").filter(|row| row.contains(&format!("/members/{who}\"")));
    let rows: Vec<_> = rows.collect();
    assert_eq!(rows.len(), 1, "{page}");
    rows[0]
}

const EXPULSION: [(&str, &str); 3] = [("on", "15/10/2026"), ("number", "4-QĐ/UBKT"), ("body", "Ủy ban Kiểm tra")];

#[test]
fn exi_15_dos_07_the_book_has_everybody_who_left_by_the_register() {
    World::each(|world| {
        let board = world.board();
        world.open(SCHOOL, world.old, "expulsion", &EXPULSION).unwrap();
        removed_elsewhere(world, world.an, Standing::Left, day(2026, 9, 1));
        let book = world.page(&board, "/leaving/book?year=2026");
        let gone = |who: Id<Person>| {
            let all = world.standings(who);
            all.iter().filter(|(.., standing)| matches!(standing, Standing::Left | Standing::Deceased)).count()
        };
        let total = gone(world.old) + gone(world.an);
        assert!(book.contains(&format!("{total} đảng viên rời khỏi Đảng")) && total == 2, "{book}");
        // The name opens the member, the kind the case; what was decided elsewhere has no case here.
        let (with, without) = (row(&book, world.old), row(&book, world.an));
        assert!(
            with.contains("4-QĐ/UBKT") && with.contains("/leaving/cases/") && with.contains("15/10/2026"),
            "{with}"
        );
        assert!(without.contains("theo quyết định ghi ở phần khác") && without.contains("01/09/2026"), "{without}");
        assert!(!without.contains("/leaving/cases/"), "{without}");
        for (kind, seen, hidden) in [("elsewhere", world.an, world.old), ("expulsion", world.old, world.an)] {
            let some = world.page(&board, &format!("/leaving/book?year=2026&kind={kind}"));
            assert!(some.contains("1 đảng viên rời khỏi Đảng"), "{kind}: {some}");
            row(&some, seen);
            assert!(!some.contains(&format!("/members/{hidden}\"")), "{kind}: {some}");
        }
        let overview = world.page(&board, "/leaving");
        assert!(overview.contains("kind=elsewhere&amp;year=2026"), "every number opens its list: {overview}");
        assert!(world.file(&board, "/leaving/book.xlsx?year=2026").starts_with(b"PK"));
        assert_eq!(world.acts("departure-list-exported").len(), 1);
    });
}

#[test]
fn exi_15_dos_07_the_book_is_of_a_day_a_unit_and_a_year() {
    World::each(|world| {
        let board = world.board();
        removed_elsewhere(world, world.an, Standing::Left, day(2026, 9, 1));
        removed_elsewhere(world, world.old, Standing::Deceased, day(2026, 10, 5));
        let here = |at: &str| world.page(&board, at);
        let count = |page: &str, many: usize| {
            assert!(page.contains(&format!("{many} đảng viên rời khỏi Đảng")), "{many}: {page}");
        };
        count(&here("/leaving/book"), 2);
        assert!(row(&here("/leaving/book"), world.old).contains("Từ trần"));
        count(&here("/leaving/book?day=2026-09-15"), 1);
        count(&here("/leaving/book?day=2026-08-31"), 0);
        count(&here("/leaving/book?year=2025"), 0);
        assert!(here("/leaving/book?year=2025").contains("Không có ai"));
        for (unit, many) in [(CITY, 2), (SCHOOL, 2), (BRANCH, 2), (NEITHER, 0)] {
            count(&here(&format!("/leaving/book?unit={}", id(unit))), many);
        }
        count(&world.page(&world.secretary(NEITHER), "/leaving/book"), 0);
        // Whoever died after he had left is no second departure.
        removed_elsewhere(world, world.an, Standing::Deceased, day(2026, 11, 3));
        count(&here("/leaving/book"), 2);
    });
}

#[test]
fn exi_15_mem_42_whoever_was_restored_stays_to_be_read_and_does_not_count() {
    World::each(|world| {
        world.open(SCHOOL, world.an, "expulsion", &EXPULSION).unwrap();
        let form = [("on", "01/11/2026"), ("number", "9-KL"), ("body", "Thành ủy")];
        let at = world.open(SCHOOL, world.an, "restoration", &form).unwrap();
        let right = [("number", "8-QĐ"), ("decider", "base-standing-committee")];
        world.act(&at, SCHOOL, (0, "decided", "12/11/2026"), &right).unwrap();
        assert_eq!(world.last(world.an), Standing::Official);
        let book = world.page(&world.board(), "/leaving/book?year=2026");
        assert!(row(&book, world.an).contains("Đã khôi phục quyền"), "{book}");
        assert!(book.contains("0 đảng viên rời khỏi Đảng"), "{book}");
    });
}
