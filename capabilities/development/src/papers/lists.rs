//! Lists that go with papers.

use chibo_kernel::Day;
use chibo_papers::document::{Block, Closing, Document, Issuer, Table, TableColumn};

use super::Case;

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
