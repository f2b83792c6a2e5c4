//! What a city is made of besides its wards: attached organisations, base organisations, branches. Plausible, not a
//! register: the people in them are made up.

use chibo_organisation::kinds::Setting::{
    self, Army, Cooperative, ForeignEnterprise, JointStock, Office, Police, PrivateEnterprise, PrivateService,
    PublicService, School, StateEnterprise,
};

/// Field an attached organisation works in; decides what its base organisations are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Quận, huyện, thành phố thuộc tỉnh: what stands at district level besides the wards.
    District,
    /// Party committees' offices, Front and mass organisations, courts.
    PartyOffices,
    /// People's committee with departments, hospitals, schools.
    Government,
    /// Police.
    Police,
    /// Army.
    Army,
    /// Border guard.
    BorderGuard,
    /// University.
    University,
    /// State corporation with its companies.
    Corporation,
    /// Industrial zones: foreign and private enterprises.
    Zone,
}

/// Where a base organisation goes on 1 July 2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    /// Stays where it is (its attached organisation lives on).
    Stays,
    /// To the new ward at the seat of the former district.
    Seat,
    /// To the city-level organisation of this field.
    To(Field),
}

/// An attached organisation that is not a district.
pub struct Attached {
    /// Province it stands in: 0 TP.HCM, 1 Bình Dương, 2 Bà Rịa – Vũng Tàu.
    pub province: usize,
    /// Name after "Đảng bộ ".
    pub name: &'static str,
    /// Year of founding.
    pub founded: i32,
    /// What its base organisations are.
    pub field: Field,
    /// Setting of the organisation itself.
    pub setting: Setting,
    /// Share of the base organisations outside wards.
    pub weight: u32,
}

const fn attached(
    province: usize,
    name: &'static str,
    founded: i32,
    field: Field,
    setting: Setting,
    weight: u32,
) -> Attached {
    Attached { province, name, founded, field, setting, weight }
}

