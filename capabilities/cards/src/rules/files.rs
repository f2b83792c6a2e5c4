//! Who keeps a dossier (DOS-02), dossiers out for reading (DOS-06) and dossiers against the list (DOS-05).

use chibo_kernel::{Day, Id, Issue, Person, Said};

use chibo_members::codes::Standing;

use super::{Level, Terms};

/// Where the dossier is kept (DOS-02): with the base committee, of whoever is on probation with the committee above it.
pub const fn dossier_kept(standing: Option<Standing>) -> Level {
    match standing {
        Some(Standing::Probationary) => Level::Upper,
        _ => Level::Base,
    }
}

/// Where the sheet (phiếu đảng viên) is kept, in the order of the list (DOS-02): always above the base committee.
pub const SHEET_KEPT: Level = Level::Upper;

/// A dossier given out for reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loan {
    /// Whose dossier.
    pub person: Id<Person>,
    /// Who reads.
    pub borrower: String,
    /// What for.
    pub purpose: String,
    /// Number of the consent.
    pub consent: String,
    /// Given out.
    pub out: Day,
    /// To be back.
    pub due: Day,
}

/// The list against the dossiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// On which day.
    pub on: Day,
    /// Members on the list.
    pub listed: u32,
    /// Dossiers there.
    pub found: u32,
    /// On the list without a dossier.
    pub missing: Vec<String>,
    /// Dossiers not on the list.
    pub surplus: Vec<String>,
}

fn issue(field: &str, rule: &'static str, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule: Some(rule), said }
}

/// What is wrong with giving a dossier out (DOS-06).
pub fn check_loan(loan: &Loan, today: Day, terms: &Terms) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (field, text, key) in [
        ("borrower", &loan.borrower, "cards-loan-borrower-needed"),
        ("consent", &loan.consent, "cards-loan-consent-needed"),
    ] {
        if text.is_empty() {
            issues.push(issue(field, "DOS-06", Said::new(key)));
        }
    }
    for (field, text) in [("borrower", &loan.borrower), ("purpose", &loan.purpose), ("consent", &loan.consent)] {
        if text.chars().count() > 200 {
            issues.push(issue(field, "DOS-06", Said::new("cards-text-long")));
        }
    }
    let most = terms.loan_until(loan.out);
    if loan.out > today {
        issues.push(issue("out", "DOS-06", Said::new("cards-day-to-come")));
    } else if loan.due < loan.out || loan.due > most {
        issues.push(issue("due", "DOS-06", Said::new("cards-loan-due").with("from", loan.out).with("most", most)));
    }
    issues
}

/// What is wrong with a check: the differences must explain the figures (DOS-05).
pub fn check_files(check: &Check, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if check.on > today {
        issues.push(issue("on", "DOS-05", Said::new("cards-day-to-come")));
    }
    let (missing, surplus) = (check.missing.len() as u64, check.surplus.len() as u64);
    if u64::from(check.listed) + surplus != u64::from(check.found) + missing {
        let said = Said::new("cards-check-unexplained")
            .with("listed", check.listed)
            .with("found", check.found)
            .with("missing", missing)
            .with("surplus", surplus);
        issues.push(issue("found", "DOS-05", said));
    }
    if check.missing.iter().chain(&check.surplus).any(|line| line.chars().count() > 200) {
        issues.push(issue("missing", "DOS-05", Said::new("cards-text-long")));
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    #[test]
    fn dos_02_the_base_committee_keeps_dossiers_the_one_above_it_sheets_and_dossiers_of_probation() {
        for standing in Standing::ALL {
            let above = *standing == Standing::Probationary;
            assert_eq!(dossier_kept(Some(*standing)) == Level::Upper, above, "{standing:?}");
        }
        assert_eq!((dossier_kept(None), SHEET_KEPT), (Level::Base, Level::Upper));
    }

    #[test]
    fn dos_06_reading_needs_a_consent_and_a_day_to_be_back() {
        let terms = Terms::on(day("2026-11-20")).unwrap();
        let loan = Loan {
            person: Id::from_bytes([1; 16]),
            borrower: "Lê Thị Bình".into(),
            purpose: "Thẩm tra lý lịch".into(),
            consent: "5-CV/ĐU".into(),
            out: day("2026-11-20"),
            due: day("2026-11-20"),
        };
        let keys = |loan: &Loan| {
            check_loan(loan, day("2026-11-22"), &terms).iter().map(|issue| issue.said.key).collect::<Vec<_>>()
        };
        assert!(keys(&loan).is_empty());
        assert_eq!(keys(&Loan { consent: String::new(), ..loan.clone() }), ["cards-loan-consent-needed"]);
        assert_eq!(keys(&Loan { due: day("2026-11-19"), ..loan.clone() }), ["cards-loan-due"]);
        assert_eq!(keys(&Loan { due: day("2026-12-20"), ..loan.clone() }), ["cards-loan-due"]);
        assert_eq!(keys(&Loan { out: day("2026-11-23"), ..loan }), ["cards-day-to-come"]);
    }

    #[test]
    fn dos_05_differences_explain_the_figures() {
        let check = |listed, found, missing: &[&str], surplus: &[&str]| {
            let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
            let check =
                Check { on: day("2026-06-30"), listed, found, missing: lines(missing), surplus: lines(surplus) };
            check_files(&check, day("2026-11-22")).len()
        };
        assert_eq!(check(30, 30, &[], &[]), 0);
        assert_eq!(check(30, 29, &[], &[]), 1);
        assert_eq!(check(30, 29, &["An"], &[]), 0);
        assert_eq!(check(30, 30, &["An"], &["Bình"]), 0);
        assert_eq!(check(30, 30, &["An"], &[]), 1);
    }
}
