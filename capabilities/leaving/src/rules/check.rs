//! What refuses a case or a step, by rule; every reason at once.

use chibo_kernel::calendar::age_in_years;
use chibo_kernel::{Day, Id, Issue, Person, Problem, Said};
use chibo_members::codes::Standing;
use chibo_members::rules::deciding::{Body, Setting};

use super::{CaseFile, Count, Course, Evidence, Ground, Kind, Phase, Step, Terms};

/// A case to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Who.
    pub person: Id<Person>,
    /// What shall happen.
    pub kind: Kind,
    /// Why.
    pub ground: Option<Ground>,
    /// The day of the request, of the fact, of the complaint, of the conclusion that restores.
    pub on: Day,
    /// The day a fact began: education, or receipt of the decision complained about; [`Day::FOREVER`] for none.
    pub since: Day,
    /// Months of the year, or years in a row.
    pub amount: u32,
    /// The last day asked for; [`Day::FOREVER`] for no end.
    pub ends: Day,
    /// The removal complained about or taken back.
    pub about: Option<Id<CaseFile>>,
    /// Day of the decision complained about, where no case of here has it; [`Day::FOREVER`] for none.
    pub decided: Day,
    /// Number of the decision a fact rests on.
    pub number: String,
    /// Who took that decision.
    pub body: String,
    /// Papers that prove the ground.
    pub evidence: Vec<Evidence>,
    /// What is said about it.
    pub note: String,
    /// Under discipline, or by somebody else in the member's place, or not free of breach since: refuses.
    pub hindered: bool,
    /// A complaint to the Secretariat.
    pub central: bool,
}

impl Opening {
    /// Of a kind, on a day; nothing else said.
    pub const fn new(person: Id<Person>, kind: Kind, on: Day) -> Self {
        Self {
            person,
            kind,
            ground: None,
            on,
            since: Day::FOREVER,
            amount: 0,
            ends: Day::FOREVER,
            about: None,
            decided: Day::FOREVER,
            number: String::new(),
            body: String::new(),
            evidence: Vec::new(),
            note: String::new(),
            hindered: false,
            central: false,
        }
    }
}

/// A removal that a complaint or a restoration is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removal {
    /// What it was.
    pub kind: Kind,
    /// In force since; none before a decision.
    pub left: Option<Day>,
    /// Handed to the member on this day, where that is known.
    pub delivered: Option<Day>,
    /// A complaint about it is under way.
    pub pending: bool,
    /// The last instance has spoken.
    pub final_: bool,
    /// No case of here decided it: at a screening, on a transfer, during probation.
    pub elsewhere: bool,
}

/// What a case is judged by besides itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Day of birth.
    pub born: Day,
    /// Standing today.
    pub standing: Option<Standing>,
    /// Another case of the member is not decided yet.
    pub busy: bool,
    /// The exemption that holds is in the book.
    pub booked: bool,
    /// Official members of the branch: nobody else votes.
    pub official: u32,
    /// The removal a complaint or restoration is about.
    pub removal: Option<Removal>,
    /// Where the base organisation stands (MEM-20).
    pub setting: Setting,
    /// Today.
    pub today: Day,
}

/// A step to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Which.
    pub step: Step,
    /// How many steps the form saw.
    pub after: u32,
    /// On this day.
    pub on: Day,
    /// In force from this day; the same day when not said.
    pub effective: Option<Day>,
    /// Until this day; [`Day::FOREVER`] for no end.
    pub ends: Day,
    /// Number of the paper; may be empty.
    pub number: String,
    /// The count of a vote.
    pub count: Option<Count>,
    /// What was said about it.
    pub note: String,
    /// Of a decision: which body took it; a form always names it.
    pub decider: Option<Body>,
}

impl Deed {
    /// On a day, with a number.
    pub fn new(step: Step, after: u32, on: Day, number: &str) -> Self {
        let (number, note) = (number.to_owned(), String::new());
        Self { step, after, on, effective: None, ends: Day::FOREVER, number, count: None, note, decider: None }
    }
}

