//! Many places at the speed of the engine: for the demonstration.

use chibo_kernel::{Day, Id, Moment, Problem, Unit};
use chibo_store::{Op, Param, Value};
use serde_json::json;

use super::places::{row, values};
use super::record;
use crate::rules::{Facts, Place, Target};
use crate::store;

/// A place with its organisation, its count and its plan.
#[derive(Clone, Debug)]
pub struct LoadedPlace {
    /// Its identifier, drawn by the caller.
    pub id: Id<Place>,
    /// First day.
    pub from: Day,
    /// Its facts.
    pub facts: Facts,
    /// The organisation that covers it, since when, and whether it is a joint one.
    pub link: Option<(Id<Unit>, Day, bool)>,
    /// Official members and households looked after, counted on a day.
    pub count: Option<(u32, Option<u32>, Day)>,
    /// The plan of a year.
    pub plan: Option<LoadedPlan>,
}

/// The plan of a year, and how many were admitted by a day.
#[derive(Clone, Copy, Debug)]
pub struct LoadedPlan {
    /// Year.
    pub year: i32,
    /// What it is after.
    pub target: Target,
    /// How many to admit.
    pub wanted: u32,
    /// Admitted so far, reported on a day.
    pub reported: Option<(u32, Day)>,
}

/// Adds places that are not in the register yet, unchecked: the caller's plan is trusted. `source` is who counted,
/// `rule` the version plans were decided under. Only the program itself may do this. Gives how many.
///
/// # Errors
/// `Denied` for anybody but the program.
pub fn load_places(
    op: &mut Op<'_, '_>,
    places: &[LoadedPlace],
    (source, rule): (&str, &str),
    recorded: Moment,
) -> Result<u64, Problem> {
    if !op.viewer().system {
        return Err(Problem::Denied);
    }
    let by = op.viewer().name.clone();
    let rows: Vec<_> = places.iter().map(|place| row(place.id, place.from, &place.facts, recorded, &by)).collect();
    let added = store::bulk_facts(op.tx(), rows.iter().map(values))?;
    let at = recorded.value();
    let links = places.iter().filter_map(|place| Some((place, place.link.as_ref()?)));
    let links = links.map(|(place, (unit, from, joint))| {
        [place.id.value(), from.value(), at, unit.value(), joint.value(), by.value()]
    });
    store::bulk_links(op.tx(), links)?;
    let counts = places.iter().filter_map(|place| Some((place, place.count.as_ref()?)));
    let counts = counts.map(|(place, (official, served, on))| {
        [place.id.value(), on.value(), at, official.value(), served.value(), Value::Text(source), by.value()]
    });
    store::bulk_counts(op.tx(), counts)?;
    plans(op, places, (rule, &by), recorded)?;
    if let Some(first) = places.first() {
        record(op, first.facts.unit, "places-loaded", *first.id.bytes(), &json!({ "count": places.len() }));
    }
    Ok(added)
}

fn plans(
    op: &mut Op<'_, '_>,
    places: &[LoadedPlace],
    (rule, by): (&str, &str),
    recorded: Moment,
) -> Result<(), Problem> {
    let planned = || places.iter().filter_map(|place| Some((place, place.plan.as_ref()?)));
    let rows = planned().map(|(place, plan)| {
        [
            place.id.value(),
            plan.year.value(),
            Value::Int(1),
            place.facts.unit.value(),
            Value::Text(plan.target.code()),
            plan.wanted.value(),
            Value::Text(rule),
            Value::Text(""),
            recorded.value(),
            Value::Text(by),
        ]
    });
    store::bulk_plans(op.tx(), rows)?;
    for (place, plan) in planned() {
        if let Some((admitted, on)) = plan.reported {
            store::insert_progress(op.tx(), place.id, plan.year, on, recorded, admitted, "", by)?;
        }
    }
    Ok(())
}
