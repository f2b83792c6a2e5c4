//! The Vietnamese vowels with their six tones.

/// Tone (thanh). The order is that of the columns of [`VOWELS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Ngang: no mark.
    Level,
    /// Huyền.
    Grave,
    /// Hỏi.
    Hook,
    /// Ngã.
    Tilde,
    /// Sắc.
    Acute,
    /// Nặng.
    Dot,
}

const TONES: [Tone; 6] = [Tone::Level, Tone::Grave, Tone::Hook, Tone::Tilde, Tone::Acute, Tone::Dot];

/// Lower-case vowels, a row for each letter, a column for each tone.
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];

/// The vowel without its tone, and the tone. `None` when `letter` is not a lower-case Vietnamese vowel in NFC.
pub(super) fn split_tone(letter: char) -> Option<(char, Tone)> {
    VOWELS.iter().find_map(|row| {
        let column = row.iter().position(|&vowel| vowel == letter)?;
        Some((row[0], TONES[column]))
    })
}

/// The toneless lower-case vowel with a tone put on it.
pub(super) fn with_tone(vowel: char, tone: Tone) -> Option<char> {
    let row = VOWELS.iter().find(|row| row[0] == vowel)?;
    TONES.iter().position(|&t| t == tone).map(|column| row[column])
}

/// Apostrophes as they are typed in names such as H'Hen; keys know only `'`.
pub(super) const fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{b4}'
            | '\u{2b9}'
            | '\u{2bb}'
            | '\u{2bc}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{201b}'
            | '\u{2032}'
            | '\u{ff07}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::char::decompose_canonical;

    #[test]
    fn every_vowel_is_its_row_and_the_combining_mark_of_its_column() {
        let marks = [None, Some('\u{300}'), Some('\u{309}'), Some('\u{303}'), Some('\u{301}'), Some('\u{323}')];
        for row in VOWELS {
            for (column, vowel) in row.into_iter().enumerate() {
                let (mut found, mut base) = (Vec::new(), Vec::new());
                decompose_canonical(vowel, |c| found.push(c));
                decompose_canonical(row[0], |c| base.push(c));
                base.extend(marks[column]);
                found.sort();
                base.sort();
                assert_eq!(found, base, "{vowel}");
                assert_eq!(split_tone(vowel), Some((row[0], TONES[column])));
                assert_eq!(with_tone(row[0], TONES[column]), Some(vowel));
            }
        }
    }
}
