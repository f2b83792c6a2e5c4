//! Named after the rules they check.

use super::*;

fn paper(sort: Sort, kind: Kind) -> Paper {
    let boxed = |signer: &str, number: &str| Boxed {
        signer: signer.to_owned(),
        on: Day::from_ymd(2026, 11, 20),
        number: number.to_owned(),
    };
    Paper {
        sort,
        kind,
        member: Printed { name: "Trần Văn An".to_owned(), birth: "02/1960".to_owned(), ..Printed::default() },
        from: "Chi bộ Khoa Toán".to_owned(),
        above_from: "Đảng bộ Đại học".to_owned(),
        to: "Chi bộ Khoa Điện".to_owned(),
        above_to: "Đảng bộ Cao đẳng".to_owned(),
        boxes: vec![boxed("Chi bộ Khoa Toán", "5-GGT"), boxed("Đảng bộ Đại học", "")],
        introduced: Day::from_ymd(2026, 11, 20),
        arrived: None,
        reason: String::new(),
        carried: Carried { items: vec![Item::Card], fee_through: Day::from_ymd(2026, 11, 1) },
        struck: None,
        span: None,
        made_on: Day::from_ymd(2026, 11, 26).unwrap(),
    }
}

fn text(document: &Document) -> String {
    format!("{:?}", document.blocks)
}

#[test]
fn trf_02_the_introduction_prints_every_box_with_its_number() {
    let document = document(&paper(Sort::Introduction, Kind::Inside));
    assert_eq!(document.heading.number, "Số 05-GGT");
    assert_eq!(document.heading.issuer, "Chi bộ Khoa Toán");
    let rows = document.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table.rows.len()),
        _ => None,
    });
    assert_eq!(rows, Some(2));
    assert!(text(&document).contains("Mục lục hồ sơ có xác nhận"));
}

#[test]
fn trf_04_what_is_carried_is_printed_and_the_dossier_stays_at_home_for_a_time() {
    let official = text(&document(&paper(Sort::Introduction, Kind::Inside)));
    assert!(official.contains("Thẻ đảng viên: có") && official.contains("11/2026"), "{official}");
    let temporary = text(&document(&paper(Sort::Introduction, Kind::Temporary)));
    assert!(!temporary.contains("niêm phong"), "{temporary}");
}

#[test]
fn trf_04_the_notice_goes_to_both_receivers_on_its_form() {
    let notice = document(&paper(Sort::Notice, Kind::Inside));
    assert_eq!(notice.heading.form, "Mẫu 1-SHĐ");
    assert!(text(&notice).contains("Đảng bộ Cao đẳng"));
    let receipt = document(&paper(Sort::Receipt, Kind::Inside));
    assert_eq!(receipt.heading.issuer, "Chi bộ Khoa Điện", "the receiver writes it");
}

#[test]
fn trf_12_the_sender_is_told_by_whom_and_why_somebody_was_struck_off() {
    let struck = Struck {
        body: "Đảng bộ Cao đẳng".to_owned(),
        above: "Đảng bộ Thành phố".to_owned(),
        number: "12-QĐ/ĐU".to_owned(),
        on: Day::from_ymd(2026, 11, 25).unwrap(),
        ground: "Không liên lạc được ba lần".to_owned(),
    };
    let document = document(&Paper { struck: Some(struck), ..paper(Sort::StruckOff, Kind::Inside) });
    assert_eq!(document.heading.issuer, "Đảng bộ Cao đẳng");
    let text = text(&document);
    for part in ["Chi bộ Khoa Toán", "12-QĐ/ĐU", "Không liên lạc được ba lần", "Trần Văn An"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn several_papers_in_one_document_each_begin_on_a_new_page() {
    let papers = vec![paper(Sort::Notice, Kind::Inside); 3];
    let whole = together("Phiếu báo", &papers);
    assert_eq!(whole.annex.iter().filter(|block| **block == Block::PageBreak).count(), 1);
    assert_eq!(together("x", &[]), Document::default());
}
