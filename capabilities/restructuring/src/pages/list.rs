//! All plans; beginning one, and its title, decider and day.

use std::collections::BTreeMap;

use chibo_kernel::text::clean;
use chibo_kernel::{Day, Id, Issue, Permission, Problem, Unit};
use chibo_organisation::UnitsToday;
use chibo_organisation::pick::{self, Picked};
use chibo_web::form::Kind;
use chibo_web::table::Column;
use chibo_web::{Cell, Crumb, Field, Form, Head, Reply, Table, Visit};

use super::forms::{sent_version, shown, version};
use super::{Bench, MENU, again, missing};
use crate::actions::{self, PlanFacts};
use crate::rules::{Plan, State};
use crate::store::{self, PlanRow};

/// `GET /restructuring?state=`.
pub(super) fn show(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let w = visit.w;
    let units = UnitsToday::of(visit);
    let (mut rows, counts) = visit.read(|tx| {
        let mut counts: BTreeMap<Id<Plan>, i64> = BTreeMap::new();
        store::named(tx, |named| {
            *counts.entry(named.plan_id).or_default() += 1;
            Ok(())
        })?;
        Ok((store::plans(tx)?, counts))
    })?;
    rows.retain(|row| visit.permit(Permission::Reorganise, row.unit_id).is_ok());
    let chosen = State::from_code(visit.query.get("state"));
    let of = |state: State| rows.iter().filter(|row| row.state == state.code()).count();
    let chip = |state: State| {
        let text = format!("{} · {}", w.t(state.word()), w.n(of(state)));
        (text, format!("/restructuring?state={}", state.code()), chosen == Some(state))
    };
    let whole = (w.t("plans-all").to_owned(), "/restructuring".to_owned(), chosen.is_none());
    let chips = std::iter::once(whole).chain(State::ALL.into_iter().filter(|state| of(*state) > 0).map(chip));
    let chips = chibo_web::html::chips(w.t("plans-state"), chips);
    rows.retain(|row| chosen.is_none_or(|state| row.state == state.code()));
    let head = Head::new(w.t("plans-title"), MENU).crumbs(vec![Crumb::here(w.t("plans-title"))]).action(
        w.t("plans-begin"),
        "/restructuring/new",
        true,
    );
    let table = table(visit, &units, &rows, &counts);
    visit.page_html(200, head, &format!("<p>{}</p>{chips}{table}", w.t("plans-about")))
}

fn table(visit: &Visit<'_>, units: &UnitsToday, rows: &[PlanRow], counts: &BTreeMap<Id<Plan>, i64>) -> String {
    let w = visit.w;
    let columns = vec![
        Column::new("title", w.t("plans-name")),
        Column::new("unit", w.t("plans-unit")),
        Column::new("on", w.t("plans-effective")),
        Column::number("lines", w.t("plans-lines-count")),
        Column::new("state", w.t("plans-state")),
        Column::new("changed", w.t("plans-changed")),
    ];
    let mut table = Table::new(w.t("plans-list"), columns);
    table.empty = w.t("plans-none").to_owned();
    for row in rows {
        let state = State::from_code(&row.state);
        let lines = counts.get(&row.plan_id).copied().unwrap_or(0);
        table.rows.push(vec![
            Cell::Link(row.title.clone(), format!("/restructuring/{}", row.plan_id)),
            Cell::Text(units.name(row.unit_id)),
            Cell::Text(w.day(row.effective_on)),
            Cell::Text(w.n(lines)),
            Cell::Tag(w.t(state.map_or("", State::word)).to_owned(), state.map_or("", colour)),
            Cell::Text(w.t2("plans-changed-by", ("name", &row.changed_name), ("when", w.moment(row.changed_at)))),
        ]);
    }
    table.html(visit)
}

/// The colour class of a state; it never speaks alone.
pub(super) const fn colour(state: State) -> &'static str {
    match state {
        State::Draft => "",
        State::Signed => "gold",
        State::InForce => "ok",
        State::Stuck => "bad",
        State::Withdrawn | State::Dropped => "warn",
    }
}

