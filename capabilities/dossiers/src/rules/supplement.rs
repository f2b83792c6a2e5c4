//! The yearly supplement (phiếu bổ sung hồ sơ, 3-HSĐV): asked for, received, forwarded (DOS-04).

use chibo_kernel::{Day, Issue};

use super::issue;

/// A step of a supplement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Step {
    /// The branch asked the member for it.
    Asked = 1,
    /// The branch received it.
    Received = 2,
    /// It went up to the keeping committee.
    Forwarded = 3,
}

impl Step {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Asked, Self::Received, Self::Forwarded];

    /// As stored.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// From its stored form.
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.number() == number)
    }

    /// As sent by forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Received => "received",
            Self::Forwarded => "forwarded",
        }
    }

    /// From a form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Word key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Asked => "dossiers-step-asked",
            Self::Received => "dossiers-step-received",
            Self::Forwarded => "dossiers-step-forwarded",
        }
    }
}

/// What is printed for "nothing changed".
pub const UNCHANGED: &str = "K";
/// Items of the sheet.
pub const ITEMS: u8 = 30;

/// A step to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Of which year.
    pub year: i32,
    /// Which.
    pub step: Step,
    /// When.
    pub on: Day,
    /// Changed items of the sheet; none means "K".
    pub changed: Vec<u8>,
    /// What else.
    pub note: String,
}

impl Deed {
    /// Changed items as stored: `7,11`, or `K`.
    pub fn text(&self) -> String {
        match self.step {
            Step::Received if self.changed.is_empty() => UNCHANGED.to_owned(),
            Step::Received => self.changed.iter().map(u8::to_string).collect::<Vec<_>>().join(","),
            _ => String::new(),
        }
    }
}

/// What stands against a step, given the steps taken with their days.
pub fn check(deed: &Deed, taken: &[(Step, Day)], today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    let rule = Some("DOS-04");
    if deed.on > today {
        issues.push(issue("on", None, "dossiers-day-to-come"));
    }
    // The first dossiers of the register are older than nobody's lifetime.
    if !(1930..=today.year()).contains(&deed.year) {
        issues.push(issue("year", rule, "dossiers-bad-year"));
    }
    if deed.changed.iter().any(|item| !(1..=ITEMS).contains(item)) {
        issues.push(issue("changed", rule, "dossiers-bad-choice"));
    }
    let before = taken.iter().filter(|(step, _)| *step < deed.step).map(|(_, day)| *day).max();
    if deed.step == Step::Forwarded && !taken.iter().any(|(step, _)| *step == Step::Received) {
        issues.push(issue("step", rule, "dossiers-not-received"));
    }
    if before.is_some_and(|day| day > deed.on) {
        issues.push(issue("on", rule, "dossiers-before-last"));
    }
    // What went up has gone up: changes come with the next sheet.
    if deed.step < Step::Forwarded && taken.iter().any(|(step, _)| *step == Step::Forwarded) {
        issues.push(issue("step", rule, "dossiers-forwarded-already"));
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn keys(deed: &Deed, taken: &[(Step, Day)]) -> Vec<&'static str> {
        check(deed, taken, day("2026-11-22")).iter().map(|issue| issue.said.key).collect()
    }

    #[test]
    fn dos_04_received_before_forwarded_and_nothing_before_what_came_before() {
        let deed = |step, on: &str| Deed { year: 2026, step, on: day(on), changed: Vec::new(), note: String::new() };
        assert!(keys(&deed(Step::Received, "2026-11-20"), &[]).is_empty());
        assert_eq!(keys(&deed(Step::Forwarded, "2026-11-20"), &[]), ["dossiers-not-received"]);
        let asked = [(Step::Asked, day("2026-10-01"))];
        assert_eq!(keys(&deed(Step::Received, "2026-09-30"), &asked), ["dossiers-before-last"]);
        assert_eq!(keys(&deed(Step::Received, "2026-12-01"), &[]), ["dossiers-day-to-come"]);
        let done = [(Step::Received, day("2026-10-01")), (Step::Forwarded, day("2026-10-05"))];
        assert_eq!(keys(&deed(Step::Received, "2026-11-01"), &done), ["dossiers-forwarded-already"]);
    }

    #[test]
    fn dos_04_an_unchanged_supplement_is_marked_k() {
        let mut deed =
            Deed { year: 2026, step: Step::Received, on: day("2026-11-20"), changed: vec![], note: "".into() };
        assert_eq!(deed.text(), "K");
        deed.changed = vec![7, 11];
        assert_eq!(deed.text(), "7,11");
        deed.changed = vec![31];
        assert_eq!(keys(&deed, &[]), ["dossiers-bad-choice"]);
    }
}
