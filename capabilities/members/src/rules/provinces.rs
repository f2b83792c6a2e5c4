//! Codes of provinces at the head of identification numbers (DPD-30): the 63 of before 1 July 2025, with which numbers were
//! given until then and which nobody's number loses, and which of them the 34 of today go on using.

/// A province as numbers name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Province {
    /// The two last of the three digits; the first is 0.
    pub code: u8,
    /// Its name before 1 July 2025.
    pub name: &'static str,
    /// The name of the province that has the code today; empty for codes of before only.
    pub today: &'static str,
}

const fn both(code: u8, name: &'static str) -> Province {
    Province { code, name, today: name }
}

const fn other(code: u8, name: &'static str, today: &'static str) -> Province {
    Province { code, name, today }
}

const fn old(code: u8, name: &'static str) -> Province {
    Province { code, name, today: "" }
}

/// Every code, ascending.
pub const PROVINCES: [Province; 63] = [
    both(1, "Hà Nội"),
    old(2, "Hà Giang"),
    both(4, "Cao Bằng"),
    old(6, "Bắc Kạn"),
    both(8, "Tuyên Quang"),
    old(10, "Lào Cai"),
    both(11, "Điện Biên"),
    both(12, "Lai Châu"),
    both(14, "Sơn La"),
    other(15, "Yên Bái", "Lào Cai"),
    old(17, "Hòa Bình"),
    both(19, "Thái Nguyên"),
    both(20, "Lạng Sơn"),
    both(22, "Quảng Ninh"),
    other(24, "Bắc Giang", "Bắc Ninh"),
    both(25, "Phú Thọ"),
    old(26, "Vĩnh Phúc"),
    old(27, "Bắc Ninh"),
    old(30, "Hải Dương"),
    both(31, "Hải Phòng"),
    both(33, "Hưng Yên"),
    old(34, "Thái Bình"),
    old(35, "Hà Nam"),
    old(36, "Nam Định"),
    both(37, "Ninh Bình"),
    both(38, "Thanh Hóa"),
    both(40, "Nghệ An"),
    both(42, "Hà Tĩnh"),
    other(44, "Quảng Bình", "Quảng Trị"),
    old(45, "Quảng Trị"),
    other(46, "Thừa Thiên Huế", "Huế"),
    both(48, "Đà Nẵng"),
    old(49, "Quảng Nam"),
    both(51, "Quảng Ngãi"),
    other(52, "Bình Định", "Gia Lai"),
    old(54, "Phú Yên"),
    both(56, "Khánh Hòa"),
    old(58, "Ninh Thuận"),
    old(60, "Bình Thuận"),
    old(62, "Kon Tum"),
    old(64, "Gia Lai"),
    both(66, "Đắk Lắk"),
    old(67, "Đắk Nông"),
    both(68, "Lâm Đồng"),
    old(70, "Bình Phước"),
    old(72, "Tây Ninh"),
    old(74, "Bình Dương"),
    both(75, "Đồng Nai"),
    old(77, "Bà Rịa – Vũng Tàu"),
    both(79, "Thành phố Hồ Chí Minh"),
    other(80, "Long An", "Tây Ninh"),
    other(82, "Tiền Giang", "Đồng Tháp"),
    old(83, "Bến Tre"),
    old(84, "Trà Vinh"),
    both(86, "Vĩnh Long"),
    old(87, "Đồng Tháp"),
    old(89, "An Giang"),
    other(91, "Kiên Giang", "An Giang"),
    both(92, "Cần Thơ"),
    old(93, "Hậu Giang"),
    old(94, "Sóc Trăng"),
    old(95, "Bạc Liêu"),
    both(96, "Cà Mau"),
];

/// Codes of countries, for those whose birth was registered abroad, begin here; which there are is not kept.
const COUNTRIES_FROM: u16 = 101;

/// Whether the three digits at the head of a number stand for a province of today or before, or for a country.
pub fn is_known(head: u16) -> bool {
    head >= COUNTRIES_FROM || PROVINCES.iter().any(|province| u16::from(province.code) == head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dpd_30_sixty_three_provinces_of_before_and_thirty_four_of_today() {
        assert!(PROVINCES.windows(2).all(|two| two[0].code < two[1].code));
        assert_eq!(PROVINCES.iter().filter(|province| !province.today.is_empty()).count(), 34);
        let mut names: Vec<_> = PROVINCES.iter().map(|province| province.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 63);
    }

    #[test]
    fn dpd_30_codes_of_before_and_of_countries_are_known_and_gaps_are_not() {
        for head in [1, 26, 77, 79, 96, 101, 280] {
            assert!(is_known(head), "{head}");
        }
        for head in [0, 3, 13, 78, 97, 100] {
            assert!(!is_known(head), "{head}");
        }
    }
}
