//! What can be done to many of the roll at once: propose, decide, hand over, take back.

use std::collections::HashSet;

use chibo_kernel::{Permission, Problem, Said};
use chibo_web::form::Kind;
use chibo_web::{Field, Form, Reply, Visit};

use super::ask::{Ask, Stand};
use super::list::page;
use super::roll::{Line, Roll};
use crate::actions::{self, Badge, Deed};
use crate::rules::Step;

/// Most members one form takes: whoever has more does it by unit.
const MOST: usize = 2_000;

/// A step that somebody of the list waits for and the viewer may take.
pub(super) type Offer = Step;

/// The steps offered for a list.
pub(super) fn offers(visit: &Visit<'_>, _: &Ask, lines: &[&Line]) -> Vec<Offer> {
    let from = |stand: Stand| lines.iter().any(|line| line.stand == stand);
    let may = |permission| visit.who().may_somewhere(permission);
    let all = [
        (Step::Proposed, Stand::Due, Permission::EditMembers),
        (Step::Withdrawn, Stand::At(Step::Proposed), Permission::EditMembers),
        (Step::Decided, Stand::At(Step::Proposed), Permission::DecideBadges),
        (Step::Awarded, Stand::At(Step::Decided), Permission::DecideBadges),
    ];
    all.into_iter().filter(|(_, stand, needs)| from(*stand) && may(*needs)).map(|(step, ..)| step).collect()
}

/// Key of the word for a step to take.
const fn word(step: Step) -> &'static str {
    match step {
        Step::Proposed => "badges-do-propose",
        Step::Withdrawn => "badges-do-withdraw",
        Step::Decided => "badges-do-decide",
        Step::Awarded => "badges-do-award",
        Step::TakenBack => "badges-do-take-back",
    }
}

/// The form below the list.
pub(super) fn form(visit: &Visit<'_>, ask: &Ask, offers: &[Offer], all: usize) -> Form {
    let w = visit.w;
    let choices = offers.iter().map(|step| (step.code().to_owned(), w.t(word(*step)).to_owned())).collect();
    let first = offers.first().map_or("", |step| step.code());
    let mut fields = Vec::new();
    let count = w.n(i64::try_from(all).unwrap_or(i64::MAX));
    let everybody = vec![("yes".to_owned(), w.t1("badges-everybody", "count", count))];
    fields.push(Field::new("all", w.t("badges-for-whom"), Kind::Checks(everybody)).hint(w.t("badges-for-whom-hint")));
    fields.push(Field::new("step", w.t("badges-do"), Kind::Radios(choices)).value(first).required());
    if offers.iter().any(|step| matches!(step, Step::Decided | Step::Awarded)) {
        let today = visit.today().to_string();
        fields.push(Field::new("on", w.t("badges-on"), Kind::Day).value(today).hint(w.t("badges-on-hint")));
    }
    if offers.contains(&Step::Decided) {
        fields.push(Field::text("number", w.t("badges-number")).hint(w.t("badges-number-hint")));
        fields.push(Field::text("serial", w.t("badges-serial")).hint(w.t("badges-serial-hint")));
    }
    Form::new(ask.address("/badges/steps"), w.t("badges-do-it"), fields)
}

/// The badges the form names, in the order of the roll; those that stand elsewhere are left out of "everybody".
fn chosen(visit: &Visit<'_>, lines: &[&Line], step: Step) -> Result<Vec<Badge>, Problem> {
    let fits = |line: &&&Line| match line.stand {
        Stand::Due => step == Step::Proposed,
        Stand::At(before) => step.may_follow(Some(before)),
    };
    let everybody = visit.form.get("all") == "yes";
    let who: HashSet<&str> = visit.form.all("who").collect();
    let wanted = lines.iter().filter(|line| if everybody { fits(line) } else { who.contains(line.key().as_str()) });
    let badges: Vec<Badge> = wanted.map(|line| (line.person, line.years)).collect();
    match badges.len() {
        0 => Err(Problem::field("all", Said::new("badges-nobody-chosen"))),
        many if many > MOST => Err(Problem::field("all", Said::new("badges-too-many").with("most", MOST))),
        _ => Ok(badges),
    }
}

fn done(visit: &Visit<'_>, ask: &Ask, lines: &[&Line]) -> Result<(), Problem> {
    let form = &visit.form;
    let step = Step::from_code(form.get("step")).filter(|step| *step != Step::TakenBack);
    let step = step.ok_or_else(|| Problem::field("step", Said::new("badges-no-step")))?;
    let badges = chosen(visit, lines, step)?;
    if step == Step::Proposed {
        return visit.write(|op| actions::propose_all(op, &badges, &ask.award)).map(drop);
    }
    let number = chibo_kernel::text::clean(form.get("number")).into_owned();
    if step == Step::Decided && number.is_empty() {
        return Err(Problem::field("number", Said::new("badges-no-number")));
    }
    let deed = Deed {
        step,
        on: form.day("on", visit.today())?.unwrap_or_else(|| visit.today()),
        number,
        first_serial: chibo_kernel::text::clean(form.get("serial")).into_owned(),
        note: String::new(),
    };
    visit.write(|op| actions::take_step(op, &badges, &deed)).map(drop)
}

/// `POST /badges/steps` with the query of the roll.
pub(super) fn take(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (ask, terms) = Ask::read(visit)?;
    let roll = Roll::take(visit, &ask, &terms)?;
    let lines = roll.fitting(&ask);
    match done(visit, &ask, &lines) {
        Ok(()) => Ok(Reply::done(Ask { stand: None, ..ask }.address("/badges"), "saved")),
        Err(Problem::Refused(issues)) => page(visit, &ask, &terms, issues),
        Err(other) => Err(other),
    }
}
