//! What is printed: the evidence pack (hồ sơ minh chứng đề nghị đưa đảng viên ra khỏi Đảng, SCR-09), minutes of votes, decision,
//! notice, lists of a campaign (SCR-01, SCR-11). What is known, nothing else.

mod lists;

use chibo_kernel::Day;
use chibo_kernel::rulebook::Term;
use chibo_papers::document::{Block, Closing, DOTS, Document, Issuer, Run, Table, TableColumn, long_day, term_text};

pub(crate) use lists::{report, roster};

use crate::rules::Form;

chibo_kernel::coded! {
    /// A paper about one member.
    Sort {
        /// The evidence pack (hồ sơ minh chứng).
        Pack = "pack", "screening-paper-pack";
        /// Minutes of the votes (biên bản biểu quyết).
        Minutes = "minutes", "screening-paper-minutes";
        /// The decision on removal (quyết định).
        Decision = "decision", "screening-paper-decision";
        /// What is told the member (thông báo).
        Notice = "notice", "screening-paper-notice";
    }
}

impl Sort {
    /// Name of its file.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Pack => "ho-so-minh-chung",
            Self::Minutes => "bien-ban-bieu-quyet",
            Self::Decision => "quyet-dinh-dua-ra-khoi-dang",
            Self::Notice => "thong-bao-ra-soat",
        }
    }

    /// Title of many in one file; papers are Vietnamese.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Pack => "Hồ sơ minh chứng",
            Self::Minutes => "Biên bản biểu quyết",
            Self::Decision => "Quyết định đưa đảng viên ra khỏi Đảng",
            Self::Notice => "Thông báo kết quả rà soát",
        }
    }
}

/// One vote with its reckoning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Vote {
    /// Which, when, by which minutes.
    pub what: String,
    /// The reckoning, line by line.
    pub lines: Vec<String>,
}

/// What the pack is printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pack {
    /// The branch.
    pub issuer: String,
    /// What stands above it.
    pub superior: String,
    /// Day of printing.
    pub made_on: Day,
    /// The member.
    pub name: String,
    /// Admitted.
    pub admitted: Option<Day>,
    /// Official.
    pub official: Option<Day>,
    /// The form of removal proposed.
    pub form: String,
    /// Grounds: rule, fact, since.
    pub grounds: Vec<Vec<String>>,
    /// Steps: day, step, number.
    pub steps: Vec<Vec<String>>,
    /// Votes.
    pub votes: Vec<Vote>,
    /// Documents: what, number, day.
    pub items: Vec<Vec<String>>,
    /// What is still missing.
    pub lacks: Vec<String>,
}

/// Help under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Help {
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
    /// Who helps.
    pub helper: String,
    /// What is to be done.
    pub tasks: String,
}

/// What minutes, decision and notice are printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Act {
    /// Who signs.
    pub issuer: String,
    /// What stands above it.
    pub superior: String,
    /// Day of printing.
    pub made_on: Day,
    /// The member.
    pub name: String,
    /// His branch.
    pub branch: String,
    /// Number of the decision; empty while it is a draft.
    pub number: String,
    /// Day of the decision; none while it is a draft.
    pub decided: Option<Day>,
    /// Which body decided.
    pub body: Option<String>,
    /// Removed by that decision.
    pub removed: bool,
    /// The form of removal.
    pub form: Option<Form>,
    /// Votes.
    pub votes: Vec<Vote>,
    /// Help under way.
    pub help: Option<Help>,
    /// The last day to complain, once he was told.
    pub complain_by: Option<Day>,
    /// How long he may complain (SCR-11).
    pub complain: Term,
}

impl Act {
    fn issuer(&self) -> Issuer {
        Issuer { superior: self.superior.clone(), name: self.issuer.clone() }
    }

    fn comrade(&self) -> String {
        format!("đồng chí {}, đảng viên {}", self.name, self.branch)
    }

