//! Names of schools, companies and branches.

use chibo_organisation::kinds::Setting;

use crate::demo::seed::Seed;

const HEROES: &[&str] = &[
    "Nguyễn Hữu Huân",
    "Lê Quý Đôn",
    "Trần Phú",
    "Võ Thị Sáu",
    "Nguyễn Thị Minh Khai",
    "Marie Curie",
    "Hùng Vương",
    "Nguyễn Du",
    "Phan Đăng Lưu",
    "Trưng Vương",
    "Nguyễn Trãi",
    "Lương Thế Vinh",
    "Bùi Thị Xuân",
    "Nguyễn Khuyến",
    "Trần Đại Nghĩa",
    "Lê Hồng Phong",
    "Nguyễn Công Trứ",
    "Tây Thạnh",
    "Phú Nhuận",
    "Mạc Đĩnh Chi",
    "Nguyễn An Ninh",
    "Nguyễn Hiền",
    "Trần Quang Khải",
    "Ngô Quyền",
    "Tạ Quang Bửu",
    "Nguyễn Văn Linh",
    "Hoàng Hoa Thám",
    "Gia Định",
    "Thanh Đa",
    "Võ Trường Toản",
    "Trần Khai Nguyên",
    "Nguyễn Thái Bình",
    "Lý Thường Kiệt",
    "Phan Bội Châu",
];
const TRADES: &[&str] = &[
    "Xây dựng",
    "Dệt may",
    "Thương mại",
    "Cơ khí",
    "Thực phẩm",
    "Vận tải",
    "Giày da",
    "Điện tử",
    "Bao bì",
    "Nhựa",
    "Dược phẩm",
    "Thủy sản",
    "In ấn",
    "Kỹ thuật điện",
    "Gỗ",
    "Hóa chất",
    "Du lịch",
    "Công nghệ",
    "Logistics",
    "Gốm sứ",
];
const MARKS: &[&str] = &[
    "Phương Nam",
    "Đại Phát",
    "Minh Long",
    "Hưng Thịnh",
    "Việt Tiến",
    "An Phú",
    "Tân Tiến",
    "Hòa Bình",
    "Thành Công",
    "Sao Mai",
    "Bình Minh",
    "Gia Định",
    "Đông Á",
    "Nam Việt",
    "Thái Dương",
    "Kim Long",
    "Phú Cường",
    "Hải Âu",
    "Trường Thành",
    "Nhật Quang",
    "Toàn Cầu",
    "Sông Xanh",
    "Đồng Tâm",
    "Vạn Phúc",
];
const SUBJECTS: &[&str] = &[
    "Công nghệ thông tin",
    "Cơ khí",
    "Kinh tế",
    "Ngoại ngữ",
    "Khoa học cơ bản",
    "Luật",
    "Môi trường",
    "Điện – Điện tử",
    "Quản trị kinh doanh",
    "Lý luận chính trị",
    "Xây dựng",
    "Y học",
    "Sinh học",
    "Giáo dục",
    "Tài chính – Kế toán",
];
const MATTERS: &[&str] = &[
    "Kỹ thuật",
    "Dịch vụ công",
    "Bảo trợ xã hội",
    "Khuyến nông",
    "Đăng kiểm",
    "Quan trắc",
    "Văn hóa",
    "Thể thao",
    "Giống cây trồng",
    "Kiểm soát bệnh tật",
    "Đào tạo",
    "Lưu trữ",
    "Khu Thủ Thiêm",
    "Đường sắt đô thị",
    "Cây xanh",
];

/// Fills a plan's name: `{}` with the place, `*` with a made-up proper name, told apart by the running number.
pub fn base_name(plan: &str, place: &str, setting: Setting, number: u32, seed: &mut Seed) -> String {
    let name = plan.replace("{}", place);
    if !name.contains('*') {
        return name;
    }
    let proper = match setting {
        Setting::School if plan.contains("phổ thông") => seed.word(HEROES).to_owned(),
        Setting::School if plan.starts_with("Khoa") || plan.starts_with("Viện") || plan.contains("thành viên") => {
            let subject = SUBJECTS[number as usize % SUBJECTS.len()];
            let round = number as usize / SUBJECTS.len();
            if round == 0 { subject.to_owned() } else { format!("{subject} {}", round + 1) }
        }
        _ if plan.starts_with("Bệnh viện") => format!("{} {number}", seed.word(MARKS)),
        Setting::School | Setting::PrivateService => format!("{} {}", seed.word(SUBJECTS), seed.word(MARKS)),
        Setting::Police | Setting::Army => number.to_string(),
        Setting::PublicService | Setting::Office => format!("{} số {number}", seed.word(MATTERS)),
        _ => format!("{} {}", seed.word(TRADES), seed.word(MARKS)),
    };
    name.replace('*', &proper)
}

