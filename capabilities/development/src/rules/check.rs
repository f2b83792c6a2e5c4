//! What refuses a step, by rule.

use chibo_kernel::calendar::full_months_between;
use chibo_kernel::votes::{Matter, Stage};
use chibo_kernel::{Day, Issue, Said};

use super::Deed;
use super::step::{Course, Recognition, Step};
use super::terms::Terms;

/// What a candidate's steps are judged by besides the steps themselves.
#[derive(Clone, Copy, Debug)]
pub struct Ground {
    /// Day of birth.
    pub birth: Day,
    /// Official members of the branch: nobody else votes.
    pub official: u32,
    /// Today.
    pub today: Day,
}

fn issue(field: &str, rule: Option<&'static str>, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said }
}

/// Whether a vote on an admission or recognition passed (X-12, MEM-18, MEM-19): at least two thirds, exactly.
pub fn passed((yes, base): (u32, u32)) -> bool {
    Matter::Admission.threshold(Stage::Proposing).met(yes, base)
}

/// What is wrong with a step of a candidate; every reason at once.
pub fn check(course: &Course, deed: &Deed<Step>, ground: &Ground, terms: &Terms) -> Vec<Issue> {
    let mut issues = Vec::new();
    if !course.next().contains(&deed.step) {
        issues.push(issue("step", None, Said::new("development-step-not-now")));
        return issues;
    }
    let last = course.0.last().map(|taken| taken.on);
    common(&mut issues, (deed.on, &deed.number, &deed.note), last, ground.today);
    if deed.step.needs_number() && deed.number.is_empty() {
        issues.push(issue("number", None, Said::new("development-number-needed")));
    }
    if deed.step.needs_note() && deed.note.is_empty() {
        let key =
            if deed.step == Step::Introduced { "development-introducers-needed" } else { "development-note-needed" };
        let rule = (deed.step == Step::Introduced).then_some("MEM-10");
        issues.push(issue("note", rule, Said::new(key)));
    }
    if deed.step.is_vote() {
        let branch = deed.step == Step::BranchVoted;
        votes(&mut issues, deed.votes, branch.then_some(ground.official));
    }
    if deed.step == Step::BranchVoted {
        branch_vote(&mut issues, course, deed.on, ground, terms);
    }
    issues
}

fn common(issues: &mut Vec<Issue>, (on, number, note): (Day, &str, &str), last: Option<Day>, today: Day) {
    if on > today {
        issues.push(issue("on", None, Said::new("development-day-to-come")));
    }
    if let Some(last) = last.filter(|last| on < *last) {
        issues.push(issue("on", None, Said::new("development-day-before-last").with("day", last)));
    }
    if number.chars().count() > 60 {
        issues.push(issue("number", None, Said::new("development-number-long")));
    }
    if note.chars().count() > 2_000 {
        issues.push(issue("note", None, Said::new("development-note-long")));
    }
}

fn votes(issues: &mut Vec<Issue>, (yes, base): (u32, u32), most: Option<u32>) {
    if base == 0 {
        issues.push(issue("base", Some("X-03"), Said::new("development-votes-nobody")));
    } else if yes > base {
        issues.push(issue("yes", Some("X-12"), Said::new("development-votes-too-many").with("base", base)));
    }
    if let Some(most) = most.filter(|most| base > *most) {
        issues.push(issue("base", Some("X-03"), Said::new("development-votes-more-than-members").with("most", most)));
    }
}

/// Age, certificate and file on the day the branch votes (MEM-01, MEM-05, MEM-16).
fn branch_vote(issues: &mut Vec<Issue>, course: &Course, on: Day, ground: &Ground, terms: &Terms) {
    let months = full_months_between(ground.birth, on);
    let (youngest, oldest) = terms.ages;
    if months < youngest {
        issues.push(issue("on", Some("MEM-01"), Said::new("development-too-young").with("years", youngest / 12)));
    } else if months > oldest {
        issues.push(issue("on", Some("MEM-01"), Said::new("development-too-old").with("years", oldest / 12)));
    }
    if let Some(until) = course.day(Step::Certified).map(|day| terms.certificate_until(day)).filter(|until| *until < on)
    {
        issues.push(issue("on", Some("MEM-05"), Said::new("development-certificate-over").with("day", until)));
    }
    let opened = course.day(Step::Renewed).or(course.day(Step::Opened));
    if let Some(until) = opened.map(|day| terms.file_until(day)).filter(|until| *until < on) {
        issues.push(issue("on", Some("MEM-16"), Said::new("development-file-stale").with("day", until)));
    }
}

/// What is wrong with a step from probation to recognition (MEM-31, MEM-32). `before`: steps that count, with days;
/// `official_on`: when the twelve months end.
pub fn check_recognition(
    before: &[(Recognition, Day)],
    deed: &Deed<Recognition>,
    (official_on, official, today): (Day, u32, Day),
) -> Vec<Issue> {
    let mut issues = Vec::new();
    let next = Recognition::after(before.last().map(|(step, _)| *step));
    if next != Some(deed.step) {
        issues.push(issue("step", None, Said::new("development-step-not-now")));
        return issues;
    }
    common(&mut issues, (deed.on, &deed.number, &deed.note), before.last().map(|(_, day)| *day), today);
    if deed.number.is_empty() {
        issues.push(issue("number", None, Said::new("development-number-needed")));
    }
    if deed.step != Recognition::Recognised {
        votes(&mut issues, deed.votes, (deed.step == Recognition::BranchVoted).then_some(official));
    }
    if deed.on < official_on {
        issues.push(issue("on", Some("MEM-31"), Said::new("development-probation-runs").with("day", official_on)));
    }
    issues
}
