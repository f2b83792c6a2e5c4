//! Why a unit stands on the list of what has to be dealt with.

use chibo_kernel::Day;

use super::{Numbers, Term, Vacant};

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// No term is written down.
    NoTerm,
    /// The term is over and no congress has been held.
    Over,
    /// The term ends soon.
    Ending,
    /// Seats are vacant.
    Vacant,
    /// A result waits for its report or approval.
    Waiting,
}

impl Concern {
    /// All, in the order of lists.
    pub const ALL: [Self; 5] = [Self::Over, Self::Ending, Self::Vacant, Self::Waiting, Self::NoTerm];

    /// As written in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoTerm => "no-term",
            Self::Over => "over",
            Self::Ending => "ending",
            Self::Vacant => "vacant",
            Self::Waiting => "waiting",
        }
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoTerm => "committees-concern-no-term",
            Self::Over => "committees-concern-over",
            Self::Ending => "committees-concern-ending",
            Self::Vacant => "committees-concern-vacant",
            Self::Waiting => "committees-concern-waiting",
        }
    }

    /// Colour class of its tag.
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Over => "bad",
            Self::Ending | Self::Vacant | Self::Waiting => "warn",
            Self::NoTerm => "",
        }
    }

    /// From its form in addresses.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|concern| concern.code() == code)
    }
}

/// The concerns of one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concerns([bool; 5]);

impl Concerns {
    /// Whether it is one of them.
    pub fn has(self, concern: Concern) -> bool {
        self.each().any(|other| other == concern)
    }

    /// Those there are.
    pub fn each(self) -> impl Iterator<Item = Concern> {
        Concern::ALL.into_iter().zip(self.0).filter(|(_, is)| *is).map(|(concern, _)| concern)
    }
}

/// What has to be dealt with in a unit on a day; `waiting`: a result is not approved.
pub fn concerns(numbers: &Numbers<'_>, term: Option<&Term>, vacant: &Vacant, waiting: bool, today: Day) -> Concerns {
    let soon = numbers.after(numbers.remind, today);
    Concerns(Concern::ALL.map(|concern| match concern {
        Concern::NoTerm => term.is_none(),
        Concern::Over => term.is_some_and(|term| term.to <= today),
        Concern::Ending => term.is_some_and(|term| term.to > today && term.to <= soon),
        Concern::Vacant => term.is_some() && vacant.any(),
        Concern::Waiting => waiting,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Fixed;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    #[test]
    fn org_23_a_term_is_ending_for_six_months_and_then_over() {
        let today = day("2026-11-22");
        let numbers = Numbers::on(today).unwrap();
        let found = |to: &str| {
            let from = day("2021-01-01");
            let term = Term { ordinal: 1, version: 1, congress_on: from, from, to: day(to), fixed: Fixed::default() };
            concerns(&numbers, Some(&term), &Vacant::default(), false, today).each().collect::<Vec<_>>()
        };
        assert!(found("2027-05-23").is_empty());
        assert_eq!(found("2027-05-22"), [Concern::Ending]);
        assert_eq!(found("2026-11-23"), [Concern::Ending]);
        assert_eq!(found("2026-11-22"), [Concern::Over]);
        let none: Vec<_> = concerns(&numbers, None, &Vacant::default(), true, today).each().collect();
        assert_eq!(none, [Concern::Waiting, Concern::NoTerm]);
    }
}
