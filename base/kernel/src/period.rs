//! Half-open spans of days: from the first day up to, not including, the last.

use crate::day::Day;

/// A non-empty span of days `[from, to)`; an open end is `Day::FOREVER`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    from: Day,
    to: Day,
}

impl Period {
    /// From a day on, without end.
    pub const fn since(from: Day) -> Self {
        Self { from, to: Day::FOREVER }
    }

    /// `[from, to)`; `None` when it would hold no day.
    pub fn new(from: Day, to: Day) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }

    /// The first day inside.
    pub const fn from(self) -> Day {
        self.from
    }

    /// The first day no longer inside.
    pub const fn to(self) -> Day {
        self.to
    }

    /// Has no known end.
    pub fn is_open(self) -> bool {
        self.to == Day::FOREVER
    }

    /// Whether the day lies inside.
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day < self.to
    }

    /// The days both share.
    pub fn overlap(self, other: Period) -> Option<Period> {
        Self::new(self.from.max(other.from), self.to.min(other.to))
    }

    /// What is left of `self` when `cut` is taken out: nothing, one or two pieces.
    pub fn without(self, cut: Period) -> impl Iterator<Item = Period> {
        let before = Self::new(self.from, self.to.min(cut.from));
        let after = Self::new(self.from.max(cut.to), self.to);
        before.into_iter().chain(after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: i32, to: i32) -> Period {
        Period::new(Day::from_number(from), Day::from_number(to)).unwrap()
    }

    #[test]
    fn half_open_edges() {
        assert!(span(1, 3).contains(Day::from_number(1)));
        assert!(!span(1, 3).contains(Day::from_number(3)));
        assert_eq!(Period::new(Day::from_number(3), Day::from_number(3)), None);
        assert_eq!(span(1, 3).overlap(span(3, 5)), None);
    }

    #[test]
    fn cutting_leaves_the_pieces_outside() {
        assert_eq!(span(1, 9).without(span(3, 5)).collect::<Vec<_>>(), [span(1, 3), span(5, 9)]);
        assert_eq!(span(1, 9).without(span(0, 5)).collect::<Vec<_>>(), [span(5, 9)]);
        assert_eq!(span(1, 9).without(span(0, 10)).count(), 0);
        assert_eq!(span(1, 3).without(span(5, 9)).collect::<Vec<_>>(), [span(1, 3)]);
    }
}
