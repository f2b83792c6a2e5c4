//! Names of persons: one field as the person writes it, parts derived from it, and correctable.

use std::fmt;

use super::{clean, spelling_key};

/// The parts by which names are sorted and addressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameParts<'a> {
    /// Family name (họ); may be empty.
    pub ho: &'a str,
    /// Middle names (đệm); may be empty.
    pub dem: &'a str,
    /// Given name (tên).
    pub ten: &'a str,
}

impl<'a> NameParts<'a> {
    /// The usual reading: first word họ, last word tên, the rest đệm; one word is a tên.
    ///
    /// It is wrong for some (Ê Đê put the family last: H'Hen Niê), hence [`FullName::correct`].
    pub fn split(full: &'a str) -> Self {
        let full = full.trim();
        let Some((ho, rest)) = full.split_once(char::is_whitespace) else {
            return Self { ho: "", dem: "", ten: full };
        };
        match rest.rsplit_once(char::is_whitespace) {
            Some((dem, ten)) => Self { ho, dem: dem.trim(), ten },
            None => Self { ho, dem: "", ten: rest },
        }
    }

    /// Whether the parts hold exactly the words of the name, in any order.
    pub fn fits(&self, full: &str) -> bool {
        let mut parts: Vec<_> = [self.ho, self.dem, self.ten].into_iter().flat_map(str::split_whitespace).collect();
        let mut words: Vec<_> = full.split_whitespace().collect();
        parts.sort_unstable();
        words.sort_unstable();
        parts == words
    }
}

/// The corrected parts are not made of the words of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartsDoNotFit;

impl fmt::Display for PartsDoNotFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the parts are not the words of the full name")
    }
}

impl std::error::Error for PartsDoNotFit {}

/// A person's full name (họ và tên) in the person's own spelling and case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullName {
    full: String,
    corrected: Option<[String; 3]>,
}

impl FullName {
    /// Takes the name as typed or imported, cleaned; `None` when nothing is left.
    pub fn parse(typed: &str) -> Option<Self> {
        let full = clean(typed).into_owned();
        (!full.is_empty()).then_some(Self { full, corrected: None })
    }

    /// With parts stated by a person who knows better than [`NameParts::split`].
    ///
    /// # Errors
    /// [`PartsDoNotFit`] when they are not the words of this name: a correction must not outlive a change of name.
    pub fn correct(mut self, parts: NameParts<'_>) -> Result<Self, PartsDoNotFit> {
        let cleaned = [parts.ho, parts.dem, parts.ten].map(|part| clean(part).into_owned());
        let [ho, dem, ten] = &cleaned;
        let parts = NameParts { ho, dem, ten };
        if ten.is_empty() || !parts.fits(&self.full) {
            return Err(PartsDoNotFit);
        }
        self.corrected = (parts != NameParts::split(&self.full)).then_some(cleaned);
        Ok(self)
    }

    /// The name as it is written.
    pub fn full(&self) -> &str {
        &self.full
    }

    /// Họ, đệm and tên: the corrected ones, else the derived ones.
    pub fn parts(&self) -> NameParts<'_> {
        self.corrected().unwrap_or_else(|| NameParts::split(&self.full))
    }

    /// The correction, when there is one: what has to be stored beside the name.
    pub fn corrected(&self) -> Option<NameParts<'_>> {
        self.corrected.as_ref().map(|[ho, dem, ten]| NameParts { ho, dem, ten })
    }

    /// Equal for two spellings of one name: case, tone placement and kind of apostrophe do not count (DPD-33).
    pub fn duplicate_key(&self) -> String {
        spelling_key(&self.full)
    }
}

impl fmt::Display for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.full)
    }
}

/// Whether the name is written in capitals throughout (and is more than initials).
pub fn is_all_capitals(full: &str) -> bool {
    !full.chars().any(char::is_lowercase)
        && full.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().filter(|c| c.is_uppercase()).count() > 1)
}

