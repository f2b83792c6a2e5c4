//! What others say: the union's resolution (4A- to 4D-KNĐ), the summaries of opinions (5-KNĐ, 12-KNĐ) (MEM-11, MEM-17,
//! MEM-32).

use chibo_papers::document::{Block, Closing, DOTS, Document, Issuer};

use super::{Case, counted, dated, gap, or_dots, to_write};
use crate::rules::Vote;

/// A to D: which is for what, the guidance we have does not say.
const UNION_FORM: &str = "Mẫu 4…-KNĐ";

/// 4-KNĐ: the union introduces by resolution. Which chapter it is the register does not know.
pub(crate) fn union_resolution(case: &Case) -> Document {
    let Case { name, birth, workplace, branch, union, .. } = case;
    let (body, who) = match union {
        Some(union) if union.youth => ("Ban Chấp hành Đoàn", "đoàn viên"),
        Some(_) => ("Ban Chấp hành Công đoàn", "đoàn viên công đoàn"),
        None => ("Ban Chấp hành", "đoàn viên"),
    };
    let issuer = Issuer { superior: DOTS.repeat(2), name: format!("{body} {DOTS}") };
    let (number, on) = union.as_ref().map_or(("", None), |union| (union.number.as_str(), Some(union.on)));
    let mut document = issuer.begins(Some(number), on, "Nghị quyết", format!("giới thiệu {who} ưu tú vào Đảng"));
    document.heading.form = UNION_FORM.to_owned();
    document.blocks = vec![Block::text(format!(
        "{body} {DOTS} họp {} để xét, giới thiệu {who} {name}, sinh {birth}, {}, với {branch}.",
        dated(on),
        or_dots(workplace)
    ))];
    for matter in ["Ưu điểm", "Khuyết điểm"] {
        document.blocks.extend(to_write(matter, 2));
    }
    document.blocks.push(Block::text("Kết quả biểu quyết:"));
    document.blocks.push(Block::bullets(counted(&Vote::default(), "ủy viên")));
    document
        .blocks
        .push(Block::text(format!("{body} {DOTS} giới thiệu {name} để {branch} xem xét, kết nạp vào Đảng.")));
    let recipients = vec![branch.clone(), "Lưu hồ sơ.".to_owned()];
    document.closing = Closing::Signed { recipients, signature: issuer.signs() };
    document
}

fn summary(case: &Case, form: &str, whose: &str) -> Document {
    let issuer = Issuer { superior: case.base.clone(), name: case.branch.clone() };
    let subject = "ý kiến của đoàn thể chính trị - xã hội và chi ủy, chi bộ nơi cư trú".to_owned();
    let mut document = issuer.begins(None, None, "Tổng hợp", subject);
    document.heading.form = form.to_owned();
    document.blocks = vec![
        Block::text(format!(
            "Chi ủy tổng hợp ý kiến nhận xét đối với {whose} {}, sinh {}:",
            case.name,
            or_dots(&case.birth)
        )),
        Block::Title("Ý kiến của các đoàn thể mà người được xét là thành viên".to_owned()),
        Block::text(format!(
            "Tổng số ý kiến: {DOTS}. Tán thành: {DOTS}. Không tán thành: {DOTS}, lý do: {DOTS} {DOTS}."
        )),
    ];
    let matters = ["Ưu điểm", "Khuyết điểm"];
    document.blocks.extend(matters.iter().flat_map(|matter| to_write(matter, 4)));
    document.blocks.push(Block::Title("Ý kiến của chi ủy, chi bộ nơi cư trú".to_owned()));
    document.blocks.push(Block::text(format!("Nơi cư trú: {}. Ý kiến {}.", gap(3), dated(None))));
    document.blocks.extend(matters.iter().flat_map(|matter| to_write(matter, 4)));
    let recipients = vec!["Chi bộ (để báo cáo).".to_owned(), "Lưu hồ sơ.".to_owned()];
    let mut signature = issuer.signs();
    "T/M CHI ỦY".clone_into(&mut signature.on_behalf);
    document.closing = Closing::Signed { recipients, signature };
    document
}

/// 5-KNĐ: on the candidate.
pub(crate) fn opinions(case: &Case) -> Document {
    summary(case, "Mẫu 5-KNĐ", "quần chúng")
}

/// 12-KNĐ: on the member on probation.
pub(crate) fn later_opinions(case: &Case) -> Document {
    summary(case, "Mẫu 12-KNĐ", "đảng viên dự bị")
}
