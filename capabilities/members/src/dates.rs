//! Exact days of members for capabilities above: the columns know months only.

use std::collections::HashMap;

use chibo_kernel::{Day, Id, Moment, Person, Problem};
use chibo_store::Tx;

use crate::codes::Standing;
use crate::store;

/// The day from which Party age counts (MEM-40) of each of these members; those without one are left out.
///
/// # Errors
/// What the store gives.
pub fn admitted_of(tx: &mut Tx<'_>, ids: &[Id<Person>]) -> Result<HashMap<Id<Person>, Day>, Problem> {
    let mut days = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(store::AT_ONCE) {
        store::dates_of(tx, chunk, |row| {
            days.extend(row.admitted.map(|day| (row.person_id, day)));
            Ok(())
        })?;
    }
    Ok(days)
}

/// The day from which somebody is an official member (MEM-31), where it is known.
///
/// # Errors
/// What the store gives.
pub fn official_of(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Option<Day>, Problem> {
    Ok(store::person(tx, id)?.and_then(|person| person.official))
}

/// The day of birth as written in the dossier (EXI-16).
///
/// # Errors
/// What the store gives.
pub fn born_of(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Option<Day>, Problem> {
    Ok(store::person(tx, id)?.map(|person| person.birth))
}

/// The standings of a member as believed now: from which day until which, in order.
///
/// # Errors
/// What the store gives.
pub fn standings_of(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Vec<(Day, Day, Standing)>, Problem> {
    let mut rows = store::standings(tx, id)?;
    rows.retain(|row| row.superseded_at == Moment::FOREVER);
    rows.sort_unstable_by_key(|row| row.valid_from);
    Ok(rows
        .iter()
        .filter_map(|row| Some((row.valid_from, row.valid_to, Standing::from_number(row.standing)?)))
        .collect())
}
