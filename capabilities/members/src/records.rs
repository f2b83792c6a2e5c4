//! Records as capabilities above read them: one, fifty at a time, by identity number.

use std::collections::HashMap;

use chibo_kernel::{Id, Moment, Period, Person, Problem};
use chibo_store::{Keys, Tx};

pub use crate::store::{AT_ONCE, PersonRow};

use crate::ledger::identity_key;
use crate::store::{self, LevelOf};
use crate::twins::Lines;

/// The undated facts of a record, the sealed ones sealed.
///
/// # Errors
/// Problems of the database.
pub fn record_of(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Option<PersonRow>, Problem> {
    store::person(tx, id)
}

/// Whose identity number this is.
///
/// # Errors
/// Problems of the database.
pub fn owner_of(tx: &mut Tx<'_>, keys: &Keys, number: &str) -> Result<Option<Id<Person>>, Problem> {
    match identity_key(keys, number) {
        Some(key) => store::key_owner(tx, &key),
        None => Ok(None),
    }
}

/// The undated facts of any number of records.
///
/// # Errors
/// Problems of the database.
pub fn records_of(tx: &mut Tx<'_>, ids: &[Id<Person>]) -> Result<HashMap<Id<Person>, PersonRow>, Problem> {
    let mut rows = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(AT_ONCE) {
        store::persons_of(tx, chunk, |row| {
            rows.insert(row.person_id, row);
            Ok(())
        })?;
    }
    Ok(rows)
}

/// Records with the dated lines believed of them now, of any number.
///
/// # Errors
/// Problems of the database.
pub fn whole_records_of(
    tx: &mut Tx<'_>,
    ids: &[Id<Person>],
) -> Result<HashMap<Id<Person>, (PersonRow, Lines)>, Problem> {
    let mut records: HashMap<_, _> =
        records_of(tx, ids)?.into_iter().map(|(id, row)| (id, (row, Lines::default()))).collect();
    let believed = |from, to, superseded: Moment| Period::new(from, to).filter(|_| superseded == Moment::FOREVER);
    for chunk in ids.chunks(AT_ONCE) {
        store::postings_of(tx, chunk, |row| {
            let valid = believed(row.valid_from, row.valid_to, row.superseded_at);
            if let (Some((_, lines)), Some(valid)) = (records.get_mut(&row.person_id), valid) {
                lines.postings.push((valid, row.unit_id));
            }
            Ok(())
        })?;
        let mut dated = |row: LevelOf| {
            let valid = believed(row.valid_from, row.valid_to, row.superseded_at);
            if let (Some((_, lines)), Some(valid)) = (records.get_mut(&row.person_id), valid) {
                match usize::from(row.field).checked_sub(1) {
                    None => lines.standings.push((valid, row.level)),
                    Some(at) => lines.levels.get_mut(at).into_iter().for_each(|line| line.push((valid, row.level))),
                }
            }
            Ok(())
        };
        store::standings_of(tx, chunk, &mut dated)?;
        store::levels_of(tx, chunk, &mut dated)?;
    }
    Ok(records)
}
