//! Printed papers of a meeting: minutes, the month's resolution in its four parts (MTG-10), the attendance sheet.

use chibo_kernel::Day;
use chibo_papers::document::{Block, Closing, Document, Issuer, Signature, Table, TableColumn};

/// A member as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seat {
    /// Name.
    pub name: String,
    /// Where he was, in words.
    pub was: String,
    /// Why absent.
    pub why: String,
    /// On which items he spoke, in words.
    pub spoke: String,
}

/// An assignment as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    /// What.
    pub what: String,
    /// Whose.
    pub who: String,
    /// Last day.
    pub due: String,
    /// What comes out, or what became of it.
    pub result: String,
}

/// What the papers are printed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Printed {
    /// The branch and what stands above it.
    pub issuer: Issuer,
    /// `thường kỳ, tháng 11/2026`.
    pub meeting: String,
    /// Month, `11/2026`.
    pub month: String,
    /// Held on.
    pub on: Option<Day>,
    /// From – to.
    pub time: String,
    /// Where.
    pub place: String,
    /// Who chaired, who kept the minutes.
    pub chair: String,
    /// The same.
    pub secretary: String,
    /// From above or outside.
    pub guests: String,
    /// The roll in one sentence.
    pub counts: String,
    /// Agenda.
    pub items: Vec<String>,
    /// Texts: report, discussion, conclusion.
    pub texts: [String; 3],
    /// Votes, each in one sentence.
    pub votes: Vec<String>,
    /// Members.
    pub roll: Vec<Seat>,
    /// Assignments of the months before.
    pub before: Vec<Work>,
    /// Assignments of this meeting.
    pub works: Vec<Work>,
    /// Points and grade.
    pub score: String,
}

fn lines(blocks: &mut Vec<Block>, title: &str, text: &str) {
    blocks.push(Block::Title(title.to_owned()));
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
    if lines.peek().is_none() {
        blocks.push(Block::text("Không có."));
    }
    blocks.extend(lines.map(Block::text));
}

fn works(works: &[Work], last: &str) -> Block {
    let columns = vec![
        TableColumn::centred("TT", 2),
        TableColumn::new("Việc", 9),
        TableColumn::new("Người thực hiện", 6),
        TableColumn::centred("Hạn", 4),
        TableColumn::new(last, 6),
    ];
    let row = |(at, work): (usize, &Work)| {
        let Work { what, who, due, result } = work.clone();
        vec![(at + 1).to_string(), what, who, due, result]
    };
    Block::Table(Table { rows: works.iter().enumerate().map(row).collect(), ..Table::new(columns) })
}

/// The secretary of the meeting on the left, whoever chaired on the right.
fn both_sign(printed: &Printed) -> Closing {
    let as_what = |position: &str, name: &str| Signature {
        on_behalf: String::new(),
        position: position.to_owned(),
        name: name.to_owned(),
    };
    Closing::TwoSides { left: as_what("THƯ KÝ", &printed.secretary), right: as_what("CHỦ TRÌ", &printed.chair) }
}

/// Minutes (biên bản).
pub(crate) fn minutes(printed: &Printed) -> Document {
    let mut blocks = vec![
        Block::text(format!("Thời gian: {}.", printed.time)),
        Block::text(format!("Địa điểm: {}.", printed.place)),
        Block::text(format!("Chủ trì: {}. Thư ký: {}.", printed.chair, printed.secretary)),
        Block::text(format!("Thành phần: {}.", printed.counts)),
    ];
    if !printed.guests.is_empty() {
        blocks.push(Block::text(format!("Cấp trên, khách dự: {}.", printed.guests)));
    }
    let absent: Vec<String> = printed
        .roll
        .iter()
        .filter(|seat| !seat.was.is_empty())
        .map(|seat| {
            let why = if seat.why.is_empty() { String::new() } else { format!(": {}", seat.why) };
            format!("{} – {}{why}", seat.name, seat.was)
        })
        .collect();
    if !absent.is_empty() {
        blocks.push(Block::text("Vắng mặt:"));
        blocks.push(Block::bullets(absent));
    }
    blocks.push(Block::Title("I. NỘI DUNG".to_owned()));
    blocks.push(Block::bullets(printed.items.iter().cloned()));
    let [report, discussion, conclusion] = &printed.texts;
    lines(&mut blocks, "II. KẾT QUẢ THÁNG QUA", report);
    lines(&mut blocks, "III. THẢO LUẬN", discussion);
    let spoke: Vec<String> = printed
        .roll
        .iter()
        .filter(|seat| !seat.spoke.is_empty())
        .map(|seat| format!("{}: {}", seat.name, seat.spoke))
        .collect();
    if !spoke.is_empty() {
        blocks.push(Block::text("Đảng viên phát biểu:"));
        blocks.push(Block::bullets(spoke));
    }
    if !printed.votes.is_empty() {
        blocks.push(Block::Title("IV. BIỂU QUYẾT".to_owned()));
        blocks.push(Block::bullets(printed.votes.iter().cloned()));
    }
    lines(&mut blocks, if printed.votes.is_empty() { "IV. KẾT LUẬN" } else { "V. KẾT LUẬN" }, conclusion);
    if !printed.works.is_empty() {
        blocks.push(Block::text("Việc giao cho đảng viên:"));
        blocks.push(works(&printed.works, "Sản phẩm"));
    }
    let subject = format!("sinh hoạt chi bộ {}", printed.meeting);
    Document { blocks, closing: both_sign(printed), ..printed.issuer.begins(None, printed.on, "Biên bản", subject) }
}

