//! What is done to a plan as a whole: lines out, signature, withdrawal, dropping, opening again, the plan that undoes it.

use chibo_kernel::text::clean;
use chibo_kernel::{Issue, Permission, Problem, Said};
use chibo_web::form::Kind;
use chibo_web::{Field, Form, Reply, Visit};

use super::forms::{sent_version, shown, version};
use super::list::read;
use super::one::page;
use super::{Bench, again, missing};
use crate::actions::{self, Signature};
use crate::rules::State;

/// Which form of the page was refused, with its status and reasons.
pub(super) type Refusal = (&'static str, u16, Vec<Issue>);

/// The form to sign.
pub(super) fn signature(visit: &Visit<'_>, bench: &Bench, refusal: Option<&Refusal>) -> String {
    let w = visit.w;
    let fields = vec![
        version(bench),
        Field::text("number", w.t("plans-number")).required(),
        Field::new("signed", w.t("plans-signed-on"), Kind::Day).value(visit.today().to_string()).required(),
    ];
    let form = Form::new(bench.address("/signature"), w.t("plans-sign-send"), fields);
    html(visit, form, "sign", refusal)
}

/// The form that takes a signed or stuck plan back.
pub(super) fn withdrawal(visit: &Visit<'_>, bench: &Bench, refusal: Option<&Refusal>) -> String {
    let w = visit.w;
    let fields = vec![Field::hidden("step", "withdraw"), Field::text("reason", w.t("plans-reason")).required()];
    html(visit, Form::new(bench.address("/step"), w.t("plans-withdraw-send"), fields), "withdraw", refusal)
}

/// A button that does one thing.
pub(super) fn button(visit: &Visit<'_>, bench: &Bench, step: &str, word: &str) -> String {
    let form = Form::new(bench.address("/step"), visit.w.t(word), vec![Field::hidden("step", step)]);
    form.html(visit)
}

/// The form that begins the plan undoing one in force.
pub(super) fn countering(visit: &Visit<'_>, bench: &Bench, refusal: Option<&Refusal>) -> String {
    let w = visit.w;
    let title = w.t1("plans-counter-title", "number", &bench.plan.number);
    let day = visit.today().max(bench.plan.effective_on).plus_days(1);
    let fields = vec![
        Field::text("title", w.t("plans-name")).value(title).required(),
        Field::text("authority", w.t("plans-authority")).value(bench.plan.authority.clone()).required(),
        Field::new("effective", w.t("plans-effective"), Kind::Day).value(day.to_string()).required(),
    ];
    html(visit, Form::new(bench.address("/counter"), w.t("plans-counter-send"), fields), "counter", refusal)
}

fn html(visit: &Visit<'_>, form: Form, which: &str, refusal: Option<&Refusal>) -> String {
    let mine = refusal.filter(|(form, ..)| *form == which).map(|(_, status, issues)| (*status, issues.clone()));
    shown(visit, form, mine).1.html(visit)
}

fn refused(visit: &Visit<'_>, form: &'static str, problem: Problem) -> Result<Reply, Problem> {
    let (status, issues) = again(problem)?;
    page(visit, &Bench::load(visit)?, Some((form, status, issues)))
}

/// `POST /restructuring/{id}/lines/removal`.
pub(super) fn take_out(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    let numbers: Vec<i64> = visit.form.all("line").filter_map(|number| number.parse().ok()).collect();
    let (plan, version) = (bench.plan.plan_id, sent_version(visit));
    match visit.write(|op| actions::take_out(op, plan, version, &numbers)) {
        Ok(()) => Ok(Reply::done(bench.address(""), "saved")),
        Err(problem) => refused(visit, "lines", problem),
    }
}

/// `POST /restructuring/{id}/signature`.
pub(super) fn sign(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    let signed_on = match visit.form.day("signed", visit.today()) {
        Ok(Some(day)) => day,
        Ok(None) => return page(visit, &bench, Some(("sign", 422, vec![missing("signed", "plans-day-needed")]))),
        Err(problem) => return refused(visit, "sign", problem),
    };
    let number = clean(visit.form.get("number")).into_owned();
    let undecided = bench.impact(visit)?.undecided();
    let (plan, version) = (bench.plan.plan_id, sent_version(visit));
    let signature = Signature { number, signed_on, undecided };
    match visit.write(|op| actions::sign(op, plan, version, &signature)) {
        Ok(()) => Ok(Reply::done(bench.address(""), "saved")),
        Err(problem) => refused(visit, "sign", problem),
    }
}

/// `POST /restructuring/{id}/step`: withdraw, drop, reopen, try again.
pub(super) fn step(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    let plan = bench.plan.plan_id;
    let reason = clean(visit.form.get("reason")).into_owned();
    let done = match visit.form.get("step") {
        "withdraw" => visit.write(|op| actions::withdraw(op, plan, &reason)),
        "drop" => visit.write(|op| actions::drop_plan(op, plan)),
        "enforce" => visit.write(|op| actions::enforce(op, plan)),
        "reopen" => visit.write(|op| actions::reopen(op, plan)),
        _ => Err(Problem::refuse(Said::new("plans-no-step"))),
    };
    match done {
        Ok(()) => Ok(Reply::done(bench.address(""), "saved")),
        Err(problem) => refused(visit, "withdraw", problem),
    }
}

/// `POST /restructuring/{id}/counter`.
pub(super) fn counter(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    if bench.state != State::InForce {
        return Err(Problem::Conflict(Said::new("plans-not-in-force")));
    }
    visit.permit(Permission::Reorganise, bench.plan.unit_id)?;
    let mut issues = Vec::new();
    let facts = read(visit, bench.plan.unit_id, &mut issues);
    if !issues.is_empty() {
        return page(visit, &bench, Some(("counter", 422, issues)));
    }
    let plan = bench.plan.plan_id;
    match visit.write(|op| actions::counter(op, plan, &facts)) {
        Ok(new) => Ok(Reply::done(format!("/restructuring/{new}"), "saved")),
        Err(problem) => refused(visit, "counter", problem),
    }
}
