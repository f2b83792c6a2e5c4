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

/// What a branch owes at the end of a month: the rule and the word of each. `before` are the months of the period so far,
/// the asked one last; the lengths of the periods are the rulebook's.
pub fn owed(month: Month, before: &[MonthFacts], terms: &Terms) -> Vec<(&'static str, &'static str)> {
    let (regular, thematic) = terms.every;
    let ends = |every: i32| (month.0 + 1).rem_euclid(every.max(1)) == 0;
    let period = |every: i32| before.iter().rev().take(usize::try_from(every.max(1)).unwrap_or(1));
    let mut owed = Vec::new();
    if ends(regular) && !period(regular).any(|facts| facts.met || facts.excused) {
        owed.push(("MTG-01", "meetings-owes-regular"));
    }
    if ends(thematic) && !period(thematic).any(|facts| facts.thematic) {
        owed.push(("MTG-02", "meetings-owes-thematic"));
    }
    owed
}

/// How many calendar months in a row were weak, up to the running month or, while that has no meeting yet, the one before:
/// a month without a meeting ends the row, and weak months of long ago are no alarm (MTG-22).
pub fn weak_in_a_row(now: Month, grade_of: impl Fn(Month) -> Option<Grade>) -> u32 {
    let last = if grade_of(now).is_some() { now } else { now.plus(-1) };
    let mut count = 0;
    while grade_of(last.plus(-(count as i32))) == Some(Grade::Weak) {
        count += 1;
    }
    count
}

/// A debt: the rule, its word, the months it has stood for.
pub type Debt = (&'static str, &'static str, Vec<Month>);

/// Everything a branch still owes from a first month to the running one; a debt stays until it is paid or has its reason.
/// Nothing is known of a month in which the branch did not stand.
pub fn debts(first: Month, now: Month, terms: &Terms, facts: impl Fn(Month) -> Option<MonthFacts>) -> Vec<Debt> {
    let mut debts: Vec<Debt> = Vec::new();
    let mut before = Vec::new();
    for month in (first.0..=now.0).map(Month) {
        let Some(seen) = facts(month) else {
            before.clear();
            continue;
        };
        before.push(seen);
        for (rule, word) in owed(month, &before, terms) {
            match debts.iter_mut().find(|(known, ..)| *known == rule) {
                Some((.., months)) => months.push(month),
                None => debts.push((rule, word, vec![month])),
            }
        }
    }
    debts
}

/// A branch's year, as far as it has gone (MTG-22).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Year {
    /// Months that met.
    pub met: u32,
    /// Months with a theme.
    pub thematic: u32,
    /// The average of their points, rounded half up.
    pub average: Option<u32>,
}

impl Year {
    /// Of its months.
    pub fn of(months: impl IntoIterator<Item = MonthFacts>) -> Self {
        let (mut year, mut points, mut scored) = (Self::default(), 0u32, 0u32);
        for month in months {
            year.met += u32::from(month.met);
            year.thematic += u32::from(month.thematic);
            points += month.score.unwrap_or(0);
            scored += u32::from(month.score.is_some());
        }
        year.average = (points * 2 + scored).checked_div(2 * scored);
        year
    }
}
