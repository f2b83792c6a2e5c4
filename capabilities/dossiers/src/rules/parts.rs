//! Parts and fields of the member's sheet (phiếu đảng viên, 2-HSĐV) that members does not hold: declared, not coded.

pub use super::parts_data::PARTS;

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// A day.
    Day,
    /// A year.
    Year,
    /// Whole đồng.
    Money,
    /// One of these: code and word key.
    Choice(&'static [(&'static str, &'static str)]),
}

/// One field of a part.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// As stored and sent.
    pub code: &'static str,
    /// Word key of the label.
    pub word: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Must be filled in.
    pub must: bool,
    /// Sealed, masked, opened one by one with a reason (DPD-05).
    pub secret: bool,
}

impl Field {
    pub(super) const fn new(code: &'static str, word: &'static str, kind: Kind) -> Self {
        Self { code, word, kind, must: false, secret: false }
    }
    pub(super) const fn must(self) -> Self {
        Self { must: true, ..self }
    }
    pub(super) const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }
}

/// What the days of a row mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Holds from a day until the next row of the part takes its place.
    Since,
    /// From a day, to a day or until now; several at a time.
    Span,
    /// Happened on a day.
    On,
}

/// One part (mục) of the sheet.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// As stored and in addresses.
    pub code: &'static str,
    /// Word key of the heading.
    pub word: &'static str,
    /// Item of the printed sheet, 1–30.
    pub item: u8,
    /// What the days mean.
    pub when: When,
    /// The fields, the one that names the row first.
    pub fields: &'static [Field],
}

impl Part {
    /// The part of a code.
    pub fn of(code: &str) -> Option<&'static Self> {
        PARTS.iter().find(|part| part.code == code)
    }

    /// A field of it.
    pub fn field(&self, code: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_and_word_is_there_once_and_items_are_those_of_the_sheet() {
        for (at, part) in PARTS.iter().enumerate() {
            assert!(!PARTS.iter().skip(at + 1).any(|other| other.code == part.code), "{}", part.code);
            assert!((1..=30).contains(&part.item), "{}", part.code);
            assert!(part.fields.iter().any(|field| field.must), "{}: nothing names the row", part.code);
            for (no, field) in part.fields.iter().enumerate() {
                let twice = part.fields.iter().skip(no + 1).any(|other| other.code == field.code);
                assert!(!twice, "{}.{}", part.code, field.code);
                assert!(!["from", "to", "consent", "item", "part", "seen", "end"].contains(&field.code));
            }
        }
    }

    #[test]
    fn dpd_05_relatives_health_discipline_residence_and_assets_are_secret() {
        for code in ["permanent", "temporary", "invalid", "discipline", "special", "travel", "abroad", "contacts"] {
            let part = Part::of(code).unwrap();
            assert!(part.fields.iter().any(|field| field.secret), "{code}");
        }
        for code in ["family", "economy"] {
            let part = Part::of(code).unwrap();
            let open: Vec<_> = part.fields.iter().filter(|field| !field.secret).map(|field| field.code).collect();
            assert!(open.len() <= 1, "{code}: {open:?}");
        }
    }

    #[test]
    fn dpd_02_what_relatives_think_is_no_field_and_no_column() {
        let sql = include_str!("../../migrations/0001_dossiers.sql").to_lowercase();
        let forbidden = ["attitude", "political", "opinion", "belief", "thai-do", "chinh-kien", "quan-diem", "loyal"];
        let named = |text: &str| forbidden.iter().copied().find(|word| text.contains(word));
        assert_eq!(named(&sql), None);
        for part in PARTS {
            for field in part.fields {
                assert_eq!(named(field.code), None, "{}.{}", part.code, field.code);
                assert_eq!(named(field.word), None, "{}.{}", part.code, field.code);
            }
        }
        for words in [include_str!("../../locales/vi.ftl"), include_str!("../../locales/en.ftl")] {
            let words = words.to_lowercase();
            let said =
                ["thái độ chính trị", "chính kiến", "political attitude"].into_iter().find(|s| words.contains(s));
            assert_eq!(said, None);
        }
    }
}
