//! The members of the viewer's subtree: filters in the address, pages by key.

use std::fmt::Write;
use std::ops::Range;

use chibo_census::cube::ListOrder;
use chibo_census::{PersonNo, State, View};
use chibo_kernel::{AsOf, Id, Permission, Person, Problem};
use chibo_web::table::Column;
use chibo_web::words::{Lang, Tongue};
use chibo_web::{Cell, Head, Reply, Table, Visit};

use super::address;
use super::filter::{self, Filter};
use super::kept::{self, Page};
use super::lines::{self, Line};
use super::names::Units;
use crate::codes::{self, List, Standing};

/// Members on a page.
const ROWS: usize = 50;
/// More than anybody has.
const EVERYBODY: usize = u32::MAX as usize;

/// The list.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let census = &visit.house.census;
    if let State::Loading { done, total } = census.state() {
        return super::loading(visit, w.t("members-title"), done, total);
    }
    let at = visit.as_of();
    let today_now = at == AsOf::on(visit.today());
    let ranges = visit.who().ranges(Permission::ViewMembers);
    let (page, mut lines, units, filter) = {
        let view = census.view(visit.today());
        let units = Units::new(view.forest().clone(), at);
        let filter = Filter::read(visit, &visit.query);
        let page = find(visit, &view, &units, &filter, ranges);
        let lines = lines::from_view(&view, &page.persons);
        (page, lines, units, filter)
    };
    visit.read(|tx| {
        lines::fill_dates(tx, &mut lines)?;
        if !today_now {
            lines::fill_past(tx, &mut lines, at, |unit| units.forest.no(unit))?;
        }
        Ok(())
    })?;
    let total = w.t1("members-total", "count", w.n(page.total as i64));
    let mut body = filter.chips(visit, &units, &total);
    body.push_str(&filter::form(visit, &filter, &units));
    body.push_str(&table(visit, &page, &lines, &units, at).html(visit));
    visit.page_html(200, head(visit, at), &body)
}

fn head(visit: &Visit<'_>, at: AsOf) -> Head {
    let (w, who) = (visit.w, visit.who());
    let mut head = Head::new(w.t("members-title"), "menu-members").as_of(at);
    if who.may_somewhere(Permission::Import) {
        head = head.action(w.t("members-import"), "/members/import", false);
    }
    if who.may_somewhere(Permission::Export) {
        let address = format!("/members/export{}", visit.query.with(&[("after", ""), ("sort", ""), ("done", "")]));
        head = head.action(w.t("members-export"), address, false);
    }
    if who.may_somewhere(Permission::EditMembers) {
        head = head.action(w.t("members-new"), "/members/new", true);
    }
    head
}

/// One page of members with the whole number of them.
fn find(
    visit: &Visit<'_>,
    view: &View<'_>,
    units: &Units,
    filter: &Filter,
    allowed: Vec<Range<u32>>,
) -> std::sync::Arc<Page> {
    let sort = visit.query.get("sort");
    let after = visit.query.get("after");
    let mut question = filter.text();
    let _ = write!(question, "&sort={sort}&after={after}&allowed={allowed:?}");
    kept::page(view, question, || {
        let order = if sort.trim_start_matches('-') == "unit" { ListOrder::Place } else { ListOrder::Name };
        let after = after.split('-').next().and_then(|id| id.parse::<Id<Person>>().ok()).and_then(|id| view.no(id));
        let query = filter.query(units, view.places(), allowed.clone());
        if filter.typed.is_empty() && !sort.starts_with('-') {
            let mut persons = view.list(&query, order, after, ROWS + 1);
            let more = persons.len() > ROWS;
            persons.truncate(ROWS);
            return Page { persons, total: view.count(&query), more };
        }
        let mut all = view.list(&query, order, None, EVERYBODY);
        if !filter.typed.is_empty() {
            all = named(view, filter, all, query.allowed.as_deref(), sort.is_empty());
        }
        if sort.starts_with('-') {
            all.reverse();
        }
        cut(&all, after)
    })
}

/// Everybody the filter keeps, in the order of the list: for exports.
pub(super) fn everybody(visit: &Visit<'_>, filter: &Filter, allowed: Vec<Range<u32>>) -> Vec<Id<Person>> {
    let view = visit.house.census.view(visit.today());
    let units = Units::new(view.forest().clone(), filter.at);
    let query = filter.query(&units, view.places(), allowed);
    let mut all = view.list(&query, ListOrder::Name, None, EVERYBODY);
    if !filter.typed.is_empty() {
        all = named(&view, filter, all, query.allowed.as_deref(), false);
    }
    all.into_iter().filter_map(|no| view.id(no)).collect()
}