/// 35 in TP.HCM (with the 22 districts 57), 9 in Bình Dương, 8 in Bà Rịa – Vũng Tàu.
pub const ATTACHED: &[Attached] = &[
    attached(0, "các cơ quan Đảng Thành phố", 1980, Field::PartyOffices, Office, 40),
    attached(0, "Ủy ban nhân dân Thành phố", 1980, Field::Government, Office, 150),
    attached(0, "Công an Thành phố", 1976, Field::Police, Police, 55),
    attached(0, "Quân sự Thành phố", 1976, Field::Army, Army, 24),
    attached(0, "Bộ đội Biên phòng Thành phố", 1979, Field::BorderGuard, Army, 9),
    attached(0, "Đại học Quốc gia Thành phố Hồ Chí Minh", 1996, Field::University, School, 18),
    attached(0, "Đại học Kinh tế Thành phố Hồ Chí Minh", 1976, Field::University, School, 9),
    attached(0, "Trường Đại học Y Dược Thành phố Hồ Chí Minh", 1976, Field::University, School, 9),
    attached(0, "Trường Đại học Sư phạm Thành phố Hồ Chí Minh", 1976, Field::University, School, 8),
    attached(0, "Trường Đại học Công nghiệp Thành phố Hồ Chí Minh", 2004, Field::University, School, 8),
    attached(0, "Trường Đại học Tôn Đức Thắng", 1997, Field::University, School, 6),
    attached(0, "Trường Đại học Sài Gòn", 2007, Field::University, School, 6),
    attached(0, "Tổng Công ty Du lịch Sài Gòn", 1999, Field::Corporation, StateEnterprise, 12),
    attached(0, "Tổng Công ty Cơ khí Giao thông vận tải Sài Gòn", 1997, Field::Corporation, StateEnterprise, 9),
    attached(0, "Tổng Công ty Thương mại Sài Gòn", 1995, Field::Corporation, StateEnterprise, 12),
    attached(0, "Tổng Công ty Điện lực Thành phố Hồ Chí Minh", 1976, Field::Corporation, StateEnterprise, 16),
    attached(0, "Tổng Công ty Cấp nước Sài Gòn", 1976, Field::Corporation, StateEnterprise, 10),
    attached(0, "Tổng Công ty Địa ốc Sài Gòn", 1997, Field::Corporation, StateEnterprise, 9),
    attached(0, "Tổng Công ty Bến Thành", 1997, Field::Corporation, StateEnterprise, 9),
    attached(0, "Tổng Công ty Nông nghiệp Sài Gòn", 1996, Field::Corporation, StateEnterprise, 9),
    attached(0, "Tổng Công ty Xây dựng Sài Gòn", 1997, Field::Corporation, StateEnterprise, 9),
    attached(0, "Tổng Công ty Công nghiệp Sài Gòn", 2010, Field::Corporation, StateEnterprise, 7),
    attached(0, "Tổng Công ty Văn hóa Sài Gòn", 2007, Field::Corporation, StateEnterprise, 5),
    attached(0, "Tổng Công ty Công nghiệp In – Bao bì Liksin", 2008, Field::Corporation, StateEnterprise, 5),
    attached(0, "Công ty Phát triển Công nghiệp Tân Thuận", 1989, Field::Corporation, StateEnterprise, 5),
    attached(0, "Công ty Đầu tư Tài chính nhà nước Thành phố", 2010, Field::Corporation, StateEnterprise, 4),
    attached(0, "Công ty Môi trường Đô thị Thành phố", 1978, Field::Corporation, StateEnterprise, 6),
    attached(0, "Liên hiệp Hợp tác xã Thương mại Thành phố", 1989, Field::Corporation, Cooperative, 10),
    attached(0, "Cảng Sài Gòn", 1976, Field::Corporation, JointStock, 8),
    attached(0, "Bưu điện Thành phố", 1976, Field::Corporation, StateEnterprise, 8),
    attached(0, "Viễn thông Thành phố", 2008, Field::Corporation, StateEnterprise, 8),
    attached(0, "Lực lượng Thanh niên xung phong Thành phố", 1976, Field::Corporation, PublicService, 9),
    attached(0, "Đài Truyền hình Thành phố", 1976, Field::Corporation, PublicService, 5),
    attached(0, "các khu chế xuất và công nghiệp Thành phố", 1993, Field::Zone, Office, 50),
    attached(0, "Khu Công nghệ cao Thành phố", 2003, Field::Zone, Office, 22),
    attached(1, "các cơ quan Đảng tỉnh Bình Dương", 1997, Field::PartyOffices, Office, 14),
    attached(1, "Ủy ban nhân dân tỉnh Bình Dương", 1997, Field::Government, Office, 34),
    attached(1, "Công an tỉnh Bình Dương", 1997, Field::Police, Police, 15),
    attached(1, "Quân sự tỉnh Bình Dương", 1997, Field::Army, Army, 9),
    attached(1, "Trường Đại học Thủ Dầu Một", 2009, Field::University, School, 5),
    attached(1, "Tổng Công ty Đầu tư và Phát triển Công nghiệp Bình Dương", 1997, Field::Corporation, JointStock, 8),
    attached(1, "Công ty Cao su Dầu Tiếng", 1997, Field::Corporation, StateEnterprise, 8),
    attached(1, "Công ty Cổ phần Cao su Phước Hòa", 1997, Field::Corporation, JointStock, 6),
    attached(1, "các khu công nghiệp Bình Dương", 1998, Field::Zone, Office, 26),
    attached(2, "các cơ quan Đảng tỉnh Bà Rịa – Vũng Tàu", 1991, Field::PartyOffices, Office, 13),
    attached(2, "Ủy ban nhân dân tỉnh Bà Rịa – Vũng Tàu", 1991, Field::Government, Office, 30),
    attached(2, "Công an tỉnh Bà Rịa – Vũng Tàu", 1991, Field::Police, Police, 13),
    attached(2, "Quân sự tỉnh Bà Rịa – Vũng Tàu", 1991, Field::Army, Army, 8),
    attached(2, "Bộ đội Biên phòng tỉnh Bà Rịa – Vũng Tàu", 1991, Field::BorderGuard, Army, 7),
    attached(2, "Liên doanh Việt – Nga Vietsovpetro", 1991, Field::Corporation, StateEnterprise, 14),
    attached(2, "Công ty Cao su Bà Rịa", 1994, Field::Corporation, StateEnterprise, 6),
    attached(2, "các khu công nghiệp Bà Rịa – Vũng Tàu", 1997, Field::Zone, Office, 16),
];

