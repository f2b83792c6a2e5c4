//! What may be written down: dates in order, a text that is there and not endless, a kind that must adopt (ORG-32).

use chibo_kernel::{Day, Id, Issue, Period, Said, Unit};
use chibo_organisation::kinds::{Kind, Setting};

use super::{Adopted, Model, ModelText, Series, Subject, candidates, must_adopt};

/// Most lines of a text: two of this length can still be compared.
pub const MOST_LINES: usize = 2_000;
/// Most characters of a text.
pub const MOST_CHARACTERS: usize = 200_000;

/// A text for a kind to be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewModel {
    /// What it is for.
    pub series: Series,
    /// The version it follows, as the form saw it; 0 for the first.
    pub after: u32,
    /// Number and symbol of the document.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// Day of signing.
    pub issued_on: Day,
    /// When it holds.
    pub valid: Period,
    /// The text, several lines.
    pub body: String,
}

/// A working regulation adopted by a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRegulation {
    /// The unit.
    pub unit: Id<Unit>,
    /// Its kind and setting today.
    pub place: (Kind, Option<Setting>),
    /// The version it follows, as the form saw it; 0 for the first.
    pub after: u32,
    /// Number and symbol of the document.
    pub number: String,
    /// Day of the committee's decision.
    pub adopted_on: Day,
    /// When it holds.
    pub valid: Period,
    /// The model it follows, if any.
    pub model: Option<Id<ModelText>>,
    /// The text, several lines.
    pub body: String,
}

/// Where a regulation was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Up, to the higher committee (báo cáo cấp trên).
    Reported,
    /// Down, to the organisations and members below (thông báo xuống dưới).
    Announced,
}

fn issue(field: &str, key: &'static str) -> Issue {
    Issue { field: Some(field.to_owned()), rule: None, said: Said::new(key) }
}

/// Units of this kind have no committee that adopts a regulation (ORG-32).
pub fn no_committee(field: Option<&str>) -> Issue {
    let said = Said::new("regulations-no-committee");
    Issue { field: field.map(str::to_owned), rule: Some("ORG-32"), said }
}

/// What is wrong with a text for a kind; `last_from`: first day of the version before.
pub fn check_model(new: &NewModel, last_from: Option<Day>, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if new.series.subject == Subject::Working && !must_adopt(new.series.kind) {
        issues.push(no_committee(Some("kind")));
    }
    if new.number.is_empty() {
        issues.push(issue("number", "regulations-number-needed"));
    }
    if new.issuer.is_empty() {
        issues.push(issue("issuer", "regulations-issuer-needed"));
    }
    check_days(&mut issues, ("issued", new.issued_on), new.valid, last_from, today);
    check_text(&mut issues, &new.body);
    issues
}

/// What is wrong with a unit's regulation; `last_from`: first day of the version before (ORG-32).
pub fn check_regulation(new: &NewRegulation, models: &[Model], last_from: Option<Day>, today: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if !must_adopt(new.place.0) {
        issues.push(no_committee(None));
    }
    if new.number.is_empty() {
        issues.push(issue("number", "regulations-number-needed"));
    }
    let fits = |id: Id<ModelText>| candidates(models, new.place).iter().any(|model| model.id == id);
    if !new.model.is_none_or(fits) {
        issues.push(issue("model", "regulations-model-unknown"));
    }
    check_days(&mut issues, ("adopted", new.adopted_on), new.valid, last_from, today);
    check_text(&mut issues, &new.body);
    issues
}

/// What is wrong with the day on which a regulation was sent.
pub fn check_mark(own: &Adopted, on: Day, today: Day) -> Vec<Issue> {
    if on > today {
        return vec![issue("on", "regulations-day-to-come")];
    }
    if on < own.adopted_on {
        return vec![issue("on", "regulations-sent-before-adopted")];
    }
    Vec::new()
}

/// A document is signed by today, holds from then on or later, and not before the version it follows. The same first
/// day is allowed: so a mistake is put right by another version.
fn check_days(
    issues: &mut Vec<Issue>,
    (field, signed): (&str, Day),
    valid: Period,
    last_from: Option<Day>,
    today: Day,
) {
    if signed < Day::PARTY_FOUNDED {
        issues.push(issue(field, "regulations-day-too-early"));
    } else if signed > today {
        issues.push(issue(field, "regulations-day-to-come"));
    }
    if valid.from() < signed {
        issues.push(issue("from", "regulations-from-before-signed"));
    }
    if let Some(last) = last_from.filter(|last| valid.from() < *last) {
        let said = Said::new("regulations-from-before-last").with("day", last);
        issues.push(Issue { field: Some("from".to_owned()), rule: None, said });
    }
}

fn check_text(issues: &mut Vec<Issue>, body: &str) {
    if body.is_empty() {
        issues.push(issue("body", "regulations-body-needed"));
    } else if body.lines().count() > MOST_LINES || body.chars().count() > MOST_CHARACTERS {
        let said = Said::new("regulations-body-too-long").with("lines", MOST_LINES).with("characters", MOST_CHARACTERS);
        issues.push(Issue { field: Some("body".to_owned()), rule: None, said });
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
