//! What the committee of the city gives (BDG-07): the decision with the list of members, the decision for one member, the
//! certificate. Official papers are Vietnamese whatever language their maker reads.

use std::collections::BTreeMap;

use chibo_kernel::Day;
use chibo_kernel::text::number::count;
use chibo_papers::document::{
    Block, Closing, DOTS, Document, Issuer, Run, Signature, Table, TableColumn, long_day, open_day, symbol,
};

use crate::rules::Ground;

chibo_kernel::coded! {
    /// Which paper.
    Paper {
        /// One decision for all, with their list.
        Decision = "decision", "badges-paper-decision";
        /// A decision for each member.
        Single = "single", "badges-paper-single";
        /// The certificate of each member (giấy chứng nhận).
        Certificate = "certificate", "badges-paper-certificate";
    }
}

/// Somebody who is given a badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Honoured {
    /// Full name.
    pub name: String,
    /// Birth as far as it is known.
    pub birth: String,
    /// Home town; may be empty.
    pub home_town: String,
    /// The branch.
    pub branch: String,
    /// Day of the admission.
    pub admitted: Option<Day>,
    /// Which badge.
    pub years: u16,
    /// Why.
    pub ground: Ground,
    /// Number of the badge; empty before the decision and where nobody knows its series (BDG-06).
    pub serial: String,
}

/// A decision, taken or drafted, with those it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// Who decides, with the organisation above.
    pub issuer: Issuer,
    /// For which award day.
    pub award_on: Day,
    /// Number; empty while it is a draft.
    pub number: String,
    /// Day; none while it is a draft.
    pub on: Option<Day>,
    /// The members.
    pub members: Vec<Honoured>,
}

fn dots(text: &str) -> &str {
    if text.is_empty() { DOTS } else { text }
}

fn number(many: usize) -> String {
    count(i64::try_from(many).unwrap_or(i64::MAX))
}

fn day(day: Option<Day>) -> String {
    day.map_or_else(open_day, long_day)
}

impl Honoured {
    /// `Tặng`, `Truy tặng`.
    const fn verb(&self) -> &'static str {
        if matches!(self.ground, Ground::Posthumous) { "Truy tặng" } else { "Tặng" }
    }

    /// What the list says beside the name.
    const fn remark(&self) -> &'static str {
        match self.ground {
            Ground::Reached => "",
            Ground::Illness => "tặng sớm",
            Ground::Posthumous => "truy tặng",
        }
    }
}

impl Given {
    /// The standing committee of the city decides and signs (BDG-07).
    fn signed(&self) -> Signature {
        Signature { on_behalf: "T/M BAN THƯỜNG VỤ".to_owned(), ..Signature::default() }
    }

    fn decides(&self, subject: String, about: String, articles: Vec<Block>, kept: &str) -> Document {
        let mut document = self.issuer.begins(Some(&self.number), self.on, "Quyết định", subject);
        document.blocks = vec![
            Block::text("Căn cứ Điều lệ Đảng và quy định thi hành Điều lệ Đảng;"),
            Block::text(format!("Xét {about} trong đợt trao tặng {};", long_day(self.award_on))),
            Block::Title("BAN THƯỜNG VỤ QUYẾT ĐỊNH".to_owned()),
        ];
        document.blocks.extend(articles);
        let recipients = ["Như Điều 2", kept, "Lưu hồ sơ"].map(str::to_owned).into();
        document.closing = Closing::Signed { recipients, signature: self.signed() };
        document
    }

    /// One decision for all: how many of each badge, the list behind the signature.
    fn collective(&self) -> Document {
        let mut sums: BTreeMap<u16, usize> = BTreeMap::new();
        for member in &self.members {
            *sums.entry(member.years).or_default() += 1;
        }
        let all = number(self.members.len());
        let sums =
            sums.into_iter().map(|(years, many)| format!("Huy hiệu {years} năm tuổi Đảng: {} đồng chí", number(many)));
        let articles = vec![
            Block::article(format!("Tặng Huy hiệu Đảng cho {all} đồng chí có tên trong danh sách kèm theo, gồm:")),
            Block::bullets(sums),
            Block::article(
                "Cấp ủy các cấp có liên quan và các đồng chí có tên chịu trách nhiệm thi hành quyết định này.",
            ),
        ];
        let about = "đề nghị của các cấp ủy trực thuộc".to_owned();
        let mut document = self.decides("tặng Huy hiệu Đảng".to_owned(), about, articles, "Các cấp ủy có liên quan");
        document.annex = self.list();
        document
    }

