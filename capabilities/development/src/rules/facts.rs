//! What is known about a candidate besides his steps: schooling, political standard, where he works, family, opinions.

use chibo_kernel::{Day, Issue, Said};

use super::issue;

chibo_kernel::coded! {
    /// One thing known; of several of the same group the last counts, of memberships and opinions each.
    Fact {
        /// Reads and writes.
        Literate = "school-literate", "development-fact-literate";
        /// Primary school.
        Primary = "school-primary", "development-fact-primary";
        /// Completed the lower-secondary programme, without a certificate.
        LowerCompleted = "school-lower-completed", "development-fact-lower-completed";
        /// Certificate of lower secondary school (THCS) or higher.
        LowerCertificate = "school-lower-certificate", "development-fact-lower-certificate";
        /// Lives in a mountain, border, island, minority or very poor area, or is a fisherman (MEM-02).
        HardArea = "hard-area", "development-fact-hard-area";
        /// Village elder, with the consent of the city's standing committee (MEM-02).
        Elder = "village-elder", "development-fact-elder";
        /// Nothing in the political history, or nothing beyond the committee's authority (MEM-06).
        PoliticsWithin = "politics-within", "development-fact-politics-within";
        /// Beyond the authority of the committee: consent in writing (MEM-06).
        PoliticsExceeds = "politics-exceeds", "development-fact-politics-exceeds";
        /// Above sixty: a place without organisation or members (MEM-01).
        OlderNoOrganisation = "older-no-organisation", "development-fact-older-place";
        /// Above sixty: special need (MEM-01).
        OlderNeed = "older-special-need", "development-fact-older-need";
        /// Health confirmed (MEM-01).
        Health = "health", "development-fact-health";
        /// Full-time student for some months (MEM-23).
        Student = "situation-student", "development-fact-student";
        /// Seconded for some months (MEM-23).
        Seconded = "situation-seconded", "development-fact-seconded";
        /// Works by contract for some months without a break (MEM-23).
        Contract = "situation-contract", "development-fact-contract";
        /// Has left school and waits for work (MEM-23).
        Graduate = "situation-graduate", "development-fact-graduate";
        /// On the permanent staff, or without work where he lives: where he is (MEM-23).
        Settled = "situation-settled", "development-fact-settled";
        /// The branch is where he works or studies.
        BranchOfWork = "branch-of-work", "development-fact-branch-work";
        /// The branch is where he lives.
        BranchOfResidence = "branch-of-residence", "development-fact-branch-residence";
        /// Never married.
        Single = "family-single", "development-fact-single";
        /// Married: spouse and parents-in-law are verified (MEM-14).
        Married = "family-married", "development-fact-married";
        /// Widowed or divorced.
        Alone = "family-alone", "development-fact-alone";
        /// No child with full capacity.
        NoChildren = "children-none", "development-fact-no-children";
        /// Children with full capacity: each is verified (MEM-14).
        Children = "children-capable", "development-fact-children";
        /// Member of the Youth Union (MEM-17).
        InYouth = "in-youth", "development-fact-in-youth";
        /// Member of a trade union.
        InUnion = "in-union", "development-fact-in-union";
        /// Member of another mass organisation.
        InOther = "in-other", "development-fact-in-other";
        /// Member of none.
        InNone = "in-none", "development-fact-in-none";
        /// Opinion of the Youth Union (MEM-17).
        YouthSaid = "said-youth", "development-fact-said-youth";
        /// Opinion of the trade union.
        UnionSaid = "said-union", "development-fact-said-union";
        /// Opinion of another mass organisation.
        OtherSaid = "said-other", "development-fact-said-other";
        /// Opinion of the branch where he lives.
        ResidenceSaid = "said-residence", "development-fact-said-residence";
        /// The higher committee consents to a ceremony later than the time allows (MEM-24).
        LateCeremony = "late-ceremony", "development-fact-late-ceremony";
        /// Owner of a private enterprise: its legal representative with all of its capital (MEM-26).
        OwnerOfAll = "owner-all", "development-fact-owner-all";
        /// The same with more than half of it.
        OwnerOfMost = "owner-most", "development-fact-owner-most";
        /// The further conditions of the enterprise are met, as its dossier shows (MEM-26).
        EnterpriseFit = "enterprise-fit", "development-fact-enterprise-fit";
        /// An instrument of its own applies (MEM-26). Which one, and so of what faith or people somebody is or whom he
        /// married, is no field here.
        OwnInstrument = "own-instrument", "development-fact-own-instrument";
        /// What that instrument asks for is there.
        InstrumentMet = "instrument-met", "development-fact-instrument-met";
    }
}

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Schooling (MEM-02).
    Schooling,
    /// A place with lower demands (MEM-02).
    Area,
    /// Political standard (MEM-06).
    Politics,
    /// Why somebody above sixty (MEM-01).
    Older,
    /// His health (MEM-01).
    Health,
    /// Contract or study (MEM-23).
    Situation,
    /// What the branch is to him (MEM-23).
    Branch,
    /// Marriage (MEM-14).
    Marriage,
    /// Children (MEM-14).
    Children,
    /// Memberships (MEM-17).
    Membership,
    /// Opinions (MEM-17).
    Opinion,
    /// The ceremony (MEM-24).
    Ceremony,
    /// Ownership of an enterprise (MEM-26).
    Owner,
    /// The conditions of the enterprise (MEM-26).
    Enterprise,
    /// An instrument of its own (MEM-26).
    Instrument,
    /// What that instrument asks for (MEM-26).
    InstrumentPapers,
}

