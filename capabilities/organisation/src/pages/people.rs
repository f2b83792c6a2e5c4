//! The tab "people in office".

use askama::Template;
use chibo_kernel::{AsOf, Id, Moment, Permission, Person, Problem};
use chibo_web::table::Column;
use chibo_web::{Cell, Table, Visit};

use super::scene::Scene;
use super::unit::Shown;
use crate::kinds::Role;
use crate::rules::How;
use crate::store::{self, OfficeRow};

#[derive(Template)]
#[template(path = "people.html")]
struct PeopleTab {
    table: String,
    /// The button's text and address.
    appoint: Option<(String, String)>,
}

/// Whether an office is held, as far as it was known then.
pub(super) fn holds(row: &OfficeRow, at: AsOf) -> bool {
    let known = row.superseded_at == Moment::FOREVER && at.known == Moment::FOREVER
        || row.recorded_at <= at.known && at.known < row.superseded_at;
    known && row.valid_from <= at.day && at.day < row.valid_to
}

/// The names of persons, as far as they are loaded.
pub(super) fn names(visit: &Visit<'_>, persons: &[Id<Person>]) -> Vec<String> {
    let view = visit.house.census.view(visit.today());
    let name = |person: &Id<Person>| view.no(*person).map(|no| view.name(no));
    let unknown = || visit.w.t("units-person-unknown").to_owned();
    persons.iter().map(|person| name(person).unwrap_or_else(unknown)).collect()
}

pub(super) fn html(visit: &Visit<'_>, scene: &Scene, shown: &Shown) -> Result<String, Problem> {
    let w = visit.w;
    let mut rows = visit.read(|tx| store::offices_of(tx, shown.id))?;
    rows.retain(|row| holds(row, scene.at));
    let persons: Vec<Id<Person>> = rows.iter().map(|row| row.person_id).collect();
    let names = names(visit, &persons);
    let may_edit = visit.permit(Permission::EditUnits, shown.id).is_ok();
    let may_see = visit.permit(Permission::ViewMembers, shown.id).is_ok();
    let mut columns = vec![
        Column::new("person", w.t("units-person")),
        Column::new("role", w.t("units-role")),
        Column::new("since", w.t("units-since")),
        Column::new("how", w.t("units-how")),
        Column::new("decision", w.t("units-decision-number")),
    ];
    if may_edit {
        columns.push(Column::new("end", w.t("units-office-end")));
    }
    let mut table = Table::new(w.t("units-tab-people"), columns);
    table.empty = w.t("units-no-offices").to_owned();
    for (row, name) in rows.iter().zip(names) {
        let person = if may_see { Cell::Link(name, format!("/members/{}", row.person_id)) } else { Cell::Text(name) };
        let role = Role::from_number(row.role).map_or("", |role| w.t(role.name_key()));
        let how = How::from_code(&row.how).map_or("", |how| w.t(how.name_key()));
        let mut cells = vec![
            person,
            Cell::Text(role.to_owned()),
            Cell::Text(w.day(row.valid_from)),
            Cell::Text(how.to_owned()),
            Cell::Text(row.decision_number.clone()),
        ];
        if may_edit {
            let href = format!("/units/{}/offices/ending?person={}&role={}", shown.id, row.person_id, row.role);
            cells.push(Cell::Link(w.t("units-office-end").to_owned(), href));
        }
        table.rows.push(cells);
    }
    let appoint = may_edit.then(|| (w.t("units-appoint").to_owned(), format!("/units/{}/offices", shown.id)));
    PeopleTab { table: table.html(visit), appoint }.render().map_err(Problem::fault)
}
