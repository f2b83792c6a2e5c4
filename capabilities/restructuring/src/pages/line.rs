//! One more line: what kind of change, which units.

use chibo_kernel::text::clean;
use chibo_kernel::{Id, Issue, Problem, Unit};
use chibo_organisation::forms::{facts as facts_fields, read_facts};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::pick::{self, Picked};
use chibo_organisation::rules::{Facts, check_code};
use chibo_web::form::Kind as Answer;
use chibo_web::{Crumb, Field, Form, Reply, Visit};

use super::forms::{sent_version, version};
use super::list::form_page;
use super::{Bench, again, missing};
use crate::actions;
use crate::rules::{Extent, Founding, Operation};

/// The kinds of lines one can enter, with their word.
pub(super) const KINDS: [(&str, &str); 6] = [
    ("join", "plans-join"),
    ("establish", "plans-establish"),
    ("move", "plans-move"),
    ("rename", "plans-rename"),
    ("retype", "plans-retype"),
    ("dissolve", "plans-dissolve"),
];

/// A unit meant by a field: one the plan brings, or one in sight.
struct Meant {
    brought: Option<Id<Unit>>,
    picked: Picked<Unit>,
}

impl Meant {
    fn read(visit: &Visit<'_>, bench: &Bench, field: &str) -> Self {
        let typed = visit.form.get(field).trim();
        let brought = bench.lines.iter().find_map(|line| match line {
            Operation::Establish(new)
                if new.facts.name == typed
                    || new.id.to_string() == typed
                    || (!typed.is_empty() && new.facts.code == typed) =>
            {
                Some(new.id)
            }
            _ => None,
        });
        Self { brought, picked: pick::unit(visit, field) }
    }

    fn one(&self, field: &str, issues: &mut Vec<Issue>) -> Option<Id<Unit>> {
        if self.brought.is_some() {
            return self.brought;
        }
        self.picked.one(field, "plans-unit-unknown").map_err(|issue| issues.push(issue)).ok()
    }
}

