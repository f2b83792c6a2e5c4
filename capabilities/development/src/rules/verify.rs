//! Verification of the candidate's background (MEM-14, MEM-15).

use chibo_kernel::text::fold;
use chibo_kernel::{Day, Issue, Said};

use super::issue;

chibo_kernel::coded! {
    /// Whose background is verified (MEM-14).
    Relation {
        /// The candidate.
        Own = "self", "development-relation-self";
        /// Father.
        Father = "father", "development-relation-father";
        /// Mother.
        Mother = "mother", "development-relation-mother";
        /// Whoever brought the candidate up (người nuôi dưỡng).
        Foster = "foster", "development-relation-foster";
        /// Husband or wife.
        Spouse = "spouse", "development-relation-spouse";
        /// Father of the husband or wife.
        FatherInLaw = "father-in-law", "development-relation-father-in-law";
        /// Mother of the husband or wife.
        MotherInLaw = "mother-in-law", "development-relation-mother-in-law";
        /// Whoever brought the husband or wife up.
        SpouseFoster = "spouse-foster", "development-relation-spouse-foster";
        /// A child with full capacity.
        Child = "child", "development-relation-child";
    }
}

chibo_kernel::coded! {
    /// How a relative is verified.
    Way {
        /// A request is sent to the place.
        Asked = "asked", "development-way-asked";
        /// A member with a complete, confirmed declaration: none is needed.
        Declared = "declared", "development-way-declared";
        /// There is nobody, or nobody known: a note says why.
        Nobody = "nobody", "development-way-nobody";
    }
}

chibo_kernel::coded! {
    /// What the answer says.
    Outcome {
        /// As declared.
        Clear = "clear", "development-outcome-clear";
        /// Something has to be looked into: a note says what.
        Matter = "matter", "development-outcome-matter";
    }
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whose background.
    pub relation: Relation,
    /// His name; for the candidate himself the candidate's.
    pub name: String,
    /// How.
    pub way: Way,
    /// Where it is asked.
    pub place: String,
    /// In another country: ninety working days instead of thirty (MEM-15).
    pub abroad: bool,
    /// Sent on this day; for those without a request the day it was noted.
    pub on: Day,
    /// Which declaration, why there is nobody.
    pub note: String,
}

/// What is wrong with a request.
pub fn check_request(new: &Asked, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if new.on > today {
        issues.push(issue("sent", None, Said::new("development-day-to-come")));
    }
    if new.way != Way::Nobody && new.name.is_empty() {
        issues.push(issue("name", Some("MEM-14"), Said::new("development-relative-needed")));
    }
    if new.way == Way::Asked && new.place.is_empty() {
        issues.push(issue("place", Some("MEM-14"), Said::new("development-place-needed")));
    }
    if new.way == Way::Nobody && new.note.is_empty() {
        issues.push(issue("note", Some("MEM-14"), Said::new("development-nobody-why")));
    }
    if new.relation == Relation::Own && new.way != Way::Asked {
        issues.push(issue("way", Some("MEM-14"), Said::new("development-own-asked")));
    }
    if new.place.chars().count() > 200 || new.name.chars().count() > 120 {
        issues.push(issue("place", None, Said::new("development-place-long")));
    }
    if new.note.chars().count() > 2_000 {
        issues.push(issue("note", None, Said::new("development-note-long")));
    }
    issues
}

/// What is wrong with an answer. `family`: the candidate and his relatives; none of them may verify (MEM-15).
pub fn check_answer(
    (sent, on, today): (Day, Day, Day),
    (verifier, outcome, note): (&str, Outcome, &str),
    family: &[String],
) -> Vec<Issue> {
    let mut issues = Vec::new();
    if on > today {
        issues.push(issue("answered", None, Said::new("development-day-to-come")));
    } else if on < sent {
        issues.push(issue("answered", None, Said::new("development-answer-before").with("day", sent)));
    }
    if verifier.is_empty() {
        issues.push(issue("verifier", Some("MEM-15"), Said::new("development-verifier-needed")));
    } else if family.iter().any(|name| fold(name) == fold(verifier)) {
        issues.push(issue("verifier", Some("MEM-15"), Said::new("development-verifier-family")));
    }
    if outcome == Outcome::Matter && note.is_empty() {
        issues.push(issue("said", None, Said::new("development-note-needed")));
    }
    if note.chars().count() > 2_000 {
        issues.push(issue("said", None, Said::new("development-note-long")));
    }
    issues
}
