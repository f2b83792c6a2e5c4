//! Printed papers: resolution or decision on an exemption, decision on striking-off (9F, 9G-XTĐV) or leaving, certificate of
//! Party age, notice of a death. Official papers are Vietnamese whatever language their maker reads.

mod words;

use chibo_kernel::Day;
use chibo_members::PartyAge;
use chibo_members::rules::deciding::Body;
use chibo_papers::document::{Block, Closing, DOTS, Document, Issuer, long_day, term_text};

use crate::rules::{Ground, Kind};
pub(crate) use words::Numbers;
use words::{body_text, ground_text};

/// What a paper is printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Who signs, with the organisation above.
    pub issuer: Issuer,
    /// What it is about.
    pub kind: Kind,
    /// The numbers of the rules it stands on.
    pub numbers: Numbers,
    /// Why.
    pub ground: Option<Ground>,
    /// The member.
    pub name: String,
    /// Day of birth.
    pub born: Option<Day>,
    /// The branch.
    pub branch: String,
    /// Number; empty while it is a draft.
    pub number: String,
    /// Day of the decision; none while it is a draft.
    pub on: Option<Day>,
    /// In force from.
    pub effective: Option<Day>,
    /// Until; none for no end.
    pub ends: Option<Day>,
    /// Day of the request, the fact, the complaint.
    pub opened: Day,
    /// Who decided elsewhere, of an expulsion or a restoration.
    pub body: String,
    /// Which body decided.
    pub decider: Option<Body>,
    /// Of an answered complaint: the removal stays.
    pub upheld: Option<bool>,
    /// Votes for and denominator of the proposing bodies and of the one that decided, as sentences.
    pub votes: Vec<String>,
    /// The base committee decides itself (form 9G instead of 9F).
    pub at_base: bool,
    /// Day of the admission.
    pub admitted: Option<Day>,
    /// Without the periods that do not count (MEM-40).
    pub age: Option<PartyAge>,
}

fn day(day: Option<Day>) -> String {
    day.map_or_else(|| format!("ngày {DOTS}"), long_day)
}

impl Sheet {
    /// `đồng chí Trần Văn An, sinh ngày …, Chi bộ …`.
    fn comrade(&self) -> String {
        format!("đồng chí {}, sinh {}, đảng viên {}", self.name, day(self.born), self.branch)
    }

    fn ground_text(&self) -> String {
        self.ground.map_or_else(|| DOTS.to_owned(), |ground| ground_text(ground, &self.numbers))
    }

    fn begins(&self, kind: &str, subject: String) -> Document {
        let mut document = self.issuer.begins(Some(&self.number), self.on, kind, subject);
        document.closing = Closing::Signed {
            recipients: vec![
                "Cấp ủy cấp trên (để báo cáo)".to_owned(),
                self.branch.clone(),
                "Đồng chí có tên".to_owned(),
                "Lưu hồ sơ".to_owned(),
            ],
            signature: self.issuer.signs(),
        };
        document
    }

    /// Why it may decide: the request, the votes.
    fn bases(&self) -> Vec<Block> {
        let ground = self.ground_text();
        let mut bases = vec![
            Block::text("Căn cứ Điều lệ Đảng và quy định thi hành Điều lệ Đảng;"),
            Block::text(format!("Xét {}, lý do: {ground};", self.comrade())),
        ];
        if let Some(body) = self.decider {
            bases.push(Block::text(format!("Căn cứ thẩm quyền quyết định của {};", body_text(body))));
        }
        bases.extend(self.votes.iter().map(|vote| Block::text(format!("{vote};"))));
        bases
    }

    fn decision(&self, about: &str, articles: Vec<Block>) -> Document {
        let kind = if self.kind == Kind::Health { "Nghị quyết" } else { "Quyết định" };
        let mut document = self.begins(kind, about.to_owned());
        document.blocks = self.bases();
        let verb = if self.kind == Kind::Health { "QUYẾT NGHỊ" } else { "QUYẾT ĐỊNH" };
        document.blocks.push(Block::Title(verb.to_owned()));
        document.blocks.extend(articles);
        document
    }

