//! Equality that keeps the marks but not the habit of where the tone is written.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::clean::is_settled;
use super::letters::{Tone, is_apostrophe, split_tone, with_tone};

/// Lower-case NFC with the tone of `oa`, `oe`, `uy` and of `qu-` on the main vowel and every apostrophe `'`:
/// `Hòa` = `hoà`, `thúy` = `thuý`, `qủa` = `quả`, while `hoá` ≠ `hòa`. Two spellings of one name have one key.
///
/// Rimes with one right place only (`mía`, `của`, `già`, `hoàn`) are left as they are.
pub fn spelling_key(input: &str) -> String {
    let mut lower = String::with_capacity(input.len());
    lower.extend(input.chars().flat_map(char::to_lowercase));
    // Composed after lowering: some capitals have no precomposed form where the small letter has one.
    let composed = if is_settled(&lower) { lower } else { lower.nfc().collect() };
    if composed.chars().any(needs_care) { put_in_place(&composed) } else { composed }
}

/// Letters the key may change.
fn needs_care(c: char) -> bool {
    matches!(c, 'ò' | 'ỏ' | 'õ' | 'ó' | 'ọ' | 'ù' | 'ủ' | 'ũ' | 'ú' | 'ụ' | 'ð') || is_apostrophe(c)
}

fn put_in_place(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut rest = text.chars();
    let mut before = None;
    while let Some(c) = rest.next() {
        let mut ahead = rest.clone();
        let next = ahead.next();
        // A letter that carries further combining marks is no Vietnamese vowel: leave it alone.
        let whole = !ahead.next().is_some_and(is_combining_mark);
        match next.filter(|_| whole).and_then(|next| moved(before, c, next)) {
            Some((first, second)) => {
                key.push(first);
                key.push(second);
                rest.next();
                before = Some(second);
            }
            None => {
                key.push(match c {
                    // Icelandic eth is typed for the letter it looks like.
                    'ð' => 'đ',
                    quote if is_apostrophe(quote) => '\'',
                    other => other,
                });
                before = Some(c);
            }
        }
    }
    key
}

/// The two vowels with the tone moved from the first to the second, where both places are in use.
fn moved(before: Option<char>, first: char, second: char) -> Option<(char, char)> {
    let (vowel, tone) = split_tone(first)?;
    let both_in_use = match vowel {
        'o' => matches!(second, 'a' | 'ă' | 'e'),
        'u' => second == 'y' || before == Some('q') && matches!(second, 'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'ô' | 'ơ'),
        _ => false,
    };
    if !both_in_use || tone == Tone::Level {
        return None;
    }
    Some((vowel, with_tone(second, tone)?))
}

/// A key that ends in a toned `o` or `u` may be the beginning of the other style (`hò` on the way to `hòa`): the key
/// without that tone, and the tone. Only typing needs it.
pub(super) fn unfinished(key: &str) -> Option<(String, Tone)> {
    let last = key.chars().next_back()?;
    let (vowel, tone) = split_tone(last)?;
    if tone == Tone::Level || !matches!(vowel, 'o' | 'u') {
        return None;
    }
    let mut stem = key[..key.len() - last.len_utf8()].to_owned();
    stem.push(vowel);
    Some((stem, tone))
}

#[cfg(test)]
mod tests {
    use super::super::clean::tests::troublesome;
    use super::super::fold::fold;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_styles_have_one_key() {
        for (one, other) in [
            ("Hòa", "hoà"),
            ("HÓA", "hoá"),
            ("họa", "hoạ"),
            ("khỏe", "khoẻ"),
            ("Thúy", "thuý"),
            ("Ủy ban", "Uỷ ban"),
            ("lũy", "luỹ"),
            ("hòan", "hoàn"),
            ("qúy", "quý"),
            ("qủa", "quả"),
            ("H’Hen", "H'Hen"),
            ("Ðức", "Đức"),
            ("Phường Phú Hòa", "phường phú hoà"),
        ] {
            assert_eq!(spelling_key(one), spelling_key(other));
            let nfd: String = one.nfd().collect();
            assert_eq!(spelling_key(&nfd), spelling_key(other), "{one} as NFD");
        }
    }

    #[test]
    fn other_syllables_are_left_alone() {
        for text in
            "hoàn toán xoăn quý quả quốc quyền thuở gì già giặt của mía lúa cúi ngùi đòi ngoằn khuỷu góc".split(' ')
        {
            assert_eq!(spelling_key(text), text);
        }
    }

    #[test]
    fn different_names_stay_different() {
        for (one, other) in
            [("hòa", "hóa"), ("hòa", "hoa"), ("túy", "tuy"), ("Đan", "Dan"), ("già", "gia"), ("Tuấn", "Tuân")]
        {
            assert_ne!(spelling_key(one), spelling_key(other));
        }
    }

    proptest! {
        #[test]
        fn the_key_of_a_key_is_itself_and_the_form_does_not_matter(text in troublesome()) {
            let key = spelling_key(&text);
            prop_assert_eq!(&spelling_key(&key), &key);
            let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(&spelling_key(&nfc), &key);
            prop_assert_eq!(&spelling_key(&nfd), &key);
        }

        #[test]
        fn equal_spelling_means_equal_search_key(text in troublesome()) {
            prop_assert_eq!(fold(&spelling_key(&text)), fold(&text));
        }
    }
}
