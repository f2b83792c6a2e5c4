//! The sheet of facts about one organisation (phiếu thông tin tổ chức đảng).

use chibo_kernel::Day;
use chibo_papers::document::{Block, Closing, Document, Issuer, Run, Table, TableColumn};

/// Somebody in office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Officer {
    /// Full name.
    pub name: String,
    /// Role.
    pub role: &'static str,
    /// Since.
    pub since: Day,
}

/// What the sheet is printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnitSheet {
    /// The organisation and the one above it.
    pub issuer: Issuer,
    /// The day asked about.
    pub day: Day,
    /// Day of printing.
    pub made_on: Day,
    /// Who printed it.
    pub made_by: String,
    /// What is known: name and value.
    pub facts: Vec<(&'static str, String)>,
    /// Who is in office.
    pub officers: Vec<Officer>,
    /// What it was made of.
    pub from: Vec<String>,
    /// What it went into.
    pub into: Vec<String>,
}

/// The sheet. What it does not know, it leaves out.
pub(crate) fn sheet(paper: &UnitSheet) -> Document {
    let subject = format!("{}\n(tính đến ngày {})", paper.issuer.name, paper.day);
    let kind = "Phiếu thông tin tổ chức đảng";
    let mut document = paper.issuer.begins(None, Some(paper.made_on), kind, subject);
    document.title = format!("{kind}: {}", paper.issuer.name);
    let rows = paper.facts.iter().map(|(name, value)| vec![(*name).to_owned(), value.clone()]).collect();
    let columns = vec![TableColumn::new("", 2), TableColumn::new("", 3)];
    part("1. Thông tin chung", Table { rows, ..Table::new(columns) }, &mut document);
    let columns = vec![
        TableColumn::centred("TT", 1),
        TableColumn::new("Họ và tên", 5),
        TableColumn::new("Chức vụ", 5),
        TableColumn::centred("Từ ngày", 3),
    ];
    let row = |(at, officer): (usize, &Officer)| {
        vec![(at + 1).to_string(), officer.name.clone(), officer.role.to_owned(), officer.since.to_string()]
    };
    let rows = paper.officers.iter().enumerate().map(row).collect();
    part("2. Cấp ủy, chức vụ", Table { rows, ..Table::new(columns) }, &mut document);
    let columns = vec![TableColumn::new("Quan hệ", 2), TableColumn::new("Tổ chức", 5)];
    let came = paper.from.iter().map(|unit| vec!["Hình thành từ".to_owned(), unit.clone()]);
    let went = paper.into.iter().map(|unit| vec!["Kế tục bởi".to_owned(), unit.clone()]);
    part("3. Quá trình", Table { rows: came.chain(went).collect(), ..Table::new(columns) }, &mut document);
    document.blocks.push(Block::Paragraph(vec![Run::italic(format!("Người lập: {}.", paper.made_by))]));
    document.closing = Closing::Signed { recipients: Vec::new(), signature: paper.issuer.signs() };
    document
}

fn part(title: &str, table: Table, document: &mut Document) {
    if !table.rows.is_empty() {
        document.blocks.push(Block::Paragraph(vec![Run::bold(title)]));
        document.blocks.push(Block::Table(table));
    }
}
