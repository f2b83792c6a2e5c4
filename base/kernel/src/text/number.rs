//! Numbers as they are printed. All arithmetic is on integers.

/// How digits are grouped and where the fraction begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// 248.736 and 85,40.
    Vietnamese,
    /// 248,736 and 85.40.
    English,
}

impl Notation {
    const fn marks(self) -> (char, char) {
        match self {
            Self::Vietnamese => ('.', ','),
            Self::English => (',', '.'),
        }
    }

    /// A whole number with its thousands grouped; a minus sign is the hyphen, so that the text can be read back.
    pub fn count(self, number: i64) -> String {
        let sign = if number < 0 { "-" } else { "" };
        format!("{sign}{}", self.grouped(u128::from(number.unsigned_abs())))
    }

    /// `part` of `whole` in per cent with two decimals, without the sign `%`; `None` of nothing. X-13.
    pub fn percent(self, part: u64, whole: u64) -> Option<String> {
        let hundredths = hundredths(part, whole)?;
        let (_, point) = self.marks();
        Some(format!("{}{point}{:02}", self.grouped(hundredths / 100), hundredths % 100))
    }

    fn grouped(self, number: u128) -> String {
        let (comma, _) = self.marks();
        let digits = number.to_string();
        let mut text = String::with_capacity(digits.len() * 4 / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(comma);
            }
            text.push(digit);
        }
        text
    }
}

/// `part` of `whole` in hundredths of a per cent, rounded half up; `None` of nothing. X-13.
pub fn hundredths(part: u64, whole: u64) -> Option<u128> {
    // floor(10000·part / whole + 1/2) = floor((20000·part + whole) / (2·whole)): exact, and too small to overflow.
    (20_000 * u128::from(part) + u128::from(whole)).checked_div(2 * u128::from(whole))
}

/// A whole number as printed in Vietnamese: 248.736.
pub fn count(number: i64) -> String {
    Notation::Vietnamese.count(number)
}

/// A percentage as printed in Vietnamese: 85,40. X-13.
pub fn percent(part: u64, whole: u64) -> Option<String> {
    Notation::Vietnamese.percent(part, whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thousands_are_grouped() {
        for (number, vietnamese, english) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_000, "1.000", "1,000"),
            (248_736, "248.736", "248,736"),
            (-1_234_567, "-1.234.567", "-1,234,567"),
            (i64::MIN, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"),
        ] {
            assert_eq!(count(number), vietnamese);
            assert_eq!(Notation::English.count(number), english);
        }
    }

    #[test]
    fn x_13_percentages_come_from_counts_and_round_half_up() {
        for (part, whole, text) in [
            (193, 226, "85,40"),
            (0, 7, "0,00"),
            (7, 7, "100,00"),
            (2, 3, "66,67"),
            (1, 3, "33,33"),
            (1, 20_000, "0,01"),
            (1, 20_001, "0,00"),
            (41, 2, "2.050,00"),
        ] {
            assert_eq!(percent(part, whole).as_deref(), Some(text), "{part}/{whole}");
        }
        assert_eq!(Notation::English.percent(193, 226).as_deref(), Some("85.40"));
        assert_eq!(percent(1, 0), None);
        assert_eq!(percent(u64::MAX, u64::MAX).as_deref(), Some("100,00"));
    }

    proptest! {
        #[test]
        fn x_13_no_percentage_is_off_by_more_than_half_a_hundredth(part in 0u64..1_000_000, whole in 1u64..1_000_000) {
            let shown = i128::try_from(hundredths(part, whole).unwrap()).unwrap();
            let (part, whole) = (i128::from(part), i128::from(whole));
            let twice_error = 2 * (shown * whole - 10_000 * part);
            prop_assert!(-whole < twice_error && twice_error <= whole);
        }
    }
}
