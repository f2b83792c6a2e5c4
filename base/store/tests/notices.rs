//! Committed changes by number, on both engines.
#![allow(clippy::unwrap_used)] // tests

use chibo_kernel::{Id, Unit, Viewer};
use chibo_store::{Change, MIGRATIONS};
use chibo_testkit::{TestDb, engines};

fn unit(number: u8) -> Change {
    let id: Id<Unit> = Id::from_bytes([number; 16]);
    Change::Unit(id)
}

#[test]
fn changes_come_in_order_and_on_postgresql_the_last_numbers_once_more() {
    for engine in engines() {
        let test = TestDb::new(engine, MIGRATIONS).unwrap();
        let empty = test.db.noted_after(0, 9).unwrap();
        assert_eq!((empty.noted.len(), empty.first, empty.last), (0, 0, 0), "{engine}");
        for number in 1..=3 {
            test.db
                .write(&Viewer::program("test"), |op| {
                    op.touch(unit(number));
                    Ok(())
                })
                .unwrap();
        }
        let last = test.db.last_noted().unwrap();
        let two = test.db.noted_after(0, 2).unwrap();
        assert_eq!(two.noted.iter().map(|noted| noted.change).collect::<Vec<_>>(), [unit(1), unit(2)], "{engine}");
        assert_eq!(two.last, last);
        let rest = test.db.noted_after(two.noted[1].seq, 9).unwrap();
        let rest: Vec<_> = rest.noted.iter().map(|noted| noted.change).collect();
        let again = if engine == "sqlite" { vec![unit(3)] } else { vec![unit(1), unit(2), unit(3)] };
        assert_eq!(rest, again, "{engine}");
        assert!(two.noted.windows(2).all(|pair| pair[0].seq < pair[1].seq));
    }
}
