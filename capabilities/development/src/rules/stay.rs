//! Recognition during a temporary stay (MEM-35): the branch of the stay prepares it by its remark and opinion, the home branch
//! decides and announces.

use chibo_kernel::{Day, Id, Issue, Said, Unit};

use super::{Recognition, issue};

chibo_kernel::coded! {
    /// What the branch of the stay thinks of recognising somebody.
    Opinion {
        /// He should be recognised.
        For = "for", "development-remark-for";
        /// He should not yet.
        Against = "against", "development-remark-against";
    }
}

/// A temporary stay (sinh hoạt đảng tạm thời) that runs on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The branch of the stay; none outside the city.
    pub unit: Option<Id<Unit>>,
    /// First day.
    pub since: Day,
}

impl Stay {
    /// Whether its branch has remarked on him by a day: what was said before he came counts for no stay.
    pub fn heard(&self, remarks: &[Day], by: Day) -> bool {
        remarks.iter().any(|day| self.since <= *day && *day <= by)
    }
}

/// A remark to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// On which day the branch of the stay gave it.
    pub on: Day,
    /// For or against.
    pub opinion: Option<Opinion>,
    /// Number of its paper; may be empty.
    pub number: String,
    /// What it says.
    pub note: String,
}

/// What is wrong with a remark, where a stay ran on its day or runs now; every reason at once.
pub fn check_remark(stay: Option<Stay>, new: &Remark, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut told = |field: &str, said: Said| issues.push(issue(field, Some("MEM-35"), said));
    match stay {
        None => told("on", Said::new("development-remark-no-stay")),
        Some(stay) if new.on < stay.since => {
            told("on", Said::new("development-remark-before-stay").with("day", stay.since));
        }
        Some(_) => {}
    }
    if new.opinion.is_none() {
        told("opinion", Said::new("development-remark-opinion-needed"));
    }
    if new.note.is_empty() {
        told("note", Said::new("development-remark-needed"));
    }
    let mut wrong = |field: &str, key: &'static str| issues.push(issue(field, None, Said::new(key)));
    if new.number.chars().count() > 60 {
        wrong("number", "development-number-long");
    }
    if new.note.chars().count() > 2_000 {
        wrong("note", "development-note-long");
    }
    if new.on > today {
        wrong("on", "development-day-to-come");
    }
    issues
}

/// What a stay refuses of a step from probation: the home branch votes to recognise with the remark of the branch of the stay
/// before it. Striking off waits for nobody.
pub fn check_stay(stay: Option<Stay>, remarks: &[Day], step: Recognition, on: Day) -> Option<Issue> {
    let stay = stay.filter(|_| step == Recognition::BranchVoted)?;
    let said = Said::new("development-remark-first");
    (!stay.heard(remarks, on)).then(|| issue("step", Some("MEM-35"), said))
}
