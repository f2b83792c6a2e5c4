//! How names and numbers are written. Pure text.

use chibo_kernel::text::clean;

/// A file number (số lý lịch): six digits, not all zero, then two or three letters of the city (DOS-08).
pub fn is_file_number(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, letters) = text.split_at(digits);
    let letter = |c: char| c.is_alphabetic() && c.is_uppercase();
    digits == 6 && number != "000000" && (2..=3).contains(&letters.chars().count()) && letters.chars().all(letter)
}

/// Spaces at an end, or two together.
pub fn has_stray_spaces(name: &str) -> bool {
    name.trim() != name || name.contains("  ") || name.contains(['\t', '\u{a0}'])
}

/// A syllable that begins with a small letter, in a name that is not small throughout by the custom of its people
/// (`H'Hen`, `K'Tiêu` begin with a capital).
pub fn has_small_initial(name: &str) -> bool {
    name.split_whitespace().any(|word| word.chars().next().is_some_and(char::is_lowercase))
}

/// A tone where neither way of writing puts it: `qúy`, `hòan`, `thúyên`. Both `hòa` and `hoà` are in use.
pub fn has_tone_astray(name: &str) -> bool {
    const TONED_O: &str = "òóỏõọ";
    const TONED_U: &str = "ùúủũụ";
    let lower = clean(name).to_lowercase();
    lower.split_whitespace().any(|word| {
        let letters: Vec<char> = word.chars().collect();
        let after_q = letters.windows(2).any(|pair| matches!(pair, ['q', u] if TONED_U.contains(*u)));
        let closed = letters.windows(3).any(|three| match three {
            [o, a, next] if TONED_O.contains(*o) => "aăe".contains(*a) && next.is_alphabetic(),
            [u, y, next] if TONED_U.contains(*u) => *y == 'y' && next.is_alphabetic(),
            _ => false,
        });
        after_q || closed
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dos_08_a_file_number_is_six_digits_and_two_or_three_letters() {
        for good in ["000001HCM", "123456HN", "999999ĐN"] {
            assert!(is_file_number(good), "{good}");
        }
        for bad in
            ["000000HCM", "12345HCM", "1234567HN", "123456H", "123456HCMC", "123456hcm", "HCM123456", "123456 HN"]
        {
            assert!(!is_file_number(bad), "{bad}");
        }
    }

    #[test]
    fn both_ways_of_placing_a_tone_are_right_and_others_are_not() {
        for right in
            ["Nguyễn Thị Hòa", "Nguyễn Thị Hoà", "Quý", "Thúy", "Thuý", "Toán", "Nguyễn Khuyến", "Lò A Tòng", "Khỏe"]
        {
            assert!(!has_tone_astray(right), "{right}");
        }
        for wrong in ["Qúy", "Hòan", "Tóan", "Thúyên", "Qủang", "Lọan"] {
            assert!(has_tone_astray(wrong), "{wrong}");
        }
    }

    #[test]
    fn spaces_and_small_letters_are_seen() {
        assert!(has_stray_spaces("Trần  An") && has_stray_spaces(" Trần An") && !has_stray_spaces("Trần An"));
        assert!(has_small_initial("Trần an") && !has_small_initial("H'Hen Niê"));
    }
}
