//! The shorter code lists. Layout follows the statistical forms; the newest forms are not confirmed (domain 13).

use super::{Code, UNKNOWN, also, code};

/// Sex (giới tính).
pub const SEXES: &[Code] =
    &[UNKNOWN, also(1, "male", "nam", "male", &["m", "trai"]), also(2, "female", "nữ", "female", &["f", "gái"])];

/// Standing (trạng thái hoạt động).
pub const STANDINGS: &[Code] = &[
    UNKNOWN,
    also(1, "probationary", "dự bị", "probationary", &["đảng viên dự bị"]),
    also(2, "official", "chính thức", "official", &["đảng viên chính thức", "đang sinh hoạt", "đang sinh hoạt Đảng"]),
    also(3, "exempted", "miễn sinh hoạt", "exempted", &["miễn công tác và sinh hoạt", "miễn công tác, sinh hoạt"]),
    also(4, "suspended", "đình chỉ sinh hoạt", "suspended", &["đình chỉ"]),
    also(5, "interrupted", "gián đoạn sinh hoạt", "interrupted", &["gián đoạn"]),
    also(6, "left", "rời khỏi Đảng", "left the Party", &["ra khỏi Đảng", "ra đảng"]),
    also(7, "deceased", "từ trần", "deceased", &["đã mất", "chết"]),
    also(8, "transferred-out", "đã chuyển đi", "transferred out", &["chuyển đi", "chuyển sinh hoạt đi nơi khác"]),
];

/// Religion (tôn giáo).
pub const RELIGIONS: &[Code] = &[
    UNKNOWN,
    also(1, "none", "không", "none", &["không theo tôn giáo", "ko", "không có"]),
    also(2, "buddhist", "Phật giáo", "Buddhist", &["Phật", "đạo Phật"]),
    also(3, "catholic", "Công giáo", "Catholic", &["Thiên Chúa giáo", "Thiên Chúa", "Kitô giáo", "đạo Thiên Chúa"]),
    also(4, "protestant", "Tin Lành", "Protestant", &["đạo Tin Lành"]),
    also(5, "hoa-hao", "Hòa Hảo", "Hòa Hảo", &["Phật giáo Hòa Hảo", "PGHH"]),
    also(6, "cao-dai", "Cao Đài", "Cao Đài", &["đạo Cao Đài"]),
    also(7, "muslim", "Hồi giáo", "Muslim", &["đạo Hồi", "Islam"]),
    also(8, "other", "tôn giáo khác", "other", &["khác"]),
];

/// General education (giáo dục phổ thông), highest level completed, whatever the 10- or 12-year system.
pub const GENERAL_EDUCATION: &[Code] = &[
    UNKNOWN,
    also(1, "below-primary", "chưa tốt nghiệp tiểu học", "below primary", &["biết đọc biết viết"]),
    also(2, "primary", "tiểu học", "primary", &["cấp 1", "cấp I", "5/12"]),
    also(3, "lower-secondary", "trung học cơ sở", "lower secondary", &["THCS", "cấp 2", "cấp II", "9/12", "7/10"]),
    also(
        4,
        "upper-secondary",
        "trung học phổ thông",
        "upper secondary",
        &["THPT", "cấp 3", "cấp III", "12/12", "10/10", "BTVH 12/12"],
    ),
];

/// Highest professional level (trình độ chuyên môn).
pub const DEGREES: &[Code] = &[
    UNKNOWN,
    also(1, "none", "chưa qua đào tạo", "none", &["không", "không có"]),
    also(2, "elementary", "sơ cấp", "elementary or skilled worker", &["công nhân kỹ thuật", "CNKT", "sơ cấp/CNKT"]),
    also(3, "intermediate", "trung cấp", "intermediate", &["TC", "trung học chuyên nghiệp"]),
    also(4, "college", "cao đẳng", "college", &["CĐ"]),
    also(5, "university", "đại học", "university", &["ĐH", "cử nhân", "kỹ sư", "bác sĩ"]),
    also(6, "master", "thạc sĩ", "master", &["ThS", "thạc sỹ"]),
    also(7, "doctor", "tiến sĩ", "doctor", &["TS", "tiến sỹ", "tiến sĩ khoa học"]),
];

/// Academic title (học hàm).
pub const ACADEMIC_TITLES: &[Code] = &[
    UNKNOWN,
    also(1, "none", "không", "none", &["không có"]),
    also(2, "associate-professor", "phó giáo sư", "associate professor", &["PGS"]),
    also(3, "professor", "giáo sư", "professor", &["GS"]),
];

/// Political theory (lý luận chính trị).
pub const THEORY: &[Code] = &[
    UNKNOWN,
    also(1, "none", "chưa qua đào tạo", "none", &["không", "chưa"]),
    also(2, "elementary", "sơ cấp", "elementary", &["SC"]),
    also(3, "intermediate", "trung cấp", "intermediate", &["TC"]),
    also(4, "advanced", "cao cấp", "advanced", &["CC"]),
    also(5, "bachelor", "cử nhân", "bachelor", &["CN"]),
];

