//! The letter-head (thể thức) under which every capability prints: who issues, number, place and day, who signs.

use chibo_kernel::Day;
use chibo_kernel::rulebook::Term;
use chibo_kernel::text::fold;

use super::{Document, Heading, Signature};

/// To be filled in by hand.
pub const DOTS: &str = "…………";

/// In whose name a paper goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issuer {
    /// The organisation above; empty for none.
    pub superior: String,
    /// Who issues, for example `Ban Thường vụ Đảng ủy phường Bến Thành`.
    pub name: String,
}

impl Issuer {
    /// A document of this issuer with heading, type and subject (DPD-40). `number` is as people typed it, `None` for
    /// papers without a number; what is not known yet, number, place or day, is left as dots.
    pub fn begins(&self, number: Option<&str>, day: Option<Day>, kind: &str, subject: String) -> Document {
        let heading = Heading {
            superior: self.superior.clone(),
            issuer: self.name.clone(),
            number: number.map_or_else(String::new, |number| format!("Số {}", symbol(number))),
            dated: format!("{DOTS}, {}", day.map_or_else(open_day, long_day)),
            ..Heading::default()
        };
        Document { title: format!("{kind} {subject}"), heading, kind: kind.to_owned(), subject, ..Document::default() }
    }

    /// For the signature: `T/M BAN THƯỜNG VỤ`, `T/M ĐẢNG ỦY`, `T/M CHI BỘ`; never `K/T` for a collective, and no name
    /// of the place, which stands in the heading (DPD-44, DPD-46). Who signs is filled in by hand.
    pub fn signs(&self) -> Signature {
        Signature { on_behalf: format!("T/M {}", self.body()), ..Signature::default() }
    }

    /// The body that decides, in capitals; the whole name when its beginning says none.
    fn body(&self) -> String {
        let name = fold(&self.name);
        let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
        let body = BODIES.iter().find(|(start, _)| name.strip_prefix(start).is_some_and(ends));
        body.map_or_else(|| self.name.to_uppercase(), |(_, body)| (*body).to_owned())
    }
}

/// How names of issuers begin, without marks, and the body that signs; the longer beginning first. An organisation
/// (đảng bộ) acts through its committee.
const BODIES: [(&str, &str); 13] = [
    ("ban thuong vu", "BAN THƯỜNG VỤ"),
    ("ban chap hanh", "BAN CHẤP HÀNH"),
    ("dang bo thanh pho", "THÀNH ỦY"),
    ("dang bo tinh", "TỈNH ỦY"),
    ("dang bo", "ĐẢNG ỦY"),
    ("dang uy", "ĐẢNG ỦY"),
    ("thanh uy", "THÀNH ỦY"),
    ("tinh uy", "TỈNH ỦY"),
    ("quan uy", "QUẬN ỦY"),
    ("huyen uy", "HUYỆN ỦY"),
    ("thi uy", "THỊ ỦY"),
    ("chi uy", "CHI ỦY"),
    ("chi bo", "CHI BỘ"),
];

/// Number and symbol as they are printed after `Số`, without a colon and with two digits at least: `05-QĐ/ĐU`
/// (DPD-40). Dots when there is none yet.
pub fn symbol(number: &str) -> String {
    let number = number.trim();
    let bare = number.strip_prefix("Số").or_else(|| number.strip_prefix("số")).unwrap_or(number);
    let bare = bare.trim_start_matches([':', ' ', '\u{a0}']);
    match bare.chars().take_while(char::is_ascii_digit).count() {
        _ if bare.is_empty() => DOTS.to_owned(),
        1 => format!("0{bare}"),
        _ => bare.to_owned(),
    }
}

/// `ngày 05 tháng 02 năm 2026`: a 0 before days up to 9 and months up to 2 (DPD-40).
pub fn long_day(day: Day) -> String {
    let (year, month, day) = day.ymd();
    let month = if month <= 2 { format!("0{month}") } else { month.to_string() };
    format!("ngày {day:02} tháng {month} năm {year}")
}

