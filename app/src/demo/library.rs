//! What the city gives its branches for their meetings: models to learn from, guidance, resolutions to be studied.

use chibo_census::Census;
use chibo_kernel::{AsOf, Day, Id, Problem, Unit};
use chibo_meetings::actions::{Model, guide, publish, register_study};
use chibo_meetings::rules::Study;
use chibo_organisation::kinds::Setting;
use chibo_store::Op;

use super::TODAY;

/// Setting, title, agenda, what others can learn.
const MODELS: [(Setting, &str, &str, &str); 3] = [
    (
        Setting::Quarter,
        "Sinh hoạt mẫu: giữ gìn nếp sống ở khu phố",
        "Tình hình tư tưởng đảng viên và nhân dân khu phố\nKết quả việc được giao tháng trước\nGóp ý dự thảo quy ước khu phố\n\
         Phân công đảng viên phụ trách hộ",
        "Gửi dự thảo trước ba ngày; mỗi tổ đảng cử một người phát biểu; nghị quyết chỉ có ba việc, có người và ngày.",
    ),
    (
        Setting::School,
        "Sinh hoạt mẫu: tạo nguồn phát triển đảng viên trong sinh viên",
        "Thông tin thời sự, chính sách mới\nTình hình đoàn viên ưu tú\nThảo luận cách giúp đỡ quần chúng\nKết luận, phân công",
        "Mời bí thư đoàn dự và nói trước; số liệu treo trên bảng, không đọc báo cáo dài.",
    ),
    (
        Setting::PrivateEnterprise,
        "Sinh hoạt mẫu: chi bộ lãnh đạo sản xuất, giữ việc làm",
        "Tình hình đơn hàng, tiền lương, tư tưởng người lao động\nViệc chi ủy đã làm\nThảo luận: kiến nghị với ban giám đốc\n\
         Kết luận, phân công",
        "Họp đầu ca, không quá 90 phút; kiến nghị ghi rõ ai chuyển, khi nào trả lời.",
    ),
];

const GUIDANCE: [(Setting, &str); 2] = [
    (
        Setting::Quarter,
        "Chi bộ khu phố: mỗi kỳ có một nội dung thiết thực của nhân dân; đảng viên cao tuổi được nghe tài liệu trước; kết luận \
         không quá ba việc.",
    ),
    (
        Setting::School,
        "Chi bộ trường học: sinh hoạt chuyên đề gắn với năm học; đảng viên dự bị phát biểu ít nhất một lần trong quý.",
    ),
];

const STUDIES: [(&str, &str); 2] = [
    ("01-NQ/ĐH", "Nghị quyết Đại hội đại biểu Đảng bộ Thành phố"),
    ("07-NQ/TU", "Nghị quyết về nâng cao chất lượng sinh hoạt chi bộ"),
];

fn city(op: &Op<'_, '_>) -> Option<Id<Unit>> {
    let census = op.beside::<Census>()?;
    let forest = census.forest();
    forest.tree(AsOf::on(TODAY)).unit(0).and_then(|no| forest.id(no))
}

/// Writes all of it for the city.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let Some(city) = city(op) else { return Ok(()) };
    for (setting, title, agenda, lessons) in MODELS {
        let model = Model {
            setting: setting.number(),
            title: title.to_owned(),
            agenda: agenda.to_owned(),
            minutes: "Chủ trì nêu việc; từng người góp ý; thư ký ghi ý kiến; biểu quyết kết luận.".to_owned(),
            lessons: lessons.to_owned(),
        };
        publish(op, city, None, &model)?;
    }
    let from = TODAY.plus_months(-6);
    for (setting, body) in GUIDANCE {
        guide(op, city, setting.number(), (from, Day::FOREVER), body)?;
    }
    for (at, (number, title)) in (1..).zip(STUDIES) {
        let study = Study {
            number: number.to_owned(),
            title: title.to_owned(),
            issuer: "Ban Chấp hành Đảng bộ Thành phố".to_owned(),
            issued: TODAY.plus_months(-at),
            due: TODAY.plus_months(2 - at),
        };
        register_study(op, city, &study)?;
    }
    Ok(())
}
