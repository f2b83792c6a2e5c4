//! The questions of a grant: role, organisation, first and last day.

use chibo_kernel::{Day, Id, Issue, Period, Problem, Unit};
use chibo_web::form::Kind;
use chibo_web::{Field, Visit};

use super::issue;
use super::units::Units;
use crate::rules::role::Role;

/// What was asked for.
pub(super) struct Wish {
    pub(super) unit: Id<Unit>,
    pub(super) role: Role,
    pub(super) valid: Period,
}

/// The questions.
pub(super) fn fields(visit: &Visit<'_>) -> Vec<Field> {
    let w = visit.w;
    let text = |role: &Role| format!("{}: {}", w.t(role.word()), w.t(role.about()));
    let roles = Role::ALL.iter().map(|role| (role.code().to_owned(), text(role)));
    vec![
        Field::new("role", w.t("accounts-role"), Kind::Radios(roles.collect())).required(),
        Field::text("unit", w.t("accounts-unit"))
            .hint(w.t("accounts-unit-hint"))
            .value(visit.query.get("unit"))
            .required(),
        Field::new("from", w.t("accounts-from"), Kind::Day).value(visit.today().to_string()).required(),
        Field::new("to", w.t("accounts-to"), Kind::Day).hint(w.t("accounts-to-hint")),
    ]
}

/// The answers, or everything that is wrong with them.
pub(super) fn read(visit: &Visit<'_>) -> Result<Wish, Vec<Issue>> {
    let mut issues = Vec::new();
    let role = Role::from_code(visit.form.get("role"));
    if role.is_none() {
        issues.push(issue("role", "accounts-role-missing"));
    }
    let unit = Units::of(visit).find(visit.form.get("unit"));
    if unit.is_none() {
        issues.push(issue("unit", "accounts-unit-unknown"));
    }
    let from = day(visit, "from", &mut issues);
    let to = day(visit, "to", &mut issues);
    let valid = Period::new(from.unwrap_or(visit.today()), to.map_or(Day::FOREVER, |last| last.plus_days(1)));
    if valid.is_none() {
        issues.push(issue("to", "accounts-to-before-from"));
    }
    match (unit, role, valid) {
        (Some(unit), Some(role), Some(valid)) if issues.is_empty() => Ok(Wish { unit, role, valid }),
        _ => Err(issues),
    }
}

fn day(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    visit.form.day(name, visit.today()).unwrap_or_else(|problem| {
        if let Problem::Refused(found) = problem {
            issues.extend(found);
        }
        None
    })
}

/// Units outside one's reach are answered like units that do not exist, beside the question.
pub(super) fn unit_issue(problem: Problem) -> Problem {
    match problem {
        Problem::NotFound => Problem::Refused(vec![issue("unit", "accounts-unit-unknown")]),
        Problem::Denied => Problem::Refused(vec![issue("role", "accounts-role-not-yours")]),
        other => other,
    }
}
