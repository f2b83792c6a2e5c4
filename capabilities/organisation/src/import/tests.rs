use std::cell::Cell;
use std::collections::HashMap;

use chibo_kernel::{Id, Unit};
use chibo_papers::{Limits, RowState, SheetSource};

use super::*;
use crate::actions::{import_units, load_units, undo_import};
use crate::kinds::{Kind, Setting};
use crate::testing::{World, day, unit, unit_id};
use crate::{load_forest, store};

const HEAD: &str = "Mã tổ chức,Tên tổ chức,Loại tổ chức,Loại hình,Mã cấp trên,Từ ngày\n";

fn city(world: &World) {
    let from = day(1976, 7, 2);
    let mut units = vec![
        unit(1, Kind::City, Setting::Province, None, from),
        unit(2, Kind::Upper, Setting::Office, Some(1), from),
        unit(3, Kind::Base, Setting::School, Some(2), from),
        unit(4, Kind::Branch, Setting::School, Some(3), from),
    ];
    for (number, unit) in units.iter_mut().enumerate() {
        unit.code = format!("79.00{}.000.000.000", number + 1);
    }
    world.write(|op| load_units(op, &units, op.now())).unwrap();
}

fn read(world: &World, text: &str, may: &dyn Fn(Id<Unit>) -> bool) -> Plan {
    let forest = world.read(|tx| load_forest(tx, None));
    let codes: HashMap<String, Id<Unit>> = world.read(store::believed_codes);
    let ground = Ground { forest: &forest, codes: &codes, may, today: day(2026, 11, 22) };
    let mut source = SheetSource::open(text.as_bytes().to_vec(), "don-vi.csv", Limits::default()).unwrap();
    let next = Cell::new(500);
    let fresh = || unit_id(next.replace(next.get() + 1));
    plan(&mut source, &ground, &fresh).unwrap()
}

fn counts(plan: &Plan) -> [u64; 5] {
    [RowState::New, RowState::Same, RowState::Changed, RowState::Duplicate, RowState::Refused]
        .map(|s| plan.preview.count(s))
}

fn file(rows: &[&str]) -> String {
    format!("{HEAD}{}\n", rows.join("\n"))
}

#[test]
fn rows_are_new_same_changed_duplicate_or_refused() {
    World::each(|world| {
        city(world);
        let text = file(&[
            "79.003.000.000.007,Chi bộ Bảy,CB,Trường học,79.005.000.000.000,1/9/2020",
            "79.005.000.000.000,Đảng bộ Năm,DBCS,Trường học,79.002.000.000.000,1/9/2019",
            "79.004.000.000.000,Đơn vị 4,chi bộ,school,79.003.000.000.000,",
            "79.003.000.000.000,Tên mới,Đảng bộ cơ sở,Trường học,,1/1/2024",
            "79003000000007,Lần hai,CB,Trường học,79.003.000.000.000,1/9/2020",
            "79.009.000.000.000,Chi bộ,CB,Trường học,79.001.000.000.000,1/9/2020",
            "79.010.000.000.000,Chi bộ,Hội,Trường học,79.999.000.000.000,1/9/2020",
        ]);
        let plan = read(world, &text, &|_| true);
        assert_eq!(counts(&plan), [2, 1, 1, 1, 2]);
        let issues: Vec<_> = plan.preview.issues().iter().map(|i| (i.row, i.address(), i.said.key)).collect();
        assert_eq!(issues, [(7, "E7".to_owned(), "units-parent-kind"), (8, "C8".to_owned(), "units-import-kind")]);
    });
}

#[test]
fn units_out_of_scope_answer_as_absent() {
    World::each(|world| {
        city(world);
        let text = file(&[
            "79.003.000.000.007,Chi bộ Bảy,CB,Trường học,79.003.000.000.000,1/9/2020",
            "79.004.000.000.000,Tên khác,CB,Trường học,,1/9/2020",
        ]);
        let plan = read(world, &text, &|unit| unit == unit_id(1));
        assert_eq!(counts(&plan), [0, 0, 0, 0, 2]);
        assert_eq!(plan.preview.issues()[0].said.key, "units-import-no-parent");
        assert!(plan.rows.is_empty());
    });
}

#[test]
fn a_confirmed_import_is_written_and_undone_as_one_act() {
    World::each(|world| {
        city(world);
        let text = file(&[
            "79.003.000.000.007,Chi bộ Bảy,CB,Trường học,79.005.000.000.000,1/9/2020",
            "79.005.000.000.000,Đảng bộ Năm,DBCS,Trường học,79.002.000.000.000,1/9/2019",
            "79.004.000.000.000,Đơn vị 4,CB,Trường học,79.005.000.000.000,1/1/2024",
        ]);
        let plan = read(world, &text, &|_| true);
        assert_eq!(counts(&plan), [2, 0, 1, 0, 0]);
        let import = Id::from_bytes([3; 16]);
        let kept = world.write(|op| {
            let now = op.now();
            store::insert_import(op.tx(), import, unit_id(1), "a.csv", "a", now, None, "t")
        });
        assert_eq!(kept, Ok(1));
        world.write(|op| import_units(op, import, unit_id(1), &plan.rows)).unwrap();
        let twice = world.write(|op| import_units(op, import, unit_id(1), &plan.rows));
        assert!(matches!(twice, Err(chibo_kernel::Problem::Conflict(_))));
        let again = read(world, &text, &|_| true);
        assert_eq!(counts(&again), [0, 3, 0, 0, 0]);
        world.write(|op| undo_import(op, import, 1)).unwrap_err();
        world.write(|op| undo_import(op, import, 0)).unwrap();
        let back = read(world, &text, &|_| true);
        assert_eq!(counts(&back), [2, 0, 1, 0, 0]);
        assert!(world.db.verify_audit().unwrap().broken.is_empty());
    });
}
