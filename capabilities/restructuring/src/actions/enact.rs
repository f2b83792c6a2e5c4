//! A signed plan comes into force: units, members and offices in one act.

use std::collections::{HashMap, HashSet};

use chibo_kernel::{Id, Person, Problem, Said, Unit};
use chibo_members::actions::{Moved, move_with_units};
use chibo_organisation::actions::apply_decision;
use chibo_organisation::rules::Landscape;
use chibo_organisation::{Decision, landscape_within};
use chibo_store::{Op, Param};
use serde_json::json;

use super::{lines_of, pass, plan, record};
use crate::rules::{Compiled, Plan, State, compile};
use crate::store;

/// Puts a signed plan into force; one in any other state is left alone. Everything happens or nothing.
///
/// # Errors
/// The lines the rules refuse by now; members without a target.
pub fn enact(op: &mut Op<'_, '_>, id: Id<Plan>) -> Result<(), Problem> {
    let row = plan(op, id)?;
    if row.state != State::Signed.code() {
        return Ok(());
    }
    let on = row.effective_on;
    let lines: Vec<_> = lines_of(op.tx(), id)?.into_iter().map(|(_, line)| line).collect();
    let before = landscape_within(op.tx(), on)?;
    let (compiled, refused) = compile(&before, &lines);
    if !refused.is_empty() {
        return Err(Problem::Refused(refused.into_iter().map(|refused| refused.issue).collect()));
    }
    let decision = Decision {
        id: op.fresh(),
        unit: row.unit_id,
        number: row.number.clone(),
        title: row.title.clone(),
        authority: row.authority.clone(),
        signed_on: row.signed_on,
        effective_on: on,
    };
    let now = op.now();
    let applied = apply_decision(op, &decision, &compiled.steps, now)?;
    let moved = move_members(op, id, &before, &compiled)?;
    store::bulk_moved(
        op.tx(),
        moved.iter().map(|moved| [id.value(), moved.person.value(), moved.from.value(), moved.into.value()]),
    )?;
    pass(op, &row, State::InForce, "")?;
    store::decided(op.tx(), id, decision.id)?;
    let detail = json!({ "decision": row.number, "units": applied.units, "members": moved.len() });
    record(op, id, row.unit_id, "plan-in-force", &detail);
    Ok(())
}

/// Members said by name go where that says, the others of a unit that ends to its heir.
fn move_members(
    op: &mut Op<'_, '_>,
    id: Id<Plan>,
    before: &Landscape,
    compiled: &Compiled,
) -> Result<Vec<Moved>, Problem> {
    let on = before.on;
    let named = store::members(op.tx(), id)?;
    let mut units: HashSet<Id<Unit>> = named.iter().map(|row| row.from_unit).collect();
    let named: HashMap<(Id<Person>, Id<Unit>), Id<Unit>> =
        named.into_iter().map(|row| ((row.person_id, row.from_unit), row.into_unit)).collect();
    let after = landscape_within(op.tx(), on)?;
    let holds = |unit: Id<Unit>| after.get(unit).is_some_and(|standing| standing.facts.kind.declared().holds_members);
    units.extend(compiled.ends.keys().copied());
    let mut into = |person: Id<Person>, from: Id<Unit>| {
        if let Some(into) = named.get(&(person, from)).copied().filter(|into| holds(*into)) {
            return Ok(Some(into));
        }
        match compiled.ends.get(&from) {
            None => Ok(None),
            Some(heir) => heir
                .filter(|heir| holds(*heir))
                .map(Some)
                .ok_or_else(|| Problem::rule("ORG-12", Said::new("plans-undecided").with("count", 1))),
        }
    };
    // Where no unit that ends or is divided takes members, nobody has to be looked for.
    let takes =
        |unit: &Id<Unit>| before.get(*unit).is_some_and(|standing| standing.facts.kind.declared().holds_members);
    if units.iter().any(takes) { move_with_units(op, on, &units, &mut into) } else { Ok(Vec::new()) }
}

/// Says that a signed plan could not be carried out: people have to look.
///
/// # Errors
/// A conflict when it is not signed any more.
pub fn hold(op: &mut Op<'_, '_>, id: Id<Plan>, refused: usize) -> Result<(), Problem> {
    let row = plan(op, id)?;
    pass(op, &row, State::Stuck, "")?;
    record(op, id, row.unit_id, "plan-stuck", &json!({ "refused": refused }));
    Ok(())
}