    fn exemption(&self) -> Document {
        let until = self.ends.map_or_else(String::new, |ends| format!(" đến hết {}", long_day(ends)));
        self.decision(
            "miễn công tác và sinh hoạt đảng",
            vec![
                Block::article(format!(
                    "Miễn công tác và sinh hoạt đảng đối với {}, từ {}{until}.",
                    self.comrade(),
                    day(self.effective)
                )),
                Block::article(
                    "Trong thời gian được miễn, đồng chí được mời dự đại hội, được xét tặng Huy hiệu Đảng khi đủ tiêu chuẩn, \
                     không xếp loại đảng viên; nếu vi phạm thì vẫn bị xem xét kỷ luật.",
                ),
                Block::article(format!("{} và đồng chí có tên chịu trách nhiệm thi hành.", self.branch)),
            ],
        )
    }

    fn striking_off(&self) -> Document {
        let mut document = self.decision(
            "xóa tên đảng viên trong danh sách đảng viên",
            vec![
                Block::article(format!(
                    "Xóa tên {} trong danh sách đảng viên, kể từ {}.",
                    self.comrade(),
                    day(self.effective)
                )),
                Block::article(
                    "Thu hồi thẻ đảng viên, Huy hiệu Đảng (nếu có); hồ sơ đảng viên do cấp ủy cấp trên quản lý theo quy định.",
                ),
                Block::article(format!(
                    "{} và người bị xóa tên chịu trách nhiệm thi hành. Người bị xóa tên có quyền khiếu nại trong thời hạn \
                     {} kể từ ngày nhận quyết định.",
                    self.branch,
                    term_text(self.numbers.complain)
                )),
            ],
        );
        document.heading.form = if self.at_base { "Mẫu 9G-XTĐV" } else { "Mẫu 9F-XTĐV" }.to_owned();
        document
    }

    fn request(&self) -> Document {
        self.decision(
            "cho đảng viên ra khỏi Đảng",
            vec![
                Block::article(format!("Cho {} ra khỏi Đảng theo đơn, kể từ {}.", self.comrade(), day(self.effective))),
                Block::article("Thu lại thẻ đảng viên. Tuổi đảng được xác nhận khi có yêu cầu."),
                Block::article(format!("{} và đồng chí có tên chịu trách nhiệm thi hành.", self.branch)),
            ],
        )
    }

    fn restoration(&self) -> Document {
        self.decision(
            "khôi phục quyền đảng viên",
            vec![
                Block::article(format!(
                    "Khôi phục quyền đảng viên đối với {}. Tuổi đảng được tính liên tục.",
                    self.comrade()
                )),
                Block::article("Đồng chí được nhận lại thẻ đảng viên và truy nộp đảng phí theo quy định."),
                Block::article(format!("{} và đồng chí có tên chịu trách nhiệm thi hành.", self.branch)),
            ],
        )
    }

    /// Told upward that he is back (EXI-04).
    fn back(&self) -> Document {
        let mut document = self.begins("Thông báo", "đảng viên trở lại sinh hoạt".to_owned());
        document.blocks = vec![
            Block::text(format!(
                "{} báo cáo: {}, được miễn công tác và sinh hoạt đảng, đã trở lại sinh hoạt từ {}; lý do: {}.",
                self.issuer.name,
                self.comrade(),
                day(self.effective),
                self.ground_text()
            )),
            Block::text("Đồng chí thực hiện nhiệm vụ, sinh hoạt và đóng đảng phí như trước khi được miễn."),
        ];
        document
    }

    /// Told to branch and committee above that somebody was expelled: the decision itself is of discipline (EXI-14, EXI-15).
    fn expulsion(&self) -> Document {
        let mut document = self.begins("Thông báo", "đảng viên bị khai trừ ra khỏi Đảng".to_owned());
        let by = if self.body.is_empty() { DOTS } else { &self.body };
        let number = if self.number.is_empty() { DOTS } else { &self.number };
        document.blocks = vec![
            Block::text(format!(
                "{} thông báo: {} bị khai trừ ra khỏi Đảng theo Quyết định số {number} của {by}, có hiệu lực từ {}.",
                self.issuer.name,
                self.comrade(),
                day(self.effective)
            )),
            Block::text(
                "Thu hồi thẻ đảng viên, Huy hiệu Đảng (nếu có); hồ sơ đảng viên do cấp ủy cấp trên quản lý; ghi vào sổ đảng viên \
                 ra khỏi Đảng.",
            ),
        ];
        document.heading.number = String::new();
        document
    }

