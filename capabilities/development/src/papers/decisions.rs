//! Decisions of the body that may decide: admission (9A- to 9E-KNĐ), recognition (16-KNĐ), striking off from probation
//! (9F- or 9G-XTĐV) (MEM-20, MEM-33, MEM-34).

use chibo_papers::document::{Block, Closing, Document};

use super::{Case, dated, decider, or_dots};
use crate::rules::Body;

/// F or G: which is for what, the guidance we have does not say.
const STRIKING_FORM: &str = "Mẫu 9…-XTĐV";

/// Which decision of admission it is: what is special about the case comes before the body that decides.
fn admission_form(case: &Case) -> &'static str {
    if case.former {
        "Mẫu 9C-KNĐ"
    } else if !case.moved_from.is_empty() {
        "Mẫu 9E-KNĐ"
    } else if !case.consent.is_empty() {
        "Mẫu 9D-KNĐ"
    } else if case.decided.vote.body == Some(Body::AuthorisedBase) {
        "Mẫu 9B-KNĐ"
    } else {
        "Mẫu 9A-KNĐ"
    }
}

/// A decision under its form code, with what it rests on and its articles.
fn decides(case: &Case, form: &str, subject: &str, grounds: Vec<String>, articles: Vec<String>) -> Document {
    let issuer = decider(case);
    let decided = &case.decided;
    let mut document = issuer.begins(Some(&decided.number), decided.on, "Quyết định", subject.to_owned());
    document.heading.form = form.to_owned();
    let statute =
        "Căn cứ Điều lệ Đảng Cộng sản Việt Nam và quy định của Trung ương về thi hành Điều lệ Đảng;".to_owned();
    document.blocks = std::iter::once(statute).chain(grounds).map(Block::text).collect();
    document.blocks.push(Block::Title("QUYẾT ĐỊNH:".to_owned()));
    document.blocks.extend(articles.into_iter().map(Block::article));
    let recipients = vec!["Như Điều 3.".to_owned(), "Lưu hồ sơ đảng viên.".to_owned()];
    document.closing = Closing::Signed { recipients, signature: issuer.signs() };
    document
}

/// The proposals a decision rests on.
fn proposals(case: &Case) -> String {
    let Case { voted, committee, branch, base, .. } = case;
    let of = |name: &str, number: &str, day: Option<chibo_kernel::Day>| {
        format!("số {} {} của {}", or_dots(number), dated(day), or_dots(name))
    };
    let first = of(branch, &voted.number, voted.on);
    if case.base_branch {
        return format!("Xét đề nghị tại nghị quyết {first},");
    }
    format!("Xét đề nghị tại nghị quyết {first} và nghị quyết {},", of(base, &committee.number, committee.on))
}

/// 9A-KNĐ where the body has the authority, 9B where it is authorised, 9C when somebody is admitted again, 9D with the
/// city's consent, 9E after a move: the decision on the admission.
pub(crate) fn decision(case: &Case) -> Document {
    let Case { name, birth, branch, base, workplace, consent, moved_from, .. } = case;
    let mut grounds = Vec::new();
    if case.decided.vote.body == Some(Body::AuthorisedBase) {
        grounds.push(format!("Căn cứ văn bản ủy quyền số {} của {};", or_dots(""), or_dots(&case.upper)));
    }
    if case.former || !consent.is_empty() {
        grounds.push(format!("Căn cứ văn bản đồng ý số {} của Ban Thường vụ Thành ủy;", or_dots(consent)));
    }
    if !moved_from.is_empty() {
        grounds.push(format!("Căn cứ hồ sơ do {moved_from} chuyển đến trong thời gian xét kết nạp;"));
    }
    grounds.push(proposals(case));
    let what = if case.former { "Kết nạp lại" } else { "Kết nạp" };
    let who = if case.former { "" } else { "quần chúng " };
    let articles = vec![
        format!("{what} {who}{name}, sinh {birth}, {}, vào Đảng Cộng sản Việt Nam.", or_dots(workplace)),
        format!(
            "{branch} tổ chức lễ kết nạp theo đúng thời hạn quy định, phân công đảng viên chính thức giúp đỡ trong thời gian \
             dự bị."
        ),
        format!("{}, {branch} và đảng viên có tên tại Điều 1 thi hành quyết định này.", or_dots(base)),
    ];
    let subject = if case.former { "kết nạp lại người vào Đảng" } else { "kết nạp đảng viên" };
    decides(case, admission_form(case), subject, grounds, articles)
}

/// 16-KNĐ: the decision on the recognition; the official day is the day the twelve months end (MEM-31).
pub(crate) fn recognition_decision(case: &Case) -> Document {
    let Case { name, birth, branch, base, ends, .. } = case;
    let articles = vec![
        format!(
            "Công nhận đảng viên dự bị {name}, sinh {}, sinh hoạt tại {branch}, là đảng viên chính thức của Đảng Cộng sản \
             Việt Nam kể từ {}.",
            or_dots(birth),
            dated(*ends)
        ),
        format!("{branch} công bố quyết định này trong kỳ sinh hoạt chi bộ gần nhất."),
        format!("{}, {branch} và đảng viên có tên tại Điều 1 thi hành quyết định này.", or_dots(base)),
    ];
    decides(case, "Mẫu 16-KNĐ", "công nhận đảng viên chính thức", vec![proposals(case)], articles)
}

/// 9F- or 9G-XTĐV: somebody on probation is struck off (MEM-34).
pub(crate) fn striking_off(case: &Case) -> Document {
    let Case { name, birth, branch, base, .. } = case;
    let articles = vec![
        format!(
            "Xóa tên đảng viên dự bị {name}, sinh {}, sinh hoạt tại {branch}, trong danh sách đảng viên.",
            or_dots(birth)
        ),
        format!("Lý do: {}", super::DOTS.repeat(8)),
        format!("{}, {branch} và người có tên tại Điều 1 thi hành quyết định này.", or_dots(base)),
    ];
    decides(case, STRIKING_FORM, "xóa tên đảng viên dự bị", vec![proposals(case)], articles)
}
