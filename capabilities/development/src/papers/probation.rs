//! What the member on probation and whoever helps him write: the self-review (10-KNĐ), the helper's remark (11-KNĐ)
//! (MEM-32).

use chibo_papers::document::{Block, Document};

use super::{Case, DOTS, dated, or_dots, personal, to_write};

/// 10-KNĐ.
pub(crate) fn self_review(case: &Case) -> Document {
    let Case { name, birth, home_town, branch, base, admitted, ends, .. } = case;
    let mut blocks = vec![
        Block::text(format!("Kính gửi: {branch}; {}.", or_dots(base))),
        Block::text(format!("Tôi là: {name}, sinh {}. Quê quán: {}.", or_dots(birth), or_dots(home_town))),
        Block::text(format!("Được kết nạp vào Đảng {}, đang sinh hoạt tại {branch}.", dated(*admitted))),
        Block::text(format!("Thời gian dự bị hết {}. Tôi tự kiểm điểm như sau:", dated(*ends))),
    ];
    for matter in ["Về phẩm chất chính trị", "Về đạo đức, lối sống", "Về thực hiện nhiệm vụ được giao"]
    {
        blocks.extend(to_write(matter, 4));
    }
    for matter in ["Về tổ chức kỷ luật", "Khuyết điểm và hướng khắc phục"] {
        blocks.extend(to_write(matter, 4));
    }
    blocks.push(Block::text(
        "Đối chiếu với tiêu chuẩn, nhiệm vụ của đảng viên, tôi đề nghị chi bộ xét, công nhận tôi là đảng viên chính thức.",
    ));
    personal("Mẫu 10-KNĐ", "Bản tự kiểm điểm", "của đảng viên dự bị", blocks, ("Người tự kiểm điểm", name))
}

/// 11-KNĐ: one for each member who helps; one with dots where nobody is known.
pub(crate) fn helper_remark(case: &Case) -> Vec<Document> {
    if case.helpers.is_empty() {
        return vec![by_helper(case, "")];
    }
    case.helpers.iter().map(|helper| by_helper(case, helper)).collect()
}

fn by_helper(case: &Case, helper: &str) -> Document {
    let Case { name, birth, branch, admitted, .. } = case;
    let mut blocks = vec![
        Block::text(format!("Kính gửi: {branch}.")),
        Block::text(format!("Tôi là: {}, đảng viên chính thức, sinh hoạt tại {branch}.", or_dots(helper))),
        Block::text(format!(
            "Được chi bộ phân công giúp đỡ đảng viên dự bị {name}, sinh {}, vào Đảng {}.",
            or_dots(birth),
            dated(*admitted)
        )),
        Block::text("Tôi xin báo cáo với chi bộ những vấn đề chủ yếu về đảng viên dự bị như sau:"),
    ];
    for matter in ["Ưu điểm", "Khuyết điểm"] {
        blocks.extend(to_write(matter, 4));
    }
    blocks.push(Block::text(format!(
        "Đảng viên dự bị {name} {DOTS}{DOTS} tiêu chuẩn, điều kiện để công nhận là đảng viên chính thức. Tôi báo cáo để chi bộ \
         xem xét."
    )));
    personal("Mẫu 11-KNĐ", "Bản nhận xét", "đảng viên dự bị", blocks, ("Người nhận xét", helper))
}
