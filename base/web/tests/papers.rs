//! Official documents with the fonts that are shipped.
#![allow(clippy::unwrap_used)] // the functions that tests share

use chibo_papers::document::{Block, Document, Run, Table, TableColumn, to_pdf};

/// How often a text stands in a file.
fn count(file: &[u8], text: &[u8]) -> usize {
    file.windows(text.len()).filter(|window| *window == text).count()
}

fn pdf(blocks: Vec<Block>) -> Vec<u8> {
    to_pdf(&Document { title: "Danh sách".into(), blocks, ..Document::default() }, &chibo_web::fonts()).unwrap()
}

#[test]
fn the_fonts_have_every_vietnamese_letter() {
    let vowels = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";
    let marks = "0123456789 \u{a0}.,;:!?()[]/-–…*+%&'\"“”";
    let text = format!("{vowels}{}{marks}bcdghklmnpqrstvxfjwz", vowels.to_uppercase());
    assert_eq!(chibo_web::fonts().missing(&text).unwrap(), Vec::<char>::new());
}

#[test]
fn a_document_is_a_pdf_with_as_many_pages_as_it_needs() {
    let short = pdf(vec![Block::text("Một dòng.")]);
    assert!(short.starts_with(b"%PDF-"));
    assert_eq!(count(&short, b"/MediaBox"), 1);
    let rows = (1..=200).map(|no| vec![no.to_string(), format!("Chi bộ Khu phố {no}")]).collect();
    let columns = vec![TableColumn::centred("TT", 1), TableColumn::new("Tên", 9)];
    let runs = vec![Run::plain("thường "), Run::bold("đậm "), Run::italic("nghiêng")];
    let long = pdf(vec![Block::Paragraph(runs), Block::Table(Table { rows, ..Table::new(columns) })]);
    // 200 rows of 22.6 points, 728 points to a page.
    assert!((6..=8).contains(&count(&long, b"/MediaBox")), "{}", count(&long, b"/MediaBox"));
    assert_eq!(count(&long, b"/FontFile2"), 3, "only the fonts that are used");
}

#[test]
fn the_same_document_gives_the_same_file() {
    let once = || pdf(vec![Block::text("Đảng ủy phường Bến Thành")]);
    assert_eq!(once(), once());
}

#[test]
fn a_file_that_is_no_font_is_a_fault() {
    let mut fonts = chibo_web::fonts();
    fonts.bold = b"no font";
    assert!(to_pdf(&Document::default(), &fonts).is_err());
}
