//! How papers name grounds and bodies; numbers are those of the rulebook.

use chibo_kernel::rulebook::Term;
use chibo_members::rules::deciding::Body;

use crate::rules::{Ground, Terms};

/// The numbers that papers name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// How long a striking-off may be complained about (EXI-12).
    pub complain: Term,
    /// Months of the year without meetings or fee (EXI-10).
    pub months_in_year: u32,
    /// Months after education without getting better (EXI-10).
    pub no_progress: i32,
    /// Years in a row in breach of the standard (EXI-10).
    pub breach_years: u32,
}

impl Numbers {
    /// Of the rules of a day.
    pub fn of(terms: &Terms) -> Self {
        let Terms { months_in_year, no_progress, breach_years, .. } = *terms;
        Self { complain: terms.complain(), months_in_year, no_progress, breach_years }
    }
}

/// A ground as papers name it.
pub(super) fn ground_text(ground: Ground, numbers: &Numbers) -> String {
    let Numbers { months_in_year, no_progress, breach_years, .. } = numbers;
    let text = match ground {
        Ground::Age => "tuổi cao",
        Ground::WeakHealth => "sức khỏe yếu",
        Ground::Treatment => "điều trị bệnh dài ngày",
        Ground::Abroad => "ra nước ngoài đơn lẻ",
        Ground::Mobile => "làm việc lưu động dưới một năm",
        Ground::Retiring => "nghỉ chờ hưu",
        Ground::Maternity => "nghỉ thai sản",
        Ground::TermEnded => "hết thời hạn miễn",
        Ground::Wish => "có nguyện vọng trở lại sinh hoạt",
        Ground::Absent => {
            return format!("bỏ sinh hoạt chi bộ {months_in_year} tháng trong năm mà không có lý do chính đáng");
        }
        Ground::Fee => {
            return format!("không đóng đảng phí {months_in_year} tháng trong năm mà không có lý do chính đáng");
        }
        Ground::Card => "tự ý trả thẻ hoặc hủy thẻ đảng viên",
        Ground::Declining => {
            return format!("giảm sút ý chí phấn đấu, đã được giáo dục mà sau {no_progress} tháng không tiến bộ");
        }
        Ground::Breach => return format!("vi phạm tư cách đảng viên {breach_years} năm liền"),
        Ground::Politics => "không bảo đảm tiêu chuẩn chính trị",
        Ground::Probation => "không đủ tư cách công nhận đảng viên chính thức",
        Ground::Own => "theo nguyện vọng",
        Ground::Hardship => "hoàn cảnh gia đình đặc biệt khó khăn",
    };
    text.to_owned()
}

/// A body as papers name it.
pub(super) const fn body_text(body: Body) -> &'static str {
    match body {
        Body::BaseCommittee => "đảng ủy, chi ủy cơ sở",
        Body::BaseStanding => "ban thường vụ đảng ủy cơ sở",
        Body::Upper => "ban thường vụ cấp ủy cấp trên trực tiếp",
        Body::District => "ban thường vụ quận ủy, huyện ủy",
        Body::City => "thường trực và ủy viên ban thường vụ Thành ủy là trưởng ban",
    }
}
