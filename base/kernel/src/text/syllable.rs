//! Whether a word can be a Vietnamese syllable: initial, rime and tone as the spelling allows them.

use super::letters::{Tone, split_tone};

const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];

const RIMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu \
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu \
    o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt \
    oe oem oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uôc uôi uôm uôn uông uôt uơ \
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu \
    y ych yêm yên yêng yêt yêu yn ynh yp yt";

/// Whether the word, in lower-case NFC, is spelled like a Vietnamese syllable. Loan words and names of other peoples of
/// the country often are not: this is evidence about a whole text, never a test of one name.
pub fn is_syllable(word: &str) -> bool {
    let mut letters = String::with_capacity(word.len());
    let mut tone = Tone::Level;
    for c in word.chars() {
        let (letter, found) = split_tone(c).unwrap_or((c, Tone::Level));
        if found != Tone::Level && tone != Tone::Level {
            return false;
        }
        tone = if found == Tone::Level { tone } else { found };
        letters.push(letter);
    }
    ONSETS.iter().filter_map(|onset| Some((*onset, letters.strip_prefix(onset)?))).any(|(onset, rime)| {
        RIMES.split_ascii_whitespace().any(|known| known == rime) && go_together(onset, rime) && can_carry(rime, tone)
    })
}

/// `c`, `g`, `ng` stand before back vowels, `gh`, `ngh` before front ones. `k` stands before all in names (Bắc Kạn).
fn go_together(onset: &str, rime: &str) -> bool {
    let front = rime.starts_with(['e', 'ê', 'i', 'y']);
    match onset {
        "c" | "ng" => !front,
        "g" => !front || rime.starts_with('i'),
        "gh" | "ngh" => front,
        "qu" => !rime.starts_with(['o', 'u', 'ư']),
        _ => true,
    }
}

/// A syllable closed by a stop has sắc or nặng.
fn can_carry(rime: &str, tone: Tone) -> bool {
    !rime.ends_with(['c', 'p', 't']) && !rime.ends_with("ch") || matches!(tone, Tone::Acute | Tone::Dot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_syllables_are_recognised() {
        let text = "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý quỳnh quốc quyết khuya \
            nghiêm ghi giếng gì giặt khuỷu thuở xoong đảng bộ ủy ban nhân dân phường kạn hoà hòa thoại yến ươm ướt y";
        for word in text.split_ascii_whitespace() {
            assert!(is_syllable(word), "{word}");
        }
    }

    #[test]
    fn other_words_are_not() {
        for word in "café naïve für très año nguyeãn traàn hµ vaên kat nghanh cem áò được2 strong".split(' ')
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
