//! Contact with the branch of residence (giữ mối liên hệ với chi ủy, đảng ủy nơi cư trú; TRF-15, Quy định 213-QĐ/TW).

use chibo_kernel::{Day, Id, Issue, Said, Unit};

use super::check::issue;

/// An introduction to the branch of residence.
#[derive(Debug)]
pub enum Contact {}

/// What the branch of residence remarks on a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// Kept good contact (đã giữ mối liên hệ tốt).
    Good,
    /// Not regularly (chưa thường xuyên).
    Irregular,
    /// None (không giữ mối liên hệ).
    None,
}

impl Remark {
    /// All.
    pub const ALL: [Self; 3] = [Self::Good, Self::Irregular, Self::None];

    /// Stored number.
    pub const fn number(self) -> u8 {
        match self {
            Self::Good => 1,
            Self::Irregular => 2,
            Self::None => 3,
        }
    }

    /// From the stored number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|remark| remark.number() == number)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "transfers-remark-good",
            Self::Irregular => "transfers-remark-irregular",
            Self::None => "transfers-remark-none",
        }
    }
}

/// Where somebody lives: a branch of the register or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Residence {
    /// A branch of the register.
    Branch(Id<Unit>),
    /// One outside.
    Elsewhere(String),
}

/// What is wrong with an introduction.
pub fn check_contact(residence: &Residence, since: Day, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if since > today {
        issues.push(issue("since", None, Said::new("transfers-day-to-come")));
    }
    match residence {
        Residence::Elsewhere(name) if name.is_empty() => {
            issues.push(issue("residence", Some("TRF-15"), Said::new("transfers-residence-needed")));
        }
        Residence::Elsewhere(name) if name.chars().count() > 200 => {
            issues.push(issue("place", None, Said::new("transfers-place-long")));
        }
        _ => {}
    }
    issues
}

/// The year whose remarks are asked for on a day: from December on that year's, until the end of February.
pub fn year_due(today: Day) -> Option<i32> {
    let (year, month, _) = today.ymd();
    match month {
        12 => Some(year),
        1 | 2 => Some(year - 1),
        _ => None,
    }
}

/// The year a list shows when none is asked for: from November on this one, before that the last.
pub fn year_shown(today: Day) -> i32 {
    let (year, month, _) = today.ymd();
    if month >= 11 { year } else { year - 1 }
}

/// The last day of a year, by which remarks are written.
pub fn remarks_by(year: i32) -> Day {
    Day::from_ymd(year, 12, 31).unwrap_or(Day::FOREVER)
}

/// Introductions up to this day get a remark on the year; later ones wait for the next.
pub fn introduced_by(year: i32) -> Day {
    Day::from_ymd(year, 11, 30).unwrap_or(Day::FOREVER)
}
