//! Opening a case, and changing what is proposed before it is decided.

use chibo_kernel::text::{clean, clean_lines};
use chibo_kernel::{Day, Id, Issue, Permission, Problem, Said, Unit};
use chibo_organisation::forms;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::pick::{self, Picked};
use chibo_organisation::rules::{Facts, Strength};
use chibo_web::form::Kind as Answer;
use chibo_web::{Crumb, Field, Form, Head, Reply, Visit, html};

use super::seen::Seen;
use super::{MENU, issues_of, missing, typed};
use crate::actions;
use crate::rules::{CaseKind, Ground, Plan};
use crate::scene::Scene;

/// Units named in the form.
struct Named {
    /// The unit concerned, or the unit above one to be founded.
    unit: Picked<Unit>,
    /// The new unit above, or the branch for the members who remain.
    target: Picked<Unit>,
}

impl Named {
    fn read(visit: &Visit<'_>) -> Self {
        Self { unit: pick::unit(visit, "unit"), target: pick::unit(visit, "target") }
    }
}

/// The questions about a plan. `now`: what is proposed already; `named`: the units of a form that is shown again.
fn fields(visit: &Visit<'_>, kind: CaseKind, now: Option<&Plan>, named: Option<&Named>) -> Vec<Field> {
    let w = visit.w;
    let mut fields = vec![Field::hidden("case", kind.code())];
    // What a case is about does not change.
    if now.is_none() {
        fields.extend(unit_field(visit, kind, named));
    }
    if kind.founds() {
        fields.extend(unit_fields(visit, kind, now));
    } else {
        fields.extend(target_fields(visit, kind, now, named));
    }
    if kind == CaseKind::Dissolution {
        let ground = |ground: Ground| (ground.code().to_owned(), w.t(ground.word()).to_owned());
        let chosen = now.and_then(|plan| plan.ground).map_or("", Ground::code);
        let choices = Answer::Radios(Ground::ALL.map(ground).to_vec());
        fields.push(Field::new("ground", w.t("lifecycle-ground"), choices).value(chosen).required());
    }
    let purpose = Field::new("purpose", w.t("lifecycle-purpose"), Answer::Area);
    let purpose = purpose.value(now.map_or("", |plan| plan.purpose.as_str()));
    let must = matches!(kind, CaseKind::Temporary | CaseKind::Disbandment);
    fields.push(if must { purpose.required() } else { purpose });
    fields
}

/// The unit named by the address, or carried along by the form; one out of sight is none.
fn given(visit: &Visit<'_>) -> Option<Id<Unit>> {
    let text = visit.form.some("unit").or_else(|| visit.query.some("unit"))?;
    text.parse::<Id<Unit>>().ok().filter(|unit| visit.permit(Permission::ViewUnits, *unit).is_ok())
}

/// Which unit it is about: asked for, or carried along when the address names it.
fn unit_field(visit: &Visit<'_>, kind: CaseKind, named: Option<&Named>) -> Vec<Field> {
    let w = visit.w;
    if let Some(unit) = given(visit) {
        return vec![Field::hidden("unit", unit.to_string())];
    }
    let key = if kind.founds() { "lifecycle-parent" } else { "lifecycle-unit" };
    let field = Field::text("unit", w.t(key)).hint(w.t("lifecycle-unit-hint")).required();
    let choice = named.and_then(|named| named.unit.choice("unit", w.t("lifecycle-which")));
    std::iter::once(field).chain(choice).collect()
}

fn unit_fields(visit: &Visit<'_>, kind: CaseKind, now: Option<&Plan>) -> Vec<Field> {
    let w = visit.w;
    let mut fields = forms::facts(visit, now.map(|plan| &plan.facts));
    if kind == CaseKind::Temporary {
        fields.retain(|field| field.name != "kind");
        let ends = now.map_or(Day::FOREVER, |plan| plan.ends_on);
        let field = Field::new("ends", w.t("lifecycle-ends"), Answer::Day).hint(w.t("lifecycle-ends-hint"));
        fields.push(field.value(typed(ends)).required());
        return fields;
    }
    let asked = Kind::from_code(visit.query.get("of")).filter(|_| now.is_none());
    for field in fields.iter_mut().filter(|field| field.name == "kind") {
        if let Some(asked) = asked {
            field.value = asked.code().to_owned();
        }
    }
    let typed = now.map(|plan| plan.typed).filter(|typed| typed.all > 0);
    let count = |count: u32| count.to_string();
    let official = typed.map_or_else(String::new, |typed| count(typed.official));
    let probationary = typed.map_or_else(String::new, |typed| count(typed.all.saturating_sub(typed.official)));
    let hint = w.t("lifecycle-counts-hint");
    fields.push(Field::text("official", w.t("lifecycle-official")).hint(hint).value(official));
    fields.push(Field::text("probationary", w.t("lifecycle-probationary")).value(probationary));
    fields
}

