//! Who must have a working regulation, which text is in force, how a unit stands (ORG-32). Pure.

mod check;
pub mod diff;
mod force;
mod tally;

use chibo_kernel::{Day, Id, Moment, Period};
use chibo_organisation::kinds::{Kind, Setting};

pub use check::{NewModel, NewRegulation, Sent, check_mark, check_model, check_regulation, no_committee};
pub use force::{State, Version, begun, candidates, model_in_force, state};
pub use tally::Tally;

/// A text issued for a kind of unit: functions and duties, or a model of a working regulation.
#[derive(Debug)]
pub enum ModelText {}

/// The kinds whose committee must adopt a working regulation (ORG-32). Those that have a committee of their own, and
/// the branches, which their model names; not party groups, temporary and overseas branches.
pub const MUST_ADOPT: &[Kind] =
    &[Kind::City, Kind::Upper, Kind::Base, Kind::BaseBranch, Kind::UnderBase, Kind::Section, Kind::Branch];

/// Whether units of the kind must adopt a working regulation (ORG-32).
pub fn must_adopt(kind: Kind) -> bool {
    MUST_ADOPT.contains(&kind)
}

/// What a text for a kind is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Functions and duties (chức năng, nhiệm vụ).
    Functions,
    /// Model of a working regulation (mẫu quy chế làm việc).
    Working,
}

impl Subject {
    /// Both, in the order of lists.
    pub const ALL: &'static [Subject] = &[Subject::Functions, Subject::Working];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Functions => "functions",
            Self::Working => "working",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Functions => "regulations-subject-functions",
            Self::Working => "regulations-subject-working",
        }
    }

    /// From the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|subject| subject.code() == code)
    }
}

/// What a row of versions is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// Functions or working regulation.
    pub subject: Subject,
    /// The kind of unit.
    pub kind: Kind,
    /// Only units of this setting; none for every setting.
    pub setting: Option<Setting>,
}

/// A version of a text for a kind, without the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Its identifier.
    pub id: Id<ModelText>,
    /// What it is for.
    pub series: Series,
    /// 1, 2, 3 … within the series.
    pub version: u32,
    /// When it holds.
    pub valid: Period,
    /// When it was written down.
    pub recorded: Moment,
}

/// That something was sent: on which day, and when that was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The day it was sent.
    pub on: Day,
    /// When that was written down.
    pub recorded: Moment,
}

/// A version of a unit's own working regulation, without the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    /// 1, 2, 3 … within the unit.
    pub version: u32,
    /// The day of the committee's decision.
    pub adopted_on: Day,
    /// When it holds.
    pub valid: Period,
    /// The model it follows, if it follows one.
    pub model: Option<Id<ModelText>>,
    /// When it was written down.
    pub recorded: Moment,
    /// Reported to the committee above (báo cáo cấp trên).
    pub reported: Option<Mark>,
    /// Announced to the organisations and members below (thông báo xuống dưới).
    pub announced: Option<Mark>,
}
