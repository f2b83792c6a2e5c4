//! Rules as alarms: which rules of domain 01 one unit does not keep on a day, by the rulebook of that day (ORG-01, 03,
//! 04, 05, 06, 07, 14, 20, 21, 22). Pure.
//!
//! [`Limits`] reads the numbers of the day once; [`breaches`] then asks one [`Case`] after the other. A rule that has
//! no version on the day is not asked.

mod committee;
mod founding;
mod limits;
mod place;
mod seats;
#[cfg(test)]
mod tests;

use chibo_census::Tree;
use chibo_kernel::Said;
use chibo_kernel::rulebook::Mark;

use super::Strength;
use crate::kinds::{Kind, Setting};
pub use limits::Limits;
pub use seats::Seats;

/// Every rule that is asked here, in the order of lists.
pub const RULES: &[&str] =
    &["ORG-01", "ORG-03", "ORG-04", "ORG-05", "ORG-06", "ORG-07", "ORG-14", "ORG-20", "ORG-21", "ORG-22"];

/// One unit on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// Kind (loại tổ chức).
    pub kind: Kind,
    /// Setting (loại hình); none while it is not known.
    pub setting: Option<Setting>,
    /// Kind of the unit above; none for a root.
    pub parent: Option<Kind>,
    /// Setting of the unit above; none for a root or while it is not known.
    pub parent_setting: Option<Setting>,
    /// Members, subtree included.
    pub strength: Strength,
    /// It has party groups (tổ đảng).
    pub groups: bool,
    /// Who sits in its committee.
    pub seats: Seats,
    /// The consent of the directly higher committee is on record (ORG-04).
    pub consent: bool,
}

impl Case {
    /// A unit of a tree, by its place and kind.
    pub fn of(tree: &Tree, (place, kind): (u32, Kind), strength: Strength, seats: Seats, consent: bool) -> Self {
        let up = tree.parent(place);
        let parent = up.and_then(|up| Kind::from_number(tree.kind(up)));
        let parent_setting = up.and_then(|up| Setting::from_number(tree.setting(up)));
        let setting = Setting::from_number(tree.setting(place));
        let groups = tree.children(place).any(|child| tree.kind(child) == Kind::Group.number());
        Self { kind, setting, parent, parent_setting, strength, groups, seats, consent }
    }
}

/// Where what is wrong can be put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// On the page of the unit: there is more than one way.
    Unit,
    /// Another kind or setting.
    Facts,
    /// Another unit above.
    Parent,
    /// Party groups within the branch.
    Groups,
    /// Somebody takes an office.
    Offices,
    /// Somebody leaves an office.
    Leaving,
    /// The consent of the directly higher committee is written down.
    Consent,
}

/// A rule that is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach<'b> {
    /// Rule id of the domain digest.
    pub rule: &'static str,
    /// What is wrong, with its numbers.
    pub reason: Said,
    /// What to do.
    pub mend: Said,
    /// Where it is done.
    pub act: Act,
    /// Number of the instrument the rule stands in on the day.
    pub instrument: &'b str,
    /// The paragraph; that of an earlier instrument where the present one is not compared yet; may be empty.
    pub source: &'b str,
    /// How surely the rule is known.
    pub mark: Mark,
}

impl Breach<'_> {
    /// Whether the number of members may decide it; else only who sits where, or what the unit is.
    pub fn by_size(&self) -> bool {
        matches!(self.rule, "ORG-01" | "ORG-03" | "ORG-04" | "ORG-05" | "ORG-20")
    }
}

/// The rules a unit does not keep on the day of the limits, in the order of their ids.
pub fn breaches<'b>(limits: &Limits<'b>, case: &Case) -> Vec<Breach<'b>> {
    let mut found = Vec::new();
    // The whole Party founds nothing, and "earlier organisations" are none.
    if matches!(case.kind, Kind::Central | Kind::History) {
        return found;
    }
    founding::check(limits, case, &mut found);
    committee::section(limits, case, &mut found);
    place::check(limits, case, &mut found);
    committee::branch(limits, case, &mut found);
    committee::standing(limits, case, &mut found);
    found
}

/// A sentence with how many there are and where the limit is.
fn counted(key: &'static str, count: u32, bound: u32) -> Said {
    Said::new(key).with("count", count).with("bound", bound)
}
