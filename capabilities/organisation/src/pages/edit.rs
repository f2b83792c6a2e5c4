//! Establishing, amending, moving and dissolving a unit.

use chibo_census::{Query, Scope};
use chibo_kernel::{AsOf, Day, Id, Issue, Problem, Unit};
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit};

use super::issues_of;
use super::scene::{Scene, question};
use crate::actions;
use crate::forms::{self, may_edit, missing, read_day, read_facts};
use crate::kinds::{Kind, Setting};
use crate::pick::{self, Picked};
use crate::rules::{FactChange, Facts, NewUnit};

/// The page around a form about a unit.
pub(super) fn page(visit: &Visit<'_>, key: &str, unit: Option<Id<Unit>>, form: &Form) -> Result<Reply, Problem> {
    let w = visit.w;
    let scene = Scene::at(visit, AsOf::on(visit.today()));
    let title = w.t(key);
    let mut crumbs = vec![Crumb::to(w.t("units-title"), "/units")];
    if let Some(unit) = unit {
        crumbs.push(Crumb::to(scene.name(unit), format!("/units/{unit}")));
    }
    crumbs.push(Crumb::here(title));
    let status = if form.issues.is_empty() { 200 } else { 422 };
    let head = Head::new(title, "units-menu").crumbs(crumbs).with_error(status == 422);
    visit.page_html(status, head, &form.html(visit))
}

/// The unit of the address, with its facts of today.
pub(super) fn subject(visit: &Visit<'_>) -> Result<(Id<Unit>, Facts), Problem> {
    let unit: Id<Unit> = visit.id("id")?;
    may_edit(visit, unit)?;
    let scene = Scene::at(visit, AsOf::on(visit.today()));
    let facts = scene.place(unit).and_then(|place| scene.tree.facts(place)).ok_or(Problem::NotFound)?;
    let (kind, setting) = (Kind::from_number(facts.kind), Setting::from_number(facts.setting));
    let (Some(kind), Some(setting)) = (kind, setting) else { return Err(Problem::fault("unknown kind or setting")) };
    let (name, short, code) = (facts.name.clone(), facts.short.clone(), facts.code.clone());
    Ok((unit, Facts { name, short, kind, setting, code }))
}

fn parent_fields(visit: &Visit<'_>, given: Option<Id<Unit>>, picked: Option<&Picked<Unit>>) -> Vec<Field> {
    let label = visit.w.t("units-parent");
    let Some(parent) = given else {
        let typed = Field::text("parent", label).hint(visit.w.t("units-parent-hint")).required();
        let choice = picked.and_then(|picked| picked.choice("parent", visit.w.t("units-pick-which")));
        return std::iter::once(typed).chain(choice).collect();
    };
    vec![Field::hidden("parent", parent.to_string())]
}

fn establish_form(visit: &Visit<'_>, picked: Option<&Picked<Unit>>) -> Form {
    let w = visit.w;
    let asked = if picked.is_some() { visit.form.get("parent") } else { visit.query.get("parent") };
    let given: Option<Id<Unit>> = asked.parse().ok();
    let mut fields = parent_fields(visit, given, picked);
    fields.extend(forms::facts(visit, None));
    fields.push(forms::from(visit, "units-founded-hint"));
    let back = given.map_or_else(|| "/units".to_owned(), |parent| format!("/units/{parent}"));
    Form::new("/units/new", w.t("units-new-send"), fields).cancel(w.t("units-cancel"), back)
}

/// `GET /units/new`.
pub(super) fn new_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let parent: Option<Id<Unit>> = visit.query.get("parent").parse().ok();
    parent.map_or(Ok(()), |parent| may_edit(visit, parent))?;
    page(visit, "units-new", parent, &establish_form(visit, None))
}

/// `POST /units/new`.
pub(super) fn establish(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let mut issues = Vec::new();
    let picked = pick::unit(visit, "parent");
    let parent = picked.one("parent", "units-parent-unknown").map_err(|issue| issues.push(issue)).ok();
    let facts = read_facts(visit, &mut issues);
    let from = read_day(visit, "from", &mut issues);
    if let (Some(parent), Some(facts), true) = (parent, facts, issues.is_empty()) {
        may_edit(visit, parent)?;
        let new = NewUnit::new(visit.house.db.fresh(), Some(parent), facts, from);
        match issues_of(visit.write(|op| actions::establish(op, &new)))? {
            Ok(unit) => return Ok(Reply::done(format!("/units/{unit}"), "saved")),
            Err(more) => issues = more,
        }
    }
    let form = establish_form(visit, Some(&picked)).refused(&visit.form, issues);
    page(visit, "units-new", parent, &form)
}

fn amend_form(visit: &Visit<'_>, unit: Id<Unit>, now: &Facts) -> Form {
    let mut fields = forms::facts(visit, Some(now));
    fields.push(forms::from(visit, "units-from-hint"));
    let action = format!("/units/{unit}/facts");
    Form::new(action, visit.w.t("units-edit-send"), fields).cancel(visit.w.t("units-cancel"), format!("/units/{unit}"))
}