pub(super) fn issue(field: &str, rule: Option<&'static str>, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said }
}

fn lengths(issues: &mut Vec<Issue>, number: &str, note: &str) {
    if number.chars().count() > 60 {
        issues.push(issue("number", None, Said::new("leaving-number-long")));
    }
    if note.chars().count() > 2_000 {
        issues.push(issue("note", None, Said::new("leaving-note-long")));
    }
}

/// What is wrong with a step.
pub fn check(course: &Course, about: &Opening, deed: &Deed, facts: &Facts, terms: &Terms) -> Vec<Issue> {
    if !course.offered(terms.limits).contains(&deed.step) {
        return vec![issue("step", None, Said::new("leaving-step-not-now"))];
    }
    let (kind, mut issues) = (course.kind, Vec::new());
    let last = course.steps.last().map_or(about.on, |taken| taken.on);
    if deed.on > facts.today {
        issues.push(issue("on", None, Said::new("leaving-day-to-come")));
    } else if deed.on < last && deed.step != Step::Registered {
        issues.push(issue("on", None, Said::new("leaving-day-before-last").with("day", last)));
    }
    lengths(&mut issues, &deed.number, &deed.note);
    let by_branch_only = kind == Kind::Return;
    if deed.step.needs_number() && deed.number.is_empty() && !by_branch_only {
        issues.push(issue("number", Some(deed.step.rule(kind)), Said::new("leaving-number-needed")));
    }
    if deed.step.needs_note() && deed.note.is_empty() {
        issues.push(issue("note", Some(deed.step.rule(kind)), Said::new("leaving-note-needed")));
    }
    if deed.step == Step::Confirmed && deed.number.is_empty() {
        attested(&mut issues, deed.on, facts, terms);
    }
    if deed.step == Step::Registered && (facts.standing != Some(Standing::Exempted) || facts.booked) {
        issues.push(issue("step", Some(kind.rule()), Said::new("leaving-nothing-to-register")));
    }
    if deed.step.is_vote(kind) {
        vote(&mut issues, kind, deed, facts);
    }
    if deed.step == Step::BranchVoted && kind == Kind::StrikingOff {
        proven_on(&mut issues, about, deed.on, terms);
    }
    if matches!(deed.step, Step::Decided | Step::Registered) {
        in_force(&mut issues, kind, deed, facts, terms);
    }
    super::decider::competent(&mut issues, kind, deed, facts, terms);
    issues
}

/// Without a medical paper the branch attests, from 80 years on (EXI-01).
fn attested(issues: &mut Vec<Issue>, on: Day, facts: &Facts, terms: &Terms) {
    match terms.attests_from {
        Some(years) if age_in_years(facts.born, on) >= years => {}
        Some(years) => {
            issues.push(issue("number", Some("EXI-01"), Said::new("leaving-too-young-to-attest").with("years", years)));
        }
        None => issues.push(issue("number", Some("EXI-01"), Said::new("leaving-medical-needed"))),
    }
}

fn vote(issues: &mut Vec<Issue>, kind: Kind, deed: &Deed, facts: &Facts) {
    let members = deed.step.members_vote(kind);
    let rule = if members { "X-03" } else { "X-05" };
    let Some(count) = deed.count else {
        issues.push(issue("listed", Some(rule), Said::new("leaving-votes-needed")));
        return;
    };
    if !count.adds_up() {
        issues.push(issue("away", Some(rule), Said::new("leaving-votes-minus-too-many")));
    } else if members && count.listed > facts.official {
        let said = Said::new("leaving-votes-more-than-members").with("most", facts.official);
        issues.push(issue("listed", Some(rule), said));
    } else if let Err(error) = count.verdict(kind, deed.step)
        && let Problem::Refused(more) = Problem::from(error)
    {
        issues.extend(more.into_iter().map(|one| Issue { field: Some("yes".to_owned()), ..one }));
    }
}

