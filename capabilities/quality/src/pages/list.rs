//! The findings one by one, with what to do.

use std::collections::HashMap;

use chibo_kernel::{Id, Permission, Person, Problem};
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit, html};

use super::overview::{colour, degree_word};
use super::{Ask, Found, Line, MENU};
use crate::rules::{Degree, Owner};

/// Findings on one page.
const ROWS: usize = 100;

/// `GET /quality/list?unit=&check=&degree=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?;
    let found = Found::take(visit)?;
    let lines = found.fitting(ask);
    let title = match (ask.check, ask.unit) {
        (Some(check), _) => w.t(check.title).to_owned(),
        (None, Some(unit)) => w.t1("quality-list-of", "unit", found.units.name(unit)),
        (None, None) => w.t("quality-list").to_owned(),
    };
    let overview = Ask { check: None, degree: None, owner: None, ..ask };
    let mut head = Head::new(title.clone(), MENU)
        .crumbs(vec![Crumb::to(w.t("quality-title"), overview.address("/quality")), Crumb::here(title)]);
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("quality-export"), ask.address("/quality/export.xlsx"), false);
    }
    let mut body = chips(visit, ask);
    if let Some(check) = ask.check {
        body.push_str("<p>");
        html::push(&mut body, w.t(check.mend));
        body.push_str("</p>");
    }
    body.push_str(&table(visit, ask, &found, &lines));
    visit.page_html(200, head, &body)
}

fn chips(visit: &Visit<'_>, ask: Ask) -> String {
    let w = visit.w;
    let chip = |text: &str, here: Ask, current: bool| (text.to_owned(), here.address("/quality/list"), current);
    let any = ask.check.is_none() && ask.degree.is_none() && ask.owner.is_none();
    let mut chips = vec![chip(w.t("quality-all"), Ask { check: None, degree: None, owner: None, ..ask }, any)];
    for degree in Degree::ALL {
        let here = Ask { check: None, degree: Some(degree), ..ask };
        chips.push(chip(w.t(degree_word(degree)), here, ask.degree == Some(degree)));
    }
    for owner in Owner::ALL {
        let here = Ask { check: None, owner: Some(owner), ..ask };
        chips.push(chip(w.t(owner.word()), here, ask.owner == Some(owner)));
    }
    chips.extend(ask.check.map(|check| chip(w.t(check.title), ask, true)));
    html::chips(w.t("quality-degree"), chips)
}

/// Names of the members on the page.
pub(super) fn names(visit: &Visit<'_>, lines: &[&Line]) -> HashMap<Id<Person>, String> {
    let view = visit.house.census.view(visit.today());
    let name = |line: &&Line| Some((line.person, view.name(view.no(line.person)?)));
    lines.iter().filter_map(name).collect()
}

fn table(visit: &Visit<'_>, ask: Ask, found: &Found, lines: &[&Line]) -> String {
    let w = visit.w;
    let page = visit.rows(lines.len(), ROWS);
    let shown = lines.get(page.clone()).unwrap_or_default();
    let mut columns = vec![Column::new("name", w.t("quality-member")), Column::new("unit", w.t("quality-unit"))];
    if ask.check.is_none() {
        columns.push(Column::new("check", w.t("quality-check")));
    }
    columns.push(Column::new("degree", w.t("quality-degree")));
    columns.push(Column::new("owner", w.t("quality-owner")));
    columns.push(Column::new("seen", w.t("quality-seen")));
    let mut table = Table::new(w.t("quality-list"), columns);
    table.empty = w.t("quality-nothing").to_owned();
    let names = names(visit, shown);
    for line in shown {
        let name = names.get(&line.person).cloned().unwrap_or_default();
        let above = found.units.above(visit, line.unit);
        let mut row = vec![
            Cell::Link(name, format!("/members/{}", line.person)),
            Cell::LinkWith(found.units.name(line.unit), format!("/units/{}", line.unit), above),
        ];
        if ask.check.is_none() {
            row.push(Cell::Text(w.t(line.check.title).to_owned()));
        }
        row.push(Cell::Tag(w.t(degree_word(line.check.degree)).to_owned(), colour(line.check.degree)));
        row.push(Cell::Text(w.t(line.check.owner.word()).to_owned()));
        row.push(Cell::Text(w.day(line.seen_on)));
        table.rows.push(row);
    }
    table.page(visit, &page, lines.len(), "quality-rows");
    table.html(visit)
}
