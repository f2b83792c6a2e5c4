//! A share for showing: the counts stay, the percentage is computed when it is printed.

use std::cmp::Ordering;

use crate::text::number::Notation;

/// `part` of `whole`, kept as counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    /// Numerator.
    pub part: u64,
    /// Denominator.
    pub whole: u64,
}

impl Share {
    /// The share as counts.
    pub const fn new(part: u64, whole: u64) -> Self {
        Self { part, whole }
    }

    /// As printed, two decimals, rounded half up, without the sign `%`; `None` of nothing.
    pub fn percent(self, notation: Notation) -> Option<String> {
        notation.percent(self.part, self.whole)
    }

    /// Exact comparison without rounding; a share of nothing counts as zero.
    pub fn compare(self, other: Share) -> Ordering {
        let of =
            |share: Share| if share.whole == 0 { (0, 1) } else { (u128::from(share.part), u128::from(share.whole)) };
        let ((part, whole), (other_part, other_whole)) = (of(self), of(other));
        (part * other_whole).cmp(&(other_part * whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x_13_the_source_articles_figure_is_rounded_correctly() {
        assert_eq!(Share::new(193, 226).percent(Notation::Vietnamese).as_deref(), Some("85,40"));
        assert_eq!(Share::new(193, 226).percent(Notation::English).as_deref(), Some("85.40"));
        assert_eq!(Share::new(0, 0).percent(Notation::English), None);
    }

    #[test]
    fn x_13_shares_compare_exactly_where_their_percentages_look_alike() {
        assert_eq!(Share::new(2, 3).compare(Share::new(6667, 10_000)), Ordering::Less);
        assert_eq!(Share::new(2, 4).compare(Share::new(1, 2)), Ordering::Equal);
        assert_eq!(Share::new(5, 0).compare(Share::new(0, 7)), Ordering::Equal);
    }
}
