//! Roles: named sets of permissions. What is stored is the role; what it allows is decided here.

use chibo_kernel::Permission::{
    DecideBadges, EditMembers, EditUnits, Export, Import, ManageAccounts, ManageJobs, Reorganise, RevealSecrets,
    ViewAudit, ViewMembers, ViewReports, ViewUnits,
};
use chibo_kernel::Permissions;

/// A role (vai trò) that can be granted on a subtree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Officer of the city committee's organisation board (chuyên viên Ban Tổ chức Thành ủy).
    CityBoard,
    /// Organisation officer of a ward or commune committee (cán bộ tổ chức phường, xã).
    UnitOfficer,
    /// Secretary of a branch (bí thư chi bộ).
    BranchSecretary,
    /// Reads only (người xem).
    Reader,
    /// Inspection officer (cán bộ kiểm tra): units, figures and the log.
    Inspector,
    /// System administrator (quản trị hệ thống): accounts and jobs, no content about members (DPD-06).
    Administrator,
}

impl Role {
    /// Every role, in the order they are offered.
    pub const ALL: &'static [Role] = &[
        Self::CityBoard,
        Self::UnitOfficer,
        Self::BranchSecretary,
        Self::Reader,
        Self::Inspector,
        Self::Administrator,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::CityBoard => "city-board",
            Self::UnitOfficer => "unit-officer",
            Self::BranchSecretary => "branch-secretary",
            Self::Reader => "reader",
            Self::Inspector => "inspector",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|role| role.code() == code)
    }

    /// Word key of its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::CityBoard => "accounts-role-city-board",
            Self::UnitOfficer => "accounts-role-unit-officer",
            Self::BranchSecretary => "accounts-role-branch-secretary",
            Self::Reader => "accounts-role-reader",
            Self::Inspector => "accounts-role-inspector",
            Self::Administrator => "accounts-role-administrator",
        }
    }

    /// Word key of what it is for.
    pub const fn about(self) -> &'static str {
        match self {
            Self::CityBoard => "accounts-role-city-board-about",
            Self::UnitOfficer => "accounts-role-unit-officer-about",
            Self::BranchSecretary => "accounts-role-branch-secretary-about",
            Self::Reader => "accounts-role-reader-about",
            Self::Inspector => "accounts-role-inspector-about",
            Self::Administrator => "accounts-role-administrator-about",
        }
    }

    /// What it allows.
    pub const fn permissions(self) -> Permissions {
        match self {
            Self::CityBoard => Permissions::of(&[
                ViewUnits,
                EditUnits,
                Reorganise,
                ViewMembers,
                EditMembers,
                Import,
                Export,
                RevealSecrets,
                DecideBadges,
                ViewReports,
                ViewAudit,
            ]),
            Self::UnitOfficer => Permissions::of(&[
                ViewUnits,
                EditUnits,
                ViewMembers,
                EditMembers,
                Import,
                Export,
                ViewReports,
                RevealSecrets,
            ]),
            Self::BranchSecretary => Permissions::of(&[ViewUnits, ViewMembers, EditMembers, ViewReports]),
            Self::Reader => Permissions::of(&[ViewUnits, ViewMembers, ViewReports]),
            Self::Inspector => Permissions::of(&[ViewUnits, ViewReports, ViewAudit]),
            Self::Administrator => Permissions::of(&[ManageAccounts, ViewAudit, ManageJobs, ViewUnits]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dpd_06_the_administrator_sees_no_content_about_members() {
        let set = Role::Administrator.permissions();
        for permission in [ViewMembers, EditMembers, RevealSecrets, Import, Export, ViewReports, Reorganise, EditUnits]
        {
            assert!(!set.has(permission), "{permission:?}");
        }
        assert!(set.has(ManageAccounts));
        let others = Role::ALL.iter().filter(|role| **role != Role::Administrator);
        assert!(others.clone().count() == 5 && others.clone().all(|role| !role.permissions().has(ManageAccounts)));
    }

    #[test]
    fn codes_round_trip() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(*role));
            assert_eq!(role.word(), format!("accounts-role-{}", role.code()));
            assert_eq!(role.about(), format!("accounts-role-{}-about", role.code()));
        }
        assert_eq!(Role::from_code("root"), None);
    }
}
