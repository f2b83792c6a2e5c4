//! What a unit and an office must satisfy by themselves.

use chibo_kernel::{Day, Id, Issue, Period, Person, Said};

use super::{Facts, NewOffice};
use crate::kinds::{Kind, NotACode, OrgCode, allowed_parent, allowed_setting, valid_on};

pub(super) fn issue(field: &str, rule: Option<&'static str>, said: Said) -> Issue {
    Issue { field: Some(field.to_owned()), rule, said }
}

/// Reads a code as typed; the dotted form, or why it is none. Empty stays empty.
pub fn check_code(text: &str) -> Result<String, Issue> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    let said = match text.parse::<OrgCode>() {
        Ok(code) => return Ok(code.to_string()),
        Err(NotACode::Character) => Said::new("units-code-character"),
        Err(NotACode::Length(found)) => Said::new("units-code-length").with("found", found),
        Err(NotACode::Dots) => Said::new("units-code-dots"),
    };
    Err(issue("code", None, said.with("code", text.trim())))
}

/// Checks name, kind, setting, code form and the kind of the unit above, on a day. Every reason at once.
pub fn check_facts(facts: &Facts, parent: Option<Kind>, on: Day) -> Vec<Issue> {
    let mut issues = Vec::new();
    if facts.name.trim().is_empty() {
        issues.push(issue("name", None, Said::new("units-name-empty")));
    }
    if facts.name.chars().count() > 300 || facts.short.chars().count() > 120 {
        issues.push(issue("name", None, Said::new("units-name-long")));
    }
    let named = |key| Said::new(key).with("kind", facts.kind.name(on).vi).with("day", on);
    if !valid_on(facts.kind, on) {
        issues.push(issue("kind", Some("ORG-14"), named("units-kind-not-then")));
    } else if let Some(parent) = parent
        && !allowed_parent(facts.kind, parent, on)
    {
        let rule = match facts.kind {
            Kind::Section => "ORG-06",
            Kind::Branch => "ORG-07",
            _ => "ORG-02",
        };
        let said = named("units-parent-kind").with("parent", parent.name(on).vi);
        issues.push(issue("parent", Some(rule), said));
    }
    if !facts.setting.valid_on(on) {
        let said = Said::new("units-setting-not-then").with("setting", facts.setting.vi()).with("day", on);
        issues.push(issue("setting", None, said));
    } else if valid_on(facts.kind, on) && !allowed_setting(facts.kind, facts.setting, on) {
        issues.push(issue("setting", Some("ORG-07"), named("units-setting-kind").with("setting", facts.setting.vi())));
    }
    if let Err(found) = check_code(&facts.code) {
        issues.push(found);
    }
    issues.iter_mut().for_each(|found| found.said.args.push(("unit", facts.name.clone())));
    issues
}

/// Checks an office against the offices of the unit: a role for one person at a time is free, and nobody holds the
/// same role twice at once. `held`: who else or oneself, the role's tenures of today's belief.
pub fn check_office(office: &NewOffice, held: &[(Id<Person>, Period)]) -> Vec<Issue> {
    let Some(valid) = Period::new(office.from, office.to) else {
        return vec![issue("to", None, Said::new("units-office-empty"))];
    };
    let clash = |(person, period): &&(Id<Person>, Period)| {
        period.overlap(valid).is_some() && (*person == office.person || office.role.is_single())
    };
    match held.iter().find(clash) {
        Some((person, _)) if *person == office.person => vec![issue("person", None, Said::new("units-office-held"))],
        Some((_, period)) => {
            let said = Said::new("units-office-taken").with("role", office.role.vi()).with("from", period.from());
            vec![issue("role", None, said)]
        }
        None => Vec::new(),
    }
}
