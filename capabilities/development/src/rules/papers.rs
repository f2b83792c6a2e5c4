//! The papers of a file, by stage (DOS, domain 03 §1): which are needed on which day, which are there, what is missing.

use std::collections::BTreeMap;

use chibo_kernel::rulebook::RuleSet;
use chibo_kernel::{Day, Problem};

use super::step::{Course, Step};

chibo_kernel::coded! {
    /// A paper, with its form code where it has one.
    Paper {
        /// Certificate of the awareness class.
        Certificate = "class-certificate", "development-paper-certificate";
        /// 1-KNĐ: application in own hand.
        Application = "1-knd", "development-paper-1";
        /// 2-KNĐ: life history of whoever asks for admission.
        LifeHistory = "2-knd", "development-paper-2";
        /// Records of the verification.
        Verification = "verification", "development-paper-verification";
        /// 3-KNĐ: introduction letters of the members.
        Introduction = "3-knd", "development-paper-3";
        /// 4-KNĐ: resolution of the Youth Union or trade union.
        UnionResolution = "4-knd", "development-paper-4";
        /// 5-KNĐ: summary of opinions.
        Opinions = "5-knd", "development-paper-5";
        /// 6-KNĐ: resolution of the branch.
        BranchResolution = "6-knd", "development-paper-6";
        /// 7-KNĐ: vetting report of the section committee.
        Vetting = "7-knd", "development-paper-7";
        /// 8-KNĐ: resolution of the base committee.
        BaseResolution = "8-knd", "development-paper-8";
        /// 9-KNĐ: decision on the admission.
        Decision = "9-knd", "development-paper-9";
        /// 1-HSĐV: member's life history.
        MemberHistory = "1-hsdv", "development-paper-hs-1";
        /// 2-HSĐV: member's card of facts.
        MemberSheet = "2-hsdv", "development-paper-hs-2";
        /// Certificate of the class for new members.
        NewCertificate = "new-member-certificate", "development-paper-new-certificate";
        /// 10-KNĐ: self-review.
        SelfReview = "10-knd", "development-paper-10";
        /// 11-KNĐ: remarks of the member who helped.
        HelperRemark = "11-knd", "development-paper-11";
        /// 12-KNĐ: summary of opinions.
        LaterOpinions = "12-knd", "development-paper-12";
        /// 13-KNĐ: resolution of the branch.
        LaterBranch = "13-knd", "development-paper-13";
        /// 14-KNĐ: vetting report.
        LaterVetting = "14-knd", "development-paper-14";
        /// 15-KNĐ: resolution of the base committee.
        LaterBase = "15-knd", "development-paper-15";
        /// 16-KNĐ: decision on the recognition.
        LaterDecision = "16-knd", "development-paper-16";
    }
}

chibo_kernel::coded! {
    /// A stage of the file.
    PaperStage {
        /// A: before the branch votes.
        File = "candidate_file", "development-papers-file";
        /// B: the decision.
        Decision = "decision_file", "development-papers-decision";
        /// C: recognition.
        Recognition = "recognition_file", "development-papers-recognition";
    }
}

impl Paper {
    /// The code printed on the form, where it has one: `10-KNĐ`.
    pub fn form_code(self) -> Option<String> {
        let code = self.code();
        code.starts_with(|first: char| first.is_ascii_digit())
            .then(|| code.to_uppercase().replace("KND", "KNĐ").replace("HSDV", "HSĐV"))
    }

    /// Whether a step of the recognition itself speaks of it: it comes to be with the vote or the decision.
    pub const fn follows_recognition(self) -> bool {
        matches!(self, Self::LaterBranch | Self::LaterBase | Self::LaterDecision)
    }
}

impl PaperStage {
    /// The rule that names its papers.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::File | Self::Decision => "MEM-13",
            Self::Recognition => "MEM-32",
        }
    }
}

/// All stages, in order.
pub const PAPER_STAGES: &[PaperStage] = PaperStage::ALL;

/// The papers of a stage on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperSet {
    /// Needed ones, in order.
    pub needed: Vec<Paper>,
    /// Only where the case has them.
    pub sometimes: Vec<Paper>,
}

impl PaperSet {
    /// As the rulebook of a day has it.
    ///
    /// # Errors
    /// A fault when the rulebook lacks the set or names an unknown paper.
    pub fn of(rules: RuleSet<'_>, stage: PaperStage) -> Result<Self, Problem> {
        let rule = rules.require(stage.rule())?;
        let read = |name: &str| -> Result<Vec<Paper>, Problem> {
            let papers = rule.texts(name)?.into_iter();
            let known = |code| Paper::from_code(code).ok_or_else(|| Problem::fault(format!("a paper {code}")));
            papers.map(known).collect()
        };
        Ok(Self { needed: read(stage.code())?, sometimes: read(&format!("{}_sometimes", stage.code()))? })
    }
}

/// What is known about the papers of somebody: the last entry about each counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf(pub BTreeMap<Paper, (bool, Day, String)>);

impl Shelf {
    /// Papers that steps of the course themselves speak of: they need not be ticked again.
    pub fn of(course: &Course) -> Self {
        let known = [
            (Step::Certified, Paper::Certificate),
            (Step::BranchVoted, Paper::BranchResolution),
            (Step::CommitteeVoted, Paper::BaseResolution),
            (Step::Decided, Paper::Decision),
        ];
        let day = |(step, paper)| Some((paper, (true, course.day(step)?, String::new())));
        Self(known.into_iter().filter_map(day).collect())
    }

    /// Whether a paper is there.
    pub fn has(&self, paper: Paper) -> bool {
        self.0.get(&paper).is_some_and(|(there, ..)| *there)
    }

    /// Needed papers that are missing.
    pub fn missing(&self, set: &PaperSet) -> Vec<Paper> {
        set.needed.iter().copied().filter(|paper| !self.has(*paper)).collect()
    }

    /// How many needed papers are there, of how many.
    pub fn share(&self, set: &PaperSet) -> (usize, usize) {
        (set.needed.len() - self.missing(set).len(), set.needed.len())
    }
}
