//! Ugly spreadsheets: looked at, confirmed as one act, taken back.

use std::path::PathBuf;

use chibo_kernel::Problem;
use chibo_papers::{Format, Layout, Mapping, Out, OutColumn, OutKind, SheetSource, SheetWriter};
use chibo_store::jobs;
use chibo_web::{Reply, Upload};

use crate::actions::import::{self, Confirmation};
use crate::sheets::read::{self, Branches, Reading};
use crate::sheets::summary::Summary;
use crate::store;
use crate::testing::{ALL, World, day, goes_to, html, unit_id};

const UGLY: &str = "DANH SÁCH ĐẢNG VIÊN;;;;;\n\
Họ và tên;Ngày sinh;Giới tính;Số CCCD;Mã tổ chức đảng;Ngày vào Đảng;Lý luận chính trị\n\
Nguye\u{302}\u{303}n Va\u{306}n An;3/2/1958;Nam;079058000123;79.000.001.000.001;19/5/1985;Cao cấp\n\
Trần Thị Bình;1960;Nữ;79160000456;79000001000002;;trung cap\n\
Lê Văn Cường;31/2/1970;Nam;;79.000.001.000.001;;\n\
Phạm Dung;1/1/2030;Nữ;;79.000.001.000.001;;\n\
Đỗ Đức;05/1971;Nam;079058000123;79.000.001.000.001;;\n\
Huỳnh Em;1/1/1980;Nam;;Chi bộ Khu phố 1;;\n\
Vũ Giang;1/1/1980;Nam;;Chi bộ Sao Hỏa;;\n\
Hồ Hạnh;1/1/1980;x;;chi bo khu pho 2;;bí truyền\n";

