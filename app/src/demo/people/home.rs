//! Where people come from: people (ethnicity), religion, home province.

use crate::demo::city::Area;
use crate::demo::seed::Seed;

const COMMON: &[(u8, u16)] = &[
    (1, 9_690),
    (4, 110),
    (5, 45),
    (2, 40),
    (7, 22),
    (6, 24),
    (3, 14),
    (17, 12),
    (32, 6),
    (9, 4),
    (12, 5),
    (10, 4),
    (16, 4),
    (22, 4),
    (8, 3),
    (15, 3),
    (18, 2),
    (13, 2),
    (19, 2),
    (21, 2),
    (20, 1),
    (24, 1),
    (28, 1),
];
const CHO_LON: &[(u8, u16)] = &[(1, 8_900), (4, 1_000), (5, 50), (17, 50)];
const CHO_RO: &[(u8, u16)] = &[(1, 9_600), (32, 250), (4, 60), (2, 40), (7, 30), (5, 20)];

/// Entry of `ETHNICITIES`.
pub fn ethnicity(seed: &mut Seed, area: Area) -> u8 {
    let shares = match area {
        Area::Common => COMMON,
        Area::ChoLon => CHO_LON,
        Area::ChoRo => CHO_RO,
    };
    seed.weighed(shares).unwrap_or(1)
}

/// Entry of `RELIGIONS`; most members state none.
pub fn religion(seed: &mut Seed, ethnicity: u8) -> u8 {
    let shares: &[(u8, u16)] = match ethnicity {
        4 => &[(1, 840), (2, 150), (3, 10)],
        5 => &[(1, 600), (2, 400)],
        8 | 10 | 12 | 16 | 20 => &[(1, 800), (4, 140), (3, 60)],
        17 => &[(1, 450), (7, 500), (8, 50)],
        _ => &[(1, 905), (2, 59), (3, 22), (6, 6), (4, 4), (5, 3), (8, 1)],
    };
    seed.weighed(shares).unwrap_or(1)
}

