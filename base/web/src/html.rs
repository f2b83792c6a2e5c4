//! Escaping for the few places where HTML is written without a template.

/// Appends text with the five special characters escaped.
pub fn push(out: &mut String, text: &str) {
    let mut rest = text;
    let special = |text: &str| text.bytes().position(|b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\''));
    while let Some(at) = special(rest) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Choices as a row of links: what they are about, then text, address and whether it is the one shown.
pub fn chips(about: &str, choices: impl IntoIterator<Item = (String, String, bool)>) -> String {
    let mut out = String::from("<nav class=\"filters\" aria-label=\"");
    push(&mut out, about);
    out.push_str("\">");
    for (text, href, current) in choices {
        out.push_str("<a class=\"chip\" href=\"");
        push(&mut out, &href);
        out.push_str(if current { "\" aria-current=\"true\">" } else { "\">" });
        push(&mut out, &text);
        out.push_str("</a>");
    }
    out.push_str("</nav>");
    out
}

/// Escaped text.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push(&mut out, text);
    out
}

/// Percent-encodes a query value.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Decodes a percent-encoded form value; bad sequences are kept as they are.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let pair = bytes.get(index + 1..index + 3).and_then(|p| std::str::from_utf8(p).ok());
        match (bytes[index], pair.and_then(|p| u8::from_str_radix(p, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                index += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        index += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_round_trips_and_escaping_leaves_no_markup() {
        for text in ["Nguyễn Văn A & <b>\"'", "100% + 1", "a=b&c"] {
            assert_eq!(decode(&encode(text)), text);
            assert!(!escape(text).contains(['<', '"', '\'']));
        }
        assert_eq!(decode("a+b%2"), "a b%2");
    }
}