/// Those of `all` whose name fits: by how well it fits, or in the order of `all`.
fn named(
    view: &View<'_>,
    filter: &Filter,
    all: Vec<PersonNo>,
    allowed: Option<&[Range<u32>]>,
    by_fit: bool,
) -> Vec<PersonNo> {
    let found = view.search(&filter.typed, allowed, EVERYBODY);
    let (keep, of) = if by_fit { (&all, found.clone()) } else { (&found, all.clone()) };
    let mut set = vec![0u64; keep.iter().max().map_or(0, |top| *top as usize / 64 + 1)];
    keep.iter().for_each(|no| set[*no as usize / 64] |= 1 << (no % 64));
    let has = |no: &PersonNo| set.get(*no as usize / 64).is_some_and(|word| word >> (no % 64) & 1 == 1);
    of.into_iter().filter(has).collect()
}

fn cut(all: &[PersonNo], after: Option<PersonNo>) -> Page {
    let start = after.and_then(|after| all.iter().position(|no| *no == after)).map_or(0, |at| at + 1);
    let rest = all.get(start..).unwrap_or_default();
    Page { persons: rest.iter().take(ROWS).copied().collect(), total: all.len() as u64, more: rest.len() > ROWS }
}

fn table(visit: &Visit<'_>, page: &Page, lines: &[Line], units: &Units, at: AsOf) -> Table {
    let w = visit.w;
    let mut table = Table::new(w.t("members-title"), columns(w));
    table.choosable = true;
    table.empty = w.t(if visit.query.0.is_empty() { "members-none" } else { "members-none-found" }).to_owned();
    let before: u64 = visit.query.get("after").split_once('-').and_then(|(_, n)| n.parse().ok()).unwrap_or(0);
    let shown = lines.len() as u64;
    if shown > 0 {
        table.position = w.with(
            "members-position",
            &[
                ("from", w.n((before + 1) as i64)),
                ("to", w.n((before + shown) as i64)),
                ("total", w.n(page.total as i64)),
            ],
        );
    }
    table.next = lines.last().filter(|_| page.more).map(|line| format!("{}-{}", line.id, before + shown));
    table.rows = lines.iter().map(|line| row(w, line, units, at)).collect();
    table
}

fn columns(w: Tongue<'_>) -> Vec<Column> {
    vec![
        Column::new("name", w.t("members-name")).sortable(),
        Column::new("birth", w.t("members-birth")),
        Column::new("sex", w.t("members-sex")),
        Column::new("unit", w.t("members-unit")).sortable(),
        Column::new("admitted", w.t("members-admitted")),
        Column::number("party-age", w.t("members-party-age")),
        Column::new("standing", w.t("members-standing")),
        Column::new("degree", w.t("members-degree")),
        Column::new("theory", w.t("members-theory")),
        Column::new("occupation", w.t("members-occupation")),
    ]
}

/// The name of a code in the reader's language; nothing for unknown.
pub(super) fn code(w: Tongue<'_>, list: List, number: u8) -> &'static str {
    match codes::entry(list, number) {
        entry if entry.number == 0 => "",
        entry if w.lang == Lang::Vi => entry.vi,
        entry => entry.en,
    }
}

/// Colour of a standing's tag; the word says the same.
pub(super) fn standing_class(standing: u8) -> &'static str {
    match Standing::from_number(standing) {
        Some(Standing::Probationary) => "gold",
        Some(Standing::Suspended | Standing::Interrupted) => "warn",
        Some(Standing::Left | Standing::Deceased | Standing::TransferredOut) => "bad",
        _ => "",
    }
}

fn row(w: Tongue<'_>, line: &Line, units: &Units, at: AsOf) -> Vec<Cell> {
    let text = |list, number| Cell::Text(code(w, list, number).to_owned());
    let day = line.admitted.map_or_else(String::new, |day| day.to_string());
    let unit = match line.unit.and_then(|no| Some((no, units.forest.id(no)?, units.name_of(no)?))) {
        Some((no, id, name)) => {
            Cell::LinkWith(name.into_owned(), address("/units/", &id), units.parent_name(no).to_owned())
        }
        None => Cell::Text(String::new()),
    };
    vec![
        Cell::Link(line.name.clone(), address("/members/", &line.id)),
        Cell::Text(lines::birth_text(line.birth, line.birth_precision)),
        text(codes::SEXES, line.sex),
        unit,
        Cell::Text(day),
        Cell::Text(lines::years(line.admitted, at.day).map_or_else(String::new, |years| years.to_string())),
        Cell::Tag(code(w, codes::STANDINGS, line.standing).to_owned(), standing_class(line.standing)),
        text(codes::DEGREES, line.degree),
        text(codes::THEORY, line.theory),
        text(codes::OCCUPATIONS, line.occupation),
    ]
}
