//! Spreadsheets with headings of their own, pasted ones, rows that come back, exports with chosen columns.

use chibo_papers::{Limits, Mapping, SheetSource};
use chibo_web::{Reply, Upload};

use crate::actions::headings;
use crate::sheets::summary::Summary;
use crate::store;
use crate::testing::{ALL, World, goes_to, html};

/// Nobody writes headings like these but the ward that does.
const STRANGE: &str = "Đồng chí\tSinh năm nào\tỞ chi bộ\tGhi chú riêng\n\
    Nguyễn Văn An\t1980\t79.000.001.000.001\tabc\n\
    Trần Thị Bình\t31/2/1970\t79.000.001.000.002\t\n";

fn upload(world: &World, who: &std::sync::Arc<chibo_web::Signed>, text: &str) -> String {
    let path = world.dir.join("upload-strange");
    std::fs::write(&path, text).unwrap();
    let mut visit = world.visit(who, "", "/members/import", "");
    visit.files.push(Upload { field: "file".into(), name: "la.tsv".into(), path, size: 1 });
    goes_to(world.page("POST", "/members/import")(&mut visit)).rsplit('/').next().unwrap().to_owned()
}

fn summary(world: &World, id: &str) -> Summary {
    let row = world.read(|tx| store::import(tx, id.parse().unwrap())).unwrap();
    Summary::read(&row.preview).unwrap()
}

const SAID: &str = "heading-a=name&heading-b=birth&heading-c=unit&heading-d=";

#[test]
fn headings_nobody_knows_are_said_once_and_remembered() {
    let world = World::new();
    let who = world.viewer(2, ALL);
    let id = upload(&world, &who, STRANGE);
    let before = summary(&world, &id);
    assert_eq!((before.new, before.titles.len()), (0, 4), "{before:#?}");
    let page = html(world.get(&who, "/members/imports/{id}", &id, "/members/imports/x")).1;
    assert!(page.contains("Cột A: Đồng chí") && page.contains("<details class=\"more\" open"), "{page}");

    goes_to(world.post(&who, "/members/imports/{id}/headings", &id, SAID));
    let after = summary(&world, &id);
    assert_eq!((after.new, after.refused), (1, 1), "{after:#?}");
    assert!(after.issues.iter().any(|issue| issue.letters == "B" && issue.row == 3));
    goes_to(world.post(&who, "/members/imports/{id}/confirmation", &id, ""));
    assert_eq!(world.read(store::count_persons), Some(1), "the good row alone is written");

    // The next file of the same make needs nobody.
    let next = summary(&world, &upload(&world, &who, &STRANGE.replace("An\t1980", "Bảo\t1981")));
    assert_eq!((next.new, next.refused), (1, 1), "{next:#?}");
    let account = who.viewer.account.unwrap();
    let mapping = world.read(|tx| headings::mapping_of(tx, *account.bytes()));
    assert_ne!(mapping, Mapping::default());
}

#[test]
fn two_headings_for_one_column_are_refused_and_nothing_said_is_lost() {
    let world = World::new();
    let who = world.viewer(2, ALL);
    let id = upload(&world, &who, STRANGE);
    let said = "heading-a=name&heading-b=name&heading-c=unit&heading-d=";
    let (status, page) = html(world.post(&who, "/members/imports/{id}/headings", &id, said));
    assert_eq!(status, 422);
    assert!(page.contains("đã mang ý nghĩa này") && page.contains("value=\"unit\" selected"), "{page}");
    assert_eq!(summary(&world, &id).new, 0);
    let stranger = world.viewer(3, ALL);
    let denied = world.post(&stranger, "/members/imports/{id}/headings", &id, SAID).unwrap_err();
    assert_eq!(denied, chibo_kernel::Problem::NotFound);
}

#[test]
fn cells_pasted_out_of_a_spreadsheet_are_read_like_a_file() {
    let world = World::new();
    let who = world.viewer(2, ALL);
    let form = "pasted=H%E1%BB%8D+v%C3%A0+t%C3%AAn%09Ng%C3%A0y+sinh%09Chi+b%E1%BB%99%0ANguy%E1%BB%85n+V%C4%83n+An%091980%0979.000.001.000.001";
    let to = goes_to(world.post(&who, "/members/import", "", form));
    let found = summary(&world, to.rsplit('/').next().unwrap());
    assert_eq!((found.new, found.refused), (1, 0), "{found:#?}");
    let (status, _) = html(world.post(&who, "/members/import", "", "pasted=+"));
    assert_eq!(status, 422, "neither a file nor anything pasted");
}

#[test]
fn refused_rows_come_back_as_a_workbook_with_their_reasons() {
    let world = World::new();
    let who = world.viewer(2, ALL);
    let id = upload(&world, &who, STRANGE);
    goes_to(world.post(&who, "/members/imports/{id}/headings", &id, SAID));
    let Reply::File { body, .. } = world.get(&who, "/members/imports/{id}/refused.xlsx", &id, "/x").unwrap() else {
        panic!("no file")
    };
    let mut source = SheetSource::open(body, "tu-choi.xlsx", Limits::default()).unwrap();
    let mut texts = Vec::new();
    source
        .for_each_row(|row| {
            texts.push(row.cells.iter().map(|cell| format!("{:?}", cell.value)).collect::<String>());
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[1].contains("Trần Thị Bình") && texts[1].contains("31/2/1970"), "{}", texts[1]);
}

#[test]
fn an_export_holds_the_chosen_columns_only() {
    let world = World::new();
    let who = world.viewer(1, ALL);
    world.enter("Nguyễn Văn An", 4);
    let Reply::File { body, .. } = world.post(&who, "/members/exports", "", "columns=1&columns=4&columns=99").unwrap()
    else {
        panic!("no file")
    };
    let mut source = SheetSource::open(body, "x.xlsx", Limits::default()).unwrap();
    let mut widths = Vec::new();
    source
        .for_each_row(|row| {
            let texts: Vec<String> = row.cells.iter().map(|cell| format!("{:?}", cell.value)).collect();
            if texts.iter().any(|text| text.contains("Nguyễn Văn An")) {
                widths.push(texts.len());
                assert!(texts[1].contains("20/05/1980"), "{texts:?}");
            }
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(widths, [2]);
}