    fn list(&self) -> Vec<Block> {
        let columns = vec![
            TableColumn::centred("TT", 2),
            TableColumn::new("Họ và tên", 6),
            TableColumn::centred("Ngày sinh", 4),
            TableColumn::new("Quê quán", 5),
            TableColumn::new("Chi bộ", 6),
            TableColumn::centred("Ngày vào Đảng", 4),
            TableColumn::centred("Loại", 2),
            TableColumn::centred("Số Huy hiệu", 4),
            TableColumn::new("Ghi chú", 3),
        ];
        let row = |(at, member): (usize, &Honoured)| {
            vec![
                number(at + 1),
                member.name.clone(),
                member.birth.clone(),
                member.home_town.clone(),
                member.branch.clone(),
                member.admitted.map_or_else(String::new, |day| day.to_string()),
                member.years.to_string(),
                member.serial.clone(),
                member.remark().to_owned(),
            ]
        };
        let rows = self.members.iter().enumerate().map(row).collect();
        let head = format!(
            "DANH SÁCH ĐẢNG VIÊN ĐƯỢC TẶNG HUY HIỆU ĐẢNG\n(kèm theo Quyết định số {}, {})",
            symbol(&self.number),
            day(self.on)
        );
        vec![Block::Title(head), Block::Table(Table { rows, ..Table::new(columns) })]
    }

    fn single(&self, member: &Honoured) -> Document {
        let Honoured { name, birth, branch, years, .. } = member;
        let verb = member.verb();
        let badge = format!("Huy hiệu {years} năm tuổi Đảng");
        let serial =
            if member.serial.is_empty() { String::new() } else { format!(", số Huy hiệu {}", member.serial) };
        let articles = vec![
            Block::article(format!(
                "{verb} {badge}{serial} cho đồng chí {name}, sinh {}, vào Đảng {}, đảng viên {branch}.",
                dots(birth),
                day(member.admitted)
            )),
            Block::article(format!(
                "{branch}, cấp ủy cấp trên và đồng chí có tên chịu trách nhiệm thi hành quyết định này."
            )),
        ];
        let about = format!("đề nghị tặng Huy hiệu Đảng cho đồng chí {name}");
        let subject = format!("{} {badge}", verb.to_lowercase());
        let mut document = self.decides(subject, about, articles, "Hồ sơ đảng viên của đồng chí có tên");
        document.title = format!("{}, {name}", document.title);
        document
    }

    fn certificate(&self, member: &Honoured) -> Document {
        let line =
            |what: &str, value: &str| Block::Paragraph(vec![Run::plain(format!("{what}: ")), Run::bold(dots(value))]);
        let badge = format!("{} Huy hiệu {} năm tuổi Đảng", member.verb(), member.years);
        let mut document = self.issuer.begins(None, self.on, "Giấy chứng nhận", badge);
        document.title = format!("Giấy chứng nhận, {}", member.name);
        document.blocks = vec![
            Block::Title(format!("Đồng chí {}", member.name)),
            line("Ngày sinh", &member.birth),
            line("Quê quán", &member.home_town),
            line("Ngày vào Đảng", &member.admitted.map_or_else(String::new, |day| day.to_string())),
            line("Đảng viên", &member.branch),
            line("Số Huy hiệu", &member.serial),
            Block::text(format!("Theo Quyết định số {}, {}.", symbol(&self.number), day(self.on))),
        ];
        document.closing = Closing::Signed { recipients: Vec::new(), signature: self.signed() };
        document
    }
}

