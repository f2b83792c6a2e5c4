//! Official documents with the fonts that are shipped.
#![allow(clippy::unwrap_used)] // the functions that tests share

use chibo_papers::document::{Block, Document, Run, Table, TableColumn, bound_pdf, to_pdf};

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
fn a_pdf_says_its_language_and_what_every_text_is() {
    let rows = (1..=50).map(|no| vec![no.to_string(), String::new()]).collect();
    let columns = vec![TableColumn::centred("TT", 1), TableColumn::new("Tên", 9)];
    let file = to_pdf(
        &Document {
            title: "Danh sách".into(),
            kind: "Danh sách".into(),
            blocks: vec![
                Block::Title("Phần một".into()),
                Block::bullets(["một".to_owned(), "hai".to_owned()]),
                Block::Table(Table { rows, ..Table::new(columns) }),
            ],
            ..Document::default()
        },
        &chibo_web::fonts(),
    );
    let file = file.unwrap();
    assert_eq!(count(&file, b"/MediaBox"), 2, "the table turns the page");
    assert!(count(&file, b"/StructTreeRoot") >= 1 && count(&file, b"/Lang(vi-VN)") >= 1);
    let tags: [(&[u8], usize); 9] = [
        (b"/S/H1", 1),
        (b"/S/H2", 1),
        (b"/S/LI", 2),
        (b"/S/Table", 1),
        (b"/S/THead", 1),
        (b"/S/TBody", 1),
        (b"/S/TR", 51),
        (b"/S/TH/", 2),
        (b"/S/TD", 100),
    ];
    for (tag, many) in tags {
        assert_eq!(count(&file, tag), many, "{}", String::from_utf8_lossy(tag));
    }
}

#[test]
fn a_hard_space_leaves_no_trace_in_the_file() {
    let (hard, soft) = (pdf(vec![Block::text("Điều\u{a0}lệ Đảng")]), pdf(vec![Block::text("Điều lệ Đảng")]));
    assert_eq!(hard, soft);
    assert_eq!(pdf(vec![Block::text("Nguye\u{302}\u{303}n")]), pdf(vec![Block::text("Nguyễn")]), "composed");
}

#[test]
fn documents_are_bound_in_order_each_on_its_own_pages_and_in_the_outline() {
    let one = |title: &str| Document { title: title.into(), blocks: vec![Block::text(title)], ..Document::default() };
    let all = [one("Mot"), one("Hai"), one("Ba")];
    let bound = bound_pdf("Tap", &all, &chibo_web::fonts()).unwrap();
    assert_eq!(count(&bound, b"/MediaBox"), 3);
    assert_eq!(count(&bound, b"/S/Part"), 3);
    for title in ["/Title(Mot)", "/Title(Hai)", "/Title(Ba)"] {
        assert_eq!(count(&bound, title.as_bytes()), 1, "{title}");
    }
    assert_eq!(bound, bound_pdf("Tap", &all, &chibo_web::fonts()).unwrap(), "the same documents give the same file");
    assert!(bound_pdf("Tap", &[], &chibo_web::fonts()).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn a_file_that_is_no_font_is_a_fault() {
    let mut fonts = chibo_web::fonts();
    fonts.bold = b"no font";
    assert!(to_pdf(&Document::default(), &fonts).is_err());
}
