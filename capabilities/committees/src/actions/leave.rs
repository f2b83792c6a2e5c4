//! Somebody's offices end by themselves on a day, or the notice of it is withdrawn (ORG-27, ORG-28).

use chibo_kernel::{Day, Id, Moment, Permission, Person, Problem, Said, Unit};
use chibo_organisation::actions::end_office;
use chibo_organisation::rules::How;
use chibo_store::Op;
use serde_json::json;

use super::{Place, held_on, record, refuse};
use crate::jobs;
use crate::rules::{Ground, Leaving, Moved, Numbers, check_leaving, in_committee};
use crate::store::{self, LeavingRow};

/// Writes down what ends the offices of some members of a committee: at once when the day has come, else by a job on
/// that day (ORG-27). A temporary transfer is written down and ends nothing.
///
/// # Errors
/// A refusal when too many elected members move on one day without consent (ORG-28), or something is missing.
pub fn leave(op: &mut Op<'_, '_>, place: &Place, new: &Leaving) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, place.unit)?;
    place.has_terms()?;
    let numbers = Numbers::on(new.on)?;
    let rows = store::leavings_of(op.tx(), place.unit)?;
    refuse(check_leaving(&numbers, new, &moved(op, place, new, &rows)?))?;
    let version = numbers.version("ORG-27")?;
    let (now, by, today) = (op.now(), op.viewer().name.clone(), op.today());
    let first = rows.last().map_or(1, |row| row.leaving_no + 1);
    for (no, person) in (first..).zip(new.persons.iter().copied()) {
        let (unit, code) = (place.unit, new.ground.code());
        store::insert_leaving(
            op.tx(),
            unit,
            no,
            0,
            person,
            code,
            new.on,
            &new.number,
            &new.consent,
            &version,
            now,
            &by,
        )?;
        if numbers.ends(code) {
            if new.on <= today {
                end_offices(op, unit, person, new.on)?;
            } else {
                op.enqueue_after(jobs::LEAVING, &jobs::order(unit, no), Some(unit), Moment::start_of(new.on))?;
            }
        }
        let detail = json!({
            "leaving": no, "person": person.to_string(), "ground": code, "on": new.on.iso(), "number": new.number,
        });
        record(op, unit, "committee-leaving", &detail);
    }
    Ok(())
}

/// The elected members in office before the day, and those already moving on it (ORG-28).
fn moved(op: &mut Op<'_, '_>, place: &Place, new: &Leaving, rows: &[LeavingRow]) -> Result<Moved, Problem> {
    let held = held_on(op.tx(), place.unit, new.on.plus_days(-1))?;
    let own = held.iter().filter(|office| office.how == How::Elected && in_committee(office.role));
    let mut elected: Vec<Id<Person>> = own.map(|office| office.person).collect();
    elected.sort_unstable();
    elected.dedup();
    let same = store::standing_leavings(rows)?.into_iter();
    let same = same.filter(|(row, ground)| *ground == Ground::Moved && row.on_day == new.on);
    let mut already: Vec<Id<Person>> = same.map(|(row, _)| row.person_id).collect();
    already.retain(|person| elected.contains(person));
    already.sort_unstable();
    already.dedup();
    Ok(Moved { elected, already })
}

/// Ends everything somebody held in a unit before a day, from that day on; what began later stands for itself. Gives
/// how many offices.
fn end_offices(op: &mut Op<'_, '_>, unit: Id<Unit>, person: Id<Person>, on: Day) -> Result<usize, Problem> {
    let mut held = chibo_organisation::held_in(op.tx(), unit)?;
    held.retain(|office| office.person == person && office.valid.from() < on && on < office.valid.to());
    let mut roles: Vec<_> = held.iter().map(|office| office.role).collect();
    roles.dedup();
    for role in &roles {
        end_office(op, unit, person, *role, on)?;
    }
    Ok(roles.len())
}

/// The day of a notice has come: its offices end, unless it was withdrawn. Only the program itself does this. Gives how
/// many offices ended.
///
/// # Errors
/// Denied to anybody else; problems of the database.
pub fn end_by_notice(op: &mut Op<'_, '_>, unit: Id<Unit>, leaving_no: u32) -> Result<usize, Problem> {
    if !op.viewer().system {
        return Err(Problem::Denied);
    }
    let rows = store::leavings_of(op.tx(), unit)?;
    let standing = store::standing_leavings(&rows)?;
    let Some((row, ground)) = standing.into_iter().find(|(row, _)| row.leaving_no == leaving_no) else { return Ok(0) };
    if !Numbers::on(row.on_day)?.ends(ground.code()) {
        return Ok(0);
    }
    end_offices(op, unit, row.person_id, row.on_day)
}

/// Withdraws a notice whose day has not come: nothing ends.
///
/// # Errors
/// Not found without such a notice; a refusal when its day has come.
pub fn withdraw(op: &mut Op<'_, '_>, place: &Place, leaving_no: u32, number: &str) -> Result<(), Problem> {
    op.permit(Permission::EditUnits, place.unit)?;
    let rows = store::leavings_of(op.tx(), place.unit)?;
    let standing = store::standing_leavings(&rows)?;
    let (row, ground) = *standing.iter().find(|(row, _)| row.leaving_no == leaving_no).ok_or(Problem::NotFound)?;
    let numbers = Numbers::on(row.on_day)?;
    if row.on_day <= op.today() && numbers.ends(ground.code()) {
        return Err(Problem::rule("ORG-27", Said::new("committees-ended-already").with("day", row.on_day)));
    }
    let next = rows.last().map_or(1, |row| row.leaving_no + 1);
    let (now, by, version) = (op.now(), op.viewer().name.clone(), numbers.version("ORG-27")?);
    let (unit, person, on) = (place.unit, row.person_id, row.on_day);
    store::insert_leaving(op.tx(), unit, next, leaving_no, person, &row.ground, on, number, "", &version, now, &by)?;
    let detail = json!({ "leaving": leaving_no, "person": person.to_string(), "number": number });
    record(op, unit, "committee-leaving-withdrawn", &detail);
    Ok(())
}
