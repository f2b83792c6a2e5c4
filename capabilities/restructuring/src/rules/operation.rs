//! The lines of a plan.

use chibo_kernel::{Id, Problem, Unit};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Facts;
use serde_json::{Value, json};

/// How much of a unit goes into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it (toàn bộ).
    Whole,
    /// What is not said otherwise (phần còn lại, mặc định).
    Rest,
    /// A part, named unit by unit or member by member (một phần).
    Part,
}

impl Extent {
    /// All.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Rest, Self::Part];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Rest => "rest",
            Self::Part => "part",
        }
    }

    /// From the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|extent| extent.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Whole => "plans-whole",
            Self::Rest => "plans-rest",
            Self::Part => "plans-part",
        }
    }
}

/// A unit to be established.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founding {
    /// Its identifier, drawn when the line was entered.
    pub id: Id<Unit>,
    /// What it is.
    pub facts: Facts,
    /// The unit above; may be one of the plan itself.
    pub parent: Id<Unit>,
}

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A unit is established (thành lập).
    Establish(Box<Founding>),
    /// A unit that ended stands again (lập lại): only counter-plans say so.
    Restore {
        /// The unit.
        unit: Id<Unit>,
        /// What it was.
        facts: Box<Facts>,
        /// The unit above.
        parent: Option<Id<Unit>>,
    },
    /// Another name or code (đổi tên).
    Rename {
        /// The unit.
        unit: Id<Unit>,
        /// Full name.
        name: String,
        /// Short name.
        short: String,
        /// New dotted code; `None` keeps the old one.
        code: Option<String>,
    },
    /// Another kind or setting (chuyển đổi loại hình).
    Retype {
        /// The unit.
        unit: Id<Unit>,
        /// Kind.
        kind: Kind,
        /// Setting.
        setting: Setting,
    },
    /// Under another unit, with everything below (chuyển giao).
    Move {
        /// The unit.
        unit: Id<Unit>,
        /// The new unit above.
        parent: Id<Unit>,
    },
    /// A unit ends and goes into another, wholly or in part (sáp nhập, hợp nhất, chia tách).
    Join {
        /// The unit that ends.
        from: Id<Unit>,
        /// The one that continues it.
        into: Id<Unit>,
        /// How much.
        extent: Extent,
    },
    /// A unit ends without successor (giải thể).
    Dissolve {
        /// The unit.
        unit: Id<Unit>,
    },
}

impl Operation {
    /// The stored code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Establish(_) => "establish",
            Self::Restore { .. } => "restore",
            Self::Rename { .. } => "rename",
            Self::Retype { .. } => "retype",
            Self::Move { .. } => "move",
            Self::Join { .. } => "join",
            Self::Dissolve { .. } => "dissolve",
        }
    }

    /// Key of the word.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Establish(_) => "plans-establish",
            Self::Restore { .. } => "plans-restore",
            Self::Rename { .. } => "plans-rename",
            Self::Retype { .. } => "plans-retype",
            Self::Move { .. } => "plans-move",
            Self::Join { .. } => "plans-join",
            Self::Dissolve { .. } => "plans-dissolve",
        }
    }

    /// The unit the line is about.
    pub fn unit(&self) -> Id<Unit> {
        match self {
            Self::Establish(new) => new.id,
            Self::Join { from, .. } => *from,
            Self::Restore { unit, .. }
            | Self::Rename { unit, .. }
            | Self::Retype { unit, .. }
            | Self::Move { unit, .. }
            | Self::Dissolve { unit } => *unit,
        }
    }

    /// The other unit named: the one above, the one that continues it.
    pub fn other(&self) -> Option<Id<Unit>> {
        match self {
            Self::Establish(new) => Some(new.parent),
            Self::Restore { parent, .. } => *parent,
            Self::Move { parent, .. } => Some(*parent),
            Self::Join { into, .. } => Some(*into),
            Self::Rename { .. } | Self::Retype { .. } | Self::Dissolve { .. } => None,
        }
    }

    /// Whether the line brings its unit.
    pub const fn brings(&self) -> bool {
        matches!(self, Self::Establish(_) | Self::Restore { .. })
    }

    /// The rest of the line as JSON; empty for none.
    pub fn detail(&self) -> String {
        let whole = |facts: &Facts| {
            let (kind, setting) = (facts.kind.code(), facts.setting.code());
            json!({ "name": facts.name, "short": facts.short, "kind": kind, "setting": setting, "code": facts.code })
        };
        match self {
            Self::Establish(new) => whole(&new.facts),
            Self::Restore { facts, .. } => whole(facts),
            Self::Rename { name, short, code, .. } => json!({ "name": name, "short": short, "code": code }),
            Self::Retype { kind, setting, .. } => json!({ "kind": kind.code(), "setting": setting.code() }),
            Self::Join { extent, .. } => json!({ "extent": extent.code() }),
            Self::Move { .. } | Self::Dissolve { .. } => return String::new(),
        }
        .to_string()
    }

    /// Reads a stored line.
    ///
    /// # Errors
    /// A fault when it cannot be read.
    pub fn read(code: &str, unit: Id<Unit>, other: Option<Id<Unit>>, detail: &str) -> Result<Self, Problem> {
        let broken = || Problem::fault(format!("a plan line `{code}` {detail}"));
        let json: Value =
            if detail.is_empty() { Value::Null } else { serde_json::from_str(detail).map_err(Problem::fault)? };
        let text = |name: &str| json.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let kind = || Kind::from_code(&text("kind")).ok_or_else(broken);
        let setting = || Setting::from_code(&text("setting")).ok_or_else(broken);
        let facts = || -> Result<Facts, Problem> {
            let (name, short, code) = (text("name"), text("short"), text("code"));
            Ok(Facts { name, short, kind: kind()?, setting: setting()?, code })
        };
        Ok(match code {
            "establish" => {
                let parent = other.ok_or_else(broken)?;
                Self::Establish(Box::new(Founding { id: unit, facts: facts()?, parent }))
            }
            "restore" => Self::Restore { unit, facts: Box::new(facts()?), parent: other },
            "rename" => {
                let code = json.get("code").and_then(Value::as_str).map(str::to_owned);
                Self::Rename { unit, name: text("name"), short: text("short"), code }
            }
            "retype" => Self::Retype { unit, kind: kind()?, setting: setting()? },
            "move" => Self::Move { unit, parent: other.ok_or_else(broken)? },
            "join" => {
                let extent = Extent::from_code(&text("extent")).ok_or_else(broken)?;
                Self::Join { from: unit, into: other.ok_or_else(broken)?, extent }
            }
            "dissolve" => Self::Dissolve { unit },
            _ => return Err(broken()),
        })
    }
}
