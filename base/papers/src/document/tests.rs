//! Layout with letters of one width, and the parts of a DOCX; what needs real fonts is tested in `base/web`.

use std::io::{Cursor, Read};

use proptest::prelude::*;

use super::body::Para;
use super::layout::{Page, lay};
use super::lines::{Face, Measure, set};
use super::reading::Role;
use super::*;

/// Every letter is half as wide as high, bold ones a little wider.
struct Even;

impl Measure for Even {
    fn advance(&self, _: char, face: Face) -> f32 {
        if face == Face::Bold { 0.55 } else { 0.5 }
    }
}

fn pages(document: &Document, measure: &impl Measure) -> Vec<Page> {
    lay(document, measure).pages
}

/// The parts in the order in which they are read, each with all its text and how deep it lies.
fn read(document: &Document) -> Vec<(Role, usize, String)> {
    let laid = lay(document, &Even);
    let mut said = vec![String::new(); laid.parts.len()];
    for text in laid.pages.iter().flat_map(|page| &page.texts) {
        let Some(part) = text.part else { continue };
        text.line.parts.iter().for_each(|(_, letters)| said[part].push_str(letters));
        said[part].push_str(if text.line.goes_on { " " } else { "" });
    }
    let depth = |part: usize| {
        let up = |at: &usize| laid.parts[*at].within.inspect(|up| assert!(up < at));
        std::iter::successors(Some(part), up).count() - 1
    };
    said.into_iter().enumerate().map(|(at, said)| (laid.parts[at].role, depth(at), said)).collect()
}

fn decision() -> Document {
    Document {
        title: "Quyết định thành lập Chi bộ Khu phố 9".into(),
        heading: Heading {
            superior: "Thành ủy".into(),
            issuer: "Đảng ủy phường Bến <Thành>".into(),
            number: "Số 05-QĐ/ĐU".into(),
            dated: "ngày 05 tháng 02 năm 2026".into(),
            ..Heading::default()
        },
        kind: "Quyết định".into(),
        subject: "thành lập Chi bộ Khu phố 9".into(),
        blocks: vec![
            Block::Paragraph(vec![Run::plain("Căn cứ "), Run::italic("Điều lệ Đảng & quy định")]),
            Block::article("Thành lập chi bộ."),
            Block::bullets(["một".to_owned(), "hai".to_owned()]),
            Block::article("Thi hành."),
        ],
        closing: Closing::Signed {
            recipients: vec!["Như Điều 2,".into(), "Lưu Văn phòng.".into()],
            signature: Signature {
                on_behalf: "T/M BAN THƯỜNG VỤ".into(),
                position: "BÍ THƯ".into(),
                name: "Trần Bình".into(),
            },
        },
        ..Document::default()
    }
}

fn listed(rows: usize) -> Document {
    let columns = vec![TableColumn::centred("TT", 1), TableColumn::new("Tổ chức", 6), TableColumn::number("Số", 2)];
    let row = |no: usize| vec![no.to_string(), format!("Chi bộ Khu phố {no}"), (no * 3).to_string()];
    let rows = (1..=rows).map(row).collect();
    Document { blocks: vec![Block::Table(Table { columns, rows, totalled: true })], ..Document::default() }
}

/// Every text of a page, one line each.
fn texts(page: &Page) -> Vec<String> {
    page.texts.iter().map(|text| text.line.parts.iter().map(|(_, part)| part.as_str()).collect()).collect()
}

/// Without white space.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

const PARTS: [&str; 8] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/_rels/document.xml.rels",
    "word/document.xml",
    "word/styles.xml",
    "word/header1.xml",
    "word/header2.xml",
];

fn part(docx: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    assert_eq!(zip.len(), PARTS.len());
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Every tag that is opened is closed, in order.
fn well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in xml.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{xml}");
        } else if !tag.starts_with('?') && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn dpd_40_the_heading_and_the_signature_stand_in_order() {
    let pages = pages(&decision(), &Even);
    assert_eq!(pages.len(), 1);
    let lines = texts(&pages[0]);
    let at = |text: &str| lines.iter().position(|line| line.contains(text)).unwrap_or_else(|| panic!("{lines:?}"));
    let order = ["THÀNH ỦY", "ĐẢNG ỦY PHƯỜNG", "Số 05-QĐ/ĐU", "ĐẢNG CỘNG", "ngày 05", "QUYẾT ĐỊNH", "Căn cứ"];
    let order: Vec<usize> = order.into_iter().map(at).collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(at("Điều 1. Thành lập") < at("- một") && at("- hai") < at("Điều 2. Thi hành"));
    assert!(at("Nơi nhận:") < at("Lưu Văn phòng.") && at("T/M BAN THƯỜNG VỤ") < at("Trần Bình"));
    let foot = |text: &str| pages[0].texts[at(text)].y;
    assert!((foot("THÀNH ỦY") - foot("ĐẢNG CỘNG")).abs() < 2.0, "both columns begin at the top");
}