fn target_fields(visit: &Visit<'_>, kind: CaseKind, now: Option<&Plan>, named: Option<&Named>) -> Vec<Field> {
    let w = visit.w;
    let (key, hint) = match kind {
        CaseKind::Transfer => ("lifecycle-new-parent", "lifecycle-unit-hint"),
        _ => ("lifecycle-target", "lifecycle-target-hint"),
    };
    let value = now.and_then(|plan| plan.target).map_or_else(String::new, |target| Scene::seen(visit).name(target));
    let field = Field::text("target", w.t(key)).hint(w.t(hint)).value(value);
    let field = if kind == CaseKind::Transfer { field.required() } else { field };
    let choice = named.and_then(|named| named.target.choice("target", w.t("lifecycle-which")));
    std::iter::once(field).chain(choice).collect()
}

/// Reads the plan of a new case, or the new plan of one.
fn read(visit: &Visit<'_>, kind: CaseKind, now: Option<&Plan>, named: &Named, issues: &mut Vec<Issue>) -> Option<Plan> {
    let scene = Scene::seen(visit);
    let target = match &named.target {
        Picked::Nothing if visit.form.get("target").trim().is_empty() => None,
        picked => picked.one("target", "lifecycle-unit-unknown").map_err(|issue| issues.push(issue)).ok(),
    };
    let ground = Ground::from_code(visit.form.get("ground")).filter(|_| kind == CaseKind::Dissolution);
    let purpose = clean_lines(visit.form.get("purpose")).into_owned();
    let base = |unit, parent, facts| Plan {
        kind,
        unit,
        parent,
        target: target.filter(|_| !kind.founds()),
        facts,
        ground,
        purpose: purpose.clone(),
        typed: Strength::default(),
        ends_on: Day::FOREVER,
    };
    let named_unit = match now {
        Some(plan) => Some(plan.keeper()),
        None => named.unit.one("unit", "lifecycle-unit-unknown").map_err(|issue| issues.push(issue)).ok(),
    };
    if kind.founds() {
        let facts = read_unit(visit, kind, issues);
        let plan = base(now.map_or_else(|| visit.house.db.fresh(), |plan| plan.unit), named_unit?, facts?);
        return Some(founding(visit, plan, issues));
    }
    let unit = named_unit?;
    if let Some(now) = now {
        return Some(base(unit, now.parent, now.facts.clone()));
    }
    let (parent, facts) = (scene.parent(unit), standing(&scene, unit));
    if parent.is_none() || facts.is_none() {
        issues.push(missing("unit", "lifecycle-unit-gone"));
    }
    Some(base(unit, parent?, facts?))
}

/// Counts and the expected end of a unit to be founded.
fn founding(visit: &Visit<'_>, plan: Plan, issues: &mut Vec<Issue>) -> Plan {
    let mut count = |name: &str| match visit.form.get(name).trim() {
        "" => 0u32,
        text => text.parse().unwrap_or_else(|_| {
            issues.push(missing(name, "lifecycle-count-wrong"));
            0
        }),
    };
    let (official, probationary) = (count("official"), count("probationary"));
    let typed = Strength { official, all: official.saturating_add(probationary) };
    let ends_on = match visit.form.day("ends", visit.today()) {
        Ok(day) => day.filter(|_| plan.kind == CaseKind::Temporary).unwrap_or(Day::FOREVER),
        Err(Problem::Refused(more)) => {
            issues.extend(more);
            Day::FOREVER
        }
        Err(_) => Day::FOREVER,
    };
    Plan { typed, ends_on, ..plan }
}

/// Name, kind, setting and code of a unit to be founded.
fn read_unit(visit: &Visit<'_>, kind: CaseKind, issues: &mut Vec<Issue>) -> Option<Facts> {
    if kind == CaseKind::Founding {
        return forms::read_facts(visit, issues);
    }
    // A temporary branch is of one kind; the form does not ask for it.
    let line = |name: &str| clean(visit.form.get(name)).into_owned();
    let (name, short) = (line("name"), line("short"));
    let setting = Setting::from_code(visit.form.get("setting"));
    if setting.is_none() {
        issues.push(missing("setting", "lifecycle-setting-needed"));
    }
    let short = if short.is_empty() { name.clone() } else { short };
    let code = chibo_organisation::rules::check_code(visit.form.get("code"));
    let code = code.map_err(|issue| issues.push(issue)).ok();
    Some(Facts { name, short, kind: Kind::Temporary, setting: setting?, code: code? })
}

/// What a unit is today.
fn standing(scene: &Scene, unit: Id<Unit>) -> Option<Facts> {
    let facts = scene.tree.facts(scene.stands(unit)?)?;
    Some(Facts {
        name: facts.name.clone(),
        short: facts.short.clone(),
        kind: Kind::from_number(facts.kind)?,
        setting: Setting::from_number(facts.setting)?,
        code: facts.code.clone(),
    })
}

/// Kinds of cases to open instead.
fn chips(visit: &Visit<'_>, kind: CaseKind) -> String {
    let w = visit.w;
    let chip = |other: &CaseKind| {
        let href = format!("/lifecycle/new{}", visit.query.with(&[("case", other.code())]));
        (w.t(other.word()).to_owned(), href, *other == kind)
    };
    html::chips(w.t("lifecycle-kind"), CaseKind::ALL.iter().map(chip))
}

