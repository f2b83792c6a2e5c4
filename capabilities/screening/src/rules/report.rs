//! What a report counts, and why it differs from the one before: from the same steps, so that both always agree (SCR-12).

use super::course::{Form, State};
use super::ground::FLAG_RULES;

/// A number of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// Assessed at all.
    Screened,
    /// Assessed while flagged by the rule of a group (place in [`FLAG_RULES`]).
    Group(u8),
    /// Found fit.
    Cleared,
    /// Educated and helped now.
    Helping,
    /// Proposed for removal, not decided.
    Proposed,
    /// Struck off.
    StruckOff,
    /// Admission cancelled.
    Cancelled,
    /// Decided against, taken back, restored.
    Returned,
}

/// All figures, in the order of the report.
pub const FIGURES: [Figure; 13] = [
    Figure::Screened,
    Figure::Group(0),
    Figure::Group(1),
    Figure::Group(2),
    Figure::Group(3),
    Figure::Group(4),
    Figure::Group(5),
    Figure::Cleared,
    Figure::Helping,
    Figure::Proposed,
    Figure::StruckOff,
    Figure::Cancelled,
    Figure::Returned,
];

impl Figure {
    /// As stored and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Screened => "screened",
            Self::Group(0) => "group-1",
            Self::Group(1) => "group-2",
            Self::Group(2) => "group-3",
            Self::Group(3) => "group-4",
            Self::Group(4) => "group-5",
            Self::Group(_) => "group-6",
            Self::Cleared => "cleared",
            Self::Helping => "helping",
            Self::Proposed => "proposed",
            Self::StruckOff => "struck-off",
            Self::Cancelled => "cancelled",
            Self::Returned => "returned",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        FIGURES.into_iter().find(|figure| figure.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Screened => "screening-figure-screened",
            Self::Group(0) => "screening-group-1",
            Self::Group(1) => "screening-group-2",
            Self::Group(2) => "screening-group-3",
            Self::Group(3) => "screening-group-4",
            Self::Group(4) => "screening-group-5",
            Self::Group(_) => "screening-group-6",
            Self::Cleared => "screening-state-cleared",
            Self::Helping => "screening-state-helping",
            Self::Proposed => "screening-figure-proposed",
            Self::StruckOff => "screening-form-struck-off",
            Self::Cancelled => "screening-form-cancelled",
            Self::Returned => "screening-figure-returned",
        }
    }

    /// Whether somebody who stands so is counted.
    pub fn counts(self, state: State, form: Option<Form>, rules: &[String]) -> bool {
        match self {
            Self::Screened => state.assessed(),
            Self::Group(place) => {
                let group = FLAG_RULES.get(usize::from(place));
                state.assessed() && group.is_some_and(|group| rules.iter().any(|rule| rule == group))
            }
            Self::Cleared => state == State::Cleared,
            Self::Helping => state == State::Helping,
            Self::Proposed => state.proposed(),
            Self::StruckOff => state == State::Removed && form != Some(Form::Cancelled),
            Self::Cancelled => state == State::Removed && form == Some(Form::Cancelled),
            Self::Returned => matches!(state, State::Refused | State::Withdrawn | State::Restored),
        }
    }
}

/// How one member stood before and stands now: state, form, rules of the flags at the assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Before.
    pub from: (State, Option<Form>, Vec<String>),
    /// Now.
    pub to: (State, Option<Form>, Vec<String>),
}

/// The figures of a report, in the order of [`FIGURES`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub [i64; 13]);

impl Counts {
    /// So many who stand so are counted.
    pub fn add(&mut self, state: State, form: Option<Form>, rules: &[String], many: i64) {
        for (count, figure) in self.0.iter_mut().zip(FIGURES) {
            *count += if figure.counts(state, form, rules) { many } else { 0 };
        }
    }

    /// Both together.
    pub fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(count, more)| *count += more);
    }

    /// One of them.
    pub fn of(&self, figure: Figure) -> i64 {
        self.0.iter().zip(FIGURES).find(|(_, other)| *other == figure).map_or(0, |(count, _)| *count)
    }
}

/// By how much each figure changes: who came in minus who went out. Added to the report before it gives this one.
pub fn explain<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Counts {
    let mut counts = Counts::default();
    for change in changes {
        counts.add(change.from.0, change.from.1, &change.from.2, -1);
        counts.add(change.to.0, change.to.1, &change.to.2, 1);
    }
    counts
}
