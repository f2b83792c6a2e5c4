//! A member leaves the register's count, or comes back as if he had never left (MEM-42).

use chibo_kernel::{Day, Id, Period, Person, Problem, Unit};
use chibo_store::Op;

use super::{home, set_standing};
use crate::codes::Standing;
use crate::{ledger, store};

/// From a day on the person has left or is dead: the standing changes and the posting ends (EXI-15). The branch stays the
/// home of the record.
///
/// # Errors
/// A refusal for days out of order; absent when out of reach.
pub fn leave(op: &mut Op<'_, '_>, id: Id<Person>, standing: Standing, from: Day) -> Result<(), Problem> {
    set_standing(op, id, standing.number(), from)?;
    end_posting(op, id, from)
}

/// Nobody belongs to a branch any more from a day on.
pub(super) fn end_posting(op: &mut Op<'_, '_>, id: Id<Person>, from: Day) -> Result<(), Problem> {
    let first = store::postings(op.tx(), id)?.iter().map(|row| row.valid_from).min();
    // Somebody who was never posted for a whole day keeps that day: the record needs a home.
    let ends = first.map_or(from, |first| from.max(first.plus_days(1)));
    ledger::amend_posting(op, id, Period::since(ends), None)
}

/// What a person was holds again from the day it ended, without a gap (MEM-42): standing, and posting in the branch he
/// belonged to last.
///
/// # Errors
/// A refusal for days out of order; absent when out of reach.
pub fn restore(op: &mut Op<'_, '_>, id: Id<Person>, standing: Standing, from: Day) -> Result<(), Problem> {
    let unit = home(op, id)?;
    set_standing(op, id, standing.number(), from)?;
    resume_posting(op, id, unit)
}

/// A posting that ended goes on in a branch from the day it ended, without a gap.
pub(super) fn resume_posting(op: &mut Op<'_, '_>, id: Id<Person>, unit: Id<Unit>) -> Result<(), Problem> {
    let begun = store::postings(op.tx(), id)?.into_iter();
    let last = begun.filter(|row| row.superseded_at == chibo_kernel::Moment::FOREVER).map(|row| row.valid_to).max();
    match last {
        Some(ended) if ended < Day::FOREVER => ledger::amend_posting(op, id, Period::since(ended), Some(unit)),
        _ => Ok(()),
    }
}