fn page(visit: &Visit<'_>, kind: CaseKind, form: &Form) -> Result<Reply, Problem> {
    let w = visit.w;
    let status = if form.issues.is_empty() { 200 } else { 422 };
    let title = w.t1("lifecycle-open-title", "kind", w.t(kind.word()));
    let crumbs = vec![Crumb::to(w.t("lifecycle-title"), "/lifecycle"), Crumb::here(title.clone())];
    let head = Head::new(title, MENU).crumbs(crumbs).with_error(status == 422);
    let mut body = if status == 200 { chips(visit, kind) } else { String::new() };
    if let Some(unit) = given(visit) {
        let key = if kind.founds() { "lifecycle-parent" } else { "lifecycle-unit" };
        body.push_str("<dl class=\"facts\"><div><dt>");
        body.push_str(w.t(key));
        body.push_str("</dt><dd>");
        html::push(&mut body, &Scene::seen(visit).name(unit));
        body.push_str("</dd></div></dl>");
    }
    body.push_str(&form.html(visit));
    visit.page_html(status, head, &body)
}

fn new(visit: &Visit<'_>, kind: CaseKind, named: Option<&Named>) -> Form {
    let w = visit.w;
    Form::new("/lifecycle/new", w.t("lifecycle-open-send"), fields(visit, kind, None, named))
        .cancel(w.t("lifecycle-cancel"), "/lifecycle")
}

/// `GET /lifecycle/new?case=&unit=&of=`.
pub(super) fn new_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let kind = CaseKind::from_code(visit.query.get("case")).unwrap_or(CaseKind::Founding);
    if let Ok(unit) = visit.query.get("unit").parse::<Id<Unit>>() {
        visit.permit(Permission::EditUnits, unit)?;
    }
    page(visit, kind, &new(visit, kind, None))
}

/// `POST /lifecycle/new`.
pub(super) fn open(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let kind = CaseKind::from_code(visit.form.get("case")).ok_or(Problem::NotFound)?;
    let named = Named::read(visit);
    let mut issues = Vec::new();
    let plan = read(visit, kind, None, &named, &mut issues);
    if let (Some(plan), true) = (plan, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::open(op, &plan)))? {
            Ok(id) => return Ok(Reply::done(format!("/lifecycle/cases/{id}"), "saved")),
            Err(more) => issues = more,
        }
    }
    page(visit, kind, &new(visit, kind, Some(&named)).refused(&visit.form, issues))
}

fn amendment(visit: &Visit<'_>, seen: &Seen, named: Option<&Named>) -> Form {
    let w = visit.w;
    let plan = &seen.file.plan;
    let mut fields = fields(visit, plan.kind, Some(plan), named);
    // Sent back with errors, the form still says which version it saw first.
    let version = seen.file.row.version.to_string();
    fields.push(Field::hidden("after", visit.form.some("after").unwrap_or(&version)));
    Form::new(seen.address("/plan"), w.t("lifecycle-amend-send"), fields)
        .cancel(w.t("lifecycle-cancel"), seen.address(""))
}

fn draft(visit: &Visit<'_>) -> Result<Seen, Problem> {
    let seen = Seen::load(visit)?;
    visit.permit(Permission::EditUnits, seen.file.plan.keeper())?;
    if seen.phase.is_draft() {
        return Ok(seen);
    }
    Err(Problem::Conflict(Said::new("lifecycle-stands-elsewhere")))
}

fn amend_page(visit: &Visit<'_>, seen: &Seen, form: &Form) -> Result<Reply, Problem> {
    let status = if form.issues.is_empty() { 200 } else { 422 };
    let head = seen.head(visit, Some(visit.w.t("lifecycle-amend"))).with_error(status == 422);
    visit.page_html(status, head, &form.html(visit))
}

/// `GET /lifecycle/cases/{id}/plan`.
pub(super) fn amend_form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = draft(visit)?;
    amend_page(visit, &seen, &amendment(visit, &seen, None))
}

/// `POST /lifecycle/cases/{id}/plan`.
pub(super) fn amend(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let seen = draft(visit)?;
    let (id, kind) = (seen.file.id(), seen.file.plan.kind);
    // A form that does not say which version it saw saw none there is.
    let after: u32 = visit.form.get("after").parse().unwrap_or(u32::MAX);
    let named = Named::read(visit);
    let mut issues = Vec::new();
    let plan = read(visit, kind, Some(&seen.file.plan), &named, &mut issues);
    if let (Some(plan), true) = (plan, issues.is_empty()) {
        match issues_of(visit.write(|op| actions::amend(op, id, after, &plan)))? {
            Ok(()) => return Ok(Reply::done(seen.address(""), "saved")),
            Err(more) => issues = more,
        }
    }
    amend_page(visit, &seen, &amendment(visit, &seen, Some(&named)).refused(&visit.form, issues))
}
