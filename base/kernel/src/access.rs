//! Who may do what, where: permission × subtree × interval. Pure; accounts store it, pages ask it.

use std::ops::Range;

use crate::id::{Account, Id, Unit};
use crate::period::Period;
use crate::problem::Problem;

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $code:literal),* $(,)?) => {
        /// One thing an account may be allowed to do. The code is what is stored and shown in exports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Permission { $($(#[$doc])* $name),* }

        impl Permission {
            /// Every permission there is.
            pub const ALL: &'static [Permission] = &[$(Permission::$name),*];
            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Permission::$name => $code),* }
            }
        }
    };
}

permissions! {
    /// See organisations: facts, history, counts.
    ViewUnits = "view-units",
    /// Establish, rename, correct organisations.
    EditUnits = "edit-units",
    /// Sign a reorganisation decision.
    Reorganise = "reorganise",
    /// See the list and main facts of members.
    ViewMembers = "view-members",
    /// Add and correct members and their postings.
    EditMembers = "edit-members",
    /// Load members or units from a spreadsheet.
    Import = "import",
    /// Take lists out as a spreadsheet.
    Export = "export",
    /// Open a masked field with a reason.
    RevealSecrets = "reveal-secrets",
    /// Record decisions on Party badges and their hand-over.
    DecideBadges = "decide-badges",
    /// See headcounts and cross-tabs.
    ViewReports = "view-reports",
    /// Create accounts and grant roles inside the subtree.
    ManageAccounts = "manage-accounts",
    /// Read the audit log of the subtree.
    ViewAudit = "view-audit",
    /// See and cancel background jobs of others.
    ManageJobs = "manage-jobs",
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Permissions(u64);

impl Permissions {
    /// The set of these.
    pub const fn of(list: &[Permission]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < list.len() {
            bits |= 1 << list[i] as u8;
            i += 1;
        }
        Self(bits)
    }

    /// Whether it is in the set.
    pub const fn has(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u8) != 0
    }

    /// Both sets together.
    pub const fn and(self, other: Permissions) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every permission of `other` is in this set.
    pub const fn covers(self, other: Permissions) -> bool {
        self.0 & other.0 == other.0
    }
}

/// A role given on a subtree for an interval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Top of the subtree.
    pub unit: Id<Unit>,
    /// What it allows.
    pub permissions: Permissions,
    /// When it holds.
    pub valid: Period,
}

/// Where units stand in today's tree. An abolished unit stands where its successor stands.
pub trait Places: Send + Sync {
    /// Pre-order number of the unit and the end of its subtree; `None` when there is no such unit.
    fn span(&self, unit: Id<Unit>) -> Option<Range<u32>>;
}

/// Somebody looking or acting: an account with its rights as they are at this request.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// The account; `None` for nobody signed in.
    pub account: Option<Id<Account>>,
    /// The name shown on screen and in the audit log.
    pub name: String,
    /// Subtrees of today's tree with what is allowed there.
    pub scopes: Vec<(Range<u32>, Permissions)>,
    /// The units the scopes were granted on, in the order of `scopes`.
    pub units: Vec<Id<Unit>>,
    /// The program itself (jobs, set-up, command line): everything is allowed, and logged as such.
    pub system: bool,
}

impl Viewer {
    /// Resolves an account's grants against today's tree. Grants on unknown units count for nothing.
    pub fn resolve(
        account: Id<Account>,
        name: String,
        grants: &[Grant],
        today: crate::Day,
        places: &dyn Places,
    ) -> Self {
        let mut viewer = Self { account: Some(account), name, ..Self::default() };
        for grant in grants.iter().filter(|grant| grant.valid.contains(today)) {
            if let Some(span) = places.span(grant.unit) {
                viewer.scopes.push((span, grant.permissions));
                viewer.units.push(grant.unit);
            }
        }
        viewer
    }

    /// The program acting by itself.
    pub fn program(name: &str) -> Self {
        Self { name: name.to_owned(), system: true, ..Self::default() }
    }

    /// Whether the permission is held anywhere at all (shows or hides a menu entry).
    pub fn may_somewhere(&self, permission: Permission) -> bool {
        self.system || self.scopes.iter().any(|(_, set)| set.has(permission))
    }

    /// Whether the permission is held at this place of today's tree.
    pub fn may_at(&self, permission: Permission, place: u32) -> bool {
        self.system || self.scopes.iter().any(|(span, set)| set.has(permission) && span.contains(&place))
    }

    /// The disjoint, ordered pre-order ranges of today's tree where the permission is held.
    #[allow(clippy::single_range_in_vec_init)]
    pub fn ranges(&self, permission: Permission) -> Vec<Range<u32>> {
        if self.system {
            return vec![0..u32::MAX];
        }
        let mut ranges: Vec<_> =
            self.scopes.iter().filter(|(_, set)| set.has(permission)).map(|(r, _)| r.clone()).collect();
        ranges.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<u32>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        merged
    }

    /// Checks a permission on a unit. Without any right to see the unit the answer is "not found",
    /// exactly as for a unit that does not exist; with sight but without the right, "denied".
    pub fn permit(&self, permission: Permission, unit: Id<Unit>, places: &dyn Places) -> Result<(), Problem> {
        if self.system {
            return Ok(());
        }
        let place = places.span(unit).ok_or(Problem::NotFound)?.start;
        if self.may_at(permission, place) {
            return Ok(());
        }
        let sees = self.may_at(Permission::ViewUnits, place);
        Err(if sees { Problem::Denied } else { Problem::NotFound })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_merge_and_stay_disjoint() {
        let all = Permissions::of(&[Permission::ViewUnits]);
        let viewer = Viewer {
            scopes: vec![(5..9, all), (0..3, all), (8..12, all), (3..4, Permissions::default())],
            ..Viewer::default()
        };
        assert_eq!(viewer.ranges(Permission::ViewUnits), vec![0..3, 5..12]);
        assert!(!viewer.may_at(Permission::ViewUnits, 3));
        assert!(viewer.ranges(Permission::Import).is_empty());
    }
}
