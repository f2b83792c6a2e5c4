//! What makes a password acceptable (ASVS 6.2; the national profile adds kinds of characters, Decision 742).

use chibo_kernel::{Said, text};
use unicode_normalization::UnicodeNormalization;

/// What a password must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Fewest characters.
    pub least: usize,
    /// Most characters.
    pub most: usize,
    /// Small letter, capital, digit and sign are all needed.
    pub all_kinds: bool,
}

/// The default: long, uncommon, no demands on kinds of characters.
pub const ASVS: Profile = Profile { least: 12, most: 128, all_kinds: false };
/// With all four kinds of characters, as national guidance asks.
pub const NATIONAL: Profile = Profile { all_kinds: true, ..ASVS };
/// Setting that chooses: `asvs` or `national`.
pub const PROFILE_SETTING: &str = "accounts.password-profile";

/// The profile a setting names.
pub fn profile(setting: Option<&str>) -> Profile {
    if setting == Some("national") { NATIONAL } else { ASVS }
}

/// The form a password is hashed in: NFC, so that every keyboard makes the same of it; otherwise as typed.
pub fn normal(password: &str) -> String {
    password.nfc().collect()
}

/// What is too well known to protect anything: the folded password must hold more than these.
const COMMON: [&str; 46] = [
    "dangcongsanvietnam",
    "dangcongsan",
    "congsan",
    "hochiminh",
    "thanhpho",
    "saigon",
    "hanoi",
    "vietnam",
    "dangvien",
    "dangbo",
    "danguy",
    "chibo",
    "matkhau",
    "khongbiet",
    "khongco",
    "anhyeuem",
    "emyeuanh",
    "yeuem",
    "yeuanh",
    "giadinh",
    "tinhyeu",
    "conyeu",
    "password",
    "passw0rd",
    "p@ssw0rd",
    "welcome",
    "administrator",
    "admin",
    "letmein",
    "iloveyou",
    "superman",
    "batman",
    "monkey",
    "dragon",
    "football",
    "sunshine",
    "princess",
    "charlie",
    "qwertyuiop",
    "qwerty",
    "asdfghjkl",
    "asdfgh",
    "zxcvbnm",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "abc123",
];

/// Everything that is wrong with a password; empty when it is good.
pub fn faults(profile: Profile, login: &str, password: &str) -> Vec<Said> {
    let password = normal(password);
    let length = password.chars().count();
    let mut faults = Vec::new();
    if length < profile.least {
        faults.push(Said::new("accounts-password-short").with("least", profile.least));
    }
    if length > profile.most {
        faults.push(Said::new("accounts-password-long").with("most", profile.most));
    }
    if profile.all_kinds && !has_all_kinds(&password) {
        faults.push(Said::new("accounts-password-kinds"));
    }
    let folded: String = text::fold(&password).chars().filter(|c| !c.is_whitespace()).collect();
    let login = text::fold(login);
    // Shorter names are syllables that honest sentences hold too.
    if login.len() >= 4 && folded.contains(&login) {
        faults.push(Said::new("accounts-password-login"));
    }
    if length >= profile.least && is_common(&folded) {
        faults.push(Said::new("accounts-password-common"));
    }
    faults
}

fn has_all_kinds(password: &str) -> bool {
    let kind = |test: fn(char) -> bool| password.chars().any(test);
    kind(char::is_lowercase)
        && kind(char::is_uppercase)
        && kind(|c| c.is_ascii_digit())
        && kind(|c| !c.is_alphanumeric())
}

/// Well-known words, runs (`1234`, `aaaa`, `abcd`) and repeated pieces count for nothing; what is left must count.
fn is_common(folded: &str) -> bool {
    let stripped = COMMON.iter().fold(folded.to_owned(), |rest, word| rest.replace(word, ""));
    let letters: Vec<char> = stripped.chars().collect();
    let steps = letters.windows(2).filter(|pair| (pair[1] as i64 - pair[0] as i64).abs() > 1).count();
    let mut kinds = letters.clone();
    kinds.sort_unstable();
    kinds.dedup();
    steps < 4 || kinds.len() < 5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(profile: Profile, password: &str) -> Vec<&'static str> {
        faults(profile, "lan.nguyen", password).iter().map(|said| said.key).collect()
    }

    #[test]
    fn asvs_6_2_long_enough_and_no_other_demands() {
        for good in ["hoa sen nở bên hồ Tây", "trăng lên đỉnh núi", "tr7kq-91bfx-zz", "mưa rơi trên mái tôn cũ"]
        {
            assert_eq!(keys(ASVS, good), Vec::<&str>::new(), "{good}");
        }
        assert_eq!(keys(ASVS, "ngắn quá"), ["accounts-password-short"]);
        assert_eq!(keys(ASVS, &"dài lắm ".repeat(40)), ["accounts-password-long"]);
    }

    #[test]
    fn asvs_6_2_common_and_own_names_are_refused() {
        for bad in [
            "matkhau123456",
            "Mật khẩu 2026",
            "123456789012",
            "aaaaaaaaaaaaaa",
            "vietnam@12345",
            "Anh yêu em 123",
            "Dangcongsanvietnam",
            "qwertyuiop123",
            "P@ssw0rd123456",
            "abababababab",
            "chibo chibo chibo",
        ] {
            assert!(keys(ASVS, bad).contains(&"accounts-password-common"), "{bad}");
        }
        assert_eq!(keys(ASVS, "xin chào Lan.Nguyen nhé"), ["accounts-password-login"]);
        assert!(faults(ASVS, "hoa", "hoa sen nở bên hồ").is_empty(), "a syllable");
    }

    #[test]
    fn the_national_profile_asks_for_all_kinds() {
        assert_eq!(keys(NATIONAL, "hoa sen nở bên hồ"), ["accounts-password-kinds"]);
        assert_eq!(keys(NATIONAL, "Hoa sen nở bên hồ 7!"), Vec::<&str>::new());
        assert_eq!(profile(Some("national")), NATIONAL);
        assert_eq!(profile(Some("?")), ASVS);
    }

    #[test]
    fn the_same_letters_from_any_keyboard_are_the_same_password() {
        assert_eq!(normal("ho\u{302}\u{300} Ta\u{302}y"), normal("hồ Tây"));
        assert_ne!(normal("Hồ Tây"), normal("hồ Tây"));
        assert_ne!(normal("hồ  Tây"), normal("hồ Tây"), "spaces count");
    }
}
