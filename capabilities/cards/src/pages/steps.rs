//! A step with many of a list at once.

use std::collections::HashSet;

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Permission, Person, Problem, Said, Unit};
use chibo_web::form::{Kind, again};
use chibo_web::{Field, Form, Reply, Visit};

use super::ask::{Ask, Show, members};
use super::list::{page, steps_for};
use crate::actions;
use crate::rules::{Card, Deed, Model, Step};
use crate::seats::Seats;
use crate::shelf::{self, Cards};

/// Most members one form takes: whoever has more does it by unit.
const MOST: usize = 2_000;

/// The steps the viewer may take with the members of a list: judged by where its first member is at home.
pub(super) fn offers(visit: &Visit<'_>, show: Show, first: Option<Id<Unit>>) -> Vec<Step> {
    let forest = visit.house.census.forest();
    let seats = first.and_then(|home| Seats::of(&forest, visit.today(), home));
    let may =
        |step: &Step| seats.is_some_and(|seats| visit.permit(Permission::EditMembers, seats.at(step.level())).is_ok());
    steps_for(show).iter().copied().filter(may).collect()
}

/// The form below the list.
pub(super) fn form(visit: &Visit<'_>, ask: &Ask, offers: &[Step], all: usize) -> Form {
    let w = visit.w;
    let choice = |step: &Step| {
        let text = w.t2("cards-do-step", ("step", w.t(step.word())), ("level", w.t(step.level().word())));
        (step.code().to_owned(), text)
    };
    let first = offers.first().map_or("", |step| step.code());
    let everybody = vec![("yes".to_owned(), w.t1("cards-everybody", "count", w.n(all)))];
    let mut fields = vec![
        Field::new("all", w.t("cards-for-whom"), Kind::Checks(everybody)).hint(w.t("cards-for-whom-hint")),
        Field::new("step", w.t("cards-do"), Kind::Radios(offers.iter().map(choice).collect())).value(first).required(),
        Field::new("on", w.t("cards-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::text("number", w.t("cards-number")).hint(w.t("cards-number-hint")),
    ];
    fields.push(Field::new("note", w.t("cards-note"), Kind::Area).hint(w.t("cards-note-hint")));
    Form::new(ask.address("/cards/steps"), w.t("cards-do-it"), fields)
}

/// The members the form names, in the order of the list; those that stand elsewhere are left out of "everybody".
fn chosen(visit: &Visit<'_>, cards: &Cards, all: &[Id<Person>], step: Step) -> Result<Vec<Id<Person>>, Problem> {
    let everybody = visit.form.get("all") == "yes";
    let who: HashSet<Id<Person>> = visit.form.all("who").filter_map(|id| id.parse().ok()).collect();
    let fits = |person: &Id<Person>| cards.get(person).map_or(Card::default(), |kept| kept.card).after(step).is_some();
    let wanted = all.iter().copied().filter(|person| if everybody { fits(person) } else { who.contains(person) });
    let persons: Vec<_> = wanted.collect();
    match persons.len() {
        // Somebody was chosen who is no longer on the list: another was faster.
        0 if !everybody && !who.is_empty() => Err(Problem::Conflict(Said::new("cards-list-changed"))),
        0 => Err(Problem::field("all", Said::new("cards-nobody-chosen"))),
        many if many > MOST => Err(Problem::field("all", Said::new("cards-too-many").with("most", MOST))),
        many if !everybody && many < who.len() => Err(Problem::Conflict(Said::new("cards-list-changed"))),
        _ => Ok(persons),
    }
}

fn done(visit: &Visit<'_>, ask: &Ask, cards: &Cards, all: &[Id<Person>]) -> Result<usize, Problem> {
    let form = &visit.form;
    let step = Step::from_code(form.get("step")).filter(|step| steps_for(ask.show).contains(step));
    let step = step.ok_or_else(|| Problem::field("step", Said::new("cards-no-step")))?;
    let persons = chosen(visit, cards, all, step)?;
    let on = form.day("on", visit.today())?.ok_or_else(|| Problem::field("on", Said::new("cards-day-needed")))?;
    let deed = Deed {
        step,
        on,
        number: clean(form.get("number")).into_owned(),
        note: clean(form.get("note")).into_owned(),
        model: Model::New,
        old_number: String::new(),
    };
    visit.write(|op| actions::take(op, &persons, &deed))
}

/// `POST /cards/steps` with the query of the list.
pub(super) fn take(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let cards = shelf::cards(visit)?;
    let all = members(visit, &ask, &cards, Permission::ViewMembers)?;
    match done(visit, &ask, &cards, &all) {
        Ok(_) => Ok(Reply::done(ask.address("/cards/list"), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &ask, &cards, &all, Some(refused))
        }
    }
}
