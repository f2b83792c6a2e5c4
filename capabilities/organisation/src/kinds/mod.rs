//! Kinds of Party organisations as declarations: what each is called, where it may sit and since when (domain 01 §1).
//!
//! The organisational model changed on 1 July 2025 and on 26 July 2026, so every name, every allowed parent and the
//! kind itself carries a validity interval; asking always needs a day.

mod declared;
mod org_code;
mod role;
mod setting;

pub use declared::DECLARED;
pub use org_code::{NotACode, OrgCode};
pub use role::Role;
pub use setting::Setting;

use chibo_kernel::Day;

/// 1 July 2025: districts end, xã/phường stand directly above their branches (pilot of 294-QĐ/TW).
pub const PILOT_BEGINS: Day = Day::from_number(20_270);
/// 26 July 2026: three levels, one single name "chi bộ" (208-QĐ/TW).
pub const THREE_LEVELS_BEGIN: Day = Day::from_number(20_660);

/// Kind of a Party organisation. The number is what is stored; it never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// The whole Party, root of the tree (Trung ương).
    Central = 1,
    /// City or province organisation (đảng bộ thành phố, đảng bộ tỉnh; Thành ủy, Tỉnh ủy).
    City = 2,
    /// Organisation directly under the city, above base level (đảng bộ cấp trên trực tiếp của tổ chức cơ sở đảng).
    Upper = 3,
    /// Base organisation with at least 30 members (đảng bộ cơ sở).
    Base = 4,
    /// Base branch with fewer than 30 members (chi bộ cơ sở), ended by 208-QĐ/TW.
    BaseBranch = 5,
    /// Section inside a large base organisation (đảng bộ bộ phận).
    Section = 6,
    /// Organisation under the base committee (đảng bộ trực thuộc cơ sở), pilot of 208-QĐ/TW.
    UnderBase = 7,
    /// Branch (chi bộ; before 208: chi bộ trực thuộc đảng ủy cơ sở).
    Branch = 8,
    /// Party group within a branch (tổ đảng).
    Group = 9,
    /// Temporary branch on a course or secondment (chi bộ sinh hoạt tạm thời).
    Temporary = 10,
    /// Overseas branch counting probationary members (chi bộ sinh hoạt dự bị).
    Overseas = 11,
    /// Not an organisation: holds the history of members from before their unit existed here (tổ chức trước đây).
    History = 12,
}

/// Something that holds from `from` up to, not including, `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated<T: 'static> {
    /// First day.
    pub from: Day,
    /// First day no longer.
    pub to: Day,
    /// What holds.
    pub value: T,
}

impl<T> Dated<T> {
    /// Whether it holds on the day.
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && day < self.to
    }
}

/// What a kind is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Key of the word in `locales/*.ftl`.
    pub key: &'static str,
    /// Vietnamese, lower case.
    pub vi: &'static str,
    /// English gloss.
    pub en: &'static str,
}

/// A founding threshold, in members of the new organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// Rule id of the domain digest; the numbers may be overridden by the rulebook under this id.
    pub rule: &'static str,
    /// At least so many.
    pub at_least: Option<u16>,
    /// Fewer than so many.
    pub below: Option<u16>,
    /// Counts official members only; otherwise official and probationary.
    pub official_only: bool,
    /// Outside the bounds it may still be founded, with prior consent of the directly higher committee (ORG-04).
    pub consent: bool,
}

/// Everything the program knows about one kind.
#[derive(Debug)]
pub struct Declaration {
    /// The kind.
    pub kind: Kind,
    /// Text code used in files and addresses (`CB`, `DBCS`).
    pub code: &'static str,
    /// First day the kind may exist.
    pub from: Day,
    /// First day it may no longer exist.
    pub to: Day,
    /// Names by day; they cover `[from, to)` without a gap.
    pub names: &'static [Dated<Name>],
    /// Kinds it may sit under, by day.
    pub parents: &'static [Dated<&'static [Kind]>],
    /// Members are posted directly to units of this kind.
    pub holds_members: bool,
    /// Counts as a base organisation (tổ chức cơ sở đảng) in reports.
    pub base_organisation: bool,
    /// Founding thresholds.
    pub founding: &'static [Threshold],
    /// Order among siblings in lists and reports; lower first.
    pub rank: u8,
}

impl Kind {
    /// Every kind, in the order of its stored number.
    pub const ALL: &'static [Kind] = &[
        Kind::Central,
        Kind::City,
        Kind::Upper,
        Kind::Base,
        Kind::BaseBranch,
        Kind::Section,
        Kind::UnderBase,
        Kind::Branch,
        Kind::Group,
        Kind::Temporary,
        Kind::Overseas,
        Kind::History,
    ];

    /// The stored number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// From the stored number; `None` when no kind has it.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.number() == number)
    }

    /// From the text code, in any case, with `-` or `_`.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase().replace('-', "_");
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Its declaration.
    pub fn declared(self) -> &'static Declaration {
        &DECLARED[usize::from(self.number()) - 1]
    }

    /// The text code.
    pub fn code(self) -> &'static str {
        self.declared().code
    }

    /// What it is called on the day; outside its validity the nearest name it ever had.
    pub fn name(self, on: Day) -> Name {
        let names = self.declared().names;
        let held = names.iter().find(|name| name.holds(on));
        let nearest = if names.first().is_some_and(|first| on < first.from) { names.first() } else { names.last() };
        held.or(nearest).map_or(Name { key: "kind-unknown", vi: "", en: "" }, |name| name.value)
    }

    /// Key of the name in `locales/*.ftl`.
    pub fn name_key(self, on: Day) -> &'static str {
        self.name(on).key
    }

    /// Members are posted directly to units of this kind.
    pub fn holds_members(self) -> bool {
        self.declared().holds_members
    }

    /// Counts as a base organisation (TCCSĐ): đảng bộ cơ sở and chi bộ cơ sở.
    pub fn is_base_organisation(self) -> bool {
        self.declared().base_organisation
    }

    /// Order among siblings.
    pub fn rank(self) -> u8 {
        self.declared().rank
    }
}

/// Whether units of the kind may exist on the day.
pub fn valid_on(kind: Kind, on: Day) -> bool {
    let declared = kind.declared();
    declared.from <= on && on < declared.to
}

/// Whether a unit of `kind` may sit under one of `parent` on the day. The root sits under nothing.
pub fn allowed_parent(kind: Kind, parent: Kind, on: Day) -> bool {
    valid_on(kind, on)
        && valid_on(parent, on)
        && kind.declared().parents.iter().any(|dated| dated.holds(on) && dated.value.contains(&parent))
}

/// Whether a unit of `kind` may have the setting on the day: khu phố and ấp hold branches only (ORG-07); xã and
/// phường are base organisations, in the pilot organisations above base level (domain README §3).
pub fn allowed_setting(kind: Kind, setting: Setting, on: Day) -> bool {
    if !setting.valid_on(on) {
        return false;
    }
    let pilot = PILOT_BEGINS <= on && on < THREE_LEVELS_BEGIN;
    match setting {
        Setting::Quarter | Setting::Hamlet | Setting::Apartments => {
            matches!(kind, Kind::Branch | Kind::Group | Kind::Temporary)
        }
        Setting::Commune | Setting::Ward | Setting::Township | Setting::SpecialZone => match kind {
            Kind::Upper => pilot,
            Kind::Base => !pilot,
            _ => false,
        },
        Setting::District => kind == Kind::Upper,
        Setting::Province => kind == Kind::City,
        _ => !matches!(kind, Kind::Central | Kind::City) || setting == Setting::Other,
    }
}

#[cfg(test)]
mod tests;
