//! What a place is (loại địa bàn).

/// Kind of a place. The number is what is stored; it never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum PlaceKind {
    /// Residential quarter of a ward (khu phố, tổ dân phố).
    Quarter = 1,
    /// Village of a commune (ấp, thôn).
    Hamlet = 2,
    /// Apartment block or new urban area (chung cư, khu đô thị mới).
    Apartments = 3,
    /// Lodgings of workers (khu nhà trọ, khu lưu trú công nhân).
    Lodgings = 4,
    /// Private enterprise (doanh nghiệp ngoài nhà nước).
    PrivateEnterprise = 5,
    /// Enterprise with foreign capital (doanh nghiệp có vốn đầu tư nước ngoài).
    ForeignEnterprise = 6,
    /// Cooperative (hợp tác xã).
    Cooperative = 7,
    /// School (trường học).
    School = 8,
    /// Hospital or clinic (bệnh viện, cơ sở y tế).
    Hospital = 9,
    /// Market or trade centre (chợ, trung tâm thương mại).
    Market = 10,
    /// Anything else (khác).
    Other = 11,
}

/// Codes of kinds with the names a spreadsheet may call them by.
pub const NAMES: &[(&str, &[&str])] = &[
    ("quarter", &["Khu phố", "Tổ dân phố", "KP", "Quarter"]),
    ("hamlet", &["Ấp", "Thôn", "Hamlet", "Village"]),
    ("apartments", &["Chung cư", "Nhà chung cư", "Khu đô thị mới", "Apartment block"]),
    ("lodgings", &["Khu nhà trọ", "Nhà trọ", "Khu lưu trú", "Khu lưu trú công nhân", "Lodgings"]),
    ("private-enterprise", &["Doanh nghiệp ngoài nhà nước", "Doanh nghiệp tư nhân", "Doanh nghiệp", "Private firm"]),
    ("foreign-enterprise", &["Doanh nghiệp có vốn đầu tư nước ngoài", "Doanh nghiệp FDI", "FDI", "Foreign firm"]),
    ("cooperative", &["Hợp tác xã", "HTX", "Cooperative"]),
    ("school", &["Trường học", "Trường", "School"]),
    ("hospital", &["Bệnh viện", "Cơ sở y tế", "Trạm y tế", "Hospital"]),
    ("market", &["Chợ", "Trung tâm thương mại", "Siêu thị", "Market"]),
    ("other", &["Khác", "Other"]),
];

impl PlaceKind {
    /// All, in the order of lists.
    pub const ALL: &'static [PlaceKind] = &[
        Self::Quarter,
        Self::Hamlet,
        Self::Apartments,
        Self::Lodgings,
        Self::PrivateEnterprise,
        Self::ForeignEnterprise,
        Self::Cooperative,
        Self::School,
        Self::Hospital,
        Self::Market,
        Self::Other,
    ];

    /// The stored number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.number() == number)
    }

    /// The code in addresses and files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::Hamlet => "hamlet",
            Self::Apartments => "apartments",
            Self::Lodgings => "lodgings",
            Self::PrivateEnterprise => "private-enterprise",
            Self::ForeignEnterprise => "foreign-enterprise",
            Self::Cooperative => "cooperative",
            Self::School => "school",
            Self::Hospital => "hospital",
            Self::Market => "market",
            Self::Other => "other",
        }
    }

    /// From the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Quarter => "coverage-kind-quarter",
            Self::Hamlet => "coverage-kind-hamlet",
            Self::Apartments => "coverage-kind-apartments",
            Self::Lodgings => "coverage-kind-lodgings",
            Self::PrivateEnterprise => "coverage-kind-private-enterprise",
            Self::ForeignEnterprise => "coverage-kind-foreign-enterprise",
            Self::Cooperative => "coverage-kind-cooperative",
            Self::School => "coverage-kind-school",
            Self::Hospital => "coverage-kind-hospital",
            Self::Market => "coverage-kind-market",
            Self::Other => "coverage-kind-other",
        }
    }

    /// People live there: members of quarters and households looked after are counted of these (TSK-23).
    pub const fn residential(self) -> bool {
        matches!(self, Self::Quarter | Self::Hamlet | Self::Apartments | Self::Lodgings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_codes_and_import_names_tell_the_same_kinds() {
        for kind in PlaceKind::ALL {
            assert_eq!(PlaceKind::from_number(kind.number()), Some(*kind));
            assert_eq!(PlaceKind::from_code(kind.code()), Some(*kind));
        }
        let codes: Vec<_> = PlaceKind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes, NAMES.iter().map(|(code, _)| *code).collect::<Vec<_>>());
        assert_eq!((PlaceKind::from_number(0), PlaceKind::from_code("")), (None, None));
    }
}
