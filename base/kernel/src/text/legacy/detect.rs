//! Which old encoding a sample is in, judged by how many of its words become Vietnamese syllables.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::super::syllable::is_syllable;
use super::{Legacy, windows_1252};

/// A sample need not be read further than this many words with letters beyond ASCII.
const ENOUGH_WORDS: usize = 2_000;

/// The old encoding of text that was read as Windows-1252; `None` for Unicode Vietnamese, other languages, or too little
/// to tell. Give it a whole column or page: one short word proves nothing.
pub fn detect(sample: &str) -> Option<Legacy> {
    let words: HashSet<&str> = sample.split(|c| !is_word_part(c)).filter(is_telling).take(ENOUGH_WORDS).collect();
    let score = |read: &dyn Fn(&str) -> String| words.iter().filter(|word| is_syllable(&read(word))).count();
    let unicode = score(&|word| word.to_lowercase().nfc().collect());
    let tcvn3 = score(&|word| Legacy::Tcvn3.letters(word).to_lowercase());
    let vni = score(&|word| Legacy::Vni.letters(word).to_lowercase());

    let (best, legacy) = if tcvn3 >= vni { (tcvn3, Legacy::Tcvn3) } else { (vni, Legacy::Vni) };
    // Most words must make sense, clearly more than do as they stand: some words make sense in either reading.
    let makes_sense = 10 * best >= 7 * words.len();
    let makes_more_sense = best > unicode && 100 * (best - unicode) >= 15 * words.len();
    let enough = words.len() > 1 || words.iter().all(|word| word.chars().count() > 2);
    (makes_sense && makes_more_sense && enough).then_some(legacy)
}

/// [`detect`] for bytes of unknown encoding: UTF-8 when they are valid UTF-8, else Windows-1252.
pub fn detect_bytes(sample: &[u8]) -> Option<Legacy> {
    match std::str::from_utf8(sample) {
        Ok(text) => detect(text),
        Err(_) => detect(&windows_1252(sample)),
    }
}

/// TCVN3 uses signs as letters, so every character of the upper half of Windows-1252 belongs to a word.
fn is_word_part(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{a1}'..='\u{ff}' | '\u{300}'..='\u{36f}')
}

/// Words that differ between the readings; a sign standing alone is a sign.
fn is_telling(word: &&str) -> bool {
    !word.is_ascii() && word.chars().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_encodings_are_recognised() {
        for sample in [
            "Uû ban nh©n d©n",
            "NguyÔn V¨n An",
            "Hä vµ tªn; Ngµy sinh; Quª qu¸n",
            "TrÇn ThÞ Hoa\nLª Hång Phong\nH'Hen Niª",
            "HOµNG THÞ Hµ",
            "Tuæi",
        ] {
            assert_eq!(detect(sample), Some(Legacy::Tcvn3), "{sample}");
        }
        for sample in [
            "UÛy ban nhaân daân",
            "Nguyeãn Vaên An",
            "Hoï vaø teân; Ngaøy sinh; Queâ quaùn",
            "Traàn Thò Hoàng\nLeâ Hoàng Phong",
            "TRAÀN THÒ HAØ",
            "Tuoåi",
        ] {
            assert_eq!(detect(sample), Some(Legacy::Vni), "{sample}");
        }
    }

    #[test]
    fn unicode_vietnamese_is_left_alone() {
        for sample in [
            "Nguyễn Văn An, Trần Thị Hòa",
            "Lê Toàn, Hà Hoàng, Võ Hoài",
            "Cô Tô; Gò Công; Hoà Bình; Hà Nam",
            "H'Hen Niê",
            "LÊ TÔN HÙNG",
            "Nguye\u{302}\u{303}n Thi\u{323} Ho\u{300}a",
            "«Điều lệ Đảng», §5, 25 µm, 30°",
            "",
            "2025",
        ] {
            assert_eq!(detect(sample), None, "{sample}");
            assert_eq!(detect_bytes(sample.as_bytes()), None, "{sample}");
        }
    }

    #[test]
    fn other_languages_are_left_alone() {
        for sample in [
            "The naïve café near the façade, a résumé, 5 µm ± 2, © 2025, § 5",
            "Un élève très âgé a été reçu à l'hôtel où il était né",
            "Über Köln führt die schöne Straße nach München, für Größe",
            "El niño pequeño soñó con la mañana; ¿qué pasó en España?",
            "A ação não é só do coração de João; não há irmã",
            "Łódź, Kraków, Wrocław, Gdańsk, źdźbło",
            "Ærø, Ångström, Tromsø, smörgåsbord",
            "25 µm",
            "plain English without a mark",
        ] {
            assert_eq!(detect(sample), None, "{sample}");
        }
    }

    #[test]
    fn bytes_are_recognised() {
        assert_eq!(detect_bytes(b"Nguy\xd4n V\xa8n An, Tr\xc7n Th\xde H\xb5"), Some(Legacy::Tcvn3));
        assert_eq!(detect_bytes(b"Nguye\xe3n Va\xean An, Tra\xe0n Th\xf2 Ha\xf8"), Some(Legacy::Vni));
        assert_eq!(detect_bytes(b"caf\xe9"), None);
    }
}
