//! The few cookies there are, and the token that ties a form to its visitor.

use chibo_store::Keys;
use chibo_store::seal::hex;

use crate::words::Lang;

/// How the visitor wants pages to look; kept in a cookie, not in the account, so it works before sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Language.
    pub lang: Lang,
    /// 0, 1, 2: A, A+, A++.
    pub size: u8,
    /// Contrast mode.
    pub contrast: bool,
}

impl Look {
    /// From the cookie's value (`vi.0.n`), or the default.
    pub fn from_cookie(value: Option<&str>) -> Self {
        let mut parts = value.unwrap_or_default().split('.');
        let lang = if parts.next() == Some("en") { Lang::En } else { Lang::Vi };
        let size = parts.next().and_then(|s| s.parse().ok()).filter(|s| *s <= 2).unwrap_or(0);
        Self { lang, size, contrast: parts.next() == Some("c") }
    }

    /// The cookie's value.
    pub fn to_cookie(self) -> String {
        format!("{}.{}.{}", self.lang.code(), self.size, if self.contrast { 'c' } else { 'n' })
    }
}

/// The value of a cookie in a `Cookie` header.
pub fn find<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    header.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v)
}

/// A cookie's name: `__Host-` when the site is behind TLS, so no other site may set it.
pub fn name(base: &str, tls: bool) -> String {
    if tls { format!("__Host-{base}") } else { base.to_owned() }
}

/// A `Set-Cookie` value. `seconds` 0 deletes it; `None` lasts until the browser closes.
pub fn set(base: &str, value: &str, tls: bool, seconds: Option<u32>) -> String {
    let age = seconds.map_or_else(String::new, |s| format!("; Max-Age={s}"));
    let secure = if tls { "; Secure" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", name(base, tls))
}

/// The form token of a visitor: bound to the session, or before sign-in to the visit cookie.
/// The salt makes every copy look different, so compressed pages do not give it away.
pub fn form_token(keys: &Keys, bound_to: &str, salt: [u8; 8]) -> String {
    let salt = hex(&salt);
    let token = hex(&keys.lookup(format!("form token {bound_to} {salt}").as_bytes())[..16]);
    salt + &token
}

/// Whether a token sent with a form is one of this visitor's.
pub fn form_token_fits(keys: &Keys, bound_to: &str, token: &str) -> bool {
    let Some((salt, rest)) = token.split_at_checked(16) else { return false };
    let wanted = hex(&keys.lookup(format!("form token {bound_to} {salt}").as_bytes())[..16]);
    subtle::ConstantTimeEq::ct_eq(rest.as_bytes(), wanted.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_round_trip_and_nonsense_is_the_default() {
        let look = Look { lang: Lang::En, size: 2, contrast: true };
        assert_eq!(Look::from_cookie(Some(&look.to_cookie())), look);
        let plain = Look { lang: Lang::Vi, size: 0, contrast: false };
        assert_eq!(Look::from_cookie(Some("xx.9.<")), plain);
        assert_eq!(find("a=1; chibo=2", "chibo"), Some("2"));
    }
}
