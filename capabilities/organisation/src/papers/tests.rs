//! Papers say what they are given, and not more.

use chibo_kernel::Day;
use chibo_papers::document::{Block, Closing, Document, to_docx};

use super::*;

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

fn issuer() -> Issuer {
    Issuer { superior: "Thành ủy".into(), name: "Đảng ủy phường Một".into() }
}

fn says(document: &Document) -> String {
    format!("{document:?}")
}

fn articles(document: &Document) -> Vec<String> {
    let text = |block: &Block| match block {
        Block::Article(runs) => Some(runs.iter().map(|run| run.text.as_str()).collect()),
        _ => None,
    };
    document.blocks.iter().filter_map(text).collect()
}

fn paper(acts: Vec<Act>) -> DecisionPaper {
    DecisionPaper {
        issuer: issuer(),
        number: "05-QĐ/ĐU".into(),
        title: "sắp xếp tổ chức đảng".into(),
        signed_on: Some(day(2026, 2, 5)),
        effective_on: day(2026, 3, 1),
        remark: None,
        acts,
    }
}

fn establish(no: usize) -> Act {
    Act::Establish { unit: format!("Chi bộ {no}"), kind: "chi bộ", above: "Đảng bộ phường Một".into() }
}

#[test]
fn dpd_44_a_collective_signs_without_a_title() {
    let document = decision(&paper(vec![establish(1)]));
    assert!(says(&document).contains("\"T/M ĐẢNG ỦY\"") && !says(&document).contains("K/T"));
    assert_eq!(document.heading.number, "Số 05-QĐ/ĐU");
    assert_eq!(document.heading.superior, "Thành ủy");
}

#[test]
fn dpd_41_a_decision_ends_with_the_line_that_says_where_it_is_kept() {
    let Closing::Signed { recipients, .. } = decision(&paper(vec![establish(1)])).closing else { panic!("signed") };
    assert_eq!(recipients.last().map(String::as_str), Some("Lưu Văn phòng."));
    let (last, rest) = recipients.split_last().unwrap();
    assert!(last.ends_with('.') && !last.ends_with("./.") && rest.iter().all(|line| line.ends_with(',')));
}

#[test]
fn one_act_is_one_article() {
    let lines = articles(&decision(&paper(vec![establish(1)])));
    assert_eq!(lines[0], "Thành lập Chi bộ 1 (chi bộ), trực thuộc Đảng bộ phường Một.");
    assert_eq!(lines.len(), 2, "and the one about carrying it out");
    assert!(lines[1].contains("ngày 01 tháng 3 năm 2026"));
}

#[test]
fn org_15_what_ends_is_handed_over() {
    let merge = Act::Merge { from: "A".into(), into: "B".into(), whole: true, members: 1_234 };
    let document = decision(&paper(vec![Act::Dissolve { unit: "C".into() }, merge, establish(1)]));
    let lines = articles(&document);
    assert!(lines[0].starts_with("Thành lập") && lines[1] == "Nhập toàn bộ A (1.234 đảng viên) vào B.");
    assert_eq!(lines[2], "Giải thể C.");
    assert!(lines[3].contains("biên bản bàn giao"));
    assert!(says(&document).contains("Như Điều 5,"));
    assert!(!says(&decision(&paper(vec![establish(1)]))).contains("bàn giao"));
}

#[test]
fn many_acts_go_into_a_list_at_the_end() {
    let few = decision(&paper((1..=6).map(establish).collect()));
    assert!(few.annex.is_empty() && says(&few).contains("trực thuộc Đảng bộ phường Một."));
    let many = decision(&paper((1..=200).map(establish).collect()));
    assert!(articles(&many)[0].contains("200 trường hợp"));
    let Some(Block::Table(table)) = many.annex.last() else { panic!("a table") };
    assert_eq!(table.rows.len(), 200);
    assert!(table.rows[199][1].contains("Chi bộ 200"));
}

#[test]
fn a_draft_has_no_day() {
    let draft =
        DecisionPaper { signed_on: None, number: String::new(), remark: Some("(Dự thảo)"), ..paper(Vec::new()) };
    let document = decision(&draft);
    assert!(document.heading.dated.contains("tháng ……") && document.heading.number.contains("…"));
    assert!(says(&document).contains("(Dự thảo)"));
}

