//! Settings (loại hình): where an organisation works. Drives content, reports and comparison groups (domain 01 §1).

use chibo_kernel::Day;

use super::PILOT_BEGINS;

macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $code:literal, $vi:literal, $en:literal;)*) => {
        /// Setting of an organisation. The number is what is stored; it never changes; 0 is kept for "unknown".
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Setting { $($(#[$doc])* $name = $number),* }

        impl Setting {
            /// Every setting, in reporting order.
            pub const ALL: &'static [Setting] = &[$(Setting::$name),*];
            /// Text code; `setting-<code>` is its key in `locales/*.ftl`.
            pub const fn code(self) -> &'static str {
                match self { $(Setting::$name => $code),* }
            }
            /// Key of the word in `locales/*.ftl`.
            pub const fn name_key(self) -> &'static str {
                match self { $(Setting::$name => concat!("setting-", $code)),* }
            }
            /// Vietnamese name.
            pub const fn vi(self) -> &'static str {
                match self { $(Setting::$name => $vi),* }
            }
            /// English name.
            pub const fn en(self) -> &'static str {
                match self { $(Setting::$name => $en),* }
            }
        }
    };
}

settings! {
    /// Province or city (tỉnh, thành phố).
    Province = 1, "province", "tỉnh, thành phố", "province or city";
    /// District of any type (quận, huyện, thị xã, thành phố thuộc tỉnh), ended 2025-06-30.
    District = 2, "district", "quận, huyện, thành phố thuộc tỉnh", "district";
    /// Commune (xã).
    Commune = 3, "commune", "xã", "commune";
    /// Ward (phường).
    Ward = 4, "ward", "phường", "ward";
    /// Township (thị trấn), ended 2025-06-30.
    Township = 5, "township", "thị trấn", "township";
    /// Special zone (đặc khu), since 2025-07-01.
    SpecialZone = 6, "special-zone", "đặc khu", "special zone";
    /// Residential quarter (khu phố).
    Quarter = 7, "quarter", "khu phố", "residential quarter";
    /// Hamlet or village (ấp, thôn).
    Hamlet = 8, "hamlet", "ấp, thôn", "hamlet";
    /// Apartment block or new urban area (nhà chung cư, khu đô thị mới).
    Apartments = 9, "apartments", "nhà chung cư, khu đô thị mới", "apartment block or new urban area";
    /// Party, state or mass-organisation office (cơ quan).
    Office = 10, "office", "cơ quan đảng, nhà nước, Mặt trận, đoàn thể", "Party, state or mass-organisation office";
    /// Public service unit (đơn vị sự nghiệp công lập).
    PublicService = 11, "public-service", "đơn vị sự nghiệp công lập", "public service unit";
    /// Non-public service unit (đơn vị sự nghiệp ngoài công lập).
    PrivateService = 12, "private-service", "đơn vị sự nghiệp ngoài công lập", "non-public service unit";
    /// State enterprise, 100 % or more than half state capital (doanh nghiệp nhà nước).
    StateEnterprise = 13, "state-enterprise", "doanh nghiệp nhà nước", "state enterprise";
    /// Joint-stock company with at most half state capital (doanh nghiệp cổ phần có vốn nhà nước ≤ 50 %).
    JointStock = 14, "joint-stock", "doanh nghiệp cổ phần có vốn nhà nước từ 50 % trở xuống", "joint-stock company with up to 50 % state capital";
    /// Private enterprise (doanh nghiệp ngoài nhà nước).
    PrivateEnterprise = 15, "private-enterprise", "doanh nghiệp ngoài nhà nước", "private enterprise";
    /// Enterprise with foreign capital (FDI).
    ForeignEnterprise = 16, "foreign-enterprise", "doanh nghiệp có vốn đầu tư nước ngoài", "foreign-invested enterprise";
    /// Cooperative (hợp tác xã).
    Cooperative = 17, "cooperative", "hợp tác xã", "cooperative";
    /// School or university (trường học, đại học).
    School = 18, "school", "trường học, đại học", "school or university";
    /// Army and border guard (quân đội).
    Army = 19, "army", "quân đội", "army";
    /// Police (công an).
    Police = 20, "police", "công an", "police";
    /// Abroad (ngoài nước).
    Abroad = 21, "abroad", "ngoài nước", "abroad";
    /// Other (khác).
    Other = 22, "other", "khác", "other";
}

impl Setting {
    /// The stored number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|setting| setting.number() == number)
    }

    /// From the text code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|setting| setting.code() == code)
    }

    /// Whether organisations may have the setting on the day.
    pub fn valid_on(self, on: Day) -> bool {
        match self {
            Setting::District | Setting::Township => on < PILOT_BEGINS,
            Setting::SpecialZone => on >= PILOT_BEGINS,
            _ => true,
        }
    }
}
