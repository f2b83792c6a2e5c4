//! On the page of a branch: the themes planned by quarter (MTG-02), and the months of its Party groups (MTG-01).

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Month, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::kinds::Kind as UnitKind;
use chibo_web::form::{Kind, issues_of, missing};
use chibo_web::table::Column;
use chibo_web::{Cell, Field, Form, Reply, Table, Visit};

use super::{Place, branch};
use crate::actions;
use crate::rules::{GroupMonth, plannable};
use crate::store::{self, GroupRow, PlanRow};

/// Months of groups shown.
const BACK: i32 = 5;

fn quarter_text(visit: &Visit<'_>, quarter: Month) -> String {
    visit.w.t2("meetings-plan-quarter-of", ("quarter", quarter.quarter()), ("year", quarter.year()))
}

/// The themes of a branch from the running quarter on.
fn themes(visit: &Visit<'_>, unit: Id<Unit>) -> Result<Vec<PlanRow>, Problem> {
    let from = Month::of(visit.today()).quarter_start();
    let rows = visit.read(|tx| store::plans(tx, unit, from.0))?;
    Ok(actions::newest_by(rows, |one, other| one.quarter == other.quarter))
}

/// The theme planned for the running quarter, as a line of an agenda.
pub(super) fn proposal(visit: &Visit<'_>, place: &Place) -> Result<Option<String>, Problem> {
    let now = Month::of(visit.today()).quarter_start();
    let theme = themes(visit, place.unit)?.into_iter().find(|row| row.quarter == now.0);
    Ok(theme.map(|row| visit.w.t1("meetings-plan-line", "topic", &row.topic)))
}

/// The section of themes.
pub(super) fn section(visit: &Visit<'_>, place: &Place, issues: Vec<Issue>) -> Result<String, Problem> {
    let w = visit.w;
    let columns = vec![
        Column::new("quarter", w.t("meetings-plan-quarter")),
        Column::sentences("topic", w.t("meetings-plan-topic")),
    ];
    let mut table = Table::new(w.t("meetings-plan"), columns);
    table.empty = w.t("meetings-plan-none").to_owned();
    for row in themes(visit, place.unit)? {
        table.rows.push(vec![Cell::Text(quarter_text(visit, Month(row.quarter))), Cell::Text(row.topic)]);
    }
    let mut out = table.html(visit);
    if place.may_keep {
        let quarters = plannable(visit.today());
        let quarters = quarters.into_iter().map(|month| (month.code(), quarter_text(visit, month))).collect();
        let fields = vec![
            Field::new("plan-quarter", w.t("meetings-plan-quarter"), Kind::Select(quarters)).required(),
            Field::text("plan-topic", w.t("meetings-plan-topic")).hint(w.t("meetings-plan-hint")).required(),
        ];
        let form = Form::new(place.address("/plan"), w.t("meetings-plan-do"), fields);
        let form = if issues.is_empty() { form } else { form.refused(&visit.form, issues) };
        out.push_str(&form.html(visit));
    }
    Ok(super::library::card(w.t("meetings-plan"), &out))
}

/// `POST /meetings/units/{id}/plan`.
pub(super) fn plan(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = branch::Seen::load(visit)?;
    let Some(quarter) = Month::from_code(visit.form.get("plan-quarter")) else {
        return branch::page(visit, &seen, vec![missing("plan-quarter", "meetings-plan-not-now")]);
    };
    let topic = clean(visit.form.get("plan-topic")).into_owned();
    match issues_of(visit.write(|op| actions::plan_theme(op, seen.place.unit, quarter, &topic)))? {
        Ok(()) => Ok(Reply::done(seen.place.address(""), "saved")),
        Err(issues) => branch::page(visit, &seen, issues),
    }
}

/// The Party groups of a branch today.
pub(crate) fn groups(units: &UnitsToday, unit: Id<Unit>) -> Vec<Id<Unit>> {
    let Some(place) = units.place(unit) else { return Vec::new() };
    let is_group = |at: &u32| {
        units.tree.parent(*at) == Some(place) && UnitKind::from_number(units.tree.kind(*at)) == Some(UnitKind::Group)
    };
    (place + 1..units.tree.end(place)).filter(is_group).filter_map(|at| units.id(at)).collect()
}