/// `GET /units/{id}/facts`.
pub(super) fn facts_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, now) = subject(visit)?;
    page(visit, "units-edit", Some(unit), &amend_form(visit, unit, &now))
}

/// `POST /units/{id}/facts`: only what differs from what was shown is a change.
pub(super) fn amend(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, now) = subject(visit)?;
    let mut issues = Vec::new();
    let from = read_day(visit, "from", &mut issues);
    let change = read_facts(visit, &mut issues).map(|typed| difference(&now, &typed));
    if change.as_ref().is_some_and(FactChange::is_empty) && issues.is_empty() {
        issues.push(missing("name", "units-nothing-changed"));
    }
    if let (Some(change), true) = (change, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::amend_facts(op, unit, from, &change)))? {
            Ok(()) => return Ok(Reply::done(format!("/units/{unit}"), "saved")),
            Err(more) => issues = more,
        }
    }
    page(visit, "units-edit", Some(unit), &amend_form(visit, unit, &now).refused(&visit.form, issues))
}

/// What a typed form changes of what was shown.
pub(crate) fn difference(now: &Facts, typed: &Facts) -> FactChange {
    FactChange {
        name: (typed.name != now.name).then(|| typed.name.clone()),
        short: (typed.short != now.short).then(|| typed.short.clone()),
        kind: (typed.kind != now.kind).then_some(typed.kind),
        setting: (typed.setting != now.setting).then_some(typed.setting),
        code: (typed.code != now.code).then(|| typed.code.clone()),
    }
}

fn move_form(visit: &Visit<'_>, unit: Id<Unit>, picked: Option<&Picked<Unit>>) -> Form {
    let mut fields = parent_fields(visit, None, picked);
    fields.push(forms::from(visit, "units-from-hint"));
    let action = format!("/units/{unit}/parent");
    Form::new(action, visit.w.t("units-move-send"), fields).cancel(visit.w.t("units-cancel"), format!("/units/{unit}"))
}

/// `GET /units/{id}/parent`.
pub(super) fn parent_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, _) = subject(visit)?;
    page(visit, "units-move", Some(unit), &move_form(visit, unit, None))
}

/// `POST /units/{id}/parent`.
pub(super) fn reparent(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, _) = subject(visit)?;
    let mut issues = Vec::new();
    let picked = pick::unit(visit, "parent");
    let parent = picked.one("parent", "units-parent-unknown").map_err(|issue| issues.push(issue)).ok();
    let from = read_day(visit, "from", &mut issues);
    if let (Some(parent), true) = (parent, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::reparent(op, unit, parent, from)))? {
            Ok(()) => return Ok(Reply::done(format!("/units/{unit}"), "saved")),
            Err(more) => issues = more,
        }
    }
    page(visit, "units-move", Some(unit), &move_form(visit, unit, Some(&picked)).refused(&visit.form, issues))
}

fn end_form(visit: &Visit<'_>, unit: Id<Unit>) -> Form {
    let fields = vec![forms::from(visit, "units-dissolve-hint")];
    let action = format!("/units/{unit}/dissolution");
    let send = visit.w.t("units-dissolve-send");
    Form::new(action, send, fields).cancel(visit.w.t("units-cancel"), format!("/units/{unit}"))
}

/// `GET /units/{id}/dissolution`.
pub(super) fn dissolution_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, _) = subject(visit)?;
    page(visit, "units-dissolve", Some(unit), &end_form(visit, unit))
}

/// `POST /units/{id}/dissolution`.
pub(super) fn dissolve(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let (unit, _) = subject(visit)?;
    let mut issues: Vec<Issue> = Vec::new();
    let on = read_day(visit, "from", &mut issues);
    if issues.is_empty() {
        let members = members_from(visit, unit, on);
        match issues_of(visit.write(|op| actions::dissolve(op, unit, on, members)))? {
            Ok(()) => return Ok(Reply::done(format!("/units/{unit}"), "saved")),
            Err(more) => issues = more,
        }
    }
    page(visit, "units-dissolve", Some(unit), &end_form(visit, unit).refused(&visit.form, issues))
}

/// Members a unit has on a day or has today, whichever is more; not only those the viewer may see.
fn members_from(visit: &Visit<'_>, unit: Id<Unit>, on: Day) -> u32 {
    let view = visit.house.census.view(visit.today());
    let Some(no) = view.forest().no(unit) else { return 0 };
    let count = |day: Day| {
        let query = Query { scope: Scope::Unit(no), allowed: None, ..question(visit, AsOf::on(day)) };
        view.count(&query)
    };
    u32::try_from(count(on).max(if on <= visit.today() { count(visit.today()) } else { 0 })).unwrap_or(u32::MAX)
}
