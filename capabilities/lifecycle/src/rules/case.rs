//! What a case is about.

use chibo_kernel::{Day, Id, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::{Facts, Strength};

/// What shall become of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseKind {
    /// It is founded (thành lập, ORG-15).
    Founding,
    /// A temporary branch is founded (lập chi bộ sinh hoạt tạm thời, TRF-08).
    Temporary,
    /// It goes under another committee (chuyển giao, ORG-16).
    Transfer,
    /// Its task is done or it no longer fits (giải thể, ORG-11).
    Dissolution,
    /// It is ended as discipline (giải tán, X-08).
    Disbandment,
}

impl CaseKind {
    /// All, in the order of lists.
    pub const ALL: [Self; 5] = [Self::Founding, Self::Temporary, Self::Transfer, Self::Dissolution, Self::Disbandment];

    /// As stored and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Founding => "founding",
            Self::Temporary => "temporary",
            Self::Transfer => "transfer",
            Self::Dissolution => "dissolution",
            Self::Disbandment => "disbandment",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Founding => "lifecycle-kind-founding",
            Self::Temporary => "lifecycle-kind-temporary",
            Self::Transfer => "lifecycle-kind-transfer",
            Self::Dissolution => "lifecycle-kind-dissolution",
            Self::Disbandment => "lifecycle-kind-disbandment",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// A unit begins.
    pub const fn founds(self) -> bool {
        matches!(self, Self::Founding | Self::Temporary)
    }

    /// A unit ends, and its members, dossiers and seal must be seen to (ORG-12).
    pub const fn ends(self) -> bool {
        matches!(self, Self::Dissolution | Self::Disbandment)
    }
}

/// Why an organisation is dissolved: there are two grounds only (ORG-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Its task is done (hoàn thành nhiệm vụ).
    TaskDone,
    /// It no longer fits (không còn phù hợp).
    NoLongerFits,
}

impl Ground {
    /// Both.
    pub const ALL: [Self; 2] = [Self::TaskDone, Self::NoLongerFits];

    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TaskDone => "task-done",
            Self::NoLongerFits => "no-longer-fits",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::TaskDone => "lifecycle-ground-task-done",
            Self::NoLongerFits => "lifecycle-ground-no-longer-fits",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }
}

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What shall happen.
    pub kind: CaseKind,
    /// The unit; of one to be founded the identifier drawn for it.
    pub unit: Id<Unit>,
    /// The unit above it: now, or where it shall sit (ORG-02).
    pub parent: Id<Unit>,
    /// The new unit above (transfer), or the branch that takes the members who remain (dissolution, disbandment).
    pub target: Option<Id<Unit>>,
    /// Name, kind, setting and code: now, or as they shall be.
    pub facts: Facts,
    /// Why it is dissolved.
    pub ground: Option<Ground>,
    /// What it is for, or why.
    pub purpose: String,
    /// Members by the list handed in, for units that members are not posted to directly.
    pub typed: Strength,
    /// When a temporary branch is expected to end; [`Day::FOREVER`] for all others.
    pub ends_on: Day,
}

impl Plan {
    /// The unit whose office prepares the case.
    pub fn keeper(&self) -> Id<Unit> {
        if self.kind.founds() { self.parent } else { self.unit }
    }

    /// Kind of the unit.
    pub fn unit_kind(&self) -> Kind {
        self.facts.kind
    }

    /// Setting of the unit.
    pub fn setting(&self) -> Setting {
        self.facts.setting
    }
}
