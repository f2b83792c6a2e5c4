//! What a member pays by (FEE-01…FEE-06).

use chibo_kernel::{Issue, Said};

use super::Month;

/// What the fee of a member is counted from (đối tượng đóng đảng phí).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Category {
    /// Compulsory insurance: the insured salary (FEE-01; before 02/2026 the salary).
    Insured = 1,
    /// On sick or maternity benefit (FEE-01).
    Benefit = 2,
    /// Pensioner (FEE-02).
    Pensioner = 3,
    /// Below retirement age, not insured (FEE-03).
    Working = 4,
    /// At retirement age, not insured (FEE-04).
    Retired = 5,
    /// Pupil or student (FEE-05).
    Student = 6,
    /// Exempt by decision (FEE-06).
    Exempt = 7,
}

impl Category {
    /// All.
    pub const ALL: [Self; 7] =
        [Self::Insured, Self::Benefit, Self::Pensioner, Self::Working, Self::Retired, Self::Student, Self::Exempt];

    /// The stored number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.number() == number)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Insured => "fees-insured",
            Self::Benefit => "fees-benefit",
            Self::Pensioner => "fees-pensioner",
            Self::Working => "fees-working",
            Self::Retired => "fees-retired",
            Self::Student => "fees-student",
            Self::Exempt => "fees-exempt",
        }
    }

    /// Whether the fee is a share of an amount of money that must be known.
    pub const fn needs_base(self) -> bool {
        matches!(self, Self::Insured | Self::Benefit | Self::Pensioner)
    }
}

/// Why somebody is exempt by decision (FEE-06).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Poor household (hộ nghèo).
    Poor,
    /// Serious illness (bệnh hiểm nghèo).
    Illness,
}

impl Ground {
    /// All.
    pub const ALL: [Self; 2] = [Self::Poor, Self::Illness];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Poor => "poor",
            Self::Illness => "illness",
        }
    }

    /// From the stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Poor => "fees-ground-poor",
            Self::Illness => "fees-ground-illness",
        }
    }
}

/// What a member pays by in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// From what.
    pub category: Category,
    /// Salary, benefit or pension, đồng a month.
    pub base: Option<i64>,
    /// Region of the minimum wage, 1–4.
    pub region: u8,
}

/// A category as somebody states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// From which month on.
    pub from: Month,
    /// From what.
    pub category: Category,
    /// Salary, benefit or pension, đồng a month; `None` keeps what is stored.
    pub base: Option<i64>,
    /// Why exempt.
    pub ground: Option<Ground>,
    /// Region of the minimum wage, 1–4.
    pub region: u8,
    /// What there is to say.
    pub note: String,
}

/// The most a month's base may be; more is a slip of the finger.
const MOST: i64 = 1_000_000_000;

fn issue(field: &str, rule: &'static str, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule: Some(rule), said }
}

/// What speaks against a statement; `had` is whether a base of this category is stored already.
pub fn check_stated(stated: &Stated, had: bool, today: Month) -> Vec<Issue> {
    let mut issues = Vec::new();
    if stated.category.needs_base() && stated.base.is_none() && !had {
        let rule = if stated.category == Category::Pensioner { "FEE-02" } else { "FEE-01" };
        issues.push(issue("base", rule, Said::new("fees-base-needed")));
    }
    if stated.base.is_some_and(|base| !(1..=MOST).contains(&base)) {
        issues.push(issue("base", "FEE-01", Said::new("fees-base-odd")));
    }
    if stated.category == Category::Exempt && stated.ground.is_none() {
        issues.push(issue("ground", "FEE-06", Said::new("fees-ground-needed")));
    }
    if !(1..=4).contains(&stated.region) {
        issues.push(issue("region", "FEE-03", Said::new("fees-region-odd")));
    }
    if stated.from > today.plus(12) || stated.from.year() < 2011 {
        issues.push(issue("from", "FEE-11", Said::new("fees-from-odd")));
    }
    issues
}
