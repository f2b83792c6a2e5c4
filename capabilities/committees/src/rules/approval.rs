//! From the result of an election to its approval and the hand-over, with the clocks of ORG-29.

use chibo_kernel::{Day, Issue, Said};

use super::{Numbers, wrong};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Somebody was elected: the clocks run.
    Opened,
    /// Reported to the committee above.
    Reported,
    /// Sent back with a reason.
    Returned,
    /// Held while a complaint is looked into (ELE-10).
    Held,
    /// Approved (chuẩn y).
    Approved,
    /// Work and papers handed over by the committee before.
    HandedOver,
}

impl Step {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::Opened, Self::Reported, Self::Returned, Self::Held, Self::Approved, Self::HandedOver];

    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Reported => "reported",
            Self::Returned => "returned",
            Self::Held => "held",
            Self::Approved => "approved",
            Self::HandedOver => "handed-over",
        }
    }

    /// Key of the word for where it stands after this step.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Opened => "committees-step-opened",
            Self::Reported => "committees-step-reported",
            Self::Returned => "committees-step-returned",
            Self::Held => "committees-step-held",
            Self::Approved => "committees-step-approved",
            Self::HandedOver => "committees-step-handed-over",
        }
    }

    /// Key of the word for doing it.
    pub const fn act(self) -> &'static str {
        match self {
            Self::Opened | Self::Reported => "committees-do-report",
            Self::Returned => "committees-do-return",
            Self::Held => "committees-do-hold",
            Self::Approved => "committees-do-approve",
            Self::HandedOver => "committees-do-hand-over",
        }
    }

    /// From its stored form.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// The committee above does it; else the unit itself.
    pub const fn from_above(self) -> bool {
        matches!(self, Self::Returned | Self::Held | Self::Approved)
    }
}

/// Everything a unit elected on one day, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The day of the result.
    pub result_on: Day,
    /// The steps with their days, in order.
    pub steps: Vec<(Step, Day)>,
}

impl Request {
    /// The last step on the way to the approval; the hand-over goes beside it.
    pub fn stage(&self) -> Step {
        let last = self.steps.iter().rfind(|(step, _)| *step != Step::HandedOver);
        last.map_or(Step::Opened, |(step, _)| *step)
    }

    fn since(&self) -> Day {
        let last = self.steps.iter().rfind(|(step, _)| *step != Step::HandedOver);
        last.map_or(self.result_on, |(_, day)| *day)
    }

    /// The hand-over is done.
    pub fn handed_over(&self) -> bool {
        self.steps.iter().any(|(step, _)| *step == Step::HandedOver)
    }

    /// Nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.stage() == Step::Approved && self.handed_over()
    }

    /// Whether a step may come next.
    pub fn may_follow(&self, step: Step) -> bool {
        match (self.stage(), step) {
            (_, Step::HandedOver) => !self.handed_over(),
            (Step::Opened | Step::Returned, Step::Reported) => true,
            (Step::Reported, Step::Returned | Step::Held | Step::Approved) => true,
            (Step::Held, Step::Returned | Step::Approved) => true,
            _ => false,
        }
    }

    /// What must be done next on the way to the approval, and by which day (ORG-29). Nothing runs while a complaint is
    /// looked into.
    pub fn next(&self, numbers: &Numbers<'_>) -> Option<(Step, Day)> {
        match self.stage() {
            Step::Opened => Some((Step::Reported, numbers.after(numbers.report, self.result_on))),
            Step::Returned => Some((Step::Reported, numbers.after(numbers.report, self.since()))),
            Step::Reported => Some((Step::Approved, numbers.after(numbers.approval, self.since()))),
            Step::Held | Step::Approved | Step::HandedOver => None,
        }
    }

    /// The last day of the hand-over while it is not done (ORG-29).
    pub fn hand_over_by(&self, numbers: &Numbers<'_>) -> Option<Day> {
        (!self.handed_over()).then(|| numbers.after(numbers.hand_over, self.result_on))
    }
}

/// A step to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStep {
    /// Which.
    pub step: Step,
    /// On which day.
    pub on: Day,
    /// Number of the document.
    pub number: String,
    /// Why.
    pub note: String,
}

