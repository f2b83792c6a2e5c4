//! A share for showing: the counts stay, the percentage is computed when it is printed.

use std::cmp::Ordering;
use std::fmt;

/// `part` of `whole`, kept as counts. Shown with two decimals, rounded half up.
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

    /// Hundredths of a percent, rounded half up; `None` of nothing.
    pub fn hundredths(self) -> Option<u64> {
        let (part, whole) = (u128::from(self.part), u128::from(self.whole));
        let rounded = (part * 20_000 + whole).checked_div(2 * whole)?;
        u64::try_from(rounded).ok()
    }

    /// With the decimal mark of a language: `85,40` in Vietnamese, `85.40` in English; `–` of nothing.
    pub fn percent(self, decimal_mark: char) -> String {
        match self.hundredths() {
            Some(all) => format!("{}{decimal_mark}{:02}", all / 100, all % 100),
            None => "–".to_owned(),
        }
    }

    /// Exact comparison of two shares, without rounding; an empty one counts as nothing.
    pub fn compare(self, other: Share) -> Ordering {
        let cross = |a: Share, b: Share| u128::from(a.part) * u128::from(b.whole.max(1));
        cross(self, other).cmp(&cross(other, self))
    }
}

/// `85.40`
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.percent('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn x_13_the_source_articles_figure_is_rounded_correctly() {
        assert_eq!(Share::new(193, 226).to_string(), "85.40");
        assert_eq!(Share::new(193, 226).percent(','), "85,40");
    }

    #[test]
    fn x_13_half_goes_up_and_nothing_has_no_share() {
        assert_eq!(Share::new(1, 20_000).to_string(), "0.01");
        assert_eq!(Share::new(1, 20_001).to_string(), "0.00");
        assert_eq!(Share::new(2, 3).to_string(), "66.67");
        assert_eq!(Share::new(5, 5).to_string(), "100.00");
        assert_eq!(Share::new(0, 0).to_string(), "–");
    }

    #[test]
    fn x_13_shares_compare_exactly() {
        assert_eq!(Share::new(2, 3).compare(Share::new(6667, 10_000)), Ordering::Less);
        assert_eq!(Share::new(2, 4).compare(Share::new(1, 2)), Ordering::Equal);
    }

    proptest! {
        #[test]
        fn x_13_never_further_than_half_a_hundredth(part in 0..1_000_000u64, whole in 1..1_000_000u64) {
            let shown = i128::from(Share::new(part, whole).hundredths().unwrap());
            let error = 2 * (shown * i128::from(whole) - i128::from(part) * 10_000);
            prop_assert!(-i128::from(whole) < error && error <= i128::from(whole));
        }
    }
}
