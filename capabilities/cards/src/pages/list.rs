//! The list of cards with filters, and what can be done to many at once.

use chibo_kernel::{Id, Permission, Person, Problem};
use chibo_members::RollLine;
use chibo_organisation::UnitsToday;
use chibo_web::form::boxed;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, html};

use super::ask::{Ask, Line, Show, line, members, with_unit};
use super::{MENU, Refused, steps};
use crate::rules::{Card, Model, State, Step};
use crate::shelf::{self, Cards};

/// Members on one page.
const ROWS: usize = 100;

/// `GET /cards/list?unit=&show=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let ask = Ask::read(visit)?;
    let cards = shelf::cards(visit)?;
    let all = members(visit, &ask, &cards, Permission::ViewMembers)?;
    page(visit, &ask, &cards, &all, None)
}

/// The page, after a form that was refused with its issues.
pub(super) fn page(
    visit: &Visit<'_>,
    ask: &Ask,
    cards: &Cards,
    all: &[Id<Person>],
    refused: Refused,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let (status, issues) = refused.unwrap_or((200, Vec::new()));
    let units = UnitsToday::of(visit);
    let first = {
        let view = visit.house.census.view(visit.today());
        all.first().and_then(|person| line(&view, cards, *person)).map(|line| line.unit)
    };
    let offers = steps::offers(visit, ask.show, first);
    let table = table(visit, cards, all, &units, !offers.is_empty())?;
    let list = if offers.is_empty() {
        table
    } else {
        let form = steps::form(visit, ask, &offers, all.len()).about(table);
        if status == 200 { form.html(visit) } else { form.refused(&visit.form, issues).html(visit) }
    };
    let body = format!("{}{list}", chips(visit, ask));
    let title = match ask.unit {
        Some(unit) => w.t1("cards-list-of", "unit", units.name(unit)),
        None => w.t("cards-list").to_owned(),
    };
    let mut head = Head::new(title, MENU).with_error(status != 200);
    let mut crumbs = vec![Crumb::to(w.t("cards-title"), "/cards")];
    if let Some(unit) = ask.unit {
        crumbs.push(Crumb::to(units.name(unit), with_unit("/cards", Some(unit))));
    }
    crumbs.push(Crumb::here(w.t("cards-list")));
    head = head.crumbs(crumbs);
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("cards-export"), ask.address("/cards/export.xlsx"), false);
        head = head.action(w.t("cards-papers"), ask.address("/cards/papers"), false);
    }
    visit.page_html(status, head, &body)
}

fn chips(visit: &Visit<'_>, ask: &Ask) -> String {
    let w = visit.w;
    let chip =
        |show: Show| (w.t(show.word()).to_owned(), Ask { show, ..*ask }.address("/cards/list"), show == ask.show);
    html::chips(w.t("cards-state"), Show::ALL.map(chip))
}

fn table(
    visit: &Visit<'_>,
    cards: &Cards,
    all: &[Id<Person>],
    units: &UnitsToday,
    choosable: bool,
) -> Result<String, Problem> {
    let w = visit.w;
    let page = visit.rows(all.len(), ROWS);
    let some = all.get(page.clone()).unwrap_or_default();
    let roll = visit.read(|tx| chibo_members::roll_of(tx, some, visit.today()))?;
    let lines: Vec<Line> = {
        let view = visit.house.census.view(visit.today());
        some.iter().filter_map(|person| line(&view, cards, *person)).collect()
    };
    let hints = hints(visit, &lines)?;
    let columns = vec![
        Column::new("name", w.t("cards-member")),
        Column::new("unit", w.t("cards-branch")),
        Column::new("card", w.t("cards-number-of-card")),
        Column::new("state", w.t("cards-state")),
        Column::new("since", w.t("cards-since")),
        Column::new("file", w.t("cards-file-no")),
    ];
    let mut table = Table::new(w.t("cards-list"), columns);
    table.empty = w.t("cards-nobody").to_owned();
    for (line, hint) in lines.iter().zip(&hints) {
        table.rows.push(row(visit, units, line, (roll.get(&line.person), hint), choosable));
    }
    table.page(visit, &page, all.len(), "cards-rows");
    Ok(table.html(visit))
}

