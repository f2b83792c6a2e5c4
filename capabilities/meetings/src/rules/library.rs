//! Absences that raise a signal (SCR-02, EXI-10), guidance in force, what stands in the way of a resolution to be studied.

use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{Day, Issue, Problem, Said};

use super::Month;

/// The first day of the oldest instrument of the statute in the rulebook: 30 July 2021.
const OLDEST: Day = Day::from_number(18_838);

/// Months of a calendar year without meetings that raise the signal (EXI-10).
///
/// # Errors
/// A fault when the rulebook lacks the number.
pub fn absent_months(day: Day) -> Result<usize, Problem> {
    let months = Rulebook::built_in()?.on(day.max(OLDEST)).require("EXI-10")?.int("months_in_year")?;
    Ok(usize::try_from(months.max(1)).unwrap_or(1))
}

/// The day the signal came about: that of the meeting which made the months full. Months need not follow each other; two
/// absences of one month are one month.
pub fn absent_since(absences: &[(Month, Day)], least: usize) -> Option<Day> {
    let mut firsts: Vec<(Month, Day)> = Vec::new();
    for (month, day) in absences {
        match firsts.iter_mut().find(|(known, _)| known == month) {
            Some((_, first)) => *first = (*first).min(*day),
            None => firsts.push((*month, *day)),
        }
    }
    firsts.sort_unstable();
    firsts.get(least.checked_sub(1)?).map(|(_, day)| *day)
}

/// The version in force on a day, of versions in order: the newest that has begun, unless it has ended.
pub fn in_force<T>(versions: &[T], period: impl Fn(&T) -> (Day, Day), day: Day) -> Option<&T> {
    let begun = versions.iter().rev().find(|version| period(version).0 <= day)?;
    (day < period(begun).1).then_some(begun)
}

/// A resolution of a higher level as a committee registers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Study {
    /// Number and sign.
    pub number: String,
    /// Title.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// When.
    pub issued: Day,
    /// Branches study it until.
    pub due: Day,
}

/// What stands in the way of registering it.
pub fn check_study(study: &Study, today: Day) -> Vec<Issue> {
    let issue = |field: &str, said: Said| Issue { field: Some(field.to_owned()), rule: None, said };
    let texts =
        [("number", &study.number, "meetings-study-no-number"), ("title", &study.title, "meetings-study-no-title")];
    let mut issues: Vec<Issue> = texts
        .iter()
        .filter(|(_, text, _)| text.is_empty())
        .map(|(field, _, key)| issue(field, Said::new(key)))
        .collect();
    if study.issuer.is_empty() {
        issues.push(issue("issuer", Said::new("meetings-study-no-issuer")));
    }
    if study.issued > today {
        issues.push(issue("issued", Said::new("meetings-in-future").with("day", today)));
    }
    if study.due < study.issued {
        issues.push(issue("due", Said::new("meetings-study-due-early").with("day", study.issued)));
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u8, day: u8) -> Day {
        Day::from_ymd(2026, month, day).unwrap()
    }

    #[test]
    fn exi_10_three_months_of_the_year_raise_the_signal_on_the_day_of_the_third() {
        let at = |month: u8, on: u8| (Month::of(day(month, 1)), day(month, on));
        let least = absent_months(day(11, 1)).unwrap();
        assert_eq!(least, 3);
        assert_eq!(absent_since(&[at(1, 5), at(3, 5)], least), None);
        assert_eq!(absent_since(&[at(1, 5), at(3, 5), at(3, 20)], least), None, "one month");
        assert_eq!(absent_since(&[at(9, 7), at(1, 5), at(3, 5), at(10, 5)], least), Some(day(9, 7)));
        assert!(absent_months(day(1, 1).plus_months(-12 * 10)).is_ok(), "before the rulebook begins");
    }

    #[test]
    fn mtg_08_a_later_guidance_replaces_the_earlier_from_its_first_day() {
        let versions = [(day(1, 1), Day::FOREVER), (day(6, 1), day(9, 1))];
        let of = |on: Day| in_force(&versions, |version| *version, on).copied();
        assert_eq!(of(day(1, 1).plus_days(-1)), None);
        assert_eq!(of(day(5, 31)), Some(versions[0]));
        assert_eq!(of(day(6, 1)), Some(versions[1]));
        assert_eq!(of(day(9, 1)), None, "what was replaced does not come back");
    }

    #[test]
    fn mtg_08_a_resolution_to_be_studied_says_all_that_is_missing() {
        let bare = Study {
            number: String::new(),
            title: String::new(),
            issuer: String::new(),
            issued: day(11, 2),
            due: day(11, 1),
        };
        let fields: Vec<_> = check_study(&bare, day(11, 1)).into_iter().filter_map(|issue| issue.field).collect();
        assert_eq!(fields, ["number", "title", "issuer", "issued", "due"]);
        let full = Study {
            number: "5-NQ/TW".into(),
            title: "Về xây dựng Đảng".into(),
            issuer: "BCH Trung ương".into(),
            ..bare
        };
        assert_eq!(check_study(&Study { issued: day(10, 1), ..full }, day(11, 1)), []);
    }
}