/// Which kind of line the form is for.
fn kind_of(visit: &Visit<'_>) -> &'static str {
    let asked = if visit.form.get("kind-of-line").is_empty() {
        visit.query.get("kind")
    } else {
        visit.form.get("kind-of-line")
    };
    KINDS.iter().find(|(code, _)| *code == asked).map_or("join", |(code, _)| code)
}

fn unit_field(
    visit: &Visit<'_>,
    fields: &mut Vec<Field>,
    name: &'static str,
    label: &'static str,
    meant: Option<&Meant>,
) {
    let w = visit.w;
    let asked = visit.query.get(name);
    fields.push(Field::text(name, w.t(label)).hint(w.t("plans-unit-hint")).value(asked).required());
    let choice = meant.filter(|meant| meant.brought.is_none());
    fields.extend(choice.and_then(|meant| meant.picked.choice(name, w.t("units-pick-which"))));
}

fn fields(visit: &Visit<'_>, bench: &Bench, kind: &str, units: &[Meant]) -> Vec<Field> {
    let w = visit.w;
    let mut fields = vec![Field::hidden("kind-of-line", kind), version(bench)];
    match kind {
        "establish" => {
            unit_field(visit, &mut fields, "other", "plans-parent", units.first());
            fields.extend(facts_fields(visit, None));
        }
        "join" => {
            unit_field(visit, &mut fields, "one", "plans-from", units.first());
            unit_field(visit, &mut fields, "other", "plans-into", units.get(1));
            let extents = Extent::ALL.map(|extent| (extent.code().to_owned(), w.t(extent.word()).to_owned()));
            fields.push(
                Field::new("extent", w.t("plans-extent"), Answer::Radios(extents.into()))
                    .value(Extent::Whole.code())
                    .hint(w.t("plans-extent-hint"))
                    .required(),
            );
        }
        "move" => {
            unit_field(visit, &mut fields, "one", "plans-unit-moved", units.first());
            unit_field(visit, &mut fields, "other", "plans-parent", units.get(1));
        }
        "rename" => {
            unit_field(visit, &mut fields, "one", "plans-unit-renamed", units.first());
            fields.push(Field::text("name", w.t("plans-new-name")).required());
            fields.push(Field::text("short", w.t("units-short")).hint(w.t("units-short-hint")));
            fields.push(Field::text("code", w.t("plans-new-code")).hint(w.t("plans-new-code-hint")));
        }
        "retype" => {
            unit_field(visit, &mut fields, "one", "plans-unit-retyped", units.first());
            fields.extend(
                facts_fields(visit, None)
                    .into_iter()
                    .filter(|field| ["kind", "setting"].contains(&field.name.as_str())),
            );
        }
        _ => unit_field(visit, &mut fields, "one", "plans-unit-dissolved", units.first()),
    }
    fields
}

fn page(
    visit: &Visit<'_>,
    bench: &Bench,
    units: &[Meant],
    refused: Option<(u16, Vec<Issue>)>,
) -> Result<Reply, Problem> {
    let w = visit.w;
    let kind = kind_of(visit);
    let title = KINDS.iter().find(|(code, _)| *code == kind).map_or("", |(_, word)| w.t(word));
    let form = Form::new(bench.address("/lines"), w.t("plans-add-send"), fields(visit, bench, kind, units));
    let form = form.cancel(w.t("plans-cancel"), bench.address(""));
    let crumbs = vec![Crumb::to(bench.plan.title.as_str(), bench.address(""))];
    form_page(visit, title, crumbs, form, refused)
}

/// `GET /restructuring/{id}/lines?kind=&one=&other=`.
pub(super) fn form(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    page(visit, &bench, &[], None)
}

/// The line the form says, the units meant in it, and what is wrong.
fn read(visit: &Visit<'_>, bench: &Bench) -> (Option<Operation>, Vec<Meant>, Vec<Issue>) {
    let mut issues = Vec::new();
    let kind = kind_of(visit);
    let names: &[&'static str] = match kind {
        "establish" => &["other"],
        "join" | "move" => &["one", "other"],
        _ => &["one"],
    };
    let units: Vec<Meant> = names.iter().map(|name| Meant::read(visit, bench, name)).collect();
    let ids: Vec<_> = units.iter().zip(names).map(|(meant, name)| meant.one(name, &mut issues)).collect();
    let (first, second) = (ids.first().copied().flatten(), ids.get(1).copied().flatten());
    let line = line(visit, bench, kind, (first, second), &mut issues);
    (line.filter(|_| issues.is_empty()), units, issues)
}

fn line(
    visit: &Visit<'_>,
    bench: &Bench,
    kind: &str,
    (first, second): (Option<Id<Unit>>, Option<Id<Unit>>),
    issues: &mut Vec<Issue>,
) -> Option<Operation> {
    let form = &visit.form;
    Some(match kind {
        "establish" => {
            let facts = read_facts(visit, issues);
            Operation::Establish(Box::new(Founding { id: visit.house.db.fresh(), facts: facts?, parent: first? }))
        }
        "join" => {
            let extent = Extent::from_code(form.get("extent"));
            if extent.is_none() {
                issues.push(missing("extent", "plans-extent-needed"));
            }
            Operation::Join { from: first?, into: second?, extent: extent? }
        }
        "move" => Operation::Move { unit: first?, parent: second? },
        "rename" => rename(visit, bench, first, issues)?,
        "retype" => {
            let (kind, setting) = (Kind::from_code(form.get("kind")), Setting::from_code(form.get("setting")));
            if kind.is_none() || setting.is_none() {
                issues.push(missing("kind", "plans-kind-needed"));
            }
            Operation::Retype { unit: first?, kind: kind?, setting: setting? }
        }
        _ => Operation::Dissolve { unit: first? },
    })
}

fn rename(visit: &Visit<'_>, bench: &Bench, unit: Option<Id<Unit>>, issues: &mut Vec<Issue>) -> Option<Operation> {
    let text = |name: &str| clean(visit.form.get(name)).into_owned();
    let (name, short) = (text("name"), text("short"));
    if name.is_empty() {
        issues.push(missing("name", "units-name-empty"));
    }
    let code = check_code(visit.form.get("code")).map_err(|issue| issues.push(issue)).ok()?;
    let unit = unit?;
    let now: Option<&Facts> = bench.before.get(unit).map(|standing| &standing.facts);
    let short = match (short.is_empty(), now) {
        (true, Some(now)) if now.name == name => now.short.clone(),
        (true, _) => name.clone(),
        (false, _) => short,
    };
    Some(Operation::Rename { unit, name, short, code: (!code.is_empty()).then_some(code) })
}

/// `POST /restructuring/{id}/lines`.
pub(super) fn add(visit: &mut Visit<'_>) -> Result<Reply, Problem> {
    let bench = Bench::load(visit)?;
    let (line, units, issues) = read(visit, &bench);
    let Some(line) = line else { return page(visit, &bench, &units, Some((422, issues))) };
    let (plan, version) = (bench.plan.plan_id, sent_version(visit));
    match visit.write(|op| actions::add(op, plan, version, std::slice::from_ref(&line))) {
        Ok(()) => Ok(Reply::done(bench.address(""), "saved")),
        Err(problem) => {
            let refused = again(problem)?;
            page(visit, &Bench::load(visit)?, &units, Some(refused))
        }
    }
}
