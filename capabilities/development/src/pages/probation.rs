//! Members on probation: by when recognition is considered (MEM-30, MEM-31).

use chibo_census::cube::{ListOrder, month_code};
use chibo_census::{Codes, Dim, Query, Scope};
use chibo_kernel::{AsOf, Day, Id, Permission, Person, Problem, Unit};
use chibo_members::codes::Standing;
use chibo_members::dims::official_standings;
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind as UnitKind;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::{MENU, print};
use crate::rules::{Electorate, Terms};

/// Most members looked at.
const MOST: usize = 100_000;
/// Members on one page.
const ROWS: usize = 100;

/// Somebody on probation.
pub(crate) struct Probationer {
    /// Who.
    pub person: Id<Person>,
    /// His name.
    pub name: String,
    /// His branch.
    pub unit: Id<Unit>,
    /// Where that stands.
    pub place: u32,
    /// When the twelve months end.
    pub ends: Day,
    /// By when recognition is considered.
    pub by: Day,
}

/// Who may vote in a branch on a day: official members, the suspended among them; and whether its base organisation
/// stands directly under the city (MEM-20).
pub(crate) fn electorate(visit: &Visit<'_>, unit: Id<Unit>, day: Day) -> Electorate {
    let day = day.min(visit.today());
    let view = visit.house.census.view(visit.today());
    let Some(no) = view.forest().no(unit) else { return Electorate::default() };
    let count = |standings: Codes| {
        let query = Query { scope: Scope::Unit(no), members: Some(standings), ..Query::at(AsOf::on(day)) };
        u32::try_from(view.count(&query)).unwrap_or(u32::MAX)
    };
    let units = UnitsToday::of(visit);
    let base = base_of(&units, unit).and_then(|base| units.place(base));
    let above = base.and_then(|base| units.tree.parent(base));
    Electorate {
        official: count(official_standings()),
        suspended: count(Codes::of(&[u32::from(Standing::Suspended.number())])),
        under_city: above.is_some_and(|above| kind(&units, above) == Some(UnitKind::City)),
    }
}

fn kind(units: &UnitsToday, place: u32) -> Option<UnitKind> {
    UnitKind::from_number(units.tree.kind(place))
}

/// The base organisation a unit belongs to, or is.
pub(crate) fn base_of(units: &UnitsToday, unit: Id<Unit>) -> Option<Id<Unit>> {
    let mut place = units.place(unit)?;
    while !kind(units, place)?.is_base_organisation() {
        place = units.tree.parent(place)?;
    }
    units.id(place)
}

/// Everybody on probation the viewer may see, by when recognition is considered. By the month of admission: the day itself
/// stands on the member's own page.
pub(crate) fn probationers(
    visit: &Visit<'_>,
    units: &UnitsToday,
    unit: Option<Id<Unit>>,
) -> Result<Vec<Probationer>, Problem> {
    let allowed = visit.who().ranges(Permission::ViewMembers);
    let range = units.range(unit);
    let may = |place: u32| {
        range.contains(&place) && (visit.who().system || allowed.iter().any(|range| range.contains(&place)))
    };
    probationers_at(visit, None, &may)
}

/// Those at places that fit; with a day only those to be considered by it.
pub(crate) fn probationers_at(
    visit: &Visit<'_>,
    until: Option<Day>,
    fits: &dyn Fn(u32) -> bool,
) -> Result<Vec<Probationer>, Problem> {
    let terms = Terms::on(visit.today())?;
    let mut on = Query {
        members: Some(Codes::of(&[u32::from(Standing::Probationary.number())])),
        ..Query::at(AsOf::on(visit.today()))
    };
    if let Some(until) = until {
        // The columns know months: whoever was admitted in a later month cannot be due.
        let mut months = Codes::default();
        let first = Day::PARTY_FOUNDED;
        let all = (0..).map(|month| first.plus_months(month)).take_while(|month| terms.official_on(*month) <= until);
        all.for_each(|month| months.insert(month_code(month)));
        on.filters.push((Dim::AdmittedMonth, months));
    }
    let mut found = Vec::new();
    let mut ids = Vec::new();
    {
        let view = visit.house.census.view(visit.today());
        for no in view.list(&on, ListOrder::Place, None, MOST) {
            let Some(brief) = view.person(no) else { continue };
            let Some((home, _)) = brief.today else { continue };
            let (Some(unit), Some(place)) = (view.forest().id(home), view.places().place(home)) else { continue };
            if fits(place) {
                ids.push(brief.id);
                found.push((brief.id, brief.name, unit, place));
            }
        }
    }
    let admitted = visit.read(|tx| chibo_members::admitted_of(tx, &ids))?;
    let mut rows: Vec<Probationer> = found
        .into_iter()
        .filter_map(|(person, name, unit, place)| {
            let day = *admitted.get(&person)?;
            let (ends, by) = (terms.official_on(day), terms.consider_by(day));
            Some(Probationer { person, name, unit, place, ends, by })
        })
        .filter(|one| until.is_none_or(|until| one.by <= until))
        .collect();
    rows.sort_by(|one, other| (one.by, one.place, &one.name).cmp(&(other.by, other.place, &other.name)));
    Ok(rows)
}

/// `GET /development/probation?unit=&late=`.
pub(super) fn list(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let unit = match visit.query.some("unit") {
        Some(text) => Some(text.parse::<Id<Unit>>().map_err(|_| Problem::NotFound)?),
        None => None,
    };
    unit.map_or(Ok(()), |unit| visit.permit(Permission::ViewMembers, unit))?;
    let (units, today) = (UnitsToday::of(visit), visit.today());
    let mut rows = probationers(visit, &units, unit)?;
    if visit.query.get("late") == "yes" {
        rows.retain(|one| one.by < today);
    }
    let title = w.t("development-probation");
    let crumbs = vec![Crumb::to(w.t("development-title"), "/development"), Crumb::here(title)];
    let head = Head::new(title, MENU).crumbs(crumbs);
    let page = visit.rows(rows.len(), ROWS);
    let columns = vec![
        Column::new("name", w.t("development-name")),
        Column::new("unit", w.t("development-branch")),
        Column::new("ends", w.t("development-probation-ends")),
        Column::new("by", w.t("development-consider-by")),
    ];
    let printing = visit.who().may_somewhere(Permission::Export) && !rows.is_empty();
    let mut columns = columns;
    if printing {
        columns.push(Column::new("pick", w.t("development-print-column")));
    }
    let mut table = Table::new(title, columns);
    table.empty = w.t("development-nobody").to_owned();
    for one in rows.get(page.clone()).unwrap_or_default() {
        let by = w.day(one.by);
        let mut cells = vec![
            Cell::Link(one.name.clone(), format!("/development/probation/{}", one.person)),
            Cell::LinkWith(units.name(one.unit), format!("/units/{}", one.unit), units.above(visit, one.unit)),
            Cell::Text(w.day(one.ends)),
            if one.by < today { Cell::Tag(by, "bad") } else { Cell::Text(by) },
        ];
        if printing {
            cells.push(Cell::Html(print::pick(visit, &one.person.to_string(), &one.name)));
        }
        table.rows.push(cells);
    }
    table.page(visit, &page, rows.len(), "development-rows");
    let html = table.html(visit);
    let html = if printing { print::about(visit, &print::OF_MEMBERS, &html) } else { html };
    visit.page_html(200, head, &format!("<p>{}</p>{html}", w.t("development-probation-about")))
}
