//! Members who leave the register by a transfer to an organisation outside it, and come back.

use chibo_kernel::{Day, Id, Moment, Period, Permission, Person, Problem, Said, Unit};
use chibo_store::{Op, Tx};

use super::{audit, home};
use crate::codes::Standing;
use crate::store::{self, StandingRow};
use crate::{ledger, rules};

/// From a day on the member belongs to an organisation outside the register: he is not counted here, his posting ends,
/// and his record stays where he was last.
///
/// # Errors
/// A refusal for days out of order; absent when out of reach.
pub fn depart(op: &mut Op<'_, '_>, id: Id<Person>, from: Day) -> Result<(), Problem> {
    store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    let unit = home(op, id)?;
    op.permit(Permission::EditMembers, unit)?;
    check(op, id, from)?;
    ledger::amend_posting(op, id, Period::since(from), None)?;
    ledger::amend_standing(op, id, Period::since(from), Standing::TransferredOut.number())?;
    audit(op, "member-transferred-out", id, unit, serde_json::json!({ "from": from.iso() }));
    Ok(())
}

/// A member introduced to another branch who never handed in his papers is struck off by the receiving committee
/// (TRF-12): needs the right there only; that the clock has run out is the caller's to know. The record stays with the
/// branch he left.
///
/// # Errors
/// A refusal for days out of order; absent when the receiving committee is out of reach.
pub fn strike_on_the_way(op: &mut Op<'_, '_>, id: Id<Person>, receiver: Id<Unit>, from: Day) -> Result<(), Problem> {
    store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditMembers, receiver)?;
    let unit = home(op, id)?;
    check(op, id, from)?;
    ledger::amend_standing(op, id, Period::since(from), Standing::Left.number())?;
    super::ending::end_posting(op, id, from)?;
    let detail =
        serde_json::json!({ "standing": Standing::Left.number(), "from": from.iso(), "by": receiver.to_string() });
    audit(op, "member-standing-set", id, unit, detail);
    Ok(())
}

/// A member who was transferred out belongs to a branch of the register again, in the standing he had before. Needs the
/// right where he comes to only.
///
/// # Errors
/// A refusal for whoever is not outside, and for days out of order; absent when out of reach.
pub fn rejoin(op: &mut Op<'_, '_>, id: Id<Person>, unit: Id<Unit>, from: Day) -> Result<(), Problem> {
    store::person(op.tx(), id)?.ok_or(Problem::NotFound)?;
    op.permit(Permission::EditMembers, unit)?;
    let today = op.today();
    if standing_of(op.tx(), id, today)? != Some(Standing::TransferredOut) {
        return Err(Problem::field("person", Said::new("members-not-outside")));
    }
    check(op, id, from)?;
    let rows = believed(op.tx(), id)?;
    let counted = |row: &&StandingRow| Standing::from_number(row.standing).is_some_and(Standing::counts_as_member);
    let before = rows.iter().filter(counted).max_by_key(|row| row.valid_from);
    let before = before.map_or(Standing::Official.number(), |row| row.standing);
    ledger::amend_posting(op, id, Period::since(from), Some(unit))?;
    ledger::amend_standing(op, id, Period::since(from), before)?;
    audit(op, "member-rejoined", id, unit, serde_json::json!({ "from": from.iso(), "standing": before }));
    Ok(())
}

/// The standing of a member on a day, as believed now.
///
/// # Errors
/// Problems of the database.
pub fn standing_of(tx: &mut Tx<'_>, id: Id<Person>, day: Day) -> Result<Option<Standing>, Problem> {
    let rows = believed(tx, id)?;
    let row = rows.iter().find(|row| row.valid_from <= day && day < row.valid_to);
    Ok(row.and_then(|row| Standing::from_number(row.standing)))
}

fn believed(tx: &mut Tx<'_>, id: Id<Person>) -> Result<Vec<StandingRow>, Problem> {
    let mut rows = store::standings(tx, id)?;
    rows.retain(|row| row.superseded_at == Moment::FOREVER);
    Ok(rows)
}

fn check(op: &mut Op<'_, '_>, id: Id<Person>, from: Day) -> Result<(), Problem> {
    let first = store::postings(op.tx(), id)?.iter().map(|row| row.valid_from).min();
    rules::check_posting(from, first, op.today())
}
