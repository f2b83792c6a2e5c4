//! Places: entered, changed, covered, counted; their plans and how far those have come.

use chibo_kernel::rulebook::Rulebook;
use chibo_kernel::{AsOf, Day, Id, Issue, Moment, Permission, Problem, Said};
use chibo_store::{Op, Param};
use serde_json::json;

use super::{record, refuse};
use crate::rules::{
    Facts, NewCount, NewFacts, NewLink, NewPlan, NewReport, Place, Standing, begun, check_count, check_facts,
    check_link, check_plan, check_report, issue,
};
use crate::store::{self, FactRow, History};

/// A place with what was written down of it.
struct Found {
    history: History,
    /// The facts of today.
    facts: Facts,
    /// Its first day.
    first: Day,
}

/// Loads a place the viewer may change; one entered by mistake is not there.
fn found(op: &mut Op<'_, '_>, place: Id<Place>) -> Result<Found, Problem> {
    let today = op.as_of_today();
    let history = store::history(op.tx(), place)?;
    let facts = begun(&history.facts, today).ok_or(Problem::NotFound)?.facts()?;
    if facts.standing == Standing::Mistaken {
        return Err(Problem::NotFound);
    }
    op.permit(Permission::EditUnits, facts.unit)?;
    let first = history.facts.iter().map(|row| row.valid_from).min().unwrap_or_else(|| op.today());
    Ok(Found { history, facts, first })
}

/// Nobody else has the code.
fn free(op: &mut Op<'_, '_>, code: &str, own: Option<Id<Place>>) -> Result<Option<Issue>, Problem> {
    let today = op.as_of_today();
    for holder in store::holders(op.tx(), code)? {
        if Some(holder) == own {
            continue;
        }
        let rows = store::facts_of(op.tx(), holder)?;
        let held = begun(&rows, today)
            .is_some_and(|row| row.code == code && Standing::from_number(row.standing) != Some(Standing::Mistaken));
        if held {
            return Ok(Some(issue("code", "coverage-code-taken")));
        }
    }
    Ok(None)
}

/// Writes a line of facts.
fn save(op: &mut Op<'_, '_>, place: Id<Place>, new: &NewFacts) -> Result<(), Problem> {
    let (now, by) = (op.now(), op.viewer().name.clone());
    let row = row(place, new.from, &new.facts, now, &by);
    store::bulk_facts(op.tx(), std::iter::once(values(&row))).map(drop)
}

/// The facts as a line.
pub(super) fn row(place_id: Id<Place>, valid_from: Day, facts: &Facts, recorded_at: Moment, by: &str) -> FactRow {
    FactRow {
        place_id,
        valid_from,
        recorded_at,
        unit_id: facts.unit,
        kind: facts.kind.number(),
        standing: facts.standing.number(),
        lat: facts.spot.map(|spot| spot.lat),
        lon: facts.spot.map(|spot| spot.lon),
        workers: facts.workers,
        households: facts.households,
        code: facts.code.clone(),
        name: facts.name.clone(),
        recorded_by: by.to_owned(),
    }
}

/// A line as it is stored.
pub(super) fn values(row: &FactRow) -> [chibo_store::Value<'_>; 13] {
    [
        row.place_id.value(),
        row.valid_from.value(),
        row.recorded_at.value(),
        row.unit_id.value(),
        row.kind.value(),
        row.standing.value(),
        row.lat.value(),
        row.lon.value(),
        row.workers.value(),
        row.households.value(),
        row.code.value(),
        row.name.value(),
        row.recorded_by.value(),
    ]
}

/// Enters a place; gives its identifier.
///
/// # Errors
/// A refusal when days, numbers, unit or code are wrong.
pub fn enter(op: &mut Op<'_, '_>, new: &NewFacts) -> Result<Id<Place>, Problem> {
    op.permit(Permission::EditUnits, new.facts.unit)?;
    let mut issues = check_facts(new, op.today());
    issues.extend(free(op, &new.facts.code, None)?);
    refuse(issues)?;
    let place: Id<Place> = op.fresh();
    save(op, place, new)?;
    let detail = json!({ "name": new.facts.name, "code": new.facts.code, "from": new.from.iso() });
    record(op, new.facts.unit, "place-entered", *place.bytes(), &detail);
    Ok(place)
}

/// Writes down what is known of a place from a day on. `seen`: how many lines of facts the form saw.
///
/// # Errors
/// A conflict when another line was written in between; a refusal when something is wrong.
pub fn change(op: &mut Op<'_, '_>, place: Id<Place>, seen: usize, new: &NewFacts) -> Result<(), Problem> {
    let found = found(op, place)?;
    op.permit(Permission::EditUnits, new.facts.unit)?;
    unchanged(seen, found.history.facts.len())?;
    let mut issues = check_facts(new, op.today());
    issues.extend(free(op, &new.facts.code, Some(place))?);
    refuse(issues)?;
    save(op, place, new)?;
    let detail = json!({ "name": new.facts.name, "code": new.facts.code, "from": new.from.iso() });
    record(op, new.facts.unit, "place-changed", *place.bytes(), &detail);
    Ok(())
}

