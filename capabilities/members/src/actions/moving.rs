//! Members who go with a reorganisation: their unit ends or is divided, and their posting goes on elsewhere.

use std::collections::HashSet;

use chibo_kernel::{Day, Id, Moment, Person, Problem, Unit};
use chibo_store::{Change, Op, Param};

use crate::{ledger, store};

/// Somebody whose posting went from one unit to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Who.
    pub person: Id<Person>,
    /// Out of this unit.
    pub from: Id<Unit>,
    /// Into this one.
    pub into: Id<Unit>,
}

/// Where somebody goes who belongs to a unit; `None`: he stays.
pub type Target<'t> = dyn FnMut(Id<Person>, Id<Unit>) -> Result<Option<Id<Unit>>, Problem> + 't;

/// From a day on everybody posted to one of the units is posted where `into` says; `None` leaves him where he is.
/// Postings that begin later go too. The history before the day stays; the audit entry is the caller's.
///
/// # Errors
/// What `into` refuses; problems of the database.
pub fn move_with_units(
    op: &mut Op<'_, '_>,
    on: Day,
    units: &HashSet<Id<Unit>>,
    into: &mut Target<'_>,
) -> Result<Vec<Moved>, Problem> {
    // Somebody may have been moved by the same act, or at the same moment: both stand, in their order.
    let now = op.now();
    let last = store::posting_recorded(op.tx(), now)?.map(Moment);
    let now = ledger::after(now, last.into_iter());
    let (mut rows, mut moved) = (Vec::new(), Vec::new());
    store::postings_from(op.tx(), on, Moment::FOREVER, |row| {
        if units.contains(&row.unit_id)
            && let Some(unit) = into(row.person_id, row.unit_id)?.filter(|unit| *unit != row.unit_id)
        {
            moved.push(Moved { person: row.person_id, from: row.unit_id, into: unit });
            rows.push((row, unit));
        }
        Ok(())
    })?;
    let mut added = Vec::with_capacity(rows.len() * 2);
    for (row, unit) in &rows {
        store::close_posting(op.tx(), row.person_id, row.recorded_at, row.valid_from, now)?;
        if row.valid_from < on {
            added.push((row.person_id, row.valid_from, on, row.unit_id));
        }
        added.push((row.person_id, row.valid_from.max(on), row.valid_to, *unit));
    }
    let forever = Moment::FOREVER;
    store::add_postings(
        op.tx(),
        added.iter().map(|(person, from, to, unit)| {
            [person.value(), now.value(), from.value(), to.value(), forever.value(), unit.value()]
        }),
    )?;
    moved.iter().for_each(|moved| op.touch(Change::Person(moved.person)));
    Ok(moved)
}
