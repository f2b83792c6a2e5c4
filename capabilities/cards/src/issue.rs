//! Papers on the way of a card (CRD-03, CRD-03b): the decision of the upper committee with its list (3- to 6-TĐV) and the
//! book in which members sign for their cards (7-, 8-TĐV). Numbers of cards stand on them as far as they are shown
//! elsewhere: by their last digits. Official papers are Vietnamese whatever language their maker reads.

use chibo_kernel::Day;
use chibo_kernel::text::number::count;
use chibo_papers::document::{
    Block, Closing, Document, Issuer, Paper, Signature, Table, TableColumn, long_day, open_day, symbol,
};

use crate::rules::Matter;

chibo_kernel::coded! {
    /// Which paper.
    Sort {
        /// The decision with its list.
        Decision = "decision", "cards-paper-decision";
        /// The hand-over book.
        Book = "book", "cards-paper-book";
    }
}

/// A member on one of these papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    /// Full name.
    pub name: String,
    /// Birth as far as it is known.
    pub birth: String,
    /// The branch.
    pub branch: String,
    /// Official since.
    pub official: Option<Day>,
    /// Last digits of the number of the card.
    pub card: String,
    /// Number of the dossier.
    pub file_no: String,
    /// Number and day of the decision; empty and none while there is none.
    pub decision: (String, Option<Day>),
    /// Day of the hand-over, and the line of the book.
    pub handed: (Option<Day>, String),
}

/// What one paper is printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// Who issues it.
    pub issuer: Issuer,
    /// Mark of the form.
    pub form: &'static str,
    /// What the cards are asked for.
    pub matter: Matter,
    /// Number of the decision; empty while it is a draft.
    pub number: String,
    /// Its day.
    pub on: Option<Day>,
    /// Day of printing.
    pub made_on: Day,
    /// The members.
    pub holders: Vec<Holder>,
}

/// What is decided: `cấp thẻ đảng viên`.
const fn verb(matter: Matter) -> &'static str {
    match matter {
        Matter::None | Matter::Issue => "cấp thẻ đảng viên",
        Matter::Exchange => "đổi thẻ đảng viên theo mẫu mới",
        Matter::Lost => "cấp lại thẻ đảng viên bị mất",
        Matter::Damaged => "đổi lại thẻ đảng viên bị hỏng",
    }
}

fn number(many: usize) -> String {
    count(i64::try_from(many).unwrap_or(i64::MAX))
}

