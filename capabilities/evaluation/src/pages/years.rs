//! Classes over the years, of a member or a unit, each with the version it was decided under.

use chibo_kernel::{Id, Permission, Person, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Head, Reply, Table, Visit};

use super::{MENU, class_word, points_text, title};
use crate::rules::{CampaignKind, Class, in_a_row};
use crate::store::{self, YearRow};

/// Years shown.
const YEARS: i32 = 5;

/// `GET /evaluation/members/{id}`.
pub(super) fn member(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let person: Id<Person> = visit.id("id")?;
    let today = visit.today();
    let home = visit.read(|tx| chibo_members::actions::home_of(tx, person, today))?;
    visit.permit(Permission::EditMembers, home)?;
    let rows = visit.read(|tx| store::years_of(tx, person))?;
    let name = visit.house.census.view(today).name_of(person).ok_or(Problem::NotFound)?;
    let tabs = chibo_web::person::tabs(visit, person, home, "evaluation-tab");
    page(visit, &name, Crumb::to(name.as_str(), format!("/members/{person}")), tabs, &rows)
}

/// `GET /evaluation/units/{id}`.
pub(super) fn unit(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let unit: Id<Unit> = visit.id("id")?;
    visit.permit(Permission::EditMembers, unit)?;
    let rows = visit.read(|tx| store::years_of_unit(tx, unit))?;
    let name = UnitsToday::of(visit).name(unit);
    page(visit, &name, Crumb::to(name.as_str(), format!("/units/{unit}")), String::new(), &rows)
}

fn page(visit: &Visit<'_>, name: &str, up: Crumb, tabs: String, rows: &[YearRow]) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let columns = vec![
        Column::new("campaign", w.t("evaluation-campaign")),
        Column::new("unit", w.t("evaluation-unit")),
        Column::number("points", w.t("evaluation-points")),
        Column::new("class", w.t("evaluation-class")),
        Column::new("on", w.t("evaluation-decided-on")),
        Column::new("rules", w.t("evaluation-rules")),
    ];
    let mut table = Table::new(w.t("evaluation-years"), columns);
    table.empty = w.t("evaluation-no-years").to_owned();
    let since = i64::from(visit.today().year() - YEARS);
    for row in rows.iter().filter(|row| row.year >= since) {
        let campaign = title(w, &row.kind, row.year, row.quarter);
        // Whoever does not work where it was decided sees the class and not the way to it.
        let open = visit.permit(Permission::EditMembers, row.unit_id).is_ok();
        let day = if row.class.is_empty() { String::new() } else { w.day(row.decided_on) };
        table.rows.push(vec![
            if open {
                Cell::Link(campaign, format!("/evaluation/subjects/{}", row.subject_id))
            } else {
                Cell::Text(campaign)
            },
            Cell::Text(units.name(row.unit_id)),
            Cell::Text(if open { points_text(row.points) } else { String::new() }),
            Cell::Text(class_word(w, &row.class).to_owned()),
            Cell::Text(day),
            Cell::Text(row.version.clone()),
        ]);
    }
    let years: Vec<_> = rows
        .iter()
        .filter(|row| row.kind == CampaignKind::Year.code())
        .filter_map(|row| Some((row.year, Class::from_code(&row.class)?)))
        .collect();
    let row = |class| w.n(in_a_row(&years, class));
    let facts = super::facts_card(&[
        (w.t("evaluation-best-in-a-row"), row(Class::Excellent)),
        (w.t("evaluation-failed-in-a-row"), row(Class::Failed)),
    ]);
    let heading = w.t1("evaluation-years-of", "name", name);
    let crumbs = vec![Crumb::to(w.t("evaluation-title"), "/evaluation"), up, Crumb::here(w.t("evaluation-years"))];
    visit.page_html(200, Head::new(heading, MENU).crumbs(crumbs), &format!("{tabs}{facts}{}", table.html(visit)))
}
