//! The printed evidence pack (hồ sơ minh chứng đề nghị đưa đảng viên ra khỏi Đảng), SCR-09: what is known, nothing else.

use chibo_kernel::Day;
use chibo_papers::document::{Block, Closing, Document, Issuer, Run, Table, TableColumn};

/// One vote with its reckoning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Vote {
    /// Which, when, by which minutes.
    pub what: String,
    /// The reckoning, line by line.
    pub lines: Vec<String>,
}

/// What the pack is printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pack {
    /// The branch.
    pub issuer: String,
    /// What stands above it.
    pub superior: String,
    /// Day of printing.
    pub made_on: Day,
    /// The member.
    pub name: String,
    /// Admitted.
    pub admitted: Option<Day>,
    /// Official.
    pub official: Option<Day>,
    /// The form of removal proposed.
    pub form: String,
    /// Grounds: rule, fact, since.
    pub grounds: Vec<Vec<String>>,
    /// Steps: day, step, number.
    pub steps: Vec<Vec<String>>,
    /// Votes.
    pub votes: Vec<Vote>,
    /// Documents: what, number, day.
    pub items: Vec<Vec<String>>,
    /// What is still missing.
    pub lacks: Vec<String>,
}

fn table(columns: Vec<TableColumn>, rows: &[Vec<String>]) -> Block {
    Block::Table(Table { rows: rows.to_vec(), ..Table::new(columns) })
}

fn heading(text: &str) -> Block {
    Block::Paragraph(vec![Run::bold(text)])
}

/// The pack.
pub(crate) fn pack(pack: &Pack) -> Document {
    let day = |day: Option<Day>| day.map_or_else(|| "chưa rõ".to_owned(), |day| day.to_string());
    let mut blocks = vec![
        Block::text(format!("Họ và tên đảng viên: {}.", pack.name)),
        Block::text(format!("Ngày vào Đảng: {}. Ngày chính thức: {}.", day(pack.admitted), day(pack.official))),
        Block::text(format!("Chi bộ: {}. Hình thức đề nghị: {}.", pack.issuer, pack.form)),
        heading("1. Căn cứ"),
        table(
            vec![TableColumn::new("Quy định", 3), TableColumn::new("Sự việc", 12), TableColumn::centred("Từ ngày", 4)],
            &pack.grounds,
        ),
        heading("2. Việc chi bộ, cấp ủy đã làm"),
        table(
            vec![TableColumn::centred("Ngày", 4), TableColumn::new("Việc", 10), TableColumn::new("Số văn bản", 5)],
            &pack.steps,
        ),
        heading("3. Biểu quyết"),
    ];
    if pack.votes.is_empty() {
        blocks.push(Block::text("Chưa biểu quyết."));
    }
    for vote in &pack.votes {
        blocks.push(Block::text(format!("{}:", vote.what)));
        blocks.push(Block::bullets(vote.lines.iter().cloned()));
    }
    blocks.push(heading("4. Tài liệu minh chứng kèm theo"));
    blocks.push(table(
        vec![TableColumn::new("Tài liệu", 10), TableColumn::new("Số", 5), TableColumn::centred("Ngày", 4)],
        &pack.items,
    ));
    if !pack.lacks.is_empty() {
        blocks.push(heading("5. Còn thiếu, phải bổ sung trước khi quyết định"));
        blocks.push(Block::bullets(pack.lacks.iter().cloned()));
    }
    let issuer = Issuer { superior: pack.superior.clone(), name: pack.issuer.clone() };
    let subject = format!("minh chứng đề nghị đưa đảng viên ra khỏi Đảng\nđối với {}", pack.name);
    let closing = Closing::Signed { recipients: vec!["Lưu hồ sơ.".to_owned()], signature: issuer.signs() };
    let title = format!("Hồ sơ minh chứng: {}", pack.name);
    Document { title, blocks, closing, ..issuer.begins(None, Some(pack.made_on), "Hồ sơ", subject) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(lacks: Vec<String>) -> Pack {
        Pack {
            issuer: "Chi bộ 1".to_owned(),
            superior: "Đảng bộ Phường".to_owned(),
            made_on: Day::from_ymd(2026, 11, 26).unwrap(),
            name: "Trần Văn An".to_owned(),
            admitted: None,
            official: None,
            form: "Xoá tên".to_owned(),
            grounds: vec![vec!["SCR-02".to_owned(), "Không đóng đảng phí".to_owned(), "01/06/2026".to_owned()]],
            steps: Vec::new(),
            votes: vec![Vote { what: "Chi bộ".to_owned(), lines: vec!["Đạt".to_owned()] }],
            items: Vec::new(),
            lacks,
        }
    }

    #[test]
    fn scr_09_the_pack_says_what_is_known_and_what_is_missing() {
        let whole = pack(&sample(Vec::new()));
        let part = pack(&sample(vec!["Sổ thu đảng phí".to_owned()]));
        assert_eq!(part.blocks.len(), whole.blocks.len() + 2);
        assert!(whole.title.contains("Trần Văn An"));
        let Closing::Signed { signature, .. } = whole.closing else { panic!("signed") };
        assert_eq!(signature.on_behalf, "T/M CHI BỘ");
    }
}