    fn signed(&self, document: Document, recipients: &[&str]) -> Document {
        let recipients = recipients.iter().map(|line| (*line).to_owned()).collect();
        Document { closing: Closing::Signed { recipients, signature: self.issuer().signs() }, ..document }
    }

    fn removal(&self) -> &'static str {
        match self.form {
            Some(Form::Cancelled) => "huỷ quyết định kết nạp, công nhận đảng viên",
            _ => "xoá tên trong danh sách đảng viên",
        }
    }
}

/// Minutes of every vote on a removal, each with its reckoning.
pub(crate) fn minutes(act: &Act) -> Document {
    let mut blocks = vec![Block::text(format!("Biểu quyết đề nghị {} đối với {}.", act.removal(), act.comrade()))];
    for vote in &act.votes {
        blocks.push(heading(&vote.what));
        blocks.push(Block::bullets(vote.lines.iter().cloned()));
    }
    let begun =
        act.issuer().begins(None, Some(act.made_on), "Biên bản", "biểu quyết đưa đảng viên ra khỏi Đảng".to_owned());
    act.signed(Document { blocks, ..begun }, &["Lưu hồ sơ."])
}

/// The decision on a removal; a draft until it is decided (SCR-11).
pub(crate) fn decision(act: &Act) -> Document {
    let mut blocks = vec![Block::text("Căn cứ Điều lệ Đảng và quy định thi hành Điều lệ Đảng;")];
    if let Some(body) = &act.body {
        blocks.push(Block::text(format!("Căn cứ thẩm quyền quyết định: {body};")));
    }
    let votes = act.votes.iter().map(|vote| Block::text(format!("Theo kết quả: {};", vote.what)));
    blocks.extend(votes);
    blocks.push(Block::Title("QUYẾT ĐỊNH".to_owned()));
    let day = act.decided.map_or_else(|| format!("ngày {DOTS}"), long_day);
    let first = match act.form {
        Some(Form::Cancelled) => {
            format!("Huỷ quyết định kết nạp, công nhận đảng viên đối với {}, kể từ {day}.", act.comrade())
        }
        _ => format!("Xoá tên {} trong danh sách đảng viên, kể từ {day}.", act.comrade()),
    };
    blocks.push(Block::article(first));
    blocks.push(Block::article(
        "Thu hồi thẻ đảng viên, Huy hiệu Đảng (nếu có); hồ sơ đảng viên do cấp ủy cấp trên quản lý theo quy định.",
    ));
    blocks.push(Block::article(format!(
        "{} và người có tên chịu trách nhiệm thi hành. Người có tên có quyền khiếu nại trong thời hạn {} kể từ ngày nhận \
         quyết định.",
        act.branch,
        term_text(act.complain)
    )));
    let subject = match act.form {
        Some(Form::Cancelled) => "huỷ quyết định kết nạp, công nhận đảng viên",
        _ => "xoá tên đảng viên trong danh sách đảng viên",
    };
    let begun = act.issuer().begins(Some(&act.number), act.decided, "Quyết định", subject.to_owned());
    act.signed(Document { blocks, ..begun }, &["Cấp ủy cấp trên (để báo cáo)", "Người có tên", "Lưu hồ sơ"])
}