    /// What a complaint came to (EXI-12).
    fn answer(&self) -> Document {
        let mut document = self.begins("Thông báo", "kết quả giải quyết khiếu nại về xóa tên".to_owned());
        let verdict = match self.upheld {
            Some(true) => {
                "giữ nguyên quyết định xóa tên. Nếu không đồng ý, đồng chí có quyền khiếu nại tiếp lên cấp trên"
            }
            Some(false) => "việc xóa tên là không đúng; quyền đảng viên được khôi phục theo quy định",
            None => DOTS,
        };
        document.blocks = vec![
            Block::text(format!(
                "{} đã xem xét khiếu nại {} của {} về quyết định xóa tên trong danh sách đảng viên.",
                self.issuer.name,
                long_day(self.opened),
                self.comrade()
            )),
            Block::text(format!("Kết luận: {verdict}.")),
        ];
        document
    }

    fn death(&self) -> Document {
        let mut document = self.begins("Thông báo", "đảng viên từ trần".to_owned());
        document.blocks = vec![
            Block::text(format!(
                "{} báo cáo: {} đã từ trần {}.",
                self.issuer.name,
                self.comrade(),
                day(self.effective)
            )),
            Block::text(format!("Đồng chí vào Đảng {}.", day(self.admitted))),
            Block::text("Thẻ đảng viên do gia đình lưu giữ. Kèm theo thông báo này là hồ sơ đảng viên."),
        ];
        document
    }
}

/// The paper of a case; of a complaint the answer.
pub(crate) fn paper(sheet: &Sheet) -> Document {
    match sheet.kind {
        Kind::Health | Kind::Other => sheet.exemption(),
        Kind::StrikingOff => sheet.striking_off(),
        Kind::Request => sheet.request(),
        Kind::Restoration => sheet.restoration(),
        Kind::Death => sheet.death(),
        Kind::Return => sheet.back(),
        Kind::Expulsion => sheet.expulsion(),
        Kind::Complaint => sheet.answer(),
    }
}

/// The certificate of Party age, on request of whoever left (EXI-13).
pub(crate) fn certificate(sheet: &Sheet) -> Document {
    let mut document = sheet.begins("Giấy xác nhận", "tuổi đảng".to_owned());
    let age = sheet.age.as_ref().zip(sheet.effective).map(|(age, until)| age.months(until));
    let age = age.map_or_else(|| DOTS.to_owned(), |months| format!("{} năm {} tháng", months / 12, months % 12));
    document.blocks = vec![
        Block::text(format!("{} xác nhận: {}.", sheet.issuer.name, sheet.comrade())),
        Block::text(format!(
            "Vào Đảng {}; ra khỏi Đảng {} theo Quyết định số {}.",
            day(sheet.admitted),
            day(sheet.effective),
            if sheet.number.is_empty() { DOTS } else { &sheet.number }
        )),
        Block::text(format!("Tuổi đảng tính đến ngày ra khỏi Đảng: {age}.")),
        Block::text("Giấy này được cấp theo yêu cầu của người có tên."),
    ];
    document.heading.number = String::new();
    document
}

#[cfg(test)]
mod tests {
    use chibo_kernel::rulebook::Term;

    use super::*;

    fn date(year: i32, month: u8, day: u8) -> Day {
        Day::from_ymd(year, month, day).unwrap()
    }

    fn sheet(kind: Kind, ground: Option<Ground>) -> Sheet {
        Sheet {
            issuer: Issuer { superior: "Thành ủy".to_owned(), name: "Đảng ủy phường Một".to_owned() },
            kind,
            numbers: Numbers { complain: Term::WorkingDays(45), months_in_year: 4, no_progress: 18, breach_years: 3 },
            ground,
            name: "Trần Văn An".to_owned(),
            born: Some(date(1950, 5, 19)),
            branch: "Chi bộ Khu phố 1".to_owned(),
            number: "5-QĐ/ĐU".to_owned(),
            on: Some(date(2026, 11, 20)),
            effective: Some(date(2026, 11, 20)),
            ends: None,
            opened: date(2026, 10, 1),
            body: String::new(),
            decider: Some(Body::BaseStanding),
            upheld: None,
            votes: vec!["Chi bộ biểu quyết 12/15".to_owned()],
            at_base: true,
            admitted: Some(date(1980, 2, 3)),
            age: Some(PartyAge::new(date(1980, 2, 3), [])),
        }
    }

