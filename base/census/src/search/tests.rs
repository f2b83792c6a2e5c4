//! Name search in the words of the field; the exhaustive comparison is in `naive_tests`.

use super::*;

fn names(all: &[&str]) -> Names {
    let mut draft = DraftNames::default();
    all.iter().for_each(|name| draft.push(name, None));
    Names::settle(draft, &(0..all.len() as u32).collect::<Vec<_>>())
}

fn found(names: &Names, typed: &str) -> Vec<String> {
    let among = Among { loaded: vec![0..names.len()], behind: Vec::new() };
    let Some(asked) = names.asked(typed) else { return Vec::new() };
    let found = names.find(&asked, &among, 50);
    assert_eq!(names.count(&asked, &among), found.len() as u64);
    found.into_iter().map(|key| names.text(number_of(key))).collect()
}

#[test]
fn without_marks_everything_is_found_and_the_barred_d_is_d() {
    let names = names(&["Đỗ Đức", "Do Duc", "Đỗ Văn Dục", "Trần Đức", "Đỗ Đứcc"]);
    assert_eq!(found(&names, "do duc"), ["Do Duc", "Đỗ Văn Dục", "Đỗ Đức", "Đỗ Đứcc"]);
    assert_eq!(found(&names, "đỗ đức"), ["Đỗ Đức", "Đỗ Đứcc"]);
}

#[test]
fn best_first_then_by_given_name() {
    let names = names(&["Lê Văn Ân", "Lê Văn Anh", "Lê Văn An", "Trần Bình An", "Lê An"]);
    assert_eq!(found(&names, "an"), ["Lê An", "Trần Bình An", "Lê Văn An", "Lê Văn Ân", "Lê Văn Anh"]);
    assert_eq!(found(&names, "le an"), ["Lê An", "Lê Văn An", "Lê Văn Ân", "Lê Văn Anh"]);
}

#[test]
fn every_word_needs_a_syllable_of_its_own() {
    let names = names(&["Nguyễn An", "Nguyễn Nguyên An", "Ngô Nguyễn An"]);
    assert_eq!(found(&names, "nguyen nguyen"), ["Nguyễn Nguyên An"]);
    assert_eq!(found(&names, "n ng"), ["Nguyễn Nguyên An", "Ngô Nguyễn An"]);
    assert!(found(&names, " - ").is_empty());
}

#[test]
fn long_names_and_other_peoples_names_are_found_and_kept_as_written() {
    let long = "Công Tằng Tôn Nữ Thị Ngọc Hà";
    let names = names(&[long, "H'Hen Niê", "Y-Blok Ê-ban", "NGUYỄN THỊ HOÀ"]);
    assert_eq!(found(&names, "ton nu ha"), [long]);
    assert_eq!(found(&names, "hen"), ["H'Hen Niê"]);
    assert_eq!(found(&names, "e ban blok"), ["Y-Blok Ê-ban"]);
    assert_eq!(found(&names, "hòa"), ["NGUYỄN THỊ HOÀ"]);
}
