//! Struck off, restored: the fees of the months between.

use chibo_fees::actions::books::{book, totals_of};
use chibo_fees::rules::Month;
use chibo_kernel::Viewer;
use chibo_members::actions::{leave, restore};
use chibo_members::codes::Standing;

use crate::world::{BRANCH, World, day, id};

/// An stands as having left from November on, and is restored in May; it is June.
fn restored(world: &World) {
    let program = Viewer::program("test");
    world.clock.set(day(2026, 11, 25));
    world.house.db.write(&program, |op| leave(op, world.an, Standing::Left, day(2026, 11, 25))).unwrap();
    chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
    world.clock.set(day(2027, 1, 5));
    world.close(BRANCH, "2026-12", &[]);
    let before = world.page(&world.secretary(BRANCH), &format!("/fees/members/{}", world.an));
    assert!(!before.contains("MEM-42"), "nothing is due while he is out: {before}");
    world.clock.set(day(2027, 5, 20));
    world.house.db.write(&program, |op| restore(op, world.an, Standing::Official, day(2026, 11, 25))).unwrap();
    chibo_members::columns::fill(&world.house.db, &world.house.census).unwrap();
    world.clock.set(day(2027, 6, 10));
}

#[test]
fn mem_42_back_fees_of_a_restored_member_are_counted_shown_and_paid_in_the_next_book() {
    World::each(|world| {
        restored(world);
        let url = format!("/fees/members/{}", world.an);
        let page = world.page(&world.secretary(BRANCH), &url);
        assert!(page.contains("600.000 đồng") && page.contains("11/2026: 100.000"), "{page}");
        assert!(page.contains("04/2027: 100.000") && !page.contains("05/2027: 100.000"), "{page}");
        let form = world.page(&world.secretary(BRANCH), &format!("/fees/units/{}?month=2027-06", id(BRANCH)));
        assert!(form.contains("value=\"2026-11\"") && form.contains("value=\"2027-04\""), "{form}");
        let back = format!("back-{}", world.an);
        let early = [("seen", "0"), ("act", "close"), (back.as_str(), "2026-10")];
        let early = world.book(BRANCH, "2027-06", &early).unwrap_err();
        assert!(early.contains("không còn nợ"), "in October he was in the book: {early}");
        let two = [("seen", "0"), ("act", "keep"), (back.as_str(), "2026-11"), (back.as_str(), "2026-12")];
        world.book(BRANCH, "2027-06", &two).unwrap();
        // The same book written anew may say the same months again.
        let same = [("seen", "1"), ("act", "close"), (back.as_str(), "2026-11"), (back.as_str(), "2026-12")];
        world.book(BRANCH, "2027-06", &same).unwrap();
        let (db, month) = (&world.house.db, Month::parse("2027-06").unwrap());
        let read = db.read(|tx| book(tx, db.keys(), &world.house.census, (id(BRANCH), month), db.today())).unwrap();
        assert_eq!(totals_of(read.row.as_ref().unwrap()).back, 200_000);
        let page = world.page(&world.secretary(BRANCH), &url);
        assert!(page.contains("400.000 đồng") && !page.contains("11/2026: 100.000"), "{page}");
    });
}
