//! A standing corrected by the paper that decided it, and a new level from a day on.

use chibo_kernel::{Issue, Permission, Problem};
use chibo_web::form::Kind;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::person::Seen;
use super::{fields, issue, issues_of, paper};
use crate::actions;
use crate::codes;
use crate::rules::Field as Level;

fn seen(visit: &Visit<'_>) -> Result<Seen, Problem> {
    let seen = Seen::load(visit, visit.id("id")?)?;
    seen.permit(visit, Permission::EditMembers)?;
    Ok(seen)
}

fn answer(visit: &Visit<'_>, seen: &Seen, title: &str, form: Form) -> Result<Reply, Problem> {
    let (w, p) = (visit.w, &seen.person);
    let (id, wrong) = (p.person_id, !form.issues.is_empty());
    let crumbs = vec![
        Crumb::to(w.t("members-title"), "/members"),
        Crumb::to(&p.full_name, format!("/members/{id}")),
        Crumb::here(w.t(title)),
    ];
    let head = Head::new(w.t(title), "menu-members").crumbs(crumbs).with_error(wrong);
    let form = form.cancel(w.t("members-back"), format!("/members/{id}"));
    visit.page_html(if wrong { 422 } else { 200 }, head, &form.html(visit))
}

fn from(visit: &Visit<'_>) -> Field {
    Field::new("from", visit.w.t("members-from"), Kind::Day).value(visit.today().to_string()).required()
}

fn standing_form(visit: &Visit<'_>, seen: &Seen) -> Form {
    let w = visit.w;
    let mut choices = fields::choices(w, codes::STANDINGS).split_off(1);
    // Nobody is transferred out without a paper.
    choices.retain(|(number, _)| *number != codes::Standing::TransferredOut.number().to_string());
    let standing = Field::new("standing", w.t("members-standing"), Kind::Radios(choices));
    let mut asked = vec![standing.hint(w.t("members-standing-hint")).required(), from(visit)];
    asked.extend(paper::questions(visit));
    Form::new(format!("/members/{}/standing", seen.person.person_id), w.t("members-correct-do"), asked)
}

/// The form of a corrected standing.
pub(super) fn show_standing(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = seen(visit)?;
    answer(visit, &seen, "members-set-standing", standing_form(visit, &seen))
}

/// Corrects the standing.
pub(super) fn send_standing(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = seen(visit)?;
    let id = seen.person.person_id;
    let mut issues = Vec::new();
    let day = day(visit, &mut issues);
    let standing = visit.form.get("standing").parse::<u8>().ok().filter(|standing| *standing > 0);
    if standing.is_none() {
        issues.push(issue("standing", "members-bad-choice"));
    }
    let paper = paper::answer(visit, &mut issues);
    let outcome = match (standing, day, paper) {
        (Some(standing), Some(day), Some(paper)) => {
            issues_of(visit.write(|op| actions::correct_standing(op, id, standing, day, &paper)))?
        }
        _ => Err(issues),
    };
    match outcome {
        Ok(()) => Ok(Reply::done(format!("/members/{id}"), "member-standing-corrected")),
        Err(issues) => {
            answer(visit, &seen, "members-set-standing", standing_form(visit, &seen).refused(&visit.form, issues))
        }
    }
}

/// The day of the form; a missing one is an issue.
fn day(visit: &Visit<'_>, issues: &mut Vec<Issue>) -> Option<chibo_kernel::Day> {
    let day = fields::day(&visit.form, "from", visit.today(), issues);
    if day.is_none() && !issues.iter().any(|issue| issue.field.as_deref() == Some("from")) {
        issues.push(issue("from", "members-no-day"));
    }
    day
}

fn level_form(visit: &Visit<'_>, seen: &Seen) -> Form {
    let w = visit.w;
    // One list of all levels, each choice naming its field: works without scripts.
    let choices = |field: Level| {
        let all = fields::choices(w, field.list()).split_off(1);
        all.into_iter()
            .map(move |(code, text)| (format!("{}:{code}", field.number()), format!("{}: {text}", w.t(field.key()))))
    };
    let all = Level::ALL.into_iter().flat_map(choices).collect();
    let level = Field::new("level", w.t("members-levels"), Kind::Select(all)).required();
    Form::new(format!("/members/{}/levels", seen.person.person_id), w.t("members-save"), vec![level, from(visit)])
}

/// The form of a new level.
pub(super) fn show_level(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = seen(visit)?;
    answer(visit, &seen, "members-set-level", level_form(visit, &seen))
}

/// Writes a new level.
pub(super) fn send_level(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = seen(visit)?;
    let id = seen.person.person_id;
    let mut issues = Vec::new();
    let day = day(visit, &mut issues);
    let chosen = visit.form.get("level").split_once(':').and_then(|(field, level)| {
        let field: u8 = field.parse().ok()?;
        Some((Level::ALL.into_iter().find(|known| known.number() == field)?, level.parse::<u8>().ok()?))
    });
    if chosen.is_none() {
        issues.push(issue("level", "members-bad-choice"));
    }
    let outcome = match (chosen, day) {
        (Some((field, level)), Some(day)) => {
            issues_of(visit.write(|op| actions::set_level(op, id, field, level, day)))?
        }
        _ => Err(issues),
    };
    match outcome {
        Ok(()) => Ok(Reply::done(format!("/members/{id}"), "member-level-set")),
        Err(issues) => answer(visit, &seen, "members-set-level", level_form(visit, &seen).refused(&visit.form, issues)),
    }
}
