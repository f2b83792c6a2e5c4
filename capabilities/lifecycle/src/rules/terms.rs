//! The numbers of a day, read from the rulebook.

use chibo_kernel::calendar::Counted;
use chibo_kernel::rulebook::{Rule, Rulebook, Term};
use chibo_kernel::{Day, Problem, Said};

/// The rules a case is decided under.
#[derive(Clone, Debug)]
pub struct Terms {
    /// An organisation has at least so many official members (ORG-01).
    pub official: u32,
    /// A temporary branch has at least so many official members arriving together (TRF-08).
    pub temporary: u32,
    /// A base organisation with fewer members needs consent (ORG-04).
    pub base_below: u32,
    /// A branch with more members needs consent (ORG-04).
    pub branch_above: u32,
    /// A section organisation always needs consent (ORG-04).
    pub section: bool,
    /// A branch of so many members is divided into groups (ORG-05).
    pub groups_from: u32,
    closing: Term,
    rules: Vec<&'static Rule>,
}

const RULES: [&str; 6] = ["ORG-01", "ORG-04", "ORG-05", "ORG-12", "TRF-08", "X-08"];

impl Terms {
    /// The terms of a day; `None` before the first rulebook.
    ///
    /// # Errors
    /// A fault when the data lacks a number.
    pub fn on(day: Day) -> Result<Option<Self>, Problem> {
        let set = Rulebook::built_in()?.on(day);
        let rules: Option<Vec<&'static Rule>> = RULES.iter().map(|id| set.rule(id)).collect();
        let Some(rules) = rules else { return Ok(None) };
        let [least, consent, groups, closing, temporary, _] = rules.as_slice() else { return Ok(None) };
        let number = |rule: &Rule, name: &str| {
            let number = rule.int(name)?;
            u32::try_from(number).map_err(|_| Problem::fault(format!("{}: {name} is negative", rule.version())))
        };
        Ok(Some(Self {
            official: number(least, "min_official_members")?,
            temporary: number(temporary, "min_official_members")?,
            base_below: number(consent, "base_committee_below")?,
            branch_above: number(consent, "branch_above")?,
            section: consent.flag("section_organisation")?,
            groups_from: number(groups, "groups_from_members")?,
            closing: closing.term("within")?,
            rules: rules.clone(),
        }))
    }

    /// The last day on which members, dossiers and seal of an organisation that ended on a day are seen to (ORG-12).
    ///
    /// # Errors
    /// A fault when the rulebook is not readable.
    pub fn closed_by(&self, ended: Day) -> Result<Counted<Day>, Problem> {
        Ok(self.closing.after(ended, Rulebook::built_in()?.calendar()))
    }

    /// How many working days that is; none when it is counted otherwise.
    pub fn closing_days(&self) -> Option<u32> {
        if let Term::WorkingDays(days) = self.closing { Some(days) } else { None }
    }

    /// The versions of the rules, as stored with a decision.
    pub fn version(&self) -> String {
        let versions: Vec<String> = self.rules.iter().map(|rule| rule.version()).collect();
        versions.join(" ")
    }

    /// Rules of these ids with something doubtful about them.
    pub fn doubtful(&self, ids: &[&str]) -> Vec<&'static Rule> {
        let asked = |rule: &&&'static Rule| ids.contains(&rule.id.as_str()) && rule.note.is_some();
        self.rules.iter().filter(asked).copied().collect()
    }
}

/// The terms of a day.
///
/// # Errors
/// A refusal before the first rulebook.
pub fn terms_on(day: Day) -> Result<Terms, Problem> {
    Terms::on(day)?.ok_or_else(|| Problem::refuse(Said::new("lifecycle-unruled").with("day", day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn org_12_thirty_working_days_after_the_end() {
        let ended = Day::from_ymd(2026, 11, 2).unwrap();
        let terms = terms_on(ended).unwrap();
        let by = terms.closed_by(ended).unwrap().value;
        let calendar = Rulebook::built_in().unwrap().calendar();
        assert_eq!(calendar.working_days_between(ended, by).value, 30);
        assert!(calendar.is_working(by));
    }

    #[test]
    fn trf_08_and_org_01_ask_for_three_official_members() {
        let terms = terms_on(Day::from_ymd(2026, 11, 22).unwrap()).unwrap();
        assert_eq!((terms.official, terms.temporary, terms.groups_from), (3, 3, 30));
        assert_eq!((terms.base_below, terms.branch_above, terms.section), (30, 30, true));
        assert!(terms.version().starts_with("ORG-01@2026-07-26 ORG-04@"));
        assert!(Terms::on(Day::from_ymd(1990, 1, 1).unwrap()).unwrap().is_none());
    }
}
