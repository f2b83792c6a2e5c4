//! Personal identification numbers (số định danh cá nhân): structure, doubts, masking (DPD-30).

use chibo_kernel::{Day, Said};

use super::provinces;

/// What looks wrong about a number; `None` when it is empty or fits (a warning, never a refusal).
pub fn doubt(number: &str, birth: Day, sex: u8) -> Option<Said> {
    if number.is_empty() {
        return None;
    }
    let digits: Vec<u8> = number.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    if digits.len() != 12 || number.len() != 12 {
        return Some(Said::new("members-identity-length"));
    }
    let year = birth.year();
    let century = (year / 100 - 19) * 2;
    // 0 male and 1 female of the 20th century, 2 and 3 of the 21st, and so on.
    let sex_fits = match sex {
        1 => i32::from(digits[3]) == century,
        2 => i32::from(digits[3]) == century + 1,
        _ => i32::from(digits[3]) / 2 * 2 == century,
    };
    let year_fits = i32::from(digits[4]) * 10 + i32::from(digits[5]) == year % 100;
    if !sex_fits || !year_fits {
        return Some(Said::new("members-identity-mismatch"));
    }
    let head = digits.iter().take(3).fold(0, |head, digit| head * 10 + u16::from(*digit));
    (!provinces::is_known(head)).then(|| Said::new("members-identity-province").with("code", format!("{head:03}")))
}

/// What is shown of a number without opening it: the last three digits.
pub fn hint(number: &str) -> String {
    let tail: String = number.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect();
    if tail.chars().count() < 3 { String::new() } else { format!("•••••••••{tail}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dpd_30_century_sex_and_year_digits_are_compared_with_birth_and_sex() {
        let birth = Day::from_ymd(1958, 2, 3).unwrap();
        assert_eq!(doubt("079058000123", birth, 1), None);
        assert_eq!(doubt("", birth, 1), None);
        assert_eq!(doubt("079158000123", birth, 2), None);
        for (number, sex) in [("079058000123", 2), ("079059000123", 1), ("079258000123", 1)] {
            assert_eq!(doubt(number, birth, sex).map(|s| s.key), Some("members-identity-mismatch"), "{number}");
        }
        assert_eq!(doubt("79058000123", birth, 1).map(|s| s.key), Some("members-identity-length"));
        let young = Day::from_ymd(2005, 1, 1).unwrap();
        assert_eq!(doubt("079305000123", young, 2), None);
    }

    #[test]
    fn dpd_30_an_unknown_province_is_a_doubt() {
        let birth = Day::from_ymd(1958, 2, 3).unwrap();
        assert_eq!(doubt("078058000123", birth, 1).map(|s| s.key), Some("members-identity-province"));
        assert_eq!(doubt("026058000123", birth, 1), None, "codes of before stay");
    }

    #[test]
    fn the_hint_shows_three_digits_only() {
        assert_eq!(hint("079058000123"), "•••••••••123");
        assert_eq!(hint("12"), "");
    }
}
