//! Text written for the fonts used before Unicode: TCVN3 (.VnTime) and VNI-Windows.
//!
//! Such text comes as bytes, or as the letters Windows-1252 shows for these bytes ("Uû ban nh©n d©n"). Decode it
//! *before* [`clean`](super::clean): TCVN3 writes `ư` with the byte of the soft hyphen, which cleaning drops.

mod detect;
mod tcvn3;
mod vni;

use std::fmt;

pub use detect::{detect, detect_bytes};

/// An encoding of Vietnamese older than Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legacy {
    /// TCVN 5712:1993 VN3, called ABC: one byte a letter, capitals with a tone only by a capitals font (.VnTimeH).
    Tcvn3,
    /// VNI-Windows: a vowel, then a byte for its mark.
    Vni,
}

impl Legacy {
    /// The Unicode text (NFC) of text that was read as Windows-1252. A text that has Vietnamese letters beyond
    /// Windows-1252 is Unicode already and comes back unchanged, so every cell of a column in mixed encodings may be decoded.
    ///
    /// TCVN3 does not tell `À` from `à`: a word of capitals is made capitals throughout, else the letter is small.
    pub fn decode(self, shown: &str) -> String {
        if shown.chars().any(is_unicode_vietnamese) {
            return shown.to_owned();
        }
        match self {
            Self::Tcvn3 => tcvn3::restore_capitals(&tcvn3::letters(shown)),
            Self::Vni => vni::letters(shown),
        }
    }

    /// The Unicode text of the bytes.
    pub fn decode_bytes(self, bytes: &[u8]) -> String {
        self.decode(&windows_1252(bytes))
    }

    /// The letters without the guess about capitals.
    fn letters(self, shown: &str) -> String {
        match self {
            Self::Tcvn3 => tcvn3::letters(shown),
            Self::Vni => vni::letters(shown),
        }
    }
}

impl fmt::Display for Legacy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcvn3 => "TCVN3",
            Self::Vni => "VNI",
        })
    }
}

/// Vietnamese letters and marks that no byte of Windows-1252 stands for.
fn is_unicode_vietnamese(c: char) -> bool {
    matches!(c, 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư')
        || matches!(c, '\u{1ea0}'..='\u{1ef9}' | '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// The letters Windows-1252 shows for the bytes; the five bytes it does not define become control characters.
pub fn windows_1252(bytes: &[u8]) -> String {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    bytes.iter().map(|&b| if (0x80..0xa0).contains(&b) { HIGH[usize::from(b) - 0x80] } else { char::from(b) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_mixed_cells_keeps_its_unicode_cells() {
        for legacy in [Legacy::Tcvn3, Legacy::Vni] {
            for text in ["Nguyễn Văn Đức", "Trần Phương", "Cô Ư", "Nguye\u{302}\u{303}n", "2025"] {
                assert_eq!(legacy.decode(text), text);
            }
        }
    }

    #[test]
    fn bytes_are_read_as_windows_1252() {
        assert_eq!(windows_1252(b"\x93Hi\x94 \x96 \xe9\x80\x81"), "“Hi” – é€\u{81}");
        assert_eq!(Legacy::Tcvn3.decode_bytes(b"\x93\xa7\xb6ng\x94"), "“Đảng”");
        assert_eq!(Legacy::Vni.decode_bytes(b"\xd1a\xfbng"), "Đảng");
    }
}
