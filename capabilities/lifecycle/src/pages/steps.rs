//! The form with which a step is written down, and what follows from it.

use chibo_kernel::text::{clean, clean_lines};
use chibo_kernel::{Day, Id, Issue, Permission, Problem, Said, Unit, Viewer};
use chibo_web::form::Kind;
use chibo_web::{Field, Form, Reply, Visit};

use super::one::page;
use super::seen::Seen;
use super::{issues_of, missing};
use crate::actions::{self, PROGRAM};
use crate::rules::{CaseKind, Deed, Phase, Step, may_take};

/// The step asked for; without one the first that may be taken.
fn asked(seen: &Seen, code: &str) -> Result<Step, Problem> {
    let may = |step: &Step| !step.is_own() && may_take(&seen.course.needs, &seen.taken, *step);
    let step = match Step::from_code(code) {
        Some(step) => Some(step).filter(may),
        None if code.is_empty() => Step::ALL.into_iter().find(may),
        None => return Err(Problem::NotFound),
    };
    step.ok_or_else(|| Problem::Conflict(Said::new("lifecycle-stands-elsewhere")))
}

/// Who may open the form: whoever may take the step. A decision may be claimed for another committee than the right one;
/// the answer then says which is right.
fn permit(visit: &Visit<'_>, seen: &Seen, step: Step) -> Result<(), Problem> {
    let actor = seen.actor(step);
    let actor = actor.ok_or_else(|| Problem::rule("ORG-02", Said::new("lifecycle-no-committee")))?;
    let right = visit.permit(Permission::EditUnits, actor);
    if right.is_err() && step.is_decision() && !claimants(visit, seen, step).is_empty() {
        return Ok(());
    }
    right
}

/// Committees the viewer acts for, from the unit up.
fn claimants(visit: &Visit<'_>, seen: &Seen, step: Step) -> Vec<Id<Unit>> {
    let plan = &seen.file.plan;
    let from = if step == Step::Accepted { plan.target.unwrap_or(plan.parent) } else { plan.parent };
    let units = seen.scene.ladder(from).into_iter().map(|rung| rung.unit);
    units.filter(|unit| visit.permit(Permission::EditUnits, *unit).is_ok()).collect()
}

fn form_of(visit: &Visit<'_>, seen: &Seen, step: Step) -> Form {
    let w = visit.w;
    let today = visit.today().to_string();
    let on = match step {
        step if step.is_decision() => "lifecycle-signed-on",
        step if step.is_vote() => "lifecycle-voted-on",
        _ => "lifecycle-done-on",
    };
    let mut fields =
        vec![Field::hidden("step", step.code()), Field::new("on", w.t(on), Kind::Day).value(today.clone()).required()];
    if !step.is_vote() && step != Step::Withdrawn && step != Step::NoSeal {
        let number = Field::text("number", w.t("lifecycle-number")).hint(w.t("lifecycle-number-hint"));
        fields.push(if step.is_numbered() { number.required() } else { number });
    }
    if step.is_vote() {
        let body = seen.actor(step).map_or_else(String::new, |unit| seen.name(visit, unit));
        let hint = if step == Step::ProposingVote { "lifecycle-vote-two-thirds" } else { "lifecycle-vote-half" };
        fields.push(Field::text("votes-base", w.t("lifecycle-votes-base")).hint(w.t1(hint, "unit", body)).required());
        fields.push(Field::text("votes-for", w.t("lifecycle-votes-for")).required());
    }
    if step.is_decision() {
        fields.extend(decision_fields(visit, seen, step, &today));
    }
    if matches!(step, Step::Consent | Step::CentralConsent) {
        fields.push(Field::text("authority", w.t("lifecycle-authority")).required());
    }
    let note = Field::new("note", w.t("lifecycle-note"), Kind::Area);
    fields.push(if step == Step::Withdrawn { note.required() } else { note.hint(w.t(note_hint(seen, step))) });
    Form::new(seen.address("/steps"), w.t("lifecycle-step-send"), fields)
        .cancel(w.t("lifecycle-cancel"), seen.address(""))
}

/// What a note is good for.
fn note_hint(seen: &Seen, step: Step) -> &'static str {
    match step {
        Step::Proposal if seen.file.plan.kind == CaseKind::Founding => "lifecycle-note-committee",
        Step::MembersMoved => "lifecycle-note-members",
        _ => "lifecycle-note-hint",
    }
}