/// The month's resolution in four parts (MTG-10): results, tasks, assignment, how the meeting judges itself.
pub(crate) fn resolution(printed: &Printed) -> Document {
    let [report, _, conclusion] = &printed.texts;
    let mut blocks = vec![Block::text(format!("{}.", printed.counts))];
    lines(&mut blocks, "I. KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT THÁNG TRƯỚC", report);
    if !printed.before.is_empty() {
        blocks.push(works(&printed.before, "Kết quả"));
    }
    lines(&mut blocks, "II. NHIỆM VỤ THÁNG NÀY", conclusion);
    blocks.push(Block::Title("III. PHÂN CÔNG".to_owned()));
    blocks.push(if printed.works.is_empty() {
        Block::text("Không có.")
    } else {
        works(&printed.works, "Sản phẩm")
    });
    lines(&mut blocks, "IV. TỰ ĐÁNH GIÁ BUỔI SINH HOẠT", &printed.score);
    let closing = Closing::Signed { recipients: Vec::new(), signature: printed.issuer.signs() };
    let subject = format!("chi bộ tháng {}", printed.month);
    Document { blocks, closing, ..printed.issuer.begins(Some(""), printed.on, "Nghị quyết", subject) }
}

/// The attendance sheet, to be signed by hand.
pub(crate) fn attendance(printed: &Printed) -> Document {
    let columns = vec![
        TableColumn::centred("TT", 2),
        TableColumn::new("Họ và tên", 9),
        TableColumn::new("Ký tên", 5),
        TableColumn::new("Vắng, lý do", 6),
        TableColumn::centred("Phát biểu", 3),
    ];
    let row = |(at, seat): (usize, &Seat)| {
        let why = if seat.why.is_empty() { seat.was.clone() } else { format!("{}: {}", seat.was, seat.why) };
        let spoke = if seat.spoke.is_empty() { "" } else { "x" };
        vec![(at + 1).to_string(), seat.name.clone(), String::new(), why, spoke.to_owned()]
    };
    let rows = printed.roll.iter().enumerate().map(row).collect();
    let blocks = vec![
        Block::text(format!("Thời gian: {}. Địa điểm: {}.", printed.time, printed.place)),
        Block::Table(Table { rows, ..Table::new(columns) }),
    ];
    let subject = format!("sinh hoạt chi bộ {}", printed.meeting);
    Document {
        blocks,
        closing: both_sign(printed),
        ..printed.issuer.begins(None, printed.on, "Bảng điểm danh", subject)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed() -> Printed {
        let work = |what: &str| Work {
            what: what.to_owned(),
            who: "Trần An".to_owned(),
            due: "30/11/2026".to_owned(),
            result: "Xong".to_owned(),
        };
        Printed {
            issuer: Issuer { superior: "Đảng bộ Phường".to_owned(), name: "Chi bộ Khu phố 1".to_owned() },
            texts: ["Đã làm".to_owned(), "Góp ý".to_owned(), "Thống nhất".to_owned()],
            before: vec![work("Thu quỹ")],
            works: vec![work("Thăm hộ nghèo")],
            score: "90 điểm – Tốt".to_owned(),
            ..Printed::default()
        }
    }

    fn titles(document: &Document) -> Vec<&str> {
        fn title(block: &Block) -> Option<&str> {
            if let Block::Title(title) = block { Some(title) } else { None }
        }
        document.blocks.iter().filter_map(title).collect()
    }

    #[test]
    fn mtg_10_the_resolution_has_four_parts_with_the_table_of_tasks() {
        let document = resolution(&printed());
        assert_eq!(titles(&document).len(), 4, "{:?}", titles(&document));
        let tables = document.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count();
        assert_eq!(tables, 2, "what became of the last tasks, and the new ones");
        let Closing::Signed { signature, .. } = document.closing else { panic!("signed") };
        assert_eq!(signature.on_behalf, "T/M CHI BỘ");
    }

    #[test]
    fn mtg_10_minutes_are_signed_by_both_name_the_absent_and_number_their_parts_without_a_gap() {
        let mut with_votes = printed();
        with_votes.votes.push("Khen thưởng: 10/12".to_owned());
        with_votes.roll.push(Seat {
            name: "Lê Bình".to_owned(),
            was: "Vắng có lý do".to_owned(),
            why: "Ốm".to_owned(),
            spoke: String::new(),
        });
        assert_eq!(titles(&minutes(&with_votes)).last(), Some(&"V. KẾT LUẬN"));
        assert_eq!(titles(&minutes(&printed())).last(), Some(&"IV. KẾT LUẬN"));
        assert_eq!(minutes(&with_votes).kind, "Biên bản");
        with_votes.chair = "Trần An".to_owned();
        with_votes.secretary = "Lê Bình".to_owned();
        let Closing::TwoSides { left, right } = minutes(&with_votes).closing else { panic!("two sign") };
        assert_eq!((left.name.as_str(), left.position.as_str()), ("Lê Bình", "THƯ KÝ"));
        assert_eq!((right.name.as_str(), right.position.as_str()), ("Trần An", "CHỦ TRÌ"));
        assert_eq!(attendance(&with_votes).kind, "Bảng điểm danh");
    }
}
