//! The paper behind a correction: its questions and answers.

use chibo_kernel::Issue;
use chibo_web::form::Kind;
use chibo_web::{Field, Visit};

use super::{fields, issue};
use crate::rules::correction::{Paper, Sort};

/// The questions.
pub(super) fn questions(visit: &Visit<'_>) -> [Field; 4] {
    let w = visit.w;
    let sorts = Sort::ALL.map(|sort| (sort.code().to_owned(), w.t(sort.key()).to_owned()));
    [
        Field::new("paper", w.t("members-paper"), Kind::Radios(sorts.into()))
            .value(Sort::Decision.code())
            .hint(w.t("members-paper-hint"))
            .required(),
        Field::text("number", w.t("members-paper-number")).hint(w.t("members-paper-number-hint")).required(),
        Field::new("paper-day", w.t("members-paper-day"), Kind::Day).required(),
        Field::text("reason", w.t("members-paper-reason")).hint(w.t("members-paper-reason-hint")).required(),
    ]
}

/// The answers; what is missing is an issue.
pub(super) fn answer(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<Paper> {
    let form = &visit.form;
    let before = issues.len();
    let sort = Sort::from_code(form.get("paper"));
    if sort.is_none() {
        issues.push(issue("paper", "members-bad-choice"));
    }
    let day = fields::day(form, "paper-day", visit.today(), issues);
    if day.is_none() && !issues.iter().any(|issue| issue.field.as_deref() == Some("paper-day")) {
        issues.push(issue("paper-day", "members-no-day"));
    }
    let (number, reason) = (fields::text(form, "number"), fields::text(form, "reason"));
    let paper = Paper { sort: sort?, number, day: day?, reason };
    (issues.len() == before).then_some(paper)
}
