//! What refuses a request or a step, by rule.

use chibo_kernel::{Day, Id, Issue, Person, Said};

use super::{Basis, Course, Elsewhere, Kind, Purpose, Side, State, Step, Terms, Way, check_span};

/// A step to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// Which.
    pub step: Step,
    /// How many steps the form saw.
    pub after: u32,
    /// On this day.
    pub on: Day,
    /// Number of the paper; may be empty.
    pub number: String,
    /// What was said about it.
    pub note: String,
}

/// What a step is judged by besides the steps themselves.
#[derive(Clone, Copy, Debug)]
pub struct Ground {
    /// Whether an inspection, audit, complaint or denunciation is under way (TRF-05).
    pub held: bool,
    /// Whether the sender confirmed the index of the dossier (TRF-06).
    pub index: bool,
    /// Today.
    pub today: Day,
}

/// A transfer asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Who moves.
    pub person: Id<Person>,
    /// Where to.
    pub way: Way,
    /// The day of the move behind it.
    pub cause: Day,
    /// Why; late requests say why they are late.
    pub reason: String,
    /// What it rests on.
    pub basis: Basis,
}

pub(super) fn issue(field: &str, rule: Option<&'static str>, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said }
}

/// What is wrong with the name of an organisation outside the register.
pub fn check_elsewhere(place: &Elsewhere) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (field, text, empty) in
        [("place", &place.name, "transfers-place-needed"), ("province", &place.province, "transfers-province-needed")]
    {
        if text.is_empty() {
            issues.push(issue(field, Some("TRF-02"), Said::new(empty)));
        } else if text.chars().count() > 200 {
            issues.push(issue(field, None, Said::new("transfers-place-long")));
        }
    }
    issues
}

/// What is wrong with asking for a transfer (TRF-01, TRF-05, TRF-07, TRF-09).
pub fn check_request(new: (Day, &str, &Way), basis: Basis, ground: Ground, terms: &Terms) -> Vec<Issue> {
    let (cause, reason, way) = new;
    let mut issues = way.elsewhere().map(check_elsewhere).unwrap_or_default();
    issues.extend(way.span().map(|span| check_span(span, way.kind().abroad(), terms)).unwrap_or_default());
    if ground.held {
        issues.push(issue("person", Some("TRF-05"), Said::new("transfers-held")));
    }
    if cause > ground.today.plus_months(3) {
        issues.push(issue("cause", None, Said::new("transfers-cause-far")));
    }
    let works = way.span().is_some_and(|span| span.purpose == Purpose::Work);
    if works && !way.kind().abroad() && terms.official_by(basis.contract) {
        issues.push(issue("contract", Some("TRF-09"), Said::new("transfers-contract-official")));
    }
    let by = if basis.graduate { terms.graduate_by(cause) } else { terms.start_by(cause) };
    if ground.today > by && reason.is_empty() {
        issues.push(issue("reason", Some("TRF-01"), Said::new("transfers-late-reason").with("day", by)));
    }
    if reason.chars().count() > 2_000 {
        issues.push(issue("reason", None, Said::new("transfers-note-long")));
    }
    issues
}

/// What is wrong with a step; every reason at once.
pub fn check(course: &Course, deed: &Deed, ground: Ground, terms: &Terms) -> Vec<Issue> {
    if !course.offered().contains(&deed.step) {
        return vec![issue("step", None, Said::new("transfers-step-not-now"))];
    }
    let mut issues = Vec::new();
    let last = course.steps.last().map(|(_, on)| *on);
    if deed.on > ground.today {
        issues.push(issue("on", None, Said::new("transfers-day-to-come")));
    } else if let Some(last) = last.filter(|last| deed.on < *last) {
        issues.push(issue("on", None, Said::new("transfers-day-before-last").with("day", last)));
    }
    if deed.number.chars().count() > 60 {
        issues.push(issue("number", None, Said::new("transfers-number-long")));
    }
    if deed.note.chars().count() > 2_000 {
        issues.push(issue("note", None, Said::new("transfers-note-long")));
    }
    if !matches!(deed.step, Step::Signed | Step::Confirmed | Step::Noted) && deed.note.is_empty() {
        let rule = match deed.step {
            Step::Refused => Some("TRF-06"),
            Step::StruckOff => Some("TRF-12"),
            Step::Considered => Some("TRF-13"),
            Step::Restored => Some("SCR-04"),
            _ => None,
        };
        issues.push(issue("note", rule, Said::new("transfers-note-needed")));
    }
    let sending = course.next().is_some_and(|seal| seal.side != Side::Receiver);
    if deed.step == Step::Signed && sending && ground.held {
        issues.push(issue("step", Some("TRF-05"), Said::new("transfers-held")));
    }
    if deed.step == Step::Signed && course.steps.is_empty() && deed.number.is_empty() && course.kind != Kind::Incoming {
        issues.push(issue("number", Some("TRF-02"), Said::new("transfers-number-needed")));
    }
    let receiving = course.next().is_some_and(|seal| seal.side == Side::Receiver);
    if deed.step == Step::Signed && receiving && course.kind.brings_dossier() && !ground.index {
        issues.push(issue("step", Some("TRF-06"), Said::new("transfers-index-unconfirmed")));
    }
    if matches!(deed.step, Step::StruckOff | Step::Restored) && deed.number.is_empty() {
        issues.push(issue("number", Some("TRF-12"), Said::new("transfers-decision-needed")));
    }
    if deed.step == Step::Considered && course.aftermath(terms.late(course)).is_none() {
        issues.push(issue("step", Some("TRF-13"), Said::new("transfers-step-not-now")));
    }
    if let Some(awaited) = course.awaited().filter(|_| course.state() == State::InTransit) {
        issues.extend(check_late(deed, terms.present_by(awaited), terms.lost_after(awaited)));
    }
    issues
}

/// The clock of whoever is on the way: late papers come with a written explanation (TRF-13); after three months only the
/// connection is restored, for a valid reason (SCR-04), or the member struck off (TRF-12), and neither before.
fn check_late(deed: &Deed, by: Day, lost: Day) -> Option<Issue> {
    let told = |field, rule, key, day: Day| Some(issue(field, Some(rule), Said::new(key).with("day", day)));
    match deed.step {
        Step::Signed if deed.on > lost => told("step", "TRF-12", "transfers-lost", lost),
        Step::Signed if deed.on > by && deed.note.is_empty() => told("note", "TRF-13", "transfers-late", by),
        Step::StruckOff | Step::Restored if deed.on <= lost => told("step", "TRF-12", "transfers-not-lost", lost),
        _ => None,
    }
}
