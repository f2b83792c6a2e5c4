//! Codes of an authenticator (TOTP, RFC 6238: SHA-1, 6 digits, 30 seconds), one step of tolerance, each step once.

use chibo_kernel::Moment;
use totp_rs::{Builder, Totp};

/// How many recovery codes an account gets.
pub const RECOVERY_CODES: usize = 10;

fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new().with_secret(secret).build().ok()
}

/// The step the code belongs to, when it is right now and later than `last`; the caller keeps it as the new `last`.
pub fn accept(secret: &[u8], code: &str, now: Moment, last: i64) -> Option<i64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = u64::try_from(now.0 / 1000).ok()?;
    let step = totp(secret)?.check(&digits, seconds)?;
    i64::try_from(step).ok().filter(|step| *step > last)
}

/// The code an authenticator shows at a moment.
pub fn code_at(secret: &[u8], now: Moment) -> Option<String> {
    let seconds = u64::try_from(now.0 / 1000).ok()?;
    totp(secret).map(|totp| totp.generate(seconds).to_string())
}

/// The secret as people type it into an authenticator: base 32 in groups of four.
pub fn secret_text(secret: &[u8]) -> String {
    let text = totp(secret).map_or_else(String::new, |totp| totp.secret().to_base32());
    let letters: Vec<char> = text.chars().filter(|c| *c != '=').collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The address that carries the secret to an authenticator on the same device. `login` is plain ASCII.
pub fn address(secret: &[u8], login: &str) -> String {
    let text = secret_text(secret).replace(' ', "");
    format!("otpauth://totp/Chi%20Bo:{}?secret={text}&issuer=Chi%20Bo", login.replace('@', "%40"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn s17_codes_are_those_of_rfc_6238() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code_at(SECRET, Moment(seconds * 1000)).unwrap(), code);
        }
    }

    #[test]
    fn s17_one_step_of_tolerance_and_each_step_only_once() {
        let at = |seconds: i64| Moment(seconds * 1000);
        let code = code_at(SECRET, at(3_000)).unwrap();
        assert_eq!(accept(SECRET, &code, at(3_000), 0), Some(100));
        assert_eq!(accept(SECRET, &code, at(3_000), 100), None, "used");
        assert_eq!(accept(SECRET, &code, at(3_059), 0), Some(100), "one step late");
        assert_eq!(accept(SECRET, &code, at(3_060), 0), None, "two steps late");
        assert_eq!(accept(SECRET, &code, at(2_970), 0), Some(100), "one step early");
        assert_eq!(accept(SECRET, &code, at(2_969), 0), None, "two steps early");
        assert_eq!(accept(SECRET, "", at(3_000), 0), None);
        assert_eq!(accept(SECRET, &format!("{} {}", &code[..3], &code[3..]), at(3_000), 0), Some(100));
    }

    #[test]
    fn the_secret_can_be_typed_or_opened() {
        assert_eq!(secret_text(SECRET), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let address = address(SECRET, "lan@phuong");
        assert_eq!(
            address,
            "otpauth://totp/Chi%20Bo:lan%40phuong?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Chi%20Bo"
        );
    }
}
