//! Login names.

use std::borrow::Cow;

use chibo_kernel::text;

/// The key a login name is found by: no marks, no case.
pub fn key(login: &str) -> String {
    text::fold(&text::clean(login))
}

/// A login name as it is kept: 3–64 of a–z, 0–9 and `. - _ @`, beginning with a letter or digit; `None` otherwise.
pub fn accept(login: &str) -> Option<String> {
    let login: Cow<'_, str> = text::clean(login);
    let fits = (3..=64).contains(&login.len())
        && login.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_@".contains(&b))
        && login.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    fits.then(|| login.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_found_however_they_are_typed() {
        assert_eq!(accept(" Lan.Nguyen "), Some("lan.nguyen".to_owned()));
        for bad in ["", "ab", ".abc", "lan nguyen", "nguyễn", "a/b/c", &"x".repeat(65)] {
            assert_eq!(accept(bad), None, "{bad}");
        }
        assert_eq!(key("  NGUYỄN.lan"), "nguyen.lan");
    }
}
