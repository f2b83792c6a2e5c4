//! A record of a member corrected by the paper that decided it. Becoming official, exempted, leaving, dying and moving have
//! their cases; what went wrong in writing, or was decided before this program, is corrected here and says by which paper.

use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{Day, Issue, Problem, Said};

use crate::codes::Standing;

/// Letters a reason has at least.
const REASON: usize = 5;
/// Characters of a number at most.
const NUMBER: usize = 60;
/// Characters of a reason at most.
const LONGEST: usize = 500;

/// What kind of paper a correction rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// The decision itself (quyết định, nghị quyết), which was not or wrongly recorded.
    Decision,
    /// A paper that says that what was decided or recorded is wrong (văn bản đính chính).
    Rectification,
}

impl Sort {
    /// All, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Decision, Self::Rectification];

    /// As sent and recorded.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Rectification => "rectification",
        }
    }

    /// From what was sent.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }

    /// Its word key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Decision => "members-paper-decision",
            Self::Rectification => "members-paper-rectification",
        }
    }
}

/// The paper behind a correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Which kind.
    pub sort: Sort,
    /// Its number.
    pub number: String,
    /// Its day.
    pub day: Day,
    /// Why the record is corrected.
    pub reason: String,
}

impl Paper {
    /// What is wrong with it.
    pub fn issues(&self, today: Day) -> Vec<Issue> {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let mut issues = Vec::new();
        if letters(&self.number) < 2 || self.number.chars().count() > NUMBER {
            issues.push(issue("number", None, Said::new("members-paper-number-needed")));
        }
        if self.day > today {
            issues.push(issue("paper-day", None, Said::new("members-paper-to-come").with("day", self.day)));
        }
        if letters(&self.reason) < REASON || self.reason.chars().count() > LONGEST {
            issues.push(issue("reason", None, Said::new("members-paper-reason-needed")));
        }
        issues
    }
}

/// What is known of somebody whose standing is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The day probation ends or ended, by the ceremony; none where no probation is recorded.
    pub ends: Option<Day>,
    /// Was official already.
    pub official: bool,
}

/// The day probation ends that began on a day (MEM-30, MEM-31).
///
/// # Errors
/// A fault when the rulebook lacks the term.
pub fn probation_ends(began: Day, today: Day) -> Result<Day, Problem> {
    let book = Rulebook::built_in()?;
    let term = book.on(today).require("MEM-30")?.term("probation")?;
    Ok(term.after(began, book.calendar()).value)
}

/// What stands against a standing from a day on, by this paper.
pub fn standing_issues(standing: Standing, from: Day, paper: &Paper, known: Known, today: Day) -> Vec<Issue> {
    let mut issues = paper.issues(today);
    if standing == Standing::TransferredOut {
        issues.push(issue("standing", Some("TRF-02"), Said::new("members-transferred-by-paper")));
    }
    if known.official || paper.sort == Sort::Rectification {
        return issues;
    }
    let Some(ends) = known.ends else { return issues };
    let needs_official = matches!(standing, Standing::Official | Standing::Exempted);
    if standing == Standing::Official && from != ends {
        issues.push(issue("from", Some("MEM-31"), Said::new("members-official-day-is").with("day", ends)));
    } else if needs_official && paper.day < ends {
        issues.push(issue("paper-day", Some("MEM-31"), Said::new("members-decided-too-early").with("day", ends)));
    } else if standing == Standing::Exempted {
        issues.push(issue("standing", Some("EXI-01"), Said::new("members-exempted-not-official")));
    }
    issues
}

fn issue(field: &str, rule: Option<&'static str>, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    const TODAY: &str = "2026-11-22";

    fn paper(sort: Sort, on: &str) -> Paper {
        Paper { sort, number: "12-QĐ/ĐU".into(), day: day(on), reason: "nhập sai trạng thái".into() }
    }

    fn keys(issues: &[Issue]) -> Vec<&'static str> {
        issues.iter().map(|issue| issue.said.key).collect()
    }

    #[test]
    fn mem_31_a_decision_makes_official_on_the_day_the_twelve_months_end_only() {
        let known = Known { ends: Some(probation_ends(day("2025-09-03"), day(TODAY)).unwrap()), official: false };
        let say = |from, paper: &Paper| keys(&standing_issues(Standing::Official, day(from), paper, known, day(TODAY)));
        let decision = paper(Sort::Decision, "2026-10-20");
        assert!(say("2026-09-03", &decision).is_empty());
        assert_eq!(say("2026-10-20", &decision), ["members-official-day-is"]);
        assert_eq!(say("2026-09-03", &paper(Sort::Decision, "2026-09-02")), ["members-decided-too-early"]);
        assert!(say("2026-10-20", &paper(Sort::Rectification, "2026-10-20")).is_empty());
    }

    #[test]
    fn exi_01_nobody_on_probation_is_exempted_and_trf_02_nobody_is_corrected_out_of_the_register() {
        let known = Known { ends: Some(day("2026-09-03")), official: false };
        let of = |standing| {
            let issues =
                standing_issues(standing, day("2026-11-01"), &paper(Sort::Decision, "2026-11-01"), known, day(TODAY));
            keys(&issues)
        };
        assert_eq!(of(Standing::Exempted), ["members-exempted-not-official"]);
        assert_eq!(of(Standing::TransferredOut), ["members-transferred-by-paper"]);
        assert!(of(Standing::Left).is_empty());
    }

    proptest! {
        #[test]
        fn mem_31_nothing_is_corrected_without_number_day_and_reason(
            number in "[ -/]{0,4}", reason in "[ a-c.]{0,4}", ahead in 1i32..900, which in 0usize..8,
        ) {
            let (today, standing) = (day(TODAY), Standing::ALL[which]);
            let known = Known { ends: None, official: true };
            let good = paper(Sort::Decision, "2026-10-20");
            for bad in [
                Paper { number, ..good.clone() },
                Paper { reason, ..good.clone() },
                Paper { day: today.plus_days(ahead), ..good.clone() },
            ] {
                prop_assert!(!standing_issues(standing, day("2026-10-20"), &bad, known, today).is_empty(), "{bad:?}");
            }
        }
    }
}
