//! Spreadsheets of members: which columns come in, which go out.

pub mod export;
pub mod read;
pub mod refused;
pub mod summary;
pub mod template;

use chibo_papers::{Column, Kind};

const fn text(key: &'static str, titles: &'static [&'static str], required: bool) -> Column {
    Column { key, titles, kind: Kind::Text { max: 200 }, required }
}

const fn day(key: &'static str, titles: &'static [&'static str]) -> Column {
    Column { key, titles, kind: Kind::Day, required: false }
}

/// Columns an import knows, after the sheet used nationally (domain 03 §1). The order is that of our own export.
pub const COLUMNS: &[Column] = &[
    text("name", &["Họ và tên", "Họ tên", "Họ và tên khai sinh", "Full name"], true),
    text("other-name", &["Tên gọi khác", "Tên khác", "Other name"], false),
    text("sex", &["Giới tính", "Giới", "Sex"], false),
    Column {
        key: "birth",
        titles: &["Ngày sinh", "Ngày tháng năm sinh", "Birth date"],
        kind: Kind::MonthOrYear,
        required: true,
    },
    text("ethnicity", &["Dân tộc", "Ethnicity"], false),
    text("religion", &["Tôn giáo", "Religion"], false),
    Column {
        key: "identity",
        titles: &["Số định danh cá nhân", "Số căn cước", "CCCD", "Số CCCD", "Identity number"],
        kind: Kind::Digits { len: 12, restore_zeros: true },
        required: false,
    },
    text("phone", &["Điện thoại", "Số điện thoại", "Phone"], false),
    text("email", &["Email", "Thư điện tử", "E-mail"], false),
    text("residence", &["Nơi thường trú", "Thường trú", "Nơi ở hiện nay", "Residence"], false),
    text("birth-place", &["Nơi khai sinh", "Nơi sinh", "Birth place"], false),
    text("home-town", &["Quê quán", "Home town"], false),
    text("unit", &["Mã tổ chức đảng", "Tổ chức đảng", "Chi bộ", "Organisation code", "Branch"], true),
    day("posted", &["Ngày về chi bộ", "Ngày chuyển đến", "In the branch since"]),
    day("admitted", &["Ngày vào Đảng", "Ngày kết nạp", "Admitted on"]),
    text("admission-decision", &["Số quyết định kết nạp", "Admission decision"], false),
    text("introducers", &["Người giới thiệu", "Introducers"], false),
    day("official", &["Ngày chính thức", "Ngày công nhận chính thức", "Official on"]),
    text("standing", &["Trạng thái hoạt động", "Trạng thái", "Standing"], false),
    text("education", &["Giáo dục phổ thông", "Trình độ học vấn", "Văn hóa", "General education"], false),
    text("degree", &["Trình độ chuyên môn", "Chuyên môn", "Degree"], false),
    text("academic-title", &["Học hàm", "Academic title"], false),
    text("theory", &["Lý luận chính trị", "Trình độ lý luận chính trị", "Political theory"], false),
    text("languages", &["Ngoại ngữ", "Foreign languages"], false),
    text("informatics", &["Tin học", "Informatics"], false),
    text("occupation", &["Nghề nghiệp", "Occupation"], false),
    text("job-title", &["Chức vụ, nghề nghiệp cụ thể", "Chức danh", "Chức vụ", "Job title"], false),
    text("workplace", &["Nơi làm việc", "Đơn vị công tác", "Workplace"], false),
    text("file-no", &["Số lý lịch", "Số LL", "Dossier number"], false),
    text("health", &["Sức khỏe", "Tình trạng sức khỏe", "Health"], false),
    text("policy-family", &["Gia đình chính sách", "Policy family"], false),
];

/// Position of a column by its key; past the end when there is none. For use in constants: a mistyped key is found by
/// the test of its reader.
pub(crate) const fn position(key: &str) -> usize {
    let key = key.as_bytes();
    let mut at = 0;
    while at < COLUMNS.len() {
        let own = COLUMNS[at].key.as_bytes();
        let mut same = 0;
        while own.len() == key.len() && same < key.len() && own[same] == key[same] {
            same += 1;
        }
        if own.len() == key.len() && same == key.len() {
            return at;
        }
        at += 1;
    }
    at
}

/// A birth day as far as it is known: `03/02/1958`, `02/1958`, `1958`.
pub fn birth_text(day: chibo_kernel::Day, precision: u8) -> String {
    let (year, month, _) = day.ymd();
    match precision {
        0 => day.to_string(),
        1 => format!("{month:02}/{year}"),
        _ => year.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chibo_kernel::Day;

    #[test]
    fn a_birth_day_is_shown_as_far_as_it_is_known() {
        let day = Day::from_iso("1958-02-03").unwrap();
        assert_eq!([0, 1, 2].map(|known| birth_text(day, known)), ["03/02/1958", "02/1958", "1958"]);
    }

    #[test]
    fn columns_are_found_by_their_key() {
        for (at, column) in COLUMNS.iter().enumerate() {
            assert_eq!(position(column.key), at, "{}", column.key);
        }
        assert_eq!(position("unheard-of"), COLUMNS.len());
    }

    #[test]
    fn an_export_has_the_columns_of_an_import_and_forty_in_all() {
        assert_eq!(export::WIDTH, 40);
        assert_eq!(COLUMNS.len() + 9, export::WIDTH);
    }
}
