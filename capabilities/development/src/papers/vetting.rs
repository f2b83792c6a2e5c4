//! Reports of the section committee before the base committee votes: 7-KNĐ on the admission, 14-KNĐ on the recognition
//! (MEM-19, MEM-32).

use chibo_papers::document::{Block, Closing, Document, Issuer};

use super::{Case, DOTS, counted, dated, or_dots, to_write};
use crate::rules::Vote;

/// The section committee, as the register has it or to be filled in.
fn section(case: &Case) -> Issuer {
    let named = !case.section.is_empty();
    let name = if named { case.section.clone() } else { format!("Đảng ủy bộ phận {DOTS}") };
    Issuer { superior: case.base.clone(), name }
}

fn report(case: &Case, form: &str, subject: &str, (matters, room): (&[&str], usize), asks: &str) -> Document {
    let Case { branch, base, voted, .. } = case;
    let issuer = section(case);
    let mut document = issuer.begins(Some(""), None, "Báo cáo", format!("thẩm định nghị quyết của chi bộ {subject}"));
    document.heading.form = form.to_owned();
    document.blocks = vec![Block::text(format!(
        "Sau khi xem xét hồ sơ và nghị quyết số {} {} của {branch} {subject} đối với {}, sinh {}, đảng ủy bộ phận báo cáo \
         kết quả thẩm định như sau:",
        or_dots(&voted.number),
        dated(voted.on),
        case.name,
        or_dots(&case.birth)
    ))];
    document.blocks.extend(matters.iter().flat_map(|matter| to_write(matter, room)));
    document.blocks.push(Block::text("Kết quả biểu quyết của đảng ủy bộ phận:"));
    document.blocks.push(Block::bullets(counted(&Vote::default(), "đảng ủy viên")));
    document.blocks.push(Block::text(format!("Đảng ủy bộ phận đề nghị {} {asks}.", or_dots(base))));
    let recipients = vec![format!("{} (để báo cáo)", or_dots(base)), "Lưu hồ sơ.".to_owned()];
    document.closing = Closing::Signed { recipients, signature: issuer.signs() };
    document
}

/// 7-KNĐ.
pub(crate) fn vetting(case: &Case) -> Document {
    let matters = ["Về lý lịch", "Về giác ngộ chính trị", "Ưu điểm, khuyết điểm", "Về thủ tục và hồ sơ"];
    let asks = format!("xem xét, đề nghị kết nạp quần chúng {} vào Đảng", case.name);
    report(case, "Mẫu 7-KNĐ", "đề nghị kết nạp đảng viên", (&matters, 4), &asks)
}

/// 14-KNĐ.
pub(crate) fn later_vetting(case: &Case) -> Document {
    let matters = ["Ưu điểm", "Khuyết điểm", "Về thủ tục và hồ sơ"];
    let asks = format!("xem xét, đề nghị công nhận đảng viên dự bị {} là đảng viên chính thức", case.name);
    report(case, "Mẫu 14-KNĐ", "đề nghị công nhận đảng viên chính thức", (&matters, 6), &asks)
}
