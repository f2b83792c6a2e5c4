//! The statement of party fees for the branch meeting (báo cáo thu, nộp đảng phí). Papers are Vietnamese.

use chibo_kernel::text::number::count;
use chibo_papers::document::{Block, Closing, Document, Issuer, Run, Table, TableColumn};

use crate::pages::Statement;
use crate::rules::{Line, Reason, State, Way};

const fn way(way: Way) -> &'static str {
    match way {
        Way::Cash => "Tiền mặt",
        Way::Portal => "Cổng DVC quốc gia",
        Way::Bank => "Chuyển khoản",
    }
}

const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Ill => "Ốm đau, điều trị",
        Reason::Away => "Công tác xa, ở nước ngoài",
        Reason::Hard => "Hoàn cảnh khó khăn",
        Reason::Other => "Lý do khác",
    }
}

const fn state(state: State) -> &'static str {
    match state {
        State::Paid => "Đã đóng",
        State::Unpaid => "Chưa đóng",
        State::Exempt => "Miễn",
        State::Before => "Đã đóng trước",
        State::Unknown => "Chưa xếp đối tượng",
    }
}

fn told(line: &Line) -> String {
    let mut more: Vec<String> = Vec::new();
    more.extend(line.way.map(|one| way(one).to_owned()));
    if !line.receipt.is_empty() {
        more.push(format!("biên lai {}", line.receipt));
    }
    more.extend(line.reason.map(|one| reason(one).to_owned()));
    if !line.note.is_empty() {
        more.push(line.note.clone());
    }
    more.join("; ")
}

/// The statement: totals first, then every member.
pub(crate) fn statement(paper: &Statement) -> Document {
    let totals = &paper.totals;
    let standing = if paper.closed { "" } else { " Sổ chưa chốt, số liệu còn thay đổi." };
    let people = format!(
        "Chi bộ có {} đảng viên trong sổ; {} đồng chí phải đóng, {} đồng chí được miễn. Đã đóng {}; chưa đóng có lý do {}; chưa đóng không có lý do {}.{standing}",
        count(totals.members),
        count(totals.liable),
        count(totals.exempt),
        count(totals.payers),
        count(totals.excused),
        count(totals.silent()),
    );
    let sums = [
        ("Phải thu trong tháng", totals.due),
        ("Đã thu", totals.collected),
        ("Trong đó: đóng bù các tháng trước", totals.back),
        ("Trong đó: đóng trước cho các tháng sau", totals.ahead),
        ("Trong đó: đóng cao hơn mức quy định", totals.extra),
    ];
    let columns = vec![TableColumn::new("Nội dung", 9), TableColumn::number("Số tiền (đồng)", 4)];
    let rows = sums.iter().map(|(name, sum)| vec![(*name).to_owned(), count(*sum)]).collect();
    let blocks = vec![
        Block::Paragraph(vec![Run::plain(people)]),
        Block::Table(Table { rows, ..Table::new(columns) }),
        Block::Title("Danh sách thu đảng phí".to_owned()),
        Block::Table(list(paper)),
    ];
    let issuer = Issuer { superior: paper.above.clone(), name: paper.unit.clone() };
    let version = if paper.version > 1 && paper.closed {
        format!("\n(bản ghi lần {})", paper.version)
    } else {
        String::new()
    };
    let subject = format!("thu, nộp đảng phí tháng {}{version}", paper.month.text());
    let closing = Closing::Signed { recipients: vec!["Lưu chi bộ.".to_owned()], signature: issuer.signs() };
    let title = format!("Báo cáo thu, nộp đảng phí tháng {}", paper.month.text());
    Document { title, blocks, closing, ..issuer.begins(None, Some(paper.made_on), "Báo cáo", subject) }
}

fn list(paper: &Statement) -> Table {
    let columns = vec![
        TableColumn::centred("TT", 1),
        TableColumn::new("Họ và tên", 5),
        TableColumn::centred("Tháng", 3),
        TableColumn::number("Mức đóng", 3),
        TableColumn::number("Đã đóng", 3),
        TableColumn::new("Tình trạng", 3),
        TableColumn::new("Ghi chú", 5),
    ];
    let row = |(at, (name, line)): (i64, &(String, Line))| {
        let text = state(line.state).to_owned();
        vec![count(at), name.clone(), line.month.text(), count(line.due), count(line.amount), text, told(line)]
    };
    let mut rows: Vec<Vec<String>> = (1i64..).zip(&paper.lines).map(row).collect();
    let paid = paper.lines.iter().map(|(_, line)| line.amount).sum::<i64>();
    let cell = String::new;
    rows.push(vec![cell(), "Cộng".to_owned(), cell(), cell(), count(paid), cell(), cell()]);
    Table { rows, totalled: true, ..Table::new(columns) }
}
