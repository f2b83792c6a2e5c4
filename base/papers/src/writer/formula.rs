//! No text of ours may become a formula in somebody's spreadsheet (ASVS 1.2.10, quality.md S9).
//!
//! XLSX cells are typed, so text stays text. CSV has no types: text that a program could take for a formula gets an
//! apostrophe in front, which our own import takes away again.

use std::borrow::Cow;

/// Whether a text could be taken for a formula, apostrophes in front of it left aside.
fn is_formula(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}'])
}

/// The text as it goes into a CSV file. NUL and other control characters that could hide a sign are left out.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    let text = printable(text);
    if is_formula(&text) { Cow::Owned(format!("'{text}")) } else { text }
}

/// The text as it was before [`guarded`].
pub(crate) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

/// The text without control characters other than tab and line end; Excel refuses files that hold them.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    // Nearly every text is settled by its bytes: C1 controls start with C2, the two noncharacters with EF.
    let suspect = |byte: &u8| *byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xef);
    if !text.as_bytes().iter().any(suspect) {
        return Cow::Borrowed(text);
    }
    let hidden = |c: char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.contains(hidden) { Cow::Owned(text.replace(hidden, "")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_sign_of_s9_is_guarded_and_comes_back() {
        for text in [
            "=1+1",
            "+84912345678",
            "-5",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "−3",
            "'=1",
            "''=1",
        ] {
            let safe = guarded(text);
            assert!(safe.starts_with('\'') && safe.len() > text.len(), "{text:?}");
            assert_eq!(unguarded(&safe), text);
        }
        for (text, safe) in [("\0=1", "'=1"), ("\u{1}\u{2}@x", "'@x"), ("\u{85}-1", "'-1")] {
            assert_eq!(guarded(text), safe, "{text:?}");
        }
        for text in ["", "An", "1-2", "a=b", "'", "'quoted'", "H'Hen"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }

    proptest! {
        #[test]
        fn guarding_is_undone_for_any_text(text in "['=+@x−＝\t-]{0,6}") {
            let safe = guarded(&text);
            prop_assert_eq!(unguarded(&safe), text.as_str());
        }
    }
}
