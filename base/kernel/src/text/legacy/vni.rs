//! VNI-Windows: a vowel, then a byte for its mark; a few letters of one byte.

use super::super::letters::{Tone, with_tone};

/// The text with each vowel and mark composed. A mark has the case of its vowel or is small ("AÙnh", "Aùnh").
pub(super) fn letters(shown: &str) -> String {
    let mut text = String::with_capacity(shown.len());
    let mut rest = shown.chars().peekable();
    while let Some(c) = rest.next() {
        let small = lower(c);
        let marked = rest.peek().and_then(|&mark| vowel_with(small, lower(mark)));
        if marked.is_some() {
            rest.next();
        }
        let letter = marked.unwrap_or_else(|| single(small));
        if small == c {
            text.push(letter);
        } else {
            text.extend(letter.to_uppercase());
        }
    }
    text
}

fn lower(c: char) -> char {
    match c {
        'A'..='Z' | '\u{c0}'..='\u{de}' if c != '×' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        _ => c,
    }
}

/// Letters of one byte.
fn single(c: char) -> char {
    match c {
        'ñ' => 'đ',
        'ô' => 'ơ',
        'ö' => 'ư',
        'æ' => 'ỉ',
        'ó' => 'ĩ',
        'ò' => 'ị',
        'î' => 'ỵ',
        // ì and í are themselves.
        other => other,
    }
}

/// The vowel a letter and the mark byte after it make; `None` when they do not belong together.
fn vowel_with(letter: char, mark: char) -> Option<char> {
    let (vowel, tone) = match (letter, mark) {
        ('a', 'ê' | 'è' | 'é' | 'ú' | 'ü' | 'ë') => ('ă', breve_tone(mark)),
        ('a', 'â' | 'à' | 'á' | 'å' | 'ã' | 'ä') => ('â', circumflex_tone(mark)),
        ('e', 'â' | 'à' | 'á' | 'å' | 'ã' | 'ä') => ('ê', circumflex_tone(mark)),
        ('o', 'â' | 'à' | 'á' | 'å' | 'ã' | 'ä') => ('ô', circumflex_tone(mark)),
        ('a' | 'e' | 'o' | 'u' | 'y' | 'ô' | 'ö', 'ø' | 'ù' | 'û' | 'õ' | 'ï') => {
            (single(letter), plain_tone(mark))
        }
        _ => return None,
    };
    with_tone(vowel, tone)
}

fn plain_tone(mark: char) -> Tone {
    match mark {
        'ø' => Tone::Grave,
        'ù' => Tone::Acute,
        'û' => Tone::Hook,
        'õ' => Tone::Tilde,
        _ => Tone::Dot,
    }
}

fn breve_tone(mark: char) -> Tone {
    match mark {
        'è' => Tone::Grave,
        'é' => Tone::Acute,
        'ú' => Tone::Hook,
        'ü' => Tone::Tilde,
        'ë' => Tone::Dot,
        _ => Tone::Level,
    }
}

fn circumflex_tone(mark: char) -> Tone {
    match mark {
        'à' => Tone::Grave,
        'á' => Tone::Acute,
        'å' => Tone::Hook,
        'ã' => Tone::Tilde,
        'ä' => Tone::Dot,
        _ => Tone::Level,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Legacy;
    use super::*;

    #[test]
    fn every_letter_is_converted() {
        for (shown, text) in [
            ("aø aù aû aõ aï", "à á ả ã ạ"),
            ("aê aè aé aú aü aë", "ă ằ ắ ẳ ẵ ặ"),
            ("aâ aà aá aå aã aä", "â ầ ấ ẩ ẫ ậ"),
            ("eø eù eû eõ eï eâ eà eá eå eã eä", "è é ẻ ẽ ẹ ê ề ế ể ễ ệ"),
            ("ì í æ ó ò", "ì í ỉ ĩ ị"),
            ("oø où oû oõ oï oâ oà oá oå oã oä", "ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ"),
            ("ô ôø ôù ôû ôõ ôï", "ơ ờ ớ ở ỡ ợ"),
            ("uø uù uû uõ uï ö öø öù öû öõ öï", "ù ú ủ ũ ụ ư ừ ứ ử ữ ự"),
            ("yø yù yû yõ î ñ", "ỳ ý ỷ ỹ ỵ đ"),
        ] {
            assert_eq!(letters(shown), text);
            let capitals: String = shown.to_uppercase();
            assert_eq!(letters(&capitals), text.to_uppercase());
        }
    }

    #[test]
    fn phrases_are_converted() {
        for (shown, text) in [
            ("UÛy ban nhaân daân", "Ủy ban nhân dân"),
            ("Nguyeãn Vaên An", "Nguyễn Văn An"),
            ("NGUYEÃN VAÊN A", "NGUYỄN VĂN A"),
            ("Traàn Thò Hoàng Nhung", "Trần Thị Hồng Nhung"),
            ("Ñoã Ñöùc", "Đỗ Đức"),
            ("Leâ Thò Thuùy", "Lê Thị Thúy"),
            ("Phaïm Ngoïc AÙnh", "Phạm Ngọc Ánh"),
            ("Aùnh", "Ánh"),
            ("Huyønh Quoác Cöôøng", "Huỳnh Quốc Cường"),
            ("Ñaûng boä phöôøng", "Đảng bộ phường"),
            ("Ñaûng Coäng saûn Vieät Nam", "Đảng Cộng sản Việt Nam"),
            ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
            ("Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
            ("Thaønh phoá Hoà Chí Minh", "Thành phố Hồ Chí Minh"),
            ("Danh saùch ñaûng vieân", "Danh sách đảng viên"),
            ("Voõ Vaên Kieät", "Võ Văn Kiệt"),
            ("Döông Thò Myõ Löu", "Dương Thị Mỹ Lưu"),
            ("tæ leä, thuû quyõ, baûy ngöôøi", "tỉ lệ, thủ quỹ, bảy người"),
        ] {
            assert_eq!(Legacy::Vni.decode(shown), text);
        }
    }
}
