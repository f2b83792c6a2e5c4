//! Code lists of the member register (domain 13 §2). The number is what is stored; it never changes; 0 is "unknown".

mod ethnicity;
mod lists;
mod standing;

pub use ethnicity::ETHNICITIES;
pub use lists::{
    ACADEMIC_TITLES, AGE_BANDS, DECREASES, DEGREES, GENERAL_EDUCATION, INCREASES, OCCUPATIONS, PARTY_AGE_BANDS,
    RELIGIONS, SEXES, STANDINGS, THEORY, age_band, party_age_band,
};
pub use standing::{Sex, Standing};

use std::collections::HashMap;

/// One entry of a code list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Stored number, equal to its place in the list.
    pub number: u8,
    /// Stable text code for files, addresses and message keys.
    pub key: &'static str,
    /// Vietnamese name.
    pub vi: &'static str,
    /// English name.
    pub en: &'static str,
    /// Other names met in spreadsheets.
    pub aliases: &'static [&'static str],
}

/// A code list; entry 0 is "unknown".
pub type List = &'static [Code];

const fn code(number: u8, key: &'static str, vi: &'static str, en: &'static str) -> Code {
    Code { number, key, vi, en, aliases: &[] }
}

const fn also(
    number: u8,
    key: &'static str,
    vi: &'static str,
    en: &'static str,
    aliases: &'static [&'static str],
) -> Code {
    Code { number, key, vi, en, aliases }
}

const UNKNOWN: Code = also(0, "unknown", "không rõ", "unknown", &["chưa rõ", "không xác định"]);

/// Every list with its stable name.
pub const LISTS: &[(&str, List)] = &[
    ("sex", SEXES),
    ("standing", STANDINGS),
    ("ethnicity", ETHNICITIES),
    ("religion", RELIGIONS),
    ("general-education", GENERAL_EDUCATION),
    ("degree", DEGREES),
    ("academic-title", ACADEMIC_TITLES),
    ("theory", THEORY),
    ("occupation", OCCUPATIONS),
    ("age-band", AGE_BANDS),
    ("party-age-band", PARTY_AGE_BANDS),
    ("increase", INCREASES),
    ("decrease", DECREASES),
];

/// The entry with this number; entry 0 when there is none.
pub fn entry(list: List, number: u8) -> &'static Code {
    list.get(usize::from(number)).unwrap_or(&UNKNOWN)
}

/// Finds entries by name as typed in spreadsheets. Built once per import, one look-up per cell.
pub struct Finder {
    by_name: HashMap<String, u8>,
    fold: fn(&str) -> String,
}

impl Finder {
    /// For one list. `fold` takes away case and marks (đ → d); spaces and punctuation are taken away here, so that
    /// `Khơ-me`, `KHƠ ME` and `khome` meet.
    pub fn new(list: List, fold: fn(&str) -> String) -> Self {
        let mut by_name = HashMap::new();
        for code in list {
            for name in [code.vi, code.en, code.key].iter().chain(code.aliases) {
                by_name.entry(bare(name, fold)).or_insert(code.number);
            }
        }
        Self { by_name, fold }
    }

    /// The number for a name, an alias or the key; `None` when nothing matches or the cell is empty.
    pub fn find(&self, text: &str) -> Option<u8> {
        let name = bare(text, self.fold);
        self.by_name.get(&name).copied()
    }
}

fn bare(text: &str, fold: fn(&str) -> String) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Enough folding for the tests; the program passes the kernel's.
    fn fold(text: &str) -> String {
        const FROM: &str = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
        const TO: &str = "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd";
        let place = |c: char| FROM.chars().position(|f| f == c).and_then(|at| TO.chars().nth(at));
        text.to_lowercase().chars().map(|c| place(c).unwrap_or(c)).collect()
    }

    #[test]
    fn every_list_counts_from_unknown_and_has_distinct_keys_and_names() {
        for (name, list) in LISTS {
            let mut keys = Vec::new();
            for (at, code) in list.iter().enumerate() {
                assert_eq!(usize::from(code.number), at, "{name}");
                assert!(!keys.contains(&code.key), "{name}: {}", code.key);
                keys.push(code.key);
                assert!(code.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            }
            assert_eq!(keys.first(), Some(&"unknown"), "{name}");
            assert_eq!(entry(list, 255).number, 0);
        }
    }

    #[test]
    fn every_name_and_alias_finds_its_own_entry() {
        for (name, list) in LISTS {
            let finder = Finder::new(list, fold);
            for code in *list {
                for text in [code.vi, code.en, code.key].iter().chain(code.aliases) {
                    assert_eq!(finder.find(text), Some(code.number), "{name}: {text}");
                }
            }
            assert_eq!(finder.find(""), None, "{name}");
            assert_eq!(finder.find("xyzzy"), None, "{name}");
        }
    }

    #[test]
    fn names_are_found_however_they_are_typed() {
        let ethnicity = Finder::new(ETHNICITIES, fold);
        for (text, number) in [
            ("KINH", 1),
            (" Khmer ", 5),
            ("khơ me", 5),
            ("KHO-ME", 5),
            ("H'Mông", 8),
            ("Jrai", 10),
            ("E-de", 12),
            ("K'Ho", 16),
            ("Stiêng", 22),
            ("Châu Ro", 32),
            ("nước ngoài", 55),
        ] {
            assert_eq!(ethnicity.find(text), Some(number), "{text}");
        }
        assert_eq!(Finder::new(DEGREES, fold).find("Thạc sỹ"), Some(6));
        assert_eq!(Finder::new(SEXES, fold).find("NỮ"), Some(2));
    }

    #[test]
    fn the_national_list_has_54_peoples_and_foreign_origin() {
        assert_eq!(ETHNICITIES.len(), 56);
        assert_eq!(entry(ETHNICITIES, 54).vi, "Rơ-măm");
        assert_eq!(entry(ETHNICITIES, 55).key, "foreign");
    }
}