fn file(world: &World, name: &str, bytes: &[u8]) -> PathBuf {
    let path = world.dir.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn branches(world: &World) -> Branches {
    Branches::of_forest(&world.house.census.forest(), None, world.house.db.today())
}

fn summary(world: &World, path: &std::path::Path) -> Summary {
    let mut source = read::open(path, "tep.csv").unwrap();
    let facts = source.facts().clone();
    let (branches, mapping) = (branches(world), Mapping::default());
    let reading = Reading { branches: &branches, mapping: &mapping, today: world.house.db.today() };
    let preview = import::preview(&mut source, reading, &mut |_| Ok(false)).unwrap();
    Summary::of(&preview, &facts, &world.house.words)
}

fn said(summary: &Summary, row: u32) -> Vec<&str> {
    summary.issues.iter().filter(|issue| issue.row == row).map(|issue| issue.vi.as_str()).collect()
}

#[test]
fn every_defect_of_an_ugly_file_is_named_by_row_and_column_and_nothing_is_written() {
    let world = World::new();
    let path = file(&world, "a.csv", UGLY.as_bytes());
    let found = summary(&world, &path);
    assert_eq!((found.new, found.twice, found.refused), (3, 1, 4), "{:#?}", found.issues);
    assert!(said(&found, 4).iter().any(|text| text.contains("số 0")), "a lost zero is put back with a warning");
    assert!(said(&found, 6).iter().any(|text| text.contains("01/01/2030")), "a birth date in the future");
    assert!(said(&found, 7).iter().any(|text| text.contains("dòng trên")), "a number twice");
    assert!(said(&found, 8).iter().any(|text| text.contains("nhiều chi bộ")), "a name of two branches");
    assert!(said(&found, 9).iter().any(|text| text.contains("Sao Hỏa")), "an unknown branch");
    assert!(said(&found, 10).iter().any(|text| text.contains("bí truyền")), "an unknown code");
    let errors: Vec<_> = found.issues.iter().filter(|issue| issue.error).map(|issue| issue.row).collect();
    for row in [5, 6, 8, 9] {
        assert!(errors.contains(&row), "row {row}");
    }
    assert!(
        found.issues.iter().any(|issue| issue.row == 9 && issue.letters == "E" && issue.column.contains("Mã tổ chức"))
    );
    assert!(found.rows.iter().any(|row| row.cells[0] == "Nguyễn Văn An" && row.cells[3] == "•••••••••123"));
    assert_eq!(world.read(store::count_persons), Some(0));
}

fn confirmed(world: &World, path: &std::path::Path) -> (chibo_kernel::Id<store::Import>, import::Outcome) {
    let id = world.house.db.fresh();
    let at = path.to_string_lossy().into_owned();
    world.write(|op| import::offer(op, id, ("tep.csv", &at, "d1"), unit_id(1), "")).unwrap();
    let branches = branches(world);
    let told = std::sync::atomic::AtomicU64::new(0);
    let progress = |done| {
        told.store(done, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    };
    let confirmation = Confirmation {
        import: id,
        path,
        name: "tep.csv",
        digest: "d1",
        unit: unit_id(1),
        branches: &branches,
        mapping: &Mapping::default(),
        progress: &progress,
    };
    let outcome = world.write(|op| import::confirm(op, &confirmation)).unwrap();
    assert_eq!(told.into_inner(), outcome.members);
    (id, outcome)
}

#[test]
fn a_confirmed_import_is_one_act_known_numbers_are_left_out_and_it_can_be_taken_back() {
    let world = World::new();
    let path = file(&world, "a.csv", UGLY.as_bytes());
    let (id, outcome) = confirmed(&world, &path);
    assert_eq!(outcome, import::Outcome { members: 3, left_out: 5 });
    let row = world.read(|tx| store::import(tx, id)).unwrap();
    assert_eq!((row.state.as_str(), row.members), ("confirmed", 3));
    let view = world.house.census.view(world.house.db.today());
    assert_eq!(view.persons(), 3);
    let found = view.search("nguyen van an", None, 9);
    let person = view.person(found[0]).unwrap();
    assert_eq!(person.name, "Nguyễn Văn An");
    drop(view);
    let row = world.read(|tx| store::person(tx, person.id)).unwrap();
    assert_eq!((row.birth, row.birth_precision, row.admitted), (day("1958-02-03"), 0, Some(day("1985-05-19"))));

    let (who, text) = (world.viewer(1, ALL), id.to_string());
    assert_eq!(
        html(world.get(&who, "/members/imports/{id}", &text, "/")).0,
        200,
        "an import without a preview has a page too"
    );

    // The same file again: both identity numbers are known now, the third member has none.
    let (second, outcome) = confirmed(&world, &path);
    assert_eq!(outcome.members, 1);
    assert_eq!(world.write(|op| import::undo(op, second)).unwrap(), 1);

    assert_eq!(world.write(|op| import::undo(op, id)).unwrap(), 3);
    assert_eq!(world.read(store::count_persons), Some(0));
    assert_eq!(world.read(store::count_keys), Some(0));
    assert_eq!(world.house.census.view(world.house.db.today()).persons(), 0);
    assert!(world.write(|op| import::undo(op, id)).is_err(), "only once");
}

#[test]
fn an_import_on_which_something_depends_cannot_be_taken_back() {
    let world = World::new();
    let path = file(&world, "a.csv", UGLY.as_bytes());
    let (id, _) = confirmed(&world, &path);
    let person = {
        let view = world.house.census.view(world.house.db.today());
        view.id(view.search("nguyen van an", None, 1)[0]).unwrap()
    };
    world.write(|op| crate::actions::set_standing(op, person, 4, day("2026-11-01"))).unwrap();
    let Err(Problem::Refused(issues)) = world.write(|op| import::undo(op, id)) else { panic!("it was taken back") };
    assert_eq!(issues[0].said.key, "members-import-depended-on");
    assert_eq!(world.read(store::count_persons), Some(3));
}

#[test]
fn a_file_in_an_old_font_is_shown_before_and_after_and_read() {
    let world = World::new();
    let text = "Hä vµ tªn;Ngµy sinh;M· tæ chøc ®¶ng\nNguyÔn V¨n An;3/2/1958;79.000.001.000.001\nTrÇn ThÞ Hång Nhung;1960;79.000.001.000.001\n";
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let path = file(&world, "tcvn3.csv", &bytes);
    let found = summary(&world, &path);
    assert_eq!((found.new, found.refused), (2, 0), "{:#?}", found.issues);
    assert!(found.encoding.as_deref().unwrap().contains("TCVN3"));
    let (before, after) = found.sample.unwrap();
    assert!(before.contains('Ô') || before.contains('µ') || before.contains('Þ'), "{before}");
    assert_ne!(before, after);
    assert_eq!(found.rows[1].cells[0], "Trần Thị Hồng Nhung");
}

fn workbook() -> Vec<u8> {
    let columns = ["Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Mã tổ chức đảng", "Ngày vào Đảng"];
    let kinds = [OutKind::Text, OutKind::Day, OutKind::Text, OutKind::Whole, OutKind::Text, OutKind::Text];
    let columns = columns.iter().zip(kinds).map(|(title, kind)| OutColumn::new(*title, kind)).collect();
    let mut writer =
        SheetWriter::start(Format::Xlsx, Layout::new("Chi bộ", columns), chibo_kernel::Moment(0), Vec::new()).unwrap();
    let unit = "79.000.001.000.001";
    let mut row = |cells: [Out<'_>; 6]| writer.row(&cells).unwrap();
    row([
        Out::Text("Lê Thị Một"),
        Out::Day(day("1990-04-30")),
        Out::Text("nữ"),
        Out::Whole(79_190_000_001),
        Out::Text(unit),
        Out::Text("3/2/2015"),
    ]);
    row([
        Out::Text("Lê Văn Hai"),
        Out::Day(day("1991-04-30")),
        Out::Text("nam"),
        Out::Empty,
        Out::Text(unit),
        Out::Text("hôm qua"),
    ]);
    writer.finish().unwrap()
}

#[test]
fn a_workbook_with_numbers_for_identity_and_serial_dates_is_read() {
    let world = World::new();
    let path = file(&world, "b.xlsx", &workbook());
    let found = summary(&world, &path);
    assert_eq!((found.new, found.refused), (1, 1), "{:#?}", found.issues);
    let row = &found.rows[0];
    assert_eq!(
        (row.cells[0].as_str(), row.cells[2].as_str(), row.cells[3].as_str()),
        ("Lê Thị Một", "30/04/1990", "•••••••••001")
    );
}

#[test]
fn uploading_looking_confirming_and_undoing_through_the_pages() {
    let world = World::new();
    let who = world.viewer(2, ALL);
    let path = file(&world, "upload-1", UGLY.as_bytes());
    let mut visit = world.visit(&who, "", "/members/import", "");
    visit.files.push(Upload {
        field: "file".into(),
        name: "đảng viên.csv".into(),
        path: path.clone(),
        size: UGLY.len() as u64,
    });
    let to = goes_to(world.page("POST", "/members/import")(&mut visit));
    let id = to.rsplit('/').next().unwrap().to_owned();
    assert!(!path.exists(), "the upload was moved");
    let one = || html(world.get(&who, "/members/imports/{id}", &id, &to));
    let (status, page) = one();
    assert_eq!(status, 200);
    assert!(page.contains("Nhập 4 đảng viên, bỏ qua 4 dòng"), "{page}");
    assert!(page.contains("row-bad") && page.contains("Sao Hỏa") && !page.contains("079058000123"));
    let stranger = world.viewer(3, ALL);
    assert_eq!(world.get(&stranger, "/members/imports/{id}", &id, &to).unwrap_err(), Problem::NotFound);

    assert!(goes_to(world.post(&who, "/members/imports/{id}/confirmation", &id, "")).contains("done=members-imported"));
    assert!(one().1.contains("Hoàn lại lần nhập này"));
    // In the ward's own scope only one branch bears the name that is ambiguous in the city.
    assert_eq!(world.read(store::count_persons), Some(4));
    let again = world.post(&who, "/members/imports/{id}/confirmation", &id, "");
    assert!(matches!(again, Err(Problem::Conflict(_))));
    goes_to(world.post(&who, "/members/imports/{id}/undoing", &id, ""));
    assert_eq!(world.read(store::count_persons), Some(0));
    let list = html(world.get(&who, "/members/import", "", "/members/import")).1;
    assert!(list.contains("Đã hoàn lại") && list.contains("đảng viên.csv"));
}

#[test]
fn a_large_file_is_imported_in_the_background_and_a_broken_one_is_refused() {
    let world = World::new();
    let who = world.viewer(2, ALL);
    let mut text = String::from("Họ và tên;Ngày sinh;Mã tổ chức đảng\n");
    (0..2_500).for_each(|n| text.push_str(&format!("Nguyễn Văn Thứ{n};1970;79.000.001.000.00{}\n", n % 2 + 1)));
    let upload = |name: &str, bytes: &[u8]| {
        let path = file(&world, name, bytes);
        let mut visit = world.visit(&who, "", "/members/import", "");
        visit.files.push(Upload { field: "file".into(), name: name.into(), path, size: 1 });
        world.page("POST", "/members/import")(&mut visit)
    };
    let to = goes_to(upload("upload-2.csv", text.as_bytes()));
    let id = to.rsplit('/').next().unwrap().to_owned();
    goes_to(world.post(&who, "/members/imports/{id}/confirmation", &id, ""));
    assert!(html(world.get(&who, "/members/imports/{id}", &id, &to)).1.contains("<progress"));
    while jobs::run_next(&world.house.db, &crate::jobs::handlers()).unwrap() {}
    assert_eq!(world.read(store::count_persons), Some(2_500));
    assert!(html(world.get(&who, "/members/imports/{id}", &id, &to)).1.contains("2.500"));

    let (status, page) = html(upload("upload-3.pdf", b"%PDF-1.7"));
    assert_eq!(status, 422);
    assert!(page.contains("Có lỗi cần sửa"));
    assert!(!world.dir.join("upload-3.pdf").exists());
}

#[test]
fn the_template_can_be_read_back_and_asks_for_nothing() {
    let world = World::new();
    let who = world.viewer(2, ALL);
    let Reply::File { body, .. } = world.get(&who, "/members/import/template.xlsx", "", "/").unwrap() else {
        panic!("no file")
    };
    let mut source = SheetSource::open(body, "mau.xlsx", chibo_papers::Limits::default()).unwrap();
    let (branches, mapping) = (branches(&world), Mapping::default());
    let reading = Reading { branches: &branches, mapping: &mapping, today: world.house.db.today() };
    let (preview, _) = import::preview(&mut source, reading, &mut |_| Ok(false)).unwrap();
    assert_eq!(preview.rows_total(), 0);
    assert!(preview.issues().is_empty(), "{:?}", preview.issues());
}
