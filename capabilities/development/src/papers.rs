//! What is printed: the list of applications, resolutions of the branch (6-KNĐ, 13-KNĐ) and of the base committee (8-KNĐ),
//! the decision (9-KNĐ). Papers are Vietnamese whatever language their maker reads. What the register does not know is
//! left as dots.

use chibo_kernel::Day;
use chibo_kernel::text::number::percent;
use chibo_kernel::votes::VotingForm;
use chibo_papers::document::{Block, Closing, DOTS, Document, Issuer, Table, TableColumn, open_day};

use crate::rules::{Body, Vote};

/// A vote as a paper tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Number of the document.
    pub number: String,
    /// The day.
    pub on: Option<Day>,
    /// The count.
    pub vote: Vote,
}

/// What papers about one candidate or one member on probation are printed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Case {
    /// Full name.
    pub name: String,
    /// Day of birth, as written.
    pub birth: String,
    /// Where he works or studies.
    pub workplace: String,
    /// The branch.
    pub branch: String,
    /// The organisation above the branch.
    pub base: String,
    /// What stands above that.
    pub upper: String,
    /// Who introduced.
    pub introducers: String,
    /// The branch's vote.
    pub voted: Taken,
    /// The base committee's vote.
    pub committee: Taken,
    /// The decision.
    pub decided: Taken,
    /// When probation ends; of candidates none.
    pub ends: Option<Day>,
}

fn or_dots(text: &str) -> &str {
    if text.is_empty() { DOTS } else { text }
}

fn dated(day: Option<Day>) -> String {
    day.map_or_else(open_day, |day| format!("ngày {day}"))
}

/// How a vote went, or dots to fill in.
fn counted(vote: &Vote, whose: &str) -> Vec<String> {
    if vote.base == 0 {
        return vec![
            format!("Tán thành: {DOTS}/{DOTS} {whose} (đạt {DOTS} %)."),
            format!("Không tán thành: {DOTS}, lý do: {DOTS}{DOTS}"),
        ];
    }
    let share = percent(u64::from(vote.yes), u64::from(vote.base)).unwrap_or_default();
    let against = vote.base.saturating_sub(vote.yes);
    let reason = if against == 0 { String::new() } else { format!(", lý do: {DOTS}{DOTS}") };
    let mut lines = vec![
        format!("Tán thành: {}/{} {whose} (đạt {share}).", vote.yes, vote.base),
        format!("Không tán thành: {against}{reason}"),
    ];
    let form = match vote.form {
        Some(VotingForm::SecretBallot) => "bỏ phiếu kín",
        Some(VotingForm::RaisedCard) => "giơ thẻ đảng viên",
        None => DOTS,
    };
    lines.push(format!("Hình thức biểu quyết: {form}."));
    lines
}

/// A resolution under its form code.
struct Resolution<'r> {
    form: &'r str,
    issuer: Issuer,
    taken: &'r Taken,
    subject: String,
    blocks: Vec<Block>,
    receives: String,
}

impl Resolution<'_> {
    fn document(self) -> Document {
        let Self { form, issuer, taken, subject, blocks, receives } = self;
        let mut document = issuer.begins(Some(&taken.number), taken.on, "Nghị quyết", subject);
        document.heading.form = form.to_owned();
        document.blocks = blocks;
        let recipients = vec![format!("{} (để báo cáo)", or_dots(&receives)), "Lưu hồ sơ.".to_owned()];
        document.closing = Closing::Signed { recipients, signature: issuer.signs() };
        document
    }
}

/// What a meeting says before it votes: who came, what it concludes.
fn meeting(opening: String, conclusions: &[&str]) -> Vec<Block> {
    let dotted = |what: &&str| format!("{what}: {DOTS}{DOTS}{DOTS}{DOTS}");
    vec![
        Block::text(opening),
        Block::text(format!(
            "Tổng số triệu tập: {DOTS} đồng chí; có mặt: {DOTS}; vắng mặt: {DOTS} (có lý do: {DOTS}). Chủ trì: {DOTS}{DOTS}; \
             thư ký: {DOTS}{DOTS}."
        )),
        Block::text("Sau khi nghe báo cáo và thảo luận, hội nghị kết luận:"),
        Block::bullets(conclusions.iter().map(dotted)),
        Block::text("Kết quả biểu quyết:"),
    ]
}

fn base_of(case: &Case) -> Issuer {
    Issuer { superior: case.upper.clone(), name: or_dots(&case.base).to_owned() }
}

/// 6-KNĐ: the branch asks for the admission.
pub(crate) fn branch_resolution(case: &Case) -> Document {
    let Case { name, birth, branch, base, introducers, voted, .. } = case;
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
    Resolution { form: "Mẫu 6-KNĐ", issuer, taken: voted, subject, blocks, receives: base.clone() }.document()
}

/// 8-KNĐ: the base committee proposes the admission.
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
    Resolution { form: "Mẫu 8-KNĐ", issuer, taken: committee, subject, blocks, receives: upper.clone() }.document()
}

/// In whose name a decision goes out (MEM-20).
fn decider(case: &Case) -> Issuer {
    let standing = |name: &str| match name.strip_prefix("Đảng bộ ") {
        Some(rest) => format!("Ban Thường vụ Đảng ủy {rest}"),
        None => format!("Ban Thường vụ {}", or_dots(name)),
    };
    match case.decided.vote.body {
        Some(Body::Upper | Body::District | Body::CityStanding) => {
            Issuer { superior: String::new(), name: standing(&case.upper) }
        }
        Some(Body::AuthorisedBase) => base_of(case),
        Some(Body::BaseStanding) | None => Issuer { superior: case.upper.clone(), name: standing(&case.base) },
    }
}

