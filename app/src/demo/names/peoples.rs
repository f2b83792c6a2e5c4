//! Names of other peoples in their own form.

use chibo_members::codes::Sex;

use super::kinh;
use crate::demo::seed::Seed;

const TAY_NUNG: &[(&str, u16)] = &[
    ("Nông", 20),
    ("Hoàng", 20),
    ("Lương", 8),
    ("Vi", 8),
    ("Bế", 7),
    ("Triệu", 7),
    ("Đàm", 5),
    ("Ma", 5),
    ("Hứa", 4),
    ("Lô", 3),
    ("Mông", 3),
    ("Chu", 3),
];
const MUONG: &[(&str, u16)] = &[("Bùi", 40), ("Đinh", 20), ("Quách", 15), ("Bạch", 10), ("Hà", 8), ("Phạm", 7)];
const THAI: &[(&str, u16)] =
    &[("Lò", 30), ("Vi", 18), ("Quàng", 12), ("Lường", 12), ("Cầm", 9), ("Hà", 8), ("Cà", 6), ("Lô", 5)];
const DAO: &[(&str, u16)] =
    &[("Bàn", 25), ("Đặng", 20), ("Triệu", 18), ("Phàn", 12), ("Tẩn", 10), ("Chảo", 8), ("Lý", 7)];
const CHO_RO: &[(&str, u16)] =
    &[("Dương", 25), ("Đào", 25), ("Hồng", 15), ("Lý", 12), ("Điểu", 10), ("Thổ", 8), ("Văn", 5)];

/// Surnames of a people with Kinh-style names.
pub fn surnames(ethnicity: u8) -> &'static [(&'static str, u16)] {
    match ethnicity {
        2 | 7 => TAY_NUNG,
        3 => THAI,
        6 => MUONG,
        9 => DAO,
        32 => CHO_RO,
        _ => kinh::SURNAMES,
    }
}

fn of(sex: Sex, men: &[&'static str], women: &[&'static str], seed: &mut Seed) -> &'static str {
    seed.word(if sex == Sex::Male { men } else { women })
}

/// Two words, no family name: the former royal family's generation word and a given name (Bảo Ân).
pub fn royal(seed: &mut Seed) -> String {
    let generation = seed.word(&["Bảo", "Vĩnh", "Bửu", "Ưng"]);
    let given = seed.word(&["Ân", "Lộc", "Khánh", "Quyền", "Hội", "Trị", "Chỉ", "Dương", "Kế", "Điềm"]);
    format!("{generation} {given}")
}

/// Hoa: Trần Vĩ Cường, Lý Mỹ Linh.
pub fn hoa(seed: &mut Seed, sex: Sex) -> String {
    const SURNAMES: &[&str] = &[
        "Trần", "Lý", "Lâm", "Huỳnh", "Quách", "Vương", "Lưu", "Châu", "Tăng", "Thái", "Tô", "Mã", "Lương", "Giang",
        "Ngũ", "Trịnh", "Phùng", "Hứa", "Tiêu", "Diệp", "La", "Ôn", "Tạ", "Ông", "Nhan", "Khưu",
    ];
    let middle = of(
        sex,
        &["Chí", "Vĩ", "Gia", "Tuấn", "Kiến", "Quốc", "Diệu", "Chấn", "Vĩnh", "Bỉnh", "Cẩm", "Thiệu", "Sĩ", "Triệu"],
        &["Mỹ", "Huệ", "Bội", "Tú", "Lệ", "Ái", "Tuệ", "Bảo", "Gia", "Thục", "Ngọc", "Uyển", "Tố"],
        seed,
    );
    let given = of(
        sex,
        &[
            "Cường",
            "Hào",
            "Hùng",
            "Phát",
            "Quân",
            "Dân",
            "Vinh",
            "Hoa",
            "Minh",
            "Lương",
            "Đường",
            "Nguyên",
            "Bang",
            "Tài",
        ],
        &["Linh", "Nghi", "Bình", "San", "Dung", "Phân", "Anh", "Quân", "Lan", "Trân", "Nhi", "Hà", "Muối", "Lệ"],
        seed,
    );
    format!("{} {middle} {given}", seed.word(SURNAMES))
}