#[test]
fn dpd_41_nothing_stands_in_the_margins() {
    let mut long = listed(300);
    long.blocks.push(Block::text("rất dài ".repeat(2_000)));
    long.blocks.push(Block::text("m".repeat(5_000)));
    let all = pages(&long, &Even);
    assert!(all.len() > 10);
    for text in all.iter().flat_map(|page| &page.texts) {
        let (left, right) = (text.x + text.line.dx, text.x + text.line.dx + text.line.width);
        assert!(left >= 85.0 && right <= 553.0 + 0.1, "{text:?}");
        assert!(text.y >= 56.0 && text.y <= 842.0 - 56.0, "{text:?}");
    }
}

#[test]
fn the_heading_of_a_table_stands_on_every_page() {
    let all = pages(&listed(120), &Even);
    assert!(all.len() >= 3);
    for page in &all {
        assert_eq!(texts(page).iter().filter(|line| *line == "Tổ chức").count(), 1);
    }
    let rows: Vec<String> = all.iter().flat_map(texts).filter(|line| line.starts_with("Chi bộ")).collect();
    assert_eq!(rows, (1..=120).map(|no| format!("Chi bộ Khu phố {no}")).collect::<Vec<_>>());
}

#[test]
fn a_row_longer_than_a_page_goes_on_and_loses_nothing() {
    let mut long = listed(1);
    let Block::Table(table) = &mut long.blocks[0] else { panic!("a table") };
    let words: Vec<String> = (0..4_000).map(|no| format!("chữ{no}")).collect();
    table.rows[0][1] = words.join(" ");
    let all = pages(&long, &Even);
    assert!(all.len() > 3);
    let found: String = all.iter().flat_map(texts).filter(|line| line.contains("chữ")).map(|l| letters(&l)).collect();
    assert_eq!(found, words.concat());
}

#[test]
fn a_page_break_and_an_annex_begin_new_pages() {
    let mut document = decision();
    document.annex = vec![Block::Title("Danh sách".into()), Block::PageBreak, Block::text("cuối")];
    let all = pages(&document, &Even);
    assert_eq!(all.len(), 3);
    assert_eq!((texts(&all[1]), texts(&all[2])), (vec!["Danh sách".to_owned()], vec!["cuối".to_owned()]));
    assert_eq!(pages(&Document::default(), &Even).len(), 1);
}

#[test]
fn dpd_40_the_mark_of_a_form_stands_above_the_heading_at_the_right() {
    let mut document = decision();
    document.heading.form = "Mẫu 01-TCĐ".into();
    let page = &pages(&document, &Even)[0];
    let form = &page.texts[0];
    assert_eq!(texts(page)[0], "Mẫu 01-TCĐ");
    assert!((form.x + form.line.dx + form.line.width - 553.0).abs() < 1.0, "{form:?}");
    assert!(page.texts[1..].iter().all(|text| text.y > form.y));
    let alone = Heading { form: "Mẫu 1".into(), ..Heading::default() };
    let document = Document { heading: alone, ..Document::default() };
    assert_eq!(texts(&pages(&document, &Even)[0]), ["Mẫu 1"], "no empty letter-head");
}