/// What must have run on the day of the branch's vote (EXI-10).
fn proven_on(issues: &mut Vec<Issue>, about: &Opening, on: Day, terms: &Terms) {
    let until = about.since.plus_months(terms.no_progress);
    if about.ground == Some(Ground::Declining) && on < until {
        issues.push(issue(
            "on",
            Some("EXI-10"),
            Said::new("leaving-education-runs").with("months", terms.no_progress).with("day", until),
        ));
    }
}

/// From when, until when.
fn in_force(issues: &mut Vec<Issue>, kind: Kind, deed: &Deed, facts: &Facts, terms: &Terms) {
    let from = deed.effective.unwrap_or(deed.on);
    if from > facts.today {
        issues.push(issue("effective", None, Said::new("leaving-effective-to-come")));
    }
    if from < deed.on && !kind.is_fact() && kind != Kind::Return && deed.step != Step::Registered {
        issues.push(issue("effective", None, Said::new("leaving-effective-before")));
    }
    if kind.exempts() && deed.ends != Day::FOREVER && deed.ends <= from {
        issues.push(issue("ends", Some(kind.rule()), Said::new("leaving-ends-before")));
    }
    if kind == Kind::Other {
        term(issues, from, deed.ends, terms);
    }
}

/// Other grounds: an end, less than twelve months on (EXI-02).
pub(super) fn term(issues: &mut Vec<Issue>, from: Day, ends: Day, terms: &Terms) {
    if ends == Day::FOREVER {
        issues.push(issue("ends", Some("EXI-02"), Said::new("leaving-ends-needed")));
    } else if !terms.short_enough(from, ends) {
        let said = Said::new("leaving-ends-far").with("months", terms.below_months);
        issues.push(issue("ends", Some("EXI-02"), said));
    }
}

/// What is wrong with opening a case.
pub fn check_opening(new: &Opening, facts: &Facts, terms: &Terms) -> Vec<Issue> {
    let mut issues = Vec::new();
    lengths(&mut issues, &new.number, &new.note);
    if new.on > facts.today {
        issues.push(issue("on", None, Said::new("leaving-day-to-come")));
    }
    super::standing::fits(&mut issues, new.kind, facts);
    let grounds = new.kind.grounds();
    if !grounds.is_empty() && !new.ground.is_some_and(|ground| grounds.contains(&ground)) {
        issues.push(issue("ground", Some(new.kind.rule()), Said::new("leaving-ground-needed")));
    }
    if new.ends != Day::FOREVER && new.ends <= new.on {
        issues.push(issue("ends", Some(new.kind.rule()), Said::new("leaving-ends-before")));
    }
    match new.kind {
        Kind::Other => term(&mut issues, new.on, new.ends, terms),
        Kind::StrikingOff => proven(&mut issues, new, facts, terms),
        Kind::Expulsion => decided_elsewhere(&mut issues, new),
        Kind::Restoration => {
            decided_elsewhere(&mut issues, new);
            wrongly_removed(&mut issues, facts);
        }
        Kind::Complaint => complaint(&mut issues, new, facts, terms),
        _ => {}
    }
    let hindrance = match new.kind {
        Kind::Request => Some("leaving-discipline-first"),
        Kind::Complaint => Some("leaving-complaint-proxy"),
        Kind::Restoration => Some("leaving-breach-since"),
        _ => None,
    };
    if let Some(key) = hindrance.filter(|_| new.hindered) {
        issues.push(issue("hindered", Some(new.kind.rule()), Said::new(key)));
    }
    issues
}

