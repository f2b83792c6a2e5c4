//! Codes for people to copy: 80 random bits as four groups of four letters and digits that cannot be mistaken.

/// Crockford's alphabet: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// `xxxx-xxxx-xxxx-xxxx`.
pub fn readable(bits: [u8; 10]) -> String {
    let mut number = bits.iter().fold(0u128, |n, byte| n << 8 | u128::from(*byte));
    let mut text = Vec::with_capacity(19);
    for place in 0..16 {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[(number & 31) as usize]));
        number >>= 5;
    }
    text.into_iter().rev().collect()
}

/// A typed code without dashes, spaces and capitals, the usual slips corrected.
pub fn plain(typed: &str) -> String {
    let letters = typed.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase());
    letters
        .map(|c| match c {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_survive_being_copied_by_hand() {
        assert_eq!(readable([0; 10]), "0000-0000-0000-0000");
        assert_eq!(readable([255; 10]), "zzzz-zzzz-zzzz-zzzz");
        let code = readable([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(code.len(), 19);
        assert_eq!(plain(&code), plain(&code.to_uppercase().replace('-', " ")));
        assert_eq!(plain("OIl-0"), "0110");
        assert_ne!(readable([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), readable([0; 10]));
        assert_ne!(readable([128, 0, 0, 0, 0, 0, 0, 0, 0, 0]), readable([0; 10]));
    }
}
