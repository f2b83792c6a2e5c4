//! Exact days of members for capabilities above: the columns know months only.

use std::collections::HashMap;

use chibo_kernel::{Day, Id, Person, Problem};
use chibo_store::Tx;

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