/// Last digits of old numbers; empty for others.
fn hints(visit: &Visit<'_>, lines: &[Line]) -> Result<Vec<String>, Problem> {
    let old = |line: &Line| line.kept.is_some_and(|kept| kept.card.model == Model::Old);
    visit.read(|tx| {
        let hint = |line: &Line| {
            if !old(line) {
                return Ok(String::new());
            }
            Ok(crate::store::state_of(tx, line.person)?.map_or_else(String::new, |row| row.hint))
        };
        lines.iter().map(hint).collect()
    })
}

/// What is shown of the number of a card (CRD-02): never the whole.
pub(super) fn shown_number(model: Model, old_hint: &str, line: Option<&RollLine>) -> String {
    match model {
        Model::None => String::new(),
        Model::Old => old_hint.to_owned(),
        Model::New => line.map_or_else(String::new, |line| line.identity_hint.clone()),
    }
}

/// The class of a state's tag.
pub(super) const fn class(state: State) -> &'static str {
    match state {
        State::Held | State::Kept | State::Returned => "ok",
        State::Lost | State::Damaged => "bad",
        _ => "warn",
    }
}

/// Where a card stands, in words: what it is asked for while it is under way.
pub(super) fn state_text(visit: &Visit<'_>, card: Card) -> String {
    let (w, state) = (visit.w, visit.w.t(card.state.word()));
    if card.state.under_way() {
        w.t2("cards-state-for", ("state", state), ("matter", w.t(card.matter.word())))
    } else {
        state.to_owned()
    }
}

fn row(
    visit: &Visit<'_>,
    units: &UnitsToday,
    line: &Line,
    (roll, hint): (Option<&RollLine>, &str),
    choosable: bool,
) -> Vec<Cell> {
    let w = visit.w;
    let mut link = String::new();
    chibo_web::table::link(&mut link, &line.name, &format!("/cards/members/{}", line.person));
    let name = match choosable {
        true => boxed(visit, ("who", &line.person.to_string()), &w.t1("cards-choose", "name", &line.name), &link),
        false => Cell::Html(link),
    };
    let card = line.kept.map_or(Card::default(), |kept| kept.card);
    let number = match card.model {
        Model::None => String::new(),
        model => format!("{} {}", w.t(model.word()), shown_number(model, hint, roll)).trim().to_owned(),
    };
    vec![
        name,
        Cell::LinkWith(units.name(line.unit), format!("/units/{}", line.unit), units.above(visit, line.unit)),
        Cell::Text(number),
        Cell::Tag(state_text(visit, card), class(card.state)),
        Cell::Text(line.kept.map_or_else(String::new, |kept| w.day(kept.since))),
        Cell::Text(roll.map_or_else(String::new, |roll| roll.file_no.clone())),
    ]
}

/// Steps offered to everybody of a list.
pub(super) const fn steps_for(show: Show) -> &'static [Step] {
    match show {
        Show::Without => &[Step::Listed, Step::Recorded],
        Show::Of(Model::Old) => &[Step::Listed],
        Show::At(state) => match state {
            State::Listed => &[Step::Submitted, Step::Withdrawn],
            State::Submitted => &[Step::Decided, Step::Withdrawn],
            State::Decided => &[Step::Sent, Step::Withdrawn],
            State::Sent => &[Step::Approved, Step::Withdrawn],
            State::Approved => &[Step::Printed, Step::Withdrawn],
            State::Printed => &[Step::Handed, Step::Withdrawn],
            State::Lost | State::Damaged => &[Step::Listed],
            _ => &[],
        },
        Show::Unreturned => &[Step::Returned],
        _ => &[],
    }
}