fn unchanged(seen: usize, there: usize) -> Result<(), Problem> {
    if seen == there { Ok(()) } else { Err(Problem::Conflict(Said::new("coverage-changed-meanwhile"))) }
}

/// Writes down which organisation covers a place from a day on, or that none does (ORG-01).
///
/// # Errors
/// A conflict when another line was written in between; a refusal when the organisation cannot.
pub fn cover(op: &mut Op<'_, '_>, place: Id<Place>, seen: usize, new: &NewLink) -> Result<(), Problem> {
    let found = found(op, place)?;
    unchanged(seen, found.history.links.len())?;
    refuse(check_link(new, found.first, op.today()))?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    let joint = new.joint && new.unit.is_some();
    let line = [place.value(), new.from.value(), now.value(), new.unit.value(), joint.value(), by.value()];
    store::bulk_links(op.tx(), std::iter::once(line))?;
    let detail = json!({
        "name": found.facts.name, "from": new.from.iso(), "unit": new.unit.map(|unit| unit.to_string()), "joint": joint,
    });
    record(op, found.facts.unit, "place-covered", *place.bytes(), &detail);
    Ok(())
}

/// Writes down what was counted at a place (TSK-23): numbers only, no names.
///
/// # Errors
/// A refusal when a number or the day is wrong.
pub fn count(op: &mut Op<'_, '_>, place: Id<Place>, new: &NewCount) -> Result<(), Problem> {
    let found = found(op, place)?;
    let then = begun(&found.history.facts, AsOf::on(new.on)).and_then(|row| row.households);
    refuse(check_count(new, found.first, then, op.today()))?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    let official = Some(new.official);
    let line = [
        place.value(),
        new.on.value(),
        now.value(),
        official.value(),
        new.served.value(),
        new.source.value(),
        by.value(),
    ];
    store::bulk_counts(op.tx(), std::iter::once(line))?;
    let detail = json!({ "name": found.facts.name, "on": new.on.iso(), "official": new.official });
    record(op, found.facts.unit, "place-counted", *place.bytes(), &detail);
    Ok(())
}

/// Writes down the plan of a year for a place, with the rule of the day it was decided under (TSK-23, ORG-01).
///
/// # Errors
/// A conflict when another version came in between; a refusal when year or number are wrong.
pub fn plan(op: &mut Op<'_, '_>, place: Id<Place>, new: &NewPlan) -> Result<(), Problem> {
    let found = found(op, place)?;
    let before = store::plans_of(op.tx(), place)?;
    unchanged(new.after as usize, before.len())?;
    refuse(check_plan(new, op.today()))?;
    let rule = Rulebook::built_in()?.on(op.today()).require("ORG-01")?.version();
    let version = before.iter().filter(|row| row.year == new.year).map(|row| row.version).max().unwrap_or(0) + 1;
    let wanted = if new.target == crate::rules::Target::Admit { new.wanted } else { 0 };
    let (now, by, target) = (op.now(), op.viewer().name.clone(), new.target.code());
    let line = [
        place.value(),
        new.year.value(),
        version.value(),
        new.unit.value(),
        target.value(),
        wanted.value(),
        rule.value(),
        new.note.value(),
        now.value(),
        by.value(),
    ];
    store::bulk_plans(op.tx(), std::iter::once(line))?;
    let detail = json!({ "name": found.facts.name, "year": new.year, "target": target, "wanted": wanted });
    record(op, found.facts.unit, "place-planned", *place.bytes(), &detail);
    Ok(())
}

/// Writes down how far the plan of a year has come.
///
/// # Errors
/// A refusal when there is no such plan, or day or number are wrong.
pub fn report(op: &mut Op<'_, '_>, place: Id<Place>, new: &NewReport) -> Result<(), Problem> {
    let found = found(op, place)?;
    if !store::plans_of(op.tx(), place)?.iter().any(|row| row.year == new.year) {
        return Err(Problem::NotFound);
    }
    refuse(check_report(new, op.today()))?;
    let (now, by) = (op.now(), op.viewer().name.clone());
    store::insert_progress(op.tx(), place, new.year, new.on, now, new.admitted, &new.note, &by)?;
    let detail = json!({ "name": found.facts.name, "year": new.year, "admitted": new.admitted });
    record(op, found.facts.unit, "place-plan-reported", *place.bytes(), &detail);
    Ok(())
}