/// The section of groups; nothing for a branch without any.
pub(super) fn group_section(visit: &Visit<'_>, place: &Place, issues: Vec<Issue>) -> Result<String, Problem> {
    let w = visit.w;
    let groups = groups(&place.units, place.unit);
    if groups.is_empty() {
        return Ok(String::new());
    }
    let from = Month::of(visit.today()).plus(-BACK);
    let rows = visit.read(|tx| store::group_months(tx, place.unit, from.0))?;
    let rows = actions::newest_by(rows, |one, other| (one.group_unit, one.month) == (other.group_unit, other.month));
    let mut out = months(visit, place, &rows).html(visit);
    if place.may_keep {
        let names = groups.iter().map(|group| (group.to_string(), place.units.name(*group))).collect();
        let fields = vec![
            Field::new("group", w.t("meetings-group"), Kind::Select(names)).required(),
            Field::new("group-on", w.t("meetings-on"), Kind::Day).value(visit.today().to_string()).required(),
            Field::text("group-listed", w.t("meetings-group-listed")).required(),
            Field::text("group-present", w.t("meetings-group-present")).required(),
            Field::new("group-done", w.t("meetings-group-done"), Kind::Area).required(),
        ];
        let form = Form::new(place.address("/groups"), w.t("meetings-group-do"), fields);
        let form = if issues.is_empty() { form } else { form.refused(&visit.form, issues) };
        out.push_str(&form.html(visit));
    }
    Ok(super::library::card(w.t("meetings-groups"), &out))
}

fn months(visit: &Visit<'_>, place: &Place, rows: &[GroupRow]) -> Table {
    let w = visit.w;
    let columns = vec![
        Column::new("group", w.t("meetings-group")),
        Column::new("on", w.t("meetings-on")),
        Column::number("present", w.t("meetings-group-present")),
        Column::sentences("done", w.t("meetings-group-done")),
    ];
    let mut table = Table::new(w.t("meetings-groups"), columns);
    table.empty = w.t("meetings-groups-none").to_owned();
    for row in rows.iter().rev() {
        table.rows.push(vec![
            Cell::Text(place.units.name(row.group_unit)),
            Cell::Text(w.day(row.on_day)),
            Cell::Text(format!("{}/{}", w.n(i64::from(row.present)), w.n(i64::from(row.listed)))),
            Cell::Text(row.done.clone()),
        ]);
    }
    table
}

/// `POST /meetings/units/{id}/groups`.
pub(super) fn group(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = branch::Seen::load(visit)?;
    let mut issues = Vec::new();
    let on = visit.form.day("group-on", visit.today()).ok().flatten();
    if on.is_none() {
        issues.push(missing("group-on", "meetings-bad-day"));
    }
    let mut number = |field: &str| {
        let number = visit.form.get(field).trim().parse::<u32>().ok();
        if number.is_none() {
            issues.push(missing(field, "meetings-group-number"));
        }
        number.unwrap_or_default()
    };
    let (listed, present) = (number("group-listed"), number("group-present"));
    let group = visit.form.get("group").parse::<Id<Unit>>().ok();
    if group.is_none() {
        issues.push(missing("group", "meetings-group-needed"));
    }
    let (Some(on), Some(group), true) = (on, group, issues.is_empty()) else {
        return branch::page(visit, &seen, issues);
    };
    let done = clean(visit.form.get("group-done")).into_owned();
    let met = GroupMonth { on, listed, present, done };
    let own = groups(&seen.place.units, seen.place.unit);
    match issues_of(visit.write(|op| actions::group_met(op, (seen.place.unit, &own), group, &met)))? {
        Ok(()) => Ok(Reply::done(seen.place.address(""), "saved")),
        Err(issues) => branch::page(visit, &seen, issues),
    }
}
