//! 2-KNĐ, the life history of whoever asks to be admitted (MEM-13, MEM-14). Only what is known about a candidate stands in
//! it; identity numbers are never kept of one and are written by hand.

use chibo_papers::document::{Block, Closing, DOTS, Document, Heading, Issuer, Table, TableColumn};

use super::{Case, Relative, gap, lines, or_dots, personal, to_write};
use crate::rules::{Outcome, Relation};

/// The mark on both parts.
const FORM: &str = "Mẫu 2-KNĐ";

const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Own => "Bản thân",
        Relation::Father => "Cha đẻ",
        Relation::Mother => "Mẹ đẻ",
        Relation::Foster => "Người nuôi dưỡng",
        Relation::Spouse => "Vợ (chồng)",
        Relation::FatherInLaw => "Cha vợ (chồng)",
        Relation::MotherInLaw => "Mẹ vợ (chồng)",
        Relation::SpouseFoster => "Người nuôi dưỡng vợ (chồng)",
        Relation::Child => "Con",
    }
}

/// A table to be written in by hand: empty rows tall enough for it.
fn by_hand(columns: &[(&str, u16)], rows: usize) -> Block {
    let row: Vec<String> = columns.iter().map(|_| "\n".to_owned()).collect();
    let columns = columns.iter().map(|(title, width)| TableColumn::new(*title, *width)).collect();
    Block::Table(Table { rows: vec![row; rows], ..Table::new(columns) })
}

fn title(text: &str) -> Block {
    Block::Title(text.to_owned())
}

fn own(case: &Case) -> Vec<Block> {
    let fact = |what: &str, value: &str| Block::text(format!("{what}: {}", value));
    let open = |what: &str| fact(what, &gap(4));
    let mut blocks = vec![
        fact("Họ và tên khai sinh", &case.name),
        open("Các tên gọi khác"),
        fact("Giới tính", or_dots(case.sex)),
        fact("Sinh ngày", or_dots(&case.birth)),
    ];
    blocks.extend(["Nơi đăng ký khai sinh", "Quê quán", "Nơi thường trú", "Nơi tạm trú"].map(open));
    blocks.push(Block::text(format!("Dân tộc: {DOTS}. Tôn giáo: {DOTS}. Thành phần gia đình: {DOTS} {DOTS}.")));
    blocks.push(fact("Nghề nghiệp, nơi làm việc, học tập", or_dots(&case.workplace)));
    blocks.push(fact("Trình độ giáo dục phổ thông", or_dots(case.schooling)));
    blocks.extend(["Chuyên môn, nghiệp vụ", "Học vị, học hàm", "Lý luận chính trị", "Ngoại ngữ, tin học"].map(open));
    blocks.extend(["Tình trạng sức khỏe", "Số căn cước", "Ngày và nơi vào Đoàn TNCS Hồ Chí Minh"].map(open));
    blocks.push(open("Ngày và nơi được kết nạp, công nhận chính thức lần thứ nhất (nếu có)"));
    blocks
}

fn verifiers(relatives: &[Relative]) -> Vec<Block> {
    let row = |one: &Relative| {
        let said = match one.outcome {
            Some(Outcome::Clear) => "Đúng như khai",
            Some(Outcome::Matter) => "Có nội dung cần làm rõ",
            None => DOTS,
        };
        let cells = [relation(one.relation), or_dots(&one.name), or_dots(&one.place), or_dots(&one.verifier), said];
        cells.map(str::to_owned).to_vec()
    };
    let columns = [("Quan hệ", 4), ("Họ và tên", 5), ("Nơi thẩm tra", 6), ("Người thẩm tra", 5), ("Kết quả", 5)];
    if relatives.is_empty() {
        return vec![by_hand(&columns, 4)];
    }
    let columns = columns.map(|(title, width)| TableColumn::new(title, width)).to_vec();
    vec![Block::Table(Table { rows: relatives.iter().map(row).collect(), ..Table::new(columns) })]
}

/// 2-KNĐ: what he declares, under his own name; then what others say about it, under theirs.
pub(crate) fn life_history(case: &Case) -> Vec<Document> {
    vec![declared(case), certified(case)]
}

fn declared(case: &Case) -> Document {
    let mut blocks = own(case);
    blocks.push(title("Lịch sử bản thân"));
    blocks.extend(lines(8));
    blocks.push(title("Những công việc, chức vụ đã qua"));
    blocks.push(by_hand(&[("Từ tháng, năm đến tháng, năm", 5), ("Làm việc gì, ở đâu, chức vụ", 13)], 6));
    blocks.push(title("Những lớp đào tạo, bồi dưỡng đã qua"));
    blocks.push(by_hand(&[("Tên trường, ngành học", 7), ("Thời gian", 4), ("Hình thức", 4), ("Văn bằng", 4)], 4));
    blocks.push(title("Đặc điểm lịch sử, quan hệ nước ngoài"));
    blocks.extend(lines(4));
    blocks.push(title("Khen thưởng, kỷ luật"));
    blocks.extend(lines(3));
    blocks.push(title("Hoàn cảnh gia đình"));
    blocks
        .push(by_hand(&[("Quan hệ", 4), ("Họ và tên, năm sinh", 6), ("Nghề nghiệp, nơi ở, thái độ chính trị", 9)], 8));
    blocks.push(title("Hoàn cảnh kinh tế của gia đình"));
    blocks.extend(lines(3));
    blocks.push(title("Tự nhận xét"));
    blocks.extend(lines(5));
    blocks.push(title("Cam đoan và ký tên"));
    blocks.push(Block::text(
        "Tôi cam đoan đã khai đầy đủ, rõ ràng, trung thực và chịu trách nhiệm trước Đảng về những nội dung đã khai.",
    ));
    personal(FORM, "Lý lịch", "của người xin vào Đảng", blocks, ("Người khai", &case.name))
}

fn certified(case: &Case) -> Document {
    let mut blocks = vec![title("Nhận xét của người, cơ quan thẩm tra")];
    blocks.extend(verifiers(&case.relatives));
    blocks.extend(lines(5));
    // Conclusion, certificate and both signatures stay together, however many were verified.
    blocks.push(Block::PageBreak);
    blocks.push(title(&format!("Kết luận của {}", or_dots(&case.branch))));
    blocks.extend(to_write("Về lý lịch, đạo đức, lối sống, quan hệ xã hội", 4));
    blocks.push(title(&format!("Chứng nhận của cấp ủy {}", or_dots(&case.base))));
    blocks.extend(lines(4));
    let signs = |name: &str| Issuer { superior: String::new(), name: or_dots(name).to_owned() }.signs();
    Document {
        title: "Lý lịch của người xin vào Đảng: thẩm tra, chứng nhận".to_owned(),
        heading: Heading { form: FORM.to_owned(), ..Heading::default() },
        kind: "Lý lịch".to_owned(),
        subject: format!("của người xin vào Đảng {}: thẩm tra, kết luận, chứng nhận", case.name),
        blocks,
        closing: Closing::TwoSides { left: signs(&case.branch), right: signs(&case.base) },
        ..Document::default()
    }
}
