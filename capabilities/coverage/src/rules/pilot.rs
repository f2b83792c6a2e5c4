//! A pilot model (mô hình thí điểm): its steps and states, its criteria, what comes due.

use chibo_kernel::{Day, Id, Issue, Said, Unit};

use super::issue;

/// Most criteria of a pilot.
pub const MOST_CRITERIA: usize = 6;

/// What was decided in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Others take it up (nhân rộng).
    RollOut,
    /// It is changed and tried again (điều chỉnh).
    Adjust,
    /// It ends (dừng).
    Stop,
}

/// One step of a pilot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The decision to try it takes effect.
    Start,
    /// Reviewed half way (sơ kết).
    MidTerm,
    /// Reviewed at the end (tổng kết).
    Final,
    /// The conclusion.
    Conclude(Outcome),
}

/// Where a pilot stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PilotState {
    /// Being prepared (dự thảo).
    Draft,
    /// On trial.
    Running,
    /// On trial, reviewed half way.
    Reviewed,
    /// Reviewed at the end, not concluded.
    Judged,
    /// Concluded.
    Concluded(Outcome),
}

impl Step {
    /// All steps there are.
    pub const ALL: [Step; 6] = [
        Self::Start,
        Self::MidTerm,
        Self::Final,
        Self::Conclude(Outcome::RollOut),
        Self::Conclude(Outcome::Adjust),
        Self::Conclude(Outcome::Stop),
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::MidTerm => "mid-term",
            Self::Final => "final",
            Self::Conclude(Outcome::RollOut) => "roll-out",
            Self::Conclude(Outcome::Adjust) => "adjust",
            Self::Conclude(Outcome::Stop) => "stop",
        }
    }

    /// From the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Start => "coverage-step-start",
            Self::MidTerm => "coverage-step-mid-term",
            Self::Final => "coverage-step-final",
            Self::Conclude(Outcome::RollOut) => "coverage-step-roll-out",
            Self::Conclude(Outcome::Adjust) => "coverage-step-adjust",
            Self::Conclude(Outcome::Stop) => "coverage-step-stop",
        }
    }

    /// Criteria are measured at it.
    pub const fn measures(self) -> bool {
        matches!(self, Self::MidTerm | Self::Final)
    }
}

impl PilotState {
    /// All states, in the order of lists.
    pub const ALL: [PilotState; 7] = [
        Self::Draft,
        Self::Running,
        Self::Reviewed,
        Self::Judged,
        Self::Concluded(Outcome::RollOut),
        Self::Concluded(Outcome::Adjust),
        Self::Concluded(Outcome::Stop),
    ];

    /// Where the pilot stands after a step; none when the step cannot be taken now. A trial may be stopped at any time;
    /// to roll out or adjust takes the final review.
    pub fn next(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Draft, Step::Start) => Some(Self::Running),
            (Self::Running, Step::MidTerm) => Some(Self::Reviewed),
            (Self::Reviewed, Step::Final) => Some(Self::Judged),
            (Self::Judged, Step::Conclude(outcome)) => Some(Self::Concluded(outcome)),
            (Self::Running | Self::Reviewed, Step::Conclude(Outcome::Stop)) => Some(Self::Concluded(Outcome::Stop)),
            _ => None,
        }
    }

    /// Where a pilot stands after its steps; none when they cannot follow one another.
    pub fn after(steps: impl IntoIterator<Item = Step>) -> Option<Self> {
        steps.into_iter().try_fold(Self::Draft, Self::next)
    }

    /// The steps that can be taken now.
    pub fn steps(self) -> impl Iterator<Item = Step> {
        Step::ALL.into_iter().filter(move |step| self.next(*step).is_some())
    }

    /// The code in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Reviewed => "reviewed",
            Self::Judged => "judged",
            Self::Concluded(Outcome::RollOut) => "rolled-out",
            Self::Concluded(Outcome::Adjust) => "adjusted",
            Self::Concluded(Outcome::Stop) => "stopped",
        }
    }

    /// From the code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Key of the word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "coverage-pilot-draft",
            Self::Running => "coverage-pilot-running",
            Self::Reviewed => "coverage-pilot-reviewed",
            Self::Judged => "coverage-pilot-judged",
            Self::Concluded(Outcome::RollOut) => "coverage-pilot-rolled-out",
            Self::Concluded(Outcome::Adjust) => "coverage-pilot-adjusted",
            Self::Concluded(Outcome::Stop) => "coverage-pilot-stopped",
        }
    }

    /// Colour class of its tag.
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Draft | Self::Concluded(Outcome::Stop) => "",
            Self::Running | Self::Reviewed | Self::Judged => "gold",
            Self::Concluded(Outcome::RollOut) => "ok",
            Self::Concluded(Outcome::Adjust) => "warn",
        }
    }

    /// What has to be done next and by when: the reviews by their days, the conclusion by that of the final review.
    pub const fn due(self, midterm: Day, last: Day) -> Option<(Step, Day)> {
        match self {
            Self::Running => Some((Step::MidTerm, midterm)),
            Self::Reviewed => Some((Step::Final, last)),
            Self::Judged => Some((Step::Conclude(Outcome::RollOut), last)),
            Self::Draft | Self::Concluded(_) => None,
        }
    }
}

