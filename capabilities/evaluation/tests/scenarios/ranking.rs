//! The ranking goes out as a workbook, of what the viewer may see and take out, and the chain says so.

use std::ops::ControlFlow;

use chibo_evaluation::actions::fill;
use chibo_evaluation::rules::Class;
use chibo_kernel::{Permission, Problem, Viewer};
use chibo_papers::{Limits, RowRef, SheetSource, Value};
use chibo_web::words::Lang;

use crate::filled::{campaign, with};
use crate::world::{OTHER_WARD, WARD, World, id};

const EXPORT: &[Permission] =
    &[Permission::ViewUnits, Permission::ViewMembers, Permission::EditMembers, Permission::Export];

/// The rows of a workbook, their texts one after the other.
fn rows(file: Vec<u8>) -> Vec<String> {
    let mut source = SheetSource::open(file, "ranking.xlsx", Limits::default()).unwrap();
    let mut rows = Vec::new();
    let each = |row: &RowRef<'_, '_>| {
        let texts = row.cells.iter().map(|cell| if let Value::Text(text) = &cell.value { &**text } else { "" });
        rows.push(texts.collect::<Vec<_>>().join("|"));
        ControlFlow::Continue(())
    };
    source.for_each_row(each).unwrap();
    rows
}

#[test]
fn eval_10_eval_24_the_ranking_has_the_highest_points_first_and_every_class_of_the_way() {
    World::each(|world| {
        let mut filled = campaign(3);
        for (class, points) in [(Class::Fulfilled, 6_000), (Class::Excellent, 9_725), (Class::Good, 8_000)] {
            filled = with(filled, 3, Some(class), points);
        }
        world.house.db.write(&Viewer::program("test"), |op| fill(op, &filled)).unwrap();
        let at = format!("/evaluation/campaigns/{}", filled.row.campaign_id);
        let board = world.person(4, id(WARD), EXPORT);
        let rows = rows(world.file(&board, &format!("{at}/ranking.xlsx")));
        let place = |points: &str| rows.iter().position(|row| row.contains(&format!("|{points}|"))).unwrap();
        assert!(place("97,25") < place("80") && place("80") < place("60"), "{rows:?}");
        let best = &rows[place("97,25")];
        assert!(best.contains("Hoàn thành xuất sắc nhiệm vụ") && best.contains("Chi bộ Khu phố 1"), "{best}");
        assert!(world.page(&board, &format!("{at}/subjects")).contains(&format!("{at}/ranking.xlsx")));
        assert_eq!(world.acts("evaluate-ranking-out").len(), 1);
        for (who, unit) in [(world.ward(), WARD), (world.person(5, id(OTHER_WARD), EXPORT), OTHER_WARD)] {
            let refused = world.ask(Lang::Vi, &who, "GET", &format!("{at}/ranking.xlsx"), &[]);
            assert!(matches!(refused, Err(Problem::Denied | Problem::NotFound)), "{unit}: {refused:?}");
        }
        assert_eq!(world.acts("evaluate-ranking-out").len(), 1, "nothing went out");
    });
}
