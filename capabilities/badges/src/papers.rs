//! The printed lists of an award day: members proposed (danh sách đề nghị tặng Huy hiệu Đảng), those for whom it is decided,
//! who sign for it at the hand-over, the book of badges handed over, badges taken back.

mod given;
mod held;

use chibo_kernel::Day;
use chibo_kernel::text::number::count;
use chibo_papers::document::{Block, Closing, Document, Issuer, Table, TableColumn};

pub(crate) use given::{Given, Honoured, Paper, papers};
pub(crate) use held::ON_SHEET;

use crate::pages::{Line, Stand};
use crate::rules::Step;

/// One member of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    name: String,
    branch: String,
    years: u16,
    admitted: String,
    reached: String,
    serial: String,
}

impl Row {
    /// From a line of the roll.
    pub fn of(line: &Line, branch: String) -> Self {
        let text = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
        Self {
            name: line.name.clone(),
            branch,
            years: line.years,
            admitted: text(line.admitted),
            reached: text(line.reached),
            serial: line.serial.clone(),
        }
    }
}

/// What the list is printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proposals {
    /// Whose list.
    pub issuer: String,
    /// The organisation above; may be empty.
    pub superior: String,
    /// For which award day.
    pub award_on: Day,
    /// Only those who stand here; none and whoever is due are the list of proposals.
    pub stand: Option<Stand>,
    /// Day of printing.
    pub made_on: Day,
    /// The members.
    pub rows: Vec<Row>,
}

impl Proposals {
    /// The heading, and what follows "Danh sách" in the letter head.
    const fn titles(&self) -> (&'static str, &'static str) {
        match self.stand {
            Some(Stand::At(Step::Decided)) => {
                ("Danh sách đảng viên được tặng Huy hiệu Đảng (trao và ký nhận)", "đảng viên được tặng Huy hiệu Đảng")
            }
            Some(Stand::At(Step::Awarded)) => ("Sổ Huy hiệu Đảng đã trao", "đảng viên đã nhận Huy hiệu Đảng"),
            Some(Stand::At(Step::TakenBack)) => ("Danh sách Huy hiệu Đảng bị thu hồi", "Huy hiệu Đảng bị thu hồi"),
            None | Some(Stand::Due | Stand::At(Step::Proposed | Step::Withdrawn)) => {
                ("Danh sách đảng viên đề nghị tặng Huy hiệu Đảng", "đảng viên đề nghị tặng Huy hiệu Đảng")
            }
        }
    }

    /// Whether members sign for the badge on it (BDG-07).
    const fn signed_for(&self) -> bool {
        matches!(self.stand, Some(Stand::At(Step::Decided)))
    }
}