#[test]
fn space_moves_what_follows_and_never_beyond_the_page() {
    let foot = |blocks: Vec<Block>| {
        let all = pages(&Document { blocks, ..Document::default() }, &Even);
        let (no, page) = all.iter().enumerate().rfind(|(_, page)| !page.texts.is_empty()).unwrap();
        (no, page.texts.last().unwrap().y)
    };
    let (plain, one) = (foot(vec![Block::text("a"), Block::text("b")]), Block::text("a"));
    let spaced = foot(vec![one.clone(), Block::Space(40), Block::text("b")]);
    assert_eq!(spaced.0, 0);
    assert!((spaced.1 - plain.1 - 40.0).abs() < 0.01);
    let top = foot(vec![one.clone()]);
    assert_eq!(foot(vec![Block::Space(300), one.clone()]), top, "none at the top of a page");
    let (no, y) = foot(vec![one.clone(), Block::Space(u16::MAX), one]);
    assert_eq!((no, y), (1, top.1), "what is left of the page, then the next");
    let space = |points| {
        part(
            &to_docx(&Document { blocks: vec![Block::Space(points)], ..Document::default() }).unwrap(),
            "word/document.xml",
        )
    };
    assert!(space(40).contains(r#"w:line="800" w:lineRule="exact""#));
    assert!(space(u16::MAX).contains(r#"w:line="31680" w:lineRule="exact""#));
    well_formed(&space(0));
}

#[test]
fn a_paper_is_read_from_the_heading_to_the_signature() {
    let read = read(&decision());
    let said = |role: Role| -> Vec<&str> {
        read.iter().filter(|(other, ..)| *other == role).map(|(.., said)| said.as_str()).collect()
    };
    assert_eq!(said(Role::Kind), ["QUYẾT ĐỊNH"]);
    assert_eq!(said(Role::List).len(), 1, "items next to each other are one list");
    assert_eq!(said(Role::ItemBody), ["- một", "- hai"]);
    assert_eq!(read.iter().map(|(role, depth, _)| (*role, *depth)).filter(|(_, depth)| *depth > 0).count(), 4);
    let paras = said(Role::Para);
    let at = |text: &str| paras.iter().position(|para| para.contains(text)).unwrap_or_else(|| panic!("{paras:?}"));
    let order = ["THÀNH ỦY", "Số 05", "ĐẢNG CỘNG", "ngày 05", "Căn cứ Điều lệ Đảng & quy định", "Nơi nhận", "T/M BAN"];
    assert!(order.map(at).is_sorted(), "{paras:?}");
}

#[test]
fn a_table_is_read_once_whole_and_row_by_row() {
    let mut long = listed(120);
    let Block::Table(table) = &mut long.blocks[0] else { panic!("a table") };
    table.rows[7][1] = "rất dài ".repeat(2_000);
    table.rows[8].truncate(1);
    let read = read(&long);
    let many = |role: Role| read.iter().filter(|(other, ..)| *other == role).count();
    let roles = [Role::Table, Role::Heads, Role::Rows, Role::Row, Role::Head, Role::Cell];
    assert_eq!(roles.map(many), [1, 1, 1, 121, 3, 360]);
    let heads: Vec<&str> =
        read.iter().filter(|(role, ..)| *role == Role::Head).map(|(.., said)| said.as_str()).collect();
    assert_eq!(heads, ["TT", "Tổ chức", "Số"], "what is repeated on every page is not read again");
    let cells: Vec<&str> =
        read.iter().filter(|(role, ..)| *role == Role::Cell).map(|(.., said)| said.as_str()).collect();
    assert_eq!(cells[3 * 7 + 1], "rất dài ".repeat(2_000).trim_end(), "a cut cell goes on in its own part");
    assert_eq!(cells[3 * 8..3 * 9], ["9", "", ""], "a row is never shorter than the others");
}

#[test]
fn lines_are_read_with_a_space_between_them_and_cut_words_without() {
    let words = vec!["đảng viên"; 60].join(" ");
    let document =
        Document { blocks: vec![Block::text(words.as_str()), Block::text("m".repeat(500))], ..Document::default() };
    let said: Vec<String> = read(&document).into_iter().map(|(.., said)| said).collect();
    assert_eq!(said, [words, "m".repeat(500)]);
}

#[test]
fn marks_written_apart_are_composed_in_both_files() {
    let apart = "Nguye\u{302}\u{303}n Va\u{306}n Du\u{303}ng";
    let document = Document { blocks: vec![Block::text(apart)], ..Document::default() };
    assert_eq!(texts(&pages(&document, &Even)[0]), ["Nguyễn Văn Dũng"]);
    assert!(part(&to_docx(&document).unwrap(), "word/document.xml").contains(">Nguyễn Văn Dũng</w:t>"));
}

#[test]
fn hard_spaces_and_hyphens_are_drawn_and_copied_as_plain_ones() {
    use super::faces::plain;
    assert_eq!("a\u{a0}b\u{202f}c\u{2007}d\u{2011}đ".chars().map(plain).collect::<String>(), "a b c d-đ");
    let held = "Điều\u{a0}lệ";
    let document = Document { blocks: vec![Block::text(held)], ..Document::default() };
    assert_eq!(texts(&pages(&document, &Even)[0]), [held], "they hold words together until the lines are broken");
}

#[test]
fn every_part_of_a_docx_is_there_and_well_formed() {
    let docx = to_docx(&decision()).unwrap();
    for name in PARTS {
        let text = part(&docx, name);
        assert!(text.starts_with("<?xml"), "{name}");
        well_formed(&text);
    }
    let main = part(&docx, "word/document.xml");
    for text in [
        "ĐẢNG ỦY PHƯỜNG BẾN &lt;THÀNH&gt;",
        "Số 05-QĐ/ĐU",
        "QUYẾT ĐỊNH",
        "Điều lệ Đảng &amp; quy định",
        "Điều 2. ",
        "- ",
        "Nơi nhận:",
        "T/M BAN THƯỜNG VỤ",
    ] {
        assert!(main.contains(&format!(">{text}</w:t>")), "{text} in {main}");
    }
    assert!(part(&docx, "word/header1.xml").contains(" PAGE ") && main.contains("<w:titlePg/>"));
    assert!(part(&docx, "docProps/core.xml").contains("<dc:title>Quyết định thành lập Chi bộ Khu phố 9</dc:title>"));
    assert!(part(&docx, "docProps/core.xml").contains("<dc:language>vi-VN</dc:language>"));
    assert_eq!(docx, to_docx(&decision()).unwrap(), "the same document gives the same file");
    assert_eq!(main.matches(r#"<w:outlineLvl w:val="0"/>"#).count(), 1, "the type is the first heading");
}

#[test]
fn documents_bound_in_one_docx_each_begin_on_a_new_page() {
    let main = part(&bound_docx("Nghị quyết", &[decision(), listed(2)]).unwrap(), "word/document.xml");
    assert_eq!(main.matches("<w:sectPr>").count(), 1);
    let alone = |document: &Document| part(&to_docx(document).unwrap(), "word/document.xml");
    let breaks = |text: &str| text.matches("w:type=\"page\"").count();
    assert_eq!(breaks(&main), breaks(&alone(&decision())) + breaks(&alone(&listed(2))) + 1);
    assert_eq!(part(&bound_docx("x", &[decision()]).unwrap(), "word/document.xml"), alone(&decision()));
}

#[test]
fn a_table_in_a_docx_repeats_its_heading() {
    let main = part(&to_docx(&listed(3)).unwrap(), "word/document.xml");
    assert_eq!(main.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(main.matches("<w:tr>").count(), 4);
    let mut bare = listed(3);
    let Block::Table(table) = &mut bare.blocks[0] else { panic!("a table") };
    table.columns.iter_mut().for_each(|column| column.title.clear());
    assert!(!part(&to_docx(&bare).unwrap(), "word/document.xml").contains("<w:tblHeader/>"));
}

proptest! {
    #[test]
    fn no_letter_is_lost_in_lines(texts in prop::collection::vec("[ \n\u{a0}a-zĐđẵỹ.]{0,60}", 0..6), width in 30_u16..400) {
        let run = |(at, text): (usize, &String)| Run { text: text.clone(), bold: at % 2 == 0, italic: at % 3 == 0 };
        let runs: Vec<Run> = texts.iter().enumerate().map(run).collect();
        let para = Para { runs, align: Align::Justified, size: 28, first: 10, ..Para::default() };
        let lines = set(&para, f32::from(width), &Even);
        let drawn: String = lines.iter().flat_map(|line| &line.parts).map(|(_, part)| part.as_str()).collect();
        prop_assert_eq!(letters(&drawn), letters(&texts.concat()));
        for line in &lines {
            prop_assert!(line.dx + line.width <= f32::from(width) + 0.5, "{:?}", line);
        }
    }

    #[test]
    fn no_word_is_lost_on_pages(items in prop::collection::vec("[a-zđ ]{1,200}", 1..80)) {
        let document = Document {
            blocks: items.iter().map(|item| Block::text(item.as_str())).collect(),
            ..Document::default()
        };
        let drawn: String = pages(&document, &Even).iter().flat_map(texts).collect();
        prop_assert_eq!(letters(&drawn), letters(&items.concat()));
    }

    #[test]
    fn any_text_makes_a_well_formed_docx(text in "\\PC{0,80}") {
        let document = Document { title: text.clone(), blocks: vec![Block::text(text)], ..Document::default() };
        let docx = to_docx(&document).unwrap();
        well_formed(&part(&docx, "word/document.xml"));
        well_formed(&part(&docx, "docProps/core.xml"));
    }
}
