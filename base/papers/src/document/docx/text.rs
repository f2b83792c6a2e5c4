//! Text inside XML.

use unicode_normalization::UnicodeNormalization;

use crate::writer::formula::printable;

/// Composed (NFC), escaped for XML text and attributes; characters XML cannot hold are left out.
pub(super) fn escaped(text: &str) -> String {
    let text = printable(text);
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars().nfc() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => {}
            '\t' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}
