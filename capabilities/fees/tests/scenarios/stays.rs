//! Whoever stays elsewhere for a time pays there.

use chibo_fees::actions::books::book;
use chibo_fees::rules::Month;
use chibo_kernel::{Id, Person, Viewer};
use chibo_members::actions::{begin_stay, end_stay};

use crate::world::{BRANCH, FAR_BRANCH, World, day, id};

fn payers(world: &World, unit: u8, month: &str) -> Vec<Id<Person>> {
    let (db, month) = (&world.house.db, Month::parse(month).unwrap());
    let book = db.read(|tx| book(tx, db.keys(), &world.house.census, (id(unit), month), db.today())).unwrap();
    book.rows.iter().map(|row| row.expected.person).collect()
}

#[test]
fn trf_07_the_fee_is_paid_at_the_temporary_branch_from_the_month_after() {
    World::each(|world| {
        let (db, program) = (&world.house.db, Viewer::program("test"));
        let stay = Id::from_bytes([9; 16]);
        db.write(&program, |op| begin_stay(op, (world.an, stay), Some(id(FAR_BRANCH)), day(2026, 9, 15))).unwrap();
        assert!(payers(world, BRANCH, "2026-09").contains(&world.an), "through the month of introduction (TRF-04)");
        assert!(!payers(world, BRANCH, "2026-10").contains(&world.an));
        assert!(payers(world, FAR_BRANCH, "2026-10").contains(&world.an));
        assert!(!payers(world, FAR_BRANCH, "2026-09").contains(&world.an));
        db.write(&program, |op| end_stay(op, (world.an, stay), day(2026, 10, 20))).unwrap();
        assert!(payers(world, FAR_BRANCH, "2026-10").contains(&world.an), "the past stays as it was");
        assert!(payers(world, BRANCH, "2026-11").contains(&world.an));
        assert!(!payers(world, FAR_BRANCH, "2026-11").contains(&world.an));
    });
}

#[test]
fn trf_07_a_stay_outside_the_register_leaves_the_book_of_the_home_branch() {
    World::each(|world| {
        let (db, program) = (&world.house.db, Viewer::program("test"));
        let stay = Id::from_bytes([9; 16]);
        db.write(&program, |op| begin_stay(op, (world.an, stay), None, day(2026, 9, 15))).unwrap();
        let all: Vec<_> = [BRANCH, FAR_BRANCH].into_iter().flat_map(|unit| payers(world, unit, "2026-10")).collect();
        assert!(!all.contains(&world.an), "{all:?}");
    });
}