fn minutes(rows: Vec<Handed>) -> Document {
    let (signed_on, effective_on) = (day(2026, 2, 5), day(2026, 3, 1));
    let (number, title) = ("5-QĐ/ĐU".to_owned(), "sắp xếp".to_owned());
    handover(&HandoverPaper { issuer: issuer(), number, title, signed_on, effective_on, rows })
}

fn handed(members: u32) -> Handed {
    Handed { from: "Cũ".into(), into: "Mới".into(), whole: false, members }
}

/// The rows of the first table.
fn first_rows(document: &Document) -> Vec<Vec<String>> {
    let table = document.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table.rows.clone()),
        _ => None,
    });
    table.unwrap()
}

#[test]
fn org_16_minutes_are_signed_by_both_sides() {
    let document = minutes(vec![handed(35)]);
    for text in ["Mẫu 01-TCĐ", "ĐẠI DIỆN BÊN GIAO", "ĐẠI DIỆN BÊN NHẬN", "một phần", "Cũ", "Mới", "\"35\"", "Con dấu"]
    {
        assert!(says(&document).contains(text), "{text}");
    }
    assert!(to_docx(&document).unwrap().starts_with(b"PK"));
}

#[test]
fn org_15_the_mark_of_the_form_is_not_the_number_of_the_minutes() {
    let document = minutes(vec![handed(35)]);
    assert_eq!(document.heading.form, "Mẫu 01-TCĐ");
    assert_eq!(document.heading.number, "Số ……-BB/……");
    assert!(says(&document).contains("Quyết định số 05-QĐ/ĐU ngày 05 tháng 02 năm 2026"));
    assert_eq!(document.title, "Biên bản bàn giao, tiếp nhận: Cũ – Mới");
    assert!(!minutes(vec![handed(1), handed(2)]).title.contains("Cũ"), "one title for several");
}

#[test]
fn org_15_what_is_not_known_is_left_to_be_filled_in_by_hand() {
    assert_eq!(first_rows(&minutes(vec![handed(0)])), [["1", "Cũ", "Mới", "một phần", ""]]);
    assert_eq!(first_rows(&minutes(Vec::new())), [["1"], ["2"], ["3"]]);
}

#[test]
fn a_sheet_leaves_out_what_it_does_not_know() {
    let bare = UnitSheet {
        issuer: issuer(),
        day: day(2026, 11, 22),
        made_on: day(2026, 11, 23),
        made_by: "Trần Bình".into(),
        facts: vec![("Loại tổ chức", "chi bộ".into())],
        officers: Vec::new(),
        from: Vec::new(),
        into: Vec::new(),
    };
    let document = sheet(&bare);
    assert!(says(&document).contains("22/11/2026") && !says(&document).contains("Cấp ủy, chức vụ"));
    let officers = vec![Officer { name: "Lê Thị Hạnh".into(), role: "bí thư", since: day(2025, 7, 1) }];
    let full = sheet(&UnitSheet { officers, from: vec!["Cũ".into()], ..bare });
    for text in ["Lê Thị Hạnh", "bí thư", "01/07/2025", "Hình thành từ"] {
        assert!(says(&full).contains(text), "{text}");
    }
}

#[test]
fn a_list_counts_each_kind_and_setting_and_names_all() {
    let row = |kind, name: &str| ListRow { kind, setting: "khu phố", name: name.into(), members: 12 };
    let rows = vec![row("chi bộ", "Một"), row("chi bộ", "Hai"), row("tổ đảng", "Ba")];
    let document = list(&ListPaper { issuer: issuer(), day: day(2026, 11, 22), made_on: day(2026, 11, 22), rows });
    let Some(Block::Table(sums)) = document.blocks.first() else { panic!("a table") };
    let numbers: Vec<&str> = sums.rows.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(numbers, ["2", "1", "3"]);
    for name in ["Một", "Hai", "Ba", "Chi bộ – khu phố"] {
        assert!(says(&document).contains(name), "{name}");
    }
}

#[test]
fn a_unit_that_stands_again_has_an_article_of_its_own() {
    let document = decision(&paper(vec![Act::Restore { unit: "Chi bộ 1".into(), above: "Đảng bộ A".into() }]));
    let text = format!("{:?}", document.blocks);
    assert!(text.contains("Lập lại Chi bộ 1, trực thuộc Đảng bộ A."), "{text}");
}
