//! Files people bring: ugly ones are explained cell by cell, hostile ones refused; nothing is written unasked.

use std::io::Write;
use std::process::Command;

use chibo_kernel::Viewer;
use chibo_members::actions::import::undo;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::program::{Ran, assert_sound, chibo, city, copy_of, members, open, run};

/// A branch of the city that can be named by its code.
pub fn branch_code(db: &chibo_store::Db) -> String {
    let forest = db.read(|tx| chibo_organisation::load_forest(tx, None)).unwrap();
    let tree = forest.tree(chibo_kernel::AsOf::on(db.today()));
    let holds = |kind| chibo_organisation::kinds::Kind::from_number(kind).is_some_and(|kind| kind.holds_members());
    let code =
        (0..tree.len()).rev().find_map(|place| tree.facts(place).filter(|f| holds(f.kind) && !f.code.is_empty()));
    code.unwrap().code.clone()
}

fn ugly(code: &str) -> String {
    let head = "Họ và tên,Giới tính,Ngày sinh,Số CCCD,Chi bộ,Ngày vào Đảng,Ngày chính thức,Ghi chú của tôi";
    let rows = [
        format!("Nguyễn Văn Tốt,Nam,03/02/1980,079080123456,{code},19/05/2005,19/05/2006,"),
        format!(",Nam,03/02/1980,,{code},19/05/2005,19/05/2006,không có tên"),
        format!("Trần Thị Sai Ngày,Nữ,31/02/1981,,{code},19/05/2005,19/05/2006,"),
        format!("Lê Văn Tương Lai,Nam,03/02/2099,,{code},19/05/2005,19/05/2006,"),
        "Phạm Lạc Đường,Nam,03/02/1982,,Chi bộ Không Có Thật,19/05/2005,19/05/2006,".to_owned(),
        format!("Đỗ Thị Mất Số Không,Nữ,03/02/1985,79185123457,{code},19/05/2008,19/05/2009,"),
        format!("Nguyễn Văn Tốt,Nam,03/02/1980,079080123456,{code},19/05/2005,19/05/2006,lần hai"),
        format!("Vũ Ngược Đời,Nam,03/02/1979,,{code},19/05/2005,19/05/2001,"),
        format!(
            "Nguye\u{302}\u{303}n Thi\u{323} To\u{302}\u{309} Ho\u{31b}\u{323}p,Nữ,03/02/1986,,{code},19/05/2010,19/05/2011,"
        ),
    ];
    format!("{head}\n{}\n", rows.join("\n"))
}

#[test]
fn an_ugly_file_is_explained_written_only_when_confirmed_and_can_be_taken_back() {
    let data = copy_of(city());
    let file = data.path().join("danh sách.csv");
    std::fs::write(&file, ugly(&branch_code(&open(data.path())))).unwrap();
    let name = file.to_string_lossy().into_owned();
    let looked = run(data.path(), &["import", "members", &name, "--json"]);
    assert_eq!(looked.code, Some(1), "{}\n{}", looked.out, looked.err);
    let json = looked.json();
    let issues = json["issues"].as_array().unwrap();
    for row in [3, 4, 5, 6, 9] {
        let named = issues.iter().filter(|issue| issue["row"] == row && issue["error"] == true);
        let said: Vec<_> =
            named.map(|issue| (issue["cell"].as_str().unwrap(), issue["what"].as_str().unwrap())).collect();
        assert!(!said.is_empty(), "row {row} is not named in {issues:?}");
        assert!(said.iter().all(|(cell, what)| cell.ends_with(&row.to_string()) && what.len() > 10), "{said:?}");
    }
    let cells: Vec<_> = issues.iter().filter_map(|issue| issue["cell"].as_str()).collect();
    assert!(["C4", "C5", "E6"].iter().all(|cell| cells.contains(cell)), "{cells:?}");
    assert_eq!(
        (json["refused"].as_u64(), json["new"].as_u64(), json["duplicates"].as_u64()),
        (Some(5), Some(3), Some(1)),
        "{json}"
    );
    assert_eq!(members(&open(data.path())), 1_000, "looking writes nothing");
    let written = run(data.path(), &["import", "members", &name, "--confirm", "--json"]).json();
    assert_eq!((written["members"].as_u64(), written["left-out"].as_u64()), (Some(3), Some(6)));
    let db = open(data.path());
    assert_eq!(members(&db), 1_003);
    assert_sound(&db, "after an import");
    let again = run(data.path(), &["import", "members", &name, "--json"]).json();
    assert_eq!(again["known"].as_u64(), Some(2), "who has a number is known the second time: {again}");
    let import = written["import"].as_str().unwrap().parse().unwrap();
    assert_eq!(db.write(&Viewer::program("test"), |op| undo(op, import)).unwrap(), 3);
    assert_eq!(members(&db), 1_000);
    assert_sound(&db, "after taking an import back");
}

