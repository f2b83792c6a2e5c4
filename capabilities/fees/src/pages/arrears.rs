//! Members with months unpaid in the calendar year; those the rule asks to look at first (FEE-08).

use chibo_kernel::{Id, Permission, Person, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::reply::XLSX;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::MENU;
use crate::actions::arrears::{Debtor, debtors};
use crate::rules::Month;
use crate::sheets;

/// Members on one page.
const ROWS: usize = 100;

/// A member in arrears where he is at home.
pub(crate) struct Debt {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Branch.
    pub unit: Id<Unit>,
    /// What is unpaid.
    pub debtor: Debtor,
}

/// The months, as read.
pub(crate) fn months(all: &[Month]) -> String {
    let texts: Vec<String> = all.iter().map(|month| month.text()).collect();
    texts.join(", ")
}

fn asked(visit: &Visit<'_>) -> Result<Option<Id<Unit>>, Problem> {
    let unit = match visit.query.some("unit") {
        None => return Ok(None),
        Some(text) => text.parse().map_err(|_| Problem::NotFound)?,
    };
    visit.permit(Permission::ViewMembers, unit)?;
    Ok(Some(unit))
}

fn found(
    visit: &Visit<'_>,
    units: &UnitsToday,
    unit: Option<Id<Unit>>,
    needs: Permission,
) -> Result<Vec<Debt>, Problem> {
    let today = visit.today();
    let all = visit.read(|tx| debtors(tx, today))?;
    let (range, who) = (units.range(unit), visit.who());
    let view = visit.house.census.view(today);
    let debt = |debtor: Debtor| {
        let no = view.no(debtor.person)?;
        let (home, _) = view.person(no)?.today?;
        let place = units.places.place(home)?;
        let seen = range.contains(&place) && who.may_at(needs, place);
        seen.then(|| Debt {
            person: debtor.person,
            name: view.name(no),
            unit: view.forest().id(home).unwrap_or(Id::from_bytes([0; 16])),
            debtor,
        })
    };
    let mut debts: Vec<Debt> = all.into_iter().filter_map(debt).collect();
    let urgent = |one: &Debt| (one.debtor.since.is_none(), std::cmp::Reverse(one.debtor.silent.len()));
    debts.sort_by(|one, other| (urgent(one), &one.name).cmp(&(urgent(other), &other.name)));
    Ok(debts)
}

/// `GET /fees/arrears?unit=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit = asked(visit)?;
    let units = UnitsToday::of(visit);
    let debts = found(visit, &units, unit, Permission::ViewMembers)?;
    let w = visit.w;
    let page = visit.rows(debts.len(), ROWS);
    let columns = vec![
        Column::new("name", w.t("fees-member")),
        Column::new("unit", w.t("fees-branch")),
        Column::number("count", w.t("fees-months-silent")),
        Column::sentences("silent", w.t("fees-months-which")),
        Column::sentences("excused", w.t("fees-months-excused")),
        Column::new("alert", w.t("fees-alert")),
    ];
    let mut table = Table::new(w.t("fees-arrears"), columns);
    table.empty = w.t("fees-no-arrears").to_owned();
    for debt in debts.get(page.clone()).unwrap_or_default() {
        let alert = match debt.debtor.since {
            Some(since) => Cell::Tag(w.t1("fees-alert-since", "day", w.day(since)), "bad"),
            None => Cell::Text(String::new()),
        };
        table.rows.push(vec![
            Cell::Link(debt.name.clone(), format!("/fees/members/{}", debt.person)),
            Cell::LinkWith(units.name(debt.unit), format!("/fees/units/{}", debt.unit), units.above(visit, debt.unit)),
            Cell::Text(w.n(debt.debtor.silent.len())),
            Cell::Text(months(&debt.debtor.silent)),
            Cell::Text(months(&debt.debtor.excused)),
            alert,
        ]);
    }
    table.page(visit, &page, debts.len(), "fees-rows");
    let title = match unit {
        Some(unit) => w.t1("fees-arrears-of", "unit", units.name(unit)),
        None => w.t("fees-arrears").to_owned(),
    };
    let crumbs = vec![Crumb::to(w.t("fees-title"), "/fees"), Crumb::here(w.t("fees-arrears"))];
    let mut head = Head::new(title, MENU).crumbs(crumbs);
    if visit.who().may_somewhere(Permission::Export) {
        let unit = unit.map(|unit| unit.to_string()).unwrap_or_default();
        let query = chibo_web::Pairs::default().with(&[("unit", &unit)]);
        head = head.action(w.t("fees-export"), format!("/fees/arrears/export.xlsx{query}"), false);
    }
    let body = format!("<p>{}</p>{}", w.t1("fees-arrears-about", "year", visit.today().year()), table.html(visit));
    visit.page_html(200, head, &body)
}

/// `GET /fees/arrears/export.xlsx` with the query of the page.
pub(super) fn workbook(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit = asked(visit)?;
    let units = UnitsToday::of(visit);
    let debts = found(visit, &units, unit, Permission::Export)?;
    let body = sheets::arrears(visit, &units, &debts)?;
    if let Some(top) = unit.or_else(|| debts.first().map(|debt| debt.unit)) {
        let detail = serde_json::json!({ "arrears": debts.len() });
        visit.taken_out(top, "fee-list-exported", &detail)?;
    }
    Ok(Reply::File { name: format!("no-dang-phi-{}.xlsx", visit.today().iso()), kind: XLSX, body })
}
