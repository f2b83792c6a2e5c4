//! A member on probation becomes official (công nhận đảng viên chính thức).

use chibo_kernel::{Day, Id, Moment, Period, Permission, Person, Problem, Said, Unit};
use chibo_store::{Op, Tx};

use super::{audit, home};
use crate::codes::Standing;
use crate::ledger;
use crate::rules::correction;
use crate::store;

/// From a day on the member is official: the day the twelve months since the ceremony end, however late it is decided
/// (MEM-31).
///
/// # Errors
/// A refusal for whoever is not on probation, and for another day; absent when out of reach.
pub fn recognise(op: &mut Op<'_, '_>, id: Id<Person>, official: Day) -> Result<(), Problem> {
    let person = store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let unit = home(op, id)?;
    op.permit(Permission::EditMembers, unit)?;
    let Some(began) = probation_of(op.tx(), id)? else {
        return Err(Problem::rule("MEM-31", Said::new("members-not-on-probation")));
    };
    let ends = correction::probation_ends(began.max(person.admitted.unwrap_or(began)), op.today())?;
    if official != ends {
        return Err(Problem::rule("MEM-31", Said::new("members-official-day-is").with("day", ends)));
    }
    store::set_dates(op.tx(), id, person.admitted, Some(official))?;
    ledger::amend_standing(op, id, Period::since(official), Standing::Official.number())?;
    audit(op, "member-recognised", id, unit, serde_json::json!({ "official": official.iso() }));
    Ok(())
}

/// The first day of the probation somebody is on, as believed now; `None` for others.
///
/// # Errors
/// Problems of the database.
pub fn probation_of(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Option<Day>, Problem> {
    let rows = store::standings(tx, id)?;
    let now = rows.iter().filter(|row| row.superseded_at == Moment::FOREVER && row.valid_to == Day::FOREVER);
    let last = now.max_by_key(|row| row.valid_from);
    Ok(last.filter(|row| row.standing == Standing::Probationary.number()).map(|row| row.valid_from))
}

/// The standings of somebody as believed now, in order: from a day on, until a day.
///
/// # Errors
/// Problems of the database.
pub fn standings_of(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Vec<(Day, Day, Standing)>, Problem> {
    let mut rows = store::standings(tx, id)?;
    rows.retain(|row| row.superseded_at == Moment::FOREVER);
    rows.sort_by_key(|row| row.valid_from);
    Ok(rows
        .iter()
        .filter_map(|row| Some((row.valid_from, row.valid_to, Standing::from_number(row.standing)?)))
        .collect())
}

/// The recognition of a member was cancelled (MEM-41): he is on probation again, as if it had never been decided; what was
/// believed until now stays known.
///
/// # Errors
/// A refusal for whoever is not official by a recognition; absent when out of reach.
pub fn unrecognise(op: &mut Op<'_, '_>, id: Id<Person>) -> Result<(), Problem> {
    let person = store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let unit = home(op, id)?;
    op.permit(Permission::EditMembers, unit)?;
    let all = standings_of(op.tx(), id)?;
    let began = all.iter().rev().find(|(.., standing)| *standing == Standing::Probationary).map(|(from, ..)| *from);
    let official = all.last().is_some_and(|(.., standing)| standing.is_official());
    let Some(began) = began.filter(|_| official && person.official.is_some()) else {
        return Err(Problem::rule("MEM-41", Said::new("members-not-recognised")));
    };
    store::set_dates(op.tx(), id, person.admitted, None)?;
    ledger::amend_standing(op, id, Period::since(began), Standing::Probationary.number())?;
    audit(op, "member-recognition-cancelled", id, unit, serde_json::json!({ "began": began.iso() }));
    Ok(())
}

/// Somebody whose admission was cancelled for its form alone is admitted anew (MEM-41): the dates are fixed again, Party age
/// counts from the new decision.
///
/// # Errors
/// As admitting somebody again.
pub fn admit_anew(
    op: &mut Op<'_, '_>,
    id: Id<Person>,
    unit: Id<Unit>,
    (decided, on): (Option<Day>, Day),
) -> Result<(), Problem> {
    readmit(op, id, unit, on)?;
    store::set_dates(op.tx(), id, decided, None).map(drop)
}

/// Somebody who left the Party is admitted again (MEM-27): on probation in a branch from the day of the ceremony. Needs
/// the right where he is admitted; that he may be is the caller's to know.
///
/// # Errors
/// A refusal for whoever has not left; absent when the branch is out of reach.
pub fn readmit(op: &mut Op<'_, '_>, id: Id<Person>, unit: Id<Unit>, on: Day) -> Result<(), Problem> {
    store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditMembers, unit)?;
    let last = standings_of(op.tx(), id)?.last().map(|(.., standing)| *standing);
    if last != Some(Standing::Left) {
        return Err(Problem::rule("MEM-27", Said::new("members-not-left")));
    }
    ledger::amend_posting(op, id, Period::since(on), Some(unit))?;
    ledger::amend_standing(op, id, Period::since(on), Standing::Probationary.number())?;
    audit(op, "member-readmitted", id, unit, serde_json::json!({ "on": on.iso() }));
    Ok(())
}
