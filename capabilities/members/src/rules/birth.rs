//! Birth dates are never changed since 18 August 2016 (EXI-16); a typing error is corrected with the written consent of
//! the competent committee (DOS-01).

use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{Day, Issue, Problem, Said};

/// A birth date as stored: the first possible day, and how much of it is known (0 day, 1 month, 2 year).
pub type Known = (Day, u8);

/// Whether `after` says otherwise than `before`. Knowing more of the same date is no change.
pub fn is_changed((before, known): Known, (after, precision): Known) -> bool {
    let (year, month, _) = before.ymd();
    let (other_year, other_month, _) = after.ymd();
    match known {
        0 => before != after || precision != 0,
        1 => (year, month) != (other_year, other_month) || precision > 1,
        _ => year != other_year,
    }
}

/// What stands against a correction of the birth date on a day; nothing with the number of a consent.
///
/// # Errors
/// A fault when the rulebook lacks the day.
pub fn refusal(before: Known, after: Known, consent: &str, today: Day) -> Result<Option<Issue>, Problem> {
    if !is_changed(before, after) || consent.chars().filter(|c| c.is_alphanumeric()).count() >= 2 {
        return Ok(None);
    }
    let Some(rule) = Rulebook::built_in()?.on(today).rule("EXI-16") else { return Ok(None) };
    let since = rule.day("never_since")?;
    let said = Said::new("members-birth-fixed").with("day", since);
    Ok((today >= since).then(|| Issue { field: Some("birth".to_owned()), rule: Some("EXI-16"), said }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    #[test]
    fn exi_16_a_birth_date_is_refused_without_the_number_of_a_consent() {
        let today = day("2026-11-22");
        let key = |before, after, consent| {
            refusal(before, after, consent, today).unwrap().map(|issue| (issue.rule, issue.said.key))
        };
        let (old, new) = ((day("1958-02-03"), 0), (day("1958-02-04"), 0));
        assert_eq!(key(old, new, ""), Some((Some("EXI-16"), "members-birth-fixed")));
        assert_eq!(key(old, new, " - "), Some((Some("EXI-16"), "members-birth-fixed")));
        assert_eq!(key(old, new, "12-CV/ĐU"), None);
        assert_eq!(key(old, old, ""), None);
    }

    #[test]
    fn exi_16_knowing_more_of_the_same_date_is_no_change() {
        let (year, month, exact) = ((day("1958-01-01"), 2), (day("1958-02-01"), 1), (day("1958-02-03"), 0));
        assert!(!is_changed(year, month) && !is_changed(year, exact) && !is_changed(month, exact));
        assert!(is_changed(exact, month) && is_changed(month, year) && is_changed(exact, year));
        assert!(is_changed(year, (day("1959-01-01"), 2)) && is_changed(month, (day("1958-03-01"), 0)));
    }
}
