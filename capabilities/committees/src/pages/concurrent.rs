//! Who holds offices in several units at once (kiêm nhiệm).

use std::collections::BTreeMap;

use chibo_kernel::{AsOf, Id, Permission, Person, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Role;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::MENU;
use super::ask::Ask;
use super::ground::names;

/// Persons on one page.
const ROWS: usize = 100;

/// Somebody with offices in several units the viewer may see.
pub(crate) struct Several {
    /// Who.
    pub person: Id<Person>,
    /// Full name.
    pub name: String,
    /// The highest office in each unit, in the order of the tree.
    pub offices: Vec<(Id<Unit>, Role)>,
}

/// An office with the place of its unit.
type Placed = (u32, Id<Unit>, Role);

/// All of them.
pub(crate) struct Together {
    /// By name.
    pub lines: Vec<Several>,
    /// The organisation.
    pub units: UnitsToday,
}

impl Together {
    /// Those with at least one office in the asked unit or under it.
    pub fn take(visit: &Visit<'_>, ask: Ask) -> Result<Self, Problem> {
        let units = UnitsToday::of(visit);
        let range = units.range(ask.unit);
        let mut held: BTreeMap<Id<Person>, Vec<Placed>> = BTreeMap::new();
        visit.read(|tx| {
            chibo_organisation::holders_on(tx, AsOf::on(visit.today()), |unit, person, role| {
                if let Some(place) = units.place(unit).filter(|place| units.sees(visit, *place)) {
                    let own = held.entry(person).or_default();
                    // The highest office of a unit comes first.
                    if own.last().is_none_or(|(_, other, _)| *other != unit) {
                        own.push((place, unit, role));
                    }
                }
                Ok(())
            })
        })?;
        held.retain(|_, own| own.len() > 1 && own.iter().any(|(place, ..)| range.contains(place)));
        let persons: Vec<_> = held.keys().copied().collect();
        let names = names(visit, &persons);
        let line = |(person, mut own): (Id<Person>, Vec<Placed>)| {
            own.sort_by_key(|(place, ..)| *place);
            let offices = own.into_iter().map(|(_, unit, role)| (unit, role)).collect();
            Several { person, name: names.get(&person).cloned().unwrap_or_default(), offices }
        };
        let mut lines: Vec<Several> = held.into_iter().map(line).collect();
        lines.sort_by(|one, other| (&one.name, one.person).cmp(&(&other.name, other.person)));
        Ok(Self { lines, units })
    }
}

/// `GET /committees/concurrent?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let ask = Ask::read(visit)?;
    let together = Together::take(visit, ask)?;
    let crumbs =
        vec![Crumb::to(w.t("committees-title"), ask.address("/committees")), Crumb::here(w.t("committees-concurrent"))];
    let title = match ask.unit {
        Some(unit) => w.t1("committees-concurrent-of", "unit", together.units.name(unit)),
        None => w.t("committees-concurrent").to_owned(),
    };
    let mut head = Head::new(title, MENU).crumbs(crumbs);
    if visit.who().may_somewhere(Permission::Export) {
        head = head.action(w.t("committees-export"), ask.address("/committees/concurrent.xlsx"), false);
    }
    let mut body = String::from("<p>");
    chibo_web::html::push(&mut body, w.t("committees-concurrent-about"));
    body.push_str("</p>");
    body.push_str(&table(visit, &together));
    visit.page_html(200, head, &body)
}

fn table(visit: &Visit<'_>, together: &Together) -> String {
    let w = visit.w;
    let lines = &together.lines;
    let page = visit.rows(lines.len(), ROWS);
    let columns = vec![
        Column::new("person", w.t("committees-person")),
        Column::number("count", w.t("committees-posts")),
        Column::sentences("offices", w.t("committees-offices")),
    ];
    let mut table = Table::new(w.t("committees-concurrent"), columns);
    table.empty = w.t("committees-no-concurrent").to_owned();
    let row = |line: &Several| {
        let mut offices = String::from("<ul class=\"plain\">");
        for (unit, role) in &line.offices {
            offices.push_str("<li>");
            chibo_web::html::push(&mut offices, w.t(role.name_key()));
            offices.push_str(": ");
            chibo_web::table::link(&mut offices, &together.units.name(*unit), &format!("/committees/units/{unit}"));
            offices.push_str("</li>");
        }
        offices.push_str("</ul>");
        let count = i64::try_from(line.offices.len()).unwrap_or(i64::MAX);
        vec![Cell::Text(line.name.clone()), Cell::Text(w.n(count)), Cell::Html(offices)]
    };
    table.rows = lines.get(page.clone()).unwrap_or_default().iter().map(row).collect();
    table.page(visit, &page, lines.len(), "committees-rows");
    table.html(visit)
}
