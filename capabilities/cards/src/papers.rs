//! The printed list of members (danh sách đảng viên, form 7-HSĐV) and the printed books made from members (DOS-07).

use chibo_kernel::Day;
use chibo_kernel::text::number::count;
use chibo_papers::document::{Block, Closing, Document, Heading, Issuer, Paper, Table, TableColumn};

use crate::pages::{BookLine, RollRow};

/// What the list is printed from.
pub(crate) struct MemberList {
    /// Whose list.
    pub issuer: String,
    /// The organisation above; may be empty.
    pub superior: String,
    /// Day of printing.
    pub made_on: Day,
    /// The members by name.
    pub rows: Vec<RollRow>,
}

/// A4 across: many columns.
const ACROSS: Paper = Paper { width: 297, height: 210, top: 20, bottom: 15, left: 20, right: 15 };

fn number(many: usize) -> String {
    count(i64::try_from(many).unwrap_or(i64::MAX))
}

/// The list on A4 across: many columns.
pub(crate) fn member_list(paper: &MemberList) -> Document {
    let columns = vec![
        TableColumn::centred("TT", 3),
        TableColumn::new("Họ và tên", 9),
        TableColumn::centred("Sinh: nam", 6),
        TableColumn::centred("Sinh: nữ", 6),
        TableColumn::centred("Ngày vào Đảng", 6),
        TableColumn::centred("Ngày chính thức", 6),
        TableColumn::centred("Số thẻ đảng viên", 7),
        TableColumn::centred("Số lý lịch", 6),
        TableColumn::new("Trình độ", 9),
        TableColumn::new("Chức vụ, nghề nghiệp", 9),
    ];
    let row = |(at, row): (usize, &RollRow)| {
        let mut cells = vec![number(at + 1)];
        cells.extend(row.cells());
        cells
    };
    let rows = paper.rows.iter().enumerate().map(row).collect();
    let sum = Block::text(format!("Danh sách có {} đảng viên.", number(paper.rows.len())));
    let issuer = Issuer { superior: paper.superior.clone(), name: paper.issuer.clone() };
    let subject = format!("đảng viên {}", paper.issuer);
    let begun = issuer.begins(None, Some(paper.made_on), "Danh sách", subject);
    let heading = Heading { form: "Mẫu 7-HSĐV".to_owned(), ..begun.heading.clone() };
    let blocks = vec![Block::Table(Table { rows, ..Table::new(columns) }), sum];
    let closing = Closing::Signed { recipients: Vec::new(), signature: issuer.signs() };
    Document { paper: ACROSS, heading, blocks, closing, ..begun }
}

/// What a book is printed from.
pub(crate) struct BookOf {
    /// Whose book.
    pub issuer: String,
    /// The organisation above; may be empty.
    pub superior: String,
    /// Day of printing.
    pub made_on: Day,
    /// Of whom, after "Sổ".
    pub subject: String,
    /// The members, by day.
    pub lines: Vec<BookLine>,
}

/// A book made from members; the rule names no form for it.
pub(crate) fn book(paper: &BookOf) -> Document {
    let columns = vec![
        TableColumn::centred("TT", 3),
        TableColumn::new("Họ và tên", 10),
        TableColumn::centred("Ngày sinh", 6),
        TableColumn::new("Chi bộ", 12),
        TableColumn::centred("Ngày vào Đảng", 6),
        TableColumn::centred("Ngày chính thức", 6),
        TableColumn::centred("Số lý lịch", 6),
        TableColumn::centred("Từ ngày", 6),
    ];
    let row = |(at, line): (usize, &BookLine)| {
        let mut cells = vec![number(at + 1)];
        cells.extend(line.cells());
        cells
    };
    let rows = paper.lines.iter().enumerate().map(row).collect();
    let sum = Block::text(format!("Sổ có {} đảng viên.", number(paper.lines.len())));
    let issuer = Issuer { superior: paper.superior.clone(), name: paper.issuer.clone() };
    let begun = issuer.begins(None, Some(paper.made_on), "Sổ", format!("{} – {}", paper.subject, paper.issuer));
    let blocks = vec![Block::Table(Table { rows, ..Table::new(columns) }), sum];
    let closing = Closing::Signed { recipients: Vec::new(), signature: issuer.signs() };
    Document { paper: ACROSS, blocks, closing, ..begun }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dos_07_the_list_carries_the_mark_of_its_form_and_lies_across() {
        let made_on = Day::from_ymd(2026, 11, 26).unwrap();
        let (issuer, superior) = ("Chi bộ Khu phố 1".to_owned(), "Đảng ủy phường".to_owned());
        let document = member_list(&MemberList { issuer, superior, made_on, rows: Vec::new() });
        assert_eq!(document.heading.form, "Mẫu 7-HSĐV");
        assert!(document.paper.width > document.paper.height);
        let Closing::Signed { signature, .. } = document.closing else { panic!("signed") };
        assert_eq!(signature.on_behalf, "T/M CHI BỘ");
    }
}