#[test]
fn files_that_are_no_lists_are_refused_with_a_sentence() {
    let data = copy_of(city());
    let cases: [(&str, &[u8]); 7] = [
        ("khac.csv", b"Mau,Gia\nxanh,1\n"),
        ("rong.csv", b""),
        ("anh.xlsx", b"\x89PNG\r\n\x1a\n0000"),
        ("cu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"),
        ("nua.xlsx", b"PK\x03\x04 half of a workbook"),
        ("trang.csv", b"<html><body>Not a list</body></html>"),
        ("nul.csv", b"\0\0\0\0\0\0\0\0"),
    ];
    for (name, bytes) in cases {
        let file = data.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let ran = run(data.path(), &["import", "members", &file.to_string_lossy(), "--confirm"]);
        ran.stayed_upright();
        let nothing_new = ran.code == Some(0) && ran.out.starts_with("0 rows");
        assert!(ran.code == Some(1) || nothing_new, "{name}: {:?}\n{}\n{}", ran.code, ran.out, ran.err);
        assert!(!ran.err.trim().is_empty() || ran.out.contains('✗') || nothing_new, "{name} says nothing: {}", ran.out);
    }
    let missing = data.path().join("khong-co.csv");
    run(data.path(), &["import", "members", &missing.to_string_lossy()]).stayed_upright();
    assert_eq!(members(&open(data.path())), 1_000);
}

fn workbook(sheet: &[u8], extra: &[(&str, &[u8])]) -> Vec<u8> {
    const START: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let relations = |kind: &str, target: &str| {
        format!(
            "{START}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "{START}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
         <sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let (root, inner) =
        (relations("officeDocument", "xl/workbook.xml"), relations("worksheet", "worksheets/sheet1.xml"));
    let parts: [(&str, &[u8]); 4] = [
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", inner.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts.iter().chain(extra) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn s8_zip_bombs_are_refused_in_little_memory() {
    let data = copy_of(city());
    let rows = |count: u32| {
        let rows: String = (1..=count).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c></row>")).collect();
        format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
        )
    };
    let blanks = vec![b' '; 96 << 20];
    let mut lying = workbook(rows(20_000).as_bytes(), &[]);
    let at = (0..lying.len())
        .rev()
        .find(|at| lying[*at..].starts_with(b"PK\x01\x02") && lying[at + 46..].starts_with(b"xl/worksheets"))
        .unwrap();
    lying[at + 24..at + 28].copy_from_slice(&1_000_u32.to_le_bytes());
    let bombs = [
        ("blanks in the sheet", workbook(&blanks, &[])),
        ("blanks beside the sheet", workbook(rows(2).as_bytes(), &[("xl/sharedStrings.xml", &blanks)])),
        ("a size that lies", lying),
        ("a way out of the folder", workbook(rows(2).as_bytes(), &[("../../../../tmp/chibo-was-here", b"x")])),
        ("more rows than anybody has", workbook(rows(601_000).as_bytes(), &[])),
    ];
    for (what, bytes) in bombs {
        let file = data.path().join("bomb.xlsx");
        std::fs::write(&file, &bytes).unwrap();
        let whole = chibo(data.path(), &["import", "members", &file.to_string_lossy(), "--confirm"]);
        // The program and its threads fit many times over; what a bomb inflates to does not.
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v 700000; exec \"$0\" \"$@\""]).arg(whole.get_program()).args(whole.get_args());
        let ran: Ran = command.env("CHIBO_LANG", "en").output().unwrap().into();
        ran.stayed_upright();
        println!("{what}, {} KiB: {:?} {}", bytes.len() >> 10, ran.code, ran.err.lines().next().unwrap_or_default());
        assert_eq!(ran.code, Some(1), "{what}: {}\n{}", ran.out, ran.err);
    }
    assert!(!std::path::Path::new("/tmp/chibo-was-here").exists());
    assert_eq!(members(&open(data.path())), 1_000);
}
