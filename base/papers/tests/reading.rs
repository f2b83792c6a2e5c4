//! Files as they really come: odd headings, old encodings, dates in every dress, lost zeros.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // the functions that tests share

mod workbooks;

use std::ops::ControlFlow;

use chibo_kernel::Day;
use chibo_papers::{Cells, Column, Kind, Limits, RowIssue, SheetSource, Step, Table, When};
use workbooks::sheet;

const COLUMNS: &[Column] = &[
    Column { key: "name", titles: &["Họ và tên", "Họ tên"], kind: Kind::Text { max: 30 }, required: true },
    Column {
        key: "cccd",
        titles: &["Số CCCD", "Căn cước công dân"],
        kind: Kind::Digits { len: 12, restore_zeros: true },
        required: false,
    },
    Column { key: "born", titles: &["Ngày sinh"], kind: Kind::Day, required: false },
    Column { key: "joined", titles: &["Vào Đảng"], kind: Kind::MonthOrYear, required: false },
    Column { key: "age", titles: &["Tuổi Đảng"], kind: Kind::Int { min: 0, max: 100 }, required: false },
    Column {
        key: "sex",
        titles: &["Giới tính"],
        kind: Kind::Code(&[("male", &["Nam"]), ("female", &["Nữ"])]),
        required: false,
    },
    Column { key: "exempt", titles: &["Miễn sinh hoạt"], kind: Kind::Bool, required: false },
];
const NAME: usize = 0;
const CCCD: usize = 1;
const BORN: usize = 2;
const JOINED: usize = 3;
const AGE: usize = 4;
const SEX: usize = 5;
const EXEMPT: usize = 6;

fn today() -> Day {
    Day::from_ymd(2026, 11, 22).unwrap()
}

fn day(year: i32, month: u8, day: u8) -> Option<Day> {
    Day::from_ymd(year, month, day)
}