    fn text(document: &Document) -> String {
        format!("{:?}", document.blocks)
    }

    #[test]
    fn exi_11_a_striking_off_carries_its_form_and_the_right_to_complain() {
        let paper = paper(&sheet(Kind::StrikingOff, Some(Ground::Fee)));
        assert_eq!(paper.heading.form, "Mẫu 9G-XTĐV");
        assert!(text(&paper).contains("45 ngày làm việc"), "the numbers are those of the rules");
        for (ground, said) in [
            (Ground::Fee, "không đóng đảng phí 4 tháng"),
            (Ground::Absent, "chi bộ 4 tháng"),
            (Ground::Declining, "sau 18 tháng"),
            (Ground::Breach, "3 năm liền"),
        ] {
            assert!(text(&super::paper(&sheet(Kind::StrikingOff, Some(ground)))).contains(said), "{said}");
        }
        let above = Sheet { at_base: false, ..sheet(Kind::StrikingOff, Some(Ground::Fee)) };
        assert_eq!(super::paper(&above).heading.form, "Mẫu 9F-XTĐV");
    }

    #[test]
    fn exi_01_a_branch_resolves_and_exi_02_a_committee_decides() {
        assert_eq!(paper(&sheet(Kind::Health, Some(Ground::Age))).kind, "Nghị quyết");
        let other = Sheet { ends: Some(date(2027, 5, 1)), ..sheet(Kind::Other, Some(Ground::Abroad)) };
        let other = paper(&other);
        assert_eq!(other.kind, "Quyết định");
        assert!(text(&other).contains("đến hết ngày 01 tháng 5 năm 2027"), "{}", text(&other));
    }

    #[test]
    fn exi_13_the_certificate_counts_full_months_without_the_gaps() {
        let paper = certificate(&sheet(Kind::Request, Some(Ground::Own)));
        assert!(text(&paper).contains("46 năm 9 tháng"), "{}", text(&paper));
        let age = Some(PartyAge::new(date(1980, 2, 3), [(date(1990, 1, 1), date(1992, 1, 1))]));
        let paper = certificate(&Sheet { age, ..sheet(Kind::Request, Some(Ground::Own)) });
        assert!(text(&paper).contains("44 năm 9 tháng"), "MEM-40: {}", text(&paper));
    }

    #[test]
    fn exi_14_a_notice_of_death_says_that_the_family_keeps_the_card() {
        assert!(text(&paper(&sheet(Kind::Death, None))).contains("gia đình lưu giữ"));
    }

    #[test]
    fn exi_15_an_expulsion_is_told_with_its_decision_and_what_comes_back() {
        let expelled = Sheet { body: "Ủy ban Kiểm tra Thành ủy".to_owned(), ..sheet(Kind::Expulsion, None) };
        let told = text(&paper(&expelled));
        assert!(told.contains("5-QĐ/ĐU") && told.contains("Ủy ban Kiểm tra Thành ủy"), "{told}");
        assert!(told.contains("Thu hồi thẻ đảng viên") && told.contains("sổ đảng viên"), "{told}");
    }

    #[test]
    fn exi_12_the_answer_to_a_complaint_says_what_stays_and_what_can_follow() {
        let answered = |upheld| text(&paper(&Sheet { upheld: Some(upheld), ..sheet(Kind::Complaint, None) }));
        assert!(answered(true).contains("khiếu nại tiếp lên cấp trên"));
        assert!(answered(false).contains("khôi phục") && !answered(false).contains("giữ nguyên"));
    }

    #[test]
    fn exi_11_a_decision_names_the_body_that_took_it() {
        let told = text(&paper(&sheet(Kind::StrikingOff, Some(Ground::Fee))));
        assert!(told.contains("thẩm quyền quyết định của ban thường vụ đảng ủy cơ sở"), "{told}");
    }
}