/// Khmer: Thạch Sa Rây, Kim Thị Sô Phia.
pub fn khmer(seed: &mut Seed, sex: Sex) -> String {
    let surname = seed.word(&["Thạch", "Kim", "Sơn", "Danh", "Lâm", "Châu", "Kiên", "Tăng", "Trầm", "Chau"]);
    let given = of(
        sex,
        &[
            "Sa Rây",
            "Sóc Kha",
            "Đa Ra",
            "Sa Vonl",
            "Phol",
            "Ngọc Thành",
            "Hoàng Sơn",
            "Sên",
            "Rết",
            "Minh Hiếu",
            "Vi Sal",
        ],
        &["Thị Sô Phia", "Thị Sà Phi", "Thị Ra", "Thị Sa Ri", "Thị Bô Pha", "Thị Chanh Đa", "Thị Ngọc Hân", "Thị Thol"],
        seed,
    );
    format!("{surname} {given}")
}

/// Hmông: Giàng A Câu, Vừ Thị Dợ.
pub fn hmong(seed: &mut Seed, sex: Sex) -> String {
    let clan = seed.word(&["Giàng", "Vàng", "Sùng", "Thào", "Vừ", "Lầu", "Hạng", "Mùa", "Cứ", "Lý", "Má"]);
    let given = of(
        sex,
        &["A Câu", "A Chứ", "A Páo", "A Dơ", "A Sử", "A Phình", "A Lử", "A Chu", "A Tủa", "Seo Vư"],
        &["Thị Dợ", "Thị Mỷ", "Thị Chá", "Thị Sua", "Thị Pà", "Thị Mai", "Thị Dúa", "Thị Xia"],
        seed,
    );
    format!("{clan} {given}")
}

/// Gia-rai: Ksor Phước, Siu H'Krơ.
pub fn gia_rai(seed: &mut Seed, sex: Sex) -> String {
    let clan = seed.word(&["Ksor", "Siu", "Rơ Mah", "Rơ Lan", "Nay", "Kpă", "Rcom", "Rah Lan", "Puih"]);
    let given = of(
        sex,
        &["Phước", "Tuân", "Hùng", "Blin", "Thin", "Kơk", "Nguyên", "Y Thắng"],
        &["H'Krơ", "H'Nhung", "H'Bia", "H'Lan", "H'Chuyên", "H'Ngân"],
        seed,
    );
    format!("{clan} {given}")
}

/// Ê-đê: H'Hen Niê, Y Thông Mlô; the clan stands last.
pub fn e_de(seed: &mut Seed, sex: Sex) -> String {
    let given = of(
        sex,
        &["Y Thông", "Y Wang", "Y Blơ", "Y Nguôm", "Y Bhiông", "Y Suê", "Y Tru", "Y Khoa", "Y Duyên"],
        &["H'Hen", "H'Loan", "H'Yim", "H'Linh", "H'Liêr", "H'Zuôn", "H'Kiều", "H'Ngọc", "H'Bia"],
        seed,
    );
    format!("{given} {}", seed.word(&["Niê", "Mlô", "Êban", "Ayŭn", "Byă", "Kbuôr", "Hđơk", "Êñuôl", "Niê Kdăm"]))
}

/// Cơ-ho: K'Tiêu, Ka Hiền; one name only.
pub fn co_ho(seed: &mut Seed, sex: Sex) -> String {
    of(
        sex,
        &["K'Tiêu", "K'Brèo", "K'Brel", "K'Điệp", "K'Hùng", "K'Thuận", "K'Vinh", "K'Đức"],
        &["Ka Hiền", "Ka Thủy", "Ka Sương", "Ka Nhung", "Ka Duyên", "Ka Hằng"],
        seed,
    )
    .to_owned()
}

/// Chăm: Đàng Năng Thọ, Bá Thị Kiều.
pub fn cham(seed: &mut Seed, sex: Sex) -> String {
    let surname =
        seed.word(&["Đàng", "Bá", "Thành", "Quảng", "Lộ", "Não", "Từ", "Thiên", "Trượng", "Châu", "Báo", "Hán", "Đạo"]);
    let given = of(
        sex,
        &["Năng Thọ", "Văn Kên", "Trung Phụ", "Minh Tuấn", "Ngọc Có", "Văn Phấn", "Năng Tường", "Thanh Phát"],
        &["Thị Kiều", "Thị Hạnh", "Thị Mỹ Dung", "Nữ Thùy", "Thị Xuân", "Thị Ngọc Loan", "Thị Sa"],
        seed,
    );
    format!("{surname} {given}")
}

/// Xtiêng: Điểu Minh, Thị Khê.
pub fn xtieng(seed: &mut Seed, sex: Sex) -> String {
    of(
        sex,
        &["Điểu Minh", "Điểu Sơn", "Điểu Hùng", "Điểu Lên", "Điểu Khuê", "Điểu Bình", "Điểu Thành"],
        &["Thị Khê", "Thị Lan", "Điểu Thị Hoa", "Thị Mai", "Điểu Thị Loan", "Thị Hương"],
        seed,
    )
    .to_owned()
}
