//! Writing a plan: every change carries the version it was made on.

use std::collections::BTreeSet;

use chibo_kernel::text::fold;
use chibo_kernel::{Day, Id, Permission, Person, Problem, Said, Unit};
use chibo_members::rules::Secret;
use chibo_organisation::landscape_within;
use chibo_organisation::rules::Landscape;
use chibo_store::{Op, Param, Value};
use serde_json::json;

use super::{lines_of, next_version, plan, record, touched};
use crate::rules::{Operation, Plan, State, compile, counter as lines_back};
use crate::store::{self, PlanRow};

/// Most lines of one plan.
pub const MOST_LINES: usize = 40_000;

/// What a plan is called and when it takes effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFacts {
    /// The unit whose committee decides.
    pub unit: Id<Unit>,
    /// What it is about.
    pub title: String,
    /// Who decides.
    pub authority: String,
    /// In force from.
    pub effective_on: Day,
}

fn check(facts: &PlanFacts) -> Result<(), Problem> {
    let empty = |field: &str, key: &'static str| Err(Problem::field(field, Said::new(key)));
    match () {
        () if facts.title.is_empty() => empty("title", "plans-title-empty"),
        () if facts.title.chars().count() > 300 => empty("title", "plans-title-long"),
        () if facts.authority.is_empty() => empty("authority", "plans-authority-empty"),
        () => Ok(()),
    }
}

/// Begins a plan.
///
/// # Errors
/// Refusals by field; absent without the permission on its unit.
pub fn begin(op: &mut Op<'_, '_>, facts: &PlanFacts) -> Result<Id<Plan>, Problem> {
    begin_as(op, facts, None)
}

fn begin_as(op: &mut Op<'_, '_>, facts: &PlanFacts, undone: Option<Id<Plan>>) -> Result<Id<Plan>, Problem> {
    op.permit(Permission::Reorganise, facts.unit)?;
    check(facts)?;
    let (id, now, viewer) = (op.fresh(), op.now(), op.viewer().clone());
    let PlanFacts { unit, title, authority, effective_on } = facts;
    let (by, name) = (viewer.account, viewer.name.as_str());
    store::insert(op.tx(), id, *unit, title, authority, *effective_on, undone, Day::FOREVER, by, name, now)?;
    let detail = json!({ "title": title, "effective": effective_on.iso() });
    record(op, id, *unit, "plan-begun", &detail);
    Ok(id)
}

/// Another title, decider or day.
///
/// # Errors
/// Refusals by field; a conflict when somebody changed the plan since the version.
pub fn amend(op: &mut Op<'_, '_>, id: Id<Plan>, version: i64, facts: &PlanFacts) -> Result<(), Problem> {
    let row = plan(op, id)?;
    check(facts)?;
    next_version(op, &row, version)?;
    store::amend(op.tx(), id, &facts.title, &facts.authority, facts.effective_on)?;
    let before = json!({ "title": row.title, "authority": row.authority, "effective": row.effective_on.iso() });
    let after = json!({ "title": facts.title, "authority": facts.authority, "effective": facts.effective_on.iso() });
    record(op, id, row.unit_id, "plan-amended", &json!({ "before": before, "after": after }));
    Ok(())
}

/// Adds lines; on every unit they name one must be allowed to restructure.
///
/// # Errors
/// A conflict when somebody changed the plan since the version; absent for units out of reach; too many lines.
pub fn add(op: &mut Op<'_, '_>, id: Id<Plan>, version: i64, lines: &[Operation]) -> Result<(), Problem> {
    let row = plan(op, id)?;
    let known = lines_of(op.tx(), id)?;
    if known.len() + lines.len() > MOST_LINES {
        return Err(Problem::refuse(Said::new("plans-too-many-lines").with("most", MOST_LINES)));
    }
    let all = known.iter().map(|(_, line)| line).chain(lines);
    let brought: BTreeSet<_> = all.filter(|line| line.brings()).map(Operation::unit).collect();
    for unit in touched(lines.iter()).difference(&brought) {
        op.permit(Permission::Reorganise, *unit)?;
    }
    let version = next_version(op, &row, version)?;
    write(op, id, version, lines)?;
    record(op, id, row.unit_id, "plan-lines-added", &json!({ "lines": lines.len(), "version": version }));
    Ok(())
}

