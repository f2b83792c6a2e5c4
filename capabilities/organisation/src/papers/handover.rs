//! The minutes of handing over organisations (biên bản bàn giao, Mẫu 01-TCĐ; ORG-15, ORG-16).

use chibo_kernel::Day;
use chibo_kernel::text::number::count;
use chibo_papers::document::{
    Block, Closing, DOTS, Document, Issuer, Run, Signature, Table, TableColumn, long_day, open_day, symbol,
};

/// One organisation handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// Who gives.
    pub from: String,
    /// Who receives.
    pub into: String,
    /// All of it, or a part.
    pub whole: bool,
    /// Members handed over, as far as they are known; 0 leaves the cell to be filled in by hand.
    pub members: u32,
}

/// What the minutes are printed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverPaper {
    /// Whose committee sees to it.
    pub issuer: Issuer,
    /// Number of the decision.
    pub number: String,
    /// What the decision is about.
    pub title: String,
    /// Day of its signing.
    pub signed_on: Day,
    /// Day it takes effect.
    pub effective_on: Day,
    /// What is handed over; none leaves rows to be filled in by hand.
    pub rows: Vec<Handed>,
}

/// What is handed over besides members; counted by hand.
const THINGS: [&str; 7] = [
    "Danh sách đảng viên (hai bên ký vào trang 1)",
    "Hồ sơ đảng viên, thẻ đảng viên",
    "Sổ danh sách đảng viên, các sổ theo dõi",
    "Nghị quyết, biên bản, tài liệu lưu trữ",
    "Con dấu",
    "Đảng phí, tài chính, tài sản",
    "Việc đang giải quyết, nội dung khác",
];

/// The mark of the form (ORG-15).
const FORM: &str = "Mẫu 01-TCĐ";
/// Number and symbol of minutes: both sides' offices fill them in.
const NUMBER: &str = "……-BB/……";
/// Empty rows of minutes whose organisations are filled in by hand.
const BLANK: usize = 3;

/// The minutes, with dots for what is known only at the table. The content follows ORG-15 and ORG-16; the printed form
/// 01-TCĐ itself was not at hand, so its wording is ours.
pub fn handover(paper: &HandoverPaper) -> Document {
    let subject = "bàn giao, tiếp nhận tổ chức đảng và đảng viên".to_owned();
    let mut document = paper.issuer.begins(Some(NUMBER), None, "Biên bản", subject);
    document.heading.form = FORM.to_owned();
    if let [row] = paper.rows.as_slice() {
        document.title = format!("Biên bản bàn giao, tiếp nhận: {} – {}", row.from, row.into);
    }
    let day = open_day();
    document.blocks = vec![
        Block::text(format!(
            "Thực hiện Quyết định số {} {} về {}, có hiệu lực từ {}; hôm nay, {day}, tại {DOTS}, hai bên tiến hành bàn \
             giao, tiếp nhận như sau:",
            symbol(&paper.number),
            long_day(paper.signed_on),
            paper.title,
            long_day(paper.effective_on)
        )),
        Block::Paragraph(vec![Run::bold("I. Bên giao")]),
        Block::bullets(people()),
        Block::Paragraph(vec![Run::bold("II. Bên nhận")]),
        Block::bullets(people()),
        Block::Paragraph(vec![Run::bold("III. Nội dung bàn giao")]),
        Block::Paragraph(vec![Run::bold("1. Tổ chức đảng và đảng viên")]),
        Block::Table(organisations(&paper.rows)),
        Block::Paragraph(vec![Run::bold("2. Hồ sơ, tài liệu, con dấu, tài sản")]),
        Block::Table(things()),
        Block::Paragraph(vec![Run::bold("IV. Ý kiến của hai bên")]),
        Block::text(DOTS.repeat(12)),
        Block::text(
            "Biên bản này được lập thành 03 bản có giá trị như nhau: bên giao giữ 01 bản, bên nhận giữ 01 bản, gửi ban tổ \
             chức của cấp ủy cấp trên 01 bản.",
        ),
    ];
    let side = |whose: &str| Signature { on_behalf: whose.to_owned(), ..Signature::default() };
    document.closing =
        Closing::TwoSides { left: side("ĐẠI DIỆN BÊN GIAO"), right: side("ĐẠI DIỆN BÊN NHẬN") };
    document
}

fn people() -> [String; 2] {
    let line = || format!("Đồng chí {DOTS}{DOTS}, chức vụ {DOTS}{DOTS}");
    [line(), line()]
}

fn organisations(rows: &[Handed]) -> Table {
    let columns = vec![
        TableColumn::centred("TT", 2),
        TableColumn::new("Tổ chức bàn giao", 9),
        TableColumn::new("Tổ chức tiếp nhận", 9),
        TableColumn::centred("Phần chuyển", 4),
        TableColumn::number("Số đảng viên", 4),
        TableColumn::new("Ghi chú", 4),
    ];
    let row = |(at, row): (usize, &Handed)| {
        let part = if row.whole { "toàn bộ" } else { "một phần" };
        let members = if row.members == 0 { String::new() } else { count(i64::from(row.members)) };
        vec![count(at as i64 + 1), row.from.clone(), row.into.clone(), part.to_owned(), members]
    };
    let mut rows: Vec<Vec<String>> = rows.iter().enumerate().map(row).collect();
    if rows.is_empty() {
        rows.extend((1..=BLANK).map(|no| vec![no.to_string()]));
    }
    Table { rows, ..Table::new(columns) }
}

fn things() -> Table {
    let columns = vec![
        TableColumn::centred("TT", 2),
        TableColumn::new("Nội dung", 14),
        TableColumn::number("Số lượng", 5),
        TableColumn::new("Ghi chú", 8),
    ];
    let row = |(at, what): (usize, &&str)| vec![count(at as i64 + 1), (*what).to_owned()];
    Table { rows: THINGS.iter().enumerate().map(row).collect(), ..Table::new(columns) }
}
