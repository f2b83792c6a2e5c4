//! Resolutions of the branch (6-KNĐ, 8C-KNĐ, 13-KNĐ) and of the base committee (8-KNĐ, 15-KNĐ) (MEM-18, MEM-19, MEM-32).

use chibo_papers::document::{Block, Document, Issuer};

use super::{Case, Resolution, base_of, counted, dated, meeting, or_dots};

/// A or B: which is for what, the guidance we have does not say.
const BASE_FORM: &str = "Mẫu 8…-KNĐ";
/// A, B or C, as above.
const LATER_BASE_FORM: &str = "Mẫu 15…-KNĐ";

/// 6-KNĐ, of a branch that is a base organisation itself 8C-KNĐ: the branch asks for the admission (MEM-18).
pub(crate) fn branch_resolution(case: &Case) -> Document {
    let Case { name, birth, branch, base, introducers, voted, base_branch, .. } = case;
    let form = if *base_branch { "Mẫu 8C-KNĐ" } else { "Mẫu 6-KNĐ" };
    let opening = format!(
        "Chi bộ họp {} để xét, đề nghị kết nạp quần chúng {name}, sinh {birth}, {}, vào Đảng. Người giới thiệu: {}.",
        dated(voted.on),
        or_dots(&case.workplace),
        or_dots(introducers)
    );
    let conclusions = ["Về lý lịch", "Về giác ngộ chính trị", "Ưu điểm, khuyết điểm", "Ý kiến đoàn thể và nơi cư trú"];
    let mut blocks = meeting(opening, &conclusions);
    blocks.push(Block::bullets(counted(&voted.vote, "đảng viên chính thức")));
    blocks.push(Block::text(format!(
        "Chi bộ báo cáo {} xem xét, quyết định kết nạp quần chúng {name} vào Đảng Cộng sản Việt Nam.",
        or_dots(base)
    )));
    let issuer = Issuer { superior: base.clone(), name: branch.clone() };
    let subject = "đề nghị kết nạp đảng viên".to_owned();
    Resolution { form, issuer, taken: voted, subject, blocks, receives: base.clone() }.document()
}

/// 8A-KNĐ or 8B-KNĐ: the base committee proposes the admission.
pub(crate) fn base_resolution(case: &Case) -> Document {
    let Case { name, birth, branch, committee, voted, upper, .. } = case;
    let opening = format!(
        "Đảng ủy họp {} để xét đề nghị của {branch} (nghị quyết số {} {}) về việc kết nạp quần chúng {name}, sinh {birth}, \
         vào Đảng.",
        dated(committee.on),
        or_dots(&voted.number),
        dated(voted.on)
    );
    let mut blocks = meeting(opening, &["Về lý lịch", "Về giác ngộ chính trị", "Ưu điểm, khuyết điểm"]);
    blocks.push(Block::bullets(counted(&committee.vote, "cấp ủy viên")));
    blocks
        .push(Block::text(format!("Đảng ủy đề nghị cấp có thẩm quyền quyết định kết nạp quần chúng {name} vào Đảng.")));
    let subject = "đề nghị kết nạp đảng viên".to_owned();
    let issuer = base_of(case);
    Resolution { form: BASE_FORM, issuer, taken: committee, subject, blocks, receives: upper.clone() }.document()
}

/// 13-KNĐ: the branch asks for the recognition (MEM-32).
pub(crate) fn recognition_resolution(case: &Case) -> Document {
    let Case { name, branch, base, voted, ends, .. } = case;
    let opening = format!(
        "Chi bộ họp {} để xét, đề nghị công nhận đảng viên dự bị {name} là đảng viên chính thức. Thời gian dự bị hết {}.",
        dated(voted.on),
        dated(*ends)
    );
    let conclusions = ["Ưu điểm", "Khuyết điểm", "Ý kiến người giúp đỡ", "Ý kiến đoàn thể và nơi cư trú"];
    let mut blocks = meeting(opening, &conclusions);
    blocks.push(Block::bullets(counted(&voted.vote, "đảng viên chính thức")));
    blocks.push(Block::text(format!(
        "Chi bộ báo cáo {} xem xét, công nhận đảng viên dự bị {name} là đảng viên chính thức kể từ {}.",
        or_dots(base),
        dated(*ends)
    )));
    let issuer = Issuer { superior: base.clone(), name: branch.clone() };
    let subject = "đề nghị công nhận đảng viên chính thức".to_owned();
    Resolution { form: "Mẫu 13-KNĐ", issuer, taken: voted, subject, blocks, receives: base.clone() }.document()
}

/// 15A-, 15B- or 15C-KNĐ: the base committee proposes the recognition (MEM-32).
pub(crate) fn later_base_resolution(case: &Case) -> Document {
    let Case { name, branch, committee, voted, upper, ends, .. } = case;
    let opening = format!(
        "Đảng ủy họp {} để xét đề nghị của {branch} (nghị quyết số {} {}) về việc công nhận đảng viên dự bị {name} là đảng \
         viên chính thức.",
        dated(committee.on),
        or_dots(&voted.number),
        dated(voted.on)
    );
    let mut blocks = meeting(opening, &["Ưu điểm", "Khuyết điểm", "Ý kiến đoàn thể và nơi cư trú"]);
    blocks.push(Block::bullets(counted(&committee.vote, "cấp ủy viên")));
    blocks.push(Block::text(format!(
        "Đảng ủy đề nghị cấp có thẩm quyền công nhận đảng viên dự bị {name} là đảng viên chính thức kể từ {}.",
        dated(*ends)
    )));
    let subject = "đề nghị công nhận đảng viên chính thức".to_owned();
    let issuer = base_of(case);
    Resolution { form: LATER_BASE_FORM, issuer, taken: committee, subject, blocks, receives: upper.clone() }.document()
}
