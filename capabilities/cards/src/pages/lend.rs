//! The forms of the books of dossiers.

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Id, Issue, Permission, Person, Problem, Said, Unit};
use chibo_organisation::pick;
use chibo_web::form::{Kind, again, missing};
use chibo_web::{Field, Form, Reply, Visit};

use super::ask::{unit_of, with_unit};
use super::books::{listed, page};
use crate::actions::{self, NewHandover};
use crate::rules::{Check, Loan};

/// Differences taken with one check.
const MOST: usize = 500;

fn day_field(visit: &Visit<'_>, name: &str, word: &str) -> Field {
    Field::new(name, visit.w.t(word), Kind::Day).value(visit.today().to_string()).required()
}

/// A dossier goes out.
pub(super) fn loan_form(visit: &Visit<'_>, keeper: Id<Unit>) -> Form {
    let w = visit.w;
    let mut fields =
        vec![Field::text("person", w.t("cards-loan-member")).hint(w.t("cards-loan-member-hint")).required()];
    fields.extend(pick::person(visit, "person", keeper).choice("person", w.t("units-pick-which")));
    fields.extend([
        Field::text("borrower", w.t("cards-loan-borrower")).hint(w.t("cards-loan-borrower-hint")).required(),
        Field::text("purpose", w.t("cards-loan-purpose")),
        Field::text("consent", w.t("cards-loan-consent")).hint(w.t("cards-loan-consent-hint")).required(),
        day_field(visit, "out", "cards-loan-out"),
        day_field(visit, "due", "cards-loan-due-column").hint(w.t("cards-loan-due-hint")),
    ]);
    Form::new(with_unit("/cards/dossiers/loans", Some(keeper)), w.t("cards-loan-send"), fields)
}

/// Dossiers come back.
pub(super) fn back_form(visit: &Visit<'_>, keeper: Id<Unit>) -> Form {
    let w = visit.w;
    let fields = vec![
        day_field(visit, "back", "cards-loan-back"),
        Field::text("state", w.t("cards-loan-state")).hint(w.t("cards-loan-state-hint")),
    ];
    Form::new(with_unit("/cards/dossiers/returns", Some(keeper)), w.t("cards-loan-back-send"), fields)
}

/// The list against the dossiers.
pub(super) fn check_form(visit: &Visit<'_>, keeper: Id<Unit>) -> Form {
    let w = visit.w;
    let all = listed(visit, keeper);
    let hint = w.t1("cards-listed-hint", "count", w.n(i64::try_from(all).unwrap_or(i64::MAX)));
    let fields = vec![
        day_field(visit, "on", "cards-check-files-on"),
        Field::text("listed", w.t("cards-listed")).value(all.to_string()).hint(hint).required(),
        Field::text("found", w.t("cards-found")).hint(w.t("cards-found-hint")).required(),
        Field::new("missing", w.t("cards-missing"), Kind::Area).hint(w.t("cards-missing-hint")),
        Field::new("surplus", w.t("cards-surplus"), Kind::Area).hint(w.t("cards-surplus-hint")),
    ];
    Form::new(with_unit("/cards/dossiers/checks", Some(keeper)), w.t("cards-check-files-send"), fields)
}

/// Dossiers go to the next keeper.
pub(super) fn handover_form(visit: &Visit<'_>, keeper: Id<Unit>) -> Form {
    let w = visit.w;
    let all = listed(visit, keeper);
    let fields = vec![
        day_field(visit, "handed", "cards-on"),
        Field::text("giver", w.t("cards-handover-giver")).required(),
        Field::text("taker", w.t("cards-handover-taker")).required(),
        Field::text("dossiers", w.t("cards-handover-count")).value(all.to_string()).required(),
        Field::text("minutes", w.t("cards-handover-minutes")).hint(w.t("cards-handover-minutes-hint")).required(),
        Field::new("note", w.t("cards-note"), Kind::Area),
    ];
    Form::new(with_unit("/cards/dossiers/handovers", Some(keeper)), w.t("cards-handover-send"), fields)
}

fn text(visit: &Visit<'_>, name: &str) -> String {
    clean(visit.form.get(name)).into_owned()
}