const OFFICE: &[&str] = &[
    "Văn phòng",
    "Phòng Tổ chức",
    "Phòng Tổng hợp",
    "Phòng Kế hoạch – Tài chính",
    "Phòng Nghiệp vụ",
    "Thanh tra",
    "Phòng Pháp chế",
];
const SCHOOL: &[&str] = &[
    "Khối Hành chính",
    "Tổ Khoa học tự nhiên",
    "Tổ Khoa học xã hội",
    "Phòng Đào tạo",
    "Sinh viên",
    "Tổ Ngoại ngữ",
    "Khoa Cơ bản",
];
const HEALTH: &[&str] =
    &["Phòng chức năng", "Khối Nội", "Khối Ngoại", "Khối Cận lâm sàng", "Khoa Cấp cứu", "Khoa Dược", "Khoa Khám bệnh"];
const FACTORY: &[&str] =
    &["Văn phòng", "Phân xưởng 1", "Phân xưởng 2", "Kinh doanh", "Kho vận", "Kỹ thuật", "Bảo vệ", "Cơ điện"];
const POLICE: &[&str] = &[
    "Đội Tham mưu",
    "Đội Điều tra",
    "Đội Cảnh sát giao thông",
    "Đội An ninh",
    "Đội Hậu cần",
    "Đội Quản lý hành chính",
];
const ARMY: &[&str] = &["Cơ quan chỉ huy", "Đại đội 1", "Đại đội 2", "Đại đội 3", "Trung đội Thông tin", "Ban Hậu cần"];

/// Name of branch `index` (from 0) inside a base organisation of this setting, without "Chi bộ ".
pub fn inner_branch(setting: Setting, index: usize) -> String {
    let names = match setting {
        Setting::Office => OFFICE,
        Setting::School | Setting::PrivateService => SCHOOL,
        Setting::PublicService => HEALTH,
        Setting::Police => POLICE,
        Setting::Army => ARMY,
        _ => FACTORY,
    };
    names.get(index).map_or_else(|| format!("số {}", index + 1), |name| (*name).to_owned())
}

/// What stands at place `index` (from 0) among the branches of a ward: mostly khu phố or ấp, the ward's offices early.
/// The number counts the branches of the same setting from 1.
pub fn ward_branch(
    index: usize,
    ward: &str,
    rural: bool,
    quarters: u32,
    others: u32,
    seed: &mut Seed,
) -> (Setting, String) {
    let setting = match index {
        1 | 8 => Setting::Office,
        3 | 10 | 15 => Setting::School,
        5 => Setting::Police,
        7 => Setting::Army,
        12 => Setting::PublicService,
        13 if rural => Setting::Cooperative,
        13 => Setting::PrivateEnterprise,
        i if i > 16 && i % 4 == 1 && !rural => Setting::Apartments,
        _ if rural => Setting::Hamlet,
        _ => Setting::Quarter,
    };
    let name = match (setting, index) {
        (Setting::Office, 1) => format!("Cơ quan Đảng – Đoàn thể {ward}"),
        (Setting::Office, _) => format!("Ủy ban nhân dân {ward}"),
        (Setting::School, 3) => format!("Trường Tiểu học {}", seed.word(HEROES)),
        (Setting::School, 10) => format!("Trường Trung học cơ sở {}", seed.word(HEROES)),
        (Setting::School, _) => format!("Trường Mầm non {}", seed.word(MARKS)),
        (Setting::Police, _) => format!("Công an {ward}"),
        (Setting::Army, _) => format!("Quân sự {ward}"),
        (Setting::PublicService, _) => format!("Trạm Y tế {ward}"),
        (Setting::Cooperative, _) => format!("Hợp tác xã Nông nghiệp {}", seed.word(MARKS)),
        (Setting::PrivateEnterprise, _) => format!("Công ty TNHH {} {}", seed.word(TRADES), seed.word(MARKS)),
        (Setting::Apartments, _) => format!("Chung cư {} {}", seed.word(MARKS), others + 1),
        (Setting::Hamlet, _) => quarter_name(Setting::Hamlet, quarters + 1),
        _ => quarter_name(Setting::Quarter, quarters + 1),
    };
    (setting, name)
}

/// `Khu phố 5`, `Ấp 5`.
pub fn quarter_name(setting: Setting, number: u32) -> String {
    format!("{} {number}", if setting == Setting::Hamlet { "Ấp" } else { "Khu phố" })
}