fn write(op: &mut Op<'_, '_>, id: Id<Plan>, version: i64, lines: &[Operation]) -> Result<(), Problem> {
    let first = store::last_line(op.tx(), id)?.flatten().unwrap_or(0) + 1;
    let viewer = op.viewer().clone();
    let details: Vec<_> = lines.iter().map(|line| (line.unit(), line.other(), line.detail())).collect();
    let rows = lines.iter().zip(&details).enumerate().map(|(at, (line, (unit, other, detail)))| {
        [
            id.value(),
            Value::Int(first + at as i64),
            Value::Text(line.code()),
            unit.value(),
            other.value(),
            Value::Text(detail),
            viewer.account.value(),
            Value::Text(&viewer.name),
            Value::Int(version),
            Value::Int(0),
        ]
    });
    store::bulk_lines(op.tx(), rows).map(drop)
}

/// Takes lines out of a plan.
///
/// # Errors
/// A conflict when somebody changed the plan since the version; a refusal when no line is named.
pub fn take_out(op: &mut Op<'_, '_>, id: Id<Plan>, version: i64, numbers: &[i64]) -> Result<(), Problem> {
    let row = plan(op, id)?;
    if numbers.is_empty() {
        return Err(Problem::field("line", Said::new("plans-no-line-chosen")));
    }
    let version = next_version(op, &row, version)?;
    for number in numbers {
        store::take_out(op.tx(), id, *number, version)?;
    }
    record(op, id, row.unit_id, "plan-lines-taken-out", &json!({ "lines": numbers, "version": version }));
    Ok(())
}

/// Says for members one by one where they go; `None` takes back what was said.
///
/// # Errors
/// A conflict when somebody changed the plan since the version; absent when the target is out of reach; a refusal when
/// nobody is named or somebody does not belong to the unit.
pub fn assign(
    op: &mut Op<'_, '_>,
    id: Id<Plan>,
    version: i64,
    persons: &[Id<Person>],
    (from, into): (Id<Unit>, Option<Id<Unit>>),
) -> Result<(), Problem> {
    let row = plan(op, id)?;
    if persons.is_empty() {
        return Err(Problem::field("who", Said::new("plans-nobody-chosen")));
    }
    op.permit(Permission::Reorganise, from)?;
    let brought: BTreeSet<_> =
        lines_of(op.tx(), id)?.iter().map(|(_, line)| line).filter(|line| line.brings()).map(Operation::unit).collect();
    if let Some(into) = into.filter(|into| !brought.contains(into)) {
        op.permit(Permission::Reorganise, into)?;
    }
    let today = op.today();
    for person in persons {
        if chibo_members::actions::home_of(op.tx(), *person, today)? != from {
            return Err(Problem::field("who", Said::new("plans-not-of-unit")));
        }
    }
    let version = next_version(op, &row, version)?;
    for person in persons {
        store::forget_member(op.tx(), id, *person, version)?;
    }
    if let Some(into) = into {
        let by = op.viewer().account;
        let rows = persons.iter().map(|person| {
            let (came, went) = (Value::Int(version), Value::Int(0));
            [id.value(), person.value(), came, went, from.value(), into.value(), by.value()]
        });
        store::bulk_members(op.tx(), rows)?;
    }
    let detail =
        json!({ "members": persons.len(), "from": from.to_string(), "into": into.map(|unit| unit.to_string()) });
    record(op, id, row.unit_id, "plan-members-assigned", &detail);
    Ok(())
}

