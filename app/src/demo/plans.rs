//! What the organisation board of the demonstration is working on: a plan that joins small neighbouring branches.

use std::collections::BTreeMap;

use chibo_kernel::{Id, Problem, Unit};
use chibo_organisation::kinds::Kind;
use chibo_organisation::landscape_within;
use chibo_organisation::rules::Landscape;
use chibo_restructuring::actions::{PlanFacts, add, begin};
use chibo_restructuring::rules::{Extent, Operation};
use chibo_store::Op;

use super::TODAY;

/// Pairs of branches the plan joins.
const PAIRS: usize = 6;

/// Writes the plan as a draft that waits for a signature.
pub fn write(op: &mut Op<'_, '_>) -> Result<(), Problem> {
    let on = TODAY.plus_days(30);
    let landscape = landscape_within(op.tx(), on)?;
    let city = landscape.units().find(|(_, standing)| standing.facts.kind == Kind::City).map(|(unit, _)| unit);
    let Some(city) = city else { return Ok(()) };
    let facts = PlanFacts {
        unit: city,
        title: "Sáp nhập các chi bộ ít đảng viên".to_owned(),
        authority: "Ban Thường vụ Thành ủy".to_owned(),
        effective_on: on,
    };
    let plan = begin(op, &facts)?;
    let join = |(from, into)| Operation::Join { from, into, extent: Extent::Whole };
    let lines: Vec<_> = pairs(&landscape, city).into_iter().map(join).collect();
    add(op, plan, 1, &lines)
}

/// The last two branches of organisations with many, in the city.
fn pairs(landscape: &Landscape, city: Id<Unit>) -> Vec<(Id<Unit>, Id<Unit>)> {
    let mut below: BTreeMap<Id<Unit>, Vec<Id<Unit>>> = BTreeMap::new();
    for (unit, standing) in landscape.units().filter(|(_, standing)| standing.facts.kind == Kind::Branch) {
        if let Some(parent) = standing.parent {
            below.entry(parent).or_default().push(unit);
        }
    }
    let of_city = |unit: &Id<Unit>| landscape.get(*unit).is_some_and(|standing| standing.parent == Some(city));
    let pair = |(_, branches): (&Id<Unit>, &Vec<Id<Unit>>)| Some((*branches.first()?, *branches.last()?));
    let many = below.iter().filter(|(unit, branches)| of_city(unit) && branches.len() >= 4);
    many.filter_map(pair).take(PAIRS).collect()
}
