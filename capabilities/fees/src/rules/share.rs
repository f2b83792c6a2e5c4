//! What is kept and what is passed upward (FEE-10).

use chibo_kernel::rulebook::{Ratio, Rule, Rulebook};
use chibo_kernel::{Day, Issue, Problem, Said};
use chibo_organisation::kinds::{Kind, Setting};

use super::Month;

/// A remittance, numbered within the unit that sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remittance;

/// The level of an organisation in the passing on of fees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Branch (chi bộ).
    Branch,
    /// Between branch and base (đảng bộ bộ phận, đảng bộ trực thuộc cơ sở).
    Middle,
    /// Base organisation of a commune or ward.
    Commune,
    /// Other base organisation.
    Base,
    /// Above base level, below the city.
    Upper,
    /// The city.
    City,
}

impl Level {
    /// All, from the branch upward.
    pub const ALL: [Self; 6] = [Self::Branch, Self::Middle, Self::Commune, Self::Base, Self::Upper, Self::City];

    /// Of a unit by the stored numbers of its kind and setting; `None` for what handles no fees.
    pub fn of(kind: u8, setting: u8) -> Option<Self> {
        let local = [Setting::Commune, Setting::Ward, Setting::Township, Setting::SpecialZone];
        Some(match Kind::from_number(kind)? {
            Kind::Branch | Kind::Temporary | Kind::Overseas => Self::Branch,
            Kind::Section | Kind::UnderBase => Self::Middle,
            Kind::Base if Setting::from_number(setting).is_some_and(|setting| local.contains(&setting)) => {
                Self::Commune
            }
            Kind::Base | Kind::BaseBranch => Self::Base,
            Kind::Upper => Self::Upper,
            Kind::City => Self::City,
            Kind::Central | Kind::Group | Kind::History => return None,
        })
    }

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Branch => "branch",
            Self::Middle => "middle",
            Self::Commune => "commune",
            Self::Base => "base",
            Self::Upper => "upper",
            Self::City => "city",
        }
    }

    /// From the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Branch => "fees-level-branch",
            Self::Middle => "fees-level-middle",
            Self::Commune => "fees-level-commune",
            Self::Base => "fees-level-base",
            Self::Upper => "fees-level-upper",
            Self::City => "fees-level-city",
        }
    }
}

/// A share as stored: so many parts of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Parts kept.
    pub part: u32,
    /// Of so many.
    pub whole: u32,
}

/// The share the rulebook names for a level, with the rule.
///
/// # Errors
/// A fault when the rulebook lacks the number.
pub fn default_share(level: Level, month: Month) -> Result<(Share, &'static Rule), Problem> {
    let oldest = Day::from_ymd(2011, 1, 1).unwrap_or(Day::FOREVER);
    let rule = Rulebook::built_in()?.on(month.first().max(oldest)).require("FEE-10")?;
    let ratio = match level {
        Level::Branch => rule.ratio("branch_keeps")?,
        Level::Middle => rule.ratio("middle_keeps")?,
        Level::Commune => rule.ratio("commune_base_keeps")?,
        Level::Base => rule.ratio("other_base_keeps")?,
        Level::Upper => rule.ratio("upper_keeps")?,
        // What the city passes to the centre is outside of the register.
        Level::City => return Ok((Share { part: 1, whole: 1 }, rule)),
    };
    Ok((Share { part: ratio.part(), whole: ratio.whole() }, rule))
}

/// What is passed of an amount: all that is not kept; what is kept is never rounded up.
pub fn passed(amount: i64, share: Share) -> i64 {
    let kept = Ratio::new(share.part.min(share.whole), share.whole)
        .map_or(0, |ratio| i64::try_from(ratio.floor_of(u64::try_from(amount).unwrap_or(0))).unwrap_or(0));
    amount - kept
}

/// A remittance as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// First month it is for.
    pub from: Month,
    /// Last month it is for.
    pub to: Month,
    /// Đồng.
    pub amount: i64,
    /// Number of the paper.
    pub number: String,
    /// On which day.
    pub on: Day,
    /// What there is to say.
    pub note: String,
}

impl Sending {
    /// What speaks against it; `taken` are the periods already passed on, `expected` what should be passed.
    pub fn check(&self, taken: &[(Month, Month)], expected: i64, today: Day) -> Vec<Issue> {
        let issue = |field: &str, said: Said| Issue { field: Some(field.to_owned()), rule: Some("FEE-10"), said };
        let mut issues = Vec::new();
        if self.from > self.to || self.to.0 - self.from.0 > 11 {
            issues.push(issue("to", Said::new("fees-period-odd")));
        } else if self.to > Month::of(today) {
            issues.push(issue("to", Said::new("fees-period-ahead")));
        } else if let Some((from, to)) = taken.iter().find(|(from, to)| *from <= self.to && self.from <= *to) {
            let said = Said::new("fees-period-taken").with("from", from.text()).with("to", to.text());
            issues.push(issue("from", said));
        }
        if self.amount <= 0 {
            issues.push(issue("amount", Said::new("fees-amount-needed")));
        } else if self.amount != expected && self.note.is_empty() {
            let expected = chibo_kernel::text::number::count(expected);
            issues.push(issue("note", Said::new("fees-difference-told").with("expected", expected)));
        }
        if self.number.is_empty() {
            issues.push(issue("number", Said::new("fees-number-needed")));
        }
        if self.on > today {
            issues.push(issue("on", Said::new("fees-day-ahead")));
        }
        issues
    }
}