/// What is told the member: help with its end, or what was decided and until when he may complain.
pub(crate) fn notice(act: &Act) -> Document {
    let mut blocks = Vec::new();
    match (&act.help, act.removed) {
        (Some(help), _) => {
            blocks.push(Block::text(format!(
                "{} thông báo: {} được giáo dục, giúp đỡ từ {} đến {}.",
                act.issuer,
                act.comrade(),
                long_day(help.from),
                long_day(help.until)
            )));
            blocks
                .push(Block::text(format!("Người giúp đỡ: đồng chí {}. Việc phải làm: {}.", help.helper, help.tasks)));
            blocks.push(Block::text("Mỗi tháng chi bộ kiểm tra một lần; hết thời hạn chi bộ đánh giá lại."));
        }
        (None, true) => {
            let number = if act.number.is_empty() { DOTS } else { &act.number };
            let day = act.decided.map_or_else(|| DOTS.to_owned(), long_day);
            blocks.push(Block::text(format!(
                "{} thông báo: theo Quyết định số {number} {day}, {} bị đưa ra khỏi Đảng bằng hình thức {}.",
                act.issuer,
                act.comrade(),
                act.removal()
            )));
            blocks.push(Block::text(match act.complain_by {
                Some(by) => format!("Được khiếu nại đến hết {}.", long_day(by)),
                None => format!("Được khiếu nại trong {} kể từ ngày nhận quyết định.", term_text(act.complain)),
            }));
        }
        (None, false) => blocks.push(Block::text(format!(
            "{} thông báo: cấp có thẩm quyền không đồng ý đưa {} ra khỏi Đảng; chi bộ đánh giá lại.",
            act.issuer,
            act.comrade()
        ))),
    }
    let begun = act.issuer().begins(Some(""), Some(act.made_on), "Thông báo", "kết quả rà soát, sàng lọc".to_owned());
    act.signed(Document { blocks, ..begun }, &["Đồng chí có tên", "Lưu hồ sơ"])
}

fn table(columns: Vec<TableColumn>, rows: &[Vec<String>]) -> Block {
    Block::Table(Table { rows: rows.to_vec(), ..Table::new(columns) })
}

fn heading(text: &str) -> Block {
    Block::Paragraph(vec![Run::bold(text)])
}

