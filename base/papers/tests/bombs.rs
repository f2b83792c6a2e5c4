//! Zip bombs and friends (quality.md S8), made here, refused before or while they are read. How much was inflated is
//! counted, not timed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // the functions that tests share

mod workbooks;

use std::ops::ControlFlow;

use chibo_papers::{Limits, PaperProblem, SheetSource};
use workbooks::{sheet, zip, zip_with};
use zip::CompressionMethod;

/// Opens and reads everything; the key of the refusal, or `Ok` with the number of rows.
fn read_with(bytes: Vec<u8>, limits: Limits) -> Result<u64, PaperProblem> {
    let mut source = SheetSource::open(bytes, "danh sách.xlsx", limits)?;
    Ok(source.for_each_row(|_| ControlFlow::Continue(()))?.rows)
}

fn refusal(bytes: Vec<u8>) -> &'static str {
    refusal_with(bytes, Limits::default())
}

fn refusal_with(bytes: Vec<u8>, limits: Limits) -> &'static str {
    read_with(bytes, limits).expect_err("must be refused").key().expect("a refusal, not a fault")
}

fn honest() -> workbooks::Workbook {
    sheet(r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>"#)
}

#[test]
fn an_honest_workbook_passes() {
    assert_eq!(read_with(honest().bytes(), Limits::default()), Ok(1));
}

#[test]
fn s8_a_part_that_inflates_a_thousandfold_is_refused_by_the_directory_alone() {
    // 64 MiB of blanks are enough to go beyond 200 : 1 from 50 MiB on; a gigabyte is refused the same way.
    let bomb = honest().with("xl/worksheets/sheet2.xml", vec![b' '; 64 << 20]).bytes();
    assert!(bomb.len() < 200 << 10);
    assert_eq!(refusal(bomb), "papers-zip-ratio");
}

#[test]
fn s8_the_sum_of_the_declared_sizes_is_capped() {
    let limits = Limits { inflated_bytes: 1 << 20, ..Limits::default() };
    let many = (0..40).fold(honest(), |book, n| book.with(&format!("xl/p{n}.xml"), vec![b' '; 32 << 10]));
    assert_eq!(refusal_with(many.bytes(), limits), "papers-zip-too-large");
}

/// Overwrites the declared inflated size of a part in its directory header (and not its local one).
fn declare(mut bytes: Vec<u8>, name: &str, size: u32) -> Vec<u8> {
    let at = (0..bytes.len())
        .find(|at| bytes[*at..].starts_with(b"PK\x01\x02") && bytes[at + 46..].starts_with(name.as_bytes()))
        .unwrap();
    bytes[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
    bytes
}

#[test]
fn s8_lying_sizes_are_found_at_the_declared_byte() {
    let name = "xl/worksheets/sheet1.xml";
    let rows: String = (1..20_000).map(|n| format!(r#"<row r="{n}"><c r="A{n}"><v>1</v></c></row>"#)).collect();
    let book = sheet(&format!("<sheetData>{rows}</sheetData>"));
    let true_size = book.sheet.len() as u32;
    for size in [1_000, true_size - 1] {
        assert_eq!(refusal(declare(book.bytes(), name, size)), "papers-zip-forged", "{size}");
    }
    // Declaring too much only counts against the limits; the rows are those that are there.
    for size in [true_size, true_size + 1, true_size * 2] {
        assert_eq!(read_with(declare(book.bytes(), name, size), Limits::default()), Ok(19_999));
    }
    let shared = honest().with("xl/sharedStrings.xml", format!("<sst>{}</sst>", "<si><t>x</t></si>".repeat(1_000)));
    assert_eq!(refusal(declare(shared.bytes(), "xl/sharedStrings.xml", 100)), "papers-zip-forged");
}

#[test]
fn s8_four_million_rows_stop_at_the_limit_of_rows() {
    let rows: String = (1..=3_000).map(|n| format!(r#"<row r="{n}"><c><v>1</v></c></row>"#)).collect();
    let book = sheet(&format!("<sheetData>{rows}</sheetData>")).bytes();
    let mut seen = 0;
    let mut source = SheetSource::open(book, "x", Limits::with_rows(1_000)).unwrap();
    let problem = source.for_each_row(|_| {
        seen += 1;
        ControlFlow::Continue(())
    });
    assert_eq!((problem.unwrap_err().key(), seen), (Some("papers-too-many-rows"), 1_000));
}

#[test]
fn cells_and_columns_are_limited() {
    let cells: String = (0..3_000).map(|_| "<c><v>1</v></c>").collect();
    let wide = sheet(&format!(r#"<sheetData><row r="1">{cells}</row></sheetData>"#)).bytes();
    assert_eq!(refusal(wide.clone()), "papers-too-many-columns");
    assert_eq!(refusal_with(wide, Limits { cells: 100, ..Limits::default() }), "papers-too-many-cells");
    let endless: String = (0..20_000).map(|_| r#"<c r="A1"><v>1</v></c>"#).collect();
    assert_eq!(refusal(sheet(&format!("<sheetData><row>{endless}</row></sheetData>")).bytes()), "papers-sheet-order");
    let backwards =
        r#"<sheetData><row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row></sheetData>"#;
    assert_eq!(refusal(sheet(backwards).bytes()), "papers-sheet-order");
}

#[test]
fn s8_a_million_entries_are_refused_before_the_directory_is_read() {
    let names: Vec<String> = (0..2_100).map(|n| format!("e{n}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"" as &[u8])).collect();
    assert_eq!(refusal(zip(&parts)), "papers-zip-entries");
    // The end record owns up to few entries, but to a directory of many megabytes.
    let mut bytes = honest().bytes();
    let end = bytes.len() - 22;
    bytes[end + 12..end + 16].copy_from_slice(&60_000_000_u32.to_le_bytes());
    assert_eq!(refusal(bytes), "papers-zip-entries");
    // A ZIP64 record that claims 2^40 entries.
    let mut bytes = honest().bytes();
    let end = bytes.split_off(bytes.len() - 22);
    let record_at = bytes.len() as u64;
    let mut record = b"PK\x06\x06".to_vec();
    record.extend(44_u64.to_le_bytes());
    record.extend([0; 12]);
    for number in [1_u64 << 40, 1 << 40, 1 << 46, 0] {
        record.extend(number.to_le_bytes());
    }
    bytes.extend(record);
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend(record_at.to_le_bytes());
    bytes.extend([1, 0, 0, 0]);
    bytes.extend(end);
    assert_eq!(refusal(bytes), "papers-zip-entries");
}

#[test]
fn s8_a_second_directory_is_refused() {
    let mut bytes = honest().bytes();
    let end = bytes[bytes.len() - 22..].to_vec();
    bytes.extend(end);
    assert_eq!(refusal(bytes), "papers-zip-forged");
    let mut trailing = honest().bytes();
    trailing.extend(b"something behind the end");
    assert_eq!(refusal(trailing), "papers-zip-forged");
}

#[test]
fn s8_paths_archives_and_copies_inside_are_refused() {
    for name in ["../evil.xml", "/etc/passwd.xml", "xl/..\\..\\evil.xml", "C:evil.xml"] {
        assert_eq!(refusal(honest().with(name, "x").bytes()), "papers-zip-path", "{name}");
    }
    let inner = zip(&[("a", b"b")]);
    for name in ["xl/embeddings/book.xlsx", "xl/media/picture.png"] {
        assert_eq!(refusal(honest().with(name, inner.clone()).bytes()), "papers-zip-nested", "{name}");
    }
    assert_eq!(refusal(honest().with("XL/Worksheets/Sheet1.xml", "x").bytes()), "papers-zip-forged");
}

#[test]
fn s8_a_symbolic_link_is_refused() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.add_symlink("xl/link.xml", "/etc/passwd", zip::write::SimpleFileOptions::default()).unwrap();
    assert_eq!(refusal(zip.finish().unwrap().into_inner()), "papers-zip-path");
}

#[test]
fn overlapping_parts_are_refused() {
    // Both directory entries point at the first local header.
    let parts: &[(&str, &[u8])] = &[("a.xml", &[b'x'; 500]), ("b.xml", &[b'x'; 500])];
    let mut bytes = zip_with(parts, CompressionMethod::Stored);
    let second = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"PK\x01\x02")).nth(1).unwrap();
    bytes[second + 42..second + 46].copy_from_slice(&0_u32.to_le_bytes());
    assert_eq!(refusal(bytes), "papers-zip-forged");
}

#[test]
fn one_endless_text_stops_at_the_gap() {
    let text = "x".repeat(300_000);
    let cell = format!(r#"<sheetData><row r="1"><c r="A1" t="str"><v>{text}</v></c></row></sheetData>"#);
    let limits = || Limits { gap_bytes: 100_000, ..Limits::default() };
    assert_eq!(refusal_with(sheet(&cell).bytes(), limits()), "papers-sheet-gap");
    let attribute = format!(r#"<sheetData><row r="1"><c r="A1" t="{text}"><v>1</v></c></row></sheetData>"#);
    assert_eq!(refusal_with(sheet(&attribute).bytes(), limits()), "papers-sheet-gap");
    let comment = format!("<sheetData><!-- {} --></sheetData>", "<c><v>1</v></c>".repeat(20_000));
    assert_eq!(refusal_with(sheet(&comment).bytes(), limits()), "papers-sheet-gap");
    let empty_rows = format!("<sheetData>{}</sheetData>", "<row/>".repeat(50_000));
    assert_eq!(refusal_with(sheet(&empty_rows).bytes(), limits()), "papers-sheet-gap");
}

#[test]
fn shared_strings_cannot_reserve_or_grow_without_bound() {
    let with = |shared: String| honest().with("xl/sharedStrings.xml", shared).bytes();
    let few = || Limits { shared_strings: 1_000, ..Limits::default() };
    assert_eq!(refusal(with(r#"<sst uniqueCount="99999999999"></sst>"#.into())), "papers-shared-strings");
    assert_eq!(refusal(with(format!(r#"<sst uniqueCount{}="9"></sst>"#, " ".repeat(50)))), "papers-shared-strings");
    assert_eq!(refusal_with(with(format!("<sst>{}</sst>", "<si/>".repeat(1_001))), few()), "papers-shared-strings");
    assert_eq!(refusal_with(with(format!("<sst>{}</sst>", "<x:si/>".repeat(1_001))), few()), "papers-shared-strings");
    let fine = format!(r#"<sst uniqueCount="1000">{}</sst>"#, "<si><t>x</t></si>".repeat(1_000));
    assert_eq!(read_with(with(fine), few()), Ok(1));
    let long = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(2 << 20));
    assert_eq!(refusal(with(long)), "papers-sheet-gap");
    assert_eq!(refusal(with("<sst><!-- <si/> --></sst>".into())), "papers-zip-broken");
    let large = Limits { shared_bytes: 1_000, ..Limits::default() };
    assert_eq!(refusal_with(with(format!("<sst>{}</sst>", " ".repeat(1_001))), large), "papers-shared-too-large");
    let utf16: Vec<u8> = "<sst uniqueCount=\"9\"></sst>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refusal(honest().with("xl/sharedStrings.xml", utf16).bytes()), "papers-zip-broken");
}

#[test]
fn styles_are_limited_by_tags_and_bytes() {
    let styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(2_000));
    let limits = Limits { small_part_tags: 1_000, ..Limits::default() };
    assert_eq!(refusal_with(honest().with("xl/styles.xml", styles.clone()).bytes(), limits), "papers-part-too-large");
    let limits = Limits { small_part_bytes: 5_000, ..Limits::default() };
    assert_eq!(refusal_with(honest().with("xl/styles.xml", styles).bytes(), limits), "papers-part-too-large");
}

#[test]
fn broken_and_foreign_files_get_a_sentence_of_their_own() {
    let mut cut = honest().bytes();
    cut.truncate(cut.len() / 2);
    for (bytes, key) in [
        (cut, "papers-zip-broken"),
        (Vec::new(), "papers-empty-file"),
        (b"PK\x05\x06".repeat(6), "papers-zip-no-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "papers-old-excel"),
        (b"%PDF-1.7".to_vec(), "papers-not-a-table"),
        (b" <html><table>".to_vec(), "papers-web-page"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0".to_vec(), "papers-unknown-format"),
        (zip(&[("word/document.xml", b"x")]), "papers-zip-no-workbook"),
        (zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]), "papers-other-spreadsheet"),
        (sheet("<sheetData><row").bytes(), "papers-zip-broken"),
        (
            sheet(r#"<sheetData><row r="1"><c r="A99999999999999999999"/></row></sheetData>"#).bytes(),
            "papers-zip-broken",
        ),
        (sheet(r#"<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>"#).bytes(), "papers-zip-broken"),
    ] {
        let name = String::from_utf8_lossy(&bytes[..bytes.len().min(20)]).into_owned();
        assert_eq!(refusal(bytes), key, "{name:?}");
    }
    let large = Limits { file_bytes: 10, ..Limits::default() };
    assert_eq!(refusal_with(b"a,b,c,d,e,f,g".to_vec(), large), "papers-file-too-large");
}

#[test]
fn an_unclosed_quotation_mark_does_not_swallow_the_file() {
    let csv = format!("a,b\n1,\"open\n{}", "2,3\n".repeat(200_000));
    let limits = Limits { gap_bytes: 200_000, ..Limits::default() };
    assert_eq!(refusal_with(csv.into_bytes(), limits), "papers-csv-row-too-long");
}