/// A day, or what is wrong with it among the other issues.
fn day(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<Day> {
    match visit.form.day(name, visit.today()) {
        Ok(Some(day)) => return Some(day),
        Ok(None) => issues.push(missing(name, "cards-day-needed")),
        Err(Problem::Refused(more)) => issues.extend(more),
        Err(_) => issues.push(missing(name, "cards-day-needed")),
    }
    None
}

/// A count, or what is wrong with it among the other issues.
fn count(visit: &Visit<'_>, name: &str, issues: &mut Vec<Issue>) -> Option<u32> {
    let digits: String = visit.form.get(name).chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let read = digits.parse::<u32>().ok().filter(|count| *count <= 10_000_000);
    if read.is_none() {
        issues.push(missing(name, "cards-count-needed"));
    }
    read
}

fn keeper(visit: &Visit<'_>) -> Result<Id<Unit>, Problem> {
    unit_of(visit, Permission::ViewMembers)?.ok_or(Problem::NotFound)
}

fn answer(visit: &Visit<'_>, keeper: Id<Unit>, form: &str, done: Result<(), Problem>) -> Result<Reply, Problem> {
    match done {
        Ok(()) => Ok(Reply::done(with_unit("/cards/dossiers", Some(keeper)), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, keeper, form, Some(refused))
        }
    }
}

/// `POST /cards/dossiers/loans?unit=`.
pub(super) fn lend(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let keeper = keeper(visit)?;
    visit.permit(Permission::EditMembers, keeper)?;
    let mut issues = Vec::new();
    let person = pick::person(visit, "person", keeper).one("person", "cards-loan-member-unknown");
    let person = person.map_err(|issue| issues.push(issue)).ok();
    let (out, due) = (day(visit, "out", &mut issues), day(visit, "due", &mut issues));
    let done = match (person, out, due) {
        (Some(person), Some(out), Some(due)) => {
            let (borrower, purpose) = (text(visit, "borrower"), text(visit, "purpose"));
            let loan = Loan { person, borrower, purpose, consent: text(visit, "consent"), out, due };
            visit.write(|op| actions::lend(op, &loan)).map(drop)
        }
        _ => Err(Problem::Refused(issues)),
    };
    answer(visit, keeper, "loan", done)
}

/// `POST /cards/dossiers/returns?unit=`.
pub(super) fn back(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let keeper = keeper(visit)?;
    let mut issues = Vec::new();
    let key = |text: &str| -> Option<(Id<Person>, u32)> {
        let (person, seq) = text.split_once('-')?;
        Some((person.parse().ok()?, seq.parse().ok()?))
    };
    let chosen: Vec<_> = visit.form.all("which").filter_map(key).collect();
    if chosen.is_empty() {
        issues.push(Issue { field: None, rule: None, said: Said::new("cards-nobody-chosen") });
    }
    let on = day(visit, "back", &mut issues);
    let note = text(visit, "state");
    let done = match on {
        Some(on) if issues.is_empty() => {
            visit.write(|op| chosen.iter().try_for_each(|loan| actions::give_back(op, *loan, on, &note)))
        }
        _ => Err(Problem::Refused(issues)),
    };
    answer(visit, keeper, "back", done)
}

/// `POST /cards/dossiers/checks?unit=`.
pub(super) fn check(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let keeper = keeper(visit)?;
    let mut issues = Vec::new();
    let lines = |name: &str| -> Vec<String> {
        let lines = visit.form.get(name).lines().map(|line| clean(line).into_owned());
        lines.filter(|line| !line.is_empty()).take(MOST).collect()
    };
    let on = day(visit, "on", &mut issues);
    let (all, found) = (count(visit, "listed", &mut issues), count(visit, "found", &mut issues));
    let done = match (on, all, found) {
        (Some(on), Some(listed), Some(found)) => {
            let check = Check { on, listed, found, missing: lines("missing"), surplus: lines("surplus") };
            visit.write(|op| actions::check_list(op, keeper, &check))
        }
        _ => Err(Problem::Refused(issues)),
    };
    answer(visit, keeper, "check", done)
}

/// `POST /cards/dossiers/handovers?unit=`.
pub(super) fn hand_over(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let keeper = keeper(visit)?;
    let mut issues = Vec::new();
    let (on, dossiers) = (day(visit, "handed", &mut issues), count(visit, "dossiers", &mut issues));
    let done = match (on, dossiers) {
        (Some(on), Some(dossiers)) => {
            let (giver, taker, minutes) = (text(visit, "giver"), text(visit, "taker"), text(visit, "minutes"));
            let new = NewHandover { on, giver, taker, dossiers, minutes, note: text(visit, "note") };
            visit.write(|op| actions::hand_over(op, keeper, &new))
        }
        _ => Err(Problem::Refused(issues)),
    };
    answer(visit, keeper, "handover", done)
}
