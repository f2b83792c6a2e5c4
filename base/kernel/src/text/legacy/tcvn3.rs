//! TCVN3 (ABC, fonts .VnTime and .VnTimeH).

/// Letters of the bytes A1 – FE; `.` where the fonts have no letter (the bytes of TCVN 5712 VN2 capitals, unused here).
const TABLE: &str = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ";

/// The letters as the bytes say, tones on small letters only.
pub(super) fn letters(shown: &str) -> String {
    shown.chars().map(letter).collect()
}

fn letter(shown: char) -> char {
    // Some programs turn the micro sign, which is `à`, into the Greek letter.
    let code = if shown == 'μ' { 0xb5 } else { u32::from(shown) };
    match code.checked_sub(0xa1).and_then(|at| TABLE.chars().nth(at as usize)) {
        None | Some('.') => shown,
        Some(letter) => letter,
    }
}

/// Makes words capitals throughout where the font did: two capitals and no small letter that is one beyond doubt. A line
/// without any such small letter follows its words of capitals ("HOµNG THÞ Hµ").
pub(super) fn restore_capitals(text: &str) -> String {
    text.split_inclusive('\n').map(restore_line).collect()
}

fn restore_line(line: &str) -> String {
    let words = || line.split_inclusive(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
    if !line.chars().any(is_surely_small) && words().any(is_capitals) {
        return line.to_uppercase();
    }
    words().map(|word| if is_capitals(word) { word.to_uppercase() } else { word.to_owned() }).collect()
}

fn is_capitals(word: &str) -> bool {
    !word.chars().any(is_surely_small) && word.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// Small letters that also have a capital byte of their own.
fn is_surely_small(c: char) -> bool {
    c.is_ascii_lowercase() || matches!(c, 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư' | 'đ')
}

#[cfg(test)]
mod tests {
    use super::super::Legacy;
    use super::*;

    #[test]
    fn the_table_holds_each_letter_once() {
        let mut letters: Vec<_> = TABLE.chars().filter(|&c| c != '.').collect();
        assert_eq!((TABLE.chars().count(), letters.len()), (0xfe - 0xa1 + 1, 67 + 7));
        letters.sort();
        letters.dedup();
        assert_eq!(letters.len(), 67 + 7);
    }

    #[test]
    fn phrases_are_converted() {
        for (shown, text) in [
            ("Uû ban nh©n d©n", "Uỷ ban nhân dân"),
            ("NguyÔn V¨n An", "Nguyễn Văn An"),
            ("TrÇn ThÞ Hång Nhung", "Trần Thị Hồng Nhung"),
            ("§ç §øc", "Đỗ Đức"),
            ("Lª ThÞ Thuý", "Lê Thị Thuý"),
            ("Ph¹m Ngäc ¸nh", "Phạm Ngọc ánh"),
            ("Huúnh Quèc C\u{ad}êng", "Huỳnh Quốc Cường"),
            ("§¶ng bé ph\u{ad}êng", "Đảng bộ phường"),
            ("§¶ng Céng s¶n ViÖt Nam", "Đảng Cộng sản Việt Nam"),
            ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
            ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
            ("Thµnh phè Hå ChÝ Minh", "Thành phố Hồ Chí Minh"),
            ("Danh s¸ch ®¶ng viªn", "Danh sách đảng viên"),
            ("Vâ V¨n KiÖt", "Võ Văn Kiệt"),
            ("D\u{ad}¬ng ThÞ Mü L\u{ad}u", "Dương Thị Mỹ Lưu"),
            ("NguyÔn ThÞ B¶y, sinh n¨m 1958", "Nguyễn Thị Bảy, sinh năm 1958"),
            ("Hμ Néi", "Hà Nội"),
        ] {
            assert_eq!(Legacy::Tcvn3.decode(shown), text);
        }
    }

    #[test]
    fn words_of_capitals_get_capital_tones() {
        for (shown, text) in [
            ("NGUYÔN V¡N A", "NGUYỄN VĂN A"),
            ("HOµNG THÞ Hµ", "HOÀNG THỊ HÀ"),
            ("§µ N½NG", "ĐÀ NẴNG"),
            ("Hµ", "Hà"),
            ("Lª Hµ", "Lê Hà"),
            ("Uû ban", "Uỷ ban"),
            ("NGUYÔN\tnam;LÇn 2", "NGUYỄN\tnam;Lần 2"),
            ("UBND ph\u{ad}êng 5\nQUËN 1", "UBND phường 5\nQUẬN 1"),
        ] {
            assert_eq!(Legacy::Tcvn3.decode(shown), text);
        }
    }
}
