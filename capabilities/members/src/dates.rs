//! Exact days of members for capabilities above: the columns know months only.

use std::collections::HashMap;

use chibo_kernel::{Day, Id, Moment, Person, Problem};
use chibo_store::Tx;

use crate::codes::Standing;
use crate::rules::party_age::PartyAge;
use crate::rules::restored::{Gaps, restored};
use crate::store;

/// The day of the admission decision of each of these members; those without one are left out.
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

/// The Party age of each of these members (MEM-40); those of whom no admission is known, and who never became official, are
/// left out.
///
/// # Errors
/// What the store gives.
pub fn party_ages_of(tx: &mut Tx<'_>, ids: &[Id<Person>]) -> Result<HashMap<Id<Person>, PartyAge>, Problem> {
    let mut ages = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(store::AT_ONCE) {
        let (mut dates, mut lines) = (Vec::with_capacity(chunk.len()), HashMap::<_, Vec<_>>::new());
        store::dates_of(tx, chunk, |row| {
            dates.push(row);
            Ok(())
        })?;
        store::standings_of(tx, chunk, |row| {
            let standing = Standing::from_number(row.level).filter(|_| row.superseded_at == Moment::FOREVER);
            if let Some(standing) = standing {
                lines.entry(row.person_id).or_default().push((row.valid_from, row.valid_to, standing));
            }
            Ok(())
        })?;
        ages.extend(dates.iter().filter_map(|row| {
            let standings = lines.get(&row.person_id).map_or(&[][..], Vec::as_slice);
            Some((row.person_id, PartyAge::of(row.admitted, row.official, standings)?))
        }));
    }
    Ok(ages)
}

/// The periods in which each of these members stood as having left and, since his rights were restored, never was out
/// (MEM-42). Those without one are left out.
///
/// # Errors
/// What the store gives.
pub fn restored_of(tx: &mut Tx<'_>, ids: &[Id<Person>]) -> Result<HashMap<Id<Person>, Gaps>, Problem> {
    let mut lines = HashMap::<_, Vec<_>>::with_capacity(ids.len());
    for chunk in ids.chunks(store::AT_ONCE) {
        store::standings_of(tx, chunk, |row| {
            let line = |standing| (row.valid_from, row.valid_to, row.superseded_at, standing);
            lines.entry(row.person_id).or_default().extend(Standing::from_number(row.level).map(line));
            Ok(())
        })?;
    }
    let gaps = lines.into_iter().map(|(person, lines)| (person, restored(&lines)));
    Ok(gaps.filter(|(_, gaps)| !gaps.is_empty()).collect())
}

/// The same of one member.
///
/// # Errors
/// What the store gives.
pub fn party_age_of(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Option<PartyAge>, Problem> {
    Ok(party_ages_of(tx, &[id])?.remove(&id))
}

/// Everybody whose Party age has a gap (MEM-40): the month of his admission says little about it.
///
/// # Errors
/// What the store gives.
pub fn with_gaps(tx: &mut Tx<'_>) -> Result<Vec<Id<Person>>, Problem> {
    let mut ids = Vec::new();
    store::interrupted(tx, Moment::FOREVER, |id| {
        ids.push(id);
        Ok(())
    })?;
    Ok(ids)
}

/// The day from which somebody is an official member (MEM-31), where it is known.
///
/// # Errors
/// What the store gives.
pub fn official_of(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Option<Day>, Problem> {
    Ok(store::person(tx, id)?.and_then(|person| person.official))
}

/// What papers say of a member: nothing that is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// Full name.
    pub name: String,
    /// Birth day as far as it is known: day, month and year, month and year, or the year.
    pub birth: String,
    /// Home town.
    pub home_town: String,
    /// Day of the admission.
    pub admitted: Option<Day>,
    /// Official day.
    pub official: Option<Day>,
    /// Number of the dossier.
    pub file_no: String,
}

/// What papers say of a member; `None` when there is no such member.
///
/// # Errors
/// What the store gives.
pub fn printed_of(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Option<Printed>, Problem> {
    let Some(row) = store::person(tx, id)? else { return Ok(None) };
    let (year, month, _) = row.birth.ymd();
    let birth = match row.birth_precision {
        0 => row.birth.to_string(),
        1 => format!("{month:02}/{year}"),
        _ => year.to_string(),
    };
    Ok(Some(Printed {
        name: row.full_name,
        birth,
        home_town: row.home_town,
        admitted: row.admitted,
        official: row.official,
        file_no: row.file_no,
    }))
}

/// The day of birth as written in the dossier (EXI-16).
///
/// # Errors
/// What the store gives.
pub fn born_of(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Option<Day>, Problem> {
    Ok(store::person(tx, id)?.map(|person| person.birth))
}
