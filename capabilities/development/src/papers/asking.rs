//! What the candidate and his introducers say: the application (1A- or 1B-KNĐ), the introduction by a member (3-KNĐ)
//! (MEM-10, MEM-12, MEM-13).

use chibo_papers::document::{Block, DOTS, Document};

use super::{Case, Introduced, dated, lines, or_dots, personal, to_write};

/// A or B: which is for what, the guidance we have does not say.
const APPLICATION_FORM: &str = "Mẫu 1…-KNĐ";

/// The application: written in own hand (MEM-13), so this is what is copied out.
pub(crate) fn application(case: &Case) -> Document {
    let Case { name, birth, sex, workplace, schooling, branch, base, certified, .. } = case;
    let mut blocks = vec![
        Block::text(format!("Kính gửi: {branch};")),
        Block::text(format!("{}.", or_dots(base))),
        Block::text(format!("Tôi là: {name}. Giới tính: {}. Sinh {birth}.", or_dots(sex))),
        Block::text(format!("Nơi sinh: {DOTS}{DOTS}. Quê quán: {DOTS}{DOTS}{DOTS}.")),
        Block::text(format!("Dân tộc: {DOTS}. Tôn giáo: {DOTS}. Trình độ học vấn: {}.", or_dots(schooling))),
        Block::text(format!("Nơi cư trú: {}.", DOTS.repeat(5))),
        Block::text(format!("Nghề nghiệp: {DOTS}{DOTS}. Đơn vị công tác, học tập: {}.", or_dots(workplace))),
        Block::text(format!(
            "Đã học lớp nhận thức về Đảng, giấy chứng nhận số {} {}.",
            or_dots(&certified.number),
            dated(certified.on)
        )),
        Block::text("Qua học tập và tìm hiểu Điều lệ Đảng, tôi nhận thức về Đảng như sau:"),
    ];
    blocks.extend(lines(10));
    blocks.extend(to_write("Động cơ xin vào Đảng của tôi", 8));
    blocks.push(Block::text(
        "Tôi tự nguyện làm đơn này xin được vào Đảng Cộng sản Việt Nam. Nếu được kết nạp, tôi nguyện chấp hành Cương lĩnh \
         chính trị, Điều lệ Đảng, nghị quyết, chỉ thị của Đảng, chính sách, pháp luật của Nhà nước, làm tốt nhiệm vụ đảng \
         viên.",
    ));
    blocks.push(Block::text("(Người xin vào Đảng tự viết tay đơn này.)"));
    personal(APPLICATION_FORM, "Đơn xin vào Đảng", "", blocks, ("Người làm đơn", name))
}

/// 3-KNĐ: one for each member who introduces; one with dots where nobody is known yet.
pub(crate) fn introduction(case: &Case) -> Vec<Document> {
    if case.members.is_empty() {
        return vec![by_member(case, &Introduced::default())];
    }
    case.members.iter().map(|one| by_member(case, one)).collect()
}

fn by_member(case: &Case, one: &Introduced) -> Document {
    let Case { name, birth, workplace, branch, .. } = case;
    let mut blocks = vec![
        Block::text(format!("Kính gửi: {branch}.")),
        Block::text(format!("Tôi là: {}, đảng viên chính thức.", or_dots(&one.name))),
        Block::text(format!("Vào Đảng {}. Chính thức {}.", dated(None), dated(None))),
        Block::text(format!("Chức vụ trong Đảng, chính quyền, đoàn thể: {}.", DOTS.repeat(3))),
        Block::text(format!("Đang sinh hoạt tại: {}.", DOTS.repeat(5))),
        Block::text(format!(
            "Cùng công tác, học tập hoặc cư trú với quần chúng {name}, sinh {birth}, {}, từ {}.",
            or_dots(workplace),
            dated(one.since)
        )),
        Block::text(format!("Tôi xin báo cáo với chi bộ những vấn đề chủ yếu của quần chúng {name} như sau:")),
    ];
    for matter in ["Về lý lịch", "Về phẩm chất chính trị", "Về đạo đức, lối sống", "Về năng lực công tác"]
    {
        blocks.extend(to_write(matter, 3));
    }
    blocks.extend(to_write("Về quan hệ quần chúng", 2));
    blocks.push(Block::text(format!(
        "Đối chiếu với tiêu chuẩn, điều kiện kết nạp đảng viên, tôi giới thiệu quần chúng {name} để chi bộ xem xét, kết nạp \
         vào Đảng và chịu trách nhiệm về lời giới thiệu của mình."
    )));
    personal("Mẫu 3-KNĐ", "Giấy giới thiệu", "người vào Đảng", blocks, ("Đảng viên giới thiệu", &one.name))
}
