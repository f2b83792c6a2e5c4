//! The themes a branch plans (MTG-02), and the monthly meetings of its Party groups (MTG-01).

use chibo_kernel::{Day, Issue, Said};

use super::Month;

/// Longest theme, characters.
const LONGEST: usize = 300;
/// Longest account of a group's meeting, characters.
const LONGEST_TEXT: usize = 2_000;
/// Quarters ahead a theme can be planned for.
const AHEAD: i32 = 4;

fn issue(field: &str, rule: &'static str, key: &'static str) -> Issue {
    Issue { field: Some(field.to_owned()), rule: Some(rule), said: Said::new(key) }
}

/// Quarters a theme can be planned for: the running one and those of a year ahead, by their first months.
pub fn plannable(today: Day) -> Vec<Month> {
    let now = Month::of(today).quarter_start();
    (0..=AHEAD).map(|ahead| now.plus(3 * ahead)).collect()
}

/// The last day to have planned a quarter: the plan is made at its beginning, in its first month.
pub fn planned_by(quarter: Month) -> Day {
    quarter.last()
}

/// What is wrong with a theme.
pub fn check_theme(quarter: Month, topic: &str, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if !plannable(today).contains(&quarter) {
        issues.push(issue("plan-quarter", "MTG-02", "meetings-plan-not-now"));
    }
    if topic.is_empty() {
        issues.push(issue("plan-topic", "MTG-02", "meetings-plan-no-topic"));
    } else if topic.chars().count() > LONGEST {
        issues.push(issue("plan-topic", "MTG-02", "meetings-plan-long"));
    }
    issues
}

/// A month of a Party group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupMonth {
    /// Met on.
    pub on: Day,
    /// Members of the group.
    pub listed: u32,
    /// Of them present.
    pub present: u32,
    /// What was discussed and decided.
    pub done: String,
}

/// What is wrong with it.
pub fn check_group(met: &GroupMonth, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if met.on > today {
        issues.push(issue("group-on", "MTG-01", "meetings-group-to-come"));
    }
    if Month::of(met.on) < Month::of(today).plus(-2) {
        issues.push(issue("group-on", "MTG-01", "meetings-group-long-ago"));
    }
    if met.listed == 0 {
        issues.push(issue("group-listed", "MTG-01", "meetings-group-nobody"));
    }
    if met.present > met.listed {
        issues.push(issue("group-present", "MTG-01", "meetings-group-too-many"));
    }
    if met.done.is_empty() {
        issues.push(issue("group-done", "MTG-01", "meetings-group-no-text"));
    } else if met.done.chars().count() > LONGEST_TEXT {
        issues.push(issue("group-done", "MTG-01", "meetings-group-long"));
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u8, day: u8) -> Day {
        Day::from_ymd(2026, month, day).expect("a day")
    }

    fn keys(issues: &[Issue]) -> Vec<&'static str> {
        issues.iter().map(|issue| issue.said.key).collect()
    }

    #[test]
    fn mtg_02_a_theme_is_planned_for_a_quarter_that_is_not_over() {
        let today = day(11, 22);
        let fourth = Month::of(day(10, 1));
        assert_eq!(plannable(today).first(), Some(&fourth));
        assert_eq!(planned_by(fourth), day(10, 31));
        assert_eq!(check_theme(fourth, "Học tập chuyên đề", today), []);
        assert_eq!(keys(&check_theme(fourth.plus(-3), "Học tập", today)), ["meetings-plan-not-now"]);
        assert_eq!(keys(&check_theme(fourth.plus(1), "Học tập", today)), ["meetings-plan-not-now"], "no quarter");
        assert_eq!(keys(&check_theme(fourth, "", today)), ["meetings-plan-no-topic"]);
        assert_eq!(keys(&check_theme(fourth, &"a".repeat(301), today)), ["meetings-plan-long"]);
    }

    #[test]
    fn mtg_01_a_month_of_a_group_adds_up_and_is_not_to_come() {
        let today = day(11, 22);
        let good = GroupMonth { on: day(11, 10), listed: 5, present: 4, done: "Góp ý dự thảo".to_owned() };
        assert_eq!(check_group(&good, today), []);
        let late = GroupMonth { on: day(11, 23), ..good.clone() };
        assert_eq!(keys(&check_group(&late, today)), ["meetings-group-to-come"]);
        let old = GroupMonth { on: day(8, 10), ..good.clone() };
        assert_eq!(keys(&check_group(&old, today)), ["meetings-group-long-ago"]);
        let many = GroupMonth { present: 6, ..good.clone() };
        assert_eq!(keys(&check_group(&many, today)), ["meetings-group-too-many"]);
        let bare = GroupMonth { listed: 0, present: 0, done: String::new(), ..good };
        assert_eq!(keys(&check_group(&bare, today)), ["meetings-group-nobody", "meetings-group-no-text"]);
    }
}
