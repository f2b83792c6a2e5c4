//! What organisations are and what may happen to them. Pure: no storage, no clock.

pub mod alarms;
mod check;
mod consent;
mod landscape;
mod steps;
mod strength;
#[cfg(test)]
mod tests;

use chibo_kernel::{Day, Id, Person, Unit};

use crate::kinds::{Kind, Role, Setting};
pub use check::{check_code, check_facts, check_office};
pub use consent::{Consent, Consents, NewConsent, check_consent, takes_consent};
pub use landscape::{Landscape, Standing};
pub use steps::{Step, check_steps, outcome};
pub use strength::Strength;

/// A reorganisation decision (quyết định về tổ chức).
#[derive(Debug)]
pub enum Reorganisation {}
/// A spreadsheet of units on its way in.
#[derive(Debug)]
pub enum UnitImport {}

/// Name and type of a unit during a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Full name.
    pub name: String,
    /// Short name for tables and trees.
    pub short: String,
    /// Kind (loại tổ chức).
    pub kind: Kind,
    /// Setting (loại hình).
    pub setting: Setting,
    /// Dotted code, or empty.
    pub code: String,
}

/// The unit above; none for a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent(pub Option<Id<Unit>>);

/// How somebody came into an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Elected by a congress or a meeting (bầu).
    Elected,
    /// Appointed by the higher committee (chỉ định).
    Appointed,
    /// Added between two congresses (bổ sung).
    Added,
}

impl How {
    /// All ways.
    pub const ALL: &'static [How] = &[How::Elected, How::Appointed, How::Added];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Elected => "elected",
            Self::Appointed => "appointed",
            Self::Added => "added",
        }
    }

    /// Key of the word.
    pub const fn name_key(self) -> &'static str {
        match self {
            Self::Elected => "how-elected",
            Self::Appointed => "how-appointed",
            Self::Added => "how-added",
        }
    }

    /// From the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|how| how.code() == code)
    }
}

/// How an office is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// Way into it.
    pub how: How,
    /// Number of the approving decision; may be empty.
    pub decision: String,
}

/// A unit to be established.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUnit {
    /// Its identifier, drawn by the caller.
    pub id: Id<Unit>,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// Kind.
    pub kind: Kind,
    /// Setting.
    pub setting: Setting,
    /// Dotted code, or empty.
    pub code: String,
    /// The unit above; none for a root.
    pub parent: Option<Id<Unit>>,
    /// First day.
    pub from: Day,
    /// First day no longer; `Day::FOREVER` while it stands.
    pub to: Day,
    /// Latitude, millionths of a degree.
    pub lat: Option<i32>,
    /// Longitude, millionths of a degree.
    pub lon: Option<i32>,
    /// Code of the administrative unit it serves; empty for none.
    pub admin_code: String,
}

impl NewUnit {
    /// One that stands from a day on, with no end in sight and no place on the map.
    pub fn new(id: Id<Unit>, parent: Option<Id<Unit>>, facts: Facts, from: Day) -> Self {
        let Facts { name, short, kind, setting, code } = facts;
        let (to, lat, lon, admin_code) = (Day::FOREVER, None, None, String::new());
        Self { id, name, short, kind, setting, code, parent, from, to, lat, lon, admin_code }
    }

    /// Its name and type.
    pub fn facts(&self) -> Facts {
        Facts {
            name: self.name.clone(),
            short: self.short.clone(),
            kind: self.kind,
            setting: self.setting,
            code: self.code.clone(),
        }
    }
}

/// What shall be different; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactChange {
    /// Full name.
    pub name: Option<String>,
    /// Short name.
    pub short: Option<String>,
    /// Kind.
    pub kind: Option<Kind>,
    /// Setting.
    pub setting: Option<Setting>,
    /// Dotted code; empty to take it away.
    pub code: Option<String>,
}

impl FactChange {
    /// Nothing shall be different.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The facts with the change.
    pub fn on(&self, facts: &Facts) -> Facts {
        Facts {
            name: self.name.clone().unwrap_or_else(|| facts.name.clone()),
            short: self.short.clone().unwrap_or_else(|| facts.short.clone()),
            kind: self.kind.unwrap_or(facts.kind),
            setting: self.setting.unwrap_or(facts.setting),
            code: self.code.clone().unwrap_or_else(|| facts.code.clone()),
        }
    }

    /// Without what a later recorded change has made different from `first` already: a rename of 2020 does not undo the
    /// rename of 2025.
    pub fn still(&mut self, first: &Facts, later: &Facts) {
        self.name.take_if(|_| later.name != first.name);
        self.short.take_if(|_| later.short != first.short);
        self.kind.take_if(|_| later.kind != first.kind);
        self.setting.take_if(|_| later.setting != first.setting);
        self.code.take_if(|_| later.code != first.code);
    }
}

/// An office to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOffice {
    /// Unit.
    pub unit: Id<Unit>,
    /// Who.
    pub person: Id<Person>,
    /// Role.
    pub role: Role,
    /// First day.
    pub from: Day,
    /// First day no longer.
    pub to: Day,
    /// Way into it.
    pub how: How,
    /// Number of the approving decision; may be empty.
    pub decision: String,
}

/// How a unit goes into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuccessionKind {
    /// All of it goes into one (hợp nhất, sáp nhập).
    Merge,
    /// It is divided among several (chia tách).
    Split,
    /// Another takes its place (thay thế).
    Replace,
}

impl SuccessionKind {
    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Replace => "replace",
        }
    }

    /// From the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Merge, Self::Split, Self::Replace].into_iter().find(|kind| kind.code() == code)
    }
}

/// A decision on organisations: one dated act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its identifier, drawn by the caller; also its audit chain.
    pub id: Id<Reorganisation>,
    /// Top of the subtree concerned: the unit whose committee decides.
    pub unit: Id<Unit>,
    /// Number and symbol of the document.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Who decided.
    pub authority: String,
    /// Day of signing.
    pub signed_on: Day,
    /// Day in force.
    pub effective_on: Day,
}