/// Code and name of a province as named until 30 June 2025.
pub type Province = (u16, &'static str);

/// The 63 provinces with the share of those who moved to the city from there.
const PROVINCES: &[(Province, u16)] = &[
    ((1, "Thành phố Hà Nội"), 42),
    ((2, "Tỉnh Hà Giang"), 1),
    ((4, "Tỉnh Cao Bằng"), 3),
    ((6, "Tỉnh Bắc Kạn"), 1),
    ((8, "Tỉnh Tuyên Quang"), 3),
    ((10, "Tỉnh Lào Cai"), 1),
    ((11, "Tỉnh Điện Biên"), 1),
    ((12, "Tỉnh Lai Châu"), 1),
    ((14, "Tỉnh Sơn La"), 2),
    ((15, "Tỉnh Yên Bái"), 2),
    ((17, "Tỉnh Hòa Bình"), 3),
    ((19, "Tỉnh Thái Nguyên"), 6),
    ((20, "Tỉnh Lạng Sơn"), 3),
    ((22, "Tỉnh Quảng Ninh"), 8),
    ((24, "Tỉnh Bắc Giang"), 11),
    ((25, "Tỉnh Phú Thọ"), 13),
    ((26, "Tỉnh Vĩnh Phúc"), 8),
    ((27, "Tỉnh Bắc Ninh"), 11),
    ((30, "Tỉnh Hải Dương"), 24),
    ((31, "Thành phố Hải Phòng"), 21),
    ((33, "Tỉnh Hưng Yên"), 20),
    ((34, "Tỉnh Thái Bình"), 38),
    ((35, "Tỉnh Hà Nam"), 19),
    ((36, "Tỉnh Nam Định"), 41),
    ((37, "Tỉnh Ninh Bình"), 17),
    ((38, "Tỉnh Thanh Hóa"), 56),
    ((40, "Tỉnh Nghệ An"), 62),
    ((42, "Tỉnh Hà Tĩnh"), 44),
    ((44, "Tỉnh Quảng Bình"), 18),
    ((45, "Tỉnh Quảng Trị"), 18),
    ((46, "Thành phố Huế"), 27),
    ((48, "Thành phố Đà Nẵng"), 13),
    ((49, "Tỉnh Quảng Nam"), 45),
    ((51, "Tỉnh Quảng Ngãi"), 47),
    ((52, "Tỉnh Bình Định"), 42),
    ((54, "Tỉnh Phú Yên"), 18),
    ((56, "Tỉnh Khánh Hòa"), 14),
    ((58, "Tỉnh Ninh Thuận"), 7),
    ((60, "Tỉnh Bình Thuận"), 14),
    ((62, "Tỉnh Kon Tum"), 2),
    ((64, "Tỉnh Gia Lai"), 5),
    ((66, "Tỉnh Đắk Lắk"), 8),
    ((67, "Tỉnh Đắk Nông"), 2),
    ((68, "Tỉnh Lâm Đồng"), 12),
    ((70, "Tỉnh Bình Phước"), 7),
    ((72, "Tỉnh Tây Ninh"), 26),
    ((74, "Tỉnh Bình Dương"), 14),
    ((75, "Tỉnh Đồng Nai"), 22),
    ((77, "Tỉnh Bà Rịa – Vũng Tàu"), 9),
    ((79, "Thành phố Hồ Chí Minh"), 60),
    ((80, "Tỉnh Long An"), 56),
    ((82, "Tỉnh Tiền Giang"), 62),
    ((83, "Tỉnh Bến Tre"), 64),
    ((84, "Tỉnh Trà Vinh"), 21),
    ((86, "Tỉnh Vĩnh Long"), 25),
    ((87, "Tỉnh Đồng Tháp"), 24),
    ((89, "Tỉnh An Giang"), 17),
    ((91, "Tỉnh Kiên Giang"), 12),
    ((92, "Thành phố Cần Thơ"), 16),
    ((93, "Tỉnh Hậu Giang"), 5),
    ((94, "Tỉnh Sóc Trăng"), 10),
    ((95, "Tỉnh Bạc Liêu"), 7),
    ((96, "Tỉnh Cà Mau"), 13),
];

/// Where smaller peoples mostly live; `None` for those found everywhere.
fn homeland(seed: &mut Seed, ethnicity: u8) -> Option<u16> {
    let codes: &[u16] = match ethnicity {
        2 | 7 => &[4, 20, 6, 24],
        3 => &[14, 40, 11],
        5 => &[84, 94, 91, 89],
        6 => &[17, 38, 25],
        8 => &[2, 11, 14, 10],
        9 => &[8, 10, 2],
        10 => &[64],
        12 => &[66],
        13 | 14 => &[62, 64],
        16 | 28 => &[68],
        17 => &[58, 60, 89, 79],
        19 => &[51],
        20 => &[67],
        21 => &[58, 56],
        22 => &[70, 74],
        32 => &[75, 77],
        _ => &[],
    };
    seed.pick(codes)
}

/// Home province: that of the homeland, else four in ten the branch's own province, else by who moved to the city.
pub fn province(seed: &mut Seed, ethnicity: u8, branch: u8) -> Province {
    let own = [79, 74, 77][usize::from(branch.min(2))];
    let code = homeland(seed, ethnicity).or_else(|| seed.chance(380).then_some(own));
    let known = code.and_then(|code| PROVINCES.iter().find(|((c, _), _)| *c == code)).map(|(province, _)| *province);
    known.or_else(|| seed.weighed(PROVINCES)).unwrap_or((79, "Thành phố Hồ Chí Minh"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_63_provinces_and_every_homeland_is_one() {
        assert_eq!(PROVINCES.len(), 63);
        let mut seed = Seed::of(0, 0);
        for ethnicity in 1..=55 {
            for _ in 0..20 {
                if let Some(code) = homeland(&mut seed, ethnicity) {
                    assert!(PROVINCES.iter().any(|((c, _), _)| *c == code), "{code}");
                }
            }
        }
    }
}