/// How large a base organisation is: `Large` is always a đảng bộ cơ sở, `Small` a chi bộ cơ sở, the rest is dealt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Đảng bộ cơ sở.
    Large,
    /// Either.
    Any,
    /// Chi bộ cơ sở.
    Small,
}

/// A base organisation to be founded: name (with `{}` for the district or the city), setting, size, where it goes in
/// 2025 when its district or province ends.
pub type Plan = (&'static str, Setting, Size, Goes);

const SEAT: Goes = Goes::Seat;
const GOVERNMENT: Goes = Goes::To(Field::Government);
const OFFICES: Goes = Goes::To(Field::PartyOffices);

/// At district level, first things first: small demonstrations get the top of the list only.
pub const DISTRICT: &[Plan] = &[
    ("Cơ quan Đảng – Đoàn thể {}", Office, Size::Large, OFFICES),
    ("Cơ quan Ủy ban nhân dân {}", Office, Size::Large, GOVERNMENT),
    ("Công an {}", Police, Size::Large, Goes::To(Field::Police)),
    ("Bệnh viện {}", PublicService, Size::Large, GOVERNMENT),
    ("Quân sự {}", Army, Size::Any, Goes::To(Field::Army)),
    ("Công ty TNHH MTV Dịch vụ công ích {}", StateEnterprise, Size::Any, SEAT),
    ("Trung tâm Y tế {}", PublicService, Size::Any, SEAT),
    ("Tòa án nhân dân {}", Office, Size::Small, OFFICES),
    ("Viện Kiểm sát nhân dân {}", Office, Size::Small, OFFICES),
    ("Chi cục Thuế {}", Office, Size::Any, GOVERNMENT),
    ("Bảo hiểm xã hội {}", Office, Size::Small, GOVERNMENT),
    ("Trường Trung học phổ thông *", School, Size::Any, GOVERNMENT),
    ("Công ty Cổ phần *", JointStock, Size::Any, SEAT),
    ("Hợp tác xã *", Cooperative, Size::Small, SEAT),
    ("Trung tâm Văn hóa – Thể thao {}", PublicService, Size::Small, SEAT),
    ("Công ty TNHH *", PrivateEnterprise, Size::Any, SEAT),
    ("Công ty TNHH * Việt Nam", ForeignEnterprise, Size::Small, SEAT),
    ("Kho bạc Nhà nước {}", Office, Size::Small, GOVERNMENT),
    ("Trường Trung học phổ thông *", School, Size::Any, GOVERNMENT),
    ("Trung tâm Giáo dục nghề nghiệp – Giáo dục thường xuyên {}", School, Size::Small, GOVERNMENT),
    ("Trường Tư thục *", PrivateService, Size::Small, SEAT),
    ("Chi cục Thi hành án dân sự {}", Office, Size::Small, OFFICES),
    ("Công ty TNHH *", PrivateEnterprise, Size::Small, SEAT),
    ("Ban Quản lý dự án đầu tư xây dựng {}", PublicService, Size::Any, SEAT),
    ("Bệnh viện Đa khoa *", PrivateService, Size::Any, SEAT),
    ("Công ty Cổ phần *", JointStock, Size::Any, SEAT),
    ("Công ty TNHH *", PrivateEnterprise, Size::Any, SEAT),
];

const OFFICE_PLANS: &[Plan] = &[
    ("Văn phòng {}", Office, Size::Large, Goes::Stays),
    ("Ban Tổ chức {}", Office, Size::Any, Goes::Stays),
    ("Ban Tuyên giáo và Dân vận {}", Office, Size::Any, Goes::Stays),
    ("Ủy ban Kiểm tra {}", Office, Size::Any, Goes::Stays),
    ("Ban Nội chính {}", Office, Size::Small, Goes::Stays),
    ("Cơ quan Ủy ban Mặt trận Tổ quốc", Office, Size::Any, Goes::Stays),
    ("Cơ quan Liên đoàn Lao động", Office, Size::Any, Goes::Stays),
    ("Cơ quan Hội Liên hiệp Phụ nữ", Office, Size::Small, Goes::Stays),
    ("Cơ quan Hội Nông dân", Office, Size::Small, Goes::Stays),
    ("Cơ quan Hội Cựu chiến binh", Office, Size::Small, Goes::Stays),
    ("Cơ quan Đoàn Thanh niên Cộng sản Hồ Chí Minh", Office, Size::Any, Goes::Stays),
    ("Tòa án nhân dân", Office, Size::Large, Goes::Stays),
    ("Viện Kiểm sát nhân dân", Office, Size::Large, Goes::Stays),
    ("Trường Chính trị", School, Size::Any, Goes::Stays),
    ("Cơ quan Báo Đảng", PublicService, Size::Any, Goes::Stays),
    ("Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân", Office, Size::Any, Goes::Stays),
    ("Nhà Văn hóa *", PublicService, Size::Small, Goes::Stays),
    ("Trung tâm *", PublicService, Size::Small, Goes::Stays),
];

const GOVERNMENT_PLANS: &[Plan] = &[
    ("Văn phòng Ủy ban nhân dân", Office, Size::Large, Goes::Stays),
    ("Sở Nội vụ", Office, Size::Large, Goes::Stays),
    ("Sở Tài chính", Office, Size::Large, Goes::Stays),
    ("Sở Xây dựng", Office, Size::Large, Goes::Stays),
    ("Sở Giáo dục và Đào tạo", Office, Size::Large, Goes::Stays),
    ("Sở Y tế", Office, Size::Large, Goes::Stays),
    ("Sở Công Thương", Office, Size::Large, Goes::Stays),
    ("Sở Nông nghiệp và Môi trường", Office, Size::Large, Goes::Stays),
    ("Sở Khoa học và Công nghệ", Office, Size::Any, Goes::Stays),
    ("Sở Văn hóa và Thể thao", Office, Size::Any, Goes::Stays),
    ("Sở Tư pháp", Office, Size::Any, Goes::Stays),
    ("Sở Du lịch", Office, Size::Any, Goes::Stays),
    ("Thanh tra", Office, Size::Any, Goes::Stays),
    ("Bệnh viện Nhi đồng *", PublicService, Size::Large, Goes::Stays),
    ("Bệnh viện Đa khoa *", PublicService, Size::Large, Goes::Stays),
    ("Trường Cao đẳng *", School, Size::Any, Goes::Stays),
    ("Trường Trung học phổ thông chuyên *", School, Size::Any, Goes::Stays),
    ("Bệnh viện *", PublicService, Size::Any, Goes::Stays),
    ("Trung tâm *", PublicService, Size::Any, Goes::Stays),
    ("Ban Quản lý *", PublicService, Size::Any, Goes::Stays),
    ("Trường Trung cấp *", School, Size::Small, Goes::Stays),
    ("Công ty TNHH MTV *", StateEnterprise, Size::Any, Goes::Stays),
];

const POLICE_PLANS: &[Plan] = &[
    ("Phòng Tham mưu", Police, Size::Large, Goes::Stays),
    ("Phòng Tổ chức cán bộ", Police, Size::Large, Goes::Stays),
    ("Phòng Cảnh sát hình sự", Police, Size::Large, Goes::Stays),
    ("Phòng Cảnh sát giao thông", Police, Size::Large, Goes::Stays),
    ("Phòng Cảnh sát quản lý hành chính về trật tự xã hội", Police, Size::Large, Goes::Stays),
    ("Phòng An ninh *", Police, Size::Any, Goes::Stays),
    ("Phòng Cảnh sát *", Police, Size::Any, Goes::Stays),
    ("Đội Cảnh sát chữa cháy *", Police, Size::Small, Goes::Stays),
    ("Trại tạm giam *", Police, Size::Any, Goes::Stays),
];

const ARMY_PLANS: &[Plan] = &[
    ("Phòng Tham mưu", Army, Size::Large, Goes::Stays),
    ("Phòng Chính trị", Army, Size::Large, Goes::Stays),
    ("Phòng Hậu cần – Kỹ thuật", Army, Size::Any, Goes::Stays),
    ("Trung đoàn *", Army, Size::Large, Goes::Stays),
    ("Tiểu đoàn *", Army, Size::Any, Goes::Stays),
    ("Trường Quân sự", Army, Size::Any, Goes::Stays),
    ("Ban Chỉ huy quân sự khu vực *", Army, Size::Any, Goes::Stays),
];

const BORDER_PLANS: &[Plan] = &[
    ("Đồn Biên phòng *", Army, Size::Any, Goes::Stays),
    ("Hải đội Biên phòng *", Army, Size::Any, Goes::Stays),
    ("Cơ quan Bộ Chỉ huy", Army, Size::Large, Goes::Stays),
    ("Đồn Biên phòng Cửa khẩu cảng *", Army, Size::Any, Goes::Stays),
];

const UNIVERSITY_PLANS: &[Plan] = &[
    ("Khối Phòng ban", School, Size::Large, Goes::Stays),
    ("Khoa *", School, Size::Any, Goes::Stays),
    ("Viện *", School, Size::Any, Goes::Stays),
    ("Trường Đại học thành viên *", School, Size::Large, Goes::Stays),
    ("Trung tâm *", PublicService, Size::Small, Goes::Stays),
    ("Ký túc xá", PublicService, Size::Small, Goes::Stays),
];

const CORPORATION_PLANS: &[Plan] = &[
    ("Cơ quan Tổng Công ty", StateEnterprise, Size::Large, Goes::Stays),
    ("Công ty TNHH MTV *", StateEnterprise, Size::Any, Goes::Stays),
    ("Công ty Cổ phần *", JointStock, Size::Any, Goes::Stays),
    ("Xí nghiệp *", StateEnterprise, Size::Any, Goes::Stays),
    ("Công ty Liên doanh *", ForeignEnterprise, Size::Small, Goes::Stays),
    ("Công ty Cổ phần *", JointStock, Size::Small, Goes::Stays),
];

const ZONE_PLANS: &[Plan] = &[
    ("Ban Quản lý", Office, Size::Large, Goes::Stays),
    ("Công ty TNHH * Việt Nam", ForeignEnterprise, Size::Any, Goes::Stays),
    ("Công ty TNHH *", PrivateEnterprise, Size::Small, Goes::Stays),
    ("Công ty Cổ phần *", JointStock, Size::Any, Goes::Stays),
    ("Công ty TNHH * Việt Nam", ForeignEnterprise, Size::Small, Goes::Stays),
    ("Công ty TNHH *", PrivateEnterprise, Size::Any, Goes::Stays),
];

/// What stands under an attached organisation of this field.
pub fn plans(field: Field) -> &'static [Plan] {
    match field {
        Field::District => DISTRICT,
        Field::PartyOffices => OFFICE_PLANS,
        Field::Government => GOVERNMENT_PLANS,
        Field::Police => POLICE_PLANS,
        Field::Army => ARMY_PLANS,
        Field::BorderGuard => BORDER_PLANS,
        Field::University => UNIVERSITY_PLANS,
        Field::Corporation => CORPORATION_PLANS,
        Field::Zone => ZONE_PLANS,
    }
}
