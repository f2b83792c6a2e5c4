//! Decisions that were wrong (MEM-41): a missing standard cancels the admission and strikes off; the wrong body or the wrong
//! procedure cancels the decision, and only what was faulty is done again.

use chibo_kernel::{Day, Issue, Said};

use super::{Recognition, Step, issue};

chibo_kernel::coded! {
    /// Which decision.
    Decision {
        /// Of admission.
        Admission = "admission", "development-annul-admission";
        /// Of recognition as official.
        Recognition = "recognition", "development-annul-recognition";
    }
}

chibo_kernel::coded! {
    /// What is wrong with it.
    Flaw {
        /// He did not meet the standards of Article 1 of the Statute.
        Standard = "standard", "development-annul-standard";
        /// The wrong body decided.
        Authority = "authority", "development-annul-authority";
        /// A step was faulty.
        Procedure = "procedure", "development-annul-procedure";
    }
}

chibo_kernel::coded! {
    /// From which step on it is done again.
    Redo {
        /// From the branch's vote.
        Branch = "branch", "development-redo-branch";
        /// From the base committee's vote.
        Committee = "committee", "development-redo-committee";
        /// From the decision.
        Decision = "decision", "development-redo-decision";
    }
}

impl Redo {
    /// The step noted in the course of a candidate.
    pub const fn of_admission(self) -> Step {
        match self {
            Self::Branch => Step::RedoBranch,
            Self::Committee => Step::RedoCommittee,
            Self::Decision => Step::RedoDecision,
        }
    }

    /// The step noted on the road from probation.
    pub const fn of_recognition(self) -> Recognition {
        match self {
            Self::Branch => Recognition::RedoBranch,
            Self::Committee => Recognition::RedoCommittee,
            Self::Decision => Recognition::RedoDecision,
        }
    }
}

/// A decision to be cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annulment {
    /// Which.
    pub what: Decision,
    /// What is wrong with it.
    pub flaw: Flaw,
    /// From where it is done again; `None` after a missing standard.
    pub redo: Option<Redo>,
    /// Number of the decision that cancels it.
    pub number: String,
    /// Its day.
    pub on: Day,
    /// Why.
    pub reason: String,
}

impl Annulment {
    /// From where it is done again: what the wrong body decided from its decision on.
    pub fn redone(&self) -> Option<Redo> {
        match self.flaw {
            Flaw::Standard => None,
            Flaw::Authority => Some(Redo::Decision),
            Flaw::Procedure => self.redo,
        }
    }
}

/// What it is judged by.
#[derive(Clone, Copy, Debug)]
pub struct AnnulGround {
    /// He is a member of the Party today.
    pub member: bool,
    /// The admission was decided in this system, and nothing has cancelled it.
    pub admitted_here: bool,
    /// He was recognised in this system, and nothing has cancelled it.
    pub recognised_here: bool,
    /// The day of the last step of what is cancelled.
    pub last: Option<Day>,
    /// Today.
    pub today: Day,
}

/// What is wrong with cancelling; every reason at once.
pub fn check_annulment(new: &Annulment, ground: AnnulGround) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut told = |field: &str, key: &'static str| issues.push(issue(field, Some("MEM-41"), Said::new(key)));
    if !ground.member {
        told("what", "development-annul-no-member");
    }
    match (new.what, new.flaw) {
        (Decision::Recognition, Flaw::Standard) => told("flaw", "development-annul-standard-admission"),
        (Decision::Recognition, _) if !ground.recognised_here => told("what", "development-annul-no-road"),
        (Decision::Admission, Flaw::Authority | Flaw::Procedure) if !ground.admitted_here => {
            told("what", "development-annul-no-file");
        }
        _ => {}
    }
    if new.flaw == Flaw::Procedure && new.redo.is_none() {
        told("redo", "development-annul-redo-needed");
    }
    if new.number.is_empty() {
        told("number", "development-number-needed");
    }
    if new.reason.is_empty() {
        told("reason", "development-annul-reason-needed");
    }
    let mut long = |field: &str, key: &'static str| issues.push(issue(field, None, Said::new(key)));
    if new.number.chars().count() > 60 {
        long("number", "development-number-long");
    }
    if new.reason.chars().count() > 2_000 {
        long("reason", "development-note-long");
    }
    if new.on > ground.today {
        long("on", "development-day-to-come");
    }
    if let Some(last) = ground.last.filter(|last| new.on < *last) {
        issues.push(issue("on", None, Said::new("development-day-before-last").with("day", last)));
    }
    issues
}