/// A better case for an imported name, to be shown and accepted, never applied unasked: `NGUYỄN VĂN A` →
/// `Nguyễn Văn A`, `trần thị bé` → `Trần Thị Bé`. `None` when the case is good as it is.
///
/// In a name of mixed case only small first letters are raised, so that `McDonald` and `Y Blok` stay.
pub fn suggest_title_case(full: &str) -> Option<String> {
    let lower_rest = is_all_capitals(full);
    let mut suggestion = String::with_capacity(full.len());
    let mut in_word = false;
    for c in full.chars() {
        if !in_word {
            suggestion.extend(c.to_uppercase());
        } else if lower_rest {
            suggestion.extend(c.to_lowercase());
        } else {
            suggestion.push(c);
        }
        // Apostrophe and hyphen begin a word, a combining mark does not end one.
        in_word = c.is_alphabetic() || in_word && unicode_normalization::char::is_combining_mark(c);
    }
    (suggestion != full).then_some(suggestion)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'a>(ho: &'a str, dem: &'a str, ten: &'a str) -> NameParts<'a> {
        NameParts { ho, dem, ten }
    }

    #[test]
    fn the_usual_reading_of_a_name() {
        for (full, wanted) in [
            ("Nguyễn Thị Minh Khai", parts("Nguyễn", "Thị Minh", "Khai")),
            ("Trần Phú", parts("Trần", "", "Phú")),
            ("Giàng A Câu", parts("Giàng", "A", "Câu")),
            ("K'Tiêu", parts("", "", "K'Tiêu")),
            ("Bảo Ân", parts("Bảo", "", "Ân")),
            ("  Lê   Văn\tTám ", parts("Lê", "Văn", "Tám")),
            ("", parts("", "", "")),
        ] {
            assert_eq!(NameParts::split(full), wanted, "{full}");
        }
    }

    #[test]
    fn parts_can_be_corrected_with_the_words_of_the_name_only() {
        let name = FullName::parse(" H'Hen  Niê ").unwrap();
        assert_eq!((name.full(), name.parts()), ("H'Hen Niê", parts("H'Hen", "", "Niê")));
        let right = name.clone().correct(parts("Niê", "", "H'Hen")).unwrap();
        assert_eq!(right.parts(), parts("Niê", "", "H'Hen"));
        assert_eq!(right.full(), "H'Hen Niê");
        let given_only = FullName::parse("Bảo Ân").unwrap().correct(parts("", "", "Bảo Ân")).unwrap();
        assert_eq!(given_only.parts(), parts("", "", "Bảo Ân"));
        for wrong in [parts("Niê", "", "Hen"), parts("H'Hen", "", ""), parts("H'Hen Niê", "", "")] {
            assert_eq!(name.clone().correct(wrong), Err(PartsDoNotFit));
        }
        let as_derived = name.correct(parts("H'Hen", "", "Niê")).unwrap();
        assert_eq!(as_derived.corrected(), None, "a correction that says nothing new is not stored");
    }

    #[test]
    fn dpd_33_spellings_of_one_name_have_one_duplicate_key() {
        let key = |typed| FullName::parse(typed).map(|name| name.duplicate_key());
        assert_eq!(key("NGUYỄN THỊ HÒA"), key(" Nguyễn Thị  Hoà"));
        assert_eq!(key("HʼHen Niê"), key("H’HEN NIÊ"));
        assert_ne!(key("Nguyễn Thị Hòa"), key("Nguyễn Thị Hóa"));
        assert_eq!(key(" \u{200b} "), None);
    }

    #[test]
    fn capitals_are_recognised_and_a_better_case_suggested() {
        for (full, capitals, suggestion) in [
            ("NGUYỄN VĂN A", true, Some("Nguyễn Văn A")),
            ("H'HEN NIÊ", true, Some("H'Hen Niê")),
            ("Y-BLOK", true, Some("Y-Blok")),
            ("ĐỖ ĐỨC ÁNH", true, Some("Đỗ Đức Ánh")),
            ("trần thị bé", false, Some("Trần Thị Bé")),
            ("Hoàng ánh", false, Some("Hoàng Ánh")),
            ("Nguyễn Văn A", false, None),
            ("A B", false, None),
            ("Y Phương McDonald", false, None),
        ] {
            assert_eq!(is_all_capitals(full), capitals, "{full}");
            assert_eq!(suggest_title_case(full).as_deref(), suggestion, "{full}");
        }
    }
}
