//! What a month was worth and what it still owes (MTG-01, MTG-02, MTG-22).

use super::{Month, Terms};

/// Grade of a meeting (MTG-20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Kém.
    Weak,
    /// Trung bình.
    Average,
    /// Khá.
    Fair,
    /// Tốt.
    Good,
}

impl Grade {
    /// All, the best first.
    pub const ALL: [Self; 4] = [Self::Good, Self::Fair, Self::Average, Self::Weak];

    /// Of a score.
    pub const fn of(score: u32, terms: &Terms) -> Self {
        let [good, fair, average] = terms.bands;
        if score >= good {
            Self::Good
        } else if score >= fair {
            Self::Fair
        } else if score >= average {
            Self::Average
        } else {
            Self::Weak
        }
    }

    /// The stored number.
    pub const fn number(self) -> u8 {
        match self {
            Self::Good => 1,
            Self::Fair => 2,
            Self::Average => 3,
            Self::Weak => 4,
        }
    }

    /// From the stored number; `None` for a month without a grade.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.number() == number)
    }

    /// Word key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "meetings-grade-good",
            Self::Fair => "meetings-grade-fair",
            Self::Average => "meetings-grade-average",
            Self::Weak => "meetings-grade-weak",
        }
    }

    /// Colour class of its tag.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::Fair => "",
            Self::Average => "warn",
            Self::Weak => "bad",
        }
    }
}

/// A branch's month as it was closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MonthFacts {
    /// A regular meeting was closed.
    pub met: bool,
    /// It was said, with a reason, that there is none.
    pub excused: bool,
    /// A thematic part was held.
    pub thematic: bool,
    /// Score of the regular meeting.
    pub score: Option<u32>,
}

/// What a branch owes at the end of a month: the rule and the word of each. `quarter` are the months of the quarter so far,
/// the asked one last.
pub fn owed(month: Month, quarter: &[MonthFacts]) -> Vec<(&'static str, &'static str)> {
    let mut owed = Vec::new();
    let last = quarter.last().copied().unwrap_or_default();
    if !last.met && !last.excused {
        owed.push(("MTG-01", "meetings-owes-regular"));
    }
    let ends = month.number().is_multiple_of(3);
    if ends && !quarter.iter().any(|facts| facts.thematic) {
        owed.push(("MTG-02", "meetings-owes-thematic"));
    }
    owed
}