fn decision_fields(visit: &Visit<'_>, seen: &Seen, step: Step, today: &str) -> Vec<Field> {
    let w = visit.w;
    let right = seen.actor(step);
    let claimants = claimants(visit, seen, step);
    let choices: Vec<_> = claimants.iter().map(|unit| (unit.to_string(), seen.name(visit, *unit))).collect();
    let chosen = right.filter(|right| claimants.contains(right)).map_or_else(String::new, |unit| unit.to_string());
    let signs = right.map_or_else(String::new, |unit| seen.name(visit, unit));
    vec![
        Field::new("decider", w.t("lifecycle-decider"), Kind::Select(choices)).value(chosen).required(),
        Field::text("authority", w.t("lifecycle-authority")).hint(w.t("lifecycle-authority-hint")).value(signs),
        Field::new("effective", w.t("lifecycle-effective"), Kind::Day)
            .hint(w.t("lifecycle-effective-hint"))
            .value(today)
            .required(),
    ]
}

fn show(visit: &Visit<'_>, seen: &Seen, step: Step, form: &Form) -> Result<Reply, Problem> {
    let status = if form.issues.is_empty() { 200 } else { 422 };
    let head = seen.head(visit, Some(visit.w.t(step.word()))).with_error(status == 422);
    visit.page_html(status, head, &form.html(visit))
}

/// `GET /lifecycle/cases/{id}/steps?step=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    let step = asked(&seen, visit.query.get("step"))?;
    permit(visit, &seen, step)?;
    show(visit, &seen, step, &form_of(visit, &seen, step))
}

/// A day; one that must be given and is not there is an issue.
fn day(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    match visit.form.day(name, visit.today()) {
        Ok(Some(day)) => return Some(day),
        Ok(None) => issues.push(missing(name, "lifecycle-day-needed")),
        Err(Problem::Refused(more)) => issues.extend(more),
        Err(_) => issues.push(missing(name, "lifecycle-day-needed")),
    }
    None
}

/// A whole number of votes.
fn votes(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> u32 {
    visit.form.get(name).trim().parse().unwrap_or_else(|_| {
        issues.push(missing(name, "lifecycle-votes-needed"));
        0
    })
}

fn read(visit: &Visit<'_>, step: Step, issues: &mut Vec<Issue>) -> Option<Deed> {
    let line = |name: &str| clean(visit.form.get(name)).into_owned();
    let on = day(visit, "on", issues);
    let effective_on = if step.is_decision() { day(visit, "effective", issues) } else { None };
    let (votes_base, votes_for) = match step.is_vote() {
        true => (votes(visit, "votes-base", issues), votes(visit, "votes-for", issues)),
        false => (0, 0),
    };
    Some(Deed {
        step,
        on: on?,
        effective_on,
        number: line("number"),
        authority: line("authority"),
        decider: visit.form.get("decider").parse().ok(),
        votes_for,
        votes_base,
        note: clean_lines(visit.form.get("note")).into_owned(),
    })
}

/// `POST /lifecycle/cases/{id}/steps`.
pub(super) fn take(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    let step = asked(&seen, visit.form.get("step"))?;
    permit(visit, &seen, step)?;
    let mut issues = Vec::new();
    let deed = read(visit, step, &mut issues);
    if let (Some(deed), true) = (deed, issues.is_empty()) {
        let id = seen.file.id();
        match issues_of(visit.write(|op| actions::take(op, id, &deed)))? {
            Ok(Phase::Waiting) => return follow(visit),
            Ok(_) => return Ok(Reply::done(seen.address(""), "saved")),
            Err(more) => issues = more,
        }
    }
    show(visit, &seen, step, &form_of(visit, &seen, step).refused(&visit.form, issues))
}

/// Puts a decided case into force when its day has come. What was decided stays decided when that is refused.
fn follow(visit: &Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    let id = seen.file.id();
    let program = Viewer::program(PROGRAM);
    match issues_of(visit.house.db.write(&program, |op| actions::come_into_force(op, id)))? {
        Ok(_) => Ok(Reply::done(seen.address(""), "saved")),
        Err(issues) => page(visit, &seen, &issues),
    }
}

/// `POST /lifecycle/cases/{id}/entry-into-force`: tries again what was refused.
pub(super) fn enter_into_force(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = Seen::load(visit)?;
    let decider = seen.actor(Step::Decided).ok_or(Problem::NotFound)?;
    visit.permit(Permission::EditUnits, decider)?;
    follow(visit)
}
