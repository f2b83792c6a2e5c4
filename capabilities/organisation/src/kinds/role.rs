//! Offices in a committee or a branch (domain 01 §4, committee membership).

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $code:literal, $vi:literal, $en:literal;)*) => {
        /// An office held in a unit. The number is what is stored; it is also the order in lists.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Role { $($(#[$doc])* $name = $number),* }

        impl Role {
            /// Every office, highest first.
            pub const ALL: &'static [Role] = &[$(Role::$name),*];
            /// Text code.
            pub const fn code(self) -> &'static str {
                match self { $(Role::$name => $code),* }
            }
            /// Key of the word in `locales/*.ftl`.
            pub const fn name_key(self) -> &'static str {
                match self { $(Role::$name => concat!("role-", $code)),* }
            }
            /// Vietnamese name.
            pub const fn vi(self) -> &'static str {
                match self { $(Role::$name => $vi),* }
            }
            /// English name.
            pub const fn en(self) -> &'static str {
                match self { $(Role::$name => $en),* }
            }
        }
    };
}

roles! {
    /// Secretary (bí thư).
    Secretary = 1, "secretary", "bí thư", "secretary";
    /// Standing deputy secretary (phó bí thư thường trực).
    StandingDeputy = 2, "standing-deputy", "phó bí thư thường trực", "standing deputy secretary";
    /// Deputy secretary (phó bí thư).
    Deputy = 3, "deputy", "phó bí thư", "deputy secretary";
    /// Member of the standing committee (ủy viên ban thường vụ).
    StandingMember = 4, "standing-member", "ủy viên ban thường vụ", "member of the standing committee";
    /// Member of the committee (cấp ủy viên).
    CommitteeMember = 5, "committee-member", "cấp ủy viên", "committee member";
    /// Member of a branch committee (chi ủy viên).
    BranchCommitteeMember = 6, "branch-committee-member", "chi ủy viên", "branch committee member";
    /// Chair of the inspection committee (chủ nhiệm ủy ban kiểm tra); held beside a seat in the committee.
    InspectionChair = 7, "inspection-chair", "chủ nhiệm ủy ban kiểm tra", "chair of the inspection committee";
    /// Deputy chair of the inspection committee (phó chủ nhiệm ủy ban kiểm tra).
    InspectionDeputy = 8, "inspection-deputy", "phó chủ nhiệm ủy ban kiểm tra", "deputy chair of the inspection committee";
    /// Member of the inspection committee (ủy viên ủy ban kiểm tra).
    InspectionMember = 9, "inspection-member", "ủy viên ủy ban kiểm tra", "member of the inspection committee";
}

impl Role {
    /// The stored number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.number() == number)
    }

    /// From the text code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.code() == code)
    }

    /// One person at a time holds it in a unit.
    pub const fn is_single(self) -> bool {
        matches!(self, Role::Secretary | Role::StandingDeputy | Role::InspectionChair)
    }
}
