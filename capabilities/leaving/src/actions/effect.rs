//! What a decision does to the member, in the same write.

use chibo_kernel::{Day, Id, Person, Problem, Unit};
use chibo_members::actions as members;
use chibo_members::codes::Standing;
use chibo_store::Op;

use super::write::add_step;
use crate::file::{File, stands};
use crate::rules::{CaseFile, Deed, Kind, Step, Taken, Terms, becomes};
use crate::store;

/// Puts a decision in force.
///
/// # Errors
/// What members refuse; problems of the database.
pub(super) fn apply(
    op: &mut Op<'_, '_>,
    id: Id<CaseFile>,
    person: Id<Person>,
    kind: Kind,
    taken: &Taken,
) -> Result<(), Problem> {
    let from = taken.effective;
    if kind == Kind::Restoration {
        return restore(op, person, taken.on);
    }
    let Some(standing) = becomes(kind) else { return Ok(()) };
    let today = op.today();
    let now = chibo_members::standings_of(op.tx(), person)?;
    let now = now.iter().find(|(begun, to, _)| *begun <= today && today < *to).map(|(.., standing)| *standing);
    match standing {
        Standing::Left | Standing::Deceased => members::leave(op, person, standing, from)?,
        // A renewal goes on with what holds.
        _ if now == Some(standing) => {}
        _ => members::set_standing(op, person, standing.number(), from)?,
    }
    for state in store::states_of(op.tx(), person)? {
        let (other, _) = stands(&state)?;
        if other.exempts() && state.case_id != id && state.begins_on != Day::FOREVER && state.over_on == Day::FOREVER {
            store::set_over(op.tx(), state.case_id, from)?;
        }
    }
    Ok(())
}

/// What the member was before holds again from the day it ended (MEM-42); the removal stays in the book as taken back.
fn restore(op: &mut Op<'_, '_>, person: Id<Person>, on: Day) -> Result<(), Problem> {
    let standings = chibo_members::standings_of(op.tx(), person)?;
    let Some(at) = standings.iter().rposition(|(.., standing)| *standing == Standing::Left) else {
        return Err(Problem::fault("nobody to restore"));
    };
    let left = standings.get(at).map_or(on, |(from, ..)| *from);
    let before = at.checked_sub(1).and_then(|before| standings.get(before));
    let standing = before.map_or(Standing::Official, |(.., standing)| *standing);
    members::restore(op, person, standing, left)?;
    for state in store::states_of(op.tx(), person)? {
        let (kind, _) = stands(&state)?;
        let removed = kind.removes() && state.begins_on == left && state.over_on == Day::FOREVER;
        if removed {
            store::set_over(op.tx(), state.case_id, on)?;
        }
        if kind.exempts() && state.over_on == left && standing == Standing::Exempted {
            store::set_over(op.tx(), state.case_id, Day::FOREVER)?;
        }
    }
    Ok(())
}

/// Whoever died or was expelled has nothing left to decide: his other cases stop.
pub(super) fn stop_others(
    op: &mut Op<'_, '_>,
    person: Id<Person>,
    but: Id<CaseFile>,
    unit: Id<Unit>,
    (on, terms): (Day, &Terms),
) -> Result<(), Problem> {
    for state in store::states_of(op.tx(), person)? {
        let (kind, phase) = stands(&state)?;
        if state.case_id == but || !phase.undecided() || matches!(kind, Kind::Complaint | Kind::Restoration) {
            continue;
        }
        let mut file = File::load(op.tx(), state.case_id, |_| true)?;
        let after = u32::try_from(file.rows.len()).unwrap_or(u32::MAX);
        let mut deed = Deed::new(Step::Withdrawn, after, on, "");
        deed.note = "Đảng viên không còn trong danh sách".to_owned();
        file.course.steps.push(Taken {
            step: Step::Withdrawn,
            on,
            effective: Day::FOREVER,
            ends: Day::FOREVER,
            count: None,
        });
        add_step(op, state.case_id, (&file.opening, &file.course), &deed, unit, terms)?;
    }
    Ok(())
}
