//! What goes up about many: the report of a campaign and its lists (SCR-01, SCR-12).

use chibo_kernel::Day;
use chibo_papers::document::{Block, Closing, Document, Issuer, TableColumn};

use super::{heading, table};

/// A report with every difference from the one before explained by the members who changed (SCR-12): figures (what, before,
/// now, difference, explained) and changes (who, branch, from, to, day).
pub(crate) fn report(
    issuer: &Issuer,
    made_on: Day,
    (year, figures, changes): (i64, Vec<Vec<String>>, Vec<Vec<String>>),
) -> Document {
    let mut blocks = vec![
        heading("1. Số liệu"),
        table(
            vec![
                TableColumn::new("Nội dung", 10),
                TableColumn::centred("Kỳ trước", 4),
                TableColumn::centred("Kỳ này", 4),
                TableColumn::centred("Chênh lệch", 4),
                TableColumn::centred("Do thay đổi ở mục 2", 5),
            ],
            &figures,
        ),
        heading("2. Đảng viên thay đổi so với kỳ trước"),
    ];
    match changes.is_empty() {
        true => blocks.push(Block::text("Không có thay đổi.")),
        false => blocks.push(table(
            vec![
                TableColumn::new("Họ và tên", 6),
                TableColumn::new("Chi bộ", 6),
                TableColumn::new("Trước", 5),
                TableColumn::new("Nay", 5),
                TableColumn::centred("Ngày", 4),
            ],
            &changes,
        )),
    }
    let subject = format!("kết quả rà soát, sàng lọc đảng viên năm {year}");
    let closing = Closing::Signed { recipients: vec!["Cấp ủy cấp trên".to_owned()], signature: issuer.signs() };
    Document { blocks, closing, ..issuer.begins(Some(""), Some(made_on), "Báo cáo", subject) }
}

/// The list of a campaign that goes up: who, where, groups of flags, how he stands, since when (SCR-01).
pub(crate) fn roster(issuer: &Issuer, made_on: Day, (subject, rows): (String, Vec<Vec<String>>)) -> Document {
    let columns = vec![
        TableColumn::centred("STT", 2),
        TableColumn::new("Họ và tên", 6),
        TableColumn::new("Chi bộ", 6),
        TableColumn::new("Nhóm dấu hiệu", 7),
        TableColumn::new("Kết quả", 5),
        TableColumn::centred("Ngày", 4),
    ];
    let count = rows.len();
    let rows: Vec<Vec<String>> =
        (1u32..).zip(rows).map(|(number, row)| [vec![number.to_string()], row].concat()).collect();
    let blocks = vec![table(columns, &rows), Block::text(format!("Tổng số: {count} đảng viên."))];
    let closing = Closing::Signed { recipients: vec!["Cấp ủy cấp trên".to_owned()], signature: issuer.signs() };
    Document { blocks, closing, ..issuer.begins(None, Some(made_on), "Danh sách", subject) }
}