/// Reads a file; what `look` makes of each row, and all defects as `B7 papers-…`.
fn read<T>(bytes: impl Into<Vec<u8>>, mut look: impl FnMut(&Cells) -> T) -> (Vec<T>, Vec<String>) {
    let mut source = SheetSource::open(bytes.into(), "danh sách.csv", Limits::default()).unwrap();
    let sheet = source.facts().sheets[0].clone();
    let mut table = Table::new(COLUMNS, today()).with_merged(&sheet, source.merged(&sheet).unwrap());
    let (mut rows, mut issues) = (Vec::new(), Vec::new());
    source
        .for_each_row(|row| {
            if let Step::Row(cells) = table.read(row) {
                rows.push(look(cells));
                issues.extend(cells.take_issues());
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    issues.extend(table.finish());
    (rows, issues.iter().map(|issue: &RowIssue| format!("{issue} {}", issue.said.key)).collect())
}

fn names(bytes: impl Into<Vec<u8>>) -> (Vec<String>, Vec<String>) {
    read(bytes, |cells| format!("{} {}", cells.row(), cells.text(NAME).unwrap_or_default()))
}

#[test]
fn the_heading_is_found_below_titles_and_the_row_of_numbers_is_skipped() {
    let csv = "ĐẢNG BỘ PHƯỜNG,,\nDANH SÁCH ĐẢNG VIÊN\n\nSTT, HỌ  VÀ TÊN (*),Ngày sinh (dd/mm/yyyy)\n(1),(2),(3)\n\
               1,Nguyễn Văn An,3/2/1958\n,,\n2,\"Trần\nThị Bé\",\n3,Lê Văn Cư,\n";
    let (rows, issues) = names(csv);
    assert_eq!(rows, ["6 Nguyễn Văn An", "8 Trần Thị Bé", "9 Lê Văn Cư"]);
    assert_eq!(issues, [] as [&str; 0]);
    assert_eq!(names(csv.replace('\n', "\r\n")).0, rows);
    assert_eq!(names(csv.trim_end()).0, rows);
}

#[test]
fn headings_missing_twice_or_unknown_are_named() {
    let (rows, issues) = names("Họ tên,Họ và tên,Màu tóc\nAn,Bé,đen\n");
    assert!(rows.is_empty());
    assert_eq!(issues, ["B1 papers-column-duplicate", "C1 papers-column-unknown"]);
    let (rows, issues) = names("Số CCCD,Ngày sinh\n079085000001,3/2/1958\n");
    assert!(rows.is_empty());
    assert_eq!(issues, ["1 papers-column-missing"]);
    let (rows, issues) = names("a,b\n1,2\n");
    assert!(rows.is_empty());
    assert_eq!(issues, [" papers-heading-missing"]);
    let late = format!("{}Họ tên,Ngày sinh\nAn,\n", "x\n".repeat(15));
    assert_eq!(names(late).1, [" papers-heading-missing"]);
}

#[test]
fn the_same_list_in_every_encoding_reads_the_same() {
    let text =
        "Họ và tên;Ngày sinh;Quê quán\nNguyễn Văn Đức;3/2/1958;Huyện Củ Chi\nTrần Thị Hồng;4/5/1960;Quận Gò Vấp\n";
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let tcvn3 = b"H\xe4 v\xb5 t\xaan;Ng\xb5y sinh;Qu\xaa qu\xb8n\nNguy\xd4n V\xa8n \xa7\xf8c;3/2/1958;Huy\xd6n C\xf1 Chi\nTr\xc7n Th\xde H\xe5ng;4/5/1960;Qu\xcbn G\xdf V\xcap\n";
    let vni = b"Ho\xef va\xf8 te\xe2n;Nga\xf8y sinh;Que\xe2 qua\xf9n\nNguye\xe3n Va\xean \xd1\xf6\xf9c;3/2/1958;Huye\xe4n Cu\xfb Chi\nTra\xe0n Th\xf2 Ho\xe0ng;4/5/1960;Qua\xe4n Go\xf8 Va\xe1p\n";
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8"),
        (utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect(), "UTF-16LE"),
        (utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect(), "UTF-16BE"),
        (tcvn3.to_vec(), "TCVN3 (ABC)"),
        (vni.to_vec(), "VNI"),
    ] {
        let (rows, issues) = names(bytes.clone());
        assert_eq!(rows, ["2 Nguyễn Văn Đức", "3 Trần Thị Hồng"], "{encoding}");
        assert_eq!(issues, ["C1 papers-column-unknown"], "{encoding}");
        let source = SheetSource::open(bytes, "x.csv", Limits::default()).unwrap();
        assert_eq!((source.facts().encoding, source.facts().separator), (Some(encoding), Some(';')));
        assert_eq!(source.facts().sample.is_some(), matches!(encoding, "VNI" | "TCVN3 (ABC)"));
    }
}

#[test]
fn a_cell_of_another_encoding_is_named_and_the_others_read() {
    let mut csv = "Họ tên,Ngày sinh\nNguyễn Văn Đức,\nĐặng Thị Hồng Phượng,\nVõ Thị Mười,\n".as_bytes().to_vec();
    csv.extend(b"Tr\xc7n H\xb5,\n");
    let (rows, issues) = names(csv);
    assert_eq!((rows.len(), issues), (4, vec!["A5 papers-text-undecodable".to_owned()]));
}

#[test]
fn text_of_old_fonts_inside_a_workbook_is_decoded() {
    let rows = ["Hä vµ tªn", "NguyÔn V¨n §øc", "TrÇn ThÞ Hång"].iter().enumerate();
    let data: String = rows
        .map(|(n, text)| {
            let second = if n == 0 { "Ngµy sinh" } else { "" };
            format!(
                r#"<row><c t="inlineStr"><is><t>{text}</t></is></c><c t="inlineStr"><is><t>{second}</t></is></c></row>"#
            )
        })
        .collect();
    let (rows, issues) = names(sheet(&format!("<sheetData>{data}</sheetData>")).bytes());
    assert_eq!((rows, issues), (vec!["2 Nguyễn Văn Đức".to_owned(), "3 Trần Thị Hồng".to_owned()], vec![]));
}

/// A sheet whose first row is the heading of `COLUMNS` and whose second row holds these cells.
fn one_row(cells: &str) -> workbooks::Workbook {
    let titles = ["Họ tên", "Số CCCD", "Ngày sinh", "Vào Đảng", "Tuổi Đảng", "Giới tính", "Miễn sinh hoạt"];
    let heading: String =
        titles.iter().map(|title| format!(r#"<c t="inlineStr"><is><t>{title}</t></is></c>"#)).collect();
    sheet(&format!(r#"<sheetData><row r="1">{heading}</row><row r="2">{cells}</row></sheetData>"#))
}

fn text(address: &str, text: &str) -> String {
    format!(r#"<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn typed_cells_of_a_workbook() {
    let cells = [
        text("A2", "Nguyễn Văn An"),
        r#"<c r="B2"><v>79085000001</v></c><c r="C2" s="1"><v>21219</v></c><c r="D2"><v>2.196</v></c>"#.into(),
        r#"<c r="E2"><v>40</v></c>"#.into(),
        text("F2", "NỮ"),
        r#"<c r="G2" t="b"><v>1</v></c>"#.into(),
    ];
    let (rows, issues) = read(one_row(&cells.concat()).bytes(), |c| {
        assert_eq!(c.text(NAME), Some("Nguyễn Văn An"));
        assert_eq!(c.text(CCCD), Some("079085000001"));
        assert_eq!(c.day(BORN), day(1958, 2, 3));
        assert_eq!(c.when(JOINED), Some(When::Month(1960, 2)));
        assert_eq!((c.int(AGE), c.code(SEX), c.yes(EXEMPT)), (Some(40), Some("female"), Some(true)));
        c.refused()
    });
    assert_eq!((rows, issues), (vec![false], vec!["B2 papers-digits-restored".to_owned()]));
}

#[test]
fn dates_of_the_1904_system() {
    let cells = format!(r#"{}<c r="C2" s="1"><v>19757</v></c>"#, text("A2", "An"));
    let book = one_row(&cells).properties(r#"<workbookPr date1904="1"/>"#).bytes();
    assert_eq!(read(book, |c| c.day(BORN)).0, [day(1958, 2, 3)]);
}

#[test]
fn every_defect_is_named_with_its_cell() {
    let cells = [
        text("A2", "Một cái tên dài quá mức mà cột này cho phép"),
        r#"<c r="B2"><v>123456789</v></c><c r="C2"><v>1958</v></c>"#.into(),
        text("D2", "lâu rồi"),
        r#"<c r="E2"><v>200</v></c>"#.into(),
        text("F2", "khác"),
        r#"<c r="G2" t="e"><v>#N/A</v></c>"#.into(),
    ];
    let (_, issues) = read(one_row(&cells.concat()).bytes(), |c| assert!(c.refused()));
    assert_eq!(
        issues,
        [
            "A2 papers-text-too-long",
            "B2 papers-digits-count",
            "C2 papers-day-only-year",
            "D2 papers-when-unreadable",
            "E2 papers-int-range",
            "F2 papers-code-unknown",
            "G2 papers-cell-error"
        ]
    );
}

#[test]
fn doubtful_values_are_read_with_a_warning() {
    let nfd = "Nguye\u{302}\u{303}n An";
    let cells = format!(r#"{}<c r="C2"><v>21219</v></c><c r="E2"><f>20+20</f><v>40</v></c>"#, text("A2", nfd));
    let (rows, issues) =
        read(one_row(&cells).bytes(), |c| (c.refused(), c.text(NAME).map(str::to_owned), c.day(BORN), c.int(AGE)));
    assert_eq!(rows, [(false, Some("Nguyễn An".to_owned()), day(1958, 2, 3), Some(40))]);
    assert_eq!(issues, ["A2 papers-text-normalised", "C2 papers-day-from-number", "E2 papers-cell-formula"]);
    let (rows, issues) = read("Họ tên,Ngày sinh\nAn,3/2/58\n", |c| c.day(BORN));
    assert_eq!((rows, issues), (vec![day(1958, 2, 3)], vec!["B2 papers-day-two-digit-year".to_owned()]));
}

#[test]
fn zeros_are_put_back_only_where_a_number_can_have_lost_them() {
    let read_one =
        |cells: String| read(one_row(&(text("A2", "An") + &cells)).bytes(), |c| c.text(CCCD).map(str::to_owned));
    for (number, digits) in
        [("79085000001", Some("079085000001")), ("1085000001", Some("001085000001")), ("108500000", None)]
    {
        assert_eq!(read_one(format!(r#"<c r="B2"><v>{number}</v></c>"#)).0, [digits.map(str::to_owned)]);
    }
    assert_eq!(read_one(text("B2", "79085000001")).1, ["B2 papers-digits-count"]);
    assert_eq!(read_one(text("B2", "079 085.000-001")).0, [Some("079085000001".to_owned())]);
    let (rows, issues) =
        read("Họ tên,Số CCCD\nAn,79085000001\nBé,7.9085E+10\nCư,O79085000001\n", |c| c.text(CCCD).is_some());
    assert_eq!(rows, [true, false, false]);
    assert_eq!(issues, ["B2 papers-digits-restored", "B3 papers-digits-rounded", "B4 papers-digits-other"]);
}

#[test]
fn a_cell_hidden_by_merging_is_explained() {
    let inside = format!(
        r#"<sheetData><row r="1">{}{}</row><row r="2">{}{}</row><row r="3">{}</row><row r="4">{}</row></sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>"#,
        text("A1", "Họ tên"),
        text("B1", "Số CCCD"),
        text("A2", "An"),
        text("B2", "079085000001"),
        text("B3", "079085000002"),
        text("B4", "079085000003"),
    );
    let (_, issues) = names(sheet(&inside).bytes());
    assert_eq!(issues, ["A3 papers-cell-merged", "A4 papers-cell-required"]);
}

#[test]
fn shared_strings_and_cells_out_of_order_are_read() {
    let shared = r#"<sst uniqueCount="2"><si><t>Họ tên</t></si><si><r><t>Số </t></r><r><t>CCCD</t></r></si></sst>"#;
    let inside = r#"<sheetData><row r="1"><c r="B1" t="s"><v>1</v></c><c r="A1" t="s"><v>0</v></c></row>
        <row r="3"><c r="A3" t="inlineStr"><is><t>An</t></is></c></row></sheetData>"#;
    let (rows, issues) = names(sheet(inside).with("xl/sharedStrings.xml", shared).bytes());
    assert_eq!((rows, issues), (vec!["3 An".to_owned()], vec![]));
}

#[test]
fn a_callback_may_break_off_and_reading_may_start_anew() {
    let mut source = SheetSource::open(b"a\nb\nc\n".to_vec(), "x.csv", Limits::default()).unwrap();
    let first = source.for_each_row(|_| ControlFlow::Break(())).unwrap();
    assert_eq!((first.rows, first.stopped), (1, true));
    let all = source.for_each_row(|_| ControlFlow::Continue(())).unwrap();
    assert_eq!((all.rows, all.stopped), (3, false));
}