/// A time limit of the rulebook as papers name it: `30 ngày làm việc`, `3 tháng`.
pub fn term_text(term: Term) -> String {
    match term {
        Term::WorkingDays(days) => format!("{days} ngày làm việc"),
        Term::Days(days) => format!("{days} ngày"),
        Term::Months(months) => format!("{months} tháng"),
    }
}

/// A day to be filled in by hand.
pub fn open_day() -> String {
    "ngày …… tháng …… năm ………".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day::from_ymd(year, month, day).unwrap()
    }

    fn signs(name: &str) -> String {
        Issuer { superior: String::new(), name: name.to_owned() }.signs().on_behalf
    }

    #[test]
    fn dpd_40_days_and_months_are_written_with_a_nought() {
        assert_eq!(long_day(day(2026, 2, 5)), "ngày 05 tháng 02 năm 2026");
        assert_eq!(long_day(day(2026, 3, 10)), "ngày 10 tháng 3 năm 2026");
        assert_eq!(long_day(day(2026, 11, 9)), "ngày 09 tháng 11 năm 2026");
    }

    #[test]
    fn dpd_40_a_number_has_two_digits_and_no_colon() {
        for (typed, printed) in [
            ("5-QĐ/ĐU", "05-QĐ/ĐU"),
            ("05-QĐ/ĐU", "05-QĐ/ĐU"),
            ("125-QĐ/TU", "125-QĐ/TU"),
            (" Số: 7-NQ/CB ", "07-NQ/CB"),
            ("số 12-BB/ĐU", "12-BB/ĐU"),
            ("……-BB/……", "……-BB/……"),
            ("", DOTS),
            ("Số:", DOTS),
        ] {
            assert_eq!(symbol(typed), printed, "{typed}");
        }
    }

    #[test]
    fn dpd_40_the_heading_says_what_is_known_and_leaves_dots_for_the_rest() {
        let issuer = Issuer { superior: "Thành ủy".into(), name: "Đảng ủy phường Một".into() };
        let document = issuer.begins(Some("5-QĐ/ĐU"), Some(day(2026, 2, 5)), "Quyết định", "về nhân sự".into());
        assert_eq!(document.heading.superior, "Thành ủy");
        assert_eq!(document.heading.number, "Số 05-QĐ/ĐU");
        assert_eq!(document.heading.dated, "…………, ngày 05 tháng 02 năm 2026");
        assert_eq!(document.title, "Quyết định về nhân sự");
        let open = issuer.begins(Some(""), None, "Biên bản", String::new());
        assert_eq!(open.heading.number, "Số …………");
        assert!(open.heading.dated.ends_with("ngày …… tháng …… năm ………"));
        assert_eq!(issuer.begins(None, None, "Danh sách", String::new()).heading.number, "");
    }

    #[test]
    fn dpd_44_the_body_signs_and_not_the_place() {
        for (name, signed) in [
            ("Ban Thường vụ Đảng ủy phường Một", "T/M BAN THƯỜNG VỤ"),
            ("Đảng ủy phường Một", "T/M ĐẢNG ỦY"),
            ("ĐẢNG UỶ PHƯỜNG MỘT", "T/M ĐẢNG ỦY"),
            ("Đảng bộ phường Một", "T/M ĐẢNG ỦY"),
            ("Đảng bộ Thành phố", "T/M THÀNH ỦY"),
            ("Thành ủy", "T/M THÀNH ỦY"),
            ("Chi ủy khu phố 9", "T/M CHI ỦY"),
            ("Đảng đoàn Hội Nông dân", "T/M ĐẢNG ĐOÀN HỘI NÔNG DÂN"),
        ] {
            assert_eq!(signs(name), signed, "{name}");
        }
    }

    #[test]
    fn dpd_46_a_branch_signs_for_the_branch() {
        assert_eq!(signs("Chi bộ Khu phố 9"), "T/M CHI BỘ");
        assert_eq!(signs("Chi bộ"), "T/M CHI BỘ");
    }
}