/// The papers of a decision: one for all, or one for each member.
pub(crate) fn papers(given: &Given, paper: Paper) -> Vec<Document> {
    match paper {
        Paper::Decision => vec![given.collective()],
        Paper::Single => given.members.iter().map(|member| given.single(member)).collect(),
        Paper::Certificate => given.members.iter().map(|member| given.certificate(member)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u8, day: u8) -> Day {
        Day::from_ymd(year, month, day).unwrap()
    }

    fn honoured(name: &str, years: u16, ground: Ground, serial: &str) -> Honoured {
        Honoured {
            name: name.to_owned(),
            birth: "19/05/1945".to_owned(),
            home_town: String::new(),
            branch: "Chi bộ Khu phố 1".to_owned(),
            admitted: Some(date(1967, 1, 6)),
            years,
            ground,
            serial: serial.to_owned(),
        }
    }

    fn given(number: &str) -> Given {
        Given {
            issuer: Issuer { superior: String::new(), name: "Đảng bộ Thành phố".to_owned() },
            award_on: date(2027, 2, 3),
            number: number.to_owned(),
            on: (!number.is_empty()).then(|| date(2027, 1, 20)),
            members: vec![
                honoured("Trần Văn An", 60, Ground::Reached, "00012"),
                honoured("Lê Thị Bình", 35, Ground::Reached, ""),
                honoured("Ngô Mai Chi", 60, Ground::Posthumous, "00013"),
            ],
        }
    }

    #[test]
    fn bdg_07_the_decision_of_the_standing_committee_lists_everybody_it_counts() {
        let documents = papers(&given("12-QĐ/TU"), Paper::Decision);
        let [document] = documents.as_slice() else { panic!("{documents:?}") };
        let (text, annex) = (format!("{:?}", document.blocks), format!("{:?}", document.annex));
        assert!(text.contains("cho 3 đồng chí") && text.contains("Huy hiệu 60 năm tuổi Đảng: 2 đồng chí"), "{text}");
        assert!(
            ["Trần Văn An", "Lê Thị Bình", "Ngô Mai Chi", "00013", "truy tặng"].iter().all(|said| annex.contains(said))
        );
        assert!(annex.contains("kèm theo Quyết định số 12-QĐ/TU, ngày 20 tháng 01 năm 2027"), "{annex}");
        let Closing::Signed { signature, .. } = &document.closing else { panic!("signed") };
        assert_eq!(signature.on_behalf, "T/M BAN THƯỜNG VỤ");
    }

    #[test]
    fn bdg_07_each_member_has_a_decision_and_a_certificate_of_his_own() {
        let singles = papers(&given("12-QĐ/TU"), Paper::Single);
        assert_eq!(singles.len(), 3);
        assert!(format!("{:?}", singles[0].blocks).contains("Tặng Huy hiệu 60 năm tuổi Đảng, số Huy hiệu 00012"));
        assert!(format!("{:?}", singles[2].blocks).contains("Truy tặng"), "BDG-03");
        let certificates = papers(&given("12-QĐ/TU"), Paper::Certificate);
        assert_eq!(certificates.len(), 3);
        assert_eq!(certificates[1].heading.number, "", "a certificate has the number of its decision");
        assert!(format!("{:?}", certificates[1].blocks).contains("Theo Quyết định số 12-QĐ/TU"));
    }

    #[test]
    fn bdg_06_a_badge_without_a_number_is_printed_without_one() {
        let all = given("12-QĐ/TU");
        let single = format!("{:?}", all.single(&all.members[1]).blocks);
        assert!(single.contains("Huy hiệu 35 năm tuổi Đảng cho đồng chí Lê Thị Bình"), "{single}");
        assert!(format!("{:?}", all.certificate(&all.members[1]).blocks).contains(DOTS));
    }

    #[test]
    fn dpd_40_a_draft_leaves_number_and_day_open() {
        let document = &papers(&given(""), Paper::Decision)[0];
        assert_eq!(document.heading.number, format!("Số {DOTS}"));
        assert!(document.heading.dated.contains("ngày …… tháng ……"));
    }
}
