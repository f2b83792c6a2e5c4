//! The list of organisations by kind and setting (danh sách tổ chức đảng theo loại tổ chức và loại hình).

use chibo_kernel::Day;
use chibo_kernel::text::number::count;
use chibo_papers::document::{Block, Closing, Document, Issuer, Table, TableColumn};

use super::sentence;

/// One organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListRow {
    /// Its kind in words.
    pub kind: &'static str,
    /// Its setting in words.
    pub setting: &'static str,
    /// Its full name.
    pub name: String,
    /// Members, with those below.
    pub members: u32,
}

/// What the list is printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListPaper {
    /// Whose organisations.
    pub issuer: Issuer,
    /// The day asked about.
    pub day: Day,
    /// Day of printing.
    pub made_on: Day,
    /// The organisations, those of one kind and setting next to each other.
    pub rows: Vec<ListRow>,
}

/// The list: how many of each kind and setting, then every name. Members are not summed up, because an organisation
/// counts those below it.
pub(crate) fn list(paper: &ListPaper) -> Document {
    let subject = format!("tổ chức đảng theo loại tổ chức và loại hình\n(tính đến ngày {})", paper.day);
    let mut document = paper.issuer.begins(None, Some(paper.made_on), "Danh sách", subject);
    document.title = "Danh sách tổ chức đảng theo loại tổ chức và loại hình".to_owned();
    let groups: Vec<&[ListRow]> = paper.rows.chunk_by(|a, b| (a.kind, a.setting) == (b.kind, b.setting)).collect();
    let columns = vec![
        TableColumn::new("Loại tổ chức", 6),
        TableColumn::new("Loại hình", 5),
        TableColumn::number("Số tổ chức", 3),
    ];
    let number = |many: usize| count(many as i64);
    let sum = |group: &&[ListRow]| {
        let first = group.first()?;
        Some(vec![sentence(first.kind), first.setting.to_owned(), number(group.len())])
    };
    let mut rows: Vec<Vec<String>> = groups.iter().filter_map(sum).collect();
    rows.push(vec!["Cộng".to_owned(), String::new(), number(paper.rows.len())]);
    document.blocks.push(Block::Table(Table { columns, rows, totalled: true }));
    for group in groups {
        let Some(first) = group.first() else { continue };
        document.blocks.push(Block::Title(format!("{} – {}", sentence(first.kind), first.setting)));
        let columns = vec![
            TableColumn::centred("TT", 2),
            TableColumn::new("Tên tổ chức", 12),
            TableColumn::number("Số đảng viên", 4),
        ];
        let row = |(at, row): (usize, &ListRow)| vec![number(at + 1), row.name.clone(), count(i64::from(row.members))];
        let rows = group.iter().enumerate().map(row).collect();
        document.blocks.push(Block::Table(Table { rows, ..Table::new(columns) }));
    }
    document.closing = Closing::Signed { recipients: Vec::new(), signature: paper.issuer.signs() };
    document
}
