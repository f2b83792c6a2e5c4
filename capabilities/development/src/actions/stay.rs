//! What the branch of a temporary stay remarks on somebody on probation (MEM-35).

use chibo_kernel::{Day, Id, Permission, Person, Problem, Said};
use chibo_members::actions as members;
use chibo_store::{Op, Tx};
use serde_json::json;

use super::record;
use crate::rules::{Remark, Stay, check_remark};
use crate::store::stay::{insert_remark, remarks_of};

/// Where a member stays for a time on a day.
///
/// # Errors
/// Storage problems.
pub fn stay_of(tx: &mut Tx<'_>, person: Id<Person>, day: Day) -> Result<Option<Stay>, Problem> {
    let all = members::stays_on(tx, day)?;
    let mine = all.into_iter().rev().find(|row| row.person_id == person);
    Ok(mine.map(|row| Stay { unit: row.unit_id, since: row.from_on }))
}

/// The days on which branches of a stay remarked on a member.
///
/// # Errors
/// Storage problems.
pub fn remarked(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Day>, Problem> {
    Ok(remarks_of(tx, person)?.iter().map(|row| row.on_day).collect())
}

/// Writes down a remark. It is the word of the branch of the stay, which writes it down itself; the home branch may write down
/// the paper it was sent. `after`: how many remarks the form saw.
///
/// # Errors
/// Every reason at once with its rule; a conflict when another remark came in between; absent for whoever may do neither.
pub fn remark(op: &mut Op<'_, '_>, person: Id<Person>, new: &Remark, after: u32) -> Result<(), Problem> {
    let (home, today) = (members::home(op, person)?, op.today());
    // A remark may be written down after he came home: what counts is where he was on its day.
    let stay = match stay_of(op.tx(), person, new.on)? {
        Some(stay) => Some(stay),
        None => stay_of(op.tx(), person, today)?,
    };
    let there = stay.and_then(|stay| stay.unit).filter(|unit| op.permit(Permission::EditMembers, *unit).is_ok());
    let by = match there {
        Some(unit) => unit,
        None => {
            op.permit(Permission::EditMembers, home)?;
            home
        }
    };
    let seen = u32::try_from(remarks_of(op.tx(), person)?.len()).unwrap_or(u32::MAX);
    if seen != after {
        return Err(Problem::Conflict(Said::new("development-changed-since")));
    }
    if chibo_members::probation_of(op.tx(), person)?.is_none() {
        return Err(Problem::rule("MEM-35", Said::new("members-not-on-probation")));
    }
    let issues = check_remark(stay, new, today);
    if !issues.is_empty() {
        return Err(Problem::Refused(issues));
    }
    let (now, who) = (op.now(), op.viewer().name.clone());
    let (opinion, number, note) = (new.opinion.map_or("", |one| one.code()), new.number.as_str(), new.note.as_str());
    insert_remark(op.tx(), person, seen + 1, by, new.on, opinion, number, note, now, &who)?;
    let detail = json!({ "on": new.on.iso(), "opinion": opinion, "number": number });
    record(op, *person.bytes(), by, "recognition-remark", &detail);
    Ok(())
}
