//! The one form in which text is stored.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Text as it is stored: NFC, no invisible or control characters, every run of white space one space, none at the
/// ends (ux §5.2). Text that is already so is not copied.
pub fn clean(input: &str) -> Cow<'_, str> {
    if is_clean(input) {
        return Cow::Borrowed(input);
    }
    // Filtered before composing: an invisible character may stand between a letter and its mark.
    let mut kept = String::with_capacity(input.len());
    let mut gap = false;
    for c in input.chars() {
        if c.is_whitespace() {
            gap = true;
        } else if !is_dropped(c) {
            if gap && !kept.is_empty() {
                kept.push(' ');
            }
            gap = false;
            kept.push(c);
        }
    }
    Cow::Owned(if is_settled(&kept) { kept } else { kept.nfc().collect() })
}

/// [`clean`] for text of several lines: each line is cleaned, lines end in `\n`, blank lines at the ends are dropped.
pub fn clean_lines(input: &str) -> Cow<'_, str> {
    if !input.contains(is_line_end) {
        return clean(input);
    }
    let one_kind = input.replace("\r\n", "\n");
    let lines: Vec<_> = one_kind.split(is_line_end).map(clean).collect();
    let full = |line: &Cow<str>| !line.is_empty();
    let (Some(first), Some(last)) = (lines.iter().position(full), lines.iter().rposition(full)) else {
        return Cow::Borrowed("");
    };
    Cow::Owned(lines[first..=last].join("\n"))
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_clean(text: &str) -> bool {
    let (mut after_space, mut settled) = (true, true);
    for c in text.chars() {
        match c {
            '!'..='~' => after_space = false,
            ' ' if after_space => return false,
            ' ' => after_space = true,
            _ if is_dropped(c) || c.is_whitespace() => return false,
            _ => {
                settled &= is_settled_letter(c);
                after_space = false;
            }
        }
    }
    (text.is_empty() || !after_space) && (settled || is_nfc_quick(text.chars()) == IsNormalized::Yes)
}

/// Whether the text is in NFC beyond doubt.
pub(super) fn is_settled(text: &str) -> bool {
    text.chars().all(is_settled_letter) || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// The two blocks that hold all Vietnamese letters need no table; the crate's quick check answers for the rest.
fn is_settled_letter(c: char) -> bool {
    c < '\u{300}' || ('\u{1e00}'..='\u{1eff}').contains(&c)
}

/// Control characters, and characters that take no room or turn the direction of writing.
fn is_dropped(c: char) -> bool {
    match c {
        ' '..='~' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spaces_invisible_characters_and_nfd_are_put_right() {
        for (raw, wanted) in [
            ("", ""),
            (" \t\u{a0}\u{3000}", ""),
            ("  Nguyễn \t Văn\u{a0}\u{3000}An\r\n", "Nguyễn Văn An"),
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
            ("Nguye\u{302}\u{200b}\u{303}n", "Nguyễn"),
            ("\u{feff}Trần\u{200d} \u{202e}Thị\u{2069} Bé\u{ad}", "Trần Thị Bé"),
            ("a\u{0}b\u{7}c\u{7f}d\u{9b}", "abcd"),
            ("a \u{200b} b", "a b"),
        ] {
            assert_eq!(clean(raw), wanted, "{raw:?}");
        }
    }

    #[test]
    fn clean_text_is_not_copied() {
        for text in ["", "An", "Nguyễn Văn Đức", "H'Hen Niê", "Số 05-NQ/ĐU"] {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text}");
        }
        for text in [" An", "An ", "A  n", "A\tn", "a\u{301}"] {
            assert!(matches!(clean(text), Cow::Owned(_)), "{text:?}");
        }
    }

    #[test]
    fn lines_are_kept_apart() {
        assert_eq!(clean_lines("\r\n  Dòng  một \r\n\r\n hai\u{2028}ba\n\n"), "Dòng một\n\nhai\nba");
        assert_eq!(clean_lines(" \n \r\n"), "");
        assert_eq!(clean_lines(" một  dòng "), "một dòng");
    }

    /// Text made mostly of the characters that make trouble.
    pub(crate) fn troublesome() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-zA-Z ]{0,3}",
            "[àảãáạăằắặâấệđĐƠờƯựôỗòóủúỳý]{0,2}",
            "[\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31b}\u{323}]{0,2}",
            "[\u{200b}\u{ad}\u{202e}\u{a0}\n\r\t\u{0}'’`ʼ]{0,2}",
            ".{0,2}",
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in troublesome()) {
            let once = clean(&text).into_owned();
            prop_assert_eq!(clean(&once), once.as_str());
            prop_assert!(matches!(clean(&once), Cow::Borrowed(_)) || !is_settled(&once));
            let lines = clean_lines(&text).into_owned();
            prop_assert_eq!(clean_lines(&lines), lines.as_str());
        }

        #[test]
        fn nfc_and_nfd_clean_to_the_same(text in troublesome()) {
            let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(clean(&nfc), clean(&nfd));
        }
    }
}