/// The pack.
pub(crate) fn pack(pack: &Pack) -> Document {
    let day = |day: Option<Day>| day.map_or_else(|| "chưa rõ".to_owned(), |day| day.to_string());
    let mut blocks = vec![
        Block::text(format!("Họ và tên đảng viên: {}.", pack.name)),
        Block::text(format!("Ngày vào Đảng: {}. Ngày chính thức: {}.", day(pack.admitted), day(pack.official))),
        Block::text(format!("Chi bộ: {}. Hình thức đề nghị: {}.", pack.issuer, pack.form)),
        heading("1. Căn cứ"),
        table(
            vec![TableColumn::new("Quy định", 3), TableColumn::new("Sự việc", 12), TableColumn::centred("Từ ngày", 4)],
            &pack.grounds,
        ),
        heading("2. Việc chi bộ, cấp ủy đã làm"),
        table(
            vec![TableColumn::centred("Ngày", 4), TableColumn::new("Việc", 10), TableColumn::new("Số văn bản", 5)],
            &pack.steps,
        ),
        heading("3. Biểu quyết"),
    ];
    if pack.votes.is_empty() {
        blocks.push(Block::text("Chưa biểu quyết."));
    }
    for vote in &pack.votes {
        blocks.push(Block::text(format!("{}:", vote.what)));
        blocks.push(Block::bullets(vote.lines.iter().cloned()));
    }
    blocks.push(heading("4. Tài liệu minh chứng kèm theo"));
    blocks.push(table(
        vec![TableColumn::new("Tài liệu", 10), TableColumn::new("Số", 5), TableColumn::centred("Ngày", 4)],
        &pack.items,
    ));
    if !pack.lacks.is_empty() {
        blocks.push(heading("5. Còn thiếu, phải bổ sung trước khi quyết định"));
        blocks.push(Block::bullets(pack.lacks.iter().cloned()));
    }
    let issuer = Issuer { superior: pack.superior.clone(), name: pack.issuer.clone() };
    let subject = format!("minh chứng đề nghị đưa đảng viên ra khỏi Đảng\nđối với {}", pack.name);
    let closing = Closing::Signed { recipients: vec!["Lưu hồ sơ.".to_owned()], signature: issuer.signs() };
    let title = format!("Hồ sơ minh chứng: {}", pack.name);
    Document { title, blocks, closing, ..issuer.begins(None, Some(pack.made_on), "Hồ sơ", subject) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(lacks: Vec<String>) -> Pack {
        Pack {
            issuer: "Chi bộ 1".to_owned(),
            superior: "Đảng bộ Phường".to_owned(),
            made_on: Day::from_ymd(2026, 11, 26).unwrap(),
            name: "Trần Văn An".to_owned(),
            admitted: None,
            official: None,
            form: "Xoá tên".to_owned(),
            grounds: vec![vec!["SCR-02".to_owned(), "Không đóng đảng phí".to_owned(), "01/06/2026".to_owned()]],
            steps: Vec::new(),
            votes: vec![Vote { what: "Chi bộ".to_owned(), lines: vec!["Đạt".to_owned()] }],
            items: Vec::new(),
            lacks,
        }
    }

    fn act(help: Option<Help>, removed: bool) -> Act {
        let day = Day::from_ymd(2026, 10, 20).unwrap();
        Act {
            issuer: "Đảng bộ Phường".to_owned(),
            superior: "Đảng bộ Thành phố".to_owned(),
            made_on: day,
            name: "Trần Văn An".to_owned(),
            branch: "Chi bộ 1".to_owned(),
            number: "7-QĐ/ĐU".to_owned(),
            decided: Some(day),
            body: Some("Ban thường vụ đảng ủy cơ sở".to_owned()),
            removed,
            form: Some(Form::StruckOff),
            votes: vec![Vote { what: "Chi bộ biểu quyết".to_owned(), lines: vec!["Đạt: 6/9".to_owned()] }],
            help,
            complain_by: None,
            complain: Term::WorkingDays(30),
        }
    }

    fn text(document: &Document) -> String {
        format!("{:?}", document.blocks)
    }

    #[test]
    fn scr_11_decision_and_minutes_carry_the_votes_the_body_and_the_right_to_complain() {
        let decided = text(&decision(&act(None, true)));
        for said in
            ["Ban thường vụ đảng ủy cơ sở", "Chi bộ biểu quyết", "Xoá tên", "30 ngày làm việc", "20 tháng 10 năm 2026"]
        {
            assert!(decided.contains(said), "{said}: {decided}");
        }
        let longer = Act { complain: Term::WorkingDays(45), ..act(None, true) };
        for paper in [decision(&longer), notice(&longer)] {
            assert!(text(&paper).contains("khiếu nại trong") && text(&paper).contains("45 ngày làm việc"), "{paper:?}");
        }
        assert!(text(&minutes(&act(None, true))).contains("Đạt: 6/9"));
        let cancelled = Act { form: Some(Form::Cancelled), ..act(None, true) };
        assert!(text(&decision(&cancelled)).contains("Huỷ quyết định kết nạp"), "MEM-41");
    }

    #[test]
    fn scr_06_scr_11_a_notice_says_the_end_of_help_or_until_when_to_complain() {
        let day = |month| Day::from_ymd(2026, month, 1).unwrap();
        let help =
            Help {
                from: day(1), until: day(7), helper: "Lê Bình".to_owned(), tasks: "Đóng đảng phí".to_owned()
            };
        let helped = text(&notice(&act(Some(help), false)));
        assert!(helped.contains("Lê Bình") && helped.contains("01 tháng 7 năm 2026"), "{helped}");
        let told = Act { complain_by: Some(day(12)), ..act(None, true) };
        assert!(
            text(&notice(&told)).contains("khiếu nại đến hết ngày 01 tháng 12 năm 2026"),
            "{}",
            text(&notice(&told))
        );
        assert!(text(&notice(&act(None, false))).contains("không đồng ý"));
    }

    #[test]
    fn scr_09_the_pack_says_what_is_known_and_what_is_missing() {
        let whole = pack(&sample(Vec::new()));
        let part = pack(&sample(vec!["Sổ thu đảng phí".to_owned()]));
        assert_eq!(part.blocks.len(), whole.blocks.len() + 2);
        assert!(whole.title.contains("Trần Văn An"));
        let Closing::Signed { signature, .. } = whole.closing else { panic!("signed") };
        assert_eq!(signature.on_behalf, "T/M CHI BỘ");
    }
}