impl Fact {
    /// What it is about.
    pub const fn about(self) -> About {
        match self {
            Self::Literate | Self::Primary | Self::LowerCompleted | Self::LowerCertificate => About::Schooling,
            Self::HardArea | Self::Elder => About::Area,
            Self::PoliticsWithin | Self::PoliticsExceeds => About::Politics,
            Self::OlderNoOrganisation | Self::OlderNeed => About::Older,
            Self::Health => About::Health,
            Self::Student | Self::Seconded | Self::Contract | Self::Graduate | Self::Settled => About::Situation,
            Self::BranchOfWork | Self::BranchOfResidence => About::Branch,
            Self::Single | Self::Married | Self::Alone => About::Marriage,
            Self::NoChildren | Self::Children => About::Children,
            Self::InYouth | Self::InUnion | Self::InOther | Self::InNone => About::Membership,
            Self::YouthSaid | Self::UnionSaid | Self::OtherSaid | Self::ResidenceSaid => About::Opinion,
            Self::LateCeremony => About::Ceremony,
            Self::OwnerOfAll | Self::OwnerOfMost => About::Owner,
            Self::EnterpriseFit => About::Enterprise,
            Self::OwnInstrument => About::Instrument,
            Self::InstrumentMet => About::InstrumentPapers,
        }
    }

    /// The rule that asks for it.
    pub const fn rule(self) -> &'static str {
        match self.about() {
            About::Schooling | About::Area => "MEM-02",
            About::Politics => "MEM-06",
            About::Older | About::Health => "MEM-01",
            About::Situation | About::Branch => "MEM-23",
            About::Marriage | About::Children => "MEM-14",
            About::Membership | About::Opinion => "MEM-17",
            About::Ceremony => "MEM-24",
            About::Owner | About::Enterprise | About::Instrument | About::InstrumentPapers => "MEM-26",
        }
    }

    /// Whether it is worth nothing without the number of a document.
    pub const fn needs_number(self) -> bool {
        matches!(
            self,
            Self::Elder
                | Self::PoliticsExceeds
                | Self::Health
                | Self::LateCeremony
                | Self::EnterpriseFit
                | Self::InstrumentMet
        )
    }

    /// Whether it lasts a number of months.
    pub const fn needs_months(self) -> bool {
        matches!(self, Self::Student | Self::Seconded | Self::Contract)
    }

    /// Whether it needs words: what was said, why.
    pub const fn needs_note(self) -> bool {
        matches!(self.about(), About::Opinion | About::Older)
    }

    /// Whose opinion a membership asks for (MEM-17).
    pub const fn opinion(self) -> Option<Self> {
        match self {
            Self::InYouth => Some(Self::YouthSaid),
            Self::InUnion => Some(Self::UnionSaid),
            Self::InOther => Some(Self::OtherSaid),
            _ => None,
        }
    }
}

/// A fact as written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Which.
    pub fact: Fact,
    /// Months of the contract, the study, the secondment; 0 for others.
    pub months: u32,
    /// Since when, or the day of the document.
    pub on: Day,
    /// Number of the document.
    pub number: String,
    /// Words.
    pub note: String,
}

/// Everything known about a candidate, in the order it was written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known(pub Vec<Noted>);

impl Known {
    /// The last about something.
    pub fn last(&self, about: About) -> Option<&Noted> {
        self.0.iter().rev().find(|one| one.fact.about() == about)
    }

    /// A fact, if it was written down and holds on a day.
    pub fn by(&self, fact: Fact, day: Day) -> Option<&Noted> {
        self.0.iter().rev().find(|one| one.fact == fact && one.on <= day)
    }

    /// Whether a fact is the one that counts about its matter.
    pub fn is(&self, fact: Fact) -> bool {
        self.last(fact.about()).is_some_and(|one| one.fact == fact)
    }
}

/// What is wrong with a fact to be written down.
pub fn check_fact(new: &Noted, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    let rule = Some(new.fact.rule());
    if new.on > today {
        issues.push(issue("on", None, Said::new("development-day-to-come")));
    }
    if new.fact.needs_number() && new.number.is_empty() {
        issues.push(issue("number", rule, Said::new("development-fact-number-needed")));
    }
    if new.number.chars().count() > 60 {
        issues.push(issue("number", None, Said::new("development-number-long")));
    }
    if new.fact.needs_months() && !(1..=600).contains(&new.months) {
        issues.push(issue("months", rule, Said::new("development-fact-months-needed")));
    }
    if new.fact.needs_note() && new.note.is_empty() {
        issues.push(issue("note", rule, Said::new("development-fact-note-needed")));
    }
    if new.note.chars().count() > 2_000 {
        issues.push(issue("note", None, Said::new("development-note-long")));
    }
    issues
}