fn short(day: Option<Day>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

impl Sheet {
    fn rows(&self, last: impl Fn(&Holder) -> Vec<String>) -> Vec<Vec<String>> {
        let row = |(at, holder): (usize, &Holder)| {
            let Holder { name, birth, branch, official, card, file_no, .. } = holder.clone();
            let mut cells = vec![number(at + 1), name, birth, branch, short(official), file_no, card];
            cells.extend(last(holder));
            cells
        };
        self.holders.iter().enumerate().map(row).collect()
    }

    fn columns() -> Vec<TableColumn> {
        vec![
            TableColumn::centred("TT", 2),
            TableColumn::new("Họ và tên", 6),
            TableColumn::centred("Ngày sinh", 4),
            TableColumn::new("Chi bộ", 6),
            TableColumn::centred("Ngày chính thức", 4),
            TableColumn::centred("Số lý lịch", 4),
            TableColumn::centred("Số thẻ", 4),
        ]
    }

    /// The decision of the standing committee, the list behind its signature.
    fn decision(&self) -> Document {
        let verb = verb(self.matter);
        let mut document = self.issuer.begins(Some(&self.number), self.on, "Quyết định", verb.to_owned());
        document.heading.form = format!("Mẫu {}", self.form);
        let ground = match self.matter {
            Matter::Lost | Matter::Damaged => "Xét bản kiểm điểm của đảng viên và đề nghị của chi bộ, cấp ủy cơ sở;",
            _ => "Xét danh sách đề nghị của chi bộ và cấp ủy cơ sở;",
        };
        document.blocks = vec![
            Block::text("Căn cứ Điều lệ Đảng và quy định về thẻ đảng viên;"),
            Block::text(ground),
            Block::Title("BAN THƯỜNG VỤ QUYẾT ĐỊNH".to_owned()),
            Block::article(format!(
                "Đồng ý {verb} cho {} đồng chí có tên trong danh sách kèm theo.",
                number(self.holders.len())
            )),
            Block::article("Chi bộ trao thẻ cho đảng viên trong kỳ sinh hoạt gần nhất, đảng viên ký nhận vào sổ."),
            Block::article("Cấp ủy có liên quan và các đồng chí có tên chịu trách nhiệm thi hành quyết định này."),
        ];
        let signature = Signature { on_behalf: "T/M BAN THƯỜNG VỤ".to_owned(), ..Signature::default() };
        let recipients = ["Như Điều 3", "Ban Tổ chức cấp trên (để báo cáo)", "Lưu hồ sơ"].map(str::to_owned).into();
        document.closing = Closing::Signed { recipients, signature };
        let on = self.on.map_or_else(open_day, long_day);
        let head = format!(
            "DANH SÁCH ĐẢNG VIÊN ĐƯỢC {}\n(kèm theo Quyết định số {}, {on})",
            verb.to_uppercase(),
            symbol(&self.number)
        );
        let rows = self.rows(|_| Vec::new());
        document.annex = vec![Block::Title(head), Block::Table(Table { rows, ..Table::new(Self::columns()) })];
        document
    }

    /// The book, on A4 across: who received which card on which day, with a column to sign.
    fn book(&self) -> Document {
        let again = matches!(self.matter, Matter::Lost | Matter::Damaged);
        let about = if again {
            "cấp lại, đổi thẻ đảng viên bị mất, bị hỏng"
        } else {
            "cấp, phát thẻ đảng viên"
        };
        let mut document = self.issuer.begins(None, Some(self.made_on), "Sổ", format!("{about}\n{}", self.issuer.name));
        document.heading.form = format!("Mẫu {}", self.form);
        document.title = format!("Sổ {about}, {}", self.issuer.name);
        document.paper = Paper { width: 297, height: 210, top: 20, bottom: 15, left: 20, right: 15 };
        let mut columns = Self::columns();
        columns.push(TableColumn::new("Quyết định", 5));
        columns.push(TableColumn::centred("Ngày nhận", 4));
        columns.push(TableColumn::centred("Số vào sổ", 3));
        columns.push(TableColumn::new("Ký nhận", 4));
        let rows = self.rows(|holder| {
            let (number, on) = &holder.decision;
            let decision = on.map_or_else(String::new, |on| format!("{number}, {on}"));
            vec![decision, short(holder.handed.0), holder.handed.1.clone(), String::new()]
        });
        document.blocks = vec![
            Block::Table(Table { rows, ..Table::new(columns) }),
            Block::text(format!("Có {} đảng viên trong sổ này.", number(self.holders.len()))),
        ];
        document.closing = Closing::Signed { recipients: Vec::new(), signature: self.issuer.signs() };
        document
    }
}

/// A paper of this sort.
pub(crate) fn paper(sheet: &Sheet, sort: Sort) -> Document {
    match sort {
        Sort::Decision => sheet.decision(),
        Sort::Book => sheet.book(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(matter: Matter, form: &'static str, number: &str) -> Sheet {
        let on = Day::from_ymd(2026, 11, 20);
        let holder = Holder {
            name: "Trần Văn An".to_owned(),
            birth: "19/05/1990".to_owned(),
            branch: "Chi bộ Khoa Toán".to_owned(),
            official: Day::from_ymd(2026, 11, 1),
            card: "•••••••••111".to_owned(),
            file_no: "000101HCM".to_owned(),
            decision: (number.to_owned(), on),
            handed: (Day::from_ymd(2026, 11, 22), "7".to_owned()),
        };
        Sheet {
            issuer: Issuer { superior: "Thành ủy".to_owned(), name: "Đảng bộ Đại học".to_owned() },
            form,
            matter,
            number: number.to_owned(),
            on: on.filter(|_| !number.is_empty()),
            made_on: Day::from_ymd(2026, 11, 27).unwrap(),
            holders: vec![holder],
        }
    }

    #[test]
    fn crd_03_the_decision_carries_form_number_and_list() {
        let document = paper(&sheet(Matter::Issue, "3-TĐV", "12-QĐ/ĐU"), Sort::Decision);
        assert_eq!((document.heading.form.as_str(), document.heading.number.as_str()), ("Mẫu 3-TĐV", "Số 12-QĐ/ĐU"));
        let annex = format!("{:?}", document.annex);
        assert!(annex.contains("Trần Văn An") && annex.contains("•••••••••111"), "{annex}");
        assert!(annex.contains("kèm theo Quyết định số 12-QĐ/ĐU, ngày 20 tháng 11 năm 2026"), "{annex}");
        assert!(format!("{:?}", document.blocks).contains("cho 1 đồng chí"));
    }

    #[test]
    fn crd_03_after_loss_or_damage_the_decision_names_the_self_review_and_a_draft_is_open() {
        let lost = paper(&sheet(Matter::Lost, "5-TĐV", ""), Sort::Decision);
        let text = format!("{:?}", lost.blocks);
        assert!(text.contains("bản kiểm điểm") && text.contains("cấp lại thẻ đảng viên bị mất"), "{text}");
        assert!(lost.heading.number.contains('…') && lost.heading.dated.contains("ngày ……"));
        let damaged = paper(&sheet(Matter::Damaged, "6-TĐV", ""), Sort::Decision);
        assert!(format!("{:?}", damaged.blocks).contains("đổi lại thẻ đảng viên bị hỏng"));
    }

    #[test]
    fn crd_03_members_sign_for_their_cards_in_the_book() {
        let document = paper(&sheet(Matter::Issue, "7-TĐV", "12-QĐ/ĐU"), Sort::Book);
        assert_eq!(document.heading.form, "Mẫu 7-TĐV");
        let [Block::Table(table), _] = document.blocks.as_slice() else { panic!("{:?}", document.blocks) };
        assert!(table.columns.iter().any(|column| column.title == "Ký nhận"));
        let row = table.rows[0].join("|");
        assert!(row.contains("12-QĐ/ĐU, 20/11/2026") && row.contains("22/11/2026|7|"), "{row}");
    }
}
