//! What refuses a step, by rule.

use chibo_kernel::calendar::full_months_between;
use chibo_kernel::{Day, Issue, Said};

use super::probation::{Line, Recognition, Road};
use super::step::{Course, Step};
use super::terms::Terms;
use super::vote::check_vote;
use super::{Deed, issue};

/// What a candidate's steps are judged by besides the steps themselves.
#[derive(Clone, Copy, Debug)]
pub struct Ground {
    /// Day of birth.
    pub birth: Day,
    /// Official members of the branch: nobody else votes.
    pub official: u32,
    /// Today.
    pub today: Day,
    /// Whether an official member is assigned to help (MEM-04).
    pub helped: bool,
    /// Requests for verification without an answer (MEM-15).
    pub unanswered: u32,
    /// Whether somebody whose background must be verified was not asked about (MEM-14).
    pub uncovered: bool,
    /// Of a former member: the day he left and whether he was admitted again already (MEM-27).
    pub former: Option<(Day, bool)>,
}

/// What is wrong with somebody to be entered.
pub fn check_candidate(name: &str, birth: Day, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if name.split(' ').count() < 2 || name.chars().count() > 120 {
        issues.push(issue("name", None, Said::new("development-name-needed")));
    }
    if birth > today.plus_months(-14 * 12) || birth < Day::PARTY_FOUNDED.plus_months(-12 * 20) {
        issues.push(issue("birth", None, Said::new("development-birth-wrong")));
    }
    issues
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
        issues.push(issue("note", None, Said::new("development-note-needed")));
    }
    if deed.step.is_vote() {
        let branch = deed.step == Step::BranchVoted;
        let deciders = if deed.step.decides() { terms.deciders.as_slice() } else { &[] };
        check_vote(&mut issues, &deed.vote, branch.then_some(ground.official), deciders);
    }
    match deed.step {
        Step::Opened if !ground.helped => {
            issues.push(issue("step", Some("MEM-04"), Said::new("development-helper-first")));
        }
        Step::Verified if ground.uncovered => {
            issues.push(issue("step", Some("MEM-14"), Said::new("development-verify-first")));
        }
        Step::Verified if ground.unanswered > 0 => {
            let said = Said::new("development-verify-open").with("count", ground.unanswered);
            issues.push(issue("step", Some("MEM-15"), said));
        }
        Step::BranchVoted => branch_vote(&mut issues, course, deed, ground, terms),
        _ => {}
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

/// Age, certificate, file and the years since leaving on the day the branch votes (MEM-01, MEM-05, MEM-16, MEM-27).
fn branch_vote(issues: &mut Vec<Issue>, course: &Course, deed: &Deed<Step>, ground: &Ground, terms: &Terms) {
    let on = deed.on;
    let months = full_months_between(ground.birth, on);
    let (youngest, oldest) = terms.ages;
    if months < youngest {
        issues.push(issue("on", Some("MEM-01"), Said::new("development-too-young").with("years", youngest / 12)));
    } else if months > oldest && (deed.consent.is_empty() || !terms.older_with_consent) {
        issues.push(issue("consent", Some("MEM-01"), Said::new("development-too-old").with("years", oldest / 12)));
    }
    if deed.consent.chars().count() > 60 {
        issues.push(issue("consent", None, Said::new("development-number-long")));
    }
    if let Some((left, again)) = ground.former {
        let from = terms.again_from(left);
        if again {
            issues.push(issue("step", Some("MEM-27"), Said::new("development-former-once")));
        } else if on < from {
            issues.push(issue("on", Some("MEM-27"), Said::new("development-former-early").with("day", from)));
        }
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

/// What is wrong with a step from probation (MEM-31, MEM-32, MEM-34). `official_on`: when the twelve months end;
/// `official`: official members of the branch.
pub fn check_recognition(
    road: &Road,
    deed: &Deed<Recognition>,
    (official_on, official, today): (Day, u32, Day),
    terms: &Terms,
) -> Vec<Issue> {
    let mut issues = Vec::new();
    if !road.next(terms.failures).contains(&deed.step) {
        issues.push(issue("step", None, Said::new("development-step-not-now")));
        return issues;
    }
    common(&mut issues, (deed.on, &deed.number, &deed.note), road.0.last().map(|taken| taken.on), today);
    if deed.number.is_empty() {
        issues.push(issue("number", None, Said::new("development-number-needed")));
    }
    let deciders = if deed.step.decides() { terms.deciders.as_slice() } else { &[] };
    check_vote(&mut issues, &deed.vote, deed.step.of_branch().then_some(official), deciders);
    if deed.step.line() == Line::StrikingOff {
        if deed.note.is_empty() {
            issues.push(issue("note", Some("MEM-34"), Said::new("development-strike-why")));
        }
    } else if deed.on < official_on {
        issues.push(issue("on", Some("MEM-31"), Said::new("development-probation-runs").with("day", official_on)));
    }
    issues
}
