//! The yearly check of a branch (CRD-04): everything was there, mark what is missing.

use std::collections::HashSet;

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Permission, Person, Problem, Said, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::form::{Kind, again, boxed};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::ask::{Ask, Line, Show, line, members, unit_of, with_unit};
use super::count::count;
use super::{MENU, Refused, notes};
use crate::actions;
use crate::rules::Terms;
use crate::shelf::{self, Cards};

/// Most cards checked with one form: a branch has fewer.
const MOST: usize = 500;

/// What is checked: the cards of a unit not seen this year.
struct Roll {
    unit: Option<Id<Unit>>,
    cards: Cards,
    persons: Vec<Id<Person>>,
}

impl Roll {
    fn load(visit: &Visit<'_>) -> Result<Self, Problem> {
        let unit = unit_of(visit, Permission::EditMembers)?;
        let cards = shelf::cards(visit)?;
        let ask = Ask { unit, show: Show::Unchecked };
        let persons = members(visit, &ask, &cards, Permission::EditMembers)?;
        Ok(Self { unit, cards, persons })
    }
}

/// `GET /cards/check?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let roll = Roll::load(visit)?;
    page(visit, &roll, None)
}

fn page(visit: &Visit<'_>, roll: &Roll, refused: Refused) -> Result<Reply, Problem> {
    let w = visit.w;
    let (status, issues) = refused.unwrap_or((200, Vec::new()));
    let units = UnitsToday::of(visit);
    let year = visit.today().year();
    let content = if roll.persons.is_empty() {
        format!("<p class=\"empty\">{}</p>", w.t1("cards-check-none", "year", year))
    } else if roll.persons.len() > MOST {
        by_part(visit, roll)?
    } else {
        let form = form(visit, roll, &units);
        if status == 200 { form.html(visit) } else { form.refused(&visit.form, issues).html(visit) }
    };
    let title = match roll.unit {
        Some(unit) => w.t2("cards-check-of", ("unit", units.name(unit)), ("year", year)),
        None => w.t1("cards-check-title", "year", year),
    };
    let crumbs =
        vec![Crumb::to(w.t("cards-title"), with_unit("/cards", roll.unit)), Crumb::here(w.t("cards-open-check"))];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(status != 200);
    let notes = notes(visit, &Terms::on(visit.today())?.doubtful, &["CRD-04"]);
    let body = format!("<p>{}</p>{content}{notes}", w.t("cards-check-about"));
    visit.page_html(status, head, &body)
}

/// Too many for one form: the parts with what is left in each.
fn by_part(visit: &Visit<'_>, roll: &Roll) -> Result<String, Problem> {
    let w = visit.w;
    let columns = vec![Column::new("unit", w.t("cards-unit")), Column::number("left", w.t(Show::Unchecked.word()))];
    let mut table = Table::new(w.t("cards-check-parts"), columns);
    for part in count(visit, roll.unit, &roll.cards)?.parts.iter().filter(|part| part.count.unchecked > 0) {
        let left = i64::try_from(part.count.unchecked).unwrap_or(i64::MAX);
        table.rows.push(vec![
            Cell::Link(part.name.clone(), with_unit("/cards/check", Some(part.unit))),
            Cell::Text(w.n(left)),
        ]);
    }
    Ok(format!("<p>{}</p>{}", w.t("cards-check-choose"), table.html(visit)))
}

fn form(visit: &Visit<'_>, roll: &Roll, units: &UnitsToday) -> Form {
    let w = visit.w;
    let columns = vec![
        Column::new("name", w.t("cards-check-missing")),
        Column::new("unit", w.t("cards-branch")),
        Column::new("model", w.t("cards-model")),
        Column::new("seen", w.t("cards-checked")),
    ];
    let mut table = Table::new(w.t1("cards-check-rows", "count", w.n(roll.persons.len())), columns);
    let lines: Vec<Line> = {
        let view = visit.house.census.view(visit.today());
        roll.persons.iter().filter_map(|person| line(&view, &roll.cards, *person)).collect()
    };
    for line in lines {
        let mut link = String::new();
        chibo_web::table::link(&mut link, &line.name, &format!("/cards/members/{}", line.person));
        let label = w.t1("cards-check-mark", "name", &line.name);
        let kept = line.kept.map(|kept| (w.t(kept.card.model.word()).to_owned(), w.day(kept.checked)));
        let (model, seen) = kept.unwrap_or_default();
        table.rows.push(vec![
            boxed(visit, ("missing", &line.person.to_string()), &label, &link),
            Cell::Text(units.name(line.unit)),
            Cell::Text(model),
            Cell::Text(seen),
        ]);
    }
    let fields = vec![
        Field::hidden("count", roll.persons.len().to_string()),
        Field::new("on", w.t("cards-check-on"), Kind::Day).value(visit.today().to_string()).required(),
        Field::new("note", w.t("cards-check-note"), Kind::Area).hint(w.t("cards-check-note-hint")),
    ];
    Form::new(with_unit("/cards/check", roll.unit), w.t("cards-check-send"), fields).about(table.html(visit))
}

fn done(visit: &Visit<'_>, roll: &Roll) -> Result<(), Problem> {
    let form = &visit.form;
    if form.get("count") != roll.persons.len().to_string() {
        return Err(Problem::Conflict(Said::new("cards-list-changed")));
    }
    if roll.persons.is_empty() || roll.persons.len() > MOST {
        return Err(Problem::Conflict(Said::new("cards-check-choose")));
    }
    let on = form.day("on", visit.today())?.ok_or_else(|| Problem::field("on", Said::new("cards-day-needed")))?;
    let marked: HashSet<Id<Person>> = form.all("missing").filter_map(|id| id.parse().ok()).collect();
    let (missing, seen): (Vec<_>, Vec<_>) = roll.persons.iter().copied().partition(|person| marked.contains(person));
    let note = clean(form.get("note")).into_owned();
    visit.write(|op| actions::check_year(op, &seen, &missing, (on, &note))).map(drop)
}

/// `POST /cards/check?unit=`.
pub(super) fn send(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let roll = Roll::load(visit)?;
    match done(visit, &roll) {
        Ok(()) => Ok(Reply::done(with_unit("/cards", roll.unit), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &roll, Some(refused))
        }
    }
}
