//! The plan of a year to fill a place: what is wanted, when it is met, when it presses (TSK-23, ORG-01).

use chibo_kernel::{Day, Id, Issue, Unit};

use super::issue;

/// What a plan is after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// To admit so many members (kết nạp đảng viên).
    Admit,
    /// To found an organisation, or cover the place by one (lập tổ chức đảng).
    Found,
}

impl Target {
    /// Both, in the order of lists.
    pub const ALL: [Target; 2] = [Self::Admit, Self::Found];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admit => "admit",
            Self::Found => "found",
        }
    }

    /// From the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Admit => "coverage-target-admit",
            Self::Found => "coverage-target-found",
        }
    }
}

/// A plan to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlan {
    /// How many versions of plans for the place the form saw.
    pub after: u32,
    /// The year.
    pub year: i32,
    /// The unit whose committee answers for it.
    pub unit: Id<Unit>,
    /// What it is after.
    pub target: Target,
    /// How many to admit; 0 where an organisation is the target.
    pub wanted: u32,
    /// How.
    pub note: String,
}

/// How many were admitted since the year began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    /// The year of the plan.
    pub year: i32,
    /// As reported on this day.
    pub on: Day,
    /// So many.
    pub admitted: u32,
    /// What was done.
    pub note: String,
}

/// What is wrong with a plan.
pub fn check_plan(new: &NewPlan, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    // A plan is made ahead, or for the year that runs; the year before may still be put right.
    if !(today.year() - 1..=today.year() + 5).contains(&new.year) {
        issues.push(issue("year", "coverage-plan-year"));
    }
    if new.target == Target::Admit && !(1..=1_000).contains(&new.wanted) {
        issues.push(issue("wanted", "coverage-plan-wanted"));
    }
    issues
}

/// What is wrong with a report on a plan.
pub fn check_report(new: &NewReport, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if new.on > today {
        issues.push(issue("on", "coverage-day-to-come"));
    } else if new.on.year() != new.year {
        issues.push(issue("on", "coverage-report-year"));
    }
    if new.admitted > 1_000 {
        issues.push(issue("admitted", "coverage-count-too-large"));
    }
    issues
}

/// Whether a plan is met.
pub fn met(target: Target, wanted: u32, admitted: u32, covered: bool) -> bool {
    match target {
        Target::Admit => admitted >= wanted,
        Target::Found => covered,
    }
}

/// The last day of a plan of a year.
pub fn last_day(year: i32) -> Day {
    Day::from_ymd(year, 12, 31).unwrap_or(Day::FOREVER)
}

/// Whether a plan that is not met presses on a day: in its year from a month on (TSK-23), and overdue in the year after,
/// until the place is planned for anew and the new plan takes the gap over.
pub fn presses(year: i32, from_month: i64, renewed: bool, today: Day) -> bool {
    let (now, month, _) = today.ymd();
    (now == year && i64::from(month) >= from_month) || (now == year + 1 && !renewed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u8, d: u8) -> Day {
        Day::from_ymd(y, m, d).unwrap()
    }

    fn plan(year: i32, target: Target, wanted: u32) -> NewPlan {
        NewPlan { after: 0, year, unit: Id::from_bytes([1; 16]), target, wanted, note: String::new() }
    }

    #[test]
    fn tsk_23_a_plan_presses_in_its_last_quarter_and_is_overdue_until_planned_anew() {
        for (on, renewed, expected) in [
            (day(2025, 11, 1), false, false),
            (day(2026, 9, 30), false, false),
            (day(2026, 10, 1), false, true),
            (day(2026, 12, 31), false, true),
            (day(2027, 1, 1), false, true),
            (day(2027, 12, 31), false, true),
            (day(2027, 1, 1), true, false),
            (day(2028, 1, 1), false, false),
        ] {
            assert_eq!(presses(2026, 10, renewed, on), expected, "{on} {renewed}");
        }
        assert_eq!(last_day(2026), day(2026, 12, 31));
    }

    #[test]
    fn a_plan_is_met_by_admissions_or_by_an_organisation() {
        assert!(met(Target::Admit, 2, 2, false) && !met(Target::Admit, 2, 1, true));
        assert!(met(Target::Found, 0, 0, true) && !met(Target::Found, 0, 9, false));
    }

    #[test]
    fn a_plan_is_for_a_year_near_and_admits_somebody() {
        let today = day(2026, 11, 22);
        let wrong = |plan: NewPlan| check_plan(&plan, today).len();
        assert_eq!([2024, 2025, 2026, 2031, 2032].map(|year| wrong(plan(year, Target::Found, 0))), [1, 0, 0, 0, 1]);
        assert_eq!([0, 1, 1_000, 1_001].map(|wanted| wrong(plan(2026, Target::Admit, wanted))), [1, 0, 0, 1]);
    }

    #[test]
    fn a_report_lies_in_its_year_and_not_ahead() {
        let today = day(2026, 11, 22);
        let report = |on| NewReport { year: 2026, on, admitted: 1, note: String::new() };
        let wrong = |on| check_report(&report(on), today).len();
        assert_eq!([day(2025, 12, 31), day(2026, 1, 1), today, today.plus_days(1)].map(wrong), [1, 0, 0, 1]);
    }
}