/// What is wrong with a step: an approval has a number, what is sent back or held a reason, days go forward.
pub fn check_step(request: &Request, new: &NewStep, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    let after = if new.step == Step::HandedOver { request.result_on } else { request.since() };
    if new.on > today {
        issues.push(wrong("on", "committees-day-to-come"));
    } else if new.on < after {
        let said = Said::new("committees-before-step").with("day", after);
        issues.push(Issue { field: Some("on".to_owned()), rule: None, said });
    }
    if new.number.is_empty() && matches!(new.step, Step::Reported | Step::Approved) {
        issues.push(wrong("number", "committees-fill-in"));
    }
    if new.note.is_empty() && matches!(new.step, Step::Returned | Step::Held) {
        issues.push(wrong("note", "committees-reason-needed"));
    }
    issues
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::from_iso(text).unwrap()
    }

    fn request(steps: &[(Step, &str)]) -> Request {
        let steps = steps.iter().map(|(step, on)| (*step, day(on))).collect();
        Request { result_on: day("2026-09-07"), steps }
    }

    #[test]
    fn org_29_seven_fifteen_and_fifteen_working_days() {
        let numbers = Numbers::on(day("2026-09-07")).unwrap();
        let fresh = request(&[(Step::Opened, "2026-09-07")]);
        assert_eq!(fresh.next(&numbers), Some((Step::Reported, day("2026-09-16"))));
        assert_eq!(fresh.hand_over_by(&numbers), Some(day("2026-09-28")));
        let reported = request(&[(Step::Opened, "2026-09-07"), (Step::Reported, "2026-09-14")]);
        assert_eq!(reported.next(&numbers), Some((Step::Approved, day("2026-10-05"))));
        let back = request(&[(Step::Reported, "2026-09-14"), (Step::Returned, "2026-09-21")]);
        assert_eq!(back.next(&numbers), Some((Step::Reported, day("2026-09-30"))));
    }

    #[test]
    fn org_29_a_complaint_holds_the_approval() {
        let numbers = Numbers::on(day("2026-09-07")).unwrap();
        let held = request(&[(Step::Reported, "2026-09-14"), (Step::Held, "2026-09-15")]);
        assert_eq!(held.next(&numbers), None);
        assert!(held.may_follow(Step::Approved) && held.may_follow(Step::Returned) && !held.may_follow(Step::Reported));
    }

    #[test]
    fn org_29_an_approval_has_a_number_and_a_return_a_reason() {
        let reported = request(&[(Step::Reported, "2026-09-14")]);
        let keys = |step, on: &str| {
            let new = NewStep { step, on: day(on), number: String::new(), note: String::new() };
            check_step(&reported, &new, day("2026-10-01")).into_iter().map(|issue| issue.said.key).collect::<Vec<_>>()
        };
        assert_eq!(keys(Step::Approved, "2026-09-20"), ["committees-fill-in"]);
        assert_eq!(keys(Step::Returned, "2026-09-20"), ["committees-reason-needed"]);
        assert_eq!(keys(Step::HandedOver, "2026-09-08"), [] as [&str; 0]);
        assert_eq!(keys(Step::HandedOver, "2026-10-02"), ["committees-day-to-come"]);
        assert_eq!(keys(Step::Held, "2026-09-13"), ["committees-before-step", "committees-reason-needed"]);
    }

    proptest! {
        /// Whatever is tried, nothing is approved that was not reported, and nothing happens after the approval.
        #[test]
        fn org_29_nothing_is_approved_without_a_report(tries in proptest::collection::vec(0..6usize, 0..40)) {
            let mut all = request(&[(Step::Opened, "2026-09-07")]);
            for number in tries {
                let step = Step::ALL[number];
                let (before, done) = (all.stage(), all.is_done());
                if all.may_follow(step) {
                    prop_assert!(!done);
                    prop_assert!(step != Step::Approved || matches!(before, Step::Reported | Step::Held));
                    all.steps.push((step, day("2026-09-08")));
                }
            }
            let count = |wanted: Step| all.steps.iter().filter(|(step, _)| *step == wanted).count();
            prop_assert!(count(Step::Approved) <= 1 && count(Step::HandedOver) <= 1 && count(Step::Opened) == 1);
            prop_assert!(count(Step::Reported) <= count(Step::Returned) + 1);
        }
    }
}
