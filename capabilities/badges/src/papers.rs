//! The printed list: members proposed for the badge of an award day (danh sách đề nghị tặng Huy hiệu Đảng).

use chibo_kernel::Day;
use chibo_kernel::text::number::count;
use chibo_papers::document::{Block, Closing, Document, Heading, Signature, Table, TableColumn};

use crate::pages::Line;

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
            reached: text(line.reached()),
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
    /// Day of printing.
    pub made_on: Day,
    /// The members.
    pub rows: Vec<Row>,
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
    let columns = vec![
        TableColumn::centred("TT", 2),
        TableColumn::new("Họ và tên", 6),
        TableColumn::new("Chi bộ", 7),
        TableColumn::centred("Ngày vào Đảng", 4),
        TableColumn::centred("Ngày đủ năm", 4),
        TableColumn::centred("Loại", 2),
        TableColumn::centred("Số Huy hiệu", 4),
    ];
    let row = |(at, row): (usize, &Row)| {
        let Row { name, branch, years, admitted, reached, serial } = row.clone();
        vec![number(at + 1), name, branch, admitted, reached, years.to_string(), serial]
    };
    let rows = paper.rows.iter().enumerate().map(row).collect();
    blocks.push(Block::Table(Table { rows, ..Table::new(columns) }));
    let (year, month, day) = paper.made_on.ymd();
    let heading = Heading {
        superior: paper.superior.clone(),
        issuer: paper.issuer.clone(),
        number: String::new(),
        dated: format!("…………, ngày {day:02} tháng {month:02} năm {year}"),
    };
    Document {
        title: "Danh sách đảng viên đề nghị tặng Huy hiệu Đảng".to_owned(),
        heading,
        kind: "Danh sách".to_owned(),
        subject: format!("đảng viên đề nghị tặng Huy hiệu Đảng\n(đợt {})", paper.award_on),
        blocks,
        closing: Closing::Signed {
            recipients: Vec::new(),
            signature: Signature { on_behalf: format!("T/M {}", paper.issuer.to_uppercase()), ..Signature::default() },
        },
        ..Document::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let paper = Proposals {
            issuer: "Đảng ủy Phường".to_owned(),
            superior: "Thành ủy".to_owned(),
            award_on: Day::from_ymd(2027, 2, 3).unwrap(),
            made_on: Day::from_ymd(2026, 11, 26).unwrap(),
            rows: vec![row(30), row(40), row(30)],
        };
        let document = proposals(&paper);
        let tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let tables: Vec<_> = tables.collect();
        assert_eq!(tables[0].rows, [["30 năm tuổi Đảng", "2"], ["40 năm tuổi Đảng", "1"], ["Cộng", "3"]]);
        assert_eq!(tables[1].rows.len(), 3);
    }
}
