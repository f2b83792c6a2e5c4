//! Who may see, manage and equip an account; and the one place above all units.

use std::ops::Range;

use chibo_kernel::{Account, Id, Permission, Places, Unit, Viewer};

/// Stands for the whole system: grants on it hold at every place, also before any unit exists.
pub const EVERYWHERE: Id<Unit> = Id::from_bytes([0; 16]);

/// Today's places with [`EVERYWHERE`] added.
pub struct WithEverywhere<'p>(pub &'p dyn Places);

impl Places for WithEverywhere<'_> {
    fn span(&self, unit: Id<Unit>) -> Option<Range<u32>> {
        if unit == EVERYWHERE { Some(0..u32::MAX) } else { self.0.span(unit) }
    }
}

/// Whether the permission is held on the whole system.
pub fn holds_everywhere(viewer: &Viewer, permission: Permission) -> bool {
    viewer.system || viewer.scopes.iter().any(|(span, set)| *span == (0..u32::MAX) && set.has(permission))
}

/// What somebody may do with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It does not exist for them.
    Hidden,
    /// They see it.
    Sees,
    /// They may reset and close it.
    Manages,
}

/// What a viewer may do with an account that has these grants not taken back.
///
/// Whoever manages accounts at the place of one of its grants, or created it, sees it; only who manages accounts at
/// the places of all its grants may reset or close it, so that the administrator of a ward cannot take over an
/// account that also works for the city.
pub fn reach(
    viewer: &Viewer,
    created_by: Option<Id<Account>>,
    grants: &[Id<Unit>],
    manages_at: impl Fn(Id<Unit>) -> bool,
) -> Reach {
    if holds_everywhere(viewer, Permission::ManageAccounts) {
        return Reach::Manages;
    }
    if !viewer.may_somewhere(Permission::ManageAccounts) {
        return Reach::Hidden;
    }
    let own = created_by.is_some() && created_by == viewer.account;
    let inside = grants.iter().filter(|unit| manages_at(**unit)).count();
    match (own || inside > 0, inside == grants.len()) {
        (false, _) => Reach::Hidden,
        (true, false) => Reach::Sees,
        (true, true) => Reach::Manages,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::role::Role;

    #[test]
    fn an_administrator_of_a_part_cannot_take_over_an_account_of_the_whole() {
        let me = Id::from_bytes([9; 16]);
        let (ward, city) = (Id::from_bytes([1; 16]), Id::from_bytes([2; 16]));
        let viewer =
            Viewer { account: Some(me), scopes: vec![(5..9, Role::Administrator.permissions())], ..Viewer::default() };
        let at_ward = |unit| unit == ward;
        assert_eq!(reach(&viewer, None, &[ward], at_ward), Reach::Manages);
        assert_eq!(reach(&viewer, None, &[ward, city], at_ward), Reach::Sees);
        assert_eq!(reach(&viewer, None, &[city], at_ward), Reach::Hidden);
        assert_eq!(reach(&viewer, None, &[], at_ward), Reach::Hidden);
        assert_eq!(reach(&viewer, Some(me), &[], at_ward), Reach::Manages);
        assert_eq!(reach(&viewer, Some(me), &[city], at_ward), Reach::Sees);
        let officer = Viewer { scopes: vec![(5..9, Role::UnitOfficer.permissions())], ..viewer.clone() };
        assert_eq!(reach(&officer, Some(me), &[ward], at_ward), Reach::Hidden);
        let everywhere = Viewer { scopes: vec![(0..u32::MAX, Role::Administrator.permissions())], ..viewer };
        assert_eq!(reach(&everywhere, None, &[city], |_| false), Reach::Manages);
    }
}