/// Occupation (nghề nghiệp).
pub const OCCUPATIONS: &[Code] = &[
    UNKNOWN,
    also(1, "civil-servant", "cán bộ, công chức", "cadre or civil servant", &["công chức", "cán bộ", "CBCC"]),
    also(2, "public-employee", "viên chức", "public employee", &["giáo viên", "giảng viên", "y sĩ"]),
    also(3, "armed-forces", "lực lượng vũ trang", "armed forces", &["bộ đội", "quân đội", "công an", "quân nhân"]),
    also(4, "worker", "công nhân", "worker", &["công nhân viên"]),
    also(5, "farmer", "nông dân", "farmer", &["làm nông", "làm ruộng", "nông nghiệp"]),
    also(6, "labourer", "lao động", "other employment", &["lao động tự do", "nhân viên", "buôn bán", "nội trợ"]),
    also(7, "business-owner", "doanh nhân, chủ doanh nghiệp", "business owner", &["doanh nhân", "chủ doanh nghiệp"]),
    also(8, "student", "học sinh, sinh viên", "student", &["sinh viên", "học sinh", "HSSV"]),
    also(9, "retired", "hưu trí", "retired", &["nghỉ hưu", "cán bộ hưu trí"]),
    also(10, "other", "khác", "other", &["nghề khác"]),
];

/// Reason of increase (form 1-TCTW, part B).
pub const INCREASES: &[Code] = &[
    UNKNOWN,
    also(1, "admitted", "kết nạp", "admitted", &["kết nạp mới"]),
    also(2, "transferred-in", "chuyển đến", "transferred in", &["chuyển sinh hoạt đến"]),
    code(3, "readmitted", "kết nạp lại", "re-admitted"),
    also(4, "restored", "khôi phục quyền đảng viên", "restored", &["phục hồi đảng tịch"]),
    also(5, "other", "tăng khác", "other", &["khác"]),
];

/// Reason of decrease (form 1-TCTW, part C).
pub const DECREASES: &[Code] = &[
    UNKNOWN,
    also(1, "transferred-out", "chuyển đi", "transferred out", &["chuyển sinh hoạt đi"]),
    also(2, "died", "từ trần", "died", &["chết"]),
    also(3, "struck-off", "xóa tên", "struck off", &["xóa tên trong danh sách đảng viên"]),
    also(4, "allowed-to-leave", "xin ra khỏi Đảng", "asked to leave", &["cho ra", "xin ra"]),
    code(5, "expelled", "khai trừ", "expelled"),
    also(6, "other", "giảm khác", "other", &["khác"]),
];

/// Age bands of the statistical forms.
pub const AGE_BANDS: &[Code] = &[
    UNKNOWN,
    code(1, "18-30", "18–30 tuổi", "18–30"),
    code(2, "31-35", "31–35 tuổi", "31–35"),
    code(3, "36-40", "36–40 tuổi", "36–40"),
    code(4, "41-45", "41–45 tuổi", "41–45"),
    code(5, "46-50", "46–50 tuổi", "46–50"),
    code(6, "51-55", "51–55 tuổi", "51–55"),
    code(7, "56-60", "56–60 tuổi", "56–60"),
    code(8, "over-60", "trên 60 tuổi", "over 60"),
];

/// Party-age bands (tuổi đảng) of five years.
pub const PARTY_AGE_BANDS: &[Code] = &[
    UNKNOWN,
    code(1, "under-5", "dưới 5 năm", "under 5 years"),
    code(2, "5-9", "5–9 năm", "5–9 years"),
    code(3, "10-14", "10–14 năm", "10–14 years"),
    code(4, "15-19", "15–19 năm", "15–19 years"),
    code(5, "20-24", "20–24 năm", "20–24 years"),
    code(6, "25-29", "25–29 năm", "25–29 years"),
    code(7, "30-34", "30–34 năm", "30–34 years"),
    code(8, "35-39", "35–39 năm", "35–39 years"),
    code(9, "40-44", "40–44 năm", "40–44 years"),
    code(10, "45-49", "45–49 năm", "45–49 years"),
    code(11, "50-54", "50–54 năm", "50–54 years"),
    code(12, "55-59", "55–59 năm", "55–59 years"),
    code(13, "60-64", "60–64 năm", "60–64 years"),
    code(14, "65-69", "65–69 năm", "65–69 years"),
    code(15, "70-74", "70–74 năm", "70–74 years"),
    code(16, "75-79", "75–79 năm", "75–79 years"),
    code(17, "80-84", "80–84 năm", "80–84 years"),
    code(18, "85-89", "85–89 năm", "85–89 years"),
    code(19, "from-90", "từ 90 năm", "90 years and more"),
];

/// Entry of `AGE_BANDS` for an age in months (X-02: spans are counted by month); 0 below 18 years.
///
/// A band ends with the last month of its last year: 30 years and 11 months is still 18–30.
pub fn age_band(months: i32) -> u8 {
    match months.div_euclid(12) {
        ..18 => 0,
        18..=30 => 1,
        years @ 31..=60 => ((years - 31) / 5 + 2) as u8,
        61.. => 8,
    }
}

/// Entry of `PARTY_AGE_BANDS` for a Party age in months; 0 when negative.
pub fn party_age_band(months: i32) -> u8 {
    match months.div_euclid(12) {
        ..0 => 0,
        years @ 0..90 => (years / 5 + 1) as u8,
        90.. => 19,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x_02_bands_are_counted_by_month() {
        for (months, key) in [
            (18 * 12 - 1, "unknown"),
            (18 * 12, "18-30"),
            (31 * 12 - 1, "18-30"),
            (31 * 12, "31-35"),
            (36 * 12 - 1, "31-35"),
            (60 * 12, "56-60"),
            (61 * 12 - 1, "56-60"),
            (61 * 12, "over-60"),
        ] {
            assert_eq!(AGE_BANDS[usize::from(age_band(months))].key, key, "{months}");
        }
        for (months, key) in [
            (-1, "unknown"),
            (0, "under-5"),
            (59, "under-5"),
            (60, "5-9"),
            (359, "25-29"),
            (360, "30-34"),
            (1200, "from-90"),
        ] {
            assert_eq!(PARTY_AGE_BANDS[usize::from(party_age_band(months))].key, key, "{months}");
        }
    }
}
