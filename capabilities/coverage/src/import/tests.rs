use std::cell::Cell;
use std::collections::HashMap;

use chibo_kernel::{Day, Id, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_papers::{Limits, RowState, SheetSource};

use super::*;
use crate::rules::{Facts, Place, PlaceKind, Spot, Standing};

const HEAD: &str = "Mã địa bàn,Tên địa bàn,Loại địa bàn,Đảng ủy phụ trách,Vĩ độ,Kinh độ,Số hộ,Chi bộ,Chi bộ ghép,\
Đảng viên chính thức,Từ ngày\n";
const TODAY: Day = Day::from_number(20_779);

fn unit(number: u8) -> Id<Unit> {
    Id::from_bytes([number; 16])
}

fn known(code: &str, answers: u8) -> Known {
    let facts = Facts {
        unit: unit(answers),
        kind: PlaceKind::Quarter,
        standing: Standing::Open,
        spot: Spot::new(10_776_889, 106_700_000),
        workers: None,
        households: Some(400),
        code: code.to_owned(),
        name: "Khu phố 1".to_owned(),
    };
    let id: Id<Place> = Id::from_bytes([40; 16]);
    Known { id, first: TODAY.plus_days(-90), facts, link: Some((unit(2), false)), official: Some(12) }
}

fn read(rows: &[&str]) -> Plan {
    let places = HashMap::from([("KP-1".to_owned(), known("KP-1", 1)), ("KP-9".to_owned(), known("KP-9", 9))]);
    let named = |text: &str| match text {
        "Đảng ủy phường" => Some(NamedUnit { id: unit(1), what: (Kind::Base, Some(Setting::Ward)) }),
        "Chi bộ Khu phố 1" => Some(NamedUnit { id: unit(2), what: (Kind::Branch, Some(Setting::Quarter)) }),
        "Đảng ủy khác" => Some(NamedUnit { id: unit(9), what: (Kind::Base, Some(Setting::Ward)) }),
        _ => None,
    };
    let may = |id: Id<Unit>| id != unit(9);
    let stands = |_: Id<Unit>, day: Day| day >= TODAY.plus_days(-100);
    let ground = Ground { places: &places, unit: &named, stands: &stands, may: &may, today: TODAY };
    let text = format!("{HEAD}{}\n", rows.join("\n"));
    let mut source = SheetSource::open(text.into_bytes(), "dia-ban.csv", Limits::default()).unwrap();
    let next = Cell::new(100u8);
    let fresh = || Id::<Place>::from_bytes([next.replace(next.get() + 1); 16]);
    plan(&mut source, &ground, &fresh).unwrap()
}

fn counts(plan: &Plan) -> [u64; 5] {
    [RowState::New, RowState::Same, RowState::Changed, RowState::Duplicate, RowState::Refused]
        .map(|state| plan.preview.count(state))
}

const SAME: &str = "KP-1,Khu phố 1,Khu phố,Đảng ủy phường,\"10,776889\",106.7,400,Chi bộ Khu phố 1,,12,1/11/2026";

#[test]
fn rows_are_new_same_changed_duplicate_or_refused() {
    let plan = read(&[
        SAME,
        SAME,
        "KP-2,Khu phố 2,khu pho,Đảng ủy phường,,,350,,,2,",
        "DN-1,Công ty May,FDI,Đảng ủy phường,10.8,106.7,,Chi bộ Khu phố 1,x,,",
        "DN-2,Công ty Gỗ,Doanh nghiệp,Đảng ủy nào,,,,,,,",
    ]);
    assert_eq!(counts(&plan), [2, 1, 0, 1, 1]);
    let changed = read(&["KP-1,Khu phố 1A,Khu phố,Đảng ủy phường,10.776889,106.7,400,,,13,"]);
    assert_eq!(counts(&changed), [0, 0, 1, 0, 0]);
    let [row] = changed.rows.as_slice() else { panic!("{:?}", changed.rows) };
    assert_eq!((row.official, &row.link), (Some(13), &None), "an empty cell ends no organisation");
    assert_eq!(row.facts.as_ref().map(|facts| facts.name.as_str()), Some("Khu phố 1A"));
}

#[test]
fn what_is_wrong_is_said_with_its_cell() {
    let plan = read(&[
        "KP-9,Khu phố 9,Khu phố,Đảng ủy phường,,,,,,,",
        "KP-3,Khu phố 3,Khu phố,Đảng ủy khác,,,,,,,",
        "KP-4,Khu phố 4,Khu phố,Đảng ủy phường,106.7,10.8,,,,,",
        "KP-5,Khu phố 5,Khu phố,Đảng ủy phường,10.8,,,,,,",
        "KP-6,Khu phố 6,Khu phố,Đảng ủy phường,,,,Đảng ủy phường,,,",
        "KP-7,Khu phố 7,Khu phố,Đảng ủy phường,,,,,,,1/1/2020",
        "KP-8,Khu phố 8,Hang động,Đảng ủy phường,,,,,,,",
    ]);
    assert_eq!(counts(&plan), [0, 0, 0, 0, 7]);
    let issues: Vec<_> = plan.preview.issues().iter().map(|issue| (issue.address(), issue.said.key)).collect();
    let expected = [
        ("A2", "coverage-code-taken"),
        ("D3", "coverage-import-no-unit"),
        ("E4", "coverage-degrees-elsewhere"),
        ("F5", "coverage-import-both-degrees"),
        ("H6", "coverage-branch-kind"),
        ("D7", "coverage-unit-not-then"),
    ];
    let expected: Vec<_> = expected.map(|(cell, key)| (cell.to_owned(), key)).to_vec();
    assert_eq!(issues[..6], expected);
    assert_eq!(issues[6].0, "C8", "an unknown kind is said by the reader of spreadsheets");
}