/// A pilot as drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPilot {
    /// The unit whose committee leads it.
    pub unit: Id<Unit>,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub aim: String,
    /// Begins on.
    pub starts_on: Day,
    /// Reviewed half way by.
    pub midterm_due: Day,
    /// Reviewed at the end by.
    pub final_due: Day,
    /// Where it is tried.
    pub units: Vec<Id<Unit>>,
    /// What is measured, and how much is wanted at least.
    pub criteria: Vec<(String, u32)>,
}

/// A step to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStep {
    /// How many steps the form saw.
    pub after: u32,
    /// Which.
    pub step: Step,
    /// On this day.
    pub on: Day,
    /// Number of the decision or report.
    pub number: String,
    /// What was found or decided.
    pub body: String,
    /// Measured results, in the order of the criteria.
    pub results: Vec<u32>,
}

/// What is wrong with a draft.
pub fn check_pilot(new: &NewPilot) -> Vec<Issue> {
    let mut issues = Vec::new();
    if new.title.is_empty() {
        issues.push(issue("title", "coverage-pilot-title-needed"));
    } else if new.title.chars().count() > 200 {
        issues.push(issue("title", "coverage-name-too-long"));
    }
    if new.aim.is_empty() {
        issues.push(issue("aim", "coverage-pilot-aim-needed"));
    }
    if new.starts_on < Day::PARTY_FOUNDED {
        issues.push(issue("starts", "coverage-day-too-early"));
    }
    if new.midterm_due <= new.starts_on {
        issues.push(issue("midterm", "coverage-pilot-midterm-early"));
    }
    if new.final_due <= new.midterm_due {
        issues.push(issue("final", "coverage-pilot-final-early"));
    }
    if new.units.is_empty() {
        issues.push(issue("units", "coverage-pilot-units-needed"));
    }
    if new.criteria.is_empty() {
        issues.push(issue("criterion-1", "coverage-pilot-criterion-needed"));
    }
    for (no, (name, _)) in new.criteria.iter().enumerate() {
        if name.is_empty() {
            issues.push(issue(&format!("criterion-{}", no + 1), "coverage-pilot-criterion-name"));
        }
    }
    issues
}

/// What is wrong with a step; `last`: day of the step before; `criteria`: how many there are.
pub fn check_step(new: &NewStep, state: PilotState, last: Option<Day>, criteria: usize, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if state.next(new.step).is_none() {
        issues.push(issue("step", "coverage-step-not-now"));
    }
    if new.on > today {
        issues.push(issue("on", "coverage-day-to-come"));
    }
    if let Some(last) = last.filter(|last| new.on < *last) {
        let said = Said::new("coverage-step-before-last").with("day", last);
        issues.push(Issue { field: Some("on".to_owned()), rule: None, said });
    }
    if new.number.is_empty() {
        issues.push(issue("number", "coverage-number-needed"));
    }
    if new.body.is_empty() && new.step != Step::Start {
        issues.push(issue("body", "coverage-step-body-needed"));
    }
    if new.step.measures() && new.results.len() != criteria {
        issues.push(issue("result-1", "coverage-results-needed"));
    }
    issues
}

/// What is wrong with a line of the roll-out list: only of a model that is rolled out, and not before that was decided.
pub fn check_uptake(state: PilotState, concluded: Option<Day>, on: Day) -> Vec<Issue> {
    if state != PilotState::Concluded(Outcome::RollOut) {
        return vec![issue("on", "coverage-uptake-not-now")];
    }
    match concluded.filter(|concluded| on < *concluded) {
        Some(day) => {
            let said = Said::new("coverage-step-before-last").with("day", day);
            vec![Issue { field: Some("on".to_owned()), rule: None, said }]
        }
        None => Vec::new(),
    }
}

#[cfg(test)]
#[path = "pilot_tests.rs"]
mod tests;