/// The questions of a plan; a new one is asked for its unit too.
fn fields(visit: &Visit<'_>, bench: Option<&Bench>, picked: Option<&Picked<Unit>>) -> Vec<Field> {
    let w = visit.w;
    let mut fields = Vec::new();
    let value = |read: fn(&PlanRow) -> String| bench.map(|bench| read(&bench.plan)).unwrap_or_default();
    fields.push(Field::text("title", w.t("plans-name")).required().value(value(|row| row.title.clone())));
    match bench {
        Some(bench) => fields.push(version(bench)),
        None => {
            fields.push(Field::text("unit", w.t("plans-unit")).hint(w.t("plans-unit-hint")).required());
            fields.extend(picked.and_then(|picked| picked.choice("unit", w.t("units-pick-which"))));
        }
    }
    let authority = Field::text("authority", w.t("plans-authority")).hint(w.t("plans-authority-hint")).required();
    fields.push(authority.value(value(|row| row.authority.clone())));
    let day = bench.map_or(visit.today().plus_days(1), |bench| bench.plan.effective_on);
    let day = Field::new("effective", w.t("plans-effective"), Kind::Day).required().value(day.to_string());
    fields.push(day.hint(w.t("plans-effective-hint")));
    fields
}

/// Reads what a plan is called, who decides and when it takes effect.
pub(super) fn read(visit: &Visit<'_>, unit: Id<Unit>, issues: &mut Vec<Issue>) -> PlanFacts {
    let text = |name: &str| clean(visit.form.get(name)).into_owned();
    let effective_on = match visit.form.day("effective", visit.today()) {
        Ok(Some(day)) => day,
        Ok(None) => {
            issues.push(missing("effective", "plans-day-needed"));
            Day::FOREVER
        }
        Err(Problem::Refused(more)) => {
            issues.extend(more);
            Day::FOREVER
        }
        Err(_) => Day::FOREVER,
    };
    PlanFacts { unit, title: text("title"), authority: text("authority"), effective_on }
}

fn new_page(
    visit: &Visit<'_>,
    picked: Option<&Picked<Unit>>,
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let form = Form::new("/restructuring/new", w.t("plans-begin-send"), fields(visit, None, picked));
    let form = form.cancel(w.t("plans-cancel"), "/restructuring");
    form_page(visit, w.t("plans-begin"), Vec::new(), form, refused)
}

/// A page that is a form, perhaps with what was wrong in it.
pub(super) fn form_page(
    visit: &Visit<'_>,
    title: &str,
    more: Vec<Crumb>,
    form: Form,
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let mut crumbs = vec![Crumb::to(w.t("plans-title"), "/restructuring")];
    crumbs.extend(more);
    crumbs.push(Crumb::here(title));
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(refused.is_some());
    let (status, form) = shown(visit, form, refused);
    visit.page_html(status, head, &format!("<section class=\"card\">{}</section>", form.html(visit)))
}

/// `GET /restructuring/new`.
pub(super) fn new_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    new_page(visit, None, None)
}

/// `POST /restructuring/new`.
pub(super) fn begin(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut issues = Vec::new();
    let picked = pick::unit(visit, "unit");
    let unit = picked.one("unit", "plans-unit-unknown").map_err(|issue| issues.push(issue)).ok();
    let facts = unit.map(|unit| read(visit, unit, &mut issues));
    if let (Some(facts), true) = (facts, issues.is_empty()) {
        match visit.write(|op| actions::begin(op, &facts)) {
            Ok(plan) => return Ok(Reply::done(format!("/restructuring/{plan}"), "saved")),
            Err(problem) => {
                let refused = again(problem)?;
                return new_page(visit, Some(&picked), Some(refused));
            }
        }
    }
    new_page(visit, Some(&picked), Some((422, issues)))
}

fn amend_page(visit: &Visit<'_>, bench: &Bench, refused: Option<(u16, Vec<Issue>)>) -> Result<Reply, Problem> {
    let w = visit.w;
    let form = Form::new(bench.address("/facts"), w.t("plans-save"), fields(visit, Some(bench), None));
    let form = form.cancel(w.t("plans-cancel"), bench.address(""));
    let crumbs = vec![Crumb::to(bench.plan.title.as_str(), bench.address(""))];
    form_page(visit, w.t("plans-amend"), crumbs, form, refused)
}

/// `GET /restructuring/{id}/facts`.
pub(super) fn facts_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    amend_page(visit, &bench, None)
}

/// `POST /restructuring/{id}/facts`.
pub(super) fn amend(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    let mut issues = Vec::new();
    let facts = read(visit, bench.plan.unit_id, &mut issues);
    if !issues.is_empty() {
        return amend_page(visit, &bench, Some((422, issues)));
    }
    let (plan, version) = (bench.plan.plan_id, sent_version(visit));
    match visit.write(|op| actions::amend(op, plan, version, &facts)) {
        Ok(()) => Ok(Reply::done(bench.address(""), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            amend_page(visit, &Bench::load(visit)?, Some(refused))
        }
    }
}
