//! What refuses a step, by rule.

use chibo_kernel::calendar::full_months_between;
use chibo_kernel::{Day, Issue, Said};

use super::conditions;
use super::facts::{Fact, Known};
use super::former::{Former, check_former};
use super::moving::check_move;
use super::papers::Paper;
use super::probation::{Line, Recognition, Road};
use super::step::{Course, Step};
use super::terms::Terms;
use super::vote::{Electorate, check_vote};
use super::{Deed, issue};

/// What a candidate's steps are judged by besides the steps themselves.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'g> {
    /// Day of birth.
    pub birth: Day,
    /// Who may vote in the branch on the day, and where that stands.
    pub branch: Electorate,
    /// Today.
    pub today: Day,
    /// Whether an official member is assigned to help (MEM-04).
    pub helped: bool,
    /// Requests for verification without an answer (MEM-15).
    pub unanswered: u32,
    /// How many whose background must be verified were not asked about; `None`: his family is not known (MEM-14).
    pub uncovered: Option<u32>,
    /// Of a former member: when and why he left (MEM-27).
    pub former: Option<Former>,
    /// What is known about him besides.
    pub known: &'g Known,
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
    let open = if deed.step == Step::Moved { course.may_move() } else { course.next().contains(&deed.step) };
    if !open {
        issues.push(issue("step", None, Said::new("development-step-not-now")));
        return issues;
    }
    // An order to move is often told after the steps that came in between (MEM-22).
    let last = course.0.iter().map(|taken| taken.on).max().filter(|_| deed.step != Step::Moved);
    common(&mut issues, (deed.on, &deed.number, &deed.note), last, ground.today);
    if deed.step.needs_number() && deed.number.is_empty() {
        issues.push(issue("number", None, Said::new("development-number-needed")));
    }
    if deed.step.needs_note() && deed.note.is_empty() {
        issues.push(issue("note", None, Said::new("development-note-needed")));
    }
    if deed.step.is_vote() {
        let branch = deed.step == Step::BranchVoted;
        let deciders = if deed.step.decides() { terms.deciders(ground.branch.under_city) } else { Vec::new() };
        check_vote(&mut issues, &deed.vote, branch.then_some(ground.branch), &deciders);
    }
    check_move(&mut issues, course, (deed.step, deed.on), terms);
    match deed.step {
        Step::Opened if !ground.helped => {
            issues.push(issue("step", Some("MEM-04"), Said::new("development-helper-first")));
        }
        Step::Verified if ground.uncovered.is_none() => {
            issues.push(issue("step", Some("MEM-14"), Said::new("development-family-first")));
        }
        Step::Verified if ground.uncovered > Some(0) => {
            issues.push(issue("step", Some("MEM-14"), Said::new("development-verify-first")));
        }
        Step::Verified if ground.unanswered > 0 => {
            let said = Said::new("development-verify-open").with("count", ground.unanswered);
            issues.push(issue("step", Some("MEM-15"), said));
        }
        Step::Heard => heard(&mut issues, ground.known),
        Step::BranchVoted => branch_vote(&mut issues, course, deed, ground, terms),
        Step::Extended => {
            let by = course.day(Step::BranchVoted).map(|day| terms.decide_by(day, false));
            extension(&mut issues, deed.on, by, "MEM-21");
        }
        Step::Admitted => ceremony(&mut issues, course, deed.on, ground.known, terms),
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

/// Whether everybody who has to be heard was (MEM-17).
fn heard(issues: &mut Vec<Issue>, known: &Known) {
    let key = match conditions::unheard(known) {
        None => "development-membership-first",
        Some(missing) if missing.is_empty() => return,
        Some(_) => "development-opinions-missing",
    };
    issues.push(issue("step", Some("MEM-17"), Said::new(key)));
}

/// The time to decide is made longer before it is over (MEM-21, MEM-33).
fn extension(issues: &mut Vec<Issue>, on: Day, by: Option<Day>, rule: &'static str) {
    if let Some(by) = by.filter(|by| on > *by) {
        issues.push(issue("on", Some(rule), Said::new("development-extension-late").with("day", by)));
    }
}

/// The ceremony within its time, or with the consent of the higher committee (MEM-24).
fn ceremony(issues: &mut Vec<Issue>, course: &Course, on: Day, known: &Known, terms: &Terms) {
    match terms.ceremony_by(course) {
        None => issues.push(issue("step", Some("MEM-24"), Said::new("development-receipt-first"))),
        Some(by) if on > by && known.by(Fact::LateCeremony, on).is_none() => {
            issues.push(issue("on", Some("MEM-24"), Said::new("development-ceremony-late").with("day", by)));
        }
        Some(_) => {}
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
    } else if months > oldest {
        conditions::older(issues, ground.known, on);
    }
    conditions::before_vote(issues, ground.known, on, terms);
    if deed.consent.chars().count() > 60 {
        issues.push(issue("consent", None, Said::new("development-number-long")));
    }
    if let Some(former) = &ground.former {
        issues.extend(check_former(former, on, terms, "on"));
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

/// What a step from probation is judged by besides the steps themselves.
#[derive(Clone, Copy, Debug)]
pub struct ProbationGround<'g> {
    /// When the twelve months end.
    pub ends: Day,
    /// Who may vote in the branch on the day, and where that stands.
    pub branch: Electorate,
    /// Today.
    pub today: Day,
    /// Papers that must be there before anybody votes, and are not (MEM-30, MEM-32).
    pub missing: &'g [Paper],
}

/// What is wrong with a step from probation (MEM-30…34).
pub fn check_recognition(
    road: &Road,
    deed: &Deed<Recognition>,
    ground: &ProbationGround<'_>,
    terms: &Terms,
) -> Vec<Issue> {
    let mut issues = Vec::new();
    if !road.next(terms.failures).contains(&deed.step) {
        issues.push(issue("step", None, Said::new("development-step-not-now")));
        return issues;
    }
    common(&mut issues, (deed.on, &deed.number, &deed.note), road.0.last().map(|taken| taken.on), ground.today);
    // An announcement stands in the minutes of the branch: no document, no reason.
    let announced = deed.step == Recognition::Announced;
    if deed.number.is_empty() && !announced {
        issues.push(issue("number", None, Said::new("development-number-needed")));
    }
    if !deed.step.is_vote() {
        if deed.note.is_empty() && !announced {
            issues.push(issue("note", Some("MEM-33"), Said::new("development-note-needed")));
        }
        if deed.step == Recognition::Extended {
            let by = road.branch_recognised().map(|day| terms.recognise_by(day, false));
            extension(&mut issues, deed.on, by, "MEM-33");
        }
        return issues;
    }
    let deciders = if deed.step.decides() { terms.deciders(ground.branch.under_city) } else { Vec::new() };
    check_vote(&mut issues, &deed.vote, deed.step.of_branch().then_some(ground.branch), &deciders);
    if deed.step.line() == Line::StrikingOff {
        if deed.note.is_empty() {
            issues.push(issue("note", Some("MEM-34"), Said::new("development-strike-why")));
        }
        return issues;
    }
    if deed.on < ground.ends {
        issues.push(issue("on", Some("MEM-31"), Said::new("development-probation-runs").with("day", ground.ends)));
    }
    recognition_papers(&mut issues, ground.missing);
    issues
}

/// Nobody is recognised without the certificate of the class for new members (MEM-30) and the papers of his file (MEM-32).
fn recognition_papers(issues: &mut Vec<Issue>, missing: &[Paper]) {
    if missing.contains(&Paper::NewCertificate) {
        issues.push(issue("step", Some("MEM-30"), Said::new("development-new-certificate-first")));
    }
    let codes: Vec<_> = missing.iter().filter_map(|paper| paper.form_code()).collect();
    if !codes.is_empty() {
        let said = Said::new("development-recognition-papers-first").with("papers", codes.join(", "));
        issues.push(issue("step", Some("MEM-32"), said));
    }
}
