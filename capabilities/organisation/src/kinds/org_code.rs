//! The national code of an organisation, `MM.MMM.MMM.MMM.MMM` (domain 01 §4).

use std::fmt;
use std::str::FromStr;

/// Code of an organisation: province (2 digits), upper, base, sub-organisation, branch (3 each); `000` for none.
/// Always stored and shown with dots.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrgCode([u8; 14]);

/// Why a text is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotACode {
    /// Something other than digits and dots.
    Character,
    /// Not 14 digits; holds how many there were.
    Length(usize),
    /// Dots, but not after the 2nd, 5th, 8th and 11th digit.
    Dots,
}

const DOTS: [usize; 4] = [2, 6, 10, 14];

impl OrgCode {
    /// From its five parts; `None` when one is too large.
    pub fn from_parts(province: u16, upper: u16, base: u16, sub: u16, branch: u16) -> Option<Self> {
        let fits = province < 100 && [upper, base, sub, branch].iter().all(|part| *part < 1000);
        fits.then(|| format!("{province:02}{upper:03}{base:03}{sub:03}{branch:03}").parse().ok())?
    }

    /// The digits of part 0 (province) … 4 (branch); empty for any other number.
    pub fn part(&self, part: usize) -> &str {
        let range = match part {
            0 => 0..2,
            1..=4 => part * 3 - 1..part * 3 + 2,
            _ => 0..0,
        };
        std::str::from_utf8(&self.0[range]).unwrap_or_default()
    }
}

impl FromStr for OrgCode {
    type Err = NotACode;

    /// Reads 14 digits, with all four dots in place or with none; spaces around are ignored.
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let text = text.trim();
        if text.bytes().any(|byte| !byte.is_ascii_digit() && byte != b'.') {
            return Err(NotACode::Character);
        }
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
        let code: [u8; 14] = digits.try_into().map_err(|digits: Vec<u8>| NotACode::Length(digits.len()))?;
        let dots: Vec<usize> = text.match_indices('.').map(|(at, _)| at).collect();
        if dots.is_empty() || dots == DOTS { Ok(Self(code)) } else { Err(NotACode::Dots) }
    }
}

impl fmt::Display for OrgCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (0..5).try_for_each(|part| write!(f, "{}{}", if part == 0 { "" } else { "." }, self.part(part)))
    }
}

impl fmt::Debug for OrgCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_or_without_dots_it_is_shown_dotted() {
        for text in ["38168053000001", "38.168.053.000.001", " 38.168.053.000.001 "] {
            assert_eq!(text.parse::<OrgCode>().unwrap().to_string(), "38.168.053.000.001");
        }
        assert_eq!(OrgCode::from_parts(38, 168, 53, 0, 1).unwrap().to_string(), "38.168.053.000.001");
        assert_eq!(OrgCode::from_parts(79, 1000, 0, 0, 0), None);
        assert_eq!(OrgCode::from_parts(100, 1, 0, 0, 0), None);
    }

    #[test]
    fn parts_are_province_upper_base_sub_branch() {
        let code: OrgCode = "79.001.022.333.444".parse().unwrap();
        assert_eq!([0, 1, 2, 3, 4, 5].map(|part| code.part(part)), ["79", "001", "022", "333", "444", ""]);
    }

    #[test]
    fn exact_length_characters_and_dots_are_checked() {
        let fault = |text: &str| text.parse::<OrgCode>().unwrap_err();
        assert_eq!(fault("3816805300001"), NotACode::Length(13));
        assert_eq!(fault("381680530000011"), NotACode::Length(15));
        assert_eq!(fault(""), NotACode::Length(0));
        assert_eq!(fault("38.168.053.000.00A"), NotACode::Character);
        assert_eq!(fault("38 168 053 000 001"), NotACode::Character);
        assert_eq!(fault("381.68.053.000.001"), NotACode::Dots);
        assert_eq!(fault("38.168053000001"), NotACode::Dots);
        assert_eq!(fault("38.168.053.000.001."), NotACode::Dots);
    }
}