/// The list: how many of each badge, then every member.
pub(crate) fn proposals(paper: &Proposals) -> Document {
    let number = |many: usize| count(i64::try_from(many).unwrap_or(i64::MAX));
    let mut sums: std::collections::BTreeMap<u16, usize> = std::collections::BTreeMap::new();
    for row in &paper.rows {
        *sums.entry(row.years).or_default() += 1;
    }
    let columns = vec![TableColumn::new("Loại Huy hiệu", 8), TableColumn::number("Số đảng viên", 4)];
    let mut rows: Vec<Vec<String>> =
        sums.into_iter().map(|(years, many)| vec![format!("{years} năm tuổi Đảng"), number(many)]).collect();
    rows.push(vec!["Cộng".to_owned(), number(paper.rows.len())]);
    let mut blocks = vec![Block::Table(Table { columns, rows, totalled: true })];
    let mut columns = vec![
        TableColumn::centred("TT", 2),
        TableColumn::new("Họ và tên", 6),
        TableColumn::new("Chi bộ", 7),
        TableColumn::centred("Ngày vào Đảng", 4),
        TableColumn::centred("Ngày đủ năm", 4),
        TableColumn::centred("Loại", 2),
        TableColumn::centred("Số Huy hiệu", 4),
    ];
    if paper.signed_for() {
        columns.push(TableColumn::new("Ký nhận", 4));
    }
    let row = |(at, row): (usize, &Row)| {
        let Row { name, branch, years, admitted, reached, serial } = row.clone();
        let mut cells = vec![number(at + 1), name, branch, admitted, reached, years.to_string(), serial];
        cells.extend(paper.signed_for().then(String::new));
        cells
    };
    let rows = paper.rows.iter().enumerate().map(row).collect();
    blocks.push(Block::Table(Table { rows, ..Table::new(columns) }));
    let issuer = Issuer { superior: paper.superior.clone(), name: paper.issuer.clone() };
    let (title, about) = paper.titles();
    let subject = format!("{about}\n(đợt {})", paper.award_on);
    let closing = Closing::Signed { recipients: Vec::new(), signature: issuer.signs() };
    Document {
        title: title.to_owned(),
        blocks,
        closing,
        ..issuer.begins(None, Some(paper.made_on), "Danh sách", subject)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(made_on: Day, rows: Vec<Row>) -> Proposals {
        Proposals {
            issuer: "Đảng ủy Phường".to_owned(),
            superior: "Thành ủy".to_owned(),
            award_on: Day::from_ymd(2027, 2, 3).unwrap(),
            stand: None,
            made_on,
            rows,
        }
    }

    #[test]
    fn dpd_40_the_list_stands_under_the_letter_head_of_the_house() {
        let document = proposals(&paper(Day::from_ymd(2027, 3, 4).unwrap(), Vec::new()));
        assert_eq!(document.heading.dated, "…………, ngày 04 tháng 3 năm 2027");
        assert_eq!((document.heading.issuer.as_str(), document.heading.number.as_str()), ("Đảng ủy Phường", ""));
        let Closing::Signed { signature, .. } = document.closing else { panic!("signed") };
        assert_eq!(signature.on_behalf, "T/M ĐẢNG ỦY");
    }

    #[test]
    fn tsk_10_the_sums_of_the_printed_list_are_its_rows() {
        let row = |years| Row {
            name: "Trần Văn An".to_owned(),
            branch: "Chi bộ 1".to_owned(),
            years,
            admitted: "01/01/1997".to_owned(),
            reached: "01/01/2027".to_owned(),
            serial: String::new(),
        };
        let made_on = Day::from_ymd(2026, 11, 26).unwrap();
        let document = proposals(&paper(made_on, vec![row(30), row(40), row(30)]));
        let tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let tables: Vec<_> = tables.collect();
        assert_eq!(tables[0].rows, [["30 năm tuổi Đảng", "2"], ["40 năm tuổi Đảng", "1"], ["Cộng", "3"]]);
        assert_eq!(tables[1].rows.len(), 3);
    }

    #[test]
    fn bdg_07_members_sign_for_a_badge_on_the_list_of_those_decided_and_the_book_has_those_handed_over() {
        let made_on = Day::from_ymd(2027, 1, 20).unwrap();
        let row = || Row {
            name: "Trần Văn An".to_owned(),
            branch: "Chi bộ 1".to_owned(),
            years: 30,
            admitted: "01/01/1997".to_owned(),
            reached: "01/01/2027".to_owned(),
            serial: "00000012".to_owned(),
        };
        let columns = |stand| {
            let document = proposals(&Proposals { stand, ..paper(made_on, vec![row()]) });
            let Some(Block::Table(table)) = document.blocks.last() else { panic!("the members") };
            assert_eq!(table.rows[0].len(), table.columns.len());
            (document.title.clone(), table.columns.len())
        };
        assert_eq!(columns(Some(Stand::Due)), columns(None));
        assert_eq!(columns(None), ("Danh sách đảng viên đề nghị tặng Huy hiệu Đảng".to_owned(), 7));
        let (title, many) = columns(Some(Stand::At(Step::Decided)));
        assert!(title.contains("ký nhận") && many == 8, "{title}");
        assert_eq!(columns(Some(Stand::At(Step::Awarded))), ("Sổ Huy hiệu Đảng đã trao".to_owned(), 7));
    }
}
