//! What is written is read again the same, and nothing written is a live formula.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // the functions that tests share

use std::io::Read;
use std::ops::ControlFlow;

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Moment};
use chibo_papers::{About, Format, Layout, Limits, Out, OutColumn, OutKind, SheetSource, SheetWriter, Value};
use proptest::prelude::*;

fn write(format: Format, layout: Layout, rows: &[Vec<Out<'_>>]) -> Vec<u8> {
    let mut writer = SheetWriter::start(format, layout, Moment(0), Vec::new()).unwrap();
    for row in rows {
        writer.row(row).unwrap();
    }
    writer.finish().unwrap()
}

/// The texts of the rows below the heading, by column.
fn texts(bytes: Vec<u8>, columns: u32) -> Vec<Vec<String>> {
    let mut source = SheetSource::open(bytes, "x", Limits::default()).unwrap();
    let mut rows = Vec::new();
    source
        .for_each_row(|row| {
            let text = |column| match row.cell(column).map(|cell| (&cell.value, cell.formula)) {
                None => String::new(),
                Some((Value::Text(text), false)) => text.to_string(),
                Some(other) => panic!("not plain text: {other:?}"),
            };
            rows.push((0..columns).map(text).collect());
            ControlFlow::Continue(())
        })
        .unwrap();
    rows.remove(0);
    rows
}

fn text_layout(columns: usize) -> Layout {
    Layout::new("Tờ", (0..columns).map(|n| OutColumn::new(format!("Cột {n}"), OutKind::Text)).collect())
}

const S9: [&str; 16] = [
    "=1+1",
    "=HYPERLINK(\"http://x\",\"y\")",
    "+84912345678",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\0=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    "=cmd|' /C calc'!A0",
    "'=1",
    "=",
    "-",
];

#[test]
fn s9_no_text_becomes_a_live_formula() {
    let rows: Vec<Vec<Out<'_>>> = S9.iter().map(|text| vec![Out::Text(text)]).collect();
    let book = write(Format::Xlsx, text_layout(1), &rows);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&book)).unwrap();
    let mut sheet = String::new();
    zip.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    assert!(!sheet.contains("<f"), "{sheet}");
    assert_eq!(sheet.matches(r#"t="inlineStr""#).count(), S9.len() + 1);
    for format in [Format::Csv, Format::CsvSemicolon] {
        let csv = String::from_utf8(write(format, text_layout(1), &rows)).unwrap();
        for line in csv.trim_start_matches('\u{feff}').split("\r\n").filter(|line| !line.is_empty()) {
            assert!(
                !line.trim_start_matches('"').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']),
                "{line:?}"
            );
        }
    }
}

#[test]
fn s9_our_own_quote_is_taken_away_on_import() {
    let rows: Vec<Vec<Out<'_>>> = S9.iter().map(|text| vec![Out::Text(text)]).collect();
    let wanted: Vec<String> = S9.iter().map(|text| clean(text).into_owned()).collect();
    for format in [Format::Xlsx, Format::Csv, Format::CsvSemicolon] {
        let read: Vec<String> =
            texts(write(format, text_layout(1), &rows), 1).iter().map(|row| clean(&row[0]).into_owned()).collect();
        assert_eq!(read, wanted, "{format:?}");
    }
}

#[test]
fn every_kind_of_cell_comes_back() {
    let columns = vec![
        OutColumn::new("CCCD", OutKind::Text).wide(14.0),
        OutColumn::new("Số", OutKind::Whole),
        OutColumn::new("Điểm", OutKind::Decimal(2)),
        OutColumn::new("Ngày", OutKind::Day),
        OutColumn::new("Tỷ lệ", OutKind::Percent),
    ];
    let about = About { title: "Danh sách".into(), lines: vec![("Tại ngày".into(), "22/11/2026".into())] };
    let layout = Layout::new("Đảng viên", columns).about(about);
    let day = Day::from_ymd(1958, 2, 3).unwrap();
    let old = Day::from_ymd(1890, 5, 19).unwrap();
    let rows = vec![
        vec![Out::Text("001085000001"), Out::Whole(-7), Out::Number(2.5), Out::Day(day), Out::Number(0.25)],
        vec![Out::Text(""), Out::Whole(9_007_199_254_740_993), Out::Number(f64::NAN), Out::Day(old), Out::Empty],
    ];
    let mut source = SheetSource::open(write(Format::Xlsx, layout.clone(), &rows), "x", Limits::default()).unwrap();
    assert_eq!(source.facts().sheets, ["Đảng viên"]);
    let mut read = Vec::new();
    source
        .for_each_row(|row| {
            let values = row.cells.iter().map(|cell| match &cell.value {
                Value::Text(text) => format!("{}{}={text}", cell.column, row.number),
                Value::Number(number) => format!("{}{}:{number}", cell.column, row.number),
                Value::Date(serial) => format!("{}{}@{}", cell.column, row.number, serial.day().unwrap()),
                other => panic!("{other:?}"),
            });
            read.push(values.collect::<Vec<_>>().join(" "));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(
        read,
        [
            "01=Danh sách",
            "02=Tại ngày: 22/11/2026",
            "04=CCCD 14=Số 24=Điểm 34=Ngày 44=Tỷ lệ",
            "05=001085000001 15:-7 25:2.5 35@03/02/1958 45:0.25",
            "16=9007199254740993 36=19/05/1890"
        ]
    );
    let csv = String::from_utf8(write(Format::Csv, layout, &rows)).unwrap();
    assert_eq!(
        csv,
        "\u{feff}CCCD,Số,Điểm,Ngày,Tỷ lệ\r\n001085000001,-7,2.50,03/02/1958,25.00%\r\n,9007199254740993,,19/05/1890,\r\n"
    );
}

#[test]
fn the_sheet_has_filter_and_frozen_panes() {
    let book = write(Format::Xlsx, text_layout(2), &[vec![Out::Text("a"), Out::Text("b")]]);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&book)).unwrap();
    let mut sheet = String::new();
    zip.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
    assert!(sheet.contains(r#"<autoFilter ref="A1:B2"/>"#));
    assert!(sheet.contains(r#"xSplit="1" ySplit="1" topLeftCell="B2""#));
    assert!(sheet.contains(r#"<c r="A2" s=""#), "text cells carry the text format");
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let book = || write(Format::Xlsx, text_layout(1), &[vec![Out::Text("An")]]);
    assert_eq!(book(), book());
}

#[test]
fn two_tables_are_two_sheets() {
    let mut writer = SheetWriter::start(Format::Xlsx, text_layout(1), Moment(0), Vec::new()).unwrap();
    writer.row(&[Out::Text("a")]).unwrap();
    writer.next_table(text_layout(1)).unwrap();
    writer.row(&[Out::Text("b")]).unwrap();
    let source = SheetSource::open(writer.finish().unwrap(), "x", Limits::default()).unwrap();
    assert_eq!(source.facts().sheets, ["Tờ", "Tờ (2)"]);
}

#[test]
fn twenty_thousand_rows_stream_through() {
    for format in [Format::Xlsx, Format::Csv] {
        let mut writer = SheetWriter::start(format, text_layout(3), Moment(0), Vec::new()).unwrap();
        for number in 0..20_000 {
            let id = format!("{number:012}");
            writer.row(&[Out::Text(&id), Out::Text("Nguyễn Văn An"), Out::Text("Chi bộ 1")]).unwrap();
        }
        let mut source = SheetSource::open(writer.finish().unwrap(), "x", Limits::default()).unwrap();
        let mut next = 0_u32;
        let walk = source
            .for_each_row(|row| {
                if row.number > 1 {
                    assert_eq!(row.number, next + 2);
                    assert!(matches!(&row.cells[0].value, Value::Text(id) if id.parse() == Ok(next)));
                    next += 1;
                }
                ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!((walk.rows, walk.cells, next), (20_001, 60_003, 20_000));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_clean_text_comes_back_from_xlsx_and_csv(
        raw in proptest::collection::vec(proptest::collection::vec("\\PC{0,8}|['=+@,;\"\t\n_x0041<>&-]{0,6}|[a-zđàệưÀỆ ]{0,8}", 2), 1..12),
    ) {
        let rows: Vec<Vec<String>> =
            raw.iter().map(|row| row.iter().map(|text| clean(text).into_owned()).collect()).collect();
        for format in [Format::Xlsx, Format::Csv, Format::CsvSemicolon] {
            // The mark keeps rows without text from being blank, which reading leaves out.
            let out: Vec<Vec<Out<'_>>> = rows
                .iter()
                .map(|row| row.iter().map(|text| Out::Text(text)).chain([Out::Text("Dòng")]).collect())
                .collect();
            let read: Vec<Vec<String>> = texts(write(format, text_layout(3), &out), 2);
            prop_assert_eq!(&read, &rows, "{:?}", format);
        }
    }
}