/// 9-KNĐ: the decision on the admission.
pub(crate) fn decision(case: &Case) -> Document {
    let Case { name, birth, branch, base, voted, committee, decided, workplace, .. } = case;
    let issuer = decider(case);
    let subject = "kết nạp đảng viên".to_owned();
    let mut document = issuer.begins(Some(&decided.number), decided.on, "Quyết định", subject);
    document.heading.form = "Mẫu 9-KNĐ".to_owned();
    document.blocks = vec![
        Block::text("Căn cứ Điều lệ Đảng Cộng sản Việt Nam và quy định của Trung ương về thi hành Điều lệ Đảng;"),
        Block::text(format!(
            "Xét nghị quyết số {} {} của {branch}; nghị quyết số {} {} của {};",
            or_dots(&voted.number),
            dated(voted.on),
            or_dots(&committee.number),
            dated(committee.on),
            or_dots(base)
        )),
        Block::Title("QUYẾT ĐỊNH:".to_owned()),
        Block::article(format!(
            "Kết nạp quần chúng {name}, sinh {birth}, {}, vào Đảng Cộng sản Việt Nam.",
            or_dots(workplace)
        )),
        Block::article(format!(
            "{branch} tổ chức lễ kết nạp theo đúng thời hạn quy định, phân công đảng viên chính thức giúp đỡ trong thời gian \
             dự bị."
        )),
        Block::article(format!("{}, {branch} và đảng viên có tên tại Điều 1 thi hành quyết định này.", or_dots(base))),
    ];
    let recipients = vec!["Như Điều 3.".to_owned(), "Lưu hồ sơ đảng viên.".to_owned()];
    document.closing = Closing::Signed { recipients, signature: issuer.signs() };
    document
}

/// 13-KNĐ: the branch asks for the recognition.
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

/// The list of those who ask to be admitted: one row each.
pub(crate) fn applications(issuer: Issuer, made_on: Day, cases: &[(Case, String)]) -> Document {
    let columns = vec![
        TableColumn::centred("TT", 2),
        TableColumn::new("Họ và tên", 6),
        TableColumn::centred("Ngày sinh", 4),
        TableColumn::new("Nơi làm việc, học tập", 6),
        TableColumn::new("Chi bộ", 6),
        TableColumn::new("Người giới thiệu", 6),
        TableColumn::new("Bước đã làm", 5),
    ];
    let row = |(at, (case, stage)): (usize, &(Case, String))| {
        let Case { name, birth, workplace, branch, introducers, .. } = case.clone();
        vec![(at + 1).to_string(), name, birth, workplace, branch, introducers, stage.clone()]
    };
    let rows = cases.iter().enumerate().map(row).collect();
    let mut document = issuer.begins(None, Some(made_on), "Danh sách", "người xin vào Đảng".to_owned());
    document.blocks = vec![
        Block::text(format!("Tổng số: {} người.", cases.len())),
        Block::Table(Table { rows, ..Table::new(columns) }),
    ];
    document.closing = Closing::Signed { recipients: Vec::new(), signature: issuer.signs() };
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> Case {
        let day = Day::from_ymd(2026, 9, 8);
        let vote = Vote { yes: 7, base: 9, form: Some(VotingForm::SecretBallot), ..Vote::default() };
        Case {
            name: "Đỗ Minh Hạnh".to_owned(),
            birth: "02/09/2001".to_owned(),
            branch: "Chi bộ Khoa Toán".to_owned(),
            base: "Đảng bộ Đại học".to_owned(),
            upper: "Đảng bộ Thành phố".to_owned(),
            voted: Taken { number: "12-NQ/CB".to_owned(), on: day, vote },
            ..Case::default()
        }
    }

    fn text(document: &Document) -> String {
        format!("{:?}", document.blocks)
    }

    #[test]
    fn mem_18_the_resolution_states_the_count_and_the_form_of_the_vote() {
        let document = branch_resolution(&case());
        assert_eq!(document.heading.form, "Mẫu 6-KNĐ");
        assert_eq!(document.heading.number, "Số 12-NQ/CB");
        let text = text(&document);
        assert!(text.contains("7/9 đảng viên chính thức") && text.contains("bỏ phiếu kín"), "{text}");
        assert!(text.contains("Không tán thành: 2"), "{text}");
    }

    #[test]
    fn mem_20_the_body_that_decides_signs() {
        let signs = |body| {
            let decided = Taken { vote: Vote { body, ..Vote::default() }, ..Taken::default() };
            let Closing::Signed { signature, .. } = decision(&Case { decided, ..case() }).closing else {
                panic!("signed")
            };
            signature.on_behalf
        };
        assert_eq!(signs(Some(Body::BaseStanding)), "T/M BAN THƯỜNG VỤ");
        assert_eq!(signs(Some(Body::AuthorisedBase)), "T/M ĐẢNG ỦY");
        assert_eq!(decider(&case()).name, "Ban Thường vụ Đảng ủy Đại học");
    }

    #[test]
    fn what_is_not_known_yet_is_left_as_dots() {
        let empty = recognition_resolution(&Case { name: "A".to_owned(), ..Case::default() });
        assert!(text(&empty).contains(DOTS) && empty.heading.number.ends_with(DOTS));
    }
}
