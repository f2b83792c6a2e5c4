//! The search key: no marks, no case.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::letters::is_apostrophe;

/// The text without marks, `đ` as `d`, lower case, every apostrophe `'`. NFC and NFD give the same (ux §5.2).
///
/// `ð`, which looks like `đ` and stands for it in old documents, folds to `d` too. Space is left as it is.
pub fn fold(input: &str) -> String {
    let mut key = String::with_capacity(input.len());
    for c in input.chars() {
        match letter(c) {
            Some(plain) => key.push(plain),
            None => fold_any(c, &mut key),
        }
    }
    key
}

/// Base letters of U+00C0 – U+00FF; `0` where the table does not answer.
const LATIN_1: &[u8; 64] = b"aaaaaa0ceeeeiiiidnooooo00uuuuy00aaaaaa0ceeeeiiiidnooooo00uuuuy0y";
/// Base letters of U+1EA0 – U+1EF9.
const VIETNAMESE: &[u8; 90] =
    b"aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";

/// The folded form of one ASCII or precomposed Vietnamese letter; `None` for anything else.
pub(super) const fn letter(c: char) -> Option<char> {
    match c {
        '`' => Some('\''),
        '\0'..='\x7f' => Some(c.to_ascii_lowercase()),
        '\u{c0}'..='\u{ff}' => match LATIN_1[c as usize - 0xc0] {
            b'0' => None,
            plain => Some(plain as char),
        },
        'Ă' | 'ă' => Some('a'),
        'Đ' | 'đ' => Some('d'),
        'Ĩ' | 'ĩ' => Some('i'),
        'Ơ' | 'ơ' => Some('o'),
        'Ũ' | 'ũ' | 'Ư' | 'ư' => Some('u'),
        '\u{1ea0}'..='\u{1ef9}' => Some(VIETNAMESE[c as usize - 0x1ea0] as char),
        _ => None,
    }
}

/// The slow way, for every character: what the tables must agree with.
fn fold_any(c: char, key: &mut String) {
    for lower in c.to_lowercase() {
        decompose_canonical(lower, |part| match part {
            'đ' | 'ð' => key.push('d'),
            mark if is_combining_mark(mark) => {}
            quote if is_apostrophe(quote) => key.push('\''),
            // A sign may decompose to a capital.
            other => key.extend(other.to_lowercase()),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::clean::tests::troublesome;
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn marks_case_and_the_barred_d_are_dropped() {
        for (text, key) in [
            ("Nguyễn Thị Ánh Tuyết", "nguyen thi anh tuyet"),
            ("ĐỖ ĐỨC", "do duc"),
            ("Trương Quỹ Ưỡn Ỵ Ễ", "truong quy uon y e"),
            ("H’Hen Niê", "h'hen nie"),
            ("KʼTiêu", "k'tieu"),
            ("Ðinh Núp", "dinh nup"),
            ("Đảng bộ số 12/ĐU", "dang bo so 12/du"),
        ] {
            assert_eq!(fold(text), key);
            let nfd: String = text.nfd().collect();
            assert_eq!(fold(&nfd), key);
        }
    }

    #[test]
    fn tables_agree_with_the_slow_way_for_every_letter_they_hold() {
        let mut held = 0;
        for c in ('\0'..='\u{2000}').filter(|&c| letter(c).is_some()) {
            let mut slow = String::new();
            fold_any(c, &mut slow);
            assert_eq!(letter(c).map(String::from), Some(slow), "{c:?}");
            held += 1;
        }
        assert_eq!(held, 128 + 64 - 9 + 12 + 90);
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once_and_the_form_does_not_matter(text in troublesome()) {
            let key = fold(&text);
            prop_assert_eq!(&fold(&key), &key);
            let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(&fold(&nfc), &key);
            prop_assert_eq!(&fold(&nfd), &key);
        }
    }
}