/// Says for all members of a unit whose residence contains a text (a quarter, a street) where they go; gives how many
/// those are. Each residence opened is recorded like every opened secret.
///
/// # Errors
/// As [`assign`]; denied without the permission to open secrets.
pub fn assign_by_residence(
    op: &mut Op<'_, '_>,
    id: Id<Plan>,
    version: i64,
    (persons, place): (&[Id<Person>], &str),
    (from, into): (Id<Unit>, Id<Unit>),
) -> Result<usize, Problem> {
    let row = plan(op, id)?;
    let wanted = fold(place.trim());
    if wanted.is_empty() {
        return Err(Problem::field("place", Said::new("plans-place-empty")));
    }
    let mut living = Vec::new();
    for person in persons {
        let residence = chibo_members::actions::reveal(op, *person, Secret::Residence, &row.title)?;
        if contains_words(&fold(&residence), &wanted) {
            living.push(*person);
        }
    }
    if living.is_empty() {
        return Err(Problem::field("place", Said::new("plans-nobody-lives-there").with("place", place.trim())));
    }
    assign(op, id, version, &living, (from, Some(into)))?;
    Ok(living.len())
}

/// Whole words only: "khu phố 1" is not in "khu phố 12".
pub(crate) fn contains_words(text: &str, wanted: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(wanted).any(|(at, found)| {
        let (before, after) = (text.get(..at), text.get(at + found.len()..));
        !letter(before.and_then(|text| text.chars().next_back())) && !letter(after.and_then(|text| text.chars().next()))
    })
}

/// Begins the plan that undoes one in force, effective on a day: a draft like any other, to be looked at and signed.
///
/// # Errors
/// A conflict when the plan is not in force.
pub fn counter(op: &mut Op<'_, '_>, id: Id<Plan>, facts: &PlanFacts) -> Result<Id<Plan>, Problem> {
    let row = plan(op, id)?;
    if row.state != State::InForce.code() {
        return Err(Problem::Conflict(Said::new("plans-not-in-force")));
    }
    if facts.effective_on <= row.effective_on {
        let said = Said::new("plans-counter-early").with("day", row.effective_on);
        return Err(Problem::field("effective", said));
    }
    let lines = back(op, &row, facts.effective_on)?;
    let new = begin_as(op, &PlanFacts { unit: row.unit_id, ..facts.clone() }, Some(id))?;
    write(op, new, 1, &lines)?;
    bring_back(op, new, id)?;
    Ok(new)
}

/// The lines that undo a plan.
fn back(op: &mut Op<'_, '_>, row: &PlanRow, on: Day) -> Result<Vec<Operation>, Problem> {
    let lines: Vec<_> = lines_of(op.tx(), row.plan_id)?.into_iter().map(|(_, line)| line).collect();
    let before = landscape_within(op.tx(), row.effective_on.plus_days(-1))?;
    let (compiled, _) = compile(&Landscape::new(row.effective_on, copied(&before)), &lines);
    let (after, now) = (landscape_within(op.tx(), row.effective_on)?, landscape_within(op.tx(), on)?);
    let touched = compiled.steps.iter().map(chibo_organisation::Step::unit).collect();
    let mut joined: Vec<_> = lines
        .iter()
        .filter_map(|line| match line {
            Operation::Join { from, into, extent } => Some((*extent == crate::rules::Extent::Part, *from, *into)),
            _ => None,
        })
        .collect();
    joined.sort_by_key(|(part, ..)| *part);
    let joined: Vec<_> = joined.into_iter().map(|(_, from, into)| (from, into)).collect();
    Ok(lines_back((&before, &after, &now), &touched, &joined))
}

fn copied(landscape: &Landscape) -> impl Iterator<Item = (Id<Unit>, chibo_organisation::rules::Standing)> + '_ {
    landscape.units().map(|(unit, standing)| (unit, standing.clone()))
}

/// Members the plan moved go back, if they are still where it put them.
fn bring_back(op: &mut Op<'_, '_>, new: Id<Plan>, old: Id<Plan>) -> Result<(), Problem> {
    let today = op.today();
    let mut back = Vec::new();
    for row in store::moved(op.tx(), old)? {
        if chibo_members::actions::home_of(op.tx(), row.person_id, today)? == row.into_unit {
            back.push(row);
        }
    }
    let by = op.viewer().account;
    let rows = back.iter().map(|row| {
        let (came, went) = (Value::Int(1), Value::Int(0));
        [new.value(), row.person_id.value(), came, went, row.into_unit.value(), row.from_unit.value(), by.value()]
    });
    store::bulk_members(op.tx(), rows).map(drop)
}
