//! A decision is cancelled: the admission (9H- or 9K-HKN), the recognition (9L-HCT) (MEM-41).

use chibo_papers::document::{Block, Closing, Document, Issuer};

use super::{Case, DOTS, dated, or_dots};
use crate::rules::Redo;

/// H or K: which is for what, the guidance we have does not say.
const ADMISSION_FORM: &str = "Mẫu 9…-HKN";
/// Of the recognition.
const RECOGNITION_FORM: &str = "Mẫu 9L-HCT";

/// What has to be done again.
const fn again(redo: Option<Redo>) -> &'static str {
    match redo {
        Some(Redo::Branch) => "từ nghị quyết của chi bộ",
        Some(Redo::Committee) => "từ nghị quyết của đảng ủy cơ sở",
        Some(Redo::Decision) => "từ quyết định của cấp có thẩm quyền",
        None => DOTS,
    }
}

/// The decision that cancels; everything as dots when nothing is cancelled yet.
pub(crate) fn cancelling(case: &Case) -> Document {
    let Case { name, birth, branch, decided, .. } = case;
    let told = case.cancelled.as_ref();
    let admission = told.is_none_or(|told| told.admission);
    let (form, what) = if admission {
        (ADMISSION_FORM, "kết nạp đảng viên")
    } else {
        (RECOGNITION_FORM, "công nhận đảng viên chính thức")
    };
    let none = Issuer { superior: case.upper.clone(), name: or_dots(&case.base).to_owned() };
    let issuer = told.map_or(none, |told| told.issuer.clone());
    let number = told.map_or("", |told| told.by.number.as_str());
    let day = told.and_then(|told| told.by.on);
    let mut document = issuer.begins(Some(number), day, "Quyết định", format!("hủy quyết định {what}"));
    document.heading.form = form.to_owned();
    let reason = told.map_or("", |told| told.reason.as_str());
    document.blocks = vec![
        Block::text("Căn cứ Điều lệ Đảng Cộng sản Việt Nam và quy định của Trung ương về thi hành Điều lệ Đảng;"),
        Block::text(format!(
            "Xét việc ban hành quyết định số {} {} về {what} đối với {name} không đúng quy định: {};",
            or_dots(&decided.number),
            dated(decided.on),
            or_dots(reason)
        )),
        Block::Title("QUYẾT ĐỊNH:".to_owned()),
        Block::article(format!(
            "Hủy quyết định số {} {} về {what} đối với {name}, sinh {}, sinh hoạt tại {branch}.",
            or_dots(&decided.number),
            dated(decided.on),
            or_dots(birth)
        )),
    ];
    document.blocks.push(match told {
        Some(told) if told.standard => {
            Block::article(format!("Đưa {name} ra khỏi danh sách đảng viên vì không đủ tiêu chuẩn, điều kiện kết nạp."))
        }
        _ => Block::article(format!(
            "Các bước chưa đúng được làm lại {}; những bước đã đúng quy định không phải làm lại.",
            again(told.and_then(|told| told.redo))
        )),
    });
    document.blocks.push(Block::article(format!(
        "{}, {branch} và người có tên tại Điều 1 thi hành quyết định này.",
        or_dots(&case.base)
    )));
    let recipients = vec!["Như Điều 3.".to_owned(), "Lưu hồ sơ đảng viên.".to_owned()];
    document.closing = Closing::Signed { recipients, signature: issuer.signs() };
    document
}