/// Evidence and numbers of a ground for striking-off (EXI-10, EXI-11).
fn proven(issues: &mut Vec<Issue>, new: &Opening, facts: &Facts, terms: &Terms) {
    let Some(ground) = new.ground else { return };
    if ground.proof().is_some_and(|proof| !new.evidence.contains(&proof)) {
        issues.push(issue("evidence", Some("EXI-11"), Said::new("leaving-evidence-needed")));
    }
    let least = match ground {
        Ground::Absent | Ground::Fee => terms.months_in_year,
        Ground::Breach => terms.breach_years,
        _ => 0,
    };
    if new.amount < least {
        issues.push(issue("amount", Some("EXI-10"), Said::new("leaving-amount-small").with("least", least)));
    }
    if ground == Ground::Declining && (new.since == Day::FOREVER || new.since > new.on) {
        issues.push(issue("since", Some("EXI-10"), Said::new("leaving-education-needed")));
    }
    if ground == Ground::Probation && facts.standing != Some(Standing::Probationary) {
        issues.push(issue("ground", Some("MEM-34"), Said::new("leaving-not-on-probation")));
    }
}

fn decided_elsewhere(issues: &mut Vec<Issue>, new: &Opening) {
    let rule = new.kind.rule();
    if new.number.is_empty() {
        issues.push(issue("number", Some(rule), Said::new("leaving-number-needed")));
    }
    if new.body.is_empty() {
        issues.push(issue("body", Some(rule), Said::new("leaving-body-needed")));
    }
}

/// Only a removal can have been wrong: whoever left at his own wish was not removed (MEM-42).
fn wrongly_removed(issues: &mut Vec<Issue>, facts: &Facts) {
    if facts.removal.is_some_and(|removal| removal.kind == Kind::Request && removal.left.is_some()) {
        issues.push(issue("person", Some("MEM-42"), Said::new("leaving-restoration-own-wish")));
    }
}

/// A decision that no case of here has is named by number and day (EXI-12).
fn named(issues: &mut Vec<Issue>, new: &Opening) {
    if new.number.is_empty() {
        issues.push(issue("number", Some("EXI-12"), Said::new("leaving-complaint-number-needed")));
    }
    if new.decided == Day::FOREVER {
        issues.push(issue("decided", Some("EXI-12"), Said::new("leaving-complaint-decided-needed")));
    } else if new.decided > new.on || (new.since != Day::FOREVER && new.decided > new.since) {
        issues.push(issue("decided", Some("EXI-12"), Said::new("leaving-complaint-decided-late")));
    }
}

/// In time, in person, after the decision, not final (EXI-12).
fn complaint(issues: &mut Vec<Issue>, new: &Opening, facts: &Facts, terms: &Terms) {
    let Some(removal) = facts.removal.filter(|removal| removal.kind == Kind::StrikingOff) else {
        issues.push(issue("about", Some("EXI-12"), Said::new("leaving-complaint-no-removal")));
        return;
    };
    if removal.final_ {
        issues.push(issue("about", Some("EXI-12"), Said::new("leaving-complaint-final")));
    }
    if removal.pending {
        issues.push(issue("about", Some("EXI-12"), Said::new("leaving-complaint-pending")));
    }
    if removal.elsewhere {
        named(issues, new);
    }
    let received = removal.delivered.or((new.since != Day::FOREVER).then_some(new.since));
    match (removal.left, received) {
        (None, _) => issues.push(issue("about", Some("EXI-12"), Said::new("leaving-complaint-early"))),
        (_, None) => issues.push(issue("since", Some("EXI-12"), Said::new("leaving-complaint-received-needed"))),
        (Some(_), Some(received)) => {
            let by = terms.complain_by(received);
            if new.on < received {
                issues.push(issue("on", Some("EXI-12"), Said::new("leaving-complaint-early")));
            } else if new.on > by {
                issues.push(issue("on", Some("EXI-12"), Said::new("leaving-complaint-late").with("day", by)));
            }
        }
    }
}

/// Whether a case in this phase keeps others from being opened.
pub const fn occupies(kind: Kind, phase: Phase) -> bool {
    phase.undecided() && !matches!(kind, Kind::Complaint)
}
